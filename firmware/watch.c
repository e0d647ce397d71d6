/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    QUIET_MS = 300,     /* copying is over when nothing has changed for so long */
    PATIENCE_MS = 3000, /* or at the latest */
    LOOK_MS = 2000,     /* a mount on a folder is no change in it: what stands there is looked at */
    DEPTH = 3
};

struct seen {
    bool there;
    dev_t device;
    ino_t inode;
};

struct nashrad_watch {
    struct nashrad_loop *loop;
    const struct nashrad_list *folders;
    int inotify;
    struct seen seen[NASHRAD_LIST_MAX];
    int64_t due; /* -1: nothing has changed */
    int64_t first_change;
    int64_t look_at;
};

static void note_change(struct nashrad_watch *watch, int64_t now) {
    if (watch->due < 0)
        watch->first_change = now;
    const int64_t latest = watch->first_change + PATIENCE_MS;
    watch->due = now + QUIET_MS < latest ? now + QUIET_MS : latest;
}

static void notice(int fd, void *user) {
    char events[4096];
    while (read(fd, events, sizeof events) > 0) {
    }
    note_change(user, nashrad_now());
}

static void watch_folder(struct nashrad_watch *watch, const char *folder, int depth) {
    const uint32_t changes =
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;
    if (inotify_add_watch(watch->inotify, folder, changes | IN_ONLYDIR | IN_DONT_FOLLOW) < 0 || depth == DEPTH)
        return;
    DIR *open_folder = opendir(folder);
    if (!open_folder)
        return;
    for (struct dirent *entry; (entry = readdir(open_folder)) != NULL;) {
        char path[1024];
        if (entry->d_name[0] != '.' &&
            (size_t)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < sizeof path)
            watch_folder(watch, path, depth + 1); /* a file is refused by IN_ONLYDIR */
    }
    closedir(open_folder);
}

/* Watches on what is watched already are the same watches. */
static void watch_all(struct nashrad_watch *watch) {
    for (size_t i = 0; i < watch->folders->count; i++)
        watch_folder(watch, watch->folders->items[i], 0);
}

static struct seen look_at(const char *folder) {
    struct stat about;
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode))
        return (struct seen){.there = false};
    return (struct seen){true, about.st_dev, about.st_ino};
}

static void look(struct nashrad_watch *watch, int64_t now) {
    watch->look_at = now + LOOK_MS;
    for (size_t i = 0; i < watch->folders->count; i++) {
        const struct seen before = watch->seen[i], seen = look_at(watch->folders->items[i]);
        watch->seen[i] = seen;
        if (seen.there != before.there || seen.device != before.device || seen.inode != before.inode)
            note_change(watch, now);
    }
}

int nashrad_watch_create(struct nashrad_loop *loop, const struct nashrad_list *folders, struct nashrad_watch **out) {
    struct nashrad_watch *watch = nashra_alloc_zeroed(1, sizeof *watch);
    *out = NULL;
    if (!watch)
        return NASHRA_ENOMEM;
    *watch = (struct nashrad_watch){.loop = loop, .folders = folders, .due = -1};
    watch->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    const int status = watch->inotify < 0 ? nashra_fail(NASHRA_EINTERNAL, "no inotify: %s", strerror(errno))
                                          : nashrad_loop_add(loop, watch->inotify, notice, watch);
    if (status < 0) {
        nashrad_watch_destroy(watch);
        return status;
    }
    watch_all(watch);
    look(watch, nashrad_now());
    watch->due = -1; /* the first scan is the caller's */
    *out = watch;
    return NASHRA_OK;
}

void nashrad_watch_destroy(struct nashrad_watch *watch) {
    if (!watch)
        return;
    if (watch->inotify >= 0) {
        nashrad_loop_remove(watch->loop, watch->inotify);
        close(watch->inotify);
    }
    nashra_free(watch);
}

bool nashrad_watch_due(struct nashrad_watch *watch, int64_t now, int64_t *next) {
    if (now >= watch->look_at)
        look(watch, now);
    const bool due = watch->due >= 0 && now >= watch->due;
    if (due) {
        watch->due = -1;
        watch_all(watch);
    }
    *next = watch->due >= 0 && watch->due < watch->look_at ? watch->due : watch->look_at;
    return due;
}

bool nashrad_watch_missing(const struct nashrad_watch *watch) {
    for (size_t i = 0; i < watch->folders->count; i++)
        if (watch->seen[i].there)
            return false;
    return true;
}
