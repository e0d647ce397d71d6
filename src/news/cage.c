/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "cage.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nashra/status.h>

#include "landlock.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

enum { MIB = 1024 * 1024, PARSER_MIB = 100, FETCHER_MIB = 192, CPU_SECONDS = 20, CALL_BYTES = 32 };

/* Limits ---------------------------------------------------------------------------------------------------------- */

/* With the libraries and tables that are there already a parser stays below 128 MiB. */

static int limit(int resource, rlim_t most) {
    const struct rlimit both = {most, most};
    if (setrlimit((__rlimit_resource_t)resource, &both) == 0)
        return NASHRA_OK;
    return nashra_fail(NASHRA_EINTERNAL, "a limit can't be set (%d): %s", resource, strerror(errno));
}

#ifndef SANITIZED
/* Bytes of address space that are taken already: the libraries. */
static rlim_t address_space(void) {
    unsigned long pages = 0;
    FILE *about = fopen("/proc/self/statm", "re");
    if (about) {
        if (fscanf(about, "%lu", &pages) != 1)
            pages = 0;
        fclose(about);
    }
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static int limit_memory(rlim_t bytes) {
    const int status = limit(RLIMIT_DATA, bytes);
    return status < 0 ? status : limit(RLIMIT_AS, address_space() + bytes);
}
#else
/* The sanitizers' shadow takes terabytes of address space. */
static int limit_memory(rlim_t bytes) {
    (void)bytes;
    return NASHRA_OK;
}
#endif

/* RLIMIT_FSIZE is 0: not a byte goes into a file. Pipes don't count. */
static int set_limits(rlim_t memory, rlim_t files) {
    int status = limit(RLIMIT_CORE, 0);
    if (status >= 0)
        status = limit(RLIMIT_CPU, CPU_SECONDS);
    if (status >= 0)
        status = limit(RLIMIT_FSIZE, 0);
    if (status >= 0)
        status = limit_memory(memory);
    return status < 0 ? status : limit(RLIMIT_NOFILE, files);
}

/* The filter ------------------------------------------------------------------------------------------------------ */

/* What both need. Names that this processor doesn't have are passed over. */
static const char common_calls[] =
    "read readv write writev close lseek _llseek fstat fstat64 munmap mremap madvise brk exit exit_group "
    "futex futex_time64 rt_sigreturn sigreturn rt_sigprocmask sigaltstack clock_gettime clock_gettime64 "
    "gettimeofday time getrandom getpid gettid sched_yield restart_syscall set_robust_list rseq";

static const char fetcher_calls[] =
    "connect bind getsockname getpeername getsockopt setsockopt sendto sendmsg sendmmsg send recvfrom recvmsg "
    "recv shutdown socketpair poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64 "
    "epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2 pipe pipe2 fcntl fcntl64 ioctl dup newfstatat "
    "fstatat64 stat stat64 lstat statx access faccessat faccessat2 readlink readlinkat getdents64 uname "
    "sysinfo getuid getuid32 geteuid geteuid32 getgid getgid32 getegid getegid32 getppid rt_sigaction "
    "nanosleep clock_nanosleep clock_nanosleep_time64 sched_getaffinity sched_getparam sched_getscheduler "
    "prlimit64 getrlimit ugetrlimit getrusage membarrier set_tid_address alarm";

/* What no fetcher does unless it was taken over. */
static const char deadly_calls[] =
    "execve execveat fork vfork ptrace kill tkill process_vm_readv process_vm_writev bpf userfaultfd mount "
    "unshare setns creat mkdir mkdirat unlink unlinkat rename renameat renameat2 symlink symlinkat link "
    "linkat mknod mknodat truncate listen accept accept4";

static int add_calls(scmp_filter_ctx filter, uint32_t action, const char *names) {
    int result = 0;
    while (*names && result == 0) {
        char name[CALL_BYTES];
        const size_t length = strcspn(names, " ");
        snprintf(name, sizeof name, "%.*s", (int)length, names);
        const int number = seccomp_syscall_resolve_name(name);
        if (number >= 0)
            result = seccomp_rule_add(filter, action, number, 0);
        names += length;
        names += *names == ' ';
    }
    return result;
}

static int add_when(scmp_filter_ctx filter, uint32_t action, int number, struct scmp_arg_cmp condition) {
    return seccomp_rule_add_array(filter, action, number, 1, &condition);
}

static int add_masked(scmp_filter_ctx filter, uint32_t action, const char *name, unsigned argument, uint64_t mask,
                      uint64_t value) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number < 0)
        return 0;
    return add_when(filter, action, number, (struct scmp_arg_cmp){argument, SCMP_CMP_MASKED_EQ, mask, value});
}

/* abort() and a failed assertion end the process by a signal to itself. fstat() is newfstatat() or statx() without a
 * name on some processors. */
static int add_common(scmp_filter_ctx filter) {
    int result = add_calls(filter, SCMP_ACT_ALLOW, common_calls);
    if (result == 0)
        result = add_when(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill),
                          (struct scmp_arg_cmp){0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0});
    return result;
}

/* Memory that holds code can't be made. */
static int add_parser(scmp_filter_ctx filter) {
    static const char *const maps[] = {"mmap", "mmap2", "mprotect"};
    int result = add_common(filter);
    for (size_t i = 0; result == 0 && i < sizeof maps / sizeof *maps; i++)
        result = add_masked(filter, SCMP_ACT_ALLOW, maps[i], 2, PROT_EXEC, 0);
    if (result == 0)
        result = add_masked(filter, SCMP_ACT_ALLOW, "newfstatat", 3, AT_EMPTY_PATH, AT_EMPTY_PATH);
    if (result == 0)
        result = add_masked(filter, SCMP_ACT_ALLOW, "statx", 2, AT_EMPTY_PATH, AT_EMPTY_PATH);
    return result;
}

/* Name services are libraries that are loaded when a name is asked for: code from files that are mapped read-only. */
static int add_fetcher_maps(scmp_filter_ctx filter) {
    static const char *const maps[] = {"mmap", "mmap2", "mprotect"};
    int result = 0;
    for (size_t i = 0; result == 0 && i < sizeof maps / sizeof *maps; i++) {
        result = add_masked(filter, SCMP_ACT_ALLOW, maps[i], 2, PROT_EXEC, 0);
        if (result == 0)
            result = add_masked(filter, SCMP_ACT_ALLOW, maps[i], 2, PROT_EXEC | PROT_WRITE, PROT_EXEC);
    }
    return result;
}

static int add_fetcher_sockets(scmp_filter_ctx filter) {
    static const int families[] = {AF_INET, AF_INET6, AF_NETLINK};
    int result = 0;
    for (size_t i = 0; result == 0 && i < sizeof families / sizeof *families; i++)
        result = add_when(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket),
                          (struct scmp_arg_cmp){0, SCMP_CMP_EQ, (scmp_datum_t)families[i], 0});
    return result;
}

/* Files are opened for reading, or never again. Threads, no processes; clone3() hides its flags behind a pointer, so
 * that libc is told that there is none and takes clone(). */
static int add_fetcher_files(scmp_filter_ctx filter) {
    enum { WRITES = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND };
    static const int bits[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND};
    int result = add_masked(filter, SCMP_ACT_ALLOW, "openat", 2, WRITES, 0);
    if (result == 0)
        result = add_masked(filter, SCMP_ACT_ALLOW, "open", 1, WRITES, 0);
    for (size_t i = 0; result == 0 && i < sizeof bits / sizeof *bits; i++) {
        result = add_masked(filter, SCMP_ACT_KILL_PROCESS, "openat", 2, (uint64_t)bits[i], (uint64_t)bits[i]);
        if (result == 0)
            result = add_masked(filter, SCMP_ACT_KILL_PROCESS, "open", 1, (uint64_t)bits[i], (uint64_t)bits[i]);
    }
    if (result == 0)
        result = add_masked(filter, SCMP_ACT_ALLOW, "clone", 0, CLONE_THREAD, CLONE_THREAD);
    if (result == 0)
        result = add_masked(filter, SCMP_ACT_KILL_PROCESS, "clone", 0, CLONE_THREAD, 0);
    if (result == 0)
        result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return result;
}

static int add_fetcher(scmp_filter_ctx filter) {
    int result = add_common(filter);
    if (result == 0)
        result = add_calls(filter, SCMP_ACT_ALLOW, fetcher_calls);
    if (result == 0)
        result = add_fetcher_maps(filter);
    if (result == 0)
        result = add_fetcher_sockets(filter);
    if (result == 0)
        result = add_fetcher_files(filter);
    return result == 0 ? add_calls(filter, SCMP_ACT_KILL_PROCESS, deadly_calls) : result;
}

static int load_filter(uint32_t otherwise, int (*add)(scmp_filter_ctx filter)) {
    const char *wish = getenv("NASHRA_SANDBOX");
    if (wish && strcmp(wish, "off") == 0)
        return NASHRA_OK;
    scmp_filter_ctx filter = seccomp_init(otherwise);
    int result = filter ? add(filter) : -ENOMEM;
    if (result == 0)
        result = seccomp_load(filter);
    seccomp_release(filter);
    if (result == 0)
        return NASHRA_OK;
    return nashra_fail(NASHRA_EINTERNAL,
                       "the sandbox can't be closed (seccomp: %s); NASHRA_SANDBOX=off goes without, at your own risk",
                       strerror(-result));
}

/* ----------------------------------------------------------------------------------------------------------------- */

static int give_up_privileges(rlim_t memory, rlim_t files, const char *const *readable) {
    int status = set_limits(memory, files);
    if (status >= 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        status = nashra_fail(NASHRA_EINTERNAL, "no_new_privs: %s", strerror(errno));
    return status < 0 ? status : nashra_landlock_restrict(readable);
}

int nashra_cage_parser(void) {
    static const char *const nothing[] = {NULL};
    const int status = give_up_privileges((rlim_t)PARSER_MIB * MIB, 16, nothing);
    return status < 0 ? status : load_filter(SCMP_ACT_KILL_PROCESS, add_parser);
}

/* What names and certificates need. */
int nashra_cage_fetcher(void) {
    const char *readable[] = {"/etc/resolv.conf",
                              "/etc/hosts",
                              "/etc/nsswitch.conf",
                              "/etc/gai.conf",
                              "/etc/host.conf",
                              "/etc/services",
                              "/etc/protocols",
                              "/etc/ssl",
                              "/etc/pki",
                              "/etc/ld.so.cache",
                              "/etc/ca-certificates",
                              "/usr/share/ca-certificates",
                              "/usr/local/share/ca-certificates",
                              "/usr/lib",
                              "/lib",
                              "/lib64",
                              "/usr/lib64",
                              "/usr/local/lib",
                              "/etc/localtime",
                              "/dev/urandom",
                              "/dev/null",
                              NULL,
                              NULL,
                              NULL,
                              NULL};
    static const char *const named[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"};
    size_t count = 0;
    while (readable[count])
        count++;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        const char *path = getenv(named[i]);
        if (path && *path)
            readable[count++] = path;
    }
    const int status = give_up_privileges((rlim_t)FETCHER_MIB * MIB, 64, readable);
    return status < 0 ? status : load_filter(SCMP_ACT_ERRNO(EPERM), add_fetcher);
}
