/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Restores the vowels of standard input, line by line:
 *   cc -std=c11 vowels.c -o vowels $(pkg-config --cflags --libs nashra) */
#include <stdio.h>
#include <string.h>

#include <nashra/nashra.h>

int main(void) {
    char line[4096];
    struct nashra_buffer marked = {0};
    struct nashra_diacritiser *diacritiser;
    int status = nashra_diacritiser_create(NULL, &diacritiser);
    if (status < 0)
        return nashra_exit_code(status);
    while (status >= 0 && fgets(line, sizeof line, stdin)) {
        nashra_buffer_clear(&marked);
        status = nashra_diacritise_line(diacritiser, line, strlen(line), &marked);
        fputs(nashra_buffer_string(&marked), stdout);
    }
    nashra_buffer_finish(&marked);
    nashra_diacritiser_destroy(diacritiser);
    return nashra_exit_code(status);
}
