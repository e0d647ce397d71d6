/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORKERS_MOST = 256, SECONDS_MOST = 7 * 24 * 3600 };

struct batch_option {
    const char *name;
    const char *letter; /* "" for none */
    bool flag;
    bool worker; /* `nashra worker` has it, too */
    int (*take)(struct nashra_batch_cli *cli, const char *value);
};

static int take_number(const char *name, const char *value, unsigned most, unsigned *number) {
    char *end;
    errno = 0;
    long long parsed = strtoll(value, &end, 10);
    if (errno || end == value || *end || parsed < 1 || parsed > (long long)most)
        return nashra_fail(NASHRA_EUSAGE, "%s %s: it must be a whole number from 1 to %u", name, value, most);
    *number = (unsigned)parsed;
    return NASHRA_OK;
}

static int take_jobs(struct nashra_batch_cli *cli, const char *value) {
    return take_number("-j", value, WORKERS_MOST, &cli->options.workers);
}

static int take_timeout(struct nashra_batch_cli *cli, const char *value) {
    return take_number("--timeout", value, SECONDS_MOST, &cli->options.timeout);
}

static int take_steal(struct nashra_batch_cli *cli, const char *value) {
    return take_number("--steal-after", value, SECONDS_MOST, &cli->options.steal_after);
}

static int take_only(struct nashra_batch_cli *cli, const char *value) {
    char rest;
    if (sscanf(value, "%zu/%zu%c", &cli->part, &cli->parts, &rest) != 2 || cli->part < 1 || cli->part > cli->parts ||
        strchr(value, '-'))
        return nashra_fail(NASHRA_EUSAGE, "--only %s: it must be a share and their number, such as 2/8", value);
    return NASHRA_OK;
}

static int take_folder(struct nashra_batch_cli *cli, const char *value) {
    cli->options.folder = value;
    return NASHRA_OK;
}

static int take_cache(struct nashra_batch_cli *cli, const char *value) {
    cli->options.cache = value;
    return NASHRA_OK;
}

static int take_no_cache(struct nashra_batch_cli *cli, const char *value) {
    (void)value;
    cli->options.cache = "";
    return NASHRA_OK;
}

static int take_cache_size(struct nashra_batch_cli *cli, const char *value) {
    static const char units[] = "KMGT";
    char *end;
    errno = 0;
    double number = strtod(value, &end);
    const char *unit = *end ? strchr(units, *end & ~0x20) : NULL;
    double bytes = number;
    for (const char *u = unit; u && u >= units; u--)
        bytes *= 1024;
    if (errno || end == value || (*end && (!unit || end[1])) || !(bytes >= 1024 * 1024) || bytes > 1e18)
        return nashra_fail(NASHRA_EUSAGE, "--cache-size %s: it must be a size such as 500M or 20G, at least 1M", value);
    cli->options.cache_limit = (uint64_t)bytes;
    return NASHRA_OK;
}

static int take_queue(struct nashra_batch_cli *cli, const char *value) {
    cli->options.queue = value;
    return NASHRA_OK;
}

static int take_metrics(struct nashra_batch_cli *cli, const char *value) {
    cli->options.metrics = value;
    return NASHRA_OK;
}

static int take_report(struct nashra_batch_cli *cli, const char *value) {
    cli->report_path = value;
    return NASHRA_OK;
}

static int take_check(struct nashra_batch_cli *cli, const char *value) {
    (void)value;
    cli->check = true;
    return NASHRA_OK;
}

static int take_help(struct nashra_batch_cli *cli, const char *value) {
    (void)value;
    cli->help = true;
    return NASHRA_OK;
}

static const struct batch_option options[] = {
    {"--jobs", "-j", false, true, take_jobs},
    {"--output", "-o", false, true, take_folder},
    {"--cache", "", false, true, take_cache},
    {"--no-cache", "", true, true, take_no_cache},
    {"--cache-size", "", false, true, take_cache_size},
    {"--queue", "", false, true, take_queue},
    {"--metrics", "", false, true, take_metrics},
    {"--report", "", false, true, take_report},
    {"--timeout", "", false, true, take_timeout},
    {"--steal-after", "", false, true, take_steal},
    {"--only", "", false, false, take_only},
    {"--check", "", true, false, take_check},
    {"--help", "-h", true, true, take_help},
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

/* Finds the option and its value, which may be the next argument: *step says
 * how many arguments that takes. */
static const struct batch_option *find(char **arguments, bool worker, const char **value, int *step) {
    const char *given = arguments[0];
    size_t length = strcspn(given, "=");
    *step = 1;
    *value = NULL;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct batch_option *o = &options[i];
        bool named = strncmp(given, o->name, length) == 0 && strlen(o->name) == length;
        bool lettered = *o->letter && strncmp(given, o->letter, 2) == 0;
        if ((worker && !o->worker) || (!named && !lettered))
            continue;
        if (named && given[length] == '=')
            *value = given + length + 1;
        else if (!named && given[2])
            *value = given + 2;
        else if (!o->flag && (*value = arguments[1]))
            *step = 2;
        return o;
    }
    return NULL;
}

/* $XDG_CACHE_HOME/nashra, ~/.cache/nashra; none where there is no home. */
static void choose_cache(struct nashra_batch_cli *cli) {
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int length = cache && *cache == '/' ? snprintf(cli->cache, sizeof cli->cache, "%s/nashra", cache)
                 : home && *home == '/' ? snprintf(cli->cache, sizeof cli->cache, "%s/.cache/nashra", home)
                                        : 0;
    if (!cli->options.cache && length > 0 && (size_t)length < sizeof cli->cache)
        cli->options.cache = cli->cache;
    if (cli->options.cache && !*cli->options.cache)
        cli->options.cache = NULL;
}

static void fill_defaults(struct nashra_batch_cli *cli) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned all = processors < 1 ? 1 : processors > WORKERS_MOST ? WORKERS_MOST : (unsigned)processors;
    if (cli->options.workers == 0)
        cli->options.workers = all;
    if (cli->options.cache_limit == 0)
        cli->options.cache_limit = (uint64_t)10 << 30;
    choose_cache(cli);
}

int nashra_batch_cli_parse(int *argc, char **argv, bool worker, struct nashra_batch_cli *cli) {
    int kept = 1;
    *cli = (struct nashra_batch_cli){.options.stop_fd = -1};
    for (int i = 1, step; i < *argc; i += step) {
        const char *value;
        const struct batch_option *option = find(argv + i, worker, &value, &step);
        if (!option) {
            argv[kept++] = argv[i];
            continue;
        }
        if (!option->flag && (!value || !*value))
            return nashra_fail(NASHRA_EUSAGE, "%s: %s needs a value", argv[0], option->name);
        if (option->flag && value)
            return nashra_fail(NASHRA_EUSAGE, "%s: %s takes no value", argv[0], option->name);
        int status = option->take(cli, value);
        if (status < 0)
            return status;
    }
    *argc = kept;
    argv[kept] = NULL;
    fill_defaults(cli);
    return NASHRA_OK;
}
