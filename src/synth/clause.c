/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clause.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

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
        if (strchr("aiueo:.", phonemes[i - 1]) && isalpha((unsigned char)phonemes[i]) &&
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
        return isalnum((int)codepoint) || codepoint == '\'';
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
    int status = NASHRA_OK;
    for (; *text && status == NASHRA_OK; text++) {
        const char *name = nashra_letters_name(letters, *text);
        if (name)
            status = add_phonemes(clause, name);
    }
    return status;
}

static bool has_letter(const char *text) {
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

static int add_word(struct nashra_clause *clause, const struct nashra_word *word,
                    const struct nashra_letters *letters) {
    if (word->phonemes && *word->phonemes)
        return add_phonemes(clause, word->phonemes);
    if (word->cls != NASHRA_CLASS_LATIN)
        return NASHRA_OK;
    if (!has_letter(word->text)) {
        nashra_log(NASHRA_LOG_WARNING, "no voice here can read '%s'; it is left out", word->text);
        return NASHRA_OK;
    }
    return letters ? add_spelt(clause, word->text, letters) : add_latin(clause, word->text);
}

/* The mark steers eSpeak's intonation; its pauses are ours. A breath and a cut sound like a comma: it goes on. */
static const char *intonation(enum nashra_pause pause) {
    switch (pause) {
    case NASHRA_PAUSE_STOP:
        return ".";
    case NASHRA_PAUSE_QUESTION:
        return "?";
    case NASHRA_PAUSE_EXCLAMATION:
        return "!";
    case NASHRA_PAUSE_COLON:
        return ":";
    default:
        return ",";
    }
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
                        const struct nashra_letters *letters) {
    nashra_buffer_clear(&clause->text);
    clause->characters = 0;
    clause->from = from;
    int status = make_room(clause, sentence->count);
    enum nashra_pause pause = NASHRA_PAUSE_NONE;
    size_t i = from;
    while (status == NASHRA_OK && i < sentence->count && pause == NASHRA_PAUSE_NONE &&
           clause->characters < LONGEST_CLAUSE) {
        clause->starts[i - from] = clause->characters + 1;
        status = add_word(clause, &sentence->words[i], letters);
        pause = nashra_pause_after(sentence, i++);
    }
    clause->to = i;
    if (status < 0 || clause->characters == 0)
        return status;
    clause->text.length -= 1; /* the space after the last word: the mark follows it at once */
    return nashra_buffer_add_string(&clause->text, intonation(pause));
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
