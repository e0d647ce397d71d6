/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letters.h"

#include <string.h>

#include <nashra/utf8.h>

static bool is_tanwin(unsigned vowel) {
    return vowel >= NASHRA_FATHATAN && vowel <= NASHRA_KASRATAN;
}

/* Adds a mark to its letter. NULL, or why it can't be. */
static const char *add_mark(struct nashra_lex_word *word, unsigned mark) {
    if (word->count == 0)
        return "a mark without a letter before it";
    struct nashra_lex_letter *letter = &word->letters[word->count - 1];
    if (mark == NASHRA_SHADDA) {
        if (letter->shadda)
            return "two shaddas on one letter";
        letter->shadda = true;
    } else if (mark == NASHRA_DAGGER_ALIF) {
        letter->dagger = true;
    } else if (mark >= NASHRA_FATHATAN && mark <= NASHRA_SUKUN) {
        if (letter->vowel)
            return letter->vowel == NASHRA_SUKUN || mark == NASHRA_SUKUN ? "sukun and a vowel on one letter"
                                                                         : "two vowels on one letter";
        letter->vowel = mark;
    } else {
        return "a mark that is neither a vowel nor shadda nor sukun";
    }
    return NULL;
}

static const char *add_letter(struct nashra_lex_word *word, unsigned codepoint) {
    if (!nashra_is_arabic_letter(codepoint))
        return "a character that is no Arabic letter";
    if (word->count == NASHRA_LEX_LETTERS)
        return "a word of more than 64 letters";
    word->letters[word->count++] = (struct nashra_lex_letter){.codepoint = codepoint};
    return NULL;
}

/* The fathatan of كتاباً stands before its alif. */
static void move_fathatan(struct nashra_lex_word *word) {
    if (word->count < 2)
        return;
    struct nashra_lex_letter *last = &word->letters[word->count - 1];
    bool silent = last->codepoint == NASHRA_LEX_ALIF || last->codepoint == NASHRA_LEX_MAQSURA;
    if (!silent || last->vowel != NASHRA_FATHATAN || last[-1].vowel)
        return;
    last[-1].vowel = NASHRA_FATHATAN;
    last->vowel = 0;
}

static const char *find_impossible(const struct nashra_lex_word *word) {
    for (size_t i = 0; i < word->count; i++) {
        const struct nashra_lex_letter *letter = &word->letters[i];
        bool alif = letter->codepoint == NASHRA_LEX_ALIF || letter->codepoint == 0x622 /* آ */ ||
                    letter->codepoint == NASHRA_LEX_MAQSURA || letter->codepoint == NASHRA_LEX_MARBUTA;
        size_t left = word->count - 1 - i;
        unsigned next = left ? letter[1].codepoint : 0;
        bool carried =
            left == 1 && letter->vowel == NASHRA_FATHATAN && (next == NASHRA_LEX_ALIF || next == NASHRA_LEX_MAQSURA);
        if (letter->shadda && alif)
            return "shadda on a letter that can't be doubled";
        if (letter->shadda && letter->vowel == NASHRA_SUKUN)
            return "shadda and sukun on one letter";
        if (is_tanwin(letter->vowel) && left > 0 && !carried)
            return "tanwin inside the word";
        if (letter->codepoint == NASHRA_LEX_MARBUTA && left > 0)
            return "ta marbuta inside the word";
    }
    return NULL;
}

const char *nashra_lex_word_read(const char *text, size_t length, struct nashra_lex_word *word) {
    word->count = 0;
    for (size_t at = 0; at < length;) {
        unsigned codepoint;
        at += nashra_utf8_decode(text + at, length - at, &codepoint);
        if (codepoint == NASHRA_LEX_TATWEEL)
            continue;
        const char *cause = nashra_is_arabic_mark(codepoint) ? add_mark(word, codepoint) : add_letter(word, codepoint);
        if (cause)
            return cause;
    }
    move_fathatan(word);
    return word->count ? find_impossible(word) : "no letter";
}

int nashra_lex_word_write(const struct nashra_lex_word *word, bool marks, struct nashra_buffer *out) {
    for (size_t i = 0; i < word->count; i++) {
        const struct nashra_lex_letter *letter = &word->letters[i];
        nashra_buffer_add_codepoint(out, letter->codepoint);
        if (marks && letter->shadda)
            nashra_buffer_add_codepoint(out, NASHRA_SHADDA);
        if (marks && letter->vowel)
            nashra_buffer_add_codepoint(out, letter->vowel);
        if (marks && letter->dagger)
            nashra_buffer_add_codepoint(out, NASHRA_DAGGER_ALIF);
    }
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

bool nashra_lex_word_has_marks(const struct nashra_lex_word *word) {
    for (size_t i = 0; i < word->count; i++)
        if (word->letters[i].vowel || word->letters[i].shadda || word->letters[i].dagger)
            return true;
    return false;
}

bool nashra_lex_word_same_letters(const struct nashra_lex_word *a, const struct nashra_lex_word *b) {
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->letters[i].codepoint != b->letters[i].codepoint)
            return false;
    return true;
}

/* A vowel of the author without shadda is no word about the shadda; a sukun is. */
static bool contradicts(const struct nashra_lex_letter *ours, const struct nashra_lex_letter *author) {
    if (ours->vowel && author->vowel && ours->vowel != author->vowel)
        return true;
    return (ours->shadda && author->vowel == NASHRA_SUKUN) || (author->shadda && ours->vowel && !ours->shadda);
}

bool nashra_lex_word_join(struct nashra_lex_word *word, const struct nashra_lex_word *author) {
    for (size_t i = 0; i < word->count; i++)
        if (contradicts(&word->letters[i], &author->letters[i]))
            return false;
    for (size_t i = 0; i < word->count; i++) {
        struct nashra_lex_letter *ours = &word->letters[i];
        const struct nashra_lex_letter *theirs = &author->letters[i];
        ours->vowel = ours->vowel ? ours->vowel : theirs->vowel;
        ours->shadda = ours->shadda || theirs->shadda;
        ours->dagger = ours->dagger || theirs->dagger;
    }
    return true;
}

bool nashra_lex_word_insert(struct nashra_lex_word *word, size_t at, unsigned codepoint, unsigned vowel) {
    if (word->count == NASHRA_LEX_ROOM || at > word->count)
        return false;
    memmove(&word->letters[at + 1], &word->letters[at], (word->count - at) * sizeof *word->letters);
    word->letters[at] = (struct nashra_lex_letter){.codepoint = codepoint, .vowel = vowel};
    word->count++;
    return true;
}

void nashra_lex_word_remove(struct nashra_lex_word *word, size_t at) {
    word->count--;
    memmove(&word->letters[at], &word->letters[at + 1], (word->count - at) * sizeof *word->letters);
}

bool nashra_lex_is_sun_letter(unsigned c) {
    bool dentals = c == 0x62A || c == 0x62B;                       /* ت ث */
    bool middle = c >= 0x62F && c <= 0x638;                        /* د … ظ */
    return dentals || middle || c == NASHRA_LEX_LAM || c == 0x646; /* ل ن */
}
