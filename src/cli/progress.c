/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "progress.h"

#include "cli.h"

#include <unistd.h>

static bool on_terminal(void) {
    return isatty(STDERR_FILENO) == 1;
}

void nashra_progress_sentence(size_t count, const struct nashra_sentence *sentence) {
    if (!on_terminal())
        return;
    fprintf(stderr, "\r\033[K%zu/%zu  ", sentence->index + 1, count);
    nashra_cli_print_words(stderr, sentence, false);
    fputs("\r\n", stderr);
}

void nashra_progress_count(size_t done, size_t all, const char *what) {
    if (on_terminal())
        fprintf(stderr, "\r\033[K%s: %zu of %zu", what, done, all);
}

void nashra_progress_end(void) {
    if (on_terminal())
        fputs("\r\033[K", stderr);
}
