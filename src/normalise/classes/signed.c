/* SPDX-License-Identifier: GPL-3.0-or-later */
/* -5, −5, +5, ±5, +50 دولة. A hyphen before something counted begins a line of a list, unless that has a sign by its
 * nature: degrees, points, money. */
#include <string.h>

#include "classes/classes.h"
#include "context/case.h"
#include "context/clause.h"
#include "context/weigh.h"
#include "quantity.h"

enum { LONGEST_ASIDE = 24 /* tokens */, FEWEST = 3 };
enum sign { SIGN_MINUS, SIGN_PLUS, SIGN_EITHER, SIGN_NONE, SIGN_MORE };

static bool thing_has(const struct nashra_scan *scan, const struct nashra_amount *amount, enum nashra_cue cue) {
    return amount->kind == NASHRA_COUNTS_NOUN && (nashra_scan_cues(scan, amount->thing) & NASHRA_CUE_BIT(cue)) != 0;
}

static bool is_degree(const struct nashra_scan *scan, const struct nashra_amount *amount) {
    return (amount->kind == NASHRA_COUNTS_UNIT && nashra_unit_is_temperature(amount->unit)) ||
           thing_has(scan, amount, NASHRA_CUE_TEMPERATURE);
}

/* بلغ السكان -7.5 مليون نسمة- ثلث البلاد: a dash that another one closes is a bracket. */
static bool is_closed_later(const struct nashra_scan *scan, size_t at) {
    size_t last = at + LONGEST_ASIDE < scan->count ? at + LONGEST_ASIDE : scan->count;
    for (size_t i = at + 2; i < last; i++) {
        bool closes = scan->tokens[i].cp == scan->tokens[at].cp && scan->tokens[i].kind == NASHRA_TOKEN_SYMBOL &&
                      !scan->tokens[i].space && scan->tokens[i - 1].kind == NASHRA_TOKEN_WORD;
        if (closes && (i + 1 == scan->count || scan->tokens[i + 1].space || nashra_scan_is_edge(scan, i + 1)))
            return true;
    }
    return false;
}

/* عند -390 نقطة, بلغ -2 مليون دولار: in the middle of a clause no line of a list begins. */
static bool takes_minus(const struct nashra_scan *scan, size_t at, const struct nashra_amount *amount) {
    if (amount->kind != NASHRA_COUNTS_NOUN || is_degree(scan, amount))
        return true;
    bool inside = at != 0 && scan->tokens[at - 1].kind == NASHRA_TOKEN_WORD;
    return inside && (amount->currency != NULL || thing_has(scan, amount, NASHRA_CUE_CHANGE));
}

/* +50 دولة, +3 ملايين: more than so many. Money, measures, points and degrees have a sign. */
static bool is_more(const struct nashra_scan *scan, size_t at, const struct nashra_amount *amount) {
    unsigned long long value;
    bool scaled = amount->quantity.scale_count != 0;
    if (!scaled && nashra_decimal_value(&amount->quantity.value, &value) && value < FEWEST)
        return false; /* 50% +1 */
    if (amount->kind == NASHRA_COUNTS_NOTHING)
        return scaled;
    if (scan->tokens[at].turned)
        return true; /* 50+ مليون دولار */
    return amount->kind == NASHRA_COUNTS_NOUN && amount->noun.noun.known && amount->currency == NULL &&
           amount->unit == NULL && !is_degree(scan, amount) && !thing_has(scan, amount, NASHRA_CUE_CHANGE);
}

/* تراجع السهم -2%: the verb says it, but not where the level is given (إلى -2). */
static bool is_said_by_verb(const struct nashra_scan *scan, size_t at, const struct nashra_amount *amount) {
    if (at == 0 || is_degree(scan, amount) || nashra_word_governs(&scan->tokens[at - 1]) == NASHRA_GOVERNS_PREPOSITION)
        return false;
    struct nashra_clause clause = nashra_clause_look_left(scan, at);
    return clause.found && (nashra_scan_cues(scan, clause.verb) & NASHRA_CUE_BIT(NASHRA_CUE_FALL)) != 0;
}

static enum sign sign_of(const struct nashra_scan *scan, size_t at, const struct nashra_amount *amount) {
    if (nashra_scan_is_symbol(scan, at, '+')) {
        bool said = (nashra_weigh_before(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_AMOUNT)) != 0; /* أكثر من 30+ */
        return !is_more(scan, at, amount) ? SIGN_PLUS : said ? SIGN_NONE : SIGN_MORE;
    }
    if (nashra_scan_is_symbol(scan, at, 0x00B1))
        return SIGN_EITHER;
    bool below_zero = nashra_scan_is_word(scan, amount->last, "تحت") &&
                      nashra_scan_is_word(scan, amount->last + 1, "الصفر"); /* the text says it itself */
    return below_zero || is_said_by_verb(scan, at, amount) ? SIGN_NONE : SIGN_MINUS;
}

int nashra_match_signed(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    int status = 0;
    bool plus = nashra_scan_is_symbol(scan, at, '+'), either = nashra_scan_is_symbol(scan, at, 0x00B1);
    bool minus = nashra_scan_is_symbol(scan, at, '-') || nashra_scan_is_symbol(scan, at, 0x2212) ||
                 nashra_scan_is_symbol(scan, at, 0x2013);
    if ((!plus && !either && !minus) || !nashra_scan_is_number(scan, at + 1))
        return 0;
    bool clitic = at != 0 && scan->tokens[at - 1].kind == NASHRA_TOKEN_WORD &&
                  nashra_proclitics_of(scan->tokens[at - 1].text, scan->tokens[at - 1].length) != 0; /* و-60 */
    bool apart = at == 0 || scan->tokens[at].space || nashra_scan_is_edge(scan, at - 1) || either || clitic;
    if (!apart || (scan->tokens[at + 1].space && !either) || (minus && at != 0 && is_closed_later(scan, at)))
        return 0;
    if (!nashra_amount_at(scan, at + 1, &reading->amount, &status))
        return status;
    if (minus && !takes_minus(scan, at, &reading->amount))
        return 0;
    if (minus && at != 0 && (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_CODE)) != 0)
        return 0; /* الأكسجين -16 */
    if (minus && scan->has_last && scan->last_end == at && scan->last_class == NASHRA_CLASS_YEAR)
        return 0; /* 1377 ه -1957 م */
    reading->form = (int)sign_of(scan, at, &reading->amount);
    reading->cls = nashra_class_of_amount(&reading->amount);
    reading->first = at;
    reading->last = reading->amount.last;
    bool degrees = reading->form == SIGN_MINUS && is_degree(scan, &reading->amount);
    reading->token = degrees && nashra_scan_is_word(scan, reading->last, "مئوية") ? reading->last++ : 0;
    reading->shapes = reading->amount.quantity.shapes | 1u << NASHRA_SHAPE_SIGNED;
    return 1;
}

/* The words before the number; what follows أكثر من is genitive, whatever the case of the whole. */
static int say_sign(struct nashra_scan *scan, enum sign sign, enum nashra_case *grammatical_case) {
    switch (sign) {
    case SIGN_PLUS:
        return nashra_scan_say(scan, NASHRA_SAY_PLUS);
    case SIGN_EITHER:
        return nashra_scan_say(scan, NASHRA_SAY_PLUS_OR_MINUS);
    case SIGN_MORE: {
        bool subject = *grammatical_case == NASHRA_NOMINATIVE;
        *grammatical_case = NASHRA_GENITIVE;
        return nashra_scan_say(scan, subject ? NASHRA_SAY_MORE_THAN_NOM : NASHRA_SAY_MORE_THAN_OBLIQUE);
    }
    default:
        return 0;
    }
}

int nashra_speak_signed(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_amount amount = reading->amount;
    struct nashra_case_guess guess = nashra_case_of_amount(scan, reading->first);
    int status = say_sign(scan, (enum sign)reading->form, &guess.grammatical_case);
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    if (status < 0)
        return status;
    bool below_zero = reading->form == SIGN_MINUS && is_degree(scan, &amount) &&
                      (amount.kind == NASHRA_COUNTS_NOUN || reading->token != 0);
    amount.quantity.value.negative = reading->form == SIGN_MINUS && !below_zero;
    status = nashra_amount_speak(scan, &amount, guess.grammatical_case, false);
    if (status == 0 && reading->token != 0) { /* -11 درجة مئوية */
        nashra_scan_cut_source(scan, reading->token);
        status = nashra_scan_source(scan, reading->token);
    }
    return status == 0 && below_zero ? nashra_scan_say(scan, NASHRA_SAY_BELOW_ZERO) : status;
}
