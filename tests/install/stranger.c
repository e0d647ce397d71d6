/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smallest program of another project that uses the installed library. */
#include <stdio.h>

#include <nashra/nashra.h>

int main(void) {
    struct nashra_numbers *numbers;
    struct nashra_buffer words = {0};
    struct nashra_number_form form = {.gender = NASHRA_FEMININE};
    int status = nashra_numbers_create(&numbers);
    if (status < 0)
        return nashra_exit_code(status);
    status = nashra_number_spell(numbers, "23", &form, &words, NULL);
    puts(nashra_buffer_string(&words));
    nashra_buffer_finish(&words);
    nashra_numbers_destroy(numbers);
    return nashra_exit_code(status);
}
