/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entry.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <nashra/ascii.h>
#include <nashra/utf8.h>

#include "fold.h"
#include "letters.h"

enum { ENDING = 4 };

void nashra_lex_left_out(struct nashra_lexicon *lexicon, size_t line, const char *format, ...) {
    char cause[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(cause, sizeof cause, format, arguments);
    va_end(arguments);
    cause[nashra_utf8_valid_prefix(cause, strlen(cause))] = '\0';
    nashra_log(NASHRA_LOG_WARNING, "%s:%zu: %s; the entry is left out", lexicon->name, line, cause);
    lexicon->errors++;
}

static bool is_latin(unsigned c) {
    return (c < 0x80 && nashra_ascii_is_letter((char)c)) || c == '\'' || c == 0x2019 ||
           (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF);
}

/* Between words; the pauses of a sentence are those of its text. */
static bool is_gap(unsigned c) {
    return c == ' ' || c == '\t' || c == 0xA0 || c == '-' || c == '.' || c == ',' || c == '"' || c == 0x60C ||
           c == 0x61B || c == 0xAB || c == 0xBB || (c >= 0x2010 && c <= 0x2015) || c == 0x200C;
}

/* A word for the second voice. */
static const char *check_latin(const char *text, size_t length) {
    for (size_t at = 0; at < length;) {
        unsigned c;
        at += nashra_utf8_decode(text + at, length - at, &c);
        if (nashra_digit_value(c) >= 0)
            return "digits: write the number in words";
        if (!is_latin(c))
            return "neither an Arabic nor a Latin word";
    }
    return NULL;
}

/* Appends a word of a reading in canonical form. */
static const char *add_word(const char *text, size_t length, struct nashra_buffer *out) {
    struct nashra_lex_word word;
    unsigned first;
    nashra_utf8_decode(text, length, &first);
    if (nashra_digit_value(first) >= 0)
        return "digits: write the number in words";
    if (is_latin(first)) {
        const char *cause = check_latin(text, length);
        if (!cause)
            nashra_buffer_add(out, text, length);
        return cause;
    }
    const char *cause = nashra_lex_word_read(text, length, &word);
    if (!cause)
        nashra_lex_word_write(&word, true, out);
    return cause;
}

/* Splits a reading into words with one space between. NULL, or why it can't be spoken and at which word. */
static const char *read_words(const char *value, struct nashra_buffer *out, const char **at_word, size_t *length) {
    size_t end = strlen(value), at = 0;
    while (at < end) {
        unsigned c;
        size_t start = at, bytes = nashra_utf8_decode(value + at, end - at, &c);
        while (at < end && !is_gap(c)) {
            at += bytes;
            if (at < end)
                bytes = nashra_utf8_decode(value + at, end - at, &c);
        }
        if (at > start) {
            if (out->length)
                nashra_buffer_add(out, " ", 1);
            const char *cause = add_word(value + start, at - start, out);
            *at_word = value + start;
            *length = at - start;
            if (cause)
                return cause;
        }
        at += at < end ? bytes : 0;
    }
    return out->length || out->failed ? NULL : "the reading has no word";
}

int nashra_lex_keep_words(struct nashra_arena *arena, const char *spaced, struct nashra_lex_entry *entry) {
    char *text = nashra_arena_copy(arena, spaced, strlen(spaced));
    size_t spaces = 0;
    for (const char *c = spaced; *c; c++)
        spaces += *c == ' ';
    entry->words = nashra_arena_alloc(arena, (spaces + 1) * sizeof *entry->words);
    if (!text || !entry->words)
        return NASHRA_ENOMEM;
    for (char *next = text; next;) {
        char *word = next;
        next = strchr(word, ' ');
        if (next)
            *next++ = '\0';
        if (*word)
            entry->words[entry->count++] = word;
    }
    return NASHRA_OK;
}

/* 1 when the reading is good, 0 when it was reported. */
static int take_reading(struct nashra_lexicon *lexicon, const struct nashra_lex_source *source,
                        struct nashra_buffer *out) {
    const char *word = source->value;
    size_t length = 0;
    const char *cause = read_words(source->value, out, &word, &length);
    if (cause && length)
        nashra_lex_left_out(lexicon, source->line, "the reading's word \"%.*s\": %s", (int)length, word, cause);
    else if (cause)
        nashra_lex_left_out(lexicon, source->line, "%s", cause);
    return cause ? 0 : 1;
}

/* As take_reading(), or a status. */
static int take_phonemes(struct nashra_lexicon *lexicon, const struct nashra_lex_source *source,
                         struct nashra_buffer *out) {
    const char *unknown = NULL;
    int status = lexicon->phonemes ? NASHRA_OK : nashra_lex_phonemes_create(&lexicon->phonemes);
    if (status == NASHRA_OK && source->kind == NASHRA_LEX_IPA)
        status = nashra_lex_phonemes_from_ipa(lexicon->phonemes, source->value, out, &unknown);
    else if (status == NASHRA_OK)
        status = nashra_buffer_add_string(out, source->value);
    if (status == NASHRA_OK && !unknown && nashra_lex_phonemes_unknown(lexicon->phonemes, nashra_buffer_string(out)))
        unknown = source->kind == NASHRA_LEX_IPA
                      ? source->value
                      : source->value + (nashra_lex_phonemes_unknown(lexicon->phonemes, out->data) - out->data);
    if (status < 0)
        return status;
    if (strspn(nashra_buffer_string(out), " |") == out->length)
        nashra_lex_left_out(lexicon, source->line, "there are no phonemes");
    else if (unknown)
        nashra_lex_left_out(lexicon, source->line, "the phonemes \"%s\": unknown at \"%s\"", source->value, unknown);
    else
        return 1;
    return 0;
}

static size_t count_words(const char *key) {
    size_t count = 1;
    for (; *key; key++)
        count += *key == ' ';
    return count;
}

/* The word or phrase itself. 1 when it is good, 0 when it was reported. */
static int take_key(struct nashra_lexicon *lexicon, const struct nashra_lex_source *source,
                    struct nashra_lex_entry *entry) {
    struct nashra_buffer folded = {0};
    int status = nashra_lex_fold(source->written, strlen(source->written), &folded);
    if (status == NASHRA_OK && folded.length == 0)
        nashra_lex_left_out(lexicon, source->line, "the word \"%s\" has no letter", source->written);
    else if (status == NASHRA_OK && folded.length > NASHRA_LEX_MAX_KEY)
        nashra_lex_left_out(lexicon, source->line, "a phrase of more than %d bytes", NASHRA_LEX_MAX_KEY);
    else if (status == NASHRA_OK && count_words(nashra_buffer_string(&folded)) > NASHRA_LEX_MAX_WORDS)
        nashra_lex_left_out(lexicon, source->line, "a phrase of more than %d words", NASHRA_LEX_MAX_WORDS);
    else if (status == NASHRA_OK) {
        char *key = nashra_arena_copy(lexicon->arena, folded.data, folded.length);
        if (source->cased)
            entry->cased = nashra_arena_copy(lexicon->arena, folded.data, folded.length);
        status = key && (entry->cased || !source->cased) ? 1 : NASHRA_ENOMEM;
        if (key)
            nashra_lex_lower(key, folded.length);
        entry->key = key;
    }
    nashra_buffer_finish(&folded);
    return status;
}

/* The bit of a text's last bytes: two Arabic letters. */
static unsigned ending_bit(const char *text, size_t length) {
    uint32_t last;
    memcpy(&last, text + length - ENDING, ENDING);
    return (last * 2654435761u >> 16) % (8 * NASHRA_LEX_ENDINGS);
}

bool nashra_lex_may_end(const struct nashra_lexicon *lexicon, const char *folded, size_t length) {
    if (length < ENDING)
        return true;
    unsigned bit = ending_bit(folded, length);
    return (lexicon->endings[bit / 8] >> bit % 8 & 1) != 0;
}

static bool is_single_token(const char *key, size_t length) {
    for (size_t at = 0; at < length;) {
        unsigned c;
        at += nashra_utf8_decode(key + at, length - at, &c);
        if (!nashra_is_arabic_letter(c) && !is_latin(c))
            return false;
    }
    return true;
}

static void note_ending(struct nashra_lexicon *lexicon, const char *key, size_t length) {
    if (is_single_token(key, length))
        return;
    lexicon->phrases = true;
    if (length < ENDING)
        return;
    unsigned bit = ending_bit(key, length);
    lexicon->endings[bit / 8] |= (unsigned char)(1u << bit % 8);
}

int nashra_lex_keep(struct nashra_lexicon *lexicon, struct nashra_lex_entry *entry) {
    if (lexicon->count == lexicon->capacity) {
        size_t capacity = lexicon->capacity ? 2 * lexicon->capacity : 64;
        struct nashra_lex_entry **more = nashra_realloc(lexicon->entries, capacity * sizeof *more);
        if (!more)
            return NASHRA_ENOMEM;
        lexicon->entries = more;
        lexicon->capacity = capacity;
    }
    size_t length = strlen(entry->key), words = count_words(entry->key);
    intptr_t older;
    if (nashra_map_get(lexicon->keys, entry->key, length, &older))
        entry->older = lexicon->entries[older];
    if (nashra_map_put(lexicon->keys, entry->key, length, (intptr_t)lexicon->count) < 0)
        return NASHRA_ENOMEM;
    lexicon->entries[lexicon->count++] = entry;
    note_ending(lexicon, entry->key, length);
    lexicon->longest = length > lexicon->longest ? length : lexicon->longest;
    lexicon->most_words = words > lexicon->most_words ? words : lexicon->most_words;
    return NASHRA_OK;
}

/* 1 when the value is good and kept, 0 when it was reported. */
static int take_value(struct nashra_lexicon *lexicon, const struct nashra_lex_source *source,
                      struct nashra_lex_entry *entry) {
    struct nashra_buffer words = {0};
    int status;
    if (strlen(source->value) > NASHRA_LEX_MAX_VALUE) {
        nashra_lex_left_out(lexicon, source->line, "a reading of more than %d bytes", NASHRA_LEX_MAX_VALUE);
        return 0;
    }
    status = source->kind == NASHRA_LEX_READING ? take_reading(lexicon, source, &words)
                                                : take_phonemes(lexicon, source, &words);
    if (words.failed)
        status = NASHRA_ENOMEM;
    if (status == 1 && nashra_lex_keep_words(lexicon->arena, nashra_buffer_string(&words), entry) < 0)
        status = NASHRA_ENOMEM;
    size_t needed = count_words(entry->key);
    if (status == 1 && source->kind != NASHRA_LEX_READING && entry->count != needed) {
        nashra_lex_left_out(
            lexicon, source->line,
            "the phonemes \"%s\" have %zu part%s for %zu word%s: a space belongs between two words' phonemes",
            source->value, entry->count, entry->count == 1 ? "" : "s", needed, needed == 1 ? "" : "s");
        status = 0;
    }
    nashra_buffer_finish(&words);
    return status;
}

/* What is no text, and can't be written as XML: controls, U+FFFE and U+FFFF. */
static bool has_control(const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if (*at < ' ' || *at == 0x7F || (*at == 0xEF && at[1] == 0xBF && at[2] >= 0xBE))
            return true;
    return false;
}

int nashra_lex_add(struct nashra_lexicon *lexicon, const struct nashra_lex_source *source) {
    if (has_control(source->written) || has_control(source->value)) {
        nashra_lex_left_out(lexicon, source->line, "a control character");
        return NASHRA_OK;
    }
    struct nashra_lex_entry *entry = nashra_arena_alloc(lexicon->arena, sizeof *entry);
    if (!entry)
        return NASHRA_ENOMEM;
    *entry = (struct nashra_lex_entry){.kind = source->kind, .exact = source->exact, .line = source->line};
    int status = take_key(lexicon, source, entry);
    if (status == 1)
        status = take_value(lexicon, source, entry);
    if (status != 1)
        return status;
    entry->written = nashra_arena_copy(lexicon->arena, source->written, strlen(source->written));
    entry->value = nashra_arena_copy(lexicon->arena, source->value, strlen(source->value));
    return entry->written && entry->value ? nashra_lex_keep(lexicon, entry) : NASHRA_ENOMEM;
}

const struct nashra_lex_entry *nashra_lex_look_up(const struct nashra_lexicon *lexicon, const char *folded,
                                                  const char *cased, size_t length) {
    intptr_t index;
    if (length == 0 || length > lexicon->longest || !nashra_map_get(lexicon->keys, folded, length, &index))
        return NULL;
    const struct nashra_lex_entry *any = NULL;
    for (const struct nashra_lex_entry *entry = lexicon->entries[index]; entry; entry = entry->older) {
        if (entry->cased && memcmp(entry->cased, cased, length) == 0)
            return entry;
        if (!entry->cased && !any)
            any = entry;
    }
    return any;
}
