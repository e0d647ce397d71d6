/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file cli.h  What the commands of `nashra` share. A command returns the process exit code. */
#ifndef NASHRA_CLI_H
#define NASHRA_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include <nashra/nashra.h>

int nashra_cmd_say(int argc, char **argv);
int nashra_cmd_render(int argc, char **argv);
int nashra_cmd_bulletin(int argc, char **argv);
int nashra_cmd_text(int argc, char **argv);
int nashra_cmd_explain(int argc, char **argv);
int nashra_cmd_diacritise(int argc, char **argv);
int nashra_cmd_number(int argc, char **argv);
int nashra_cmd_lexicon(int argc, char **argv);
int nashra_cmd_batch(int argc, char **argv);
int nashra_cmd_worker(int argc, char **argv);
int nashra_cmd_announce(int argc, char **argv);
int nashra_cmd_selftest(int argc, char **argv);
int nashra_cmd_fetch(int argc, char **argv);
int nashra_cmd_feed(int argc, char **argv);
int nashra_cmd_library(int argc, char **argv);

enum { NASHRA_CLI_PATH = 1024 };

struct nashra_cli_options {
    struct nashra_pipeline_options pipeline;
    const char *device;
    const char *output;
    bool marks_full;
    bool json;
    bool phonemes;
    bool ipa;
    bool strict;
    bool allow_http;
    bool raw;
    int timeout; /* seconds; 0: the usual */
    bool ssml;
    const char *timing;
    struct nashra_reading reading; /* of pictures in pages and books */
    bool help;
    const char *file;                   /* the one operand; "-" is stdin, a URL is fetched, story:N is the library's */
    char user_lexicon[NASHRA_CLI_PATH]; /* what pipeline.lexicon points at when none was named */
};

/** Parses a command's arguments. `accepted` holds the letters of the options that the command knows:
 *  D device, o output, v voice (--rate --pitch --volume), r region, e endings, m marks, f format, p phonemes, i ipa,
 *  s strict, M model, H allow-http, R raw, T timeout, S ssml, W timing, P captions
 *  and alt of pictures, l lexicon: the user's own where none is named.
 * @return 0, or NASHRA_EUSAGE, reported with the way to the command's help. */
int nashra_cli_parse(int argc, char **argv, const char *accepted, struct nashra_cli_options *options);

/** Opens the operand; with `strict` a damaged article is refused, with `ssml` one that isn't SSML. 0 or negative. */
int nashra_cli_open(const struct nashra_cli_options *options, struct nashra_article **article);

/** Opens story:NUMBER or story:newest of the user's own library. 0 or negative. */
int nashra_cli_open_story(const char *name, struct nashra_article **article);

/** Appends a whole file, or stdin for "-". 0, NASHRA_ENOINPUT, NASHRA_EDATA (too large) or NASHRA_EIO. */
int nashra_cli_read(const char *path, struct nashra_buffer *bytes);
/** Writes all of `text` to stdout where `path` is NULL or "-", else into a file that appears when it is complete. */
int nashra_cli_write(const char *path, const struct nashra_buffer *text);

/** Are both names of one file that exists? "-" is none. */
bool nashra_cli_is_same_file(const char *a, const char *b);

/** Ends a command that wrote to stdout: a failed write is NASHRA_EIO, reported. Returns the exit code. */
int nashra_cli_finish(int status);

/** From here on SIGINT, SIGTERM and SIGHUP are noted, not fatal, and SIGPIPE is ignored. */
void nashra_cli_catch_signals(void);
/** The signal that came, or 0. */
int nashra_cli_signal(void);
/** True once a signal came. */
bool nashra_cli_stopped(void);
/** Readable once a signal came. */
int nashra_cli_signal_fd(void);

/** Called with each sentence of the article as the text stages leave it. Not 0 ends the reading. */
typedef int (*nashra_cli_sentence_fn)(const struct nashra_pipeline *pipeline, const struct nashra_article *article,
                                      const struct nashra_sentence *sentence, void *user);
/** Reads the operand through the pipeline. 0 or negative. */
int nashra_cli_each_sentence(const struct nashra_cli_options *options, nashra_cli_sentence_fn visit, void *user);

/** Writes a sentence as it will be spoken, pause marks attached, without a line end. */
void nashra_cli_print_words(FILE *out, const struct nashra_sentence *sentence, bool marked);

#endif
