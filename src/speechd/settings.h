/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speech-dispatcher sets before each message, and its module's configuration file. */
#ifndef NASHRA_SPEECHD_SETTINGS_H
#define NASHRA_SPEECHD_SETTINGS_H

#include <stdbool.h>

#include <nashra/pipeline.h>

enum spd_punctuation { SPD_NONE, SPD_SOME, SPD_MOST, SPD_ALL };
enum spd_capitals { SPD_CAPITALS_NONE, SPD_CAPITALS_SPELL, SPD_CAPITALS_ICON };

struct spd_settings {
    int rate, pitch, range, volume; /* -100 … 100 */
    enum spd_punctuation punctuation;
    enum spd_capitals capitals;
    bool spelling;
};

/* Takes one setting in the names of the module protocol; those that Nashra has no use for (language, voice …) are taken
 * too. Returns false for a name or a value that isn't the protocol's. */
bool spd_set(struct spd_settings *settings, const char *name, const char *value);

/* -100 … 100 → the voice's units; 0 is its default. */
struct nashra_voice spd_voice(const struct spd_settings *settings);

/* Reads a configuration file of lines `Name value`, the value in quotes or not, into `options`; values that live on are
 * copied into `arena`. What can't be understood is reported with file and line, and the rest counts. */
int spd_read_configuration(const char *path, struct nashra_arena *arena, struct nashra_pipeline_options *options);

#endif
