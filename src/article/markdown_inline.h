/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paragraph of Markdown without its marks. */
#ifndef NASHRA_ARTICLE_MARKDOWN_INLINE_H
#define NASHRA_ARTICLE_MARKDOWN_INLINE_H

#include "tracked.h"

/* Appends the text of a span: emphasis, links, pictures, code and escapes resolved, line ends as blanks. */
void nashra_markdown_inline(const struct nashra_tracked *source, struct nashra_span span, struct nashra_tracked *out);

#endif
