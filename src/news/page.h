/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NEWS_PAGE_H
#define NASHRA_NEWS_PAGE_H

#include <stdbool.h>

#include <nashra/article.h>

/* To be called by a child before it looks at foreign bytes: from then on it can only compute and answer. */
int nashra_page_enter_cage(void);
/* Appends an article as nashra_page_text() gives it. */
void nashra_page_put_article(const struct nashra_article *article, struct nashra_buffer *out);
/* Well-formed UTF-8 without control characters but line ends and tabs. */
bool nashra_page_is_plain(const char *text, size_t length);

#endif
