/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NVDA's speech dictionaries: pattern, replacement, case (0, 1), type (0 anywhere, 1 regular expression, 2 whole word),
 * separated by tabs; a comment line begins with #, a # of a pattern is written \#. */
#include "entry.h"

#include <string.h>

#include "lines.h"

static void unescape(char *field) {
    char *out = field;
    for (const char *in = field; *in; in++) {
        if (in[0] == '\\' && in[1] == '#')
            in++;
        *out++ = *in;
    }
    *out = '\0';
}

/* A regular expression that only names a whole word, \bword\b or ^word$, is one; NULL for all others. */
static char *plain_pattern(char *pattern) {
    size_t length = strlen(pattern);
    if (strncmp(pattern, "\\b", 2) == 0)
        pattern += 2, length -= 2;
    else if (*pattern == '^')
        pattern++, length--;
    if (length > 2 && strcmp(pattern + length - 2, "\\b") == 0)
        pattern[length - 2] = '\0';
    else if (length > 1 && pattern[length - 1] == '$')
        pattern[length - 1] = '\0';
    return *pattern && !strpbrk(pattern, "\\[](){}.*+?^$|") ? pattern : NULL;
}

static int read_line(struct nashra_lexicon *lexicon, char *line, size_t number) {
    char *fields[4];
    if (nashra_lex_split(line, fields, 4) < 4) {
        nashra_lex_left_out(lexicon, number,
                            "fewer than four columns: pattern, replacement, case and type, with tabs between");
        return NASHRA_OK;
    }
    unescape(fields[0]);
    unescape(fields[1]);
    struct nashra_lex_source source = {
        .written = fields[0], .value = fields[1], .cased = strcmp(fields[2], "1") == 0, .line = number};
    if (strcmp(fields[3], "1") == 0)
        source.written = plain_pattern(fields[0]);
    if (strlen(fields[3]) != 1 || !strchr("012", *fields[3]))
        nashra_lex_left_out(lexicon, number, "the type \"%s\": only 0, 1 and 2 are known", fields[3]);
    else if (!source.written)
        nashra_lex_left_out(lexicon, number, "a regular expression: only words and phrases can be taken over");
    else if (!*source.written || !*source.value)
        nashra_lex_left_out(lexicon, number, "an empty %s", *source.written ? "replacement" : "pattern");
    else
        return nashra_lex_add(lexicon, &source);
    return NASHRA_OK;
}

int nashra_lex_read_nvda(struct nashra_lexicon *lexicon, char *bytes, size_t length) {
    return nashra_lex_read_lines(lexicon, bytes, length, read_line);
}
