/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clitics are told by letters alone, so short words are left whole: و + رد would be found in every ورد. */
#include "match.h"

#include <string.h>

#include <nashra/utf8.h>

#include "letters.h"

enum { LETTER = 2, SHORTEST_STEM = 3, SHORTEST_NOUN = 2, SHORTEST_BEFORE_KAF = 4, FIRST_ARABIC_BYTE = 0xD8 };

/* Bytes of the longest clitics: و ب ال … هما. */
enum { CLITIC_BYTES = 16 };

static const char *const pronouns[] = {"هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ه", "ك"};

/* What is left of the text while clitics are taken off. */
struct stem {
    const char *folded, *cased;
    size_t length;
    bool parted; /* a space or dash stood between clitic and word */
};

static unsigned letter_at(const struct stem *stem, size_t at) {
    unsigned letter = 0;
    if (at < stem->length)
        nashra_utf8_decode(stem->folded + at, stem->length - at, &letter);
    return letter;
}

static void take_off(struct stem *stem, size_t bytes) {
    if (bytes < stem->length && (stem->folded[bytes] == ' ' || stem->folded[bytes] == '-')) {
        stem->parted = true;
        bytes++;
    }
    stem->folded += bytes;
    stem->cased += bytes;
    stem->length -= bytes;
}

static bool is_arabic(const struct stem *stem) {
    return stem->length && (unsigned char)*stem->folded >= FIRST_ARABIC_BYTE;
}

/* Long enough to stand behind clitics. */
static bool is_long_enough(const struct stem *stem, const struct nashra_lex_match *match) {
    if (!match->conjunction && !match->preposition && !match->article && !*match->pronoun)
        return true;
    if (stem->parted || !is_arabic(stem))
        return stem->length > 0;
    if (strcmp(match->pronoun, "ك") == 0) /* مالك is a name before it is your money */
        return stem->length >= LETTER * SHORTEST_BEFORE_KAF;
    return stem->length >= LETTER * (match->article && !*match->pronoun ? SHORTEST_NOUN : SHORTEST_STEM);
}

static bool accept(const struct nashra_lexicon *lexicon, const struct stem *stem, struct nashra_lex_match *match) {
    const struct nashra_lex_entry *entry = nashra_lex_look_up(lexicon, stem->folded, stem->cased, stem->length);
    bool clitics = match->conjunction || match->preposition || match->article || *match->pronoun;
    if (!entry || (clitics && entry->exact) || !is_long_enough(stem, match))
        return false;
    match->entry = entry;
    return true;
}

/* Looks up `letters` with its last letter replaced. */
static bool accept_respelt(const struct nashra_lexicon *lexicon, const struct stem *stem, const char *last,
                           struct nashra_lex_match *match) {
    char key[NASHRA_LEX_MAX_KEY + LETTER];
    if (stem->length > NASHRA_LEX_MAX_KEY)
        return false;
    memcpy(key, stem->folded, stem->length);
    memcpy(key + stem->length - LETTER, last, LETTER);
    struct stem respelt = {key, key, stem->length, stem->parted};
    return accept(lexicon, &respelt, match);
}

/* Before a pronoun ة is ت, ى is ا and a hamza gets a seat. */
static bool accept_before_pronoun(const struct nashra_lexicon *lexicon, const struct stem *stem,
                                  struct nashra_lex_match *match) {
    match->seat = letter_at(stem, stem->length - LETTER);
    bool found = accept(lexicon, stem, match);
    if (!found && match->seat == NASHRA_LEX_TA)
        found = accept_respelt(lexicon, stem, "ة", match);
    else if (!found && match->seat == NASHRA_LEX_ALIF)
        found = accept_respelt(lexicon, stem, "ى", match);
    else if (!found && (match->seat == NASHRA_LEX_WAW_HAMZA || match->seat == NASHRA_LEX_YA_HAMZA))
        found = accept_respelt(lexicon, stem, "ء", match);
    /* Phonemes can't take an ending, a phrase none in its middle, and what has an article none at all. */
    const char *article = found ? strstr(match->entry->key, "ال") : NULL;
    return found && match->entry->kind == NASHRA_LEX_READING && !strchr(match->entry->key, ' ') &&
           article != match->entry->key;
}

static bool find_pronoun(const struct nashra_lexicon *lexicon, const struct stem *stem,
                         struct nashra_lex_match *match) {
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
        size_t length = strlen(pronouns[i]);
        if (stem->length < length + LETTER || memcmp(stem->folded + stem->length - length, pronouns[i], length) != 0)
            continue;
        struct stem noun = *stem;
        noun.length -= length;
        match->pronoun = pronouns[i];
        if (accept_before_pronoun(lexicon, &noun, match))
            return true;
    }
    match->pronoun = "";
    match->entry = NULL;
    return false;
}

static bool accept_prefixed(const struct nashra_lexicon *lexicon, const char *prefix, const struct stem *stem,
                            struct nashra_lex_match *match) {
    char key[NASHRA_LEX_MAX_KEY + 2 * LETTER];
    size_t length = strlen(prefix);
    if (stem->length > NASHRA_LEX_MAX_KEY)
        return false;
    memcpy(key, prefix, length);
    memcpy(key + length, stem->folded, stem->length);
    struct stem whole = {key, key, length + stem->length, false};
    return accept(lexicon, &whole, match);
}

/* ل takes the article's alif, and its lam before another: للناتو is ل + الناتو, للغة is ل + اللغة. */
static bool find_after_lam(const struct nashra_lexicon *lexicon, const struct stem *stem,
                           struct nashra_lex_match *match) {
    if (letter_at(stem, 0) != NASHRA_LEX_LAM)
        return false;
    if (accept_prefixed(lexicon, "ا", stem, match) || accept_prefixed(lexicon, "ال", stem, match))
        return true;
    struct stem noun = *stem;
    match->article = true;
    if (accept(lexicon, &noun, match)) /* للغة, where the entry is لغة */
        return true;
    take_off(&noun, LETTER);
    if (accept(lexicon, &noun, match))
        return true;
    match->article = false;
    return false;
}

static bool find_stem(const struct nashra_lexicon *lexicon, const struct stem *stem, struct nashra_lex_match *match) {
    if (match->preposition == NASHRA_LEX_LAM && find_after_lam(lexicon, stem, match))
        return true;
    if (accept(lexicon, stem, match))
        return true;
    if (letter_at(stem, 0) == NASHRA_LEX_ALIF && letter_at(stem, LETTER) == NASHRA_LEX_LAM) {
        struct stem noun = *stem;
        take_off(&noun, 2 * LETTER);
        match->article = true;
        if (accept(lexicon, &noun, match))
            return true;
        match->article = false;
    }
    return find_pronoun(lexicon, stem, match);
}

static bool find_after_conjunction(const struct nashra_lexicon *lexicon, const struct stem *stem,
                                   struct nashra_lex_match *match) {
    if (find_stem(lexicon, stem, match))
        return true;
    unsigned letter = letter_at(stem, 0);
    if (letter != NASHRA_LEX_BA && letter != NASHRA_LEX_KAF && letter != NASHRA_LEX_LAM)
        return false;
    struct stem rest = *stem;
    take_off(&rest, LETTER);
    match->preposition = letter;
    if (find_stem(lexicon, &rest, match))
        return true;
    match->preposition = 0;
    return false;
}

bool nashra_lex_find(const struct nashra_lexicon *lexicon, const char *folded, const char *cased, size_t length,
                     struct nashra_lex_match *match) {
    struct stem stem = {folded, cased, length, false};
    *match = (struct nashra_lex_match){.pronoun = ""};
    if (length == 0 || length > lexicon->longest + CLITIC_BYTES)
        return false;
    if (find_after_conjunction(lexicon, &stem, match))
        return true;
    unsigned letter = letter_at(&stem, 0);
    if (letter != NASHRA_LEX_WAW && letter != NASHRA_LEX_FA)
        return false;
    take_off(&stem, LETTER);
    match->conjunction = letter;
    return find_after_conjunction(lexicon, &stem, match);
}
