/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nashra's own format: word, reading, kind, flags; docs/FORMATS.md. */
#include "entry.h"

#include <string.h>

#include "lines.h"

static const char *const kind_names[] = {"reading", "phonemes", "ipa"};

/* Finds a word in a list between commas, and takes it out of the list by writing commas over it. */
static bool take_flag(char *flags, const char *name) {
    size_t length = strlen(name);
    for (char *at = flags; (at = strstr(at, name)); at += length)
        if ((at == flags || strchr(", ", at[-1])) && (!at[length] || strchr(", ", at[length]))) {
            memset(at, ',', length);
            return true;
        }
    return false;
}

/* True, or the cause was reported. */
static bool read_options(struct nashra_lexicon *lexicon, char *kind, char *flags, struct nashra_lex_source *source) {
    size_t kinds = sizeof kind_names / sizeof *kind_names, k = 0;
    while (*kind && k < kinds && strcmp(kind, kind_names[k]) != 0)
        k++;
    if (k == kinds) {
        nashra_lex_left_out(lexicon, source->line, "the kind \"%s\": it must be reading, phonemes or ipa", kind);
        return false;
    }
    source->kind = (enum nashra_lex_kind)k;
    source->exact = take_flag(flags, "exact");
    source->cased = take_flag(flags, "case");
    const char *left = flags + strspn(flags, ", ");
    if (*left)
        nashra_lex_left_out(lexicon, source->line, "the flag \"%s\": there are exact and case", left);
    return !*left;
}

static int read_line(struct nashra_lexicon *lexicon, char *line, size_t number) {
    char none[1] = "", *fields[5] = {none, none, none, none, none};
    size_t count = nashra_lex_split(line, fields, 5);
    struct nashra_lex_source source = {.written = fields[0], .value = fields[1], .line = number};
    if (count < 2)
        nashra_lex_left_out(lexicon, number, "one column: a tab belongs between the word and its reading");
    else if (!*fields[0])
        nashra_lex_left_out(lexicon, number, "no word in the first column");
    else if (!*fields[1])
        nashra_lex_left_out(lexicon, number, "no reading in the second column");
    else if (read_options(lexicon, fields[2], fields[3], &source))
        return nashra_lex_add(lexicon, &source);
    return NASHRA_OK;
}

int nashra_lex_read_tsv(struct nashra_lexicon *lexicon, char *bytes, size_t length) {
    return nashra_lex_read_lines(lexicon, bytes, length, read_line);
}

static const char head[] = "# A lexicon of Nashra. Columns, separated by one tab:\n"
                           "#   word     a word or a phrase, with or without marks\n"
                           "#   reading  how it is read: words, with or without marks; or phonemes\n"
                           "#   kind     reading (also when empty), phonemes (eSpeak's mnemonics) or ipa\n"
                           "#   flags    exact: not with clitics; case: capitals count; with a comma between\n"
                           "# A fifth column is a note. A line that begins with # is a comment.\n";

int nashra_lexicon_write_tsv(const struct nashra_lexicon *lexicon, struct nashra_buffer *out) {
    nashra_buffer_add_string(out, head);
    for (size_t i = 0; i < lexicon->count; i++) {
        const struct nashra_lex_entry *entry = lexicon->entries[i];
        bool plain = entry->kind == NASHRA_LEX_READING && !entry->exact && !entry->cased;
        /* A space keeps a hashtag from being a comment. */
        nashra_buffer_add_format(out, "%s%s\t%s", *entry->written == '#' ? " " : "", entry->written, entry->value);
        if (!plain)
            nashra_buffer_add_format(out, "\t%s", kind_names[entry->kind]);
        if (entry->exact || entry->cased)
            nashra_buffer_add_format(out, "\t%s%s%s", entry->exact ? "exact" : "",
                                     entry->exact && entry->cased ? "," : "", entry->cased ? "case" : "");
        nashra_buffer_add(out, "\n", 1);
    }
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
