/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clause.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <nashra/ascii.h>
#include <nashra/utf8.h>

#include "pauses.h"

enum {
    /* eSpeak NG 1.51 copies a [[word]] into 200 bytes and does not check; a clause into 800 characters. */
    LONGEST_PIECE = 100,
    LONGEST_CLAUSE = 500,
    /* It looks a plain word up in a buffer of 160 bytes. */
    LONGEST_LATIN = 40
};

static int add(struct nashra_clause *clause, const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++)
        clause->characters += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return nashra_buffer_add(&clause->text, bytes, length);
}

static int add_string(struct nashra_clause *clause, const char *string) {
    return add(clause, string, strlen(string));
}

/* Where a long string of phonemes may be parted: before a consonant that follows a vowel, so that no name is cut. */
static size_t piece_length(const char *phonemes, size_t length) {
    if (length <= LONGEST_PIECE)
        return length;
    for (size_t i = LONGEST_PIECE; i > 1; i--)
        if (strchr("aiueo:.", phonemes[i - 1]) && nashra_ascii_is_letter(phonemes[i]) &&
            !strchr("aiueoIU", phonemes[i]))
            return i;
    return LONGEST_PIECE;
}

static int add_phonemes(struct nashra_clause *clause, const char *phonemes) {
    size_t length = strlen(phonemes);
    int status = NASHRA_OK;
    while (length > 0 && status == NASHRA_OK) {
        size_t piece = piece_length(phonemes, length);
        add_string(clause, "[[");
        add(clause, phonemes, piece);
        status = add_string(clause, "]] ");
        phonemes += piece;
        length -= piece;
    }
    return status;
}

/* The letters that the English voice reads. Other scripts are not for it: eSpeak NG 1.51 would name each letter, and
 * reads freed memory where two of them meet in a clause. */
static bool is_latin(unsigned codepoint) {
    if (codepoint < 0x80)
        return nashra_ascii_is_alnum((char)codepoint) || codepoint == '\'';
    return (codepoint >= 0xC0 && codepoint <= 0x24F && codepoint != 0xD7 && codepoint != 0xF7) ||
           (codepoint >= 0x1E00 && codepoint <= 0x1EFF);
}

/* All else, be it markup or a pause to eSpeak, becomes a space. */
static int add_latin(struct nashra_clause *clause, const char *text) {
    size_t run = 0, length = strlen(text);
    while (length > 0) {
        unsigned codepoint;
        size_t bytes = nashra_utf8_decode(text, length, &codepoint);
        bool letter = is_latin(codepoint);
        if (!letter || run >= LONGEST_LATIN) {
            add_string(clause, " ");
            run = 0;
        }
        if (letter) {
            add(clause, text, bytes);
            run += bytes;
        }
        text += bytes;
        length -= bytes;
    }
    return add_string(clause, " ");
}

static int add_spelt(struct nashra_clause *clause, const char *text, const struct nashra_letters *letters) {
    size_t length = strlen(text);
    int status = NASHRA_OK;
    while (length > 0 && status == NASHRA_OK) {
        unsigned codepoint;
        size_t bytes = nashra_utf8_decode(text, length, &codepoint);
        const char *name = nashra_letters_name(letters, codepoint);
        if (name)
            status = add_phonemes(clause, name);
        text += bytes;
        length -= bytes;
    }
    return status;
}

static bool has_latin(const struct nashra_word *word) {
    const char *text = word->text ? word->text : "";
    size_t length = strlen(text);
    while (length > 0) {
        unsigned codepoint;
        size_t bytes = nashra_utf8_decode(text, length, &codepoint);
        if (is_latin(codepoint) && codepoint != '\'')
            return true;
        text += bytes;
        length -= bytes;
    }
    return false;
}

/* Whatever a word's class: its phonemes, and what of its text has none because it is Latin. */
static int add_word(struct nashra_clause *clause, const struct nashra_word *word,
                    const struct nashra_letters *letters) {
    int status = word->phonemes ? add_phonemes(clause, word->phonemes) : NASHRA_OK;
    if (status < 0 || !has_latin(word))
        return status;
    return letters ? add_spelt(clause, word->text, letters) : add_latin(clause, word->text);
}

/* False for a word that makes no sound. */
static bool is_heard(const struct nashra_word *word) {
    if ((word->phonemes && *word->phonemes) || has_latin(word))
        return true;
    if (word->cls == NASHRA_CLASS_LATIN)
        nashra_log(NASHRA_LOG_WARNING, "no voice here can read '%s'; it is left out", word->text);
    return false;
}

/* A quotation is lifted by a command in the text, so that it needn't begin a clause. What follows its end in the same
 * clause is lowered again; at a clause's beginning the voice is set anyway. */
static int add_lift(struct nashra_clause *clause, int pitch) {
    char command[16];
    snprintf(command, sizeof command, "\x01%+dP ", pitch);
    return pitch == 0 ? NASHRA_OK : add_string(clause, command);
}

/* The sentence goes on with a quotation that an earlier one began. */
static bool begins_quoted(const struct nashra_sentence *sentence) {
    for (size_t i = 0; i < sentence->count; i++)
        if (sentence->words[i].flags & (NASHRA_WORD_QUOTE_OPEN | NASHRA_WORD_QUOTE_CLOSE))
            return (sentence->words[i].flags & NASHRA_WORD_QUOTE_OPEN) == 0;
    return false;
}

/* @param lifted whether the voice is lifted already; kept up to date. */
static int add_heard(struct nashra_clause *clause, const struct nashra_word *word, int lift, bool *lifted,
                     const struct nashra_letters *letters) {
    if (clause->quoted != *lifted)
        add_lift(clause, *lifted ? -lift : lift);
    *lifted = clause->quoted;
    return add_word(clause, word, letters);
}

static int add_words(struct nashra_clause *clause, const struct nashra_sentence *sentence, int lift,
                     const struct nashra_letters *letters) {
    size_t i = clause->from;
    bool lifted = false, ended = false;
    int status = NASHRA_OK;
    for (; status == NASHRA_OK && i < sentence->count && !ended && clause->characters < LONGEST_CLAUSE; i++) {
        const struct nashra_word *word = &sentence->words[i];
        clause->starts[i - clause->from] = clause->characters + 1;
        clause->quoted = clause->quoted || (word->flags & NASHRA_WORD_QUOTE_OPEN);
        if (is_heard(word))
            status = add_heard(clause, word, lift, &lifted, letters);
        clause->quoted = clause->quoted && !(word->flags & NASHRA_WORD_QUOTE_CLOSE);
        ended = nashra_pause_after(sentence, i) != NASHRA_PAUSE_NONE ||
                (i + 1 < sentence->count && sentence->words[i + 1].prosody != clause->prosody);
    }
    clause->to = i;
    return status;
}

static int make_room(struct nashra_clause *clause, size_t words) {
    if (words <= clause->capacity)
        return NASHRA_OK;
    size_t *starts = words <= SIZE_MAX / sizeof *starts ? nashra_realloc(clause->starts, words * sizeof *starts) : NULL;
    if (!starts)
        return NASHRA_ENOMEM;
    clause->starts = starts;
    clause->capacity = words;
    return NASHRA_OK;
}

int nashra_clause_write(struct nashra_clause *clause, const struct nashra_sentence *sentence, size_t from,
                        const struct nashra_contours *contours, const struct nashra_letters *letters) {
    nashra_buffer_clear(&clause->text);
    clause->characters = 0;
    clause->from = from;
    if (from == 0)
        clause->quoted = begins_quoted(sentence);
    clause->prosody = sentence->words[from].prosody;
    int status = make_room(clause, sentence->count);
    if (status == NASHRA_OK)
        status = add_words(clause, sentence, contours->quotation.pitch, letters);
    if (status < 0)
        return status;
    clause->contour = nashra_contour_of(contours, sentence, clause->to - 1);
    if (clause->characters == 0)
        return NASHRA_OK;
    /* The mark takes the place of the space after the last word. It steers eSpeak's intonation; its pauses are ours. */
    clause->text.length -= 1;
    return nashra_buffer_add(&clause->text, &clause->contour.tune, 1);
}

size_t nashra_clause_word_at(const struct nashra_clause *clause, size_t position) {
    size_t low = 0, high = clause->to - clause->from;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (clause->starts[middle] <= position)
            low = middle;
        else
            high = middle;
    }
    return clause->from + low;
}

void nashra_clause_finish(struct nashra_clause *clause) {
    nashra_buffer_finish(&clause->text);
    nashra_free(clause->starts);
    *clause = (struct nashra_clause){0};
}
