/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file document.h  What an article was read from, and what its pages say of it beside the text. */
#ifndef NASHRA_DOCUMENT_H
#define NASHRA_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include <nashra/feed.h>
#include <nashra/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Found by the content; for Markdown two kinds of its marks are needed, or one and a name that ends in .md. */
enum nashra_format {
    NASHRA_FORMAT_TEXT,
    NASHRA_FORMAT_SSML,
    NASHRA_FORMAT_HTML,
    NASHRA_FORMAT_FEED,
    NASHRA_FORMAT_EPUB,
    NASHRA_FORMAT_MARKDOWN
};

/** The name of a format as messages and JSON have it, e.g. "html"; never NULL. */
const char *nashra_format_name(enum nashra_format format);

/** How to read; zero-initialised it is the default. */
struct nashra_reading {
    int captions;        /**< not 0: captions of pictures are read as well */
    int alt;             /**< not 0: the descriptions of pictures (alt) are read as well */
    const char *charset; /**< what the server said (Content-Type), or NULL; what the bytes show for sure comes first */
};

/** What is known of the article; all strings are UTF-8, "" when it isn't known, and live as long as the article. */
struct nashra_metadata {
    enum nashra_format format;
    const char *title;
    const char *byline;   /**< who wrote it, without بقلم and the like where the page gives the bare name */
    const char *section;  /**< رياضة, محليات … */
    const char *site;     /**< the newspaper's name */
    const char *link;     /**< the article's canonical address */
    const char *language; /**< BCP 47 tag as written */
    const char *feed;     /**< the address of the feed that the page names, as written */
    int64_t published;    /**< seconds since 1970-01-01 UTC, or NASHRA_FEED_NO_DATE */
    int64_t updated;      /**< as above */
    int is_partial;       /**< not 0: the page says that the rest is for subscribers */
};

/** What a paragraph was in its document. */
enum nashra_role {
    NASHRA_ROLE_PARAGRAPH,
    NASHRA_ROLE_ITEM,    /**< of a list */
    NASHRA_ROLE_ROW,     /**< of a table, each cell behind its column's header */
    NASHRA_ROLE_QUOTE,   /**< set off as one */
    NASHRA_ROLE_CAPTION, /**< of a picture; only when asked for */
    NASHRA_ROLE_ALT      /**< a picture's description; only when asked for */
};

/** A paragraph of an article. */
struct nashra_passage {
    struct nashra_span span; /**< of the article's text */
    enum nashra_sentence_kind kind;
    enum nashra_role role;
    unsigned level;       /**< of a heading, 1 to 6; else 0 */
    const char *language; /**< BCP 47 tag when it is marked as another language than the article's; else "" */
};

/** The name of a role as JSON has it, e.g. "row"; never NULL. */
const char *nashra_role_name(enum nashra_role role);

#ifdef __cplusplus
}
#endif
#endif
