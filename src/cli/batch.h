/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file batch.h  What `nashra batch` and `nashra worker` share: their options,
 * their progress. */
#ifndef NASHRA_CLI_BATCH_H
#define NASHRA_CLI_BATCH_H

#include <stdio.h>
#include <time.h>

#include <nashra/batch.h>

#include "cli.h"

struct nashra_batch_cli {
    struct nashra_batch_options options;
    char cache[NASHRA_CLI_PATH]; /* the folder that options.cache points at when
                                    none was named */
    size_t part, parts;          /* --only; 0: all */
    bool check;                  /* --check */
    bool help;
    FILE *report;
    const char *report_path;
    bool terminal;
    struct timespec began;
    uint64_t shown; /* jobs that the last plain line told of */
    double shown_at;
};

/** Takes the options of both commands out of the arguments; what is left is
 * argv[0 … *argc). @param worker whether it is that command's: it has fewer. 0
 * or NASHRA_EUSAGE (reported). */
int nashra_batch_cli_parse(int *argc, char **argv, bool worker, struct nashra_batch_cli *cli);

/** Opens the report and begins to show progress on stderr. 0,
 * NASHRA_ECANTCREATE or NASHRA_ENOMEM. */
int nashra_batch_cli_begin(struct nashra_batch_cli *cli);
/** Ends both and sums up. @return the exit code. */
int nashra_batch_cli_end(struct nashra_batch_cli *cli, const struct nashra_batch_counts *counts, int status);

#endif
