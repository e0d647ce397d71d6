/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_doubt.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <nashra/table.h>
#include <nashra/utf8.h>

enum { LONGEST_SPELT = 4 }; /* longer ones are doubtful without vowels, too */

/* The confidence in what could as well be read otherwise. */
static const double BY_FORM = 0.5;

struct nashra_acronyms {
    struct nashra_table *words, *spelt;
    struct nashra_map *known;
};

static int keep_row(const struct nashra_row *row, void *user) {
    struct nashra_acronyms *acronyms = user;
    return nashra_map_put(acronyms->known, row->fields[0], strlen(row->fields[0]), 1);
}

static int load_table(struct nashra_acronyms *acronyms, const char *name, struct nashra_table **table) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path(name, &path);
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(&path), 2, keep_row, acronyms, table);
    nashra_buffer_finish(&path);
    return status;
}

int nashra_acronyms_load(struct nashra_acronyms **out) {
    struct nashra_acronyms *acronyms = nashra_alloc_zeroed(1, sizeof *acronyms);
    *out = NULL;
    if (!acronyms)
        return NASHRA_ENOMEM;
    acronyms->known = nashra_map_create();
    int status = acronyms->known ? load_table(acronyms, "acronyms.tsv", &acronyms->words) : NASHRA_ENOMEM;
    if (status == NASHRA_OK)
        status = load_table(acronyms, "spelt.tsv", &acronyms->spelt);
    if (status < 0) {
        nashra_acronyms_destroy(acronyms);
        return status;
    }
    *out = acronyms;
    return NASHRA_OK;
}

void nashra_acronyms_destroy(struct nashra_acronyms *acronyms) {
    if (!acronyms)
        return;
    nashra_map_destroy(acronyms->known);
    nashra_table_destroy(acronyms->words);
    nashra_table_destroy(acronyms->spelt);
    nashra_free(acronyms);
}

/* ---- tokens ---- */

static bool is_latin(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
}

/* Without marks, tatweel and more than one space at a time; tabs and line ends are spaces. */
static char *clean_token(struct nashra_arena *arena, const char *text, size_t length) {
    char *token = nashra_arena_alloc(arena, length + 1);
    size_t count = 0;
    for (size_t at = 0, taken; token && at < length; at += taken) {
        unsigned codepoint;
        taken = nashra_utf8_decode(text + at, length - at, &codepoint);
        if (codepoint == 0x0640 || nashra_is_arabic_mark(codepoint))
            continue;
        if (codepoint > ' ') {
            memcpy(token + count, text + at, taken);
            count += taken;
        } else if (count > 0 && token[count - 1] != ' ') {
            token[count++] = ' ';
        }
    }
    while (count > 0 && token[count - 1] == ' ')
        token[--count] = '\0';
    return token;
}

/* Letters of clitics before the Latin ones: و in "و NATO". */
static size_t count_clitics(const char *token, const char **latin) {
    size_t letters = 0, length = strlen(token);
    for (size_t at = 0; at < length && !is_latin(token[at]);) {
        unsigned codepoint;
        at += nashra_utf8_decode(token + at, length - at, &codepoint);
        letters += nashra_is_arabic_letter(codepoint);
        *latin = token + at;
    }
    return letters;
}

static const char *skip_letters(const char *marked, size_t letters) {
    size_t length = strlen(marked), at = 0;
    while (at < length) {
        unsigned codepoint;
        const size_t taken = nashra_utf8_decode(marked + at, length - at, &codepoint);
        if (!nashra_is_arabic_mark(codepoint) && letters-- == 0)
            break;
        at += taken;
    }
    return marked + at;
}

/* Fathatan stands before its alif, so that it stays. */
size_t nashra_without_ending(const char *marked) {
    size_t length = strlen(marked);
    unsigned mark = 0;
    if (length < 2)
        return length;
    nashra_utf8_decode(marked + length - 2, 2, &mark);
    const bool ending = mark >= NASHRA_FATHATAN && mark <= NASHRA_SUKUN && mark != NASHRA_SHADDA;
    return ending ? length - 2 : length;
}

static const char *join_reading(struct nashra_arena *arena, const struct nashra_word *words, size_t count) {
    struct nashra_buffer joined = {0};
    for (size_t i = 0; i < count; i++) {
        const char *marked = words[i].marked ? words[i].marked : words[i].text;
        /* The case ending is left to each sentence. */
        const bool open = count == 1 && words[i].cls == NASHRA_CLASS_WORD;
        if (i > 0)
            nashra_buffer_add(&joined, " ", 1);
        nashra_buffer_add(&joined, marked, open ? nashra_without_ending(marked) : strlen(marked));
    }
    char *copy = joined.failed ? NULL : nashra_arena_copy(arena, nashra_buffer_string(&joined), joined.length);
    nashra_buffer_finish(&joined);
    return copy;
}

/* ---- reasons ---- */

static bool is_number(enum nashra_class cls) {
    return (cls >= NASHRA_CLASS_CARDINAL && cls <= NASHRA_CLASS_ROMAN);
}

/* The case of a number is heard only where it is a letter: عشرون or عشرين, ألفان or ألفين, never تاسعةُ or تاسعةِ. */
static bool case_is_heard(const char *text) {
    static const char *const endings[] = {"ون", "ين", "ان"};
    const size_t length = strlen(text);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (length > 4 && strcmp(text + length - 4, endings[i]) == 0)
            return true;
    return false;
}

/* The digits from `at` on, at most three counted; moves `at` behind them. */
static int take_digits(const char **at, int *value) {
    int count = 0;
    *value = 0;
    for (size_t left = strlen(*at), taken; left > 0; *at += taken, left -= taken, count++) {
        unsigned codepoint;
        taken = nashra_utf8_decode(*at, left, &codepoint);
        const int digit = nashra_digit_value(codepoint);
        if (digit < 0)
            break;
        *value = *value < 1000 ? *value * 10 + digit : *value;
    }
    return count;
}

/* 3/4 may be a date or a part, 1.250 a thousand or a bit more than one: only the author knows. */
static bool is_ambiguous_form(const char *token) {
    int first, second;
    const char *at = token;
    const int before = take_digits(&at, &first);
    const char sign = *at;
    if (before == 0 || (sign != '/' && sign != '.'))
        return false;
    at++;
    const int after = take_digits(&at, &second);
    if ((*at && *at != ' ') || after == 0)
        return false;
    return sign == '/' ? first >= 1 && first <= 31 && second >= 1 && second <= 12
                       : before <= 3 && after == 3 && first > 0;
}

static bool is_doubtful_acronym(const struct nashra_acronyms *acronyms, const char *token) {
    const char *latin = token;
    count_clitics(token, &latin);
    const size_t length = strspn(latin, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (length < 2 || latin[length] || nashra_map_get(acronyms->known, latin, length, &(intptr_t){0}))
        return false;
    return length > LONGEST_SPELT || strpbrk(latin, "AEIOU");
}

/* Where a word's ending is its least sure letter, the word itself is surer than that. */
static bool counts(const struct nashra_word *word) {
    return is_number(word->cls) ? case_is_heard(word->text) : word->confidence < word->ending_confidence;
}

static double least_confidence(const struct nashra_word *words, size_t count) {
    double least = 1;
    for (size_t i = 0; i < count; i++)
        if (counts(&words[i]) && (double)words[i].confidence < least)
            least = (double)words[i].confidence;
    return least;
}

/* An editor's decision is certain in all its words. */
static bool is_decided(const struct nashra_word *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!(words[i].flags & (NASHRA_WORD_ASKED | NASHRA_WORD_DECIDED)))
            return false;
    return true;
}

static bool is_doubtful_by_form(const struct nashra_acronyms *acronyms, const struct nashra_word *word,
                                const char *token, enum nashra_doubt_reason *reason) {
    if (is_number(word->cls)) {
        *reason = NASHRA_DOUBT_NUMBER;
        return is_ambiguous_form(token);
    }
    if (word->cls == NASHRA_CLASS_ACRONYM) {
        *reason = NASHRA_DOUBT_ACRONYM;
        return is_doubtful_acronym(acronyms, token);
    }
    *reason = NASHRA_DOUBT_FOREIGN;
    return word->cls == NASHRA_CLASS_LATIN && is_latin(word->text[0]);
}

/* What makes a token doubtful; false when nothing does. */
static bool judge(const struct nashra_acronyms *acronyms, const struct nashra_word *words, size_t count,
                  const char *token, double least, struct nashra_doubt *doubt) {
    doubt->confidence = least_confidence(words, count);
    if (is_decided(words, count))
        return false;
    if (is_doubtful_by_form(acronyms, &words[0], token, &doubt->reason)) {
        doubt->confidence = doubt->confidence < BY_FORM ? doubt->confidence : BY_FORM;
        return doubt->confidence < least || least >= BY_FORM;
    }
    doubt->reason = is_number(words[0].cls) ? NASHRA_DOUBT_NUMBER : NASHRA_DOUBT_VOWELS;
    return doubt->confidence < least;
}

/* ---- the list ---- */

static int add(struct nashra_doubts *doubts, const struct nashra_doubt *doubt) {
    if (doubts->count == doubts->capacity) {
        const size_t capacity = doubts->capacity ? 2 * doubts->capacity : 64;
        struct nashra_doubt *list = nashra_realloc(doubts->list, capacity * sizeof *list);
        if (!list)
            return NASHRA_ENOMEM;
        doubts->list = list;
        doubts->capacity = capacity;
    }
    doubts->list[doubts->count++] = *doubt;
    return NASHRA_OK;
}

/* Clitics before Latin letters are no part of the lexicon's entry. */
static void drop_clitics(struct nashra_doubt *doubt) {
    const char *latin = doubt->token;
    const size_t letters = count_clitics(doubt->token, &latin);
    if (letters == 0 || !is_latin(*latin))
        return;
    doubt->token = latin;
    doubt->reading = skip_letters(doubt->reading, letters);
}

static int find_in_token(struct nashra_doubts *doubts, const struct nashra_acronyms *acronyms,
                         const struct nashra_recital *reading, const struct nashra_sentence *sentence,
                         struct nashra_doubt *doubt, double least) {
    const struct nashra_word *words = sentence->words + doubt->from;
    const size_t count = doubt->to - doubt->from;
    const char *text = nashra_article_text(reading->article, &(size_t){0});
    doubt->token = clean_token(doubts->arena, text + words[0].span.from, words[0].span.to - words[0].span.from);
    if (!doubt->token)
        return NASHRA_ENOMEM;
    if (!judge(acronyms, words, count, doubt->token, least, doubt))
        return NASHRA_OK;
    doubt->line += nashra_recital_line(reading, words[0].span.from);
    doubt->reading = join_reading(doubts->arena, words, count);
    if (!doubt->reading)
        return NASHRA_ENOMEM;
    drop_clitics(doubt);
    return add(doubts, doubt);
}

static size_t token_end(const struct nashra_sentence *sentence, size_t from) {
    const struct nashra_span span = sentence->words[from].span;
    size_t to = from + 1;
    while (to < sentence->count && sentence->words[to].span.from == span.from && sentence->words[to].span.to == span.to)
        to++;
    return to;
}

int nashra_doubts_find(struct nashra_doubts *doubts, const struct nashra_acronyms *acronyms,
                       const struct nashra_recital *reading, size_t section, const char *file, size_t first_line,
                       double least) {
    int status = NASHRA_OK;
    if (!doubts->arena && !(doubts->arena = nashra_arena_create()))
        return NASHRA_ENOMEM;
    for (size_t i = 0; i < reading->count; i++) {
        const struct nashra_sentence *sentence = &reading->sentences[i].sentence;
        for (size_t from = 0, to; from < sentence->count && status == NASHRA_OK; from = to) {
            to = token_end(sentence, from);
            struct nashra_doubt doubt = {
                .section = section, .sentence = i, .from = from, .to = to, .file = file, .line = first_line};
            status = find_in_token(doubts, acronyms, reading, sentence, &doubt, least);
        }
    }
    return status;
}

void nashra_doubts_drop_numbers(struct nashra_doubts *doubts, size_t section) {
    size_t kept = 0;
    for (size_t i = 0; i < doubts->count; i++)
        if (doubts->list[i].section != section || doubts->list[i].reason != NASHRA_DOUBT_NUMBER)
            doubts->list[kept++] = doubts->list[i];
    doubts->count = kept;
}

void nashra_doubts_finish(struct nashra_doubts *doubts) {
    nashra_arena_destroy(doubts->arena);
    nashra_free(doubts->list);
    nashra_buffer_finish(&doubts->decisions);
    *doubts = (struct nashra_doubts){0};
}

const struct nashra_doubt *nashra_doubts_of(const struct nashra_doubts *doubts, size_t section, size_t sentence,
                                            size_t word) {
    for (size_t i = 0; i < doubts->count; i++) {
        const struct nashra_doubt *doubt = &doubts->list[i];
        if (doubt->section == section && doubt->sentence == sentence && doubt->from <= word && word < doubt->to)
            return doubt;
    }
    return NULL;
}

const char *nashra_doubt_name(enum nashra_doubt_reason reason) {
    static const char *const names[] = {"vowels", "number", "acronym", "foreign"};
    return names[reason];
}

static bool is_first(const struct nashra_doubts *doubts, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (strcmp(doubts->list[i].token, doubts->list[index].token) == 0)
            return false;
    return true;
}

const char *nashra_doubts_decisions(struct nashra_doubts *doubts) {
    nashra_buffer_clear(&doubts->decisions);
    for (size_t i = 0; i < doubts->count; i++) {
        const struct nashra_doubt *doubt = &doubts->list[i];
        if (!is_first(doubts, i))
            continue;
        nashra_buffer_add_format(&doubts->decisions, "# %s:%zu: %s, %.2f\n", doubt->file, doubt->line,
                                 nashra_doubt_name(doubt->reason), doubt->confidence);
        /* A space keeps a hashtag from being a comment. */
        nashra_buffer_add_format(&doubts->decisions, "%s%s\t%s\n", *doubt->token == '#' ? " " : "", doubt->token,
                                 doubt->reading);
    }
    return doubts->decisions.failed ? NULL : nashra_buffer_string(&doubts->decisions);
}

int nashra_doubts_report(const struct nashra_doubts *doubts) {
    for (size_t i = 0; i < doubts->count; i++) {
        const struct nashra_doubt *doubt = &doubts->list[i];
        nashra_fail(NASHRA_EDATA, "%s:%zu: %s: «%s» is read «%s» (%.2f). For the lexicon: %s\t%s", doubt->file,
                    doubt->line, nashra_doubt_name(doubt->reason), doubt->token, doubt->reading, doubt->confidence,
                    doubt->token, doubt->reading);
    }
    return NASHRA_EDATA;
}
