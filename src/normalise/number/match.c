/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word of the text → the noun that it is a form of. */
#include <string.h>

#include <nashra/utf8.h>

#include "number/letters.h"
#include "number/nouns.h"
#include "number/tables.h"

/* A search in progress: candidates are written into `buffer`. */
struct search {
    const struct nashra_nouns *nouns;
    struct nashra_arena *arena;
    const char *word;
    size_t length;
    char *buffer; /* room for the word and 8 bytes more */
    struct nashra_noun_match *match;
    int status;
};

enum which { SINGULAR, PLURAL, EITHER };

static char *copy(struct search *s, const char *bytes, size_t length) {
    char *result = nashra_arena_copy(s->arena, bytes, length);
    if (!result)
        s->status = NASHRA_ENOMEM;
    return result;
}

/* The plural among a row's that has these letters; NULL: none. */
static const char *plural_with(const struct nashra_noun_row *row, const char *bare, size_t length, size_t *found) {
    if (!row->plurals)
        return NULL;
    const char *end = row->plurals + row->plurals_length;
    for (const char *form = row->plurals; form < end; form += *found + 1) {
        const char *semicolon = memchr(form, ';', (size_t)(end - form));
        *found = (size_t)((semicolon ? semicolon : end) - form);
        size_t at = 0, i = 0;
        while (i < *found &&
               (nashra_mark_at(form + i) || (at < length && form[i] == bare[at] && form[i + 1] == bare[at + 1]))) {
            at += nashra_mark_at(form + i) ? 0 : 2;
            i += 2;
        }
        if (i == *found && at == length)
            return form;
    }
    return NULL;
}

static void fill(struct search *s, const struct nashra_noun_row *row) {
    struct nashra_noun *noun = &s->match->noun;
    const char *semicolon = row->plurals ? memchr(row->plurals, ';', row->plurals_length) : NULL;
    size_t first = semicolon ? (size_t)(semicolon - row->plurals) : row->plurals_length;
    *noun = (struct nashra_noun){
        .singular = copy(s, row->singular, row->singular_length),
        .plural = row->plurals ? copy(s, row->plurals, first) : NULL,
        .dual = row->dual,
        .gender = row->feminine ? NASHRA_FEMININE : NASHRA_MASCULINE,
        .human = row->human,
        .known = true,
    };
}

/* Looks up the word without its last `cut` bytes and with `ending` instead; `number` says which of a noun's forms may
 * have these letters. */
static bool look(struct search *s, size_t cut, const char *ending, enum which number) {
    struct nashra_noun_row row;
    size_t added = strlen(ending);
    if (s->length < cut + 4)
        return false;
    memcpy(s->buffer, s->word, s->length - cut);
    memcpy(s->buffer + s->length - cut, ending, added);
    size_t length = s->length - cut + added, found = 0;
    if (!nashra_nouns_find(s->nouns, s->buffer, length, &row))
        return false;
    const char *plural = plural_with(&row, s->buffer, length, &found);
    if (number != EITHER && (number == PLURAL) != (plural != NULL))
        return false;
    fill(s, &row);
    s->match->number = plural ? NASHRA_PLURAL : NASHRA_SINGULAR;
    s->match->form = plural ? copy(s, plural, found) : s->match->noun.singular;
    return true;
}

static bool ends(const struct search *s, const char *ending) {
    return nashra_ends_with(s->word, s->length, ending);
}

static bool find_exact(struct search *s) {
    return look(s, 0, "", EITHER);
}

static const struct rule {
    const char *ending;  /* of the word */
    const char *instead; /* what the dictionary form has there */
    enum which number;   /* of the form that is looked up */
    bool dual, oblique, construct, alif;
} RULES[] = {
    {"ين", "ون", PLURAL, false, true, false, false},    {"تان", "ة", SINGULAR, true, false, false, false},
    {"تين", "ة", SINGULAR, true, true, false, false},   {"ان", "", SINGULAR, true, false, false, false},
    {"ين", "", SINGULAR, true, true, false, false},     {"يان", "ى", SINGULAR, true, false, false, false},
    {"يين", "ى", SINGULAR, true, true, false, false},   {"يان", "", SINGULAR, true, false, false, false},
    {"يين", "", SINGULAR, true, true, false, false},    {"اوان", "اء", SINGULAR, true, false, false, false},
    {"اوين", "اء", SINGULAR, true, true, false, false}, {"آن", "أ", SINGULAR, true, false, false, false},
    {"ئان", "ء", SINGULAR, true, false, false, false},  {"ئين", "ء", SINGULAR, true, true, false, false},
    {"ئا", "ء", SINGULAR, false, false, false, true},   {"يا", "", SINGULAR, false, false, false, true},
    {"ا", "", EITHER, false, false, false, true},       {"و", "ون", PLURAL, false, false, true, false},
    {"ي", "ون", PLURAL, false, true, true, false},      {"تا", "ة", SINGULAR, true, false, true, false},
    {"تي", "ة", SINGULAR, true, true, true, false},
};

static bool find_inflected(struct search *s) {
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
        const struct rule *rule = &RULES[i];
        if (!ends(s, rule->ending) || !look(s, strlen(rule->ending), rule->instead, rule->number))
            continue;
        struct nashra_noun_match *match = s->match;
        if (rule->dual) {
            match->number = NASHRA_DUAL;
            match->form = match->noun.dual ? match->noun.dual : nashra_dual_of(s->arena, match->noun.singular);
        }
        match->oblique = rule->oblique;
        match->construct = rule->construct;
        match->accusative_alif = rule->alif;
        return true;
    }
    return false;
}

/* قاضي, أراضي: the ي of a defective noun, written though it falls in the dictionary form. */
static bool find_defective(struct search *s) {
    return ends(s, "ي") && look(s, 2, "", EITHER) &&
           nashra_ends_with(s->match->form, strlen(s->match->form), NASHRA_KASRATAN_UTF8);
}

/* A sound plural that the table does not list: of a noun that has a broken one as well. */
static bool find_sound_feminine(struct search *s) {
    if (!ends(s, "ات") || !(look(s, 4, "ة", SINGULAR) || look(s, 4, "", SINGULAR)))
        return false;
    s->match->number = NASHRA_PLURAL;
    s->match->form = copy(s, s->word, s->length);
    return true;
}

/* Careless spelling: ه for ة at the end, a hamza left out at the beginning. */
static bool find_careless(struct search *s) {
    if (ends(s, "ه") && look(s, 2, "ة", SINGULAR))
        return true;
    if (!nashra_starts_with(s->word, s->length, "ا"))
        return false;
    char *word = copy(s, s->word, s->length);
    if (!word)
        return false;
    static const char *const seats[] = {"أ", "إ", "آ"};
    s->word = word;
    for (size_t i = 0; i < 3; i++) {
        memcpy(word, seats[i], 2);
        if (find_exact(s) || find_inflected(s) || find_defective(s))
            return true;
    }
    memcpy(word, "ا", 2);
    return false;
}

static bool find_any(struct search *s) {
    return find_exact(s) || find_inflected(s) || find_defective(s) || find_sound_feminine(s) || find_careless(s);
}

static bool find_behind_article(struct search *s) {
    if (!nashra_starts_with(s->word, s->length, "ال") || s->length < 8)
        return false;
    s->word += 4;
    s->length -= 4;
    if (find_any(s)) {
        s->match->article = true;
        return true;
    }
    s->word -= 4;
    s->length += 4;
    return false;
}

int nashra_noun_find(const struct nashra_numbers *numbers, struct nashra_arena *arena, const char *word, size_t length,
                     struct nashra_noun_match *match) {
    char *bare = nashra_arena_alloc(arena, 2 * length + 16);
    if (!bare)
        return NASHRA_ENOMEM;
    size_t n = nashra_strip_marks(word, length, bare);
    struct search search = {&numbers->nouns, arena, bare, n, bare + length + 1, match, NASHRA_OK};
    memset(match, 0, sizeof *match);
    if (!find_any(&search) && !find_behind_article(&search) && search.status == NASHRA_OK)
        search.status = nashra_noun_guess(arena, bare, n, match);
    match->scale = nashra_scale_find(numbers, bare, n) != 0;
    return search.status == NASHRA_OK && !match->form ? NASHRA_ENOMEM : search.status;
}
