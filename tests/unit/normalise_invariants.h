/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for the words of every sentence, whatever the text: shared by the unit tests and the fuzz target. */
#ifndef NASHRA_TEST_NORMALISE_INVARIANTS_H
#define NASHRA_TEST_NORMALISE_INVARIANTS_H

#include <stdbool.h>
#include <string.h>

#include <unicode/uchar.h>

#include <nashra/normalise.h>
#include <nashra/utf8.h>

static bool is_latin_letter(unsigned cp) {
    const bool haraka =
        (cp >= 0xFC5E && cp <= 0xFC63) || (cp >= 0xFCF2 && cp <= 0xFCF4) || (cp >= 0xFE70 && cp <= 0xFE7F);
    const bool unseen = u_hasBinaryProperty((UChar32)cp, UCHAR_GRAPHEME_EXTEND) ||
                        u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
    if (cp == 0x0640 || haraka || unseen) /* by itself it is decoration */
        return false;
    return cp < 0x80 ? ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z') : cp >= 0xC0 && u_isalpha((UChar32)cp);
}

/* Arabic letters alone, or letters of another script where the class says so. */
static bool has_proper_letters(const struct nashra_word *word) {
    size_t length = strlen(word->text);
    for (size_t at = 0; at < length;) {
        unsigned cp;
        at += nashra_utf8_decode(word->text + at, length - at, &cp);
        bool proper = nashra_is_arabic_letter(cp) || (word->cls == NASHRA_CLASS_LATIN && is_latin_letter(cp));
        if (!proper)
            return false;
    }
    return length != 0;
}

static bool marks_fit(const struct nashra_word *word, char *room) {
    if (word->marked == NULL)
        return true;
    nashra_strip_marks(word->marked, strlen(word->marked), room);
    return strcmp(room, word->text) == 0 && strcmp(word->marked, word->text) != 0;
}

/* What is wrong with a word, or NULL. `room` has place for the longest marked word. */
static const char *fault_of_word(const struct nashra_word *word, struct nashra_span sentence, char *room) {
    if (!has_proper_letters(word))
        return "letters";
    if (!marks_fit(word, room))
        return "marks";
    if (word->span.from < sentence.from || word->span.to > sentence.to || word->span.from >= word->span.to)
        return "span";
    if (word->confidence < 0 || word->confidence > 1 || word->pause > NASHRA_PAUSE_EXCLAMATION)
        return "confidence or pause";
    return NULL;
}

/* Is every letter and digit of the sentence inside the span of a spoken word, or left unread for a stated reason? Spans
 * are in order. */
static bool all_is_spoken(const char *text, const struct nashra_sentence *sentence) {
    size_t word = 0;
    for (size_t at = sentence->span.from; at < sentence->span.to;) {
        unsigned cp;
        size_t taken = nashra_utf8_decode(text + at, sentence->span.to - at, &cp);
        while (word < sentence->count && sentence->words[word].span.to <= at)
            word++;
        bool covered = (word < sentence->count && sentence->words[word].span.from <= at) ||
                       (at >= sentence->unread.from && at < sentence->unread.to);
        if (!covered && (nashra_is_arabic_letter(cp) || nashra_digit_value(cp) >= 0 || is_latin_letter(cp)))
            return false;
        at += taken;
    }
    return true;
}

/* What is wrong with a sentence, or NULL. */
static const char *fault_of_sentence(const char *text, const struct nashra_sentence *sentence, char *room) {
    size_t from = sentence->span.from;
    for (size_t i = 0; i < sentence->count; i++) {
        const char *fault = fault_of_word(&sentence->words[i], sentence->span, room);
        if (fault != NULL)
            return fault;
        if (sentence->words[i].span.from < from)
            return "order of spans";
        from = sentence->words[i].span.from;
    }
    return all_is_spoken(text, sentence) ? NULL : "something is not spoken";
}

#endif
