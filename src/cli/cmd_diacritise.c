/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char help[] =
    "Usage: nashra diacritise [--lexicon FILE] [--model FILE] FILE\n\n"
    "Restores the vowels of plain UTF-8 text, line by line. Words, spaces, punctuation and marks\n"
    "that are there already stay as they are.\n\n"
    "  --lexicon FILE         marks of words: .tsv, .pls or .dic (default: your own, if there is one)\n"
    "  --model FILE           another model\n";

struct marker {
    struct nashra_diacritiser *diacritiser;
    struct nashra_lexicon *lexicon; /* NULL: none */
    struct nashra_buffer known;     /* a line with the lexicon's marks */
};

static int mark_line(struct marker *marker, const char *line, size_t length, struct nashra_buffer *out) {
    nashra_buffer_clear(&marker->known);
    nashra_buffer_clear(out);
    if (!marker->lexicon)
        return nashra_diacritise_line(marker->diacritiser, line, length, out);
    int status = nashra_lexicon_mark_line(marker->lexicon, line, length, &marker->known);
    return status < 0 ? status
                      : nashra_diacritise_line(marker->diacritiser, nashra_buffer_string(&marker->known),
                                               marker->known.length, out);
}

static int diacritise_lines(struct marker *marker, FILE *in, const char *name) {
    struct nashra_buffer out = {0};
    char *line = NULL;
    size_t room = 0;
    int status = NASHRA_OK;
    for (ssize_t length; status >= 0 && !nashra_cli_signal() && (length = getline(&line, &room, in)) > 0;) {
        size_t text = (size_t)length;
        bool ended = line[text - 1] == '\n';
        status = mark_line(marker, line, text - ended, &out);
        fwrite(nashra_buffer_string(&out), 1, out.length, stdout);
        if (ended)
            putchar('\n');
        if (ferror(stdout))
            break;
    }
    if (status >= 0 && ferror(in))
        status = nashra_fail(NASHRA_EIO, "%s: %s", name, strerror(errno));
    free(line);
    nashra_buffer_finish(&out);
    return status;
}

static int open_input(const char *name, FILE **in) {
    struct stat info;
    *in = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
    if (!*in)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", name, strerror(errno));
    if (fstat(fileno(*in), &info) == 0 && S_ISDIR(info.st_mode)) {
        fclose(*in);
        return nashra_fail(NASHRA_ENOINPUT, "%s: a directory, not a file", name);
    }
    return NASHRA_OK;
}

static int diacritise(const struct nashra_cli_options *options) {
    struct marker marker = {0};
    FILE *in = NULL;
    int status = open_input(options->file, &in);
    if (status < 0)
        return status;
    if (options->pipeline.lexicon)
        status = nashra_lexicon_open(options->pipeline.lexicon, &marker.lexicon);
    if (status >= 0)
        status = nashra_diacritiser_create(options->pipeline.model, &marker.diacritiser);
    if (status >= 0)
        status = diacritise_lines(&marker, in, options->file);
    fclose(in);
    nashra_buffer_finish(&marker.known);
    nashra_diacritiser_destroy(marker.diacritiser);
    nashra_lexicon_destroy(marker.lexicon);
    return status;
}

int nashra_cmd_diacritise(int argc, char **argv) {
    struct nashra_cli_options options = {0};
    int status = nashra_cli_parse(argc, argv, "Ml", &options);
    if (status < 0)
        return nashra_exit_code(status);
    if (options.help)
        fputs(help, stdout);
    return nashra_cli_finish(options.help ? NASHRA_OK : diacritise(&options));
}
