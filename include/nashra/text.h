/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file text.h  What travels from the article to the loudspeaker: spans, words, sentences.
 *
 * A sentence is filled stage by stage: the normaliser writes its words, the diacritiser their marks, the phonemiser
 * their phonemes. All strings are UTF-8, NUL-terminated, and live in the sentence's arena.
 */
#ifndef NASHRA_TEXT_H
#define NASHRA_TEXT_H

#include <stddef.h>

#include <nashra/memory.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of the article's UTF-8 text, half open. */
struct nashra_span {
    size_t from;
    size_t to;
};

enum nashra_sentence_kind { NASHRA_TITLE, NASHRA_BYLINE, NASHRA_HEADING, NASHRA_TEXT };

/** The semiotic class of the token that a spoken word came from: the closed list behind `class` in JSON.
 *  docs/FORMATS.md explains each. */
enum nashra_class {
    NASHRA_CLASS_WORD,
    NASHRA_CLASS_CARDINAL,
    NASHRA_CLASS_ORDINAL,
    NASHRA_CLASS_YEAR,
    NASHRA_CLASS_DATE,
    NASHRA_CLASS_TIME,
    NASHRA_CLASS_YEARS,
    NASHRA_CLASS_DECIMAL,
    NASHRA_CLASS_FRACTION,
    NASHRA_CLASS_PERCENT,
    NASHRA_CLASS_CURRENCY,
    NASHRA_CLASS_MEASURE,
    NASHRA_CLASS_RANGE,
    NASHRA_CLASS_RATIO,
    NASHRA_CLASS_SCORE,
    NASHRA_CLASS_PHONE,
    NASHRA_CLASS_CODE,
    NASHRA_CLASS_LABEL,
    NASHRA_CLASS_ROMAN,
    NASHRA_CLASS_ACRONYM,
    NASHRA_CLASS_LATIN,
    NASHRA_CLASS_URL,
    NASHRA_CLASS_EMAIL,
    NASHRA_CLASS_HASHTAG,
    NASHRA_CLASS_ABBREVIATION,
    NASHRA_CLASS_SYMBOL,
    NASHRA_CLASS_EMOJI,
    NASHRA_CLASS_COUNT
};

/** The JSON name of a class, e.g. "cardinal"; never NULL. */
const char *nashra_class_name(enum nashra_class cls);
/** The JSON name of a kind, e.g. "title"; never NULL. */
const char *nashra_kind_name(enum nashra_sentence_kind kind);

/** The pause mark that follows a word. */
enum nashra_pause {
    NASHRA_PAUSE_NONE,
    NASHRA_PAUSE_PHRASE,     /**< a breath without a mark, placed by the phonemiser */
    NASHRA_PAUSE_COMMA,      /**< ، */
    NASHRA_PAUSE_SEMICOLON,  /**< ؛ */
    NASHRA_PAUSE_COLON,      /**< : */
    NASHRA_PAUSE_STOP,       /**< . */
    NASHRA_PAUSE_QUESTION,   /**< ؟ */
    NASHRA_PAUSE_EXCLAMATION /**< ! */
};

/** The mark as UTF-8 ("،"), "" for none and for a phrase. */
const char *nashra_pause_mark(enum nashra_pause pause);

/** How the voice moves at the end of a stretch, where the pause mark alone doesn't tell. */
enum nashra_tune {
    NASHRA_TUNE_OF_MARK,
    NASHRA_TUNE_LIST,          /**< a member of a list that another follows: rises */
    NASHRA_TUNE_OPEN_QUESTION, /**< asks who, when, which, or gives a choice (أم): falls */
    NASHRA_TUNE_BARE_QUESTION  /**< no word tells that it asks (not هل, not أ): rises most */
};

enum nashra_word_flags {
    NASHRA_WORD_QUOTE_OPEN = 1,  /**< a quotation begins before this word */
    NASHRA_WORD_QUOTE_CLOSE = 2, /**< a quotation ends after this word */
    NASHRA_WORD_WRITTEN = 4,     /**< the normaliser wrote it (it isn't in the source as such); its marks are final */
    NASHRA_WORD_CONSTRUCT = 8,   /**< governs the next word (idafa): ة is t, no tanwin; set where a stage is sure */
    NASHRA_WORD_SPELT = 16,      /**< a letter's or a symbol's name */
    NASHRA_WORD_ASKED = 32,      /**< read as the author asked for (a hint): no lexicon may change it */
    NASHRA_WORD_DECIDED = 64     /**< read as a lexicon says: no later one changes it, no editor need look at it */
};

/** How the author wants a stretch of the text to be read. */
enum nashra_say_as {
    NASHRA_AS_CARDINAL,
    NASHRA_AS_ORDINAL,
    NASHRA_AS_DIGITS,     /**< digit by digit */
    NASHRA_AS_CHARACTERS, /**< everything by its name */
    NASHRA_AS_DATE,
    NASHRA_AS_TIME,
    NASHRA_AS_PHONE,
    NASHRA_AS_FRACTION,
    NASHRA_AS_CURRENCY,
    NASHRA_AS_MEASURE,
    NASHRA_AS_YEAR,
    NASHRA_AS_NET,    /**< an address of the web or of mail */
    NASHRA_AS_ENGLISH /**< Latin letters and digits are the second voice's */
};

/** A wish for a stretch. */
struct nashra_hint {
    struct nashra_span span;
    enum nashra_say_as as;
    char order[4]; /**< of a date: "dmy", "ym" …; "" as the reader thinks best */
};

/** How a word is to be delivered, as the author asks. */
struct nashra_prosody {
    int rate;     /**< per cent of the voice's rate */
    int pitch;    /**< added to the voice's pitch, in its units: 70 are an octave */
    int pitch_hz; /**< not 0: in place of the voice's pitch, before `pitch` is added */
    int range;    /**< added to the range of the melody, in units of contours.tsv */
    int volume;   /**< per cent of the voice's volume; 0: silent */
};

/** A name of the author's for a place between words. */
struct nashra_bookmark {
    const char *name; /**< lives as long as the article */
    size_t word;      /**< stands before this word; the sentence's count: behind the last one */
    int before_pause; /**< not 0: before the pause that stands before the word */
};

struct nashra_word {
    const char *text;        /**< the spoken word's bare letters; Latin only where class is latin */
    const char *marked;      /**< before the diacritiser: NULL, or the word with the marks that are given and binding;
                                  after it: fully marked */
    const char *phonemes;    /**< eSpeak mnemonics, stress included; "" for a silent word; before the phonemiser NULL,
                                  or what the user's lexicon gives: it is kept */
    struct nashra_span span; /**< the source token; several words may share one */
    enum nashra_class cls;
    enum nashra_pause pause; /**< after the word */
    enum nashra_tune tune;   /**< of the stretch that ends with this word; set by the phonemiser */
    unsigned flags;          /**< of enum nashra_word_flags */
    float confidence;        /**< 0 … 1, of the whole reading: the least of the stages' */
    float ending_confidence; /**< 0 … 1, of the mark on the last letter; 1 before the diacritiser */
    int break_ms;            /**< milliseconds of silence after it in place of the pause's own; 0: the pause's own,
                                  negative: none */
    const struct nashra_prosody *prosody; /**< NULL: the voice as it is; lives as long as the article */
};

struct nashra_sentence {
    size_t index; /**< in the article, from 0 */
    enum nashra_sentence_kind kind;
    struct nashra_span span;
    int paragraph_end; /**< not 0: the last sentence of its paragraph */
    struct nashra_word *words;
    size_t count;
    struct nashra_arena *arena;      /**< borrowed; holds words and strings */
    const struct nashra_hint *hints; /**< that touch the span, in order; for the normaliser; the article's */
    size_t hint_count;
    const struct nashra_bookmark *bookmarks; /**< in order */
    size_t bookmark_count;
    int lead_ms;   /**< silence before the first word */
    int agreement; /**< not 0: a counted noun takes the form that its number asks for, whatever form is written */
    struct nashra_span unread; /**< letters that no word has, set by the normaliser: the initials of an agency's staff
                                  at the article's end, which are for the agency; empty where there are none */
};

#ifdef __cplusplus
}
#endif
#endif
