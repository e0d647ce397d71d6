/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file feed.h  Bytes → the entries of a news feed: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x.
 *
 * Pure functions on bytes: nothing is fetched, no DTD is read, no entity of the feed's own is expanded. All strings are
 * NUL-terminated UTF-8 without surrounding blanks and live as long as the feed; one that is missing is "".
 */
#ifndef NASHRA_FEED_H
#define NASHRA_FEED_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Later entries are left out, with a warning. */
#define NASHRA_FEED_MAX_ENTRIES 2000
/** A moment that the feed doesn't tell, or not in a form that can be read. */
#define NASHRA_FEED_NO_DATE INT64_MIN

struct nashra_feed;

enum nashra_feed_format { NASHRA_FEED_RSS, NASHRA_FEED_ATOM, NASHRA_FEED_JSON };

struct nashra_feed_entry {
    const char *title; /**< plain text, markup and entities resolved */
    const char *link;  /**< as written; relative to the feed's own address when it has no scheme */
    const char *guid;  /**< the entry's identity: guid, atom:id, id; where there is none the link, else the title */
    const char *author;
    const char *section;      /**< the first category */
    const char *summary_html; /**< description, atom:summary; HTML, of nashra_article_from_html() */
    const char *content_html; /**< content:encoded, atom:content, content_html; "" when there is only a summary */
    const char *language;     /**< BCP 47 tag as written */
    int64_t published;        /**< seconds since 1970-01-01 UTC, or NASHRA_FEED_NO_DATE */
    int64_t updated;          /**< as above; atom:updated, dcterms:modified, date_modified */
};

struct nashra_feed_info {
    enum nashra_feed_format format;
    const char *title;
    const char *link;     /**< of the site that it belongs to */
    const char *self;     /**< the feed's own address, where it names one (atom:link rel=self, feed_url) */
    const char *language; /**< BCP 47 tag as written */
    const char *author;
    unsigned ttl; /**< minutes for which it may be kept (RSS ttl, sy:updatePeriod), 0 when not told */
};

/** Do the bytes look like a feed? Only the beginning is looked at. */
int nashra_feed_recognise(const void *bytes, size_t length);

/** Reads a feed. Malformed ones are read as far as they can be, with a warning; entries without title, summary and
 *  content are left out.
 *  @param name of the file, or the address, for messages.
 *  @return 0; NASHRA_EDATA (no feed, too large, nested too deeply) or NASHRA_ENOMEM. */
int nashra_feed_parse(const void *bytes, size_t length, const char *name, struct nashra_feed **feed);

/** Takes NULL. */
void nashra_feed_destroy(struct nashra_feed *feed);

/** What the feed says of itself. Lives as long as the feed. */
const struct nashra_feed_info *nashra_feed_info(const struct nashra_feed *feed);

/** All entries in the feed's order. */
const struct nashra_feed_entry *nashra_feed_entries(const struct nashra_feed *feed, size_t *count);

/** Reads a moment as feeds and pages write it: RFC 822 ("Sat, 28 Nov 2026 11:05:00 +0300") and RFC 3339
 *  ("2026-11-28T11:05:00Z", also a date alone, also without a zone: then UTC).
 *  @return seconds since 1970-01-01 UTC, or NASHRA_FEED_NO_DATE. */
int64_t nashra_feed_date(const char *text);

#ifdef __cplusplus
}
#endif
#endif
