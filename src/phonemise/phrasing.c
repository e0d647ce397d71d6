/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "phrasing.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/table.h>

enum {
    BREATH = 44,   /* letters said in one breath: some eight words, four seconds */
    LONG = 60,     /* more than anybody says in one breath: weight 1 counts here */
    SHORTEST = 13, /* letters on either side of a breath */
    GROUP_WEIGHT = 1,
    WEIGHT_LETTERS = 7 /* so many letters off the middle does a cue's weight buy */
};

struct cue {
    const char *letters;
    size_t length;
    int weight;  /* of a breath before the word; 0: none */
    bool prefix; /* any word that begins so */
    bool joins;  /* no breath after the word */
};

struct nashra_phrasing {
    struct nashra_table *table;
    struct cue *cues;
    size_t count, capacity;
    struct nashra_map *words;
    struct nashra_map *prefixes;
    size_t longest_prefix;
};

static int add_cue(const struct nashra_row *row, void *user) {
    struct nashra_phrasing *phrasing = user;
    struct cue cue = {.letters = row->fields[0], .length = strlen(row->fields[0])};
    char *end;
    cue.weight = (int)strtol(row->fields[1], &end, 10);
    bool known_after = row->count < 3 || strcmp(row->fields[2], "-") == 0 || strcmp(row->fields[2], "join") == 0;
    if (*end || cue.weight < 0 || cue.weight > 9 || !known_after)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: a weight from 0 to 9 and join or - are wanted", row->file,
                           row->line);
    cue.joins = row->count > 2 && strcmp(row->fields[2], "join") == 0;
    cue.prefix = cue.length > 0 && cue.letters[cue.length - 1] == '*';
    cue.length -= cue.prefix;
    if (phrasing->count == phrasing->capacity) {
        size_t capacity = phrasing->capacity ? 2 * phrasing->capacity : 128;
        struct cue *cues = nashra_realloc(phrasing->cues, capacity * sizeof *cues);
        if (!cues)
            return NASHRA_ENOMEM;
        phrasing->cues = cues;
        phrasing->capacity = capacity;
    }
    phrasing->cues[phrasing->count++] = cue;
    return NASHRA_OK;
}

static int load(struct nashra_phrasing *phrasing) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path("phrasing.tsv", &path);
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(&path), 2, add_cue, phrasing, &phrasing->table);
    nashra_buffer_finish(&path);
    phrasing->words = nashra_map_create();
    phrasing->prefixes = nashra_map_create();
    if (status == NASHRA_OK && (!phrasing->words || !phrasing->prefixes))
        status = NASHRA_ENOMEM;
    for (size_t i = 0; i < phrasing->count && status == NASHRA_OK; i++) {
        const struct cue *cue = &phrasing->cues[i];
        struct nashra_map *map = cue->prefix ? phrasing->prefixes : phrasing->words;
        status = nashra_map_put(map, cue->letters, cue->length, (intptr_t)i);
        if (cue->prefix && cue->length > phrasing->longest_prefix)
            phrasing->longest_prefix = cue->length;
    }
    return status;
}

int nashra_phrasing_create(struct nashra_phrasing **result) {
    struct nashra_phrasing *phrasing = nashra_alloc_zeroed(1, sizeof *phrasing);
    if (!phrasing)
        return NASHRA_ENOMEM;
    int status = load(phrasing);
    if (status < 0) {
        nashra_phrasing_destroy(phrasing);
        return status;
    }
    *result = phrasing;
    return NASHRA_OK;
}

void nashra_phrasing_destroy(struct nashra_phrasing *phrasing) {
    if (!phrasing)
        return;
    nashra_map_destroy(phrasing->words);
    nashra_map_destroy(phrasing->prefixes);
    nashra_table_destroy(phrasing->table);
    nashra_free(phrasing->cues);
    nashra_free(phrasing);
}

/* A word that begins with و may begin with the conjunction; where marks are known, it has fatha (وَأَعْلَنَ, not وِزَارَة). */
static bool may_be_conjunction(const struct nashra_word *word) {
    static const char waw[] = "\xD9\x88", fatha[] = "\xD9\x8E";
    if (strncmp(word->text, waw, 2) != 0 || !word->marked || strncmp(word->marked, waw, 2) != 0)
        return true;
    return strncmp(word->marked + 2, fatha, 2) == 0;
}

static const struct cue *find_cue(const struct nashra_phrasing *phrasing, const struct nashra_word *word) {
    const char *text = word->text;
    if (!text)
        return NULL;
    size_t length = strlen(text);
    intptr_t index;
    if (nashra_map_get(phrasing->words, text, length, &index))
        return &phrasing->cues[index];
    size_t prefix = length > phrasing->longest_prefix ? phrasing->longest_prefix : length - 1;
    for (; length > 0 && prefix > 0; prefix--)
        if (nashra_map_get(phrasing->prefixes, text, prefix, &index))
            return may_be_conjunction(word) ? &phrasing->cues[index] : NULL;
    return NULL;
}

static bool is_number(enum nashra_class cls) {
    return cls != NASHRA_CLASS_WORD && cls != NASHRA_CLASS_LATIN && cls != NASHRA_CLASS_ACRONYM &&
           cls != NASHRA_CLASS_ABBREVIATION && cls != NASHRA_CLASS_HASHTAG;
}

/* What belongs together: a preposition and its noun, a number phrase and what it counts, idafa. */
static bool joined(const struct nashra_word *word, const struct cue *cue, const struct nashra_word *next) {
    if ((cue && cue->joins) || (word->flags & NASHRA_WORD_CONSTRUCT))
        return true;
    return is_number(word->cls) && (next->cls == word->cls || word->span.from == next->span.from);
}

static bool has_article(const char *text) {
    static const char waw[] = "\xD9\x88", article[] = "\xD8\xA7\xD9\x84";
    if (strncmp(text, waw, 2) == 0)
        text += 2;
    return strncmp(text, article, 4) == 0;
}

static bool has_tanwin(const char *marked) {
    return strstr(marked, "\xD9\x8B") || strstr(marked, "\xD9\x8C") || strstr(marked, "\xD9\x8D");
}

static bool ends_with(const char *text, const char *ending) {
    size_t length = strlen(text), tail = strlen(ending);
    return length > tail + 2 && strcmp(text + length - tail, ending) == 0;
}

/* What may belong to the word before it: with the particle بـ (الخاص بالنقل), with a pronoun (المنتهية ولايته), an
 * adjective in ى, which has no tanwin to tell by (أولوية قصوى). */
static bool leans_back(const char *text) {
    static const char *const endings[] = {"\xD9\x87", "\xD9\x87\xD8\xA7", "\xD9\x87\xD9\x85", "\xD9\x89"};
    bool leans = strncmp(text, "\xD8\xA8", 2) == 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !leans; i++)
        leans = ends_with(text, endings[i]);
    return leans;
}

/* A group of words ends where nothing tells otherwise: behind a date, behind a noun or adjective with the article or
 * tanwin that isn't followed by another such. */
static bool closes_group(const struct nashra_word *word, const struct nashra_word *next) {
    if (!word->text || !word->marked || !next->text || !next->marked)
        return false;
    if (is_number(word->cls))
        return word->cls == NASHRA_CLASS_DATE || word->cls == NASHRA_CLASS_YEAR || word->cls == NASHRA_CLASS_YEARS ||
               word->cls == NASHRA_CLASS_TIME;
    if (is_number(next->cls) || leans_back(next->text))
        return false;
    if (has_article(word->text))
        return !has_article(next->text);
    return has_tanwin(word->marked) && !has_tanwin(next->marked);
}

struct stretch {
    struct nashra_word *words;
    const size_t *offsets; /* letters before each word, and of all */
    const int *weights;    /* of a breath before each word */
};

/* The best place for a breath in [from, to), or `from` when there is none. */
static size_t best_place(const struct stretch *stretch, size_t from, size_t to) {
    size_t start = stretch->offsets[from], end = stretch->offsets[to], best = from;
    long best_score = 0;
    for (size_t i = from + 1; i < to; i++) {
        size_t left = stretch->offsets[i] - start, right = end - stretch->offsets[i];
        bool wanted = stretch->weights[i] > (end - start > LONG ? 0 : 1);
        if (!wanted || left < SHORTEST || right < SHORTEST)
            continue;
        long off = labs((long)left - (long)right) / 2;
        long score = (long)(end - start) + WEIGHT_LETTERS * stretch->weights[i] - off;
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    return best;
}

static void divide(const struct stretch *stretch, size_t from, size_t to) {
    while (stretch->offsets[to] - stretch->offsets[from] > BREATH) {
        size_t place = best_place(stretch, from, to);
        if (place == from)
            return;
        stretch->words[place - 1].pause = NASHRA_PAUSE_PHRASE;
        divide(stretch, from, place);
        from = place;
    }
}

static size_t letter_count(const char *text) {
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

int nashra_phrasing_place(const struct nashra_phrasing *phrasing, struct nashra_arena *scratch,
                          struct nashra_sentence *sentence) {
    size_t *offsets = nashra_arena_alloc(scratch, (sentence->count + 1) * sizeof *offsets);
    int *weights = nashra_arena_alloc(scratch, (sentence->count + 1) * sizeof *weights);
    if (!offsets || !weights)
        return NASHRA_ENOMEM;
    const struct cue *before = NULL;
    for (size_t i = 0; i < sentence->count; i++) {
        struct nashra_word *word = &sentence->words[i];
        const struct cue *cue = find_cue(phrasing, word);
        offsets[i + 1] = offsets[i] + letter_count(word->text ? word->text : "");
        if (i > 0 && !joined(word - 1, before, word))
            weights[i] = cue ? cue->weight : !before && closes_group(word - 1, word) ? GROUP_WEIGHT : 0;
        before = cue;
    }
    struct stretch stretch = {sentence->words, offsets, weights};
    for (size_t from = 0, i = 0; i < sentence->count; i++)
        if (sentence->words[i].pause != NASHRA_PAUSE_NONE || i + 1 == sentence->count) {
            divide(&stretch, from, i + 1);
            from = i + 1;
        }
    return NASHRA_OK;
}
