/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile sig_atomic_t caught_signal;
static int signal_pipe[2] = {-1, -1};

static void note_signal(int number) {
    int saved = errno;
    caught_signal = number;
    ssize_t written = write(signal_pipe[1], "", 1);
    (void)written;
    errno = saved;
}

void nashra_cli_catch_signals(void) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = note_signal}, before;
    if (pipe(signal_pipe) < 0)
        return; /* signals stay fatal, nothing else is lost */
    for (int i = 0; i < 2; i++) {
        fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
        fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
    }
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* nohup stays in force */
            sigaction(signals[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a reader that leaves is an error of write(), after which the draft is removed */
}

int nashra_cli_signal(void) {
    return caught_signal;
}

int nashra_cli_signal_fd(void) {
    return signal_pipe[0];
}

bool nashra_cli_stopped(void) {
    return caught_signal != 0;
}

static int open_operand(const struct nashra_cli_options *options, struct nashra_article **article) {
    const char *file = options->file;
    if (strncmp(file, "story:", 6) == 0)
        return nashra_cli_open_story(file, article);
    if (!nashra_is_url(file))
        return nashra_article_open_as(file, &options->reading, article);
    const struct nashra_fetch_request request = {
        .url = file, .allow_http = options->allow_http, .stopped = nashra_cli_stopped};
    return nashra_page_article(&request, article);
}

int nashra_cli_open(const struct nashra_cli_options *options, struct nashra_article **article) {
    int status = open_operand(options, article);
    if (status >= 0 && options->ssml && !nashra_article_delivery(*article)) {
        nashra_article_destroy(*article);
        *article = NULL;
        return nashra_fail(NASHRA_EDATA, "%s: not SSML: it must begin with <speak>", options->file);
    }
    if (status >= 0 && options->strict && nashra_article_damage(*article) > 0) {
        nashra_article_destroy(*article);
        *article = NULL;
        return nashra_fail(NASHRA_EDATA, "%s: damaged, and --strict was given", options->file);
    }
    return status;
}

bool nashra_cli_is_same_file(const char *a, const char *b) {
    struct stat one, other;
    return strcmp(a, "-") != 0 && strcmp(b, "-") != 0 && stat(a, &one) == 0 && stat(b, &other) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

int nashra_cli_finish(int status) {
    if ((fflush(stdout) != 0 || ferror(stdout)) && status >= 0)
        status = nashra_fail(NASHRA_EIO, "standard output: %s", strerror(errno));
    return caught_signal ? 128 + caught_signal : nashra_exit_code(status);
}

static int visit_all(const struct nashra_article *article, struct nashra_pipeline *pipeline, struct nashra_arena *arena,
                     nashra_cli_sentence_fn visit, void *user) {
    size_t count;
    nashra_article_segments(article, &count);
    int status = nashra_pipeline_begin(pipeline, article);
    for (size_t i = 0; i < count && status >= 0 && !caught_signal && !ferror(stdout); i++) {
        struct nashra_sentence sentence;
        nashra_arena_reset(arena);
        status = nashra_pipeline_sentence(pipeline, i, arena, &sentence);
        if (status >= 0)
            status = visit(pipeline, article, &sentence, user);
    }
    return status;
}

int nashra_cli_each_sentence(const struct nashra_cli_options *options, nashra_cli_sentence_fn visit, void *user) {
    struct nashra_article *article = NULL;
    struct nashra_pipeline *pipeline = NULL;
    struct nashra_arena *arena = NULL;
    int status = nashra_cli_open(options, &article);
    if (status >= 0)
        status = nashra_pipeline_create(&options->pipeline, &pipeline);
    if (status >= 0 && !(arena = nashra_arena_create()))
        status = NASHRA_ENOMEM;
    if (status >= 0)
        status = visit_all(article, pipeline, arena, visit, user);
    nashra_arena_destroy(arena);
    nashra_pipeline_destroy(pipeline);
    nashra_article_destroy(article);
    return status;
}

void nashra_cli_print_words(FILE *out, const struct nashra_sentence *sentence, bool marked) {
    for (size_t i = 0; i < sentence->count; i++) {
        const struct nashra_word *word = &sentence->words[i];
        fprintf(out, "%s%s%s", i ? " " : "", marked && word->marked ? word->marked : word->text,
                nashra_pause_mark(word->pause));
    }
}
