/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/ascii.h>

int nashra_ascii_compare(const char *a, const char *b) {
    while (*a && nashra_ascii_lower(*a) == nashra_ascii_lower(*b)) {
        a++;
        b++;
    }
    return (unsigned char)nashra_ascii_lower(*a) - (unsigned char)nashra_ascii_lower(*b);
}

bool nashra_ascii_same(const char *a, const char *b) {
    return nashra_ascii_compare(a, b) == 0;
}

bool nashra_ascii_begins(const char *text, size_t length, const char *word) {
    size_t i = 0;
    while (i < length && word[i] && nashra_ascii_lower(text[i]) == nashra_ascii_lower(word[i]))
        i++;
    return word[i] == '\0';
}
