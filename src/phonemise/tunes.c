/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tunes.h"

#include <string.h>

#include <nashra/table.h>

enum {
    LONGEST_WORD = 40,  /* bytes */
    LONGEST_MEMBER = 6, /* words of a list's member, but for the first and the last */
    LONGEST_NAME = 3,
    MOST_MEMBERS = 20
};

enum asking { ASKS_NOT, ASKS_CLOSED, ASKS_OPEN, ASKS_FIRST, ASKS_CHOICE, ASKS_BEFORE, GOES_ON };

struct nashra_tunes {
    struct nashra_table *table;
    struct nashra_map *words; /* → enum asking */
};

static int add_row(const struct nashra_row *row, void *user) {
    static const char *const names[] = {"closed", "open", "first", "choice", "before", "goes-on"};
    struct nashra_tunes *tunes = user;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(row->fields[1], names[i]) == 0)
            return nashra_map_put(tunes->words, row->fields[0], strlen(row->fields[0]), (intptr_t)i + ASKS_CLOSED);
    return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" is none of closed, open, first, choice, before, goes-on",
                       row->file, row->line, row->fields[1]);
}

int nashra_tunes_create(struct nashra_tunes **result) {
    struct nashra_tunes *tunes = nashra_alloc_zeroed(1, sizeof *tunes);
    if (!tunes)
        return NASHRA_ENOMEM;
    struct nashra_buffer path = {0};
    tunes->words = nashra_map_create();
    int status = tunes->words ? nashra_data_path("tunes.tsv", &path) : NASHRA_ENOMEM;
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(&path), 2, add_row, tunes, &tunes->table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_tunes_destroy(tunes);
        return status;
    }
    *result = tunes;
    return NASHRA_OK;
}

void nashra_tunes_destroy(struct nashra_tunes *tunes) {
    if (!tunes)
        return;
    nashra_map_destroy(tunes->words);
    nashra_table_destroy(tunes->table);
    nashra_free(tunes);
}

static bool is_mark(const char *at) {
    unsigned char first = (unsigned char)at[0], second = (unsigned char)at[1];
    return first == 0xD9 && second >= 0x8B && second <= 0x92;
}

/* Looked up with the vowel of its first letter (مَن), then by its letters alone. */
static enum asking look_up(const struct nashra_tunes *tunes, const char *text, const char *marked) {
    char key[LONGEST_WORD];
    size_t length = strlen(text);
    intptr_t kind = ASKS_NOT;
    if (length < 2 || length + 2 > sizeof key)
        return ASKS_NOT;
    if (marked && strlen(marked) >= 4 && is_mark(marked + 2)) {
        memcpy(key, marked, 4);
        memcpy(key + 4, text + 2, length - 2);
        if (nashra_map_get(tunes->words, key, length + 2, &kind))
            return (enum asking)kind;
    }
    return nashra_map_get(tunes->words, text, length, &kind) ? (enum asking)kind : ASKS_NOT;
}

static bool begins_with_conjunction(const char *text) {
    return strncmp(text, "\xD9\x88", 2) == 0 || strncmp(text, "\xD9\x81", 2) == 0; /* و ف */
}

static enum asking asking_of(const struct nashra_tunes *tunes, const struct nashra_word *word) {
    if (!word->text)
        return ASKS_NOT;
    enum asking kind = look_up(tunes, word->text, word->marked);
    if (kind != ASKS_NOT || !begins_with_conjunction(word->text))
        return kind;
    const char *marked = word->marked && strncmp(word->marked, word->text, 2) == 0 ? word->marked + 2 : NULL;
    if (marked && is_mark(marked))
        marked += 2;
    return look_up(tunes, word->text + 2, marked);
}

static bool has_mark(const struct nashra_word *word) {
    return word->pause >= NASHRA_PAUSE_COMMA;
}

static bool gives_choice(const struct nashra_tunes *tunes, const struct nashra_word *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (asking_of(tunes, &words[i]) == ASKS_CHOICE)
            return true;
    return false;
}

/* The first word that asks at the head of a clause decides; a preposition before it doesn't count (إلى أين). */
static enum nashra_tune question_tune(const struct nashra_tunes *tunes, const struct nashra_word *words, size_t count) {
    if (gives_choice(tunes, words, count))
        return NASHRA_TUNE_OPEN_QUESTION;
    bool first_clause = true, head = true;
    for (size_t i = 0; i < count; i++) {
        enum asking kind = asking_of(tunes, &words[i]);
        if (head && kind == ASKS_CLOSED)
            return NASHRA_TUNE_OF_MARK;
        if (head && (kind == ASKS_OPEN || (kind == ASKS_FIRST && first_clause)))
            return NASHRA_TUNE_OPEN_QUESTION;
        head = has_mark(&words[i]) || (head && kind == ASKS_BEFORE);
        first_clause = first_clause && !has_mark(&words[i]);
    }
    return NASHRA_TUNE_BARE_QUESTION;
}

/* The end of the clause that begins with word `from`: one past the word that bears its mark. */
static size_t clause_end(const struct nashra_sentence *sentence, size_t from) {
    while (from < sentence->count && !has_mark(&sentence->words[from]))
        from++;
    return from < sentence->count ? from + 1 : from;
}

static bool ends_with_comma(const struct nashra_sentence *sentence, size_t end) {
    return sentence->words[end - 1].pause == NASHRA_PAUSE_COMMA;
}

/* و or أو, which joins what follows to what went before. */
static bool is_joined(const struct nashra_tunes *tunes, const struct nashra_sentence *sentence, size_t index) {
    static const char or_[] = "\xD8\xA3\xD9\x88";
    const char *text = index < sentence->count ? sentence->words[index].text : NULL;
    if (!text || asking_of(tunes, &sentence->words[index]) == GOES_ON)
        return false;
    return strncmp(text, "\xD9\x88", 2) == 0 || strcmp(text, or_) == 0;
}

static void mark_list(struct nashra_sentence *sentence, size_t from, size_t to) {
    for (size_t i = from; i <= to; i++)
        if (ends_with_comma(sentence, i))
            sentence->words[i - 1].tune = NASHRA_TUNE_LIST;
}

/* A list is told by its joints: a few words between each two commas, و or أو before the last member and before most of
 * the others; or before none of them, if they are names by their length and two at least. A single member without it is
 * more often an apposition (الرئيس، فلان، وأعلن).
 * @param end of a clause that ends with a comma. @return the end of the list, or `end`. */
static size_t place_list(const struct nashra_tunes *tunes, struct nashra_sentence *sentence, size_t end) {
    size_t last = end, members = 0, joined = 0, longest = 0;
    for (size_t next; last < sentence->count && members < MOST_MEMBERS; last = next, members++) {
        next = clause_end(sentence, last);
        if (next - last > LONGEST_MEMBER || !ends_with_comma(sentence, next))
            break;
        joined += is_joined(tunes, sentence, last);
        longest = next - last > longest ? next - last : longest;
    }
    bool list = 2 * joined > members || (joined == 0 && members > 1 && longest <= LONGEST_NAME);
    if (!list || !is_joined(tunes, sentence, last))
        return end;
    mark_list(sentence, end, last);
    return last;
}

void nashra_tunes_place(const struct nashra_tunes *tunes, struct nashra_sentence *sentence) {
    size_t question = 0; /* where the question begins that may be going on */
    for (size_t from = 0, end; from < sentence->count; from = end) {
        end = clause_end(sentence, from);
        struct nashra_word *last = &sentence->words[end - 1];
        if (last->pause == NASHRA_PAUSE_QUESTION)
            last->tune = question_tune(tunes, sentence->words + question, end - question);
        if (last->pause == NASHRA_PAUSE_COMMA)
            end = place_list(tunes, sentence, end);
        else
            question = end;
    }
}
