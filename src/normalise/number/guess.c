/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gender and number of nouns that no table knows, by their letters. */
#include <string.h>

#include "number/letters.h"
#include "number/nouns.h"

/* A shape: letters that must stand where they stand, other letters are dots. */
static const struct shape {
    const char *letters;
    enum nashra_grammatical_number number;
    enum nashra_gender gender;
} SHAPES[] = {
    /* broken plurals */
    {"أ..ا.", NASHRA_PLURAL, NASHRA_MASCULINE},  /* أفعال */
    {"أ..اء", NASHRA_PLURAL, NASHRA_MASCULINE},  /* أفعلاء, أفعاء */
    {"أ...اء", NASHRA_PLURAL, NASHRA_MASCULINE}, /* أصدقاء */
    {"أ...ة", NASHRA_PLURAL, NASHRA_MASCULINE},  /* أفعلة */
    {"..ائ.", NASHRA_PLURAL, NASHRA_FEMININE},   /* فعائل, of فعيلة and فعالة */
    {".وا..", NASHRA_PLURAL, NASHRA_MASCULINE},  /* فواعل */
    {".وا.ي.", NASHRA_PLURAL, NASHRA_MASCULINE}, /* فواعيل */
    {"م.ا..", NASHRA_PLURAL, NASHRA_MASCULINE},  /* مفاعل */
    {"م.ا.ي.", NASHRA_PLURAL, NASHRA_MASCULINE}, /* مفاعيل */
    {"ت.ا.ي.", NASHRA_PLURAL, NASHRA_MASCULINE}, /* تفاعيل */
    {"..ا.ي.", NASHRA_PLURAL, NASHRA_MASCULINE}, /* فعاليل */
    {"...اء", NASHRA_PLURAL, NASHRA_MASCULINE},  /* فعلاء */
    /* singulars */
    {"ا...اء", NASHRA_SINGULAR, NASHRA_MASCULINE},  /* افتعال of a weak root */
    {"ا....اء", NASHRA_SINGULAR, NASHRA_MASCULINE}, /* استفعال of a weak root */
    {"إ..اء", NASHRA_SINGULAR, NASHRA_MASCULINE},   /* إفعال of a weak root */
};

static bool has_shape(const char *word, size_t length, const char *shape) {
    size_t at = 0;
    for (; *shape && at < length; at += 2) {
        size_t step = *shape == '.' ? 1 : 2;
        if (step == 2 && memcmp(word + at, shape, 2) != 0)
            return false;
        shape += step;
    }
    return !*shape && at == length;
}

/* Stems of verbal nouns: their ـات is a masculine's plural (4 اجتماعات: أربعة). */
static const char *const VERBAL_NOUNS[] = {
    "ا...ا.", "ا..ا.", "است..ا.", "است.ا.", "ان..ا.", "إ..ا.", "إ.ا.", "ت..ي.", "ت.ا..", "ت...", "ت.ا.", "..ا.",
};

bool nashra_noun_is_verbal(const char *stem, size_t length) {
    for (size_t i = 0; i < sizeof VERBAL_NOUNS / sizeof *VERBAL_NOUNS; i++)
        if (has_shape(stem, length, VERBAL_NOUNS[i]))
            return true;
    return false;
}

static const char *join(struct nashra_arena *arena, const char *stem, size_t length, const char *ending) {
    size_t added = strlen(ending);
    char *word = nashra_arena_alloc(arena, length + added + 1);
    if (!word)
        return NULL;
    memcpy(word, stem, length);
    memcpy(word + length, ending, added);
    return word;
}

/* What one guess says: the stem's length and the endings of singular and plural; NULL: the plural is unknown. */
struct guess {
    size_t stem;
    const char *singular, *plural;
    enum nashra_grammatical_number number;
    enum nashra_gender gender;
    bool human, oblique, alif;
};

/* دراسات of دراسة, but انتخابات of انتخاب and كمبيوترات of a foreign masculine. */
static struct guess guess_at(const char *word, size_t length) {
    enum { FOREIGN = 12 };
    size_t stem = length - 4;
    bool adjective = nashra_ends_with(word, stem, "ي");
    bool masculine = !adjective && (nashra_noun_is_verbal(word, stem) || stem >= FOREIGN);
    return (struct guess){
        stem, masculine ? "" : "ة", "ات", NASHRA_PLURAL, masculine ? NASHRA_MASCULINE : NASHRA_FEMININE, false, false,
        false};
}

static struct guess guess_whole(const char *word, size_t length) {
    struct guess guess = {length, "", NULL, NASHRA_SINGULAR, NASHRA_MASCULINE, false, false, false};
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++)
        if (has_shape(word, length, SHAPES[i].letters)) {
            guess.number = SHAPES[i].number;
            guess.gender = SHAPES[i].gender;
            return guess;
        }
    if (nashra_ends_with(word, length, "ى") && !nashra_starts_with(word, length, "م"))
        guess.gender = NASHRA_FEMININE;
    else
        guess.plural = "ات";
    return guess;
}

static struct guess guess_word(const char *word, size_t length) {
    enum { SHORT = 8 };
    if (length >= SHORT && nashra_ends_with(word, length, "ات"))
        return guess_at(word, length);
    if (length > SHORT && (nashra_ends_with(word, length, "ون") || nashra_ends_with(word, length, "ين")))
        return (struct guess){
            length - 4, "", "ون", NASHRA_PLURAL, NASHRA_MASCULINE, true, nashra_ends_with(word, length, "ين"), false};
    struct guess guess = guess_whole(word, length);
    if (guess.number == NASHRA_SINGULAR && nashra_ends_with(word, length, "ة"))
        return (struct guess){length - 2, "ة", "ات", NASHRA_SINGULAR, NASHRA_FEMININE, false, false, false};
    if (guess.number == NASHRA_SINGULAR && length > 4 && nashra_ends_with(word, length, "ا")) {
        guess.stem -= 2;
        guess.alif = true;
    }
    return guess;
}

/* Arabic endings don't go with a Latin word. */
static bool is_foreign_script(const char *word, size_t length) {
    return length == 0 || (unsigned char)word[0] < 0xD8 || (unsigned char)word[0] > 0xDB;
}

int nashra_noun_guess(struct nashra_arena *arena, const char *word, size_t length, struct nashra_noun_match *match) {
    bool foreign = is_foreign_script(word, length);
    struct guess guess = foreign ? (struct guess){.stem = length, .singular = ""} : guess_word(word, length);
    match->noun = (struct nashra_noun){
        .singular = join(arena, word, guess.stem, guess.singular),
        .plural = guess.plural ? join(arena, word, guess.stem, guess.plural) : NULL,
        .gender = guess.gender,
        .human = guess.human,
    };
    if (foreign)
        match->noun.dual = match->noun.singular;
    match->number = guess.number;
    match->oblique = guess.oblique;
    match->accusative_alif = guess.alif;
    match->form = guess.number == NASHRA_PLURAL && match->noun.plural ? match->noun.plural : match->noun.singular;
    bool missing = !match->noun.singular || (guess.plural && !match->noun.plural);
    return missing ? NASHRA_ENOMEM : NASHRA_OK;
}
