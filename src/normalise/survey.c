/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey.h"

#include <nashra/utf8.h>

/* Groups of exactly three digits behind dots, two of them at least, and no fourth digit: 13.914.300. */
bool nashra_survey_groups_with_dots(const char *text, size_t length) {
    enum { GROUP = 3 };
    size_t digits = 0, groups = 0;
    for (size_t at = 0; at <= length;) {
        unsigned cp = 0;
        size_t taken = at < length ? nashra_utf8_decode(text + at, length - at, &cp) : 1;
        at += taken;
        if (nashra_digit_value(cp) >= 0) {
            digits++;
            continue;
        }
        bool whole_group = groups == 0 ? digits >= 1 && digits <= GROUP : digits == GROUP;
        if (groups >= 2 && digits == GROUP && cp != '.')
            return true;
        groups = cp == '.' && whole_group ? groups + 1 : 0;
        digits = 0;
    }
    return false;
}
