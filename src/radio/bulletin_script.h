/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bulletin is made of: the settings and items of an INI script, of single calls, or of both. */
#ifndef NASHRA_RADIO_BULLETIN_SCRIPT_H
#define NASHRA_RADIO_BULLETIN_SCRIPT_H

#include <stdbool.h>

#include <nashra/bulletin.h>

/* What is written beside the sound. */
enum nashra_beside {
    NASHRA_BESIDE_VTT = 1,
    NASHRA_BESIDE_SRT = 2,
    NASHRA_BESIDE_TXT = 4,
    NASHRA_BESIDE_CHAPTERS = 8,
    NASHRA_BESIDE_QC = 16,
    NASHRA_BESIDE_META = 32,
    NASHRA_BESIDE_ALL = 63
};

/* Local time, as a studio's clock shows it. */
struct nashra_moment {
    int year, month, day, hour, minute, second;
};

struct nashra_script_item {
    const char *where; /* "nine.ini:12", for messages */
    const char *file;  /* an article; or NULL */
    const char *text;  /* or the text itself */
    const char *title; /* NULL: the article's */
    const char *jingle;
    const char *bed;
    int priority; /* 1 stays … 9 goes first */
    int order;
    struct nashra_voice voice; /* zeros: the bulletin's */
    double pause;              /* seconds before it; negative: the bulletin's */
};

/* Seconds, LU and per cent. Texts are NULL where nothing is set. */
struct nashra_script {
    struct nashra_arena *arena; /* of all strings */
    const char *title, *station, *category, *cut;
    const char *intro, *outro;
    const char *opening, *closing, *sting, *bed;
    const char *lexicon, *model;
    struct nashra_moment at;
    bool at_given;
    enum nashra_region region;
    enum nashra_endings endings;
    struct nashra_voice voice;
    double pause, pause_least, pause_most;
    double rate_least, rate_most;
    double slot; /* 0: as long as it gets */
    double loudness, peak;
    double bed_level, bed_open, jingle_level;
    double confidence;
    int bits;
    int channels; /* 0: two where a sound is stereo, else one */
    bool strict, proof;
    int beside; /* of enum nashra_beside */
    struct nashra_script_item *items;
    size_t count, capacity;
    uint64_t forced;             /* keys that nashra_script_set() has set: they hold over a file */
    struct nashra_buffer list;   /* memory behind nashra_script_inputs() */
    struct nashra_buffer places; /* where the script names its files */
};

/* Sets the defaults. 0 or NASHRA_ENOMEM. */
int nashra_script_init(struct nashra_script *script);
void nashra_script_finish(struct nashra_script *script);

/* Reads an INI file from memory. 0, NASHRA_ECONFIG (each fault is reported with file, line and key), NASHRA_ENOMEM. */
int nashra_script_read(struct nashra_script *script, const char *bytes, size_t length, const char *name);
/* Sets a key of [bulletin]. 0, NASHRA_EUSAGE (reported), NASHRA_ENOMEM. */
int nashra_script_set(struct nashra_script *script, const char *key, const char *value);
/* Sets a key for scripts that don't. As nashra_script_set(). */
int nashra_script_set_default(struct nashra_script *script, const char *key, const char *value);
/* Appends an item that is an article. 0 or NASHRA_ENOMEM. */
int nashra_script_add(struct nashra_script *script, const char *file);
/* Puts the items into their order; those of equal order stay as they came. */
void nashra_script_sort(struct nashra_script *script);

#endif
