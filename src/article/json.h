/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON by jansson, whose strings are found again in the text that they were read from. */
#ifndef NASHRA_ARTICLE_JSON_H
#define NASHRA_ARTICLE_JSON_H

#include <jansson.h>

#include "tracked.h"

/* More values than this are refused: each costs jansson much more memory than it takes in the text. */
enum { NASHRA_JSON_VALUES = 200 * 1000 };

/* Finds values where they are asked for in about the order of the text. Initialise `source`. */
struct nashra_json_locator {
    const struct nashra_tracked *source; /* the text that jansson read */
    size_t from;                         /* what is looked for stands behind it */
    size_t reached;                      /* the end of the furthest that was found */
};

/* The values of `source`, or NULL and a cause in `why` (of `room` bytes), "line N: …". */
json_t *nashra_json_load(const struct nashra_tracked *source, char *why, size_t room);

/* Appends a string value, from where it stands. */
void nashra_json_locate(struct nashra_json_locator *locator, const char *value, struct nashra_tracked *out);
/* What is looked for from now on stands behind all that was found. */
void nashra_json_advance(struct nashra_json_locator *locator);

/* The string at a key, or NULL; an array's first string, an object's "name" or "@value" counts as well. */
const char *nashra_json_string(const json_t *object, const char *key);

#endif
