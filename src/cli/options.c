/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum kind { TEXT, FLAG, SWITCH, NUMBER, CHOICE, REGION, ENDINGS };

/* `letter` names the group that cli.h lists; `sign` is the short form, 0 where there is none. */
static const struct option_row {
    char letter, sign;
    const char *name;
    enum kind kind;
    size_t field;         /* where it is kept: of a TEXT a string, of FLAG and CHOICE a bool, else an int */
    int least, most;      /* of a NUMBER */
    const char *off, *on; /* of a CHOICE */
} rows[] = {
#define FIELD(name) .field = offsetof(struct nashra_cli_options, name)
    {'D', 'D', "device", TEXT, FIELD(device)},
    {'o', 'o', "output", TEXT, FIELD(output)},
    {'v', 0, "rate", NUMBER, FIELD(pipeline.voice.rate), NASHRA_VOICE_RATE_LEAST, NASHRA_VOICE_RATE_MOST},
    {'v', 0, "pitch", NUMBER, FIELD(pipeline.voice.pitch), NASHRA_VOICE_PITCH_LEAST, NASHRA_VOICE_PITCH_MOST},
    {'v', 0, "volume", NUMBER, FIELD(pipeline.voice.volume), NASHRA_VOICE_VOLUME_LEAST, NASHRA_VOICE_VOLUME_MOST},
    {'r', 0, "region", REGION, FIELD(pipeline.region)},
    {'e', 0, "endings", ENDINGS, FIELD(pipeline.endings)},
    {'m', 0, "marks", CHOICE, FIELD(marks_full), .off = "none", .on = "full"},
    {'f', 0, "format", CHOICE, FIELD(json), .off = "plain", .on = "jsonl"},
    {'p', 0, "phonemes", FLAG, FIELD(phonemes)},
    {'i', 0, "ipa", FLAG, FIELD(ipa)},
    {'s', 0, "strict", FLAG, FIELD(strict)},
    {'M', 0, "model", TEXT, FIELD(pipeline.model)},
    {'l', 0, "lexicon", TEXT, FIELD(pipeline.lexicon)},
    {'H', 0, "allow-http", FLAG, FIELD(allow_http)},
    {'R', 0, "raw", FLAG, FIELD(raw)},
    {'T', 0, "timeout", NUMBER, FIELD(timeout), 1, 600},
    {'S', 0, "ssml", FLAG, FIELD(ssml)},
    {'W', 0, "timing", TEXT, FIELD(timing)},
    {'P', 0, "captions", SWITCH, FIELD(reading.captions)},
    {'P', 0, "alt", SWITCH, FIELD(reading.alt)},
    {'h', 'h', "help", FLAG, FIELD(help)},
#undef FIELD
};

enum { ROW_COUNT = sizeof rows / sizeof *rows, LONG_ONLY = 256 };

static bool has_value(const struct option_row *row) {
    return row->kind != FLAG && row->kind != SWITCH;
}

/* What getopt returns: the sign, or a number beyond all signs. */
static int value_of(int row) {
    return rows[row].sign ? rows[row].sign : LONG_ONLY + row;
}

static void build_tables(const char *accepted, struct option *longs, char *shorts) {
    size_t count = 0, at = 0;
    shorts[at++] = ':';
    for (int i = 0; i < ROW_COUNT; i++) {
        const struct option_row *row = &rows[i];
        if (row->letter != 'h' && !strchr(accepted, row->letter))
            continue;
        longs[count++] = (struct option){row->name, has_value(row), NULL, value_of(i)};
        if (row->sign)
            shorts[at++] = row->sign;
        if (row->sign && has_value(row))
            shorts[at++] = ':';
    }
    longs[count] = (struct option){0};
    shorts[at] = '\0';
}

static int bad_value(const char *command, const char *option, const char *value, const char *allowed) {
    return nashra_fail(NASHRA_EUSAGE, "%s: --%s %s: it must be %s", command, option, value, allowed);
}

static int parse_number(const char *command, const struct option_row *row, const char *value, int *out) {
    char *end;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || number < row->least || number > row->most)
        return nashra_fail(NASHRA_EUSAGE, "%s: --%s %s: it must be a whole number from %d to %d", command, row->name,
                           value, row->least, row->most);
    *out = (int)number;
    return NASHRA_OK;
}

static int parse_choice(const char *command, const struct option_row *row, const char *value, bool *out) {
    *out = strcmp(value, row->on) == 0;
    if (*out || strcmp(value, row->off) == 0)
        return NASHRA_OK;
    return nashra_fail(NASHRA_EUSAGE, "%s: --%s %s: it must be %s or %s", command, row->name, value, row->off, row->on);
}

static int apply(const char *command, const struct option_row *row, char *text, struct nashra_cli_options *options) {
    void *field = (char *)options + row->field;
    switch (row->kind) {
    case TEXT:
        *(const char **)field = text;
        return NASHRA_OK;
    case FLAG:
        *(bool *)field = true;
        return NASHRA_OK;
    case SWITCH:
        *(int *)field = 1;
        return NASHRA_OK;
    case NUMBER:
        return parse_number(command, row, text, field);
    case CHOICE:
        return parse_choice(command, row, text, field);
    case REGION:
        return nashra_region_parse(text, field) < 0
                   ? bad_value(command, row->name, text, "gulf, egypt, levant, maghreb or morocco")
                   : NASHRA_OK;
    case ENDINGS:
        return nashra_endings_parse(text, field) < 0 ? bad_value(command, row->name, text, "full, sure or none")
                                                     : NASHRA_OK;
    }
    return NASHRA_EINTERNAL;
}

static const struct option_row *find_row(int value) {
    int i = 0;
    while (value_of(i) != value)
        i++;
    return &rows[i];
}

static int parse_operand(int argc, char **argv, struct nashra_cli_options *options) {
    const char *command = argv[0];
    if (optind == argc && strcmp(command, "fetch") == 0)
        return nashra_fail(NASHRA_EUSAGE, "fetch: which page? `nashra fetch URL`");
    if (optind == argc)
        return nashra_fail(NASHRA_EUSAGE, "%s: which file? `nashra %s FILE`, or - for standard input", command,
                           command);
    if (argc - optind > 1)
        return nashra_fail(NASHRA_EUSAGE, "%s: one file at a time; '%s' is a second one", command, argv[optind + 1]);
    options->file = argv[optind];
    return NASHRA_OK;
}

static int find_user_lexicon(struct nashra_cli_options *options) {
    struct nashra_buffer path = {0};
    int found = nashra_lexicon_user_path(&path);
    if (found == 1 && path.length < sizeof options->user_lexicon) {
        memcpy(options->user_lexicon, path.data, path.length + 1);
        options->pipeline.lexicon = options->user_lexicon;
    }
    nashra_buffer_finish(&path);
    return found < 0 ? found : NASHRA_OK;
}

int nashra_cli_parse(int argc, char **argv, const char *accepted, struct nashra_cli_options *options) {
    struct option longs[ROW_COUNT + 1];
    char shorts[2 * ROW_COUNT + 2];
    build_tables(accepted, longs, shorts);
    opterr = 0;
    optind = 1;
    for (int value; (value = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (value == ':')
            return nashra_fail(NASHRA_EUSAGE, "%s: %s needs a value", argv[0], given);
        if (value == '?')
            return nashra_fail(NASHRA_EUSAGE, "%s: there is no option %s; `nashra %s --help` lists them", argv[0],
                               given, argv[0]);
        int status = apply(argv[0], find_row(value), optarg, options);
        if (status < 0 || options->help)
            return status;
    }
    if (strchr(accepted, 'l') && !options->pipeline.lexicon && find_user_lexicon(options) < 0)
        return NASHRA_ENOMEM;
    return parse_operand(argc, argv, options);
}
