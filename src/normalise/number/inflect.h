/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file inflect.h  Nominal inflection (إعراب): dictionary form → form for a case and a state.
 *
 * A dictionary form is nominative and indefinite with its marks; its ending tells its declension. */
#ifndef NASHRA_NORMALISE_INFLECT_H
#define NASHRA_NORMALISE_INFLECT_H

#include <stdbool.h>
#include <stddef.h>

#include "number/number.h"

enum nashra_declension {
    NASHRA_TRIPTOTE, /**< كِتَابٌ */
    NASHRA_TRIPTOTE_NO_ALIF, /**< دَوْلَةٌ, جُزْءٌ after alif, خَطَأٌ: no alif after the accusative's tanwin */
    NASHRA_TRIPTOTE_HAMZA,       /**< شَيْءٌ → شَيْئًا */
    NASHRA_DIPTOTE,              /**< مَرَاكِزُ: ممنوع من الصرف */
    NASHRA_SOUND_FEMININE,       /**< سَنَوَاتٌ */
    NASHRA_SOUND_MASCULINE,      /**< مُوَظَّفُونَ, عِشْرُونَ */
    NASHRA_SOUND_MASCULINE_ALIF, /**< مُصْطَفَوْنَ */
    NASHRA_DUAL_ENDING,          /**< كِتَابَانِ */
    NASHRA_DUAL_ENDING_HAMZA,    /**< خَطَآنِ */
    NASHRA_DEFECTIVE,            /**< قَاضٍ, ثَمَانٍ */
    NASHRA_DEFECTIVE_DIPTOTE,    /**< أَرَاضٍ */
    NASHRA_SHORTENED_YA,         /**< مُسْتَشْفًى */
    NASHRA_SHORTENED_ALIF,       /**< عَصًا */
    NASHRA_INVARIABLE,           /**< ذِكْرَى, يُورُو, أَحَدَ */
    NASHRA_DECLENSION_COUNT
};

enum nashra_state { NASHRA_STATE_INDEFINITE, NASHRA_STATE_DEFINITE, NASHRA_STATE_CONSTRUCT };

/** A dictionary form without its ending. `marked` may run on behind `marked_length`. */
struct nashra_stem {
    const char *marked;
    size_t marked_length;
    const char *bare;
    size_t bare_length;
    enum nashra_declension declension;
    bool vowelled; /**< false: the stem's vowels are unknown, only the ending's mark is certain */
};

/** Reads a dictionary form. `plural` tells أَرَاضٍ from قَاضٍ and سَنَوَاتٌ from أَصْوَاتٌ; for the latter `singular` is looked at
 * as well (NULL: the ات is an ending). Returns false when out of memory. */
bool nashra_stem_parse(struct nashra_arena *arena, const char *citation, bool plural, const char *singular,
                       struct nashra_stem *stem);

/** The dual's dictionary form by rule: دَوْلَةٌ → دَوْلَتَانِ, مُسْتَشْفًى → مُسْتَشْفَيَانِ, صَحْرَاءُ → صَحْرَاوَانِ; NULL when out of memory. */
const char *nashra_dual_of(struct nashra_arena *arena, const char *singular);

/** How one word is put into a phrase. */
struct nashra_inflection {
    enum nashra_case grammatical_case;
    enum nashra_state state;
    bool joined;    /**< with و before it */
    bool article;   /**< with ال before it, whatever the state: المئتا كتاب */
    unsigned flags; /**< of enum nashra_spoken_flags, added to what follows from state and stem */
};

/** Appends a form of a stem to a phrase. 0 or NASHRA_ENOMEM. */
int nashra_phrase_form(struct nashra_phrase *phrase, const struct nashra_stem *stem,
                       const struct nashra_inflection *inflection);

#endif
