/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file news.h  What comes from the network: pages, feeds, and the library of stories made of them.
 *
 * Foreign bytes are fetched by a process that has the network and no files, and parsed by one that has neither; either
 * may crash, hang or be killed, which is an error of the call and no more. The calls that start such processes
 * (nashra_fetch(), nashra_page_article(), nashra_news_update()) are made while no other threads run.
 */
#ifndef NASHRA_NEWS_H
#define NASHRA_NEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/article.h>
#include <nashra/memory.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Fetching ------------------------------------------------------------------------------------------------------- */

/** Zero-initialise it; what stays 0 or NULL is as said. */
struct nashra_fetch_request {
    const char *url;       /**< without a scheme https is meant */
    const char *etag;      /**< of an earlier response: "not modified" is an answer then */
    const char *modified;  /**< its Last-Modified */
    size_t most_bytes;     /**< of the body when it is unpacked; 0: NASHRA_ARTICLE_MAX_BYTES */
    unsigned seconds;      /**< for all of it; 0: 30 */
    unsigned redirects;    /**< at most; 0: 8 */
    bool allow_http;       /**< plain http to others than this machine; never after https */
    bool refuse_inside;    /**< no address of this machine or a private network: for links in what came from outside */
    bool (*stopped)(void); /**< asked several times a second: true ends it with NASHRA_STOPPED; may be NULL */
};

/** A response. Strings live until nashra_fetch_finish(); "" for what the server did not say. */
struct nashra_fetch_response {
    int code;            /**< of HTTP: 200 … 299, or 304: not modified, nothing in `bytes` */
    int64_t retry_after; /**< seconds, also with an error; 0: not said */
    int64_t max_age;     /**< seconds that it stays fresh; 0: not said */
    bool inside;         /**< it came from this machine or a private network */
    const char *url;     /**< where it was found, after redirects */
    const char *type;    /**< Content-Type */
    const char *etag;
    const char *modified;
    const char *bytes; /**< the body, unpacked; NUL-terminated behind its length */
    size_t length;
    struct nashra_buffer memory; /**< behind all these */
};

/** Fetches one URL. Proxies are taken from curl's environment (https_proxy, no_proxy …), certificates from the system
 * or $SSL_CERT_FILE.
 *  @return 0; NASHRA_EUSAGE (no address, or plain http that is not allowed); NASHRA_ENOINPUT (the server has no such
 *  page, or doesn't give it); NASHRA_EDATA (too large, cut off, damaged, endless redirects); NASHRA_EIO (no secure
 *  connection); NASHRA_EAGAIN (no network, too slow, or the server wants to be asked later: `code` and `retry_after`
 *  are set); NASHRA_EINTERNAL; NASHRA_ENOMEM. All reported with the URL. */
int nashra_fetch(const struct nashra_fetch_request *request, struct nashra_fetch_response *response);
/** Frees and zeroes it; also after an error. */
void nashra_fetch_finish(struct nashra_fetch_response *response);

/** True for what a user types for a page rather than a file: it begins with a scheme and "://". */
bool nashra_is_url(const char *name);

/** Pages ---------------------------------------------------------------------------------------------------------- */

/** Makes plain text of a page in any of the formats of nashra_article_from_bytes(): the title behind "# ", headings
 * behind
 *  "## ", a paragraph a line, an empty line between them. The parser has no file, no network, 128 MiB and 5 seconds.
 *  @param name of the page, for messages. @param text UTF-8, appended to.
 *  @return 0; NASHRA_EDATA (no text in it, malformed beyond reading, or the parser crashed, hung or was killed);
 *  NASHRA_ECONFIG, NASHRA_EINTERNAL, NASHRA_ENOMEM. */
int nashra_page_text(const char *bytes, size_t length, const char *name, struct nashra_buffer *text);

/** Fetches a page and makes an article of its text.
 *  @return 0, or as nashra_fetch() and nashra_page_text(). The article belongs to the caller. */
int nashra_page_article(const struct nashra_fetch_request *request, struct nashra_article **article);

/** The list of feeds --------------------------------------------------------------------------------------------- */

/** feeds.txt: a URL a line and, behind a blank, the name that the user gives the feed; # begins a comment line. What
 * the file holds besides stays as it is. */
struct nashra_feeds;

struct nashra_feeds_entry {
    const char *url;
    const char *name; /**< "" where the user gives none */
};

/** Reads a list; a file that is missing is an empty one. Lines that are no address are reported with file and line and
 *  passed over. @return 0, NASHRA_ENOINPUT, NASHRA_EIO or NASHRA_ENOMEM. */
int nashra_feeds_load(const char *path, struct nashra_feeds **feeds);
/** Takes NULL. */
void nashra_feeds_destroy(struct nashra_feeds *feeds);
/** All entries; they live until the list is changed. */
const struct nashra_feeds_entry *nashra_feeds_entries(const struct nashra_feeds *feeds, size_t *count);
/** @param name may be NULL. @return 1; 0 when it is there already (its name is changed if one is given); NASHRA_EUSAGE
 *  when it is no address. */
int nashra_feeds_add(struct nashra_feeds *feeds, const char *url, const char *name);
/** The entry with this URL or name. @return 1 and its index, or 0. */
int nashra_feeds_find(const struct nashra_feeds *feeds, const char *url_or_name, size_t *index);
/** Takes the entry at `index` out; those behind it move up. */
void nashra_feeds_remove(struct nashra_feeds *feeds, size_t index);
/** Adds what a list in OPML, or of URLs one a line, holds. OPML is parsed in a cage.
 *  @param name of the list, for messages. @param added how many are new. @return 0, NASHRA_EDATA … */
int nashra_feeds_import(struct nashra_feeds *feeds, const char *bytes, size_t length, const char *name, size_t *added);
/** Appends the list as OPML 2.0. */
int nashra_feeds_export(const struct nashra_feeds *feeds, struct nashra_buffer *out);
/** Asks a feed, or a page that names its feed (<link rel="alternate">): what `nashra feed add` does first.
 *  @param found set to the feed's address, as it goes into the list. @param title appended. @param entries how many.
 *  @return as nashra_fetch(); NASHRA_EDATA when there is no feed. */
int nashra_feed_check(const char *url, bool allow_http, struct nashra_buffer *found, struct nashra_buffer *title,
                      size_t *entries);
/** Writes the list back; it is the old or the new one, never a part. */
int nashra_feeds_save(const struct nashra_feeds *feeds);

/** The library ---------------------------------------------------------------------------------------------------- */

/** A folder: news/ holds the stories as text files that any player of Nashra's reads (by name the newest is first),
 *  news.db their index, feeds.txt the list of feeds. */
struct nashra_library;
struct nashra_stories;
struct nashra_story;

/** Opens or creates a library. @param folder NULL: $NASHRA_LIBRARY, $XDG_DATA_HOME/nashra or ~/.local/share/nashra.
 *  @return 0, NASHRA_ECANTCREATE, what nashra_stories_open() returns. */
int nashra_library_open(const char *folder, struct nashra_library **library);
/** Takes NULL. */
void nashra_library_close(struct nashra_library *library);
/** Its index; lives as long as the library. */
struct nashra_stories *nashra_library_stories(struct nashra_library *library);
/** Appends the path of feeds.txt. */
int nashra_library_feeds_path(const struct nashra_library *library, struct nashra_buffer *path);
/** Appends the path of a story's text. */
int nashra_library_story_path(const struct nashra_library *library, const struct nashra_story *story,
                              struct nashra_buffer *path);
/** The story that a user names: story:NUMBER, or story:newest. Strings live in `arena`.
 *  @return 0; NASHRA_EUSAGE (no such form); NASHRA_ENOINPUT (no such story) … */
int nashra_library_find(struct nashra_library *library, const char *name, struct nashra_arena *arena,
                        struct nashra_story *story);
/** Appends what announces a story: "من قناة …، قبل 2 …: TITLE", in the words of data/news.tsv.
 *  @param now seconds since 1970-01-01 UTC. */
int nashra_library_announce(struct nashra_library *library, const struct nashra_story *story, int64_t now,
                            struct nashra_buffer *out);
/** Makes an article of a story: its announcement is the title, its text follows. */
int nashra_library_article(struct nashra_library *library, const struct nashra_story *story, int64_t now,
                           struct nashra_article **article);

/** Appends what announces a story whose title is read next, by its file alone: "من قناة …، قبل 3 ساعات."; without an
 * age where `now` lies before it was published, since then the clock isn't set.
 *  @param path of the file; its name tells when. @param text of the file; its last line tells from where.
 *  @return 1; 0 when the file is no story of a library; NASHRA_ECONFIG, NASHRA_ENOMEM. */
int nashra_story_announcement(const char *path, const char *text, size_t length, int64_t now,
                              struct nashra_buffer *out);

/** Updating ------------------------------------------------------------------------------------------------------- */

/** Zero-initialise it; what stays 0 is as said. */
struct nashra_update_options {
    bool allow_http;
    bool force;            /**< ask feeds that aren't due as well */
    const char *only;      /**< NULL: all feeds; else the one with this URL or name */
    unsigned keep_days;    /**< older stories expire; 0: 30 */
    unsigned keep_count;   /**< of more the oldest expire; 0: 10,000 */
    unsigned pages;        /**< at most so many are fetched for a feed in one update; 0: 30 */
    int interval;          /**< seconds between two requests to a host; 0: 2, negative: none */
    const char *kept;      /**< a file with a path a line: these stories don't expire; NULL: all may */
    const char *notices;   /**< the socket of a nashrad that is to tell of new stories; NULL: none */
    bool (*stopped)(void); /**< asked between requests: true ends the update in good order; may be NULL */
};

/** What came of it. */
struct nashra_update_result {
    size_t asked, unchanged, waiting, failed; /**< feeds */
    size_t network_failed;                    /**< of those that failed: no server was reached */
    size_t added, same, unreadable, expired;  /**< stories */
};

/** Asks the feeds that are due, takes in what is new and lets go what is old. A feed or a page that fails is reported
 * and passed over: all else goes on.
 *  @return 0; NASHRA_EAGAIN (another update runs; or feeds were asked and all failed for want of a network);
 *  NASHRA_ENOINPUT (`only` is none of the feeds); NASHRA_EIO (the disk is full, …: what came before is kept); … */
int nashra_library_update(struct nashra_library *library, const struct nashra_update_options *options,
                          struct nashra_update_result *result);

#ifdef __cplusplus
}
#endif
#endif
