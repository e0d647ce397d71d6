/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_pool.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "batch_wire.h"

enum {
    AHEAD_MOST = 64,
    AHEAD_BYTES = 96 * 1024, /* that surely fit into a socket that nobody reads */
    BARREN_MOST = 20         /* processes in a row that died without a result */
};

struct process {
    pid_t pid; /* 0: none */
    int fd;
    size_t count; /* of jobs in hand, oldest first */
    void *jobs[AHEAD_MOST];
    size_t sizes[AHEAD_MOST];
    size_t bytes;
    struct timespec began; /* when the oldest became the oldest */
};

struct nashra_pool {
    struct nashra_pool_setup setup;
    size_t count;
    unsigned barren;
    struct process processes[NASHRA_POOL_MOST];
};

static struct timespec now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time;
}

/* A new process must not hold the others' sockets open: they would never see the parent go. */
static _Noreturn void become_child(struct nashra_pool *pool, int fd) {
    for (size_t i = 0; i < pool->count; i++)
        if (pool->processes[i].pid)
            close(pool->processes[i].fd);
    nashra_child_main(fd, &pool->setup.child);
}

static int start(struct nashra_pool *pool, struct process *process) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return nashra_fail(NASHRA_EINTERNAL, "no socket for another process: %s", strerror(errno));
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        close(pair[0]);
        become_child(pool, pair[1]);
    }
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return nashra_fail(NASHRA_EINTERNAL, "another process can't be started: %s", strerror(errno));
    }
    *process = (struct process){.pid = pid, .fd = pair[0]};
    return NASHRA_OK;
}

int nashra_pool_create(const struct nashra_pool_setup *setup, struct nashra_pool **result) {
    struct nashra_pool *pool = nashra_alloc_zeroed(1, sizeof *pool);
    *result = NULL;
    if (!pool)
        return NASHRA_ENOMEM;
    pool->setup = *setup;
    if (pool->setup.ahead > AHEAD_MOST)
        pool->setup.ahead = AHEAD_MOST;
    int status = NASHRA_OK;
    while (status >= 0 && pool->count < setup->workers && pool->count < NASHRA_POOL_MOST) {
        status = start(pool, &pool->processes[pool->count]);
        pool->count += status >= 0;
    }
    if (status < 0) {
        nashra_pool_destroy(pool);
        return status;
    }
    *result = pool;
    return NASHRA_OK;
}

static int reap(struct process *process) {
    int end = 0;
    close(process->fd);
    while (waitpid(process->pid, &end, 0) < 0 && errno == EINTR)
        ;
    process->pid = 0;
    return end;
}

void nashra_pool_destroy(struct nashra_pool *pool) {
    if (!pool)
        return;
    for (size_t i = 0; i < pool->count; i++)
        if (pool->processes[i].pid && pool->processes[i].count > 0)
            kill(pool->processes[i].pid, SIGKILL);
    for (size_t i = 0; i < pool->count; i++)
        if (pool->processes[i].pid)
            reap(&pool->processes[i]);
    nashra_free(pool);
}

/* A large job goes to an idle process only: it reads it at once, and the parent doesn't wait. */
static bool has_room(const struct nashra_pool *pool, const struct process *process, size_t bytes) {
    return process->pid &&
           (process->count == 0 || (process->count < pool->setup.ahead && process->bytes + bytes < AHEAD_BYTES));
}

static struct process *least_busy(const struct nashra_pool *pool, size_t bytes) {
    const struct process *best = NULL;
    for (size_t i = 0; i < pool->count; i++) {
        const struct process *process = &pool->processes[i];
        if (has_room(pool, process, bytes) && (!best || process->count < best->count))
            best = process;
    }
    return (struct process *)best;
}

bool nashra_pool_has_room(const struct nashra_pool *pool, size_t bytes) {
    return least_busy(pool, bytes) != NULL;
}

void nashra_pool_give(struct nashra_pool *pool, const struct nashra_job_bytes *bytes, void *job) {
    size_t size = bytes->line_length + (bytes->body ? bytes->body_length : 0);
    struct process *process = least_busy(pool, size);
    if (process->count == 0)
        process->began = now();
    process->jobs[process->count] = job;
    process->sizes[process->count++] = size;
    process->bytes += size;
    nashra_wire_send_job(process->fd, bytes); /* whether it is gone shows when its results are read */
}

size_t nashra_pool_busy(const struct nashra_pool *pool) {
    size_t busy = 0;
    for (size_t i = 0; i < pool->count; i++)
        busy += pool->processes[i].count;
    return busy;
}

bool nashra_pool_has_begun(const struct nashra_pool *pool, const void *job) {
    for (size_t i = 0; i < pool->count; i++)
        if (pool->processes[i].count > 0 && pool->processes[i].jobs[0] == job)
            return true;
    return false;
}

size_t nashra_pool_poll(const struct nashra_pool *pool, struct pollfd *fds) {
    for (size_t i = 0; i < pool->count; i++)
        fds[i] = (struct pollfd){.fd = pool->processes[i].pid ? pool->processes[i].fd : -1, .events = POLLIN};
    return pool->count;
}

static void take_oldest(struct process *process) {
    process->bytes -= process->sizes[0];
    process->count--;
    memmove(process->jobs, process->jobs + 1, process->count * sizeof *process->jobs);
    memmove(process->sizes, process->sizes + 1, process->count * sizeof *process->sizes);
    process->began = now();
}

static void describe_end(int end, char *reason, size_t size) {
    if (WIFSIGNALED(end))
        snprintf(reason, size, "its process was ended by signal %d (%s)", WTERMSIG(end), strsignal(WTERMSIG(end)));
    else
        snprintf(reason, size, "its process ended with code %d", WEXITSTATUS(end));
}

/* The oldest job is to blame, the others go back as they came. */
static int replace(struct nashra_pool *pool, struct process *process) {
    struct nashra_job_result result = {.end = NASHRA_JOB_RETRIED, .status = NASHRA_EINTERNAL};
    struct process dead = *process;
    describe_end(reap(process), result.reason, sizeof result.reason);
    *process = (struct process){0};
    for (size_t i = 0; i < dead.count; i++) {
        pool->setup.done(dead.jobs[i], &result, pool->setup.user);
        result = (struct nashra_job_result){.end = NASHRA_JOB_RETRIED};
    }
    if (++pool->barren > BARREN_MOST)
        return nashra_fail(NASHRA_EINTERNAL, "%u processes in a row died; giving up", pool->barren);
    return start(pool, process);
}

static int take_result(struct nashra_pool *pool, struct process *process) {
    struct nashra_job_result result;
    if (!nashra_wire_receive_result(process->fd, &result) || process->count == 0)
        return replace(pool, process);
    void *job = process->jobs[0];
    pool->barren = 0;
    take_oldest(process);
    pool->setup.done(job, &result, pool->setup.user);
    return NASHRA_OK;
}

static void check_time(const struct nashra_pool *pool, const struct process *process) {
    if (pool->setup.timeout == 0 || !process->pid || process->count == 0 ||
        now().tv_sec - process->began.tv_sec <= (time_t)pool->setup.timeout)
        return;
    nashra_log(NASHRA_LOG_WARNING, "a job took over %u s; its process is ended", pool->setup.timeout);
    kill(process->pid, SIGKILL);
}

int nashra_pool_step(struct nashra_pool *pool, const struct pollfd *fds) {
    int status = NASHRA_OK;
    for (size_t i = 0; i < pool->count && status >= 0; i++) {
        if (fds[i].revents)
            status = take_result(pool, &pool->processes[i]);
        check_time(pool, &pool->processes[i]);
    }
    return status;
}
