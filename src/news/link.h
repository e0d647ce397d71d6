/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links: made absolute, and made comparable. */
#ifndef NASHRA_NEWS_LINK_H
#define NASHRA_NEWS_LINK_H

#include "words.h"

/* Appends `link` as seen from the page `base`, percent-encoded where it must be. False when it is no link. */
bool nashra_link_resolve(const char *base, const char *link, struct nashra_buffer *out);
/* Appends what makes a link this one: host, path and the parameters that count. The scheme, www., a final slash, /amp
 * and the fragment don't. */
bool nashra_link_canonical(const struct nashra_news_words *words, const char *link, struct nashra_buffer *out);
/* Appends the host, in small letters. */
bool nashra_link_host(const char *link, struct nashra_buffer *out);
/* FNV-1a over several strings; never 0. */
uint64_t nashra_link_hash(const char *kind, const char *first, const char *second);

#endif
