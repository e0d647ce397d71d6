/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sentence on its way from tokens to words: what every class sees and what it hands back. */
#ifndef NASHRA_NORMALISE_SCAN_H
#define NASHRA_NORMALISE_SCAN_H

#include <nashra/normalise.h>

#include "number/number.h"
#include "token/token.h"

enum { NASHRA_MAX_CUTS = 24, NASHRA_MAX_SCALES = 3 };

/* From word `word` of the phrase on, words belong to the token `token`. */
struct nashra_cut {
    size_t word;
    size_t token;
    enum nashra_pause pause; /* before that word */
    bool source;             /* the words are those of the text: their class is word */
};

enum nashra_counted_kind {
    NASHRA_COUNTS_NOTHING,
    NASHRA_COUNTS_NOUN,
    NASHRA_COUNTS_OF,
    NASHRA_COUNTS_UNIT,
    NASHRA_COUNTS_CURRENCY,
    NASHRA_COUNTS_PERCENT
};

struct nashra_amount;
struct nashra_judge;

struct nashra_scan {
    const struct nashra_lexis *lexis;
    const struct nashra_numbers *numbers;
    struct nashra_judge *judge; /* NULL: rules alone */
    enum nashra_region region;
    bool dot_paper; /* the article groups digits with dots */
    struct nashra_arena *arena;
    const struct nashra_token *tokens;
    size_t count;
    uint64_t near;                   /* cues of all words of the sentence */
    const struct nashra_hint *hints; /* what the author asks for */
    size_t hint_count;
    bool agreement;              /* counted nouns take the form that their number asks for */
    struct nashra_phrase phrase; /* the reading that is being written */
    struct nashra_cut cuts[NASHRA_MAX_CUTS];
    size_t cut_count;
    /* what a class says of the phrase that it wrote */
    bool spelt;         /* it names letters or signs */
    bool foreign;       /* it begins with a word in Latin letters */
    bool wrote_article; /* the article of the token's prefix is in it */
    const char *noun;   /* the marks of the noun before it that it agrees with, where they are known; or NULL */
    float confidence;
    const struct nashra_amount *amount; /* of the number token at hand, or NULL */
    /* the last number phrase that was read: a second one after و or إلى leans on it */
    bool has_last;
    size_t last_end;
    enum nashra_class last_class;
    enum nashra_case last_case;
    enum nashra_gender year_gender;
    bool season; /* the last span of years was one */
    const struct nashra_label *last_label;
    enum nashra_counted_kind last_kind;
    enum nashra_gender last_gender; /* of what the last number counted */
    bool anaphora;   /* numbers without a noun go on counting that (38 مباراة فاز في 21 منها) */
    uint64_t speech; /* the cue of the last verb of speech: say or announce */
    size_t speech_at;
};

/* A number as it stands in digits, with the scale words after it. */
struct nashra_quantity {
    struct nashra_decimal value;
    unsigned scales[NASHRA_MAX_SCALES];
    size_t scale_count;
    unsigned shapes;   /* bits of enum nashra_shape */
    size_t digits_end; /* one past the digits' last token */
    size_t last;       /* one past the last token, scale words included */
};

/* A quantity and what is counted with it. */
struct nashra_amount {
    struct nashra_quantity quantity;
    enum nashra_counted_kind kind;
    size_t first; /* token */
    size_t thing; /* token of the noun, unit … */
    size_t last;
    struct nashra_noun_match noun;
    const struct nashra_unit *unit;
    const struct nashra_currency *currency;
    bool qualified; /* the currency's country is said */
    const char
        *nisba; /* of a currency whose minor unit is said (1.60 دولار كندي), the last token, masculine; or NULL */
    bool named;      /* the currency or unit is a word of the text */
    bool adjective;  /* an adjective in the feminine follows the noun of a dual and is its last token */
    size_t measured; /* token of what the one or two units hold (1 لتر حليب), the last one; or 0 */
    bool inflected;  /* a unit whose name and adjective are put into the form that the number asks for */
};

/* One candidate: a class, the tokens that it would take, and what it saw in them. */
struct nashra_reading {
    enum nashra_class cls;
    size_t first;
    size_t last; /* one past */
    unsigned shapes;
    uint64_t after; /* cues that the class itself saw behind the token */
    int points;
    int form; /* the class's own */
    struct nashra_amount amount;
    struct nashra_amount second;
    struct nashra_quantity part[3];
    const char *text; /* a reading found in a table */
    const struct nashra_label *label;
    size_t token; /* one that matters to the class */
};

/* ---- tokens ---- */
const struct nashra_token *nashra_scan_token(const struct nashra_scan *scan, size_t at); /* NULL outside */
bool nashra_scan_is_symbol(const struct nashra_scan *scan, size_t at, unsigned cp);      /* one, not repeated */
bool nashra_scan_is_word(const struct nashra_scan *scan, size_t at, const char *word);
bool nashra_scan_is_number(const struct nashra_scan *scan, size_t at);
/* %, in either script. */
bool nashra_scan_is_percent(const struct nashra_scan *scan, size_t at);
/* A hyphen or any dash, one. */
bool nashra_scan_is_dash(const struct nashra_scan *scan, size_t at);
/* The م or هـ behind a number. */
bool nashra_scan_is_era(const struct nashra_scan *scan, size_t at);
/* The sign in 1377هـ/1957م, 1377هـ-1957م, 827 هـ = 1424 م: the same date once more. */
bool nashra_scan_parts_eras(const struct nashra_scan *scan, size_t at);
/* The token begins where the one before ends. */
bool nashra_scan_glued(const struct nashra_scan *scan, size_t at);
/* The symbol's entry, or NULL when the token is no symbol or not listed. */
const struct nashra_symbol *nashra_scan_symbol(const struct nashra_scan *scan, size_t at);
/* Cues of the token; 0 outside. */
uint64_t nashra_scan_cues(const struct nashra_scan *scan, size_t at);
/* A pause mark, a bracket, or the end of the sentence. */
bool nashra_scan_is_edge(const struct nashra_scan *scan, size_t at);
/* The text of tokens that nothing parts, from `at`, at most `most` of them; `end` is one past the last. NULL: no
 * memory. */
const char *nashra_scan_joined(const struct nashra_scan *scan, size_t at, size_t most, size_t *end);
/* A month's name at `at`, of one or two words; its end goes to `last`. NULL when there is none. */
const struct nashra_month *nashra_scan_month(const struct nashra_scan *scan, size_t at, size_t *last);

/* ---- writing a reading ---- */
/* Words that the phrase gets from now on belong to `token`. */
void nashra_scan_cut(struct nashra_scan *scan, size_t token, enum nashra_pause pause);
void nashra_scan_cut_source(struct nashra_scan *scan, size_t token);
/* Words with their marks. */
int nashra_scan_say(struct nashra_scan *scan, enum nashra_saying saying);
int nashra_scan_words(struct nashra_scan *scan, const char *marked);
/* The word of a token as it stands. */
int nashra_scan_source(struct nashra_scan *scan, size_t token);
/* Latin letters of `text` by their names. */
int nashra_scan_spell(struct nashra_scan *scan, const char *text, size_t length);

#endif
