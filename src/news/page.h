/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page's text, as the parser in the cage finds it. */
#ifndef NASHRA_NEWS_PAGE_H
#define NASHRA_NEWS_PAGE_H

#include <stdbool.h>

#include <nashra/article.h>

/* Owned; each is UTF-8, "" where there is none. */
struct nashra_page {
    struct nashra_buffer title; /* one line */
    struct nashra_buffer byline;
    struct nashra_buffer body; /* a paragraph a line, headings behind "## ", an empty line between them */
};

/* Parses a page of any format in a cage. @return as nashra_page_text(). Finish it when it is 0. */
int nashra_page_parse(const char *bytes, size_t length, const char *name, struct nashra_page *page);
/* Fills it from an article. Failures are noted in its buffers. */
void nashra_page_take(struct nashra_page *page, const struct nashra_article *article);
void nashra_page_finish(struct nashra_page *page);

/* To be called by a child before it looks at foreign bytes: from then on it can only compute and answer. */
int nashra_page_enter_cage(void);
/* Well-formed UTF-8 without control characters but line ends and tabs. */
bool nashra_page_is_plain(const char *text, size_t length);

#endif
