/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

static const char help[] = "Usage: nashra batch [OPTION…] MANIFEST -o DIR\n"
                           "\n"
                           "Renders the jobs of a manifest, a JSON object a line; - is standard input:\n"
                           "  {\"input\":\"article.txt\", \"output\":\"article.flac\"}\n"
                           "  {\"text\":\"وصل 15 وزيرا.\", \"output\":\"news/1.wav\", \"rate\":180, \"priority\":5}\n"
                           "  {\"script\":\"nine.ini\", \"output\":\"nine.wav\", \"bulletin\":{\"slot\":\"3:00\"}}\n"
                           "All errors of a manifest are told first. Run again after a stop, it goes on.\n"
                           "\n"
                           "  -o, --output DIR       where the outputs go; each appears when it is complete\n"
                           "  -j, --jobs N           processes (default: one a processor)\n"
                           "  --only K/N             the K-th of N shares of the jobs, for many machines\n"
                           "  --check                check the manifest, render nothing\n"
                           "  --cache DIR            what was made before (default ~/.cache/nashra)\n"
                           "  --cache-size SIZE      its bound (default 10G); --no-cache: none\n"
                           "  --queue URL            give the jobs to workers and wait for them:\n"
                           "                         redis://[[USER]:PASSWORD@]HOST[:PORT][/DB][?name=Q],\n"
                           "                         or @FILE that holds the URL\n"
                           "  --metrics FILE         Prometheus text file, kept up to date\n"
                           "  --report FILE          a JSON object for each job that ended\n"
                           "  --timeout SECONDS      the longest that a job may take (default: no limit)\n"
                           "For jobs that don't say otherwise: --rate, --pitch, --volume, --region,\n"
                           "--endings, --lexicon, --model, --strict. The exit code is the jobs' highest.\n";

/* A default that another machine or folder must understand. */
static void make_absolute(const char **path, char room[NASHRA_CLI_PATH]) {
    char *real = *path ? realpath(*path, NULL) : NULL;
    if (real && strlen(real) < NASHRA_CLI_PATH)
        *path = strcpy(room, real);
    free(real);
}

static int load(const struct nashra_batch_cli *cli, struct nashra_cli_options *options,
                struct nashra_manifest **manifest) {
    char lexicon[NASHRA_CLI_PATH], model[NASHRA_CLI_PATH];
    make_absolute(&options->pipeline.lexicon, lexicon);
    make_absolute(&options->pipeline.model, model);
    struct nashra_job_defaults defaults = {options->pipeline, options->strict};
    int status = nashra_manifest_load(options->file, &defaults, manifest);
    if (status >= 0 && cli->options.folder)
        status = nashra_manifest_spare(*manifest, cli->options.folder);
    return status >= 0 && cli->parts ? nashra_manifest_keep(*manifest, cli->part, cli->parts) : status;
}

static int work(struct nashra_batch_cli *cli, const struct nashra_manifest *manifest) {
    struct nashra_batch_counts counts = {0};
    nashra_cli_catch_signals();
    cli->options.stop_fd = nashra_cli_signal_fd();
    int status = nashra_batch_cli_begin(cli);
    if (status >= 0)
        status = cli->options.queue ? nashra_batch_submit(manifest, &cli->options, &counts)
                                    : nashra_batch_run(manifest, &cli->options, &counts);
    return nashra_batch_cli_end(cli, &counts, status);
}

int nashra_cmd_batch(int argc, char **argv) {
    struct nashra_batch_cli cli;
    struct nashra_cli_options options = {0};
    struct nashra_manifest *manifest = NULL;
    int status = nashra_batch_cli_parse(&argc, argv, false, &cli);
    if (status >= 0 && cli.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    if (status >= 0)
        status = nashra_cli_parse(argc, argv, "vresMl", &options);
    if (status >= 0 && !cli.options.folder && !cli.check)
        status = nashra_fail(NASHRA_EUSAGE, "batch: into which folder? Add -o DIR");
    if (status >= 0)
        status = load(&cli, &options, &manifest);
    int code = nashra_exit_code(status);
    if (status >= 0 && cli.check)
        fprintf(stderr, "%s: %zu jobs, no errors\n", options.file, nashra_manifest_count(manifest));
    else if (status >= 0)
        code = work(&cli, manifest);
    nashra_manifest_destroy(manifest);
    return code;
}
