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

enum { LONGEST_NOUN = 64 };

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

enum trait {
    DUAL = 1,
    OBLIQUE = 2,
    CONSTRUCT = 4,
    ALIF = 8,
    DEFECTIVE = 16 /* holds for forms such as قَاضٍ alone, whose ي falls */
};

static const struct rule {
    const char *ending;  /* of the word */
    const char *instead; /* what the dictionary form has there */
    enum which number;   /* of the form that is looked up */
    unsigned traits;
} RULES[] = {
    {"ين", "ون", PLURAL, OBLIQUE},
    {"تان", "ة", SINGULAR, DUAL},
    {"تين", "ة", SINGULAR, DUAL | OBLIQUE},
    {"ان", "", SINGULAR, DUAL},
    {"ين", "", SINGULAR, DUAL | OBLIQUE},
    {"يان", "ى", SINGULAR, DUAL},
    {"يين", "ى", SINGULAR, DUAL | OBLIQUE},
    {"يان", "", SINGULAR, DUAL | DEFECTIVE},
    {"يين", "", SINGULAR, DUAL | OBLIQUE | DEFECTIVE},
    {"اوان", "اء", SINGULAR, DUAL},
    {"اوين", "اء", SINGULAR, DUAL | OBLIQUE},
    {"آن", "أ", SINGULAR, DUAL},
    {"ئان", "ء", SINGULAR, DUAL},
    {"ئين", "ء", SINGULAR, DUAL | OBLIQUE},
    {"ئا", "ء", SINGULAR, ALIF},
    {"ا", "", EITHER, ALIF},
    {"يا", "", SINGULAR, ALIF | DEFECTIVE},
    {"ي", "", EITHER, DEFECTIVE},
    {"و", "ون", PLURAL, CONSTRUCT},
    {"ي", "ون", PLURAL, OBLIQUE | CONSTRUCT},
    {"تا", "ة", SINGULAR, DUAL | CONSTRUCT},
    {"تي", "ة", SINGULAR, DUAL | OBLIQUE | CONSTRUCT},
};

static bool applies(struct search *s, const struct rule *rule) {
    if (!ends(s, rule->ending) || !look(s, strlen(rule->ending), rule->instead, rule->number))
        return false;
    const char *form = s->match->form;
    return !(rule->traits & DEFECTIVE) || (form && nashra_ends_with(form, strlen(form), NASHRA_KASRATAN_UTF8));
}

static bool find_inflected(struct search *s) {
    const struct rule *rule = RULES, *end = RULES + sizeof RULES / sizeof *RULES;
    while (rule < end && !applies(s, rule))
        rule++;
    if (rule == end)
        return false;
    struct nashra_noun_match *match = s->match;
    if (rule->traits & DUAL) {
        match->number = NASHRA_DUAL;
        match->form = match->noun.dual ? match->noun.dual : nashra_dual_of(s->arena, match->noun.singular);
    }
    match->oblique = rule->traits & OBLIQUE;
    match->construct = rule->traits & CONSTRUCT;
    match->accusative_alif = rule->traits & ALIF;
    return true;
}

/* A sound plural that the table does not list: of a noun that has a broken one as well. */
static bool find_sound_feminine(struct search *s) {
    if (!ends(s, "ات") || !(look(s, 4, "ة", SINGULAR) || look(s, 4, "", SINGULAR)))
        return false;
    s->match->number = NASHRA_PLURAL;
    s->match->form = copy(s, s->word, s->length);
    return true;
}

/* Careless spelling: ه for ة at the end, a hamza left out at the beginning. Words that begin as the article does (التي)
 * are not inflected for that. */
static bool find_careless(struct search *s) {
    if (ends(s, "ه") && look(s, 2, "ة", SINGULAR))
        return true;
    if (!nashra_starts_with(s->word, s->length, "ا"))
        return false;
    char *word = copy(s, s->word, s->length);
    if (!word)
        return false;
    bool article = nashra_starts_with(s->word, s->length, "ال");
    static const char *const seats[] = {"أ", "إ", "آ"};
    s->word = word;
    for (size_t i = 0; i < 3; i++) {
        memcpy(word, seats[i], 2);
        if (find_exact(s) || (!article && find_inflected(s)))
            return true;
    }
    memcpy(word, "ا", 2);
    return false;
}

static bool find_any(struct search *s) {
    return find_exact(s) || find_inflected(s) || find_sound_feminine(s) || find_careless(s);
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
    bool found = n <= LONGEST_NOUN && (find_any(&search) || find_behind_article(&search));
    if (!found && search.status == NASHRA_OK)
        search.status = nashra_noun_guess(arena, bare, n, match);
    match->scale = nashra_scale_find(numbers, bare, n) != 0;
    return search.status == NASHRA_OK && !match->form ? NASHRA_ENOMEM : search.status;
}
