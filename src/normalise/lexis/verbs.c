/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lexis/verbs.h"

#include <string.h>

#include "lexis/store.h"

enum { LETTER = 2 /* bytes of an Arabic letter in UTF-8 */, SHORTEST = 2 * LETTER, LONGEST = 10 * LETTER };

/* A verb that is a noun too stands behind the one that is none. */
static const struct {
    const char *name;
    struct nashra_verb verb;
} kinds[] = {{"either", {NASHRA_GOVERNS_EITHER, false, false}},
             {"either noun", {NASHRA_GOVERNS_EITHER, true, false}},
             {"either thing", {NASHRA_GOVERNS_EITHER, false, true}},
             {"either noun thing", {NASHRA_GOVERNS_EITHER, true, true}},
             {"intransitive", {NASHRA_GOVERNS_INTRANSITIVE, false, false}},
             {"intransitive noun", {NASHRA_GOVERNS_INTRANSITIVE, true, false}},
             {"intransitive thing", {NASHRA_GOVERNS_INTRANSITIVE, false, true}},
             {"intransitive noun thing", {NASHRA_GOVERNS_INTRANSITIVE, true, true}},
             {"measure", {NASHRA_GOVERNS_MEASURE, false, false}},
             {"measure noun", {NASHRA_GOVERNS_MEASURE, true, false}},
             {"measure thing", {NASHRA_GOVERNS_MEASURE, false, true}},
             {"measure noun thing", {NASHRA_GOVERNS_MEASURE, true, true}},
             {"passive", {NASHRA_GOVERNS_PASSIVE, false, false}},
             {"passive noun", {NASHRA_GOVERNS_PASSIVE, true, false}},
             {"transitive", {NASHRA_GOVERNS_TRANSITIVE, false, false}},
             {"transitive noun", {NASHRA_GOVERNS_TRANSITIVE, true, false}},
             {"transitive thing", {NASHRA_GOVERNS_TRANSITIVE, false, true}},
             {"transitive noun thing", {NASHRA_GOVERNS_TRANSITIVE, true, true}}};

static bool starts(const char *word, const char *prefix) {
    return strncmp(word, prefix, LETTER) == 0;
}

/* The verb that is written so; a feminine form is no noun. */
static const struct nashra_verb *find(const struct nashra_lexis *lexis, const char *word, size_t length, bool derived) {
    size_t n;
    const char *kind = nashra_sorted_find(lexis->verbs, word, length, &n);
    for (size_t i = 0; kind != NULL && i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].name) == n && memcmp(kinds[i].name, kind, n) == 0)
            return &kinds[derived && kinds[i].verb.also_noun ? i - 1 : i].verb;
    return NULL;
}

/* عقدت of عقد, ألغت of ألغى, دعت of دعا */
static const struct nashra_verb *find_feminine_perfect(const struct nashra_lexis *lexis, const char *word,
                                                       size_t length) {
    static const char *const roots[] = {"ى", "ا"};
    char masculine[LONGEST];
    bool weak = strncmp(word + length - 2 * LETTER, "ا", LETTER) == 0; /* حبات is not of حبا */
    const struct nashra_verb *verb = weak ? NULL : find(lexis, word, length - LETTER, true);
    memcpy(masculine, word, length - LETTER);
    for (size_t i = 0; i < 2 && verb == NULL; i++) {
        memcpy(masculine + length - LETTER, roots[i], LETTER);
        verb = find(lexis, masculine, length, true);
    }
    return verb;
}

const struct nashra_verb *nashra_verbs_find_feminine(const struct nashra_lexis *lexis, const char *word,
                                                     size_t length) {
    char masculine[LONGEST];
    if (length <= SHORTEST || length > LONGEST || !starts(word, "ت"))
        return NULL;
    memcpy(masculine, "ي", LETTER);
    memcpy(masculine + LETTER, word + LETTER, length - LETTER);
    return find(lexis, masculine, length, true);
}

bool nashra_verbs_is_feminine(const struct nashra_lexis *lexis, const char *word, size_t length) {
    return nashra_verbs_find_feminine(lexis, word, length) != NULL && find(lexis, word, length, false) == NULL;
}

static const struct nashra_verb *find_form(const struct nashra_lexis *lexis, const char *word, size_t length) {
    if (length < SHORTEST || length > LONGEST)
        return NULL;
    const struct nashra_verb *verb = find(lexis, word, length, false);
    if (verb == NULL)
        verb = nashra_verbs_find_feminine(lexis, word, length);
    if (verb == NULL && length > SHORTEST && strncmp(word + length - LETTER, "ت", LETTER) == 0)
        verb = find_feminine_perfect(lexis, word, length);
    bool future = starts(word, "س") && (starts(word + LETTER, "ي") || starts(word + LETTER, "ت"));
    return verb == NULL && future ? find_form(lexis, word + LETTER, length - LETTER) : verb;
}

/* الكتاب, مدرسة: with the article (التقى has none) or the ة, and most words are told apart at once. */
static bool is_surely_noun(const char *word, size_t length) {
    bool article = length > 2 * LETTER && starts(word, "ا") && starts(word + LETTER, "ل");
    return (article && !starts(word + 2 * LETTER, "ت")) ||
           (length >= LETTER && strncmp(word + length - LETTER, "ة", LETTER) == 0);
}

const struct nashra_verb *nashra_verbs_find(const struct nashra_lexis *lexis, const char *word, size_t length,
                                            bool *joined) {
    *joined = false;
    if (is_surely_noun(word, length))
        return NULL;
    const struct nashra_verb *verb = find_form(lexis, word, length);
    *joined = verb == NULL && length > SHORTEST && (starts(word, "و") || starts(word, "ف"));
    return *joined ? find_form(lexis, word + LETTER, length - LETTER) : verb;
}
