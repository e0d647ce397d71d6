/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables of data/ say of words, symbols and letters. */
#ifndef NASHRA_NORMALISE_LEXIS_H
#define NASHRA_NORMALISE_LEXIS_H

#include <stdbool.h>
#include <stdint.h>

#include <nashra/normalise.h>
#include <nashra/number.h>

/* What a word makes of a number phrase to its right: governors.tsv. */
enum nashra_governor {
    NASHRA_GOVERNS_NOTHING,
    NASHRA_GOVERNS_PREPOSITION,  /* genitive */
    NASHRA_GOVERNS_NOUN,         /* a noun in construct: genitive */
    NASHRA_GOVERNS_INNA,         /* its noun: accusative */
    NASHRA_GOVERNS_KANA,         /* its predicate: accusative */
    NASHRA_GOVERNS_MEASURE,      /* بلغ: what follows is its object */
    NASHRA_GOVERNS_EXCEPT,       /* إلا */
    NASHRA_GOVERNS_PASSIVE,      /* a number right after it is its subject, after its subject its object (قتل) */
    NASHRA_GOVERNS_INTRANSITIVE, /* subject, then adverbial */
    NASHRA_GOVERNS_EITHER,       /* عقد: passive where it begins a sentence, transitive where it goes on */
    NASHRA_GOVERNS_TRANSITIVE,   /* object, the subject may stand between or in the verb */
    NASHRA_GOVERNS_NEGATION,     /* لم, لا: turns إلا */
    NASHRA_GOVERNS_FUNCTION,     /* a particle that no noun is and that governs nothing */
    NASHRA_GOVERNS_NOMINATIVE,   /* begins a sentence of its own: بينهم */
    NASHRA_GOVERNS_TOPIC,        /* عددهم: a predicate, unless كان or بلغ stand before it */
    NASHRA_GOVERNS_PRONOUN,      /* فيها: the verb before reaches over it */
    NASHRA_GOVERNS_RELATIVE,     /* الذي: stands for the subject of the verb behind it */
    NASHRA_GOVERNS_ADVERB        /* أمس: passed over */
};

/* What the neighbours of an ambiguous token may be: cues.tsv. Bits of a mask. */
enum nashra_cue {
    NASHRA_CUE_YEAR,        /* عام, سنة */
    NASHRA_CUE_PERIOD,      /* الفترة, خلال: a span of years may follow */
    NASHRA_CUE_SEASON,      /* موسم */
    NASHRA_CUE_SCORE,       /* فاز, تعادل, نتيجة */
    NASHRA_CUE_PHONE,       /* هاتف, فاكس */
    NASHRA_CUE_TIME,        /* الساعة */
    NASHRA_CUE_BETWEEN,     /* بين */
    NASHRA_CUE_FROM,        /* من */
    NASHRA_CUE_LETTER,      /* فيتامين, المجموعة */
    NASHRA_CUE_TEMPERATURE, /* الحرارة */
    NASHRA_CUE_SAY,         /* قال: إن */
    NASHRA_CUE_ANNOUNCE,    /* أعلن: أن */
    NASHRA_CUE_AGE,         /* عمر, السن */
    NASHRA_CUE_MONTH,       /* a month's name, of months.tsv */
    NASHRA_CUE_ERA,         /* هـ, م, ق.م after a year, of abbreviations.tsv */
    NASHRA_CUE_RATIO,       /* نسبة, مقياس */
    NASHRA_CUE_VERSION,     /* إصدار */
    NASHRA_CUE_PAGE,        /* كتاب, مجلد: ص is a page */
    NASHRA_CUE_CODE,        /* قانون, طراز: digits are a name */
    NASHRA_CUE_PERSON,      /* ملك, البابا: a Roman numeral may follow the name */
    NASHRA_CUE_DAY,         /* يوم, الأحد: a date may follow */
    NASHRA_CUE_PRICE,       /* سعر, لليتر: three digits after the point may be a fraction */
    NASHRA_CUE_LABEL,       /* of labels.tsv */
    NASHRA_CUE_UNIT,        /* a unit or currency follows; seen by the classes, not in a table */
    NASHRA_CUE_NOUN,        /* a counted noun follows; seen by the classes */
    NASHRA_CUE_ACTOR,       /* دولة, شركة: acts like people */
    NASHRA_CUE_EDGE,        /* the sentence's edge or a pause mark */
    NASHRA_CUE_DURATION,    /* استمر, دامت, منذ: a span of time, not a date */
    NASHRA_CUE_GOVERNED,    /* a preposition or a noun in construct: of governors.tsv */
    NASHRA_CUE_AMOUNT,      /* نحو, بلغ: an amount, not a year */
    NASHRA_CUE_RESULT,      /* نتيجة: names a score */
    NASHRA_CUE_SPAN,        /* يوم, عاما: a span of time, adverbial beside a verb */
    NASHRA_CUE_EVENT,       /* توفي, تأسس: a year may follow */
    NASHRA_CUE_DAYTIME,     /* صباحا, المساء: an hour may stand before it */
    NASHRA_CUE_DISTANCE,    /* متر, كم: three digits behind a dot before it are a group */
    NASHRA_CUE_SCRIPTURE,   /* إنجيل متى, رومية: chapter and verse follow */
    NASHRA_CUE_ORDINAL,     /* الأولى, الثانية: another ordinal may be joined to it */
    NASHRA_CUE_NAME,        /* دير, دن: part of a foreign name, behind which فان is no فإن */
    NASHRA_CUE_FALL,        /* هبط, خسر: says the minus of what it lost itself */
    NASHRA_CUE_CHANGE,      /* نقطة, هدف: counted with a sign, +3 نقاط */
    NASHRA_CUE_STRIKE,      /* دقت, حلت: the hour is its subject */
    NASHRA_CUE_MASDAR,      /* قصف, رفع: a verb, and its verbal noun */
    NASHRA_CUE_BLOW,        /* ضرب, هز and هزة, انفجار: what strikes a place, verb and noun */
    NASHRA_CUE_PLACE,       /* مدينة, مطار: a name behind it is in construct */
    NASHRA_CUE_HOTLINE,     /* الساخن, الطوارئ: a short number to call */
    NASHRA_CUE_COUNT
};
#define NASHRA_CUE_BIT(cue) (UINT64_C(1) << (cue))

enum nashra_calendar { NASHRA_GREGORIAN, NASHRA_HIJRI };

/* How an abbreviation is known from the letter that it looks like: abbreviations.tsv. */
enum nashra_abbreviation_use {
    NASHRA_ABBREVIATES_ALWAYS,
    NASHRA_ABBREVIATES_BEFORE_NAME,   /* د. أحمد */
    NASHRA_ABBREVIATES_BEFORE_NUMBER, /* ص 12 */
    NASHRA_ABBREVIATES_AFTER_YEAR,    /* 2022 م */
    NASHRA_ABBREVIATES_AFTER_TIME,    /* 10:30 ص */
    NASHRA_ABBREVIATES_IN_BRACKETS,   /* (ص) */
    NASHRA_ABBREVIATES_BEFORE_COLON,  /* ت: */
    NASHRA_ABBREVIATES_BEFORE_YEAR,   /* (ت 632 هـ) */
    NASHRA_ABBREVIATES_AFTER_SLASH,   /* كلم/ث */
    NASHRA_ABBREVIATES_BEFORE_WOMAN,  /* د. ليلى */
    NASHRA_ABBREVIATION_USES
};

enum nashra_symbol_role {
    NASHRA_SYMBOL_NAMED,  /* spoken by its name */
    NASHRA_SYMBOL_SILENT, /* decoration: bullets, rules */
    NASHRA_SYMBOL_COMMA,
    NASHRA_SYMBOL_SEMICOLON,
    NASHRA_SYMBOL_COLON,
    NASHRA_SYMBOL_STOP,
    NASHRA_SYMBOL_QUESTION,
    NASHRA_SYMBOL_EXCLAMATION,
    NASHRA_SYMBOL_DOTS, /* … */
    NASHRA_SYMBOL_DASH,
    NASHRA_SYMBOL_SLASH,
    NASHRA_SYMBOL_OPEN, /* brackets */
    NASHRA_SYMBOL_CLOSE,
    NASHRA_SYMBOL_QUOTE, /* either way */
    NASHRA_SYMBOL_QUOTE_OPEN,
    NASHRA_SYMBOL_QUOTE_CLOSE,
    NASHRA_SYMBOL_EMOJI
};

struct nashra_symbol {
    enum nashra_symbol_role role;
    const char *name; /* with marks; NULL for what is not spoken */
};

struct nashra_month {
    unsigned char number; /* from 1 */
    unsigned char calendar;
    unsigned char regions; /* bits of enum nashra_region that say this name */
    unsigned char words;   /* of the name */
    const char *marked;
};

enum nashra_label_kind {
    NASHRA_LABEL_ORDINAL,  /* المادة الخامسة */
    NASHRA_LABEL_CARDINAL, /* رقم عشرة */
    NASHRA_LABEL_NAME      /* ميغ تسعة وعشرون: a name that takes no case */
};

struct nashra_label {
    enum nashra_gender gender;
    enum nashra_label_kind kind;
};

struct nashra_lexeme {
    uint64_t cues;
    unsigned char governor;
    bool phrase_start; /* a key of two words begins with this one */
    const struct nashra_month *month;
    const struct nashra_label *label;
    const char *respelt;       /* with its hamza */
    const char **abbreviation; /* readings by use, each may be NULL; NULL: it is none (nashra_abbreviation()) */
    const char *acronym;
};

/* The reading of an abbreviation, or NULL; takes NULL. */
const char *nashra_abbreviation(const struct nashra_lexeme *lexeme, enum nashra_abbreviation_use use);

/* Fixed words that the normaliser adds: sayings.tsv. */
enum nashra_saying {
    NASHRA_SAY_FROM,
    NASHRA_SAY_TO,
    NASHRA_SAY_AND,
    NASHRA_SAY_AGAINST,
    NASHRA_SAY_YEAR_NOM,
    NASHRA_SAY_YEAR_ACC,
    NASHRA_SAY_YEAR_GEN,
    NASHRA_SAY_TWO_YEARS,
    NASHRA_SAY_DATE_OF,
    NASHRA_SAY_MINUS,
    NASHRA_SAY_PLUS,
    NASHRA_SAY_HIJRA,
    NASHRA_SAY_HALF,
    NASHRA_SAY_THIRD,
    NASHRA_SAY_QUARTER,
    NASHRA_SAY_LESS_THIRD,
    NASHRA_SAY_LESS_QUARTER,
    NASHRA_SAY_MIDNIGHT_NOM,
    NASHRA_SAY_MIDNIGHT_ACC,
    NASHRA_SAY_MIDNIGHT_GEN,
    NASHRA_SAY_MORNING,
    NASHRA_SAY_EVENING,
    NASHRA_SAY_POINT,
    NASHRA_SAY_DASH,
    NASHRA_SAY_SLASH,
    NASHRA_SAY_AT,
    NASHRA_SAY_UNDERSCORE,
    NASHRA_SAY_HASHTAG,
    NASHRA_SAY_MENTION,
    NASHRA_SAY_GROUP_OF,
    NASHRA_SAY_SYMBOL,
    NASHRA_SAY_EMOJI,
    NASHRA_SAY_PLUS_OR_MINUS,
    NASHRA_SAY_BELOW_ZERO,
    NASHRA_SAY_FLAG,
    NASHRA_SAY_SQUARE,
    NASHRA_SAY_CUBIC,
    NASHRA_SAY_PERIOD_GEN,
    NASHRA_SAY_ONE_OCLOCK,
    NASHRA_SAY_LESS,
    NASHRA_SAY_MINUTE_SINGULAR,
    NASHRA_SAY_MINUTE_PLURAL,
    NASHRA_SAY_CHAPTER,
    NASHRA_SAY_VERSE,
    NASHRA_SAY_PSALM,
    NASHRA_SAY_YEAR_FEMININE,
    NASHRA_SAY_PLUS_OF_NAME,
    NASHRA_SAY_HOUR_SINGULAR,
    NASHRA_SAY_SECOND_SINGULAR,
    NASHRA_SAY_PART_SINGULAR,
    NASHRA_SAY_OF_HUNDRED,
    NASHRA_SAY_OF_THOUSAND,
    NASHRA_SAY_OF_TEN,
    NASHRA_SAY_MORE_THAN_NOM,
    NASHRA_SAY_MORE_THAN_OBLIQUE,
    NASHRA_SAY_THE_HOUR,
    NASHRA_SAY_OVER,
    NASHRA_SAY_VERSION,
    NASHRA_SAY_COUNT
};

struct nashra_lexis;

int nashra_lexis_create(struct nashra_lexis **lexis);
void nashra_lexis_destroy(struct nashra_lexis *lexis);

/* All lookups give NULL when there is nothing. Words are bare. */
const struct nashra_lexeme *nashra_lexis_word(const struct nashra_lexis *lexis, const char *word, size_t length);
/* The right spelling of a word of spellings.tsv, not NUL-terminated. */
const char *nashra_lexis_spelling(const struct nashra_lexis *lexis, const char *word, size_t length,
                                  size_t *right_length);
/* A first name that women alone have, of first-names.tsv. */
bool nashra_lexis_is_womans_name(const struct nashra_lexis *lexis, const char *word, size_t length);
/* A Latin word, lower-case: its reading in Arabic letters. */
const char *nashra_lexis_latin(const struct nashra_lexis *lexis, const char *word, size_t length);
/* A Latin acronym, as written: its reading. */
const char *nashra_lexis_acronym(const struct nashra_lexis *lexis, const char *word, size_t length);
/* The name of a letter of either script, by its UTF-8. */
const char *nashra_lexis_letter(const struct nashra_lexis *lexis, const char *letter, size_t length);
const struct nashra_symbol *nashra_lexis_symbol(const struct nashra_lexis *lexis, const char *symbol, size_t length);
/* The name of a month in a region. Never NULL for 1 … 12. */
const char *nashra_lexis_month(const struct nashra_lexis *lexis, enum nashra_calendar calendar, unsigned number,
                               enum nashra_region region);
/* Never NULL. */
const char *nashra_lexis_saying(const struct nashra_lexis *lexis, enum nashra_saying saying);
/* What a cue weighs for a class, `place` as in weights.tsv. */
struct nashra_weight {
    enum nashra_class cls;
    unsigned char place; /* of enum nashra_place */
    unsigned char cue;   /* of enum nashra_cue, or of enum nashra_shape for NASHRA_PLACE_SHAPE */
    short points;
};
enum nashra_place {
    NASHRA_PLACE_ALWAYS,
    NASHRA_PLACE_BEFORE,
    NASHRA_PLACE_AFTER,
    NASHRA_PLACE_NEAR,
    NASHRA_PLACE_SHAPE
};
/* What the token itself looks like; a class says which of these hold. */
enum nashra_shape {
    NASHRA_SHAPE_YEAR,   /* 1000 … 2100 */
    NASHRA_SHAPE_RECENT, /* 1800 … 2100 */
    NASHRA_SHAPE_LEADING_ZERO,
    NASHRA_SHAPE_LONG,      /* seven digits and more */
    NASHRA_SHAPE_ASCENDING, /* the second number is larger */
    NASHRA_SHAPE_SMALL,     /* both under 10 … */
    NASHRA_SHAPE_SPACED,    /* spaces around the sign */
    NASHRA_SHAPE_GROUPED,
    NASHRA_SHAPE_GROUPED_DOT, /* one dot before exactly three digits */
    NASHRA_SHAPE_DOT_PAPER,   /* the article groups with dots */
    NASHRA_SHAPE_FRACTION,    /* has a decimal part */
    NASHRA_SHAPE_FULL_DATE,
    NASHRA_SHAPE_TWO_DIGITS,   /* of minutes */
    NASHRA_SHAPE_CONSECUTIVE,  /* 2014-2015 */
    NASHRA_SHAPE_SHORT_SECOND, /* 1998-99 */
    NASHRA_SHAPE_BRACKETED,
    NASHRA_SHAPE_COMMON, /* 1/2, 2/3, 3/4 */
    NASHRA_SHAPE_SIGNED,
    NASHRA_SHAPE_COUNT
};
const struct nashra_weight *nashra_lexis_weights(const struct nashra_lexis *lexis, enum nashra_class cls,
                                                 size_t *count);

#endif
