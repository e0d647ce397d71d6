/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* syncfs */
#include "batch_publish.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "batch_file.h"

enum {
    GROUP = 256,    /* outputs that go to the disk together */
    GROUP_MS = 500, /* or those of that time */
    LOCKS = 16,
    STALE_SECONDS = 600 /* how long the drafts of a dead process are left alone */
};

struct item {
    void *job;
    const char *output;
    char token[NASHRA_TOKEN_SIZE];
    struct nashra_job_result result;
    bool named; /* has its name; waits for that to be on the disk */
    enum nashra_publication publication;
    int status;
};

struct nashra_publisher {
    char *folder;
    char *drafts;
    pid_t syncer;     /* the process that waits for the disk; 0: none */
    int fd;           /* its end of a socket */
    size_t covered;   /* items that the sync under way covers; 0: none is under way */
    int locks[LOCKS]; /* files that are locked, open from the first time on; -1: not yet */
    char *made;       /* the folder that was made or found last */
    nashra_published_fn published;
    void *user;
    struct item *items;
    size_t count, capacity;
    uint64_t last_ms; /* of the last group */
};

static uint64_t now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* HOST-PID, where there is no such process any more. */
static bool is_left(const char *name, const char *host) {
    size_t length = strlen(host);
    if (strncmp(name, host, length) != 0 || name[length] != '-')
        return false;
    long pid = strtol(name + length + 1, NULL, 10);
    return pid > 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

/* Its last draft is old: other machines may have this one's name. */
static bool is_stale(DIR *drafts, const char *name) {
    struct stat info;
    return fstatat(dirfd(drafts), name, &info, 0) == 0 && info.st_mtime < time(NULL) - STALE_SECONDS;
}

/* Removes the folders of processes that are gone, those with drafts in them only after a while. */
static void clear_left(struct nashra_publisher *p) {
    char host[24];
    DIR *drafts = opendir(p->drafts);
    nashra_host_name(host, sizeof host);
    for (struct dirent *entry; drafts && (entry = readdir(drafts));) {
        if (!is_left(entry->d_name, host) || unlinkat(dirfd(drafts), entry->d_name, AT_REMOVEDIR) == 0 ||
            !is_stale(drafts, entry->d_name))
            continue;
        char *path = nashra_path_in(p->drafts, entry->d_name);
        if (path)
            nashra_remove_folder(path);
        nashra_free(path);
    }
    if (drafts)
        closedir(drafts);
}

/* A disk may take its time: a process of its own waits for it, and the others are not held up. It gets a byte, syncs,
 * and sends back the errno. */
static _Noreturn void sync_for_parent(int folder, int fd) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    char request;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], SIG_IGN);
    while (read(fd, &request, 1) == 1) {
        int cause = syncfs(folder) != 0 ? errno : 0;
        if (write(fd, &cause, sizeof cause) != sizeof cause)
            break;
    }
    _exit(0);
}

static int start_syncer(struct nashra_publisher *p) {
    int pair[2], folder = open(p->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return nashra_fail(NASHRA_ECANTCREATE, "%s: %s", p->folder, strerror(errno));
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        close(folder);
        return nashra_fail(NASHRA_EINTERNAL, "no socket for another process: %s", strerror(errno));
    }
    pid_t pid = fork();
    if (pid == 0) {
        close(pair[0]);
        sync_for_parent(folder, pair[1]);
    }
    close(folder);
    close(pair[1]);
    p->fd = pair[0];
    if (pid < 0)
        return nashra_fail(NASHRA_EINTERNAL, "another process can't be started: %s", strerror(errno));
    p->syncer = pid;
    return NASHRA_OK;
}

static int open_folder(struct nashra_publisher *p, const char *folder) {
    p->folder = nashra_join(folder, "");
    p->drafts = nashra_path_in(folder, ".nashra/drafts");
    int status = p->folder && p->drafts ? nashra_make_folders(p->drafts) : NASHRA_ENOMEM;
    if (status < 0)
        return status;
    clear_left(p);
    return start_syncer(p);
}

int nashra_publisher_create(const char *folder, nashra_published_fn published, void *user,
                            struct nashra_publisher **publisher) {
    struct nashra_publisher *p = nashra_alloc_zeroed(1, sizeof *p);
    *publisher = NULL;
    if (!p)
        return NASHRA_ENOMEM;
    *p = (struct nashra_publisher){.fd = -1, .published = published, .user = user, .last_ms = now_ms()};
    for (int i = 0; i < LOCKS; i++)
        p->locks[i] = -1;
    int status = open_folder(p, folder);
    if (status < 0) {
        nashra_publisher_destroy(p);
        return status;
    }
    *publisher = p;
    return NASHRA_OK;
}

void nashra_publisher_destroy(struct nashra_publisher *p) {
    if (!p)
        return;
    for (size_t i = 0; i < p->count; i++)
        if (!p->items[i].named)
            nashra_draft_remove(p->drafts, p->items[i].result.draft);
    if (p->drafts)
        clear_left(p);
    if (p->fd >= 0)
        close(p->fd);
    if (p->syncer > 0)
        waitpid(p->syncer, NULL, 0);
    for (int i = 0; i < LOCKS; i++)
        if (p->locks[i] >= 0)
            close(p->locks[i]);
    nashra_free(p->made);
    nashra_free(p->items);
    nashra_free(p->drafts);
    nashra_free(p->folder);
    nashra_free(p);
}

int nashra_publisher_add(struct nashra_publisher *p, void *job, const char *output, const char *token,
                         const struct nashra_job_result *result) {
    if (p->count == p->capacity) {
        size_t capacity = p->capacity ? 2 * p->capacity : GROUP;
        struct item *bigger = nashra_realloc(p->items, capacity * sizeof *bigger);
        if (!bigger)
            return NASHRA_ENOMEM;
        p->items = bigger;
        p->capacity = capacity;
    }
    struct item *item = &p->items[p->count++];
    *item = (struct item){.job = job, .output = output, .result = *result};
    snprintf(item->token, sizeof item->token, "%s", token ? token : "");
    return NASHRA_OK;
}

size_t nashra_publisher_waiting(const struct nashra_publisher *p) {
    return p->count;
}

static int open_lock(struct nashra_publisher *p, unsigned number) {
    char name[40];
    snprintf(name, sizeof name, ".nashra/lock-%x", number);
    char *path = nashra_path_in(p->folder, name);
    if (path && p->locks[number] < 0)
        p->locks[number] = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    nashra_free(path);
    return p->locks[number];
}

/* One of a few locks by the output's name, so that machines that share the folder take turns. -1: no lock could be had,
 * as on some network file systems; what is published is then still complete, and the same. */
static int lock(struct nashra_publisher *p, const char *output) {
    unsigned sum = 0;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    for (const char *c = output; *c; c++)
        sum = sum * 31 + (unsigned char)*c;
    int fd = open_lock(p, sum % LOCKS);
    while (fd >= 0 && fcntl(fd, F_SETLKW, &whole) != 0)
        if (errno != EINTR)
            return -1;
    return fd;
}

static void unlock(int fd) {
    struct flock whole = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
    if (fd >= 0)
        fcntl(fd, F_SETLK, &whole);
}

/* Outputs come by the hundred into one folder. */
static int make_folder(struct nashra_publisher *p, const char *folder) {
    if (p->made && strcmp(p->made, folder) == 0)
        return NASHRA_OK;
    int status = nashra_make_folders(folder);
    nashra_free(p->made);
    p->made = status >= 0 ? nashra_join(folder, "") : NULL;
    return status;
}

struct names {
    char *draft; /* its record */
    char *record;
};

static int make_names(const struct nashra_publisher *p, const struct item *item, struct names *names) {
    names->draft = nashra_draft_path(p->drafts, item->result.draft, ".record");
    names->record = nashra_record_path(p->folder, item->output);
    return names->draft && names->record ? NASHRA_OK : NASHRA_ENOMEM;
}

/* The file is there, byte for byte: a process that died between a file's name and its record put it there. */
static bool is_there(const char *path, const struct nashra_entry_part *part) {
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode) || (uint64_t)info.st_size != part->size)
        return false;
    struct nashra_hash *hash = nashra_hash_create();
    struct nashra_digest digest;
    bool same = hash && nashra_hash_file(hash, path) && nashra_hash_end(hash, &digest) &&
                nashra_digest_equal(&digest, &part->digest);
    nashra_hash_destroy(hash);
    return same;
}

static int move_file(const char *from, const char *to, const struct nashra_entry_part *part) {
    if (part && is_there(to, part)) {
        unlink(from);
        return NASHRA_OK;
    }
    if (rename(from, to) == 0)
        return NASHRA_OK;
    int cause = errno;
    int status = cause == ENOSPC || cause == EDQUOT || cause == EIO ? NASHRA_EIO : NASHRA_ECANTCREATE;
    return nashra_fail(status, "%s: %s", to, strerror(cause));
}

/* The folder is there but for the first time. */
static int move_record(const struct names *names) {
    if (rename(names->draft, names->record) == 0)
        return NASHRA_OK;
    int status = nashra_make_folders_above(names->record);
    return status < 0 ? status : move_file(names->draft, names->record, NULL);
}

static int move_files(struct nashra_publisher *p, const struct item *item, const struct names *names,
                      const struct nashra_record *record) {
    char *target = nashra_path_in(p->folder, item->output), *folder = target ? nashra_folder_of(target) : NULL;
    int status = folder ? make_folder(p, folder) : NASHRA_ENOMEM;
    for (size_t i = 0; i < record->files.count && status >= 0; i++) {
        char *from = nashra_draft_path(p->drafts, item->result.draft, record->files.parts[i].name);
        char *to = nashra_path_in(folder, record->files.parts[i].name);
        status = from && to ? move_file(from, to, &record->files.parts[i]) : NASHRA_ENOMEM;
        nashra_free(from);
        nashra_free(to);
    }
    if (status >= 0)
        status = move_record(names);
    nashra_free(folder);
    nashra_free(target);
    return status;
}

static int publish_locked(struct nashra_publisher *p, struct item *item, const struct names *names) {
    struct nashra_record ours, theirs;
    if (!nashra_record_read(names->draft, &ours))
        return nashra_fail(NASHRA_EIO, "%s: the draft's record is gone", names->draft);
    if (nashra_record_read(names->record, &theirs)) {
        bool holds = nashra_record_holds(&theirs, p->folder, item->output);
        if (holds && nashra_digest_equal(&theirs.files.key, &ours.files.key)) {
            item->publication = NASHRA_PUBLISHED_BEFORE;
            return NASHRA_OK;
        }
        if (holds && nashra_record_is_later(&theirs, item->token)) {
            item->publication = NASHRA_PUBLICATION_OVERTAKEN;
            return NASHRA_OK;
        }
    }
    item->publication = NASHRA_PUBLISHED;
    return move_files(p, item, names, &ours);
}

static void publish(struct nashra_publisher *p, struct item *item) {
    struct names names = {0};
    int guard = lock(p, item->output);
    item->status = make_names(p, item, &names);
    if (item->status >= 0)
        item->status = publish_locked(p, item, &names);
    unlock(guard);
    if (item->status < 0) {
        item->publication = NASHRA_PUBLICATION_FAILED;
        nashra_free(p->made); /* it may be gone */
        p->made = NULL;
    }
    if (item->publication != NASHRA_PUBLISHED)
        nashra_draft_remove(p->drafts, item->result.draft);
    nashra_free(names.draft);
    nashra_free(names.record);
    item->named = true;
}

static void report(struct nashra_publisher *p, const struct item *item) {
    p->published(item->job, &item->result, item->publication, item->status, p->user);
}

/* What is on the disk after one sync: the names that were given before it and the drafts that were written before it.
 * Hence one sync a group does for both. */
static void take_group(struct nashra_publisher *p) {
    size_t kept = 0, covered = p->covered;
    p->covered = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (i < covered && p->items[i].named) {
            report(p, &p->items[i]);
            continue;
        }
        if (i < covered)
            publish(p, &p->items[i]);
        if (kept != i)
            p->items[kept] = p->items[i];
        kept++;
    }
    p->count = kept;
}

int nashra_publisher_fd(const struct nashra_publisher *p) {
    return p->fd;
}

static int take_answer(struct nashra_publisher *p) {
    int cause = 0;
    struct pollfd ready = {.fd = p->fd, .events = POLLIN};
    if (p->covered == 0 || poll(&ready, 1, 0) != 1)
        return NASHRA_OK;
    if (recv(p->fd, &cause, sizeof cause, MSG_WAITALL) != sizeof cause)
        return nashra_fail(NASHRA_EINTERNAL, "%s: the process that brings outputs to the disk died", p->folder);
    if (cause == 0) {
        take_group(p);
        return NASHRA_OK;
    }
    p->covered = 0;
    return nashra_fail(NASHRA_EIO, "%s: %s", p->folder, strerror(cause));
}

static void start_sync(struct nashra_publisher *p) {
    if (send(p->fd, "", 1, MSG_NOSIGNAL) == 1)
        p->covered = p->count;
    p->last_ms = now_ms();
}

int nashra_publisher_step(struct nashra_publisher *p, bool now) {
    int status = take_answer(p);
    if (status < 0 || p->covered > 0 || p->count == 0)
        return status;
    size_t fresh = 0;
    for (size_t i = 0; i < p->count; i++)
        fresh += !p->items[i].named;
    if (now || fresh >= GROUP || now_ms() - p->last_ms >= GROUP_MS)
        start_sync(p);
    return NASHRA_OK;
}
