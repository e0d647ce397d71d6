/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
};

static const struct command commands[] = {
    {"say", nashra_cmd_say, "read an article aloud"},
    {"render", nashra_cmd_render, "read an article into a sound file"},
    {"bulletin", nashra_cmd_bulletin, "make an air-ready bulletin of articles"},
    {"text", nashra_cmd_text, "show what will be spoken, a sentence a line"},
    {"explain", nashra_cmd_explain, "show how each token is read, and how surely"},
    {"diacritise", nashra_cmd_diacritise, "restore the vowels of plain text"},
    {"number", nashra_cmd_number, "write a number in words"},
    {"selftest", nashra_cmd_selftest, "try a device's accessibility: en301549"},
    {"announce", nashra_cmd_announce, "have the device say something"},
    {"lexicon", nashra_cmd_lexicon, "check a lexicon of readings, import, export"},
    {"batch", nashra_cmd_batch, "render thousands of articles and bulletins"},
    {"worker", nashra_cmd_worker, "render the jobs of a queue"},
    {"fetch", nashra_cmd_fetch, "fetch a page and print its story"},
    {"feed", nashra_cmd_feed, "news feeds: add, list, update, remove"},
    {"library", nashra_cmd_library, "the stories that the feeds brought: list, search"},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_help(FILE *out) {
    fputs("Nashra reads Arabic news aloud.\n\n"
          "Usage: nashra COMMAND [OPTION…] FILE     - is standard input, a URL is fetched\n\n",
          out);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-11s %s\n", commands[i].name, commands[i].summary);
    fputs("\n`nashra COMMAND --help` explains a command; `nashra --version`: the version.\n"
          "First steps:\n"
          "  nashra say article.txt\n"
          "  nashra render article.txt -o article.flac\n",
          out);
}

static const struct command *find_command(const char *name) {
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* Where a standard descriptor is closed the next file would get its number, and what is printed would go into it. What
 * takes the number here can be neither read nor written, as before. */
static void fill_standard(void) {
    static const int contrary[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", contrary[fd]) != fd)
            _exit(nashra_exit_code(NASHRA_EINTERNAL));
}

int main(int argc, char **argv) {
    fill_standard();
    if (argc < 2) {
        print_help(stderr);
        return nashra_exit_code(NASHRA_EUSAGE);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help(stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    signal(SIGXFSZ, SIG_IGN); /* a limit on a file's size is an error of write() */
    if (strcmp(argv[1], "--version") == 0 || (argc > 2 && strcmp(argv[2], "--version") == 0)) {
        puts("nashra " NASHRA_VERSION);
        return nashra_cli_finish(NASHRA_OK);
    }
    const struct command *command = find_command(argv[1]);
    if (!command)
        return nashra_exit_code(
            nashra_fail(NASHRA_EUSAGE, "there is no command '%s'; `nashra --help` lists them", argv[1]));
    return command->run(argc - 1, argv + 1);
}
