/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Landlock has no wrappers in libc: the system calls and the two structs of linux/landlock.h, as its ABI 1 has them and
 * all later ones take them. The headers of a build machine may be older than the kernel. */
#define _GNU_SOURCE
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <nashra/status.h>

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { CREATE_RULESET_VERSION = 1, RULE_PATH_BENEATH = 1 };
enum { READ_FILE = 1 << 2, READ_DIR = 1 << 3 };

struct ruleset {
    uint64_t handled_access_fs;
};

struct path_beneath {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

/* All rights to files that the kernel's ABI knows: what is not handled stays allowed. */
static uint64_t all_rights(long abi) {
    const int bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
    return (UINT64_C(1) << bits) - 1;
}

static int allow(int ruleset, const char *path) {
    struct stat about;
    struct path_beneath rule = {.parent_fd = open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent_fd < 0)
        return 0;
    rule.allowed_access = READ_FILE;
    if (fstat(rule.parent_fd, &about) == 0 && S_ISDIR(about.st_mode))
        rule.allowed_access |= READ_DIR;
    const long result = syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
    return (int)result;
}

int nashra_landlock_restrict(const char *const *readable) {
    const long abi = syscall(CREATE_RULESET, NULL, (size_t)0, CREATE_RULESET_VERSION);
    if (abi < 1)
        return 0;
    const struct ruleset rights = {all_rights(abi)};
    const int ruleset = (int)syscall(CREATE_RULESET, &rights, sizeof rights, 0);
    long result = ruleset < 0 ? -1 : 0;
    for (; result >= 0 && *readable; readable++)
        result = allow(ruleset, *readable);
    if (result >= 0)
        result = syscall(RESTRICT_SELF, ruleset, 0);
    const int cause = errno;
    if (ruleset >= 0)
        close(ruleset);
    return result < 0 ? nashra_fail(NASHRA_EINTERNAL, "Landlock: %s", strerror(cause)) : 1;
}
