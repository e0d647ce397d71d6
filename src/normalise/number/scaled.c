/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers before scale words: 5 مليون, 3.8 مليار دولار, 3800 مليار. */
#include <string.h>

#include "number/cardinal.h"

/* The value with the decimal point `power` digits further right; false when digits are left behind it or it has no
 * name. */
static bool shift(const struct nashra_decimal *decimal, unsigned power, unsigned long long *value) {
    size_t fraction = decimal->fraction_length;
    while (fraction > 0 && decimal->fraction[fraction - 1] == '0')
        fraction--;
    char digits[64];
    if (fraction > power || decimal->integer_length + power >= sizeof digits)
        return false;
    memcpy(digits, decimal->integer, decimal->integer_length);
    memset(digits + decimal->integer_length, '0', power);
    if (fraction > 0)
        memcpy(digits + decimal->integer_length, decimal->fraction, fraction);
    struct nashra_decimal shifted = {false, digits, decimal->integer_length + power, NULL, 0};
    while (shifted.integer_length > 1 && *shifted.integer == '0') {
        shifted.integer++;
        shifted.integer_length--;
    }
    return nashra_decimal_value(&shifted, value);
}

/* All scale words but the last belong to the number: ثلاثة آلاف مليار. */
static unsigned inner_power(const unsigned *scales, size_t count) {
    unsigned power = 0;
    for (size_t i = 0; i + 1 < count; i++)
        power += scales[i];
    return power;
}

/* 0.5 مليون and 3.8 مليار: the next scale down says the rest. */
static int write_value(struct nashra_counting *counting, unsigned long long value, const struct nashra_thing *noun,
                       enum nashra_gender gender, bool governs) {
    if (noun)
        return nashra_count_thing(counting, value, noun, governs);
    return nashra_count_cardinal(counting, value, gender, governs);
}

/* A number and a scale word as it stands, the noun in the genitive after it. */
static int write_as_thing(struct nashra_counting *counting, const struct nashra_decimal *decimal, unsigned inner,
                          unsigned last, const struct nashra_thing *noun, bool governs) {
    struct nashra_thing scale = nashra_thing_of_word(&counting->words->scale[last / 3]);
    unsigned long long count;
    int status = shift(decimal, inner, &count) ? nashra_count_thing(counting, count, &scale, noun || governs)
                                               : nashra_count_decimal_thing(counting, decimal, &scale, noun || governs);
    if (status < 0 || !noun)
        return status;
    return nashra_count_after(counting, noun, NASHRA_COUNTED_SINGULAR_GENITIVE, governs);
}

static bool is_scale(unsigned power) {
    return power >= 3 && power <= 18 && power % 3 == 0;
}

int nashra_count_scaled(struct nashra_counting *counting, const struct nashra_decimal *decimal, const unsigned *scales,
                        size_t scale_count, const struct nashra_thing *noun, enum nashra_gender gender, bool governs) {
    if (scale_count == 0 || !is_scale(scales[scale_count - 1]))
        return noun ? nashra_count_decimal_thing(counting, decimal, noun, governs)
                    : nashra_count_decimal(counting, decimal, gender, governs);
    unsigned inner = inner_power(scales, scale_count), last = scales[scale_count - 1];
    unsigned long long value, whole;
    bool fraction = decimal->fraction_length > 0 && !shift(decimal, inner, &whole);
    if (fraction && shift(decimal, inner + last, &value))
        return write_value(counting, value, noun, gender, governs);
    return write_as_thing(counting, decimal, inner, last, noun, governs);
}
