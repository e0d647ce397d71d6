/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BAR = 24, PLAIN_SECONDS = 10 };

static double seconds_since(const struct timespec *then) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

static uint64_t ended(const struct nashra_batch_counts *counts) {
    return counts->rendered + counts->cached + counts->current + counts->failed;
}

static void write_time(double seconds, char *out, size_t size) {
    unsigned long whole = seconds > 0 ? (unsigned long)(seconds + 0.5) : 0;
    if (whole < 3600)
        snprintf(out, size, "%lu:%02lu", whole / 60, whole % 60);
    else
        snprintf(out, size, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60, whole % 60);
}

/* What took no time, such as outputs that were there already, says nothing of
 * what is left. */
static double time_left(const struct nashra_batch_counts *counts, double passed) {
    uint64_t done = ended(counts), worked = done - counts->current;
    return worked == 0 ? 0 : passed / (double)worked * (double)(counts->jobs - done);
}

static void show_bar(const struct nashra_batch_counts *counts, double passed) {
    char bar[BAR + 1], left[32];
    uint64_t done = ended(counts), all = counts->jobs ? counts->jobs : 1;
    size_t full = (size_t)(done * BAR / all);
    memset(bar, '-', BAR);
    memset(bar, '#', full < BAR ? full : BAR);
    bar[BAR] = '\0';
    write_time(time_left(counts, passed), left, sizeof left);
    fprintf(stderr, "\r\033[K[%s] %" PRIu64 " of %" PRIu64 "  %.1f/s  %s left", bar, done, counts->jobs,
            passed > 0 ? (double)done / passed : 0, done - counts->current ? left : "?");
    if (counts->failed)
        fprintf(stderr, "  %" PRIu64 " failed", counts->failed);
}

/* A line for each tenth, and now and then when that takes long. A worker, who
 * knows no end, tells of what it did. */
static void show_line(struct nashra_batch_cli *cli, const struct nashra_batch_counts *counts, double passed) {
    char left[32];
    uint64_t done = ended(counts), tenth = counts->jobs / 10;
    bool step = counts->jobs && tenth && done / tenth > cli->shown / tenth;
    if (done == cli->shown || done == counts->jobs || (!step && passed - cli->shown_at < PLAIN_SECONDS))
        return;
    cli->shown = done;
    cli->shown_at = passed;
    write_time(time_left(counts, passed), left, sizeof left);
    if (counts->jobs)
        fprintf(stderr, "%" PRIu64 " of %" PRIu64 " jobs, %" PRIu64 " failed, %s left\n", done, counts->jobs,
                counts->failed, left);
    else
        fprintf(stderr, "%" PRIu64 " jobs, %" PRIu64 " failed, %" PRIu64 " waiting\n", done, counts->failed,
                counts->waiting);
}

static void show(const struct nashra_batch_counts *counts, void *user) {
    struct nashra_batch_cli *cli = user;
    double passed = seconds_since(&cli->began);
    if (cli->terminal && counts->jobs)
        show_bar(counts, passed);
    else
        show_line(cli, counts, passed);
}

static void report(const struct nashra_batch_event *event, void *user) {
    static const char *const ends[] = {"rendered", "cached", "current", "failed", "retried"};
    struct nashra_batch_cli *cli = user;
    if (!cli->report)
        return;
    json_t *line = json_pack("{s:s, s:s, s:s, s:i, s:s, s:f}", "origin", event->origin, "output", event->output, "end",
                             ends[event->end], "code", nashra_exit_code(event->status), "reason", event->reason,
                             "seconds", (double)event->frames / NASHRA_SPEECH_RATE);
    char *text = line ? json_dumps(line, JSON_COMPACT | JSON_REAL_PRECISION(9)) : NULL;
    if (text)
        fprintf(cli->report, "%s\n", text);
    free(text);
    json_decref(line);
}

/* A message in the middle of the bar would be unreadable. */
static void wipe_and_tell(enum nashra_log_level level, const char *message, void *user) {
    (void)user;
    fprintf(stderr, "\r\033[Knashra: %s%s\n", level == NASHRA_LOG_WARNING ? "warning: " : "", message);
}

int nashra_batch_cli_begin(struct nashra_batch_cli *cli) {
    if (cli->report_path) {
        cli->report = fopen(cli->report_path, "we");
        if (!cli->report)
            return nashra_fail(NASHRA_ECANTCREATE, "%s: %s", cli->report_path, strerror(errno));
        setvbuf(cli->report, NULL, _IOLBF, 0);
    }
    cli->terminal = isatty(STDERR_FILENO) == 1;
    if (cli->terminal)
        nashra_log_set_handler(wipe_and_tell, NULL);
    clock_gettime(CLOCK_MONOTONIC, &cli->began);
    cli->options.tick = show;
    cli->options.event = report;
    cli->options.user = cli;
    return NASHRA_OK;
}

static void sum_up(const struct nashra_batch_cli *cli, const struct nashra_batch_counts *c) {
    char speech[32], passed[32];
    write_time((double)c->frames / NASHRA_SPEECH_RATE, speech, sizeof speech);
    write_time(seconds_since(&cli->began), passed, sizeof passed);
    fprintf(stderr,
            "%" PRIu64 " rendered, %" PRIu64 " from the cache, %" PRIu64 " there already, %" PRIu64
            " failed in %s; %s of speech, %" PRIu64 " of %" PRIu64 " sentences from the cache\n",
            c->rendered, c->cached, c->current, c->failed, passed, speech, c->sentences_kept, c->sentences);
    if (c->jobs > ended(c))
        fprintf(stderr, "%" PRIu64 " not begun: run the same command again to go on\n", c->jobs - ended(c));
}

int nashra_batch_cli_end(struct nashra_batch_cli *cli, const struct nashra_batch_counts *counts, int status) {
    if (cli->terminal) {
        fputs("\r\033[K", stderr);
        nashra_log_set_handler(NULL, NULL);
    }
    sum_up(cli, counts);
    if (cli->report && fclose(cli->report) != 0 && status >= 0)
        status = nashra_fail(NASHRA_EIO, "%s: %s", cli->report_path, strerror(errno));
    return nashra_cli_finish(status < 0 ? status : counts->worst);
}
