/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the owner of the box may set: ini files, read one after the other, the later ones over the earlier. */
#ifndef NASHRAD_CONFIG_H
#define NASHRAD_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/prompts.h>

#include "services.h"

enum { NASHRAD_LIST_MAX = 16, NASHRAD_KEYS_MAX = 64, NASHRAD_TEXT_MAX = 256 };

struct nashrad_list {
    char items[NASHRAD_LIST_MAX][NASHRAD_TEXT_MAX];
    size_t count;
};

/* What a button, a key of a keyboard or a step of a wheel is in the layout. */
struct nashrad_binding {
    unsigned type;                /* EV_KEY or EV_REL */
    unsigned code;                /* KEY_… or REL_… */
    int sign;                     /* EV_REL: 1 or -1 */
    char key[32];                 /* of the layout */
    char where[NASHRAD_TEXT_MAX]; /* file:line, for messages */
};

struct nashrad_line {
    unsigned offset; /* on the chip */
    char key[32];
    char where[NASHRAD_TEXT_MAX];
};

struct nashrad_config {
    char journal[NASHRAD_TEXT_MAX];
    char layout[NASHRAD_TEXT_MAX];       /* a name in data/layouts, or a path */
    char layout_where[NASHRAD_TEXT_MAX]; /* file:line, for messages; "" where nobody set it */
    char prompts[NASHRAD_TEXT_MAX];      /* the folder of prompts-LANGUAGE.pack; "": none */
    char sound[NASHRAD_TEXT_MAX];        /* an ALSA name; "null": silence in real time */
    char lexicon[NASHRAD_TEXT_MAX];      /* the listener's own readings; "": none */
    char notices[NASHRAD_TEXT_MAX];      /* the socket on which helpers ask for prompts; "": none */
    char stick[NASHRAD_TEXT_MAX];        /* the folder of what came on memory sticks; "": none */
    char alarm[NASHRAD_TEXT_MAX];        /* a file that says 1 while the power is too weak; * for anything */
    char battery[NASHRAD_TEXT_MAX];      /* a folder of /sys/class/power_supply; * for anything */
    int volume, rate;                    /* until the listener changes them; 0: the reader's own */
    enum nashra_prompt_language language;
    bool autoplay;
    struct nashrad_list folders, devices;
    struct nashrad_binding bindings[NASHRAD_KEYS_MAX];
    size_t binding_count;
    char chip[NASHRAD_TEXT_MAX]; /* of the GPIO lines; "": none */
    struct nashrad_line lines[NASHRAD_KEYS_MAX];
    size_t line_count;
    int debounce_ms;
    bool gpio_active_low;
    struct nashrad_services services;
};

/* The settings of a box of which nothing is known. */
void nashrad_config_init(struct nashrad_config *config);
/* Reads one file over what is there. Every error is reported with file, line and key.
 * 0, or NASHRA_ECONFIG after the whole file was looked at: what was good in it holds. */
int nashrad_config_read(struct nashrad_config *config, const char *path);
/* As nashrad_config_read(); a missing file is fine. */
int nashrad_config_read_if_there(struct nashrad_config *config, const char *path);
/* Reads PATH's drop-ins: *.ini in PATH.d, by name. A missing folder is fine. */
int nashrad_config_read_drop_ins(struct nashrad_config *config, const char *path);
/* Loads a layout by its name in data/layouts, or by its path. */
int nashrad_layout_open(const char *name, struct nashra_layout **layout);
/* Keys that the layout doesn't have are reported and taken out. 0 or NASHRA_ECONFIG. */
int nashrad_config_check_keys(struct nashrad_config *config, const struct nashra_layout *layout);

#endif
