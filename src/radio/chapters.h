/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_RADIO_CHAPTERS_H
#define NASHRA_RADIO_CHAPTERS_H

#include <jansson.h>

#include "bulletin_plan.h"

/* Appends the chapters as the podcast namespace has them (JSON, version 1.2.0). 0 or NASHRA_ENOMEM. */
int nashra_chapters(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out);

/* Appends a JSON value, indented, and a line end, and drops the reference. 0 or NASHRA_ENOMEM (NULL included). */
int nashra_json_add(json_t *json, struct nashra_buffer *out);

#endif
