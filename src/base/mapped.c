/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/mapped.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The errno of what failed, or 0. */
static int map(int file, struct nashra_mapped *mapped) {
    struct stat info;
    if (fstat(file, &info) != 0)
        return errno;
    if (!S_ISREG(info.st_mode))
        return S_ISDIR(info.st_mode) ? EISDIR : EINVAL;
    if (info.st_size == 0)
        return 0;
    if ((uintmax_t)info.st_size > SIZE_MAX)
        return EFBIG;
    void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED)
        return errno;
    *mapped = (struct nashra_mapped){bytes, (size_t)info.st_size};
    return 0;
}

int nashra_mapped_open(const char *path, struct nashra_mapped *mapped) {
    *mapped = (struct nashra_mapped){0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    int cause = file >= 0 ? map(file, mapped) : errno;
    if (file >= 0)
        close(file);
    return cause == 0 ? NASHRA_OK : nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(cause));
}

void nashra_mapped_close(struct nashra_mapped *mapped) {
    if (mapped->bytes != NULL)
        munmap((void *)(uintptr_t)mapped->bytes, mapped->size); /* const is for us, not for the kernel */
    *mapped = (struct nashra_mapped){0};
}
