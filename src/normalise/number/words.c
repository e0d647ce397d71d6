/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/words.h"

#include <stdlib.h>
#include <string.h>

#include "number/letters.h"
#include "number/tables.h"

enum { LONGEST_SCALE = 32 };

struct loader {
    struct nashra_number_words *words;
    struct nashra_arena *arena;
    const struct nashra_row *row;
    unsigned long value;
};

static int parse_stem(struct loader *l, size_t field, bool plural, struct nashra_stem *stem) {
    if (field >= l->row->count)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: form %zu is missing", l->row->file, l->row->line, field - 1);
    return nashra_stem_parse(l->arena, l->row->fields[field], plural, NULL, stem) ? NASHRA_OK : NASHRA_ENOMEM;
}

static int parse_pair(struct loader *l, struct nashra_stem pair[2]) {
    int status = parse_stem(l, 2, false, &pair[NASHRA_MASCULINE]);
    return status < 0 ? status : parse_stem(l, 3, false, &pair[NASHRA_FEMININE]);
}

static int parse_forms(struct loader *l, struct nashra_counted_word *word) {
    for (size_t i = 0; i < 3; i++) {
        int status = parse_stem(l, 2 + i, i == NASHRA_PLURAL, &word->forms[i]);
        if (status < 0)
            return status;
    }
    return NASHRA_OK;
}

static int load_unit(struct loader *l) {
    return parse_pair(l, l->words->unit[l->value]);
}

static int load_linked(struct loader *l) {
    return parse_pair(l, l->words->linked[l->value]);
}

static int load_teen(struct loader *l) {
    return parse_pair(l, l->words->teen[l->value]);
}

static int load_ten(struct loader *l) {
    return parse_pair(l, l->words->ten);
}

static int load_tens(struct loader *l) {
    return parse_stem(l, 2, true, &l->words->tens[l->value]);
}

static int load_hundred(struct loader *l) {
    return parse_stem(l, 2, false, &l->words->hundred[l->value]);
}

static int put_scale(struct loader *l, const struct nashra_stem *stem, enum nashra_case grammatical_case,
                     enum nashra_state state) {
    struct nashra_phrase phrase = {.arena = l->arena};
    struct nashra_inflection inflection = {.grammatical_case = grammatical_case, .state = state};
    int status = nashra_phrase_form(&phrase, stem, &inflection);
    if (status < 0)
        return status;
    const char *bare = phrase.words[0].bare;
    return nashra_map_put(l->words->scales, bare, strlen(bare), (intptr_t)l->value);
}

/* Every form that letters can tell apart is a key. */
static int put_scales(struct loader *l, const struct nashra_counted_word *word) {
    int status = NASHRA_OK;
    for (size_t i = 0; i < 3 && status == NASHRA_OK; i++)
        for (int c = NASHRA_NOMINATIVE; c <= NASHRA_ACCUSATIVE && status == NASHRA_OK; c++) {
            status = put_scale(l, &word->forms[i], (enum nashra_case)c, NASHRA_STATE_INDEFINITE);
            if (status == NASHRA_OK)
                status = put_scale(l, &word->forms[i], (enum nashra_case)c, NASHRA_STATE_CONSTRUCT);
        }
    return status;
}

static int load_also(struct loader *l) {
    struct nashra_counted_word word;
    int status = parse_forms(l, &word);
    return status < 0 ? status : put_scales(l, &word);
}

static int load_scale(struct loader *l) {
    struct nashra_counted_word *word = &l->words->scale[l->value / 3];
    int status = parse_forms(l, word);
    return status < 0 ? status : put_scales(l, word);
}

static int load_ordinal(struct loader *l) {
    int status = parse_pair(l, l->words->ordinal[l->value]);
    if (status == NASHRA_OK && l->value < 10 && !l->words->ordinal_linked[l->value][0].marked)
        memcpy(l->words->ordinal_linked[l->value], l->words->ordinal[l->value], sizeof l->words->ordinal[0]);
    return status;
}

static int load_ordinal_linked(struct loader *l) {
    return parse_pair(l, l->words->ordinal_linked[l->value]);
}

static int load_ordinal_teen(struct loader *l) {
    return parse_pair(l, l->words->ordinal_teen[l->value]);
}

static int load_fraction(struct loader *l) {
    return parse_forms(l, &l->words->fraction[l->value]);
}

static int load_minus(struct loader *l) {
    return parse_stem(l, 2, false, &l->words->minus);
}

static int load_digit(struct loader *l) {
    l->words->digit[l->value] = l->row->fields[2];
    return NASHRA_OK;
}

static const struct kind {
    const char *name;
    unsigned long least, most;
    int (*load)(struct loader *);
} KINDS[] = {
    {"unit", 0, 10, load_unit},
    {"linked", 1, 9, load_linked},
    {"teen", 1, 9, load_teen},
    {"ten", 10, 10, load_ten},
    {"tens", 2, 9, load_tens},
    {"hundred", 1, 9, load_hundred},
    {"scale", 3, 18, load_scale},
    {"also", 3, 18, load_also},
    {"ordinal", 1, 10, load_ordinal},
    {"ordinal-linked", 1, 9, load_ordinal_linked},
    {"ordinal-teen", 1, 9, load_ordinal_teen},
    {"fraction", 2, 10, load_fraction},
    {"minus", 0, 0, load_minus},
    {"digit", 0, 9, load_digit},
};

static const char *const WORDS[NASHRA_NUMBER_WORD_COUNT] = {
    [NASHRA_WORD_POINT] = "point", [NASHRA_WORD_PERCENT] = "percent",       [NASHRA_WORD_AFTER] = "after",
    [NASHRA_WORD_OF] = "of",       [NASHRA_WORD_BELOW_ZERO] = "below-zero",
};

static int load_word(struct loader *l) {
    for (size_t i = 0; i < NASHRA_NUMBER_WORD_COUNT; i++)
        if (strcmp(WORDS[i], l->row->fields[1]) == 0) {
            l->words->word[i] = l->row->fields[2];
            return NASHRA_OK;
        }
    return nashra_fail(NASHRA_ECONFIG, "%s:%zu: unknown word '%s'", l->row->file, l->row->line, l->row->fields[1]);
}

static int load_row(const struct nashra_row *row, void *user) {
    struct loader *l = user;
    l->row = row;
    if (strcmp(row->fields[0], "word") == 0)
        return load_word(l);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (strcmp(KINDS[i].name, row->fields[0]) != 0)
            continue;
        char *end;
        l->value = strtoul(row->fields[1], &end, 10);
        if (*end || l->value < KINDS[i].least || l->value > KINDS[i].most)
            return nashra_fail(NASHRA_ECONFIG, "%s:%zu: '%s' is out of range for %s", row->file, row->line,
                               row->fields[1], row->fields[0]);
        return KINDS[i].load(l);
    }
    return nashra_fail(NASHRA_ECONFIG, "%s:%zu: unknown kind '%s'", row->file, row->line, row->fields[0]);
}

static bool all_there(const struct nashra_stem *stems, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!stems[i].marked)
            return false;
    return true;
}

static bool complete(const struct nashra_number_words *w) {
    bool there = all_there(w->unit[0], 22) && all_there(w->linked[1], 18) && all_there(w->teen[1], 18) &&
                 all_there(w->ten, 2) && all_there(w->tens + 2, 8) && all_there(w->hundred + 1, 9) &&
                 all_there(w->ordinal[1], 20) && all_there(w->ordinal_linked[1], 18) &&
                 all_there(w->ordinal_teen[1], 18);
    there = there && all_there(&w->minus, 1);
    for (size_t i = 1; i < NASHRA_SCALE_COUNT; i++)
        there = there && all_there(w->scale[i].forms, 3);
    for (size_t i = 2; i <= 10; i++)
        there = there && all_there(w->fraction[i].forms, 3);
    for (size_t i = 0; i < 10; i++)
        there = there && w->digit[i];
    for (size_t i = 0; i < NASHRA_NUMBER_WORD_COUNT; i++)
        there = there && w->word[i];
    return there;
}

/* ثَلَاثُمِئَة: the first part bears the case, مئة is its genitive. */
static int join_hundred(struct nashra_number_words *words, struct nashra_arena *arena, size_t hundred) {
    const struct nashra_stem *last = &words->hundred[1];
    for (int c = NASHRA_NOMINATIVE; c <= NASHRA_GENITIVE; c++) {
        struct nashra_phrase phrase = {.arena = arena};
        struct nashra_inflection inflection = {.grammatical_case = (enum nashra_case)c,
                                               .state = NASHRA_STATE_CONSTRUCT};
        struct nashra_buffer joined = {0};
        if (nashra_phrase_form(&phrase, &words->hundred[hundred], &inflection) < 0)
            return NASHRA_ENOMEM;
        nashra_buffer_add_string(&joined, phrase.words[0].marked);
        nashra_buffer_add_string(&joined, last->marked);
        const char *citation =
            joined.failed ? NULL : nashra_arena_copy(arena, nashra_buffer_string(&joined), joined.length);
        nashra_buffer_finish(&joined);
        if (!citation || !nashra_stem_parse(arena, citation, false, NULL, &words->hundreds[hundred][c]))
            return NASHRA_ENOMEM;
    }
    return NASHRA_OK;
}

static int join_hundreds(struct nashra_number_words *words, struct nashra_arena *arena) {
    int status = NASHRA_OK;
    for (size_t hundred = 3; hundred < 10 && status == NASHRA_OK; hundred++)
        status = join_hundred(words, arena, hundred);
    return status;
}

int nashra_number_words_load(struct nashra_number_words *words, struct nashra_arena *arena) {
    struct loader loader = {.words = words, .arena = arena};
    words->scales = nashra_map_create();
    int status = words->scales ? nashra_table_load_named("number-words.tsv", 3, load_row, &loader, &words->table)
                               : NASHRA_ENOMEM;
    if (status == NASHRA_OK && !complete(words))
        status = nashra_fail(NASHRA_ECONFIG, "number-words.tsv: rows are missing");
    return status < 0 ? status : join_hundreds(words, arena);
}

/* Careless texts leave out the hamza of ألف and the madda of آلاف. */
static bool find_without_hamza(const struct nashra_map *scales, const char *word, size_t length, intptr_t *power) {
    char copy[LONGEST_SCALE];
    if (length < 4 || length > sizeof copy || !nashra_letter_in(word, "ا"))
        return false;
    memcpy(copy, word, length);
    memcpy(copy, "أ", 2);
    if (nashra_map_get(scales, copy, length, power))
        return true;
    memcpy(copy, "آ", 2);
    return nashra_map_get(scales, copy, length, power);
}

unsigned nashra_scale_find(const struct nashra_numbers *numbers, const char *word, size_t length) {
    const struct nashra_map *scales = numbers->words.scales;
    intptr_t power;
    bool found = nashra_map_get(scales, word, length, &power) || find_without_hamza(scales, word, length, &power);
    return found ? (unsigned)power : 0;
}

void nashra_number_words_finish(struct nashra_number_words *words) {
    nashra_map_destroy(words->scales);
    nashra_table_destroy(words->table);
}
