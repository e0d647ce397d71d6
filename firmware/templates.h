/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of announcements with slots: name <tab> text with {slot}. */
#ifndef NASHRAD_TEMPLATES_H
#define NASHRAD_TEMPLATES_H

#include <nashra/memory.h>

struct nashrad_templates;

/* @param path of the table; "": none. A table that can't be read is reported, and there are none. 0 or NASHRA_ENOMEM.
 */
int nashrad_templates_create(const char *path, struct nashrad_templates **templates);
/* Takes NULL. */
void nashrad_templates_destroy(struct nashrad_templates *templates);

/* The text of a template, NULL when there is none; the name of the n-th, NULL beyond the last. */
const char *nashrad_templates_text(const struct nashrad_templates *templates, const char *name);
const char *nashrad_templates_name(const struct nashrad_templates *templates, size_t index);

/* What fills a slot; NULL: nothing does. The value is borrowed until the next call. */
typedef const char *(*nashrad_slot_fn)(const char *slot, void *user);

/* Appends the text with its slots filled; in SSML what fills them is escaped. 0; NASHRA_EDATA (not reported):
 * `*missing` is the slot that nothing fills, to be freed by nashra_free(); NASHRA_ENOMEM. */
int nashrad_templates_fill(const char *text, nashrad_slot_fn value, void *user, struct nashra_buffer *out,
                           char **missing);

#endif
