/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST = 100, LINE_MOST = 4096, LOUDEST = 150 };

static bool set_number(int *number, const char *value) {
    char *end;
    const long n = strtol(value, &end, 10);
    if (end == value || *end || n < -MOST || n > MOST)
        return false;
    *number = (int)n;
    return true;
}

/* The index of `value` in `names`, which ends with NULL; -1: not there. */
static int choose(const char *const *names, const char *value) {
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], value) == 0)
            return i;
    return -1;
}

static bool set_choice(struct spd_settings *settings, const char *name, const char *value) {
    static const char *const punctuation[] = {"none", "some", "most", "all", NULL};
    static const char *const capitals[] = {"none", "spell", "icon", NULL};
    static const char *const spelling[] = {"off", "on", NULL};
    int choice = -1;
    if (strcmp(name, "punctuation_mode") == 0 && (choice = choose(punctuation, value)) >= 0)
        settings->punctuation = (enum spd_punctuation)choice;
    else if (strcmp(name, "cap_let_recogn") == 0 && (choice = choose(capitals, value)) >= 0)
        settings->capitals = (enum spd_capitals)choice;
    else if (strcmp(name, "spelling_mode") == 0 && (choice = choose(spelling, value)) >= 0)
        settings->spelling = choice == 1;
    return choice >= 0;
}

bool spd_set(struct spd_settings *settings, const char *name, const char *value) {
    static const char *const unused[] = {"voice", "synthesis_voice", "language", NULL};
    if (strcmp(name, "rate") == 0)
        return set_number(&settings->rate, value);
    if (strcmp(name, "pitch") == 0)
        return set_number(&settings->pitch, value);
    if (strcmp(name, "pitch_range") == 0)
        return set_number(&settings->range, value);
    if (strcmp(name, "volume") == 0)
        return set_number(&settings->volume, value);
    return choose(unused, name) >= 0 || set_choice(settings, name, value);
}

static int scale(int value, int least, int middle, int most) {
    return value < 0 ? middle + value * (middle - least) / MOST : middle + value * (most - middle) / MOST;
}

struct nashra_voice spd_voice(const struct spd_settings *settings) {
    return (struct nashra_voice){
        .rate = scale(settings->rate, NASHRA_VOICE_RATE_LEAST, NASHRA_VOICE_RATE_DEFAULT, NASHRA_VOICE_RATE_MOST),
        .pitch = scale(settings->pitch, NASHRA_VOICE_PITCH_LEAST, NASHRA_VOICE_PITCH_DEFAULT, NASHRA_VOICE_PITCH_MOST),
        .volume = scale(settings->volume, NASHRA_VOICE_VOLUME_LEAST, NASHRA_VOICE_VOLUME_DEFAULT, LOUDEST)};
}

/* Configuration --------------------------------------------------------------------------------------------------- */

struct configuration {
    struct nashra_arena *arena;
    struct nashra_pipeline_options *options;
};

static int set_lexicon(struct configuration *c, const char *value) {
    c->options->lexicon = nashra_arena_copy(c->arena, value, strlen(value));
    return c->options->lexicon ? NASHRA_OK : NASHRA_ENOMEM;
}

static int set_region(struct configuration *c, const char *value) {
    return nashra_region_parse(value, &c->options->region);
}

static int set_endings(struct configuration *c, const char *value) {
    return nashra_endings_parse(value, &c->options->endings);
}

static const struct {
    const char *name;
    int (*set)(struct configuration *c, const char *value);
    const char *values;
} keys[] = {{"NashraLexicon", set_lexicon, "a file"},
            {"NashraRegion", set_region, "gulf, egypt, levant, maghreb or morocco"},
            {"NashraEndings", set_endings, "full, sure or none"}};

/* Cuts a line into name and value, in place; false: nothing in it. */
static bool split(char *line, char **name, char **value) {
    *name = line + strspn(line, " \t");
    if (**name == '#' || **name == '\0')
        return false;
    char *end = *name + strcspn(*name, " \t");
    *value = end + strspn(end, " \t");
    *end = '\0';
    size_t length = strlen(*value);
    while (length > 0 && isspace((unsigned char)(*value)[length - 1]))
        (*value)[--length] = '\0';
    if (length >= 2 && (*value)[0] == '"' && (*value)[length - 1] == '"') {
        (*value)[length - 1] = '\0';
        ++*value;
    }
    return true;
}

static int take_line(struct configuration *c, const char *path, unsigned number, char *line) {
    char *name, *value;
    if (!split(line, &name, &value))
        return NASHRA_OK;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcasecmp(keys[i].name, name) == 0) {
            const int status = keys[i].set(c, value);
            if (status == NASHRA_EUSAGE)
                nashra_log(NASHRA_LOG_WARNING, "%s:%u: %s: '%s' is not %s; the default is used", path, number, name,
                           value, keys[i].values);
            return status == NASHRA_EUSAGE ? NASHRA_OK : status;
        }
    nashra_log(NASHRA_LOG_WARNING, "%s:%u: there is no setting '%s'; the line is left out", path, number, name);
    return NASHRA_OK;
}

int spd_read_configuration(const char *path, struct nashra_arena *arena, struct nashra_pipeline_options *options) {
    struct configuration c = {arena, options};
    char line[LINE_MOST];
    int status = NASHRA_OK;
    FILE *file = fopen(path, "r");
    if (!file) {
        nashra_log(NASHRA_LOG_WARNING, "%s: %s; the defaults are used", path, strerror(errno));
        return NASHRA_OK;
    }
    for (unsigned number = 1; status >= 0 && fgets(line, sizeof line, file); number++) {
        line[strcspn(line, "\r\n")] = '\0';
        status = take_line(&c, path, number, line);
    }
    fclose(file);
    return status;
}
