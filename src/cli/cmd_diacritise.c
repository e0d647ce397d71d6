/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <string.h>

static const char help[] = "Usage: nashra diacritise [OPTION…] FILE\n"
                           "\n"
                           "Restores the vowels of plain text, line by line. Words, spaces, punctuation and\n"
                           "marks that are there already stay as they are. The output is UTF-8.\n"
                           "\n"
                           "  --lexicon FILE         marks:    .tsv, .pls or .dic (default: your own)\n"
                           "  --model FILE           another diacritiser model\n"
                           "  --strict               refuse damaged input\n";

struct marker {
    struct nashra_diacritiser *diacritiser;
    struct nashra_lexicon *lexicons[2]; /* the user's, which may be NULL, and Nashra's names */
    struct nashra_buffer known[2];      /* a line with the marks of the lexicons so far */
    struct nashra_buffer out;
};

static int mark_line(struct marker *marker, const char *line, size_t length) {
    int status = NASHRA_OK;
    for (size_t i = 0; i < 2 && status >= 0; i++) {
        struct nashra_buffer *known = &marker->known[i];
        if (!marker->lexicons[i])
            continue;
        nashra_buffer_clear(known);
        status = nashra_lexicon_mark_line(marker->lexicons[i], line, length, known);
        line = nashra_buffer_string(known);
        length = known->length;
    }
    nashra_buffer_clear(&marker->out);
    return status < 0 ? status : nashra_diacritise_line(marker->diacritiser, line, length, &marker->out);
}

static int mark_lines(struct marker *marker, const char *text, size_t length) {
    int status = NASHRA_OK;
    for (size_t from = 0; from < length && status >= 0 && !ferror(stdout);) {
        const char *end = memchr(text + from, '\n', length - from);
        size_t to = end ? (size_t)(end - text) : length;
        status = mark_line(marker, text + from, to - from);
        fwrite(nashra_buffer_string(&marker->out), 1, marker->out.length, stdout);
        if (end)
            putchar('\n');
        from = to + 1;
    }
    return status;
}

static int diacritise(const struct nashra_cli_options *options) {
    struct nashra_article *article = NULL;
    struct marker marker = {0};
    int status = nashra_cli_open(options, &article);
    if (status >= 0 && options->pipeline.lexicon)
        status = nashra_lexicon_open(options->pipeline.lexicon, &marker.lexicons[0]);
    if (status >= 0)
        status = nashra_lexicon_names(&marker.lexicons[1]);
    if (status >= 0)
        status = nashra_diacritiser_create(options->pipeline.model, &marker.diacritiser);
    if (status >= 0) {
        size_t length;
        const char *text = nashra_article_text(article, &length);
        status = mark_lines(&marker, text, length);
    }
    for (size_t i = 0; i < 2; i++) {
        nashra_buffer_finish(&marker.known[i]);
        nashra_lexicon_destroy(marker.lexicons[i]);
    }
    nashra_buffer_finish(&marker.out);
    nashra_diacritiser_destroy(marker.diacritiser);
    nashra_article_destroy(article);
    return status;
}

int nashra_cmd_diacritise(int argc, char **argv) {
    struct nashra_cli_options options = {0};
    int status = nashra_cli_parse(argc, argv, "Mls", &options);
    if (status < 0)
        return nashra_exit_code(status);
    if (options.help)
        fputs(help, stdout);
    return nashra_cli_finish(options.help ? NASHRA_OK : diacritise(&options));
}
