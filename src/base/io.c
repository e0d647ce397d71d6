/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/io.h>

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <unistd.h>

/* After a read or write that failed: may it be tried again? Waits until it may. */
static bool may_go_on(int fd, short events) {
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        poll(&(struct pollfd){.fd = fd, .events = events}, 1, -1);
    else if (errno != EINTR)
        return false;
    return true;
}

int nashra_io_write(int fd, const void *bytes, size_t length) {
    const char *next = bytes;
    while (length > 0) {
        const ssize_t done = write(fd, next, length);
        if (done == 0)
            return EIO;
        if (done < 0 && !may_go_on(fd, POLLOUT))
            return errno;
        next += done > 0 ? done : 0;
        length -= done > 0 ? (size_t)done : 0;
    }
    return 0;
}

int nashra_io_read(int fd, void *bytes, size_t length, size_t *got) {
    char *to = bytes;
    *got = 0;
    while (*got < length) {
        const ssize_t done = read(fd, to + *got, length - *got);
        if (done == 0)
            return 0;
        if (done < 0 && !may_go_on(fd, POLLIN))
            return errno;
        *got += done > 0 ? (size_t)done : 0;
    }
    return 0;
}
