/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

#include <string.h>

#include <nashra/utf8.h>

/* Cuts the next line out of `*rest`; NULL after the last, "" for one that was reported. */
static char *next_line(struct nashra_lexicon *lexicon, char **rest, const char *end, size_t line) {
    char *start = *rest;
    if (!start)
        return NULL;
    char *stop = memchr(start, '\n', (size_t)(end - start));
    size_t length = (size_t)((stop ? stop : end) - start);
    *rest = stop ? stop + 1 : NULL;
    if (stop)
        *stop = '\0';
    if (length > 0 && start[length - 1] == '\r')
        start[--length] = '\0';
    size_t valid = nashra_utf8_valid_prefix(start, length);
    if (valid < length)
        nashra_lex_left_out(lexicon, line, "not UTF-8 from byte %zu of the line on", valid + 1);
    else if (strlen(start) < length)
        nashra_lex_left_out(lexicon, line, "a NUL byte");
    else
        return start;
    *start = '\0';
    return start;
}

static char *trim(char *field) {
    field += strspn(field, " ");
    size_t length = strlen(field);
    while (length > 0 && field[length - 1] == ' ')
        field[--length] = '\0';
    return field;
}

size_t nashra_lex_split(char *line, char **fields, size_t most) {
    size_t count = 0;
    for (char *next = line; next && count < most;) {
        char *field = next;
        next = strchr(field, '\t');
        if (next)
            *next++ = '\0';
        fields[count++] = trim(field);
    }
    return count;
}

int nashra_lex_read_lines(struct nashra_lexicon *lexicon, char *bytes, size_t length, nashra_lex_line_fn read) {
    char *rest = bytes;
    const char *end = bytes + length;
    int status = NASHRA_OK;
    size_t number = 1;
    for (char *line; status >= 0 && (line = next_line(lexicon, &rest, end, number)); number++)
        if (*line != '#' && line[strspn(line, " \t")] != '\0')
            status = read(lexicon, line, number);
    return status;
}
