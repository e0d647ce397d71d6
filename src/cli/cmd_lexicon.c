/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <string.h>

static const char help[] = "Usage: nashra lexicon check FILE…\n"
                           "       nashra lexicon import FILE [-o OUT.tsv]\n"
                           "       nashra lexicon export FILE [-o OUT.pls]\n"
                           "\n"
                           "A lexicon tells how words and phrases are read. FILE (- is standard input) is\n"
                           "Nashra's own format, a pronunciation lexicon of the W3C (.pls, .xml) or a speech\n"
                           "dictionary of NVDA (.dic).\n"
                           "\n"
                           "  check    reports lines that can't be used, duplicates, contradictions, and\n"
                           "           entries that can never match; exit code 65 when a line can't be used\n"
                           "  import   writes FILE in Nashra's own format\n"
                           "  export   writes FILE as a pronunciation lexicon of the W3C\n"
                           "\n"
                           "  -o, --output OUT       the file to write (default: standard output)\n"
                           "  --strict               check: warnings are errors; else: refuse errors\n"
                           "\n"
                           "An entry is a line, with one tab between word and reading:\n"
                           "  الناتو\tالنَّاتُو\n"
                           "  BBC\tبي بي سي\n"
                           "Without --lexicon FILE all commands that read text use\n"
                           "~/.config/nashra/lexicon.tsv, if there is one.\n";

struct request {
    const char *action, *output;
    bool strict, help;
    char **files; /* borrowed from argv, compacted to its front */
    int count;
};

static int parse(int argc, char **argv, struct request *request) {
    request->files = argv;
    for (int i = 1; i < argc; i++) {
        const char *argument = argv[i];
        if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0) {
            request->help = true;
            return NASHRA_OK;
        }
        if (strcmp(argument, "--strict") == 0) {
            request->strict = true;
        } else if (strcmp(argument, "-o") == 0 || strcmp(argument, "--output") == 0) {
            if (++i == argc)
                return nashra_fail(NASHRA_EUSAGE, "lexicon: %s needs a file", argument);
            request->output = argv[i];
        } else if (strncmp(argument, "--output=", 9) == 0) {
            request->output = argument + 9;
        } else if (argument[0] == '-' && argument[1]) {
            return nashra_fail(NASHRA_EUSAGE, "lexicon: there is no option %s; `nashra lexicon --help` lists them",
                               argument);
        } else if (!request->action) {
            request->action = argument;
        } else {
            request->files[request->count++] = argv[i];
        }
    }
    return NASHRA_OK;
}

/* Standard input is told to be XML by its first sign. */
static int open_list(const char *path, struct nashra_lexicon **lexicon) {
    struct nashra_buffer bytes = {0};
    if (strcmp(path, "-") != 0)
        return nashra_lexicon_open(path, lexicon);
    int status = nashra_cli_read(path, &bytes);
    const char *text = nashra_buffer_string(&bytes);
    const bool is_xml = text[strspn(text, "\xEF\xBB\xBF \t\r\n")] == '<';
    if (status >= 0)
        status = nashra_lexicon_from_bytes(text, bytes.length, is_xml ? NASHRA_LEXICON_PLS : NASHRA_LEXICON_TSV,
                                           "standard input", lexicon);
    nashra_buffer_finish(&bytes);
    return status;
}

static int check_file(const char *path, bool strict) {
    struct nashra_lexicon *lexicon = NULL;
    size_t warnings = 0;
    int status = open_list(path, &lexicon);
    if (status >= 0)
        status = nashra_lexicon_check(lexicon, &warnings);
    if (status >= 0) {
        size_t errors = nashra_lexicon_errors(lexicon);
        printf("%s: %zu entries, %zu left out, %zu warnings\n", path, nashra_lexicon_count(lexicon), errors, warnings);
        status = errors || (strict && warnings) ? NASHRA_EDATA : NASHRA_OK;
    }
    nashra_lexicon_destroy(lexicon);
    return status;
}

static int check(const struct request *request) {
    int worst = NASHRA_OK;
    for (int i = 0; i < request->count; i++) {
        int status = check_file(request->files[i], request->strict);
        worst = status < 0 ? status : worst;
    }
    return worst;
}

static int convert(const struct request *request, bool import) {
    struct nashra_lexicon *lexicon = NULL;
    struct nashra_buffer text = {0};
    const char *path = request->files[0];
    if (request->output && nashra_cli_is_same_file(path, request->output))
        return nashra_fail(NASHRA_EUSAGE, "lexicon: %s is the lexicon itself; choose another name for -o", path);
    int status = open_list(path, &lexicon);
    if (status >= 0 && request->strict && nashra_lexicon_errors(lexicon))
        status = nashra_fail(NASHRA_EDATA, "%s: entries were left out, and --strict was given", path);
    if (status >= 0)
        status = import ? nashra_lexicon_write_tsv(lexicon, &text) : nashra_lexicon_write_pls(lexicon, &text);
    if (status >= 0)
        status = nashra_cli_write(request->output, &text);
    nashra_buffer_finish(&text);
    nashra_lexicon_destroy(lexicon);
    return status;
}

static int run(const struct request *request) {
    const char *action = request->action;
    if (!action)
        return nashra_fail(NASHRA_EUSAGE,
                           "lexicon: which action? check, import or export; try `nashra lexicon --help`");
    bool checks = strcmp(action, "check") == 0, imports = strcmp(action, "import") == 0;
    if (!checks && !imports && strcmp(action, "export") != 0)
        return nashra_fail(NASHRA_EUSAGE, "lexicon: there is no action '%s'; there are check, import and export",
                           action);
    if (request->count == 0)
        return nashra_fail(NASHRA_EUSAGE, "lexicon %s: which file?", action);
    if (checks)
        return request->output ? nashra_fail(NASHRA_EUSAGE, "lexicon check: it writes no file") : check(request);
    if (request->count > 1)
        return nashra_fail(NASHRA_EUSAGE, "lexicon %s: one file at a time; '%s' is a second one", action,
                           request->files[1]);
    return convert(request, imports);
}

int nashra_cmd_lexicon(int argc, char **argv) {
    struct request request = {0};
    int status = parse(argc, argv, &request);
    if (status < 0)
        return nashra_exit_code(status);
    if (request.help)
        fputs(help, stdout);
    return nashra_cli_finish(request.help ? NASHRA_OK : run(&request));
}
