/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"

#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { NUMBER_MOST = 1000000 };

/* --name VALUE and --name=VALUE. */
static const struct nashra_argument *find(const struct nashra_argument *arguments, int count, const char *given) {
    const size_t length = strcspn(given, "=");
    for (int i = 0; i < count; i++)
        if (strlen(arguments[i].name) == length && strncmp(arguments[i].name, given, length) == 0)
            return &arguments[i];
    return NULL;
}

static int take_number(const char *command, const struct nashra_argument *argument, const char *value) {
    char *end;
    *argument->number = strtol(value, &end, 10);
    if (end != value && !*end && *argument->number >= argument->least && *argument->number <= NUMBER_MOST)
        return NASHRA_OK;
    return nashra_fail(NASHRA_EUSAGE, "%s: %s %s: it must be a whole number from %ld to %d", command, argument->name,
                       value, argument->least, NUMBER_MOST);
}

static int take(const char *command, const struct nashra_argument *argument, int argc, char **argv, int *at) {
    const char *equals = strchr(argv[*at], '=');
    if (argument->flag) {
        *argument->flag = true;
        return equals ? nashra_fail(NASHRA_EUSAGE, "%s: %s takes no value", command, argument->name) : NASHRA_OK;
    }
    const char *value = equals ? equals + 1 : *at + 1 < argc ? argv[++*at] : NULL;
    if (!value)
        return nashra_fail(NASHRA_EUSAGE, "%s: %s needs a value", command, argument->name);
    if (argument->number)
        return take_number(command, argument, value);
    *argument->text = value;
    return NASHRA_OK;
}

int nashra_arguments_parse(int argc, char **argv, const struct nashra_argument *arguments, int count) {
    const char *command = argv[0];
    int operands = 0;
    bool options = true;
    for (int i = 1; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
            continue;
        }
        if (!options || argv[i][0] != '-' || !argv[i][1]) {
            argv[operands++] = argv[i];
            continue;
        }
        const struct nashra_argument *argument = find(arguments, count, argv[i]);
        if (!argument)
            return nashra_fail(NASHRA_EUSAGE, "%s: there is no option %s; `nashra %s --help` lists them", command,
                               argv[i], command);
        const int status = take(command, argument, argc, argv, &i);
        if (status < 0)
            return status;
    }
    return operands;
}
