/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file number.h  The number grammar as the normaliser uses it: phrases of inflected, marked words.
 *
 * Each function appends words to a phrase. Words join with و by themselves inside one call; calls do not join to
 * each other (use nashra_phrase_prefix() for that). Strings live in the phrase's arena.
 */
#ifndef NASHRA_NORMALISE_NUMBER_H
#define NASHRA_NORMALISE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/memory.h>
#include <nashra/normalise.h>
#include <nashra/number.h>

/* ---- phrases ---- */

enum nashra_spoken_flags {
    NASHRA_SPOKEN_CONSTRUCT = 1, /**< governs the next word in the genitive (idafa) */
    NASHRA_SPOKEN_PARTIAL = 2,   /**< `marked` holds only what is certain: the stem or the ending lacks its marks */
    NASHRA_SPOKEN_NOUN = 4,      /**< a counted noun, its adjective or what follows it: not a number word */
    NASHRA_SPOKEN_ARTICLE = 8    /**< begins with the article, clitics aside */
};

struct nashra_spoken {
    const char *bare;
    const char *marked; /**< never NULL; equals `bare` when nothing is known */
    unsigned flags;     /**< of enum nashra_spoken_flags */
};

/** A growing list of words. Zero-initialise all but `arena`. */
struct nashra_phrase {
    struct nashra_arena *arena; /**< borrowed */
    struct nashra_spoken *words;
    size_t count;
    size_t capacity;
};

/** Appends one word that does not inflect, given with its marks. 0 or NASHRA_ENOMEM. */
int nashra_phrase_word(struct nashra_phrase *phrase, const char *marked);
/** Appends several such words, parted by single spaces. */
int nashra_phrase_words(struct nashra_phrase *phrase, const char *marked);
/** Puts clitics before a word: any run of و ف ب ك ل and ال, bare or marked ("و", "ب", "وَبِال"). ل + ال gives لل;
 *  the article's lam and a sun letter are marked as they should be. */
int nashra_phrase_prefix(struct nashra_phrase *phrase, size_t index, const char *clitics);

/* ---- how a phrase stands ---- */

enum nashra_definiteness {
    NASHRA_INDEFINITE,
    NASHRA_DEFINITE, /**< the article goes where grammar puts it: خمسة الكتب, السبع والعشرون دولة, without a noun الخمسة
                      */
    NASHRA_DEFINITE_NUMBER /**< on the number whatever it is: الخمسة كتب, الكتب الخمسة, السبع والعشرون */
};

/** Zero-initialised: masculine noun, nominative, indefinite, nothing follows. */
struct nashra_stance {
    enum nashra_gender gender; /**< of the counted noun's singular; ignored when a noun is given */
    enum nashra_case grammatical_case;
    enum nashra_definiteness definite;
    bool
        construct; /**< without a noun argument: the counted noun follows (written by the caller, or it stands in the
                        text): مئتا, ألفا, ثماني, أحد عشر ألفَ. With one: a genitive follows the noun (خمسةُ لاعبي كرة) */
};

/* ---- numerals: exact, as digits ---- */

struct nashra_decimal {
    bool negative;
    const char *integer; /**< ASCII digits without leading zeros, at least "0"; not NUL-terminated */
    size_t integer_length;
    const char *fraction; /**< ASCII digits as written, trailing zeros included; length 0: none */
    size_t fraction_length;
};

/** Reads a number by itself, as `nashra number` does: sign, any digits, grouping and decimal part as in section 3 of
 *  the house style (a comma before exactly three digits groups, a lone dot is a decimal point).
 *  @return 0, NASHRA_EDATA (not reported: the caller knows the place) or NASHRA_ENOMEM. */
int nashra_decimal_parse(struct nashra_arena *arena, const char *text, size_t length, struct nashra_decimal *decimal);
/** Makes one of digits (any of the three kinds; every other character is skipped) that the caller has already told
 *  apart. `fraction` may be NULL. */
int nashra_decimal_make(struct nashra_arena *arena, const char *integer, size_t integer_length, const char *fraction,
                        size_t fraction_length, struct nashra_decimal *decimal);
/** The value of an integer, without its sign; false when it has a fraction or more than 19 digits, which are read in
 *  groups of digits. */
bool nashra_decimal_value(const struct nashra_decimal *decimal, unsigned long long *value);

/** Which form of its counted noun a number asks for, by its last part. */
enum nashra_counted {
    NASHRA_COUNTED_ONE,                 /**< 1, …01: noun + واحد, written by nashra_phrase_count() */
    NASHRA_COUNTED_TWO,                 /**< 2, …02: the dual, written by nashra_phrase_count() */
    NASHRA_COUNTED_PLURAL,              /**< 3-10: plural genitive */
    NASHRA_COUNTED_SINGULAR_ACCUSATIVE, /**< 11-99 */
    NASHRA_COUNTED_SINGULAR_GENITIVE    /**< 0, whole hundreds and thousands; a fraction of 1 or 2 (3.2, 0.01) */
};
/** By the last part that is spoken, with فاصلة the fraction's: 3.5 asks for the plural (ثلاثة فاصلة خمسة
 * كيلومترات), 3.25 for the singular accusative. */
enum nashra_counted nashra_decimal_counted(const struct nashra_decimal *decimal);

/* ---- nouns ---- */

enum nashra_grammatical_number { NASHRA_SINGULAR, NASHRA_DUAL, NASHRA_PLURAL };

/** A noun by its dictionary forms: nominative, indefinite, with marks (كِتَابٌ, كُتُبٌ, مَرَاكِزُ, أَرَاضٍ, مُسْتَشْفًى). The ending
 * tells how it inflects. A form without marks is one whose vowels nobody knows. */
struct nashra_noun {
    const char *singular;
    const char *dual;      /**< NULL: by rule */
    const char *plural;    /**< NULL: has none, the singular serves */
    const char *adjective; /**< masculine singular; agrees with the noun (مُرَبَّعٌ); or NULL */
    const char *tail;      /**< words after it that do not change (فِي السَّاعَةِ); or NULL */
    enum nashra_gender gender;
    bool human;
    bool known; /**< from a table; false: guessed by the rules for unknown nouns */
};

/** What a surface word is a form of. */
struct nashra_noun_match {
    struct nashra_noun noun;
    const char *form; /**< the dictionary form that was recognised: the singular, the dual or one of the plurals */
    enum nashra_grammatical_number number;
    bool accusative_alif; /**< كتابا */
    bool oblique;         /**< كتابين, مسؤولين: not nominative */
    bool construct; /**< كتابا with a dual's lost ن is never assumed; مسؤولو, مسؤولي, كتابي are */
    bool article;   /**< الكتاب: the article was taken off */
    bool scale; /**< ألف, ملايين, مليار …: read with nashra_scale_find() and nashra_phrase_scaled() */
};

/** Finds the noun of a word of the text, bare or marked, without clitics other than the article. Unknown words get a
 *  guess by their ending (`noun.known` false). Never fails but for memory: 0 or NASHRA_ENOMEM. */
int nashra_noun_find(const struct nashra_numbers *numbers, struct nashra_arena *arena, const char *word, size_t length,
                     struct nashra_noun_match *match);

/** Has a bare stem the shape of a verbal noun of a derived verb (إحراز, تسجيل, انتخاب)? */
bool nashra_noun_is_verbal(const char *stem, size_t length);

/** Appends a noun (its adjective and tail too) in a form of one's choice. stance.construct: a genitive follows.
 *  NASHRA_DEFINITE and NASHRA_DEFINITE_NUMBER alike put the article on it. */
int nashra_phrase_noun(struct nashra_phrase *phrase, const struct nashra_noun *noun,
                       enum nashra_grammatical_number number, struct nashra_stance stance);

/** Appends a word of the text that follows its number, letters unchanged, with the marks that the number asks for when
 *  the word is the form that it asks for (20 شخصا → شَخْصًا, 3 أشهر → أَشْهُرٍ); else with flag PARTIAL and what is certain of
 *  its stem (15 كتاب → كِتَاب). stance.construct: a genitive follows the word. */
int nashra_phrase_noun_as_written(struct nashra_phrase *phrase, const char *word, size_t length,
                                  const struct nashra_noun_match *match, enum nashra_counted counted,
                                  struct nashra_stance stance);

/* ---- cardinals and what they count ---- */

/** A whole number in words; no noun is written (1 → واحد, 2 → اثنان). Over 19 digits in groups of digits. A fraction is
 *  read with فاصلة; a minus with سالب. */
int nashra_phrase_cardinal(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                           const struct nashra_decimal *decimal, struct nashra_stance stance);

/** Number and noun in full agreement: كتاب واحد, كتابان, ثلاثة كتب, أحد عشر كتابا, مئة كتاب وكتابان. With a fraction
 * both parts take the noun's gender and the noun follows the last: ست فاصلة ثلاث درجات. */
int nashra_phrase_count(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                        const struct nashra_decimal *decimal, const struct nashra_noun *noun,
                        struct nashra_stance stance);

/** Digit by digit, zeros included: صفر خمسة صفر. */
int nashra_phrase_digits(const struct nashra_numbers *numbers, struct nashra_phrase *phrase, const char *digits,
                         size_t length);

/** Power of ten of a scale word in any form and number (ألف 3, آلاف 3, مليونا 6, ملايين 6, مليار 9, بليون 9, تريليون 12
 * …), or 0. */
unsigned nashra_scale_find(const struct nashra_numbers *numbers, const char *word, size_t length);

/** Number before a scale word, and a noun or NULL: 5 مليون دولار → خمسة ملايين دولار; 3.8 مليار → ثلاثة مليارات
 * وثمانمئة مليون; 3800 مليار → ثلاثة آلاف وثمانمئة مليار. `scales`: powers of ten as they stand in the text (ألف مليار:
 * 3, 9). Without a noun stance.construct says that one follows. */
int nashra_phrase_scaled(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                         const struct nashra_decimal *decimal, const unsigned *scales, size_t scale_count,
                         const struct nashra_noun *noun, struct nashra_stance stance);

/* ---- ordinals, years, fractions, percent ---- */

/** الثالث, الثالثة, ثالث; الحادي والعشرون; الأول بعد المئة. stance.gender is the ordinal's own. */
int nashra_phrase_ordinal(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                          const struct nashra_decimal *decimal, struct nashra_stance stance);

/** A year as a genitive after عام (masculine) or سنة (feminine): ألفين وأربعة عشر / وأربع عشرة. The word عام isn't
 * written. */
int nashra_phrase_year(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                       const struct nashra_decimal *year, enum nashra_gender gender);

/** نصف, ثلثان, ثلاثة أرباع, خمسة من اثني عشر; with a whole part واحد ونصف (`whole` may be NULL). */
int nashra_phrase_fraction(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                           const struct nashra_decimal *whole, unsigned long numerator, unsigned long denominator,
                           struct nashra_stance stance);

/** اثنا عشر فاصلة خمسة في المئة. */
int nashra_phrase_percent(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                          const struct nashra_decimal *decimal, struct nashra_stance stance);

/* ---- money and measures ---- */

struct nashra_currency; /**< owned by the tables */
struct nashra_unit;

/** By symbol, abbreviation, ISO code or name in any form ($, ر.س, ر.س., SAR, دولارا, ريالات). Where several countries
 * share a name or a symbol the region decides. NULL when there is none. */
const struct nashra_currency *nashra_currency_find(const struct nashra_numbers *numbers, const char *text,
                                                   size_t length, enum nashra_region region);
/** The major unit's noun; with `qualified` and its country's adjective (دولار أمريكي). */
struct nashra_noun nashra_currency_noun(const struct nashra_currency *currency, bool qualified);

/** The masculine of the adjective of its country, with marks; or NULL. */
const char *nashra_currency_adjective(const struct nashra_currency *currency);

/** An amount with minor units: ألف ومئتان وخمسون ريالا وخمس وسبعون هللة. A fraction longer than the minor unit's digits
 * is read with فاصلة. `scales` as in nashra_phrase_scaled(), may be NULL. `adjective`: of the major unit, in the
 * masculine (دولارا كنديا وستين سنتا), or NULL. */
int nashra_phrase_money(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                        const struct nashra_decimal *amount, const unsigned *scales, size_t scale_count,
                        const struct nashra_currency *currency, const char *adjective, struct nashra_stance stance);

/** By symbol or abbreviation (كم, م², °C, km/h, كم/س, ب/ي). NULL when there is none. */
const struct nashra_unit *nashra_unit_find(const struct nashra_numbers *numbers, const char *text, size_t length);
/** The unit's noun with its adjective and tail (كيلومتر في الساعة). */
struct nashra_noun nashra_unit_noun(const struct nashra_unit *unit);
/** True for degrees, whose negatives are تحت الصفر. */
bool nashra_unit_is_temperature(const struct nashra_unit *unit);

/** مئة وعشرين كيلومترا في الساعة; -5 °C → خمس درجات مئوية تحت الصفر. */
int nashra_phrase_measure(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                          const struct nashra_decimal *amount, const unsigned *scales, size_t scale_count,
                          const struct nashra_unit *unit, struct nashra_stance stance);

#endif
