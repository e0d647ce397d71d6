/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

static const char help[] = "Usage: nashra worker [OPTION…] --queue URL -o DIR\n"
                           "\n"
                           "Renders the jobs that `nashra batch --queue URL` gives, until it is stopped:\n"
                           "SIGTERM and SIGINT let what was begun be finished and give the rest back. Any\n"
                           "number of workers may run on any number of machines.\n"
                           "\n"
                           "  --queue URL            redis://[[USER]:PASSWORD@]HOST[:PORT][/DB][?name=Q],\n"
                           "                         unix:PATH[?…], or @FILE that holds the URL\n"
                           "  -o, --output DIR       the same storage for all workers of a queue\n"
                           "  -j, --jobs N           processes (default: one a processor)\n"
                           "  --cache DIR            what was made before (default ~/.cache/nashra)\n"
                           "  --cache-size SIZE      its bound (default 10G); --no-cache: none\n"
                           "  --metrics FILE         Prometheus text file, kept up to date\n"
                           "  --report FILE          a JSON object for each job that ended\n"
                           "  --timeout SECONDS      the longest that a job may take (default: no limit)\n"
                           "  --steal-after SECONDS  of silence after which another worker's jobs are taken\n"
                           "                         over (default 30)\n";

static int work(struct nashra_batch_cli *cli) {
    struct nashra_batch_counts counts = {0};
    nashra_cli_catch_signals();
    cli->options.stop_fd = nashra_cli_signal_fd();
    int status = nashra_batch_cli_begin(cli);
    if (status >= 0)
        status = nashra_worker_run(&cli->options, &counts);
    return nashra_batch_cli_end(cli, &counts, status);
}

int nashra_cmd_worker(int argc, char **argv) {
    struct nashra_batch_cli cli;
    int status = nashra_batch_cli_parse(&argc, argv, true, &cli);
    if (status >= 0 && cli.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    if (status >= 0 && argc > 1)
        status = nashra_fail(NASHRA_EUSAGE,
                             argv[1][0] == '-' ? "worker: there is no option %s; `nashra worker --help` lists them"
                                               : "worker: '%s' is one too many; `nashra worker --help` tells more",
                             argv[1]);
    if (status >= 0 && !cli.options.queue)
        status = nashra_fail(NASHRA_EUSAGE, "worker: of which queue? Add --queue redis://HOST");
    if (status >= 0 && !cli.options.folder)
        status = nashra_fail(NASHRA_EUSAGE, "worker: into which folder? Add -o DIR");
    return status < 0 ? nashra_exit_code(status) : work(&cli);
}
