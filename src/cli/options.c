/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* `letter` names the group that cli.h lists; `value` is what getopt returns. */
struct option_row {
    char letter;
    const char *name;
    int has_value;
    int value;
};

enum {
    OPT_RATE = 256,
    OPT_PITCH,
    OPT_VOLUME,
    OPT_REGION,
    OPT_ENDINGS,
    OPT_MARKS,
    OPT_FORMAT,
    OPT_PHONEMES,
    OPT_IPA,
    OPT_STRICT,
    OPT_MODEL,
    OPT_LEXICON,
    OPT_ALLOW_HTTP,
    OPT_RAW,
    OPT_TIMEOUT,
    OPT_SSML,
    OPT_TIMING,
    OPT_CAPTIONS,
    OPT_ALT
};

static const struct option_row option_rows[] = {
    {'D', "device", 1, 'D'},
    {'o', "output", 1, 'o'},
    {'v', "rate", 1, OPT_RATE},
    {'v', "pitch", 1, OPT_PITCH},
    {'v', "volume", 1, OPT_VOLUME},
    {'r', "region", 1, OPT_REGION},
    {'e', "endings", 1, OPT_ENDINGS},
    {'m', "marks", 1, OPT_MARKS},
    {'f', "format", 1, OPT_FORMAT},
    {'p', "phonemes", 0, OPT_PHONEMES},
    {'i', "ipa", 0, OPT_IPA},
    {'s', "strict", 0, OPT_STRICT},
    {'M', "model", 1, OPT_MODEL},
    {'l', "lexicon", 1, OPT_LEXICON},
    {'H', "allow-http", 0, OPT_ALLOW_HTTP},
    {'R', "raw", 0, OPT_RAW},
    {'T', "timeout", 1, OPT_TIMEOUT},
    {'S', "ssml", 0, OPT_SSML},
    {'W', "timing", 1, OPT_TIMING},
    {'P', "captions", 0, OPT_CAPTIONS},
    {'P', "alt", 0, OPT_ALT},
    {'h', "help", 0, 'h'},
};

enum { ROW_COUNT = sizeof option_rows / sizeof *option_rows };

static void build_tables(const char *accepted, struct option *longs, char *shorts) {
    size_t count = 0, at = 0;
    shorts[at++] = ':';
    for (int i = 0; i < ROW_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->letter != 'h' && !strchr(accepted, row->letter))
            continue;
        longs[count++] = (struct option){row->name, row->has_value, NULL, row->value};
        if (row->value < 256) {
            shorts[at++] = (char)row->value;
            if (row->has_value)
                shorts[at++] = ':';
        }
    }
    longs[count] = (struct option){0};
    shorts[at] = '\0';
}

static int bad_value(const char *command, const char *option, const char *value, const char *allowed) {
    return nashra_fail(NASHRA_EUSAGE, "%s: --%s %s: it must be %s", command, option, value, allowed);
}

static int parse_range(const char *command, const char *name, const char *value, int low, int high, int *out) {
    char *end;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || number < low || number > high)
        return nashra_fail(NASHRA_EUSAGE, "%s: --%s %s: it must be a whole number from %d to %d", command, name, value,
                           low, high);
    *out = (int)number;
    return NASHRA_OK;
}

static int parse_choice(const char *command, const char *name, const char *value, const char *off, const char *on,
                        bool *out) {
    *out = strcmp(value, on) == 0;
    if (*out || strcmp(value, off) == 0)
        return NASHRA_OK;
    return nashra_fail(NASHRA_EUSAGE, "%s: --%s %s: it must be %s or %s", command, name, value, off, on);
}

static int apply_voice(const char *command, int value, const char *text, struct nashra_voice *voice) {
    switch (value) {
    case OPT_RATE:
        return parse_range(command, "rate", text, NASHRA_VOICE_RATE_LEAST, NASHRA_VOICE_RATE_MOST, &voice->rate);
    case OPT_PITCH:
        return parse_range(command, "pitch", text, NASHRA_VOICE_PITCH_LEAST, NASHRA_VOICE_PITCH_MOST, &voice->pitch);
    default:
        return parse_range(command, "volume", text, NASHRA_VOICE_VOLUME_LEAST, NASHRA_VOICE_VOLUME_MOST,
                           &voice->volume);
    }
}

static int apply(const char *command, int value, char *text, struct nashra_cli_options *o) {
    switch (value) {
    case 'D':
        o->device = text;
        return NASHRA_OK;
    case 'o':
        o->output = text;
        return NASHRA_OK;
    case OPT_MODEL:
        o->pipeline.model = text;
        return NASHRA_OK;
    case OPT_LEXICON:
        o->pipeline.lexicon = text;
        return NASHRA_OK;
    case OPT_REGION:
        return nashra_region_parse(text, &o->pipeline.region) < 0
                   ? bad_value(command, "region", text, "gulf, egypt, levant, maghreb or morocco")
                   : NASHRA_OK;
    case OPT_ENDINGS:
        return nashra_endings_parse(text, &o->pipeline.endings) < 0
                   ? bad_value(command, "endings", text, "full, sure or none")
                   : NASHRA_OK;
    case OPT_MARKS:
        return parse_choice(command, "marks", text, "none", "full", &o->marks_full);
    case OPT_FORMAT:
        return parse_choice(command, "format", text, "plain", "jsonl", &o->json);
    case OPT_PHONEMES:
        o->phonemes = true;
        return NASHRA_OK;
    case OPT_IPA:
        o->ipa = true;
        return NASHRA_OK;
    case OPT_STRICT:
        o->strict = true;
        return NASHRA_OK;
    case OPT_ALLOW_HTTP:
        o->allow_http = true;
        return NASHRA_OK;
    case OPT_TIMEOUT:
        return parse_range(command, "timeout", text, 1, 600, &o->timeout);
    case OPT_RAW:
        o->raw = true;
        return NASHRA_OK;
    case OPT_SSML:
        o->ssml = true;
        return NASHRA_OK;
    case OPT_TIMING:
        o->timing = text;
        return NASHRA_OK;
    case OPT_CAPTIONS:
        o->reading.captions = 1;
        return NASHRA_OK;
    case OPT_ALT:
        o->reading.alt = 1;
        return NASHRA_OK;
    case 'h':
        o->help = true;
        return NASHRA_OK;
    default:
        return apply_voice(command, value, text, &o->pipeline.voice);
    }
}

static int parse_operand(int argc, char **argv, struct nashra_cli_options *options) {
    const char *command = argv[0];
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
        int status = apply(argv[0], value, optarg, options);
        if (status < 0 || options->help)
            return status;
    }
    if (strchr(accepted, 'l') && !options->pipeline.lexicon && find_user_lexicon(options) < 0)
        return NASHRA_ENOMEM;
    return parse_operand(argc, argv, options);
}
