/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts right what sloppy newswire leaves out: hamzas, the dots of ي and ة (house style, section 1). */
#include "token/spelling.h"

#include <string.h>

#include <nashra/utf8.h>

enum {
    LETTER = 2,
    ARTICLE = 2 * LETTER,
    SHORTEST_STEM = 4 * LETTER,
    SHORTEST_AFTER_AND = 3 * LETTER,
    LONGEST = 64,
    SHORT = 4 * LETTER
};

struct right {
    const char *text; /* not NUL-terminated; NULL: nothing is wrong */
    size_t length;
    size_t stem; /* bytes of the word that stay in front */
    size_t tail; /* and behind */
};

static bool starts(const char *word, size_t length, const char *prefix) {
    size_t n = strlen(prefix);
    return length >= n && memcmp(word, prefix, n) == 0;
}

/* hamza.tsv is written by hand and wins over spellings.tsv. */
static bool look_up(const struct nashra_lexis *lexis, const char *word, size_t length, struct right *right) {
    const struct nashra_lexeme *lexeme = nashra_lexis_word(lexis, word, length);
    if (lexeme != NULL && lexeme->respelt != NULL) {
        right->text = lexeme->respelt;
        right->length = strlen(lexeme->respelt);
        return true;
    }
    right->text = nashra_lexis_spelling(lexis, word, length, &right->length);
    return right->text != NULL;
}

static bool look_up_from(const struct nashra_lexis *lexis, const char *word, size_t length, size_t stem,
                         struct right *right) {
    right->stem = stem;
    return length >= stem + SHORTEST_AFTER_AND && look_up(lexis, word + stem, length - stem, right);
}

/* للحكومه: the table has the word with its article, whose alif isn't there. */
static bool look_up_after_lam(const struct nashra_lexis *lexis, const char *word, size_t length, size_t lam,
                              struct right *right) {
    char whole[LONGEST];
    size_t rest = length - lam - ARTICLE;
    if (look_up_from(lexis, word, length, lam + ARTICLE, right))
        return true;
    if (rest + ARTICLE > sizeof whole)
        return false;
    memcpy(whole, "ال", ARTICLE);
    memcpy(whole + ARTICLE, word + lam + ARTICLE, rest);
    if (!look_up(lexis, whole, rest + ARTICLE, right) || right->length < ARTICLE)
        return false;
    right->text += ARTICLE;
    right->length -= ARTICLE;
    right->stem = lam + ARTICLE;
    return true;
}

static bool look_up_article(const struct nashra_lexis *lexis, const char *word, size_t length, size_t at,
                            struct right *right) {
    if (starts(word + at, length - at, "لل"))
        return look_up_after_lam(lexis, word, length, at, right);
    return starts(word + at, length - at, "ال") &&
           (look_up_from(lexis, word, length, at, right) || look_up_from(lexis, word, length, at + ARTICLE, right));
}

/* Through و, then ف ب ك ل, then the article; a short stem behind a single letter proves nothing. */
static bool find(const struct nashra_lexis *lexis, const char *word, size_t length, struct right *right) {
    if (look_up(lexis, word, length, right) || look_up_article(lexis, word, length, 0, right))
        return true;
    size_t at = starts(word, length, "و") ? LETTER : 0;
    if (at != 0 && (look_up_from(lexis, word, length, at, right) || look_up_article(lexis, word, length, at, right)))
        return true;
    if (length < at + LETTER + SHORTEST_STEM ||
        (!starts(word + at, length - at, "ب") && !starts(word + at, length - at, "ل") &&
         !starts(word + at, length - at, "ك") && !starts(word + at, length - at, "ف")))
        return false;
    bool like = starts(word + at, length - at, "ك"); /* كادار is a name: ك alone proves nothing */
    at += LETTER;
    return (!like && look_up_from(lexis, word, length, at, right)) || look_up_article(lexis, word, length, at, right);
}

/* ابنائهما: before a pronoun the hamza of ابناء has a seat, which stays. */
static bool find_before_seat(const struct nashra_lexis *lexis, const char *word, size_t length, size_t alif,
                             struct right *right) {
    char noun[LONGEST];
    bool seat = length > alif + SHORTEST_AFTER_AND && length < sizeof noun &&
                (starts(word + length - LETTER, LETTER, "ئ") || starts(word + length - LETTER, LETTER, "ؤ"));
    if (!seat)
        return false;
    memcpy(noun, word, length);
    memcpy(noun + length - LETTER, "ء", LETTER);
    if (!look_up_from(lexis, noun, length, alif, right) || right->length <= LETTER)
        return false;
    right->length -= LETTER;
    right->tail += LETTER;
    return true;
}

/* اوضاعها: the noun without its pronoun. */
static bool find_without_pronoun(const struct nashra_lexis *lexis, const char *word, size_t length,
                                 struct right *right) {
    size_t alif = starts(word, length, "و") ? LETTER : 0;
    size_t pronoun = nashra_pronoun_of(word, length);
    if (pronoun == 0 || !starts(word + alif, length - alif, "ا") || length < alif + pronoun + SHORTEST_STEM)
        return false;
    if (memcmp(word + length - pronoun - LETTER, "ت", LETTER) == 0)
        return false; /* اصابته: the verb أصابت or the noun إصابة */
    right->tail = pronoun;
    return look_up_from(lexis, word, length - pronoun, alif, right) ||
           find_before_seat(lexis, word, length - pronoun, alif, right);
}

/* Only words with a bare alif behind the article or a doubtful last letter can be wrong. */
static bool is_doubtful(const char *word, size_t length) {
    const char *last = word + length - LETTER;
    const char *alif = strstr(word, "ا");
    bool article = alif != NULL && alif <= word + 2 * LETTER && strncmp(alif, "ال", ARTICLE) == 0;
    if (article && length > SHORT) /* الى, اليه are as short as this */
        alif = strstr(alif + LETTER, "ا");
    return alif != NULL || strcmp(last, "ى") == 0 || strcmp(last, "ه") == 0 ||
           (length <= SHORT && strcmp(last, "ي") == 0);
}

/* The author's marks on the letters of the right spelling, which are as many. */
static char *carry_marks(struct nashra_arena *arena, const char *marked, const char *text) {
    char *carried = nashra_arena_alloc(arena, strlen(marked) + strlen(text) + 1);
    size_t length = 0;
    for (size_t n; carried != NULL && *marked != '\0'; marked += n) {
        unsigned cp;
        n = nashra_utf8_decode(marked, strlen(marked), &cp);
        const char *from = marked;
        size_t take = n;
        if (!nashra_is_arabic_mark(cp)) {
            from = text;
            take = nashra_utf8_decode(text, strlen(text), &cp);
            text += take;
        }
        memcpy(carried + length, from, take);
        length += take;
    }
    return carried;
}

static int replace(struct nashra_arena *arena, const struct right *right, struct nashra_token *token) {
    size_t length = right->stem + right->length + right->tail;
    char *text = nashra_arena_alloc(arena, length + 1);
    if (text == NULL)
        return NASHRA_ENOMEM;
    memcpy(text, token->text, right->stem);
    memcpy(text + right->stem, right->text, right->length);
    memcpy(text + right->stem + right->length, token->text + token->length - right->tail, right->tail);
    if (token->marked != NULL) {
        token->marked = carry_marks(arena, token->marked, text);
        if (token->marked == NULL)
            return NASHRA_ENOMEM;
    }
    token->respelt = strcmp(text, token->text) != 0;
    token->text = text;
    token->length = length;
    return 0;
}

/* An author who marks half of the letters and more writes a bare alif because it has no hamza: احْمَرَّ. */
static bool is_marked_with_care(const struct nashra_token *token) {
    size_t marks = 0;
    for (const char *at = token->marked; at != NULL && *at != '\0';) {
        unsigned cp;
        at += nashra_utf8_decode(at, strlen(at), &cp);
        marks += nashra_is_arabic_mark(cp) && cp != NASHRA_SHADDA;
    }
    return marks * 2 * LETTER >= token->length;
}

int nashra_token_respell(const struct nashra_lexis *lexis, struct nashra_arena *arena, struct nashra_token *token) {
    struct right right = {0};
    const struct nashra_lexeme *lexeme = nashra_lexis_word(lexis, token->text, token->length);
    if (lexeme != NULL && lexeme->respelt == NULL)
        return 0; /* a word that a table knows as it is */
    if (token->length <= LETTER || !is_doubtful(token->text, token->length) || is_marked_with_care(token) ||
        nashra_proclitics_of(token->text, token->length) != 0)
        return 0;
    if (!find(lexis, token->text, token->length, &right) &&
        !find_without_pronoun(lexis, token->text, token->length, &right))
        return 0;
    bool same_letters = right.stem + right.length + right.tail == token->length;
    return same_letters ? replace(arena, &right, token) : 0;
}
