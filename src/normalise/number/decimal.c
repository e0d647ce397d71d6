/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as exact strings of digits. */
#include <string.h>

#include <nashra/utf8.h>

#include "number/cardinal.h"

static struct nashra_decimal decimal_of(const char *digits, size_t integer_length, const char *fraction,
                                        size_t fraction_length) {
    while (integer_length > 1 && *digits == '0') {
        digits++;
        integer_length--;
    }
    if (integer_length == 0) {
        digits = "0";
        integer_length = 1;
    }
    return (struct nashra_decimal){false, digits, integer_length, fraction, fraction_length};
}

static size_t copy_digits(const char *text, size_t length, char *out) {
    size_t count = 0;
    for (size_t at = 0, n; at < length; at += n) {
        unsigned codepoint;
        n = nashra_utf8_decode(text + at, length - at, &codepoint);
        int value = nashra_digit_value(codepoint);
        if (value >= 0)
            out[count++] = (char)('0' + value);
    }
    return count;
}

int nashra_decimal_make(struct nashra_arena *arena, const char *integer, size_t integer_length, const char *fraction,
                        size_t fraction_length, struct nashra_decimal *decimal) {
    if (!fraction)
        fraction_length = 0;
    char *digits = nashra_arena_alloc(arena, integer_length + fraction_length + 1);
    if (!digits)
        return NASHRA_ENOMEM;
    size_t count = copy_digits(integer, integer_length, digits);
    size_t decimals = fraction ? copy_digits(fraction, fraction_length, digits + count) : 0;
    *decimal = decimal_of(digits, count, digits + count, decimals);
    return NASHRA_OK;
}

bool nashra_decimal_value(const struct nashra_decimal *decimal, unsigned long long *value) {
    if (decimal->fraction_length > 0 || decimal->integer_length > NASHRA_NAMED_DIGITS)
        return false;
    *value = 0;
    for (size_t i = 0; i < decimal->integer_length; i++)
        *value = *value * 10 + (unsigned)(decimal->integer[i] - '0');
    return true;
}

static unsigned last_two(const char *digits, size_t length) {
    unsigned tail = 0;
    for (size_t i = length > 2 ? length - 2 : 0; i < length; i++)
        tail = tail * 10 + (unsigned)(digits[i] - '0');
    return tail;
}

bool nashra_fraction_is_spelt(const struct nashra_decimal *decimal) {
    enum { NAMED_FRACTION_DIGITS = 3 };
    size_t zeros = 0;
    while (zeros < decimal->fraction_length && decimal->fraction[zeros] == '0')
        zeros++;
    return decimal->fraction_length - zeros > NAMED_FRACTION_DIGITS;
}

enum nashra_counted nashra_decimal_counted(const struct nashra_decimal *decimal) {
    if (decimal->fraction_length == 0)
        return decimal->integer_length > NASHRA_NAMED_DIGITS
                   ? NASHRA_COUNTED_SINGULAR_GENITIVE
                   : nashra_counted_by(last_two(decimal->integer, decimal->integer_length));
    if (nashra_fraction_is_spelt(decimal))
        return NASHRA_COUNTED_SINGULAR_GENITIVE;
    enum nashra_counted counted = nashra_counted_by(last_two(decimal->fraction, decimal->fraction_length));
    bool adjective = counted == NASHRA_COUNTED_ONE || counted == NASHRA_COUNTED_TWO;
    return adjective ? NASHRA_COUNTED_SINGULAR_GENITIVE : counted;
}

/* ---- reading ---- */

/* A number reduced to one byte a character: digits, ',' '.', 'd' a sure decimal sign, 'g' a sure grouping sign. */
struct shape {
    char *text;
    size_t length;
    size_t count[128];
    size_t last; /* index of the last separator; length: none */
};

static char shape_of(unsigned codepoint) {
    int value = nashra_digit_value(codepoint);
    if (value >= 0)
        return (char)('0' + value);
    switch (codepoint) {
    case ',':
    case 0x060C:
        return ',';
    case '.':
        return '.';
    case 0x066B:
        return 'd';
    case 0x066C:
    case ' ':
    case '\'':
    case 0x00A0:
    case 0x2009:
    case 0x202F:
        return 'g';
    default:
        return '\0';
    }
}

static bool read_shape(const char *text, size_t length, struct shape *shape) {
    for (size_t at = 0, n; at < length; at += n) {
        unsigned codepoint;
        n = nashra_utf8_decode(text + at, length - at, &codepoint);
        char c = shape_of(codepoint);
        if (c == '\0')
            return false;
        shape->count[(unsigned char)c]++;
        shape->text[shape->length++] = c;
    }
    shape->last = shape->length;
    for (size_t i = shape->length; i-- > 0 && shape->last == shape->length;)
        if (shape->text[i] < '0' || shape->text[i] > '9')
            shape->last = i;
    return true;
}

/* A comma before exactly three digits groups, unless the number begins with 0. */
static bool comma_groups(const struct shape *shape) {
    return shape->length - shape->last == 4 && shape->last >= 1 && shape->text[0] != '0';
}

/* Where the decimal part begins: the index of its sign, or the length. */
static size_t decimal_sign(const struct shape *shape) {
    if (shape->last == shape->length)
        return shape->length;
    char last = shape->text[shape->last];
    size_t commas = shape->count[','], dots = shape->count['.'];
    if (last == 'g' || shape->count[(unsigned char)last] > 1)
        return shape->length;
    if (last == ',' && commas == 1 && dots == 0 && shape->count['g'] == 0 && comma_groups(shape))
        return shape->length;
    return shape->last;
}

/* Drops the grouping signs of the integer part when each stands before three digits. */
static bool drop_grouping(char *text, size_t *length) {
    size_t kept = 0, run = 0;
    bool grouped = false;
    char sign = '\0';
    for (size_t i = 0; i < *length; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (digit) {
            run++;
            text[kept++] = text[i];
            continue;
        }
        if (text[i] == 'd' || (sign && text[i] != sign) || run == 0 || run > 3 || (grouped && run != 3))
            return false;
        sign = text[i];
        grouped = true;
        run = 0;
    }
    *length = kept;
    return !grouped || run == 3;
}

static size_t skip_sign(const char *text, size_t length, bool *negative) {
    unsigned codepoint;
    size_t n = length ? nashra_utf8_decode(text, length, &codepoint) : 0;
    if (n == 0)
        return 0;
    *negative = codepoint == '-' || codepoint == 0x2212 || codepoint == 0x2013;
    return *negative || codepoint == '+' ? n : 0;
}

int nashra_decimal_parse(struct nashra_arena *arena, const char *text, size_t length, struct nashra_decimal *decimal) {
    bool negative = false;
    size_t sign = skip_sign(text, length, &negative);
    struct shape shape = {.text = nashra_arena_alloc(arena, length + 1)};
    if (!shape.text)
        return NASHRA_ENOMEM;
    if (!read_shape(text + sign, length - sign, &shape))
        return NASHRA_EDATA;
    size_t integer = decimal_sign(&shape);
    const char *fraction = shape.text + integer + 1;
    size_t fraction_length = integer < shape.length ? shape.length - integer - 1 : 0;
    if (shape.length == 0 || (integer < shape.length && fraction_length == 0))
        return NASHRA_EDATA;
    if (!drop_grouping(shape.text, &integer))
        return NASHRA_EDATA;
    *decimal = decimal_of(shape.text, integer, fraction, fraction_length);
    decimal->negative = negative;
    return NASHRA_OK;
}
