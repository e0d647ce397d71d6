/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nashra-setup: what stands on a memory stick becomes articles, settings and a Wi-Fi; each step is spoken by nashrad.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "network.h"
#include "stick.h"
#include "tell.h"

static const char usage[] = "Usage: nashra-setup [OPTION]… stick FOLDER | network | say PROMPT [NUMBER]\n"
                            "\n"
                            "  stick FOLDER     copy its articles into the library, take its nashra.ini\n"
                            "  network          join the Wi-Fi that a stick asked for (needs root and NetworkManager)\n"
                            "  say PROMPT       have the box say one of data/prompts.tsv\n"
                            "\n"
                            "  --config FILE    nashrad's settings (default " NASHRAD_CONFIG ")\n"
                            "  --state FOLDER   where the owner's settings are kept (default /var/lib/nashra)\n"
                            "  --root FOLDER    before /etc and /run of NetworkManager's files\n"
                            "  --verbose, --help, --version\n";

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct nashra_setup *setup) {
    enum { CONFIG = 256, STATE, ROOT, VERBOSE, HELP, VERSION };
    static const struct option known[] = {{"config", required_argument, NULL, CONFIG},
                                          {"state", required_argument, NULL, STATE},
                                          {"root", required_argument, NULL, ROOT},
                                          {"verbose", no_argument, NULL, VERBOSE},
                                          {"help", no_argument, NULL, HELP},
                                          {"version", no_argument, NULL, VERSION},
                                          {NULL, 0, NULL, 0}};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == CONFIG)
            setup->config_path = optarg;
        else if (option == STATE)
            setup->state = optarg;
        else if (option == ROOT)
            setup->root = optarg;
        else if (option == VERBOSE)
            nashra_log_set_level(NASHRA_LOG_INFO);
        else {
            const bool wrong = option == '?';
            fputs(option == VERSION ? "nashra-setup " NASHRA_VERSION "\n" : usage, wrong ? stderr : stdout);
            return wrong ? 64 : 0;
        }
    }
    return -1;
}

static int say(const struct nashra_setup *setup, int count, char **words) {
    char line[128];
    if (count < 1 || count > 2 || strlen(words[0]) + (count == 2 ? strlen(words[1]) : 0) > 100)
        return -1;
    snprintf(line, sizeof line, "say %s%s%s", words[0], count == 2 ? " " : "", count == 2 ? words[1] : "");
    nashra_tell_line(setup->config.notices, line);
    return NASHRA_OK;
}

int main(int argc, char **argv) {
    static struct nashra_setup setup = {.config_path = NASHRAD_CONFIG, .state = "/var/lib/nashra", .root = ""};
    const int wrong = read_options(argc, argv, &setup);
    if (wrong >= 0)
        return wrong;
    const char *command = optind < argc ? argv[optind] : "";
    const int rest = argc - optind - 1;
    /* What is wrong in the settings nashrad has told. */
    nashrad_config_init(&setup.config);
    nashrad_config_read_if_there(&setup.config, setup.config_path);
    nashrad_config_read_drop_ins(&setup.config, setup.config_path);
    if (strcmp(command, "stick") == 0 && rest == 1)
        return nashra_exit_code(nashra_setup_stick(&setup, argv[optind + 1]));
    if (strcmp(command, "network") == 0 && rest == 0)
        return nashra_exit_code(nashra_setup_network(&setup));
    if (strcmp(command, "say") == 0 && say(&setup, rest, argv + optind + 1) >= 0)
        return 0;
    fputs(usage, stderr);
    return 64;
}
