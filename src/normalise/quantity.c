/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantity.h"

#include <string.h>

enum { MAX_PARTS = 12, GROUP = 3, NEAR = 24 /* tokens */ };
enum {
    COMMA = ',',
    DOT = '.',
    ARABIC_COMMA = 0x060C,
    DECIMAL_SEPARATOR = 0x066B,
    THOUSANDS_SEPARATOR = 0x066C,
    APOSTROPHE = 0x2019,
    NO_BREAK_SPACE = 0x00A0,
    LETTER_RA = 0x0631
};

/* Runs of digits with one sign between each two. */
struct parts {
    const struct nashra_token *digits[MAX_PARTS];
    unsigned separators[MAX_PARTS]; /* before digits[i], i > 0 */
    size_t count;
    size_t ends[MAX_PARTS]; /* token after digits[i] */
};

static unsigned separator_at(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    if (token == NULL || token->space)
        return 0;
    if (token->kind == NASHRA_TOKEN_WORD)
        return strcmp(token->text, "ر") == 0 ? LETTER_RA : 0;
    bool separates =
        token->kind == NASHRA_TOKEN_SYMBOL && token->repeat == 1 &&
        (token->cp == COMMA || token->cp == DOT || token->cp == ARABIC_COMMA || token->cp == DECIMAL_SEPARATOR ||
         token->cp == THOUSANDS_SEPARATOR || token->cp == '\'' || token->cp == APOSTROPHE);
    return separates ? token->cp : 0;
}

static struct parts collect(const struct nashra_scan *scan, size_t at) {
    struct parts parts = {.digits = {&scan->tokens[at]}, .count = 1, .ends = {at + 1}};
    for (size_t i = at + 1; parts.count < MAX_PARTS;) {
        unsigned separator = separator_at(scan, i);
        size_t next = i + 1;
        if (nashra_scan_is_number(scan, i) && scan->tokens[i].narrow && scan->tokens[i].length == GROUP) {
            separator = NO_BREAK_SPACE;
            next = i;
        } else if (separator == 0 || !nashra_scan_is_number(scan, next) || scan->tokens[next].space) {
            break;
        }
        parts.separators[parts.count] = separator;
        parts.digits[parts.count] = &scan->tokens[next];
        parts.ends[parts.count++] = next + 1;
        i = next + 1;
    }
    return parts;
}

static bool same_separators(const struct parts *parts, size_t first, size_t last) {
    for (size_t i = first + 1; i < last; i++)
        if (parts->separators[i] != parts->separators[first])
            return false;
    return true;
}

/* Do parts 0 … last-1 look like 1.250.000? */
static bool are_groups(const struct parts *parts, size_t last) {
    if (parts->digits[0]->length > GROUP || parts->digits[0]->text[0] == '0')
        return false;
    for (size_t i = 1; i < last; i++)
        if (parts->digits[i]->length != GROUP)
            return false;
    return same_separators(parts, 1, last);
}

static bool is_price_next(const struct nashra_scan *scan, size_t at) {
    for (size_t i = at; i < at + 3; i++)
        if (nashra_scan_cues(scan, i) & NASHRA_CUE_BIT(NASHRA_CUE_PRICE))
            return true;
    return false;
}

/* Money, kilogrammes and seconds come in fractions; of metres people write 1.75, and 2.429 metres are a mountain. */
static bool is_divisible(const struct nashra_scan *scan, size_t at) {
    const uint64_t divisible = NASHRA_CUE_BIT(NASHRA_CUE_UNIT) | NASHRA_CUE_BIT(NASHRA_CUE_SPAN);
    const uint64_t whole = NASHRA_CUE_BIT(NASHRA_CUE_YEAR) | NASHRA_CUE_BIT(NASHRA_CUE_DISTANCE);
    const struct nashra_token *token = nashra_scan_token(scan, at);
    uint64_t cues = nashra_scan_cues(scan, at);
    if (token == NULL || token->kind != NASHRA_TOKEN_WORD)
        return token != NULL && token->kind == NASHRA_TOKEN_LATIN;
    return ((cues & divisible) != 0 && (cues & whole) == 0) || is_price_next(scan, at) ||
           nashra_currency_find(scan->numbers, token->text, token->length, scan->region) != NULL ||
           nashra_unit_find(scan->numbers, token->text, token->length) != NULL;
}

/* 84.540 شخصا, 2.248 بلدية, 1.300 سنة: what is counted doesn't come in fractions. */
static bool counts_whole_things(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = nashra_scan_token(scan, at);
    if (token == NULL || token->kind != NASHRA_TOKEN_WORD)
        return false;
    if ((nashra_scan_cues(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_DISTANCE)) != 0)
        return true;
    bool noun = token->lexeme == NULL || token->lexeme->governor == NASHRA_GOVERNS_NOTHING ||
                token->lexeme->governor == NASHRA_GOVERNS_NOUN;
    if (!noun || is_divisible(scan, at))
        return false;
    int status = nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match);
    return status == 0 && match.noun.known && !match.article && !match.scale;
}

/* 569.797 نسمة, منهم 474.059 سعوديا: another number nearby tells what the dot is. */
static bool neighbour_groups(const struct nashra_scan *scan, size_t at) {
    size_t last = at + NEAR < scan->count ? at + NEAR : scan->count;
    for (size_t i = at > NEAR ? at - NEAR : 0; i + 3 < last; i++) {
        bool pair = i != at && nashra_scan_is_number(scan, i) && separator_at(scan, i + 1) == DOT &&
                    nashra_scan_is_number(scan, i + 2) && scan->tokens[i + 2].length == GROUP;
        if (pair && counts_whole_things(scan, i + 3))
            return true;
    }
    return false;
}

/* 133.056 ألف: nobody counts a hundred million in thousands. */
static bool is_thousand(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    return token != NULL && token->kind == NASHRA_TOKEN_WORD &&
           nashra_scale_find(scan->numbers, token->text, token->length) == GROUP;
}

enum meaning {
    MEANS_ONE_NUMBER,
    MEANS_GROUPS,
    MEANS_DECIMAL,
    MEANS_GROUPS_AND_DECIMAL,
    MEANS_REVERSED_DECIMAL,
    MEANS_LIST,
    MEANS_SOMETHING_ELSE
};

static enum meaning meaning_of_pair(const struct nashra_scan *scan, const struct parts *parts, unsigned *shapes) {
    unsigned separator = parts->separators[1];
    const struct nashra_token *first = parts->digits[0], *second = parts->digits[1];
    bool groups = are_groups(parts, 2);
    switch (separator) {
    case DECIMAL_SEPARATOR:
        return MEANS_DECIMAL;
    case THOUSANDS_SEPARATOR:
    case NO_BREAK_SPACE:
    case APOSTROPHE:
    case '\'':
        return groups ? MEANS_GROUPS : MEANS_ONE_NUMBER;
    case LETTER_RA: /* some agencies put the fraction first: 06ر107 */
        return first->text[0] == '0' && first->length > 1 ? MEANS_REVERSED_DECIMAL : MEANS_DECIMAL;
    case DOT:
        if (!groups)
            return MEANS_DECIMAL;
        if (is_thousand(scan, parts->ends[1]))
            return MEANS_DECIMAL;
        *shapes |= 1u << NASHRA_SHAPE_GROUPED_DOT;
        if (strcmp(second->text, "000") == 0 || counts_whole_things(scan, parts->ends[1]) ||
            (!is_divisible(scan, parts->ends[1]) && neighbour_groups(scan, parts->ends[1] - 3)))
            return MEANS_GROUPS;
        return scan->dot_paper && !is_price_next(scan, parts->ends[1]) ? MEANS_GROUPS : MEANS_DECIMAL;
    default:
        if (groups)
            return is_price_next(scan, parts->ends[1]) ? MEANS_DECIMAL : MEANS_GROUPS;
        return second->length > GROUP ? MEANS_LIST : MEANS_DECIMAL;
    }
}

static enum meaning meaning_of(const struct nashra_scan *scan, const struct parts *parts, unsigned *shapes) {
    if (parts->count == 1)
        return MEANS_ONE_NUMBER;
    if (parts->count == 2)
        return meaning_of_pair(scan, parts, shapes);
    size_t last = parts->count - 1;
    if (are_groups(parts, parts->count))
        return MEANS_GROUPS;
    if (are_groups(parts, last) && parts->separators[last] != parts->separators[1])
        return MEANS_GROUPS_AND_DECIMAL;
    if (parts->separators[1] != DOT)
        return MEANS_LIST;
    return parts->separators[2] == DOT ? MEANS_SOMETHING_ELSE : MEANS_DECIMAL;
}

static char *concatenate(struct nashra_arena *arena, const struct parts *parts, size_t last, size_t *length) {
    size_t n = 0;
    for (size_t i = 0; i < last; i++)
        n += parts->digits[i]->length;
    char *digits = nashra_arena_alloc(arena, n + 1);
    *length = 0;
    for (size_t i = 0; digits != NULL && i < last; i++) {
        memcpy(digits + *length, parts->digits[i]->text, parts->digits[i]->length);
        *length += parts->digits[i]->length;
    }
    return digits;
}

static int make(const struct nashra_scan *scan, const struct parts *parts, size_t whole, size_t fraction,
                struct nashra_quantity *quantity) {
    size_t length;
    char *digits = concatenate(scan->arena, parts, whole, &length);
    if (digits == NULL)
        return NASHRA_ENOMEM;
    const struct nashra_token *rest = fraction < parts->count ? parts->digits[fraction] : NULL;
    size_t last = fraction < parts->count && fraction >= whole ? fraction : whole - 1;
    quantity->digits_end = quantity->last = parts->ends[last];
    if (rest != NULL)
        quantity->shapes |= 1u << NASHRA_SHAPE_FRACTION;
    if (whole > 1)
        quantity->shapes |= 1u << NASHRA_SHAPE_GROUPED;
    if (length >= 7)
        quantity->shapes |= 1u << NASHRA_SHAPE_LONG;
    if (length > 1 && digits[0] == '0')
        quantity->shapes |= 1u << NASHRA_SHAPE_LEADING_ZERO;
    return nashra_decimal_make(scan->arena, digits, length, rest != NULL ? rest->text : NULL,
                               rest != NULL ? rest->length : 0, &quantity->value);
}

static int make_reversed(const struct nashra_scan *scan, const struct parts *parts, struct nashra_quantity *quantity) {
    quantity->digits_end = quantity->last = parts->ends[1];
    quantity->shapes |= 1u << NASHRA_SHAPE_FRACTION;
    return nashra_decimal_make(scan->arena, parts->digits[1]->text, parts->digits[1]->length, parts->digits[0]->text,
                               parts->digits[0]->length, &quantity->value);
}

bool nashra_quantity_digits_at(const struct nashra_scan *scan, size_t at, struct nashra_quantity *quantity,
                               int *status) {
    if (*status < 0 || !nashra_scan_is_number(scan, at))
        return false;
    struct parts parts = collect(scan, at);
    size_t none = parts.count, last = parts.count - 1;
    memset(quantity, 0, sizeof *quantity);
    switch (meaning_of(scan, &parts, &quantity->shapes)) {
    case MEANS_GROUPS:
        *status = make(scan, &parts, parts.count, none, quantity);
        break;
    case MEANS_DECIMAL:
        *status = make(scan, &parts, 1, 1, quantity);
        break;
    case MEANS_GROUPS_AND_DECIMAL:
        *status = make(scan, &parts, last, last, quantity);
        break;
    case MEANS_REVERSED_DECIMAL:
        *status = make_reversed(scan, &parts, quantity);
        break;
    case MEANS_SOMETHING_ELSE:
        return false;
    default:
        *status = make(scan, &parts, 1, none, quantity);
    }
    return *status == 0;
}

/* 2.5M مشاهدة, 300K متابع: the letter of a scale between digits and a noun. */
static unsigned scale_of_letter(const struct nashra_scan *scan, size_t at) {
    static const struct {
        const char *letter;
        unsigned power;
    } scales[] = {{"K", 3}, {"M", 6}, {"B", 9}};
    struct nashra_noun_match match;
    const struct nashra_token *letter = nashra_scan_token(scan, at), *noun = nashra_scan_token(scan, at + 1);
    if (letter == NULL || noun == NULL || letter->kind != NASHRA_TOKEN_LATIN || letter->space ||
        noun->kind != NASHRA_TOKEN_WORD ||
        nashra_noun_find(scan->numbers, scan->arena, noun->text, noun->length, &match) != 0 || !match.noun.known)
        return 0;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (strcmp(letter->text, scales[i].letter) == 0)
            return scales[i].power;
    return 0;
}

bool nashra_quantity_at(const struct nashra_scan *scan, size_t at, struct nashra_quantity *quantity, int *status) {
    if (!nashra_quantity_digits_at(scan, at, quantity, status))
        return false;
    unsigned letter = scale_of_letter(scan, quantity->last);
    if (letter != 0) {
        quantity->scales[quantity->scale_count++] = letter;
        quantity->last++;
    }
    while (quantity->scale_count < NASHRA_MAX_SCALES) {
        const struct nashra_token *token = nashra_scan_token(scan, quantity->last);
        if (token == NULL || token->kind != NASHRA_TOKEN_WORD)
            break;
        unsigned scale = nashra_scale_find(scan->numbers, token->text, token->length);
        if (scale == 0)
            break;
        quantity->scales[quantity->scale_count++] = scale;
        quantity->last++;
    }
    return true;
}

long nashra_quantity_plain(const struct nashra_scan *scan, size_t at) {
    enum { MAX_DIGITS = 9 };
    if (!nashra_scan_is_number(scan, at) || scan->tokens[at].length > MAX_DIGITS)
        return -1;
    long value = 0;
    for (const char *digit = scan->tokens[at].text; *digit != '\0'; digit++)
        value = 10 * value + (*digit - '0');
    return value;
}
