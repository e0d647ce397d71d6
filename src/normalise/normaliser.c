/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/normalise.h>

#include <assert.h>
#include <string.h>

#include "classes/asked.h"
#include "classes/classes.h"
#include "context/judge.h"
#include "context/weigh.h"
#include "foreign_names.h"
#include "note.h"
#include "quantity.h"
#include "signoff.h"
#include "survey.h"
#include "token/abbreviations.h"
#include "turn.h"
#include "unwrap.h"
#include "writer.h"

struct nashra_normaliser {
    enum nashra_region region;
    struct nashra_lexis *lexis;
    struct nashra_fold *fold;
    struct nashra_numbers *numbers;
    struct nashra_judge *judge;
    bool dot_paper;
    size_t end; /* of the article's text, white space left out */
    /* kept from sentence to sentence */
    struct nashra_chars chars;
    struct nashra_tokens tokens;
    struct nashra_writer writer;
};

int nashra_region_parse(const char *name, enum nashra_region *region) {
    static const char *const names[] = {"gulf", "egypt", "levant", "maghreb", "morocco"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) {
            *region = (enum nashra_region)i;
            return 0;
        }
    return NASHRA_EUSAGE;
}

int nashra_normaliser_create(enum nashra_region region, struct nashra_normaliser **out) {
    struct nashra_normaliser *normaliser = nashra_alloc_zeroed(1, sizeof *normaliser);
    if (normaliser == NULL)
        return NASHRA_ENOMEM;
    normaliser->region = region;
    normaliser->end = SIZE_MAX;
    int status = nashra_lexis_create(&normaliser->lexis);
    if (status == 0)
        status = nashra_fold_create(&normaliser->fold);
    if (status == 0)
        status = nashra_numbers_create(&normaliser->numbers);
    if (status == 0)
        status = nashra_judge_create(&normaliser->judge);
    if (status < 0) {
        nashra_normaliser_destroy(normaliser);
        return status;
    }
    *out = normaliser;
    return 0;
}

void nashra_normaliser_destroy(struct nashra_normaliser *normaliser) {
    if (normaliser == NULL)
        return;
    nashra_writer_finish(&normaliser->writer);
    nashra_tokens_finish(&normaliser->tokens);
    nashra_chars_finish(&normaliser->chars);
    nashra_judge_destroy(normaliser->judge);
    nashra_numbers_destroy(normaliser->numbers);
    nashra_fold_destroy(normaliser->fold);
    nashra_lexis_destroy(normaliser->lexis);
    nashra_free(normaliser);
}

int nashra_normaliser_survey(struct nashra_normaliser *normaliser, const char *text, size_t length) {
    normaliser->dot_paper = nashra_survey_groups_with_dots(text, length);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
        length--;
    normaliser->end = length;
    return 0;
}

static uint64_t all_cues(const struct nashra_tokens *tokens) {
    uint64_t cues = 0;
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].lexeme != NULL)
            cues |= tokens->items[i].lexeme->cues;
    return cues;
}

/* The best of all readings that begin at `at`, of those that are asked for if any are; `entry` stays NULL when there is
 * none. */
static int choose(const struct nashra_scan *scan, size_t at, const struct nashra_hint *hint,
                  struct nashra_reading *best, const struct nashra_class_entry **entry) {
    uint64_t before = nashra_weigh_before(scan, at);
    *entry = NULL;
    for (size_t i = 0; i < nashra_class_entries; i++) {
        if ((nashra_classes[i].kinds >> scan->tokens[at].kind & 1) == 0)
            continue;
        struct nashra_reading reading = {0};
        int status = nashra_classes[i].match(scan, at, &reading);
        if (status < 0)
            return status;
        if (status == 0 || (hint != NULL && !nashra_asked_allows(hint, reading.cls)))
            continue;
        nashra_weigh(scan, before, &reading);
        bool better = *entry == NULL || reading.points > best->points ||
                      (reading.points == best->points && reading.last > best->last);
        if (better) {
            *best = reading;
            *entry = &nashra_classes[i];
        }
    }
    return 0;
}

static int read_reading(struct nashra_writer *writer, struct nashra_scan *scan, const struct nashra_reading *reading,
                        const struct nashra_class_entry *entry) {
    scan->phrase = (struct nashra_phrase){.arena = scan->arena};
    scan->cut_count = 0;
    scan->spelt = scan->foreign = scan->wrote_article = false;
    scan->noun = NULL;
    scan->confidence = 1.0f;
    int status = entry->speak(scan, reading);
    if (status == 0)
        status = nashra_writer_add_phrase(writer, scan, reading);
    if (scan->tokens[reading->first].kind == NASHRA_TOKEN_NUMBER) {
        scan->has_last = true;
        scan->last_end = reading->last;
        scan->last_class = reading->cls;
    }
    return status;
}

/* Most words have nothing to choose between. */
static bool is_plain_word(const struct nashra_token *token) {
    enum { LETTER = 2 };
    if (token->kind != NASHRA_TOKEN_WORD || token->length == LETTER)
        return false;
    if (token->lexeme == NULL || token->stem != 0)
        return strchr(token->text, '.') == NULL;
    bool abbreviates = token->lexeme->acronym != NULL || token->lexeme->abbreviation != NULL ||
                       (token->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_TIME)) != 0 || strchr(token->text, '.') != NULL;
    return !abbreviates;
}

/* What the author asks for: a class's reading, or one of asked.c; else as if nothing were asked. */
static int choose_asked(const struct nashra_scan *scan, size_t at, const struct nashra_hint *hint,
                        struct nashra_reading *reading, const struct nashra_class_entry **entry) {
    static const struct nashra_class_entry asked = {nashra_match_asked, nashra_speak_asked, 0};
    struct nashra_reading own = {0};
    int status = nashra_asked_comes_first(hint) ? 0 : choose(scan, at, hint, reading, entry);
    if (status < 0 || *entry != NULL)
        return status;
    status = nashra_match_asked(scan, at, &own);
    if (status <= 0)
        return status < 0 ? status : choose(scan, at, NULL, reading, entry);
    *reading = own;
    *entry = &asked;
    return 0;
}

static int read_token(struct nashra_writer *writer, struct nashra_scan *scan, size_t at, size_t *next) {
    struct nashra_reading reading;
    struct nashra_amount amount;
    const struct nashra_class_entry *entry = NULL;
    const struct nashra_hint *hint = scan->hint_count != 0 ? nashra_asked_at(scan, at) : NULL;
    int status = 0;
    *next = at + 1;
    if (is_plain_word(&scan->tokens[at]) && (hint == NULL || hint->as != NASHRA_AS_CHARACTERS))
        return nashra_read_word(writer, scan, at);
    scan->amount = nashra_scan_is_number(scan, at) && nashra_amount_at(scan, at, &amount, &status) ? &amount : NULL;
    if (status == 0)
        status =
            hint != NULL ? choose_asked(scan, at, hint, &reading, &entry) : choose(scan, at, NULL, &reading, &entry);
    if (status < 0)
        return status;
    if (entry != NULL) {
        *next = reading.last;
        return read_reading(writer, scan, &reading, entry);
    }
    if (scan->tokens[at].kind == NASHRA_TOKEN_WORD)
        return nashra_read_word(writer, scan, at);
    if (scan->tokens[at].prefix != NULL &&
        nashra_writer_add(writer, scan->tokens[at].prefix, NULL, scan->tokens[at].span, NASHRA_CLASS_WORD) == NULL)
        return NASHRA_ENOMEM;
    nashra_read_punctuation(writer, scan, at);
    return 0;
}

static int read_tokens(struct nashra_normaliser *normaliser, const struct nashra_sentence *sentence) {
    struct nashra_scan scan = {.lexis = normaliser->lexis,
                               .numbers = normaliser->numbers,
                               .judge = normaliser->judge,
                               .region = normaliser->region,
                               .dot_paper = normaliser->dot_paper,
                               .arena = sentence->arena,
                               .hints = sentence->hints,
                               .hint_count = sentence->hint_count,
                               .agreement = sentence->agreement,
                               .tokens = normaliser->tokens.items,
                               .count = normaliser->tokens.count,
                               .near = all_cues(&normaliser->tokens)};
    int status = 0;
    nashra_writer_begin(&normaliser->writer);
    for (size_t at = 0, next; at < scan.count && status == 0; at = next)
        status = read_token(&normaliser->writer, &scan, at, &next);
    return status;
}

#ifndef NDEBUG
/* Nothing is lost: every token but signs lies within the span of a word. */
static bool all_is_spoken(const struct nashra_tokens *tokens, const struct nashra_writer *writer) {
    size_t word = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        struct nashra_span span = tokens->items[i].span;
        while (word < writer->count && writer->words[word].span.to < span.to)
            word++;
        bool covered = word < writer->count && writer->words[word].span.from <= span.from;
        if (!covered && tokens->items[i].kind != NASHRA_TOKEN_SYMBOL)
            return false;
    }
    return true;
}
#endif

/* The user's lexicon keeps off what the author has decided. */
static void flag_asked(struct nashra_sentence *sentence) {
    for (size_t i = 0, h = 0; i < sentence->count && h < sentence->hint_count; i++) {
        struct nashra_word *word = &sentence->words[i];
        while (h < sentence->hint_count && sentence->hints[h].span.to <= word->span.from)
            h++;
        if (h < sentence->hint_count && sentence->hints[h].span.from < word->span.to)
            word->flags |= NASHRA_WORD_ASKED;
    }
}

int nashra_normalise(struct nashra_normaliser *normaliser, const char *text, struct nashra_sentence *sentence) {
    struct nashra_arena *arena = sentence->arena;
    sentence->unread = (struct nashra_span){0};
    int status = nashra_clean(normaliser->fold, text, sentence->span, &normaliser->chars);
    if (status == 0)
        status = nashra_tokenise(&normaliser->chars, sentence->span.from, arena, &normaliser->tokens);
    if (status == 0)
        status = nashra_tokens_look_up(normaliser->lexis, arena, &normaliser->tokens);
    if (status == 0)
        status = nashra_tokens_join_abbreviations(normaliser->lexis, arena, &normaliser->tokens);
    if (status == 0)
        status = nashra_tokens_join_clitics(normaliser->lexis, arena, &normaliser->tokens);
    if (status == 0)
        nashra_drop_notes(&normaliser->tokens);
    if (status == 0)
        status = nashra_keep_foreign_names(normaliser->numbers, arena, &normaliser->tokens);
    if (status == 0)
        status = nashra_unwrap_numbers(normaliser->numbers, arena, &normaliser->tokens);
    if (status == 0)
        status = nashra_turn_signs(normaliser->numbers, normaliser->region, arena, &normaliser->tokens);
    if (status == 0 && sentence->span.to >= normaliser->end)
        status = nashra_drop_sign_off(normaliser->numbers, arena, &normaliser->tokens, &sentence->unread);
    if (status == 0)
        status = nashra_asked_prepare(&normaliser->tokens, sentence->hints, sentence->hint_count);
    if (status == 0)
        status = read_tokens(normaliser, sentence);
    assert(status < 0 || all_is_spoken(&normaliser->tokens, &normaliser->writer));
    if (status == 0)
        status = nashra_writer_end(&normaliser->writer, sentence);
    if (status == 0)
        flag_asked(sentence);
    return status;
}
