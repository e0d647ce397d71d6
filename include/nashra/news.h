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
    const char *url;      /**< without a scheme https is meant */
    const char *etag;     /**< of an earlier response: "not modified" is an answer then */
    const char *modified; /**< its Last-Modified */
    size_t most_bytes;    /**< of the body when it is unpacked; 0: NASHRA_ARTICLE_MAX_BYTES */
    unsigned seconds;     /**< for all of it; 0: 30 */
    unsigned redirects;   /**< at most; 0: 8 */
    bool allow_http;      /**< plain http to others than this machine; never after https */
    bool refuse_inside;   /**< no address of this machine or a private network: for links in what came from outside */
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

/** Makes plain text of a page in any of the formats of nashra_article_from_bytes(): the title behind "# ", headings behind
 *  "## ", a paragraph a line, an empty line between them. The parser has no file, no network, 128 MiB and 5 seconds.
 *  @param name of the page, for messages. @param text UTF-8, appended to.
 *  @return 0; NASHRA_EDATA (no text in it, malformed beyond reading, or the parser crashed, hung or was killed);
 *  NASHRA_ECONFIG, NASHRA_EINTERNAL, NASHRA_ENOMEM. */
int nashra_page_text(const char *bytes, size_t length, const char *name, struct nashra_buffer *text);

/** Fetches a page and makes an article of its text. @param allow_http as in struct nashra_fetch_request.
 *  @return 0, or as nashra_fetch() and nashra_page_text(). The article belongs to the caller. */
int nashra_page_article(const char *url, bool allow_http, struct nashra_article **article);

#ifdef __cplusplus
}
#endif
#endif
