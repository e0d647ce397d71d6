/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file arguments.h  Arguments of the commands that have actions (`nashra feed add …`). */
#ifndef NASHRA_CLI_ARGUMENTS_H
#define NASHRA_CLI_ARGUMENTS_H

#include <stdbool.h>

/** An option of a command: exactly one of the three pointers is set. */
struct nashra_argument {
    const char *name; /* "--name" */
    const char **text;
    long *number; /* `least` … 1,000,000 */
    long least;
    bool *flag;
};

/** Takes the options out of argv[1] on, in any place before "--"; what remains is compacted to argv's front.
 *  @return the number of operands, or NASHRA_EUSAGE, reported. */
int nashra_arguments_parse(int argc, char **argv, const struct nashra_argument *arguments, int count);

#endif
