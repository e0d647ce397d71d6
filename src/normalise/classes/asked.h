/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the author asks for (SSML's say-as): readings that no other class would find by itself. */
#ifndef NASHRA_NORMALISE_ASKED_H
#define NASHRA_NORMALISE_ASKED_H

#include "scan.h"

/* The wish for the token, or NULL. */
const struct nashra_hint *nashra_asked_at(const struct nashra_scan *scan, size_t at);
/* A reading of this class is what the wish means. */
bool nashra_asked_allows(const struct nashra_hint *hint, enum nashra_class cls);
/* The wish has no class of its own: nashra_match_asked() comes before all others. */
bool nashra_asked_comes_first(const struct nashra_hint *hint);

/* Numbers that are to be ordinals get the article, by which ordinal.c knows them. */
int nashra_asked_prepare(struct nashra_tokens *tokens, const struct nashra_hint *hints, size_t count);

/* As a class's, but for the wish that stands at `at`. */
int nashra_match_asked(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading);
int nashra_speak_asked(struct nashra_scan *scan, const struct nashra_reading *reading);

#endif
