/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which format a text is in, by its content. */
#ifndef NASHRA_ARTICLE_FORMAT_H
#define NASHRA_ARTICLE_FORMAT_H

#include <nashra/document.h>

/* Of decoded text; `name` is evidence for Markdown alone. */
enum nashra_format nashra_format_detect(const char *text, size_t length, const char *name);

/* Is it an EPUB? Its first entry is an uncompressed file "mimetype" (OCF 3.3, section 4.3); where a packer forgot it,
 * META-INF/container.xml tells. */
int nashra_format_is_epub(const unsigned char *bytes, size_t length);

#endif
