/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The package document of an EPUB: what the book is called, and its files in reading order. */
#ifndef NASHRA_ARTICLE_PACKAGE_H
#define NASHRA_ARTICLE_PACKAGE_H

#include "../tracked.h"

struct nashra_package_item {
    char *id;
    char *path; /* in the archive */
};

struct nashra_package {
    struct nashra_tracked title, creator, language, date;
    struct nashra_package_item *items; /* of the manifest: those that hold text */
    size_t count;
    size_t capacity;
    char **spine; /* paths, borrowed of the items */
    size_t spine_count;
    size_t spine_capacity;
    struct nashra_arena *arena;
    bool is_package;
};

/* The package's path, of META-INF/container.xml, in the arena; NULL when it names none. 0 or NASHRA_ENOMEM. */
int nashra_package_find(const char *xml, size_t length, struct nashra_arena *arena, char **path);

/* Reads the package document that lies at `path`. 0, NASHRA_EDATA (reported) or NASHRA_ENOMEM. */
int nashra_package_init(struct nashra_package *package, const struct nashra_tracked *source, const char *path,
                        const char *name);
void nashra_package_finish(struct nashra_package *package);

#endif
