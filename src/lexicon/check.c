/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be used but is hardly meant. */
#include "entry.h"

#include <string.h>

#include <nashra/utf8.h>

#include "fold.h"

static bool same_demand(const struct nashra_lex_entry *a, const struct nashra_lex_entry *b) {
    return a->cased && b->cased ? strcmp(a->cased, b->cased) == 0 : !a->cased && !b->cased;
}

static bool same_reading(const struct nashra_lex_entry *a, const struct nashra_lex_entry *b) {
    bool same = a->count == b->count && (a->kind == NASHRA_LEX_READING) == (b->kind == NASHRA_LEX_READING);
    for (size_t i = 0; i < a->count && same; i++)
        same = strcmp(a->words[i], b->words[i]) == 0;
    return same;
}

/* The newest older entry that this one hides. */
static const struct nashra_lex_entry *hidden_by(const struct nashra_lex_entry *entry) {
    const struct nashra_lex_entry *older = entry->older;
    while (older && !same_demand(older, entry))
        older = older->older;
    return older;
}

/* A sentence ends here, so that no phrase goes on. */
static bool ends_sentence(const char *at, size_t bytes, unsigned codepoint) {
    return (codepoint == 0x61F || codepoint == '?' || codepoint == '!' || codepoint == '.') && at[bytes] == ' ';
}

static bool is_letter_or_digit(unsigned c) {
    return nashra_is_arabic_letter(c) || nashra_digit_value(c) >= 0 ||
           (c < 0x80 ? (c | 32) >= 'a' && (c | 32) <= 'z' : c > 0xBF);
}

/* Why the text of an article never holds such a word; NULL when it may. */
static const char *never_matches(const char *key) {
    size_t length = strlen(key);
    bool word = false;
    for (size_t at = 0, bytes; at < length; at += bytes) {
        unsigned c;
        bytes = nashra_utf8_decode(key + at, length - at, &c);
        if (ends_sentence(key + at, bytes, c))
            return "it never matches: a sentence ends inside it";
        if ((c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC))
            return "it never matches: it holds a presentation form; write plain letters";
        word = word || is_letter_or_digit(c);
    }
    unsigned last = (unsigned char)key[length - 1];
    if (word && (last == ',' || last == ':' || last == ';' || last == '!' || last == '?'))
        return "it never matches: it ends in a mark that belongs to no word";
    return NULL;
}

/* Its letters are what is said anyway. */
static int changes_nothing(const struct nashra_lex_entry *entry, bool *nothing) {
    struct nashra_buffer spoken = {0};
    *nothing = false;
    if (entry->kind != NASHRA_LEX_READING)
        return NASHRA_OK;
    for (size_t i = 0; i < entry->count; i++)
        nashra_buffer_add_format(&spoken, "%s%s", i ? " " : "", entry->words[i]);
    *nothing = !spoken.failed && strcmp(nashra_buffer_string(&spoken), entry->key) == 0;
    int status = spoken.failed ? NASHRA_ENOMEM : NASHRA_OK;
    nashra_buffer_finish(&spoken);
    return status;
}

/* A word whose case is given; in a phrase the second word's may well be fixed. */
static bool fixes_case(const struct nashra_lex_entry *entry) {
    static const char *const cases[] = {"\u064C", "\u064D"};
    if (entry->kind != NASHRA_LEX_READING || entry->count != 1)
        return false;
    const char *word = entry->words[0];
    size_t length = strlen(word), mark = strlen(cases[0]);
    return length > mark &&
           (strcmp(word + length - mark, cases[0]) == 0 || strcmp(word + length - mark, cases[1]) == 0);
}

static void warn(const struct nashra_lexicon *lexicon, size_t line, size_t *warnings, const char *word,
                 const char *cause) {
    nashra_log(NASHRA_LOG_WARNING, "%s:%zu: \"%s\": %s", lexicon->name, line, word, cause);
    ++*warnings;
}

static void check_hidden(const struct nashra_lexicon *lexicon, const struct nashra_lex_entry *entry, size_t *warnings) {
    const struct nashra_lex_entry *hidden = hidden_by(entry);
    if (!hidden)
        return;
    if (same_reading(hidden, entry))
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: \"%s\": a duplicate of line %zu", lexicon->name, entry->line,
                   entry->written, hidden->line);
    else
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: \"%s\": line %zu reads it \"%s\", here it is \"%s\"; this one is used",
                   lexicon->name, entry->line, entry->written, hidden->line, hidden->value, entry->value);
    ++*warnings;
}

int nashra_lexicon_check(const struct nashra_lexicon *lexicon, size_t *warnings) {
    *warnings = 0;
    for (size_t i = 0; i < lexicon->count; i++) {
        const struct nashra_lex_entry *entry = lexicon->entries[i];
        const char *cause = never_matches(entry->key);
        bool nothing;
        if (changes_nothing(entry, &nothing) < 0)
            return NASHRA_ENOMEM;
        if (cause)
            warn(lexicon, entry->line, warnings, entry->written, cause);
        if (nothing)
            warn(lexicon, entry->line, warnings, entry->written,
                 "the reading is the word itself without marks: it changes nothing");
        if (fixes_case(entry))
            warn(lexicon, entry->line, warnings, entry->written,
                 "its tanwin holds wherever the word stands; without it the sentence decides on the case");
        check_hidden(lexicon, entry, warnings);
    }
    return NASHRA_OK;
}
