/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of SSML's attributes, and the names in data/ssml.tsv that stand for some. */
#ifndef NASHRA_ARTICLE_SSML_VALUES_H
#define NASHRA_ARTICLE_SSML_VALUES_H

#include <stdbool.h>

#include <nashra/table.h>
#include <nashra/text.h>

struct nashra_ssml_names;

/* 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_ssml_names_create(struct nashra_ssml_names **names);
/* Takes NULL. */
void nashra_ssml_names_destroy(struct nashra_ssml_names *names);

/* The number behind a name of a kind ("rate", "slow"). */
bool nashra_ssml_named(const struct nashra_ssml_names *names, const char *kind, const char *name, int *value);

/* Each changes the prosody that stands around the element; false when the value is none. */
bool nashra_ssml_rate(const struct nashra_ssml_names *names, const char *value, struct nashra_prosody *prosody);
bool nashra_ssml_pitch(const struct nashra_ssml_names *names, const char *value, struct nashra_prosody *prosody);
bool nashra_ssml_range(const struct nashra_ssml_names *names, const char *value, struct nashra_prosody *prosody);
bool nashra_ssml_volume(const struct nashra_ssml_names *names, const char *value, struct nashra_prosody *prosody);

/* "250ms", "1.5s"; at most ten minutes. False when it is no time. */
bool nashra_ssml_time(const char *value, int *ms);

/* The wish behind interpret-as and format; false when there is none of that name. */
bool nashra_ssml_say_as(const struct nashra_ssml_names *names, const char *as, const char *format,
                        struct nashra_hint *hint);

#endif
