/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char help[] = "Usage: nashra number [OPTION…] N…\n"
                           "\n"
                           "Writes each number in words, one a line. N - reads numbers from standard input.\n"
                           "\n"
                           "  --gender m|f           gender of the counted noun (3 with f: ثلاث), default m;\n"
                           "                         with --ordinal the number's own\n"
                           "  --case nom|acc|gen     default nom\n"
                           "  --construct            a noun follows in the genitive: ألفا, مئتا, ثماني\n"
                           "  --ordinal              الثالث, الحادي والعشرون\n"
                           "  --definite             with the article\n"
                           "  --noun WORD            the counted noun; it takes the form that N asks for\n"
                           "  --currency CODE        ISO 4217: an amount with its minor units\n"
                           "  --marks none|full      without harakat (default) or with all of them\n"
                           "\n"
                           "N has any digits (0-9, ٠-٩, ۰-۹), a sign, grouping (3,800 ٣٬٨٠٠) and a decimal\n"
                           "part (3.5 ٣٫٥). Beyond 19 digits it is read in groups of digits.\n"
                           "  nashra number 1984 --gender f --case gen\n"
                           "  nashra number 11 --noun كتاب --marks full\n"
                           "  nashra number 1,250.75 --currency SAR\n"
                           "  seq 1 100 | nashra number -\n";

struct request {
    struct nashra_number_form form;
    bool marks;
    bool help;
    char **numbers; /* borrowed from argv, compacted to its front */
    int count;
};

struct choice {
    const char *name;
    int value;
};

static const struct choice GENDERS[] = {{"m", NASHRA_MASCULINE}, {"f", NASHRA_FEMININE}, {NULL, 0}};
static const struct choice CASES[] = {
    {"nom", NASHRA_NOMINATIVE}, {"acc", NASHRA_ACCUSATIVE}, {"gen", NASHRA_GENITIVE}, {NULL, 0}};
static const struct choice MARKS[] = {{"none", 0}, {"full", 1}, {NULL, 0}};

static int usage(const char *option, const char *value, const char *wanted) {
    if (!value)
        return nashra_fail(NASHRA_EUSAGE, "%s needs a value: %s", option, wanted);
    return nashra_fail(NASHRA_EUSAGE, "%s '%s': use %s", option, value, wanted);
}

static int choose(const char *option, const char *value, const struct choice *choices, const char *wanted, int *out) {
    for (; value && choices->name; choices++)
        if (strcmp(choices->name, value) == 0) {
            *out = choices->value;
            return NASHRA_OK;
        }
    return usage(option, value, wanted);
}

static int set_valued(struct request *request, const char *option, const char *value) {
    int chosen = 0, status;
    if (strcmp(option, "--gender") == 0) {
        status = choose(option, value, GENDERS, "m or f", &chosen);
        request->form.gender = (enum nashra_gender)chosen;
    } else if (strcmp(option, "--case") == 0) {
        status = choose(option, value, CASES, "nom, acc or gen", &chosen);
        request->form.grammatical_case = (enum nashra_case)chosen;
    } else if (strcmp(option, "--marks") == 0) {
        status = choose(option, value, MARKS, "none or full", &chosen);
        request->marks = chosen != 0;
    } else if (strcmp(option, "--noun") == 0) {
        request->form.noun = value;
        status = value && *value ? NASHRA_OK : usage(option, NULL, "an Arabic noun");
    } else if (strcmp(option, "--currency") == 0) {
        request->form.currency = value;
        status = value && *value ? NASHRA_OK : usage(option, NULL, "an ISO code such as SAR");
    } else {
        status = nashra_fail(NASHRA_EUSAGE, "unknown option '%s'; `nashra number --help` lists them", option);
    }
    return status;
}

static bool set_flag(struct request *request, const char *option) {
    if (strcmp(option, "--construct") == 0)
        return request->form.construct = true;
    if (strcmp(option, "--ordinal") == 0)
        return request->form.ordinal = true;
    if (strcmp(option, "--definite") == 0)
        return request->form.definite = true;
    if (strcmp(option, "--help") == 0 || strcmp(option, "-h") == 0)
        return request->help = true;
    return false;
}

/* -5 is a number, - is standard input. */
static bool is_option(const char *argument) {
    return argument[0] == '-' && (argument[1] == '-' || (argument[1] >= 'a' && argument[1] <= 'z'));
}

static int parse(int argc, char **argv, struct request *request) {
    bool options = true;
    request->numbers = argv;
    for (int i = 1; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (!options || !is_option(argv[i])) {
            request->numbers[request->count++] = argv[i];
        } else if (!set_flag(request, argv[i])) {
            char *equals = strchr(argv[i], '=');
            const char *value = equals ? equals + 1 : i + 1 < argc ? argv[i + 1] : NULL;
            if (equals)
                *equals = '\0';
            int status = set_valued(request, argv[i], value);
            if (status < 0)
                return status;
            i += !equals;
        }
    }
    if (!request->help && request->count == 0)
        return nashra_fail(NASHRA_EUSAGE, "no number given; try `nashra number 1984`, or --help");
    return NASHRA_OK;
}

/* A number that can't be read leaves its line empty, so that lines of input and output stay side by side. */
static int spell(const struct nashra_numbers *numbers, const char *number, const struct request *request,
                 struct nashra_buffer *out) {
    nashra_buffer_clear(out);
    struct nashra_buffer *bare = request->marks ? NULL : out, *marked = request->marks ? out : NULL;
    int status = nashra_number_spell(numbers, number, &request->form, bare, marked);
    fputs(status == NASHRA_OK ? nashra_buffer_string(out) : "", stdout);
    putchar('\n');
    return status;
}

static int spell_lines(const struct nashra_numbers *numbers, const struct request *request, struct nashra_buffer *out) {
    char *line = NULL;
    size_t room = 0;
    int worst = NASHRA_OK;
    for (ssize_t length; !ferror(stdout) && (length = getline(&line, &room, stdin)) > 0;) {
        while (length > 0 && strchr(" \t\r\n", line[length - 1]))
            line[--length] = '\0';
        int status = length ? spell(numbers, line, request, out) : (putchar('\n'), NASHRA_OK);
        worst = status < 0 ? status : worst;
        if (status == NASHRA_ENOMEM || status == NASHRA_EUSAGE)
            break;
    }
    if (ferror(stdin))
        worst = nashra_fail(NASHRA_EIO, "standard input: %s", strerror(errno));
    free(line);
    return worst;
}

static int spell_all(const struct nashra_numbers *numbers, const struct request *request) {
    struct nashra_buffer out = {0};
    int worst = NASHRA_OK;
    for (int i = 0; i < request->count && worst != NASHRA_EUSAGE; i++) {
        int status = strcmp(request->numbers[i], "-") == 0 ? spell_lines(numbers, request, &out)
                                                           : spell(numbers, request->numbers[i], request, &out);
        worst = status < 0 ? status : worst;
    }
    nashra_buffer_finish(&out);
    return worst;
}

int nashra_cmd_number(int argc, char **argv) {
    struct request request = {0};
    struct nashra_numbers *numbers = NULL;
    int status = parse(argc, argv, &request);
    if (status < 0)
        return nashra_exit_code(status);
    if (request.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    status = nashra_numbers_create(&numbers);
    if (status == NASHRA_OK)
        status = spell_all(numbers, &request);
    nashra_numbers_destroy(numbers);
    return nashra_cli_finish(status);
}
