/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nashrad: the box with buttons. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nashra/table.h>

#include "box.h"
#include "keys_page.h"
#include "worker.h"

enum { WORKER_FD = 3 };

static const char usage[] = "Usage: nashrad [OPTION]…\n"
                            "The box that reads articles aloud and is operated by buttons.\n"
                            "\n"
                            "  --config FILE    settings; *.ini in FILE.d are read after it\n"
                            "                   (default " NASHRAD_CONFIG ")\n"
                            "  --board FILE     what the board has, read before the settings\n"
                            "  --owner FILE     what the owner set by a memory stick, read after those;\n"
                            "                   it may be missing\n"
                            "  --check-config   name file, line and key of each error in them, and end\n"
                            "  --verbose        tell what happens\n"
                            "  --help, --version\n"
                            "\n"
                            "Exit: 0 after SIGTERM, 10 when the listener has switched off, 78 for errors in\n"
                            "the settings (--check-config).\n";

struct options {
    const char *config, *board, *owner, *lexicon;
    bool check, worker;
};

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct options *options) {
    enum { CONFIG = 256, BOARD, OWNER, CHECK, WORKER, LEXICON, VERBOSE, HELP, VERSION };
    static const struct option known[] = {
        {"config", required_argument, NULL, CONFIG},   {"board", required_argument, NULL, BOARD},
        {"check-config", no_argument, NULL, CHECK},    {"worker", no_argument, NULL, WORKER},
        {"verbose", no_argument, NULL, VERBOSE},       {"help", no_argument, NULL, HELP},
        {"version", no_argument, NULL, VERSION},       {"owner", required_argument, NULL, OWNER},
        {"lexicon", required_argument, NULL, LEXICON}, {NULL, 0, NULL, 0}};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == CONFIG)
            options->config = optarg;
        else if (option == BOARD)
            options->board = optarg;
        else if (option == OWNER)
            options->owner = optarg;
        else if (option == LEXICON)
            options->lexicon = optarg;
        else if (option == CHECK)
            options->check = true;
        else if (option == WORKER)
            options->worker = true;
        else if (option == VERBOSE)
            nashra_log_set_level(NASHRA_LOG_INFO);
        else {
            const bool wrong = option == '?';
            fputs(option == VERSION ? "nashrad " NASHRA_VERSION "\n" : usage, wrong ? stderr : stdout);
            return wrong ? 64 : 0;
        }
    }
    if (optind == argc)
        return -1;
    fprintf(stderr, "nashrad: %s is not understood\n%s", argv[optind], usage);
    return 64;
}

/* Without a file at the usual place the box has its original settings. */
static int read_config(struct nashrad_config *config, const struct options *options) {
    const char *path = options->config ? options->config : NASHRAD_CONFIG;
    FILE *usual = options->config ? NULL : fopen(path, "r");
    int status = options->board ? nashrad_config_read(config, options->board) : NASHRA_OK;
    if (usual)
        fclose(usual);
    if (usual || options->config) {
        const int read = nashrad_config_read(config, path);
        status = read < 0 ? read : status;
    }
    const int drop_ins = nashrad_config_read_drop_ins(config, path);
    status = drop_ins < 0 ? drop_ins : status;
    const int owner = options->owner ? nashrad_config_read_if_there(config, options->owner) : NASHRA_OK;
    return owner < 0 ? owner : status;
}

/* The worker does without one that isn't there; the listener is to know it. */
static int check_lexicon(const struct nashrad_config *config) {
    if (!config->lexicon[0] || access(config->lexicon, R_OK) == 0)
        return NASHRA_OK;
    return nashra_fail(NASHRA_ECONFIG, "lexicon in [nashrad]: %s: %s", config->lexicon, strerror(errno));
}

/* A layout that can't be read leaves the one for five keys. */
static int choose_layout(const struct nashrad_config *config, struct nashra_layout **layout, int *faults) {
    int status = nashrad_layout_open(config->layout, layout);
    if (status == NASHRA_ECONFIG) {
        nashra_fail(
            status,
            "%s%slayout in [nashrad]: one, three, five, twelve, encoder, kiosk or the path of a table is wanted",
            config->layout_where, *config->layout_where ? ": " : "");
        *faults = status;
        status = nashrad_layout_open("five", layout);
    }
    return status;
}

static int run(struct nashrad_config *config, const struct options *options) {
    struct nashra_layout *layout;
    struct nashrad_box *box;
    int faults = read_config(config, options);
    int status = choose_layout(config, &layout, &faults);
    if (status < 0)
        return nashra_exit_code(status);
    if (nashrad_config_check_keys(config, layout) < 0 || check_lexicon(config) < 0 ||
        nashrad_services_check(&config->services) < 0)
        faults = NASHRA_ECONFIG;
    int code = nashra_exit_code(faults);
    if (!options->check) {
        nashrad_keys_page_fit(config);
        status = nashrad_box_create(config, layout, "/proc/self/exe", faults < 0, &box);
        code = status < 0 ? nashra_exit_code(status) : nashrad_box_run(box);
        nashrad_box_destroy(status < 0 ? NULL : box);
    }
    nashra_layout_destroy(layout);
    return code;
}

int main(int argc, char **argv) {
    struct options options = {.check = false};
    const int wrong = read_options(argc, argv, &options);
    if (wrong >= 0)
        return wrong;
    if (options.worker)
        return nashrad_worker(WORKER_FD, options.lexicon ? options.lexicon : "");
    struct nashrad_config *config = nashra_alloc(sizeof *config);
    if (!config)
        return 70;
    nashrad_config_init(config);
    const int code = run(config, &options);
    nashra_free(config);
    return code;
}
