/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char help[] =
    "Usage: nashra diacritise [--model FILE] FILE\n\n"
    "Restores the vowels of plain UTF-8 text, line by line. Words, spaces, punctuation and marks\n"
    "that are there already stay as they are.\n";

static int diacritise_lines(struct nashra_diacritiser *diacritiser, FILE *in, const char *name) {
    struct nashra_buffer out = {0};
    char *line = NULL;
    size_t room = 0;
    int status = NASHRA_OK;
    for (ssize_t length; status >= 0 && !nashra_cli_signal() && (length = getline(&line, &room, in)) > 0;) {
        size_t text = (size_t)length;
        bool ended = line[text - 1] == '\n';
        nashra_buffer_clear(&out);
        status = nashra_diacritise_line(diacritiser, line, text - ended, &out);
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

int nashra_cmd_diacritise(int argc, char **argv) {
    struct nashra_cli_options options = {0};
    struct nashra_diacritiser *diacritiser = NULL;
    FILE *in = NULL;
    int status = nashra_cli_parse(argc, argv, "M", &options);
    if (status < 0)
        return nashra_exit_code(status);
    if (options.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    status = open_input(options.file, &in);
    if (status >= 0) {
        status = nashra_diacritiser_create(options.pipeline.model, &diacritiser);
        if (status >= 0)
            status = diacritise_lines(diacritiser, in, options.file);
        fclose(in);
    }
    nashra_diacritiser_destroy(diacritiser);
    return nashra_cli_finish(status);
}
