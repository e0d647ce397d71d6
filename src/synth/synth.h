/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of functions behind nashra_synth_*; a synthesiser embeds struct nashra_synth as its first member. */
#ifndef NASHRA_SYNTH_SYNTH_H
#define NASHRA_SYNTH_SYNTH_H

#include <nashra/synth.h>

#include "pauses.h"

enum { NASHRA_SYNTH_NAME = 96 };

struct nashra_synth_ops {
    /* Takes `synth->voice`, which is in range and without zeros. 0 or negative. */
    int (*set_voice)(struct nashra_synth *synth);
    /* As nashra_synth_speak(). */
    int (*speak)(struct nashra_synth *synth, const struct nashra_sentence *sentence, nashra_sound_fn sound, void *user);
    /* Writes nashra_synth_name() into `name`, which is zeroed. 0 or negative. */
    int (*tell_name)(struct nashra_synth *synth, char name[NASHRA_SYNTH_NAME]);
    void (*destroy)(struct nashra_synth *synth);
};

struct nashra_synth {
    const struct nashra_synth_ops *ops;
    unsigned rate;
    struct nashra_voice voice; /* resolved: no zeros */
    struct nashra_pauses pauses;
    char name[NASHRA_SYNTH_NAME]; /* "": nobody asked yet */
};

#endif
