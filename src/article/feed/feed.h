/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of the feed formats fill. */
#ifndef NASHRA_ARTICLE_FEED_FEED_H
#define NASHRA_ARTICLE_FEED_FEED_H

#include <stdbool.h>

#include <nashra/feed.h>

#include "../tracked.h"

/* A value as it is written, before it was made a plain string of; all are tracked, since an article may be made of a
 * feed. The order is that of the rows in feed.c. */
enum nashra_feed_field {
    NASHRA_FIELD_TITLE,
    NASHRA_FIELD_LINK,
    NASHRA_FIELD_GUID,
    NASHRA_FIELD_AUTHOR,
    NASHRA_FIELD_SECTION,
    NASHRA_FIELD_SUMMARY,
    NASHRA_FIELD_CONTENT,
    NASHRA_FIELD_LANGUAGE,
    NASHRA_FIELD_PUBLISHED,
    NASHRA_FIELD_UPDATED,
    NASHRA_FIELD_SELF, /* of the feed */
    NASHRA_FIELD_TTL,  /* of the feed */
    NASHRA_FIELD_COUNT
};

struct nashra_feed_item {
    struct nashra_tracked fields[NASHRA_FIELD_COUNT];
    bool is_plain[NASHRA_FIELD_COUNT]; /* no markup in it: "a < b" means just that */
};

struct nashra_feed {
    const char *name;
    struct nashra_arena *arena;
    struct nashra_feed_info info;
    struct nashra_feed_item head;
    struct nashra_feed_item *items;
    struct nashra_feed_entry *entries;
    size_t count;
    size_t capacity;
    size_t left_out; /* beyond the limit */
};

/* The item to fill next, which counts once nashra_feed_end_item() was called. NULL: out of memory, or enough of them.
 */
struct nashra_feed_item *nashra_feed_begin_item(struct nashra_feed *feed);
void nashra_feed_end_item(struct nashra_feed *feed);

/* The readers: 0, NASHRA_EDATA (reported) or NASHRA_ENOMEM. */
int nashra_feed_read_xml(struct nashra_feed *feed, const struct nashra_tracked *source);
int nashra_feed_read_json(struct nashra_feed *feed, const struct nashra_tracked *source);

/* As nashra_feed_parse(), of text that is decoded already. */
int nashra_feed_read(const struct nashra_tracked *source, const char *name, struct nashra_feed **feed);
/* Its items, with the way back to the source; beside nashra_feed_entries(). */
const struct nashra_feed_item *nashra_feed_items(const struct nashra_feed *feed);
const struct nashra_tracked *nashra_feed_title(const struct nashra_feed *feed);

#endif
