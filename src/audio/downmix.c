/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downmix.h"

#define DOWN 0.70710678f /* 3 dB */

enum { MOST_USUAL = 8 };

static void give(struct nashra_downmix *downmix, int channel, float left, float right) {
    downmix->left[channel] = left;
    downmix->right[channel] = right;
}

/* The channel for low effects is left out: what matters of it is in the others. */
static void give_by_place(struct nashra_downmix *downmix, int channel, int place) {
    switch (place) {
    case SF_CHANNEL_MAP_LEFT:
    case SF_CHANNEL_MAP_FRONT_LEFT:
    case SF_CHANNEL_MAP_FRONT_LEFT_OF_CENTER:
        give(downmix, channel, 1, 0);
        break;
    case SF_CHANNEL_MAP_RIGHT:
    case SF_CHANNEL_MAP_FRONT_RIGHT:
    case SF_CHANNEL_MAP_FRONT_RIGHT_OF_CENTER:
        give(downmix, channel, 0, 1);
        break;
    case SF_CHANNEL_MAP_REAR_LEFT:
    case SF_CHANNEL_MAP_SIDE_LEFT:
    case SF_CHANNEL_MAP_TOP_FRONT_LEFT:
    case SF_CHANNEL_MAP_TOP_REAR_LEFT:
        give(downmix, channel, DOWN, 0);
        break;
    case SF_CHANNEL_MAP_REAR_RIGHT:
    case SF_CHANNEL_MAP_SIDE_RIGHT:
    case SF_CHANNEL_MAP_TOP_FRONT_RIGHT:
    case SF_CHANNEL_MAP_TOP_REAR_RIGHT:
        give(downmix, channel, 0, DOWN);
        break;
    case SF_CHANNEL_MAP_LFE:
        give(downmix, channel, 0, 0);
        break;
    default: /* in the middle */
        give(downmix, channel, DOWN, DOWN);
        break;
    }
}

static const int *usual_places(int channels) {
    enum {
        L = SF_CHANNEL_MAP_LEFT,
        R = SF_CHANNEL_MAP_RIGHT,
        C = SF_CHANNEL_MAP_CENTER,
        LFE = SF_CHANNEL_MAP_LFE,
        RL = SF_CHANNEL_MAP_REAR_LEFT,
        RR = SF_CHANNEL_MAP_REAR_RIGHT,
        RC = SF_CHANNEL_MAP_REAR_CENTER,
        SL = SF_CHANNEL_MAP_SIDE_LEFT,
        SR = SF_CHANNEL_MAP_SIDE_RIGHT
    };
    static const int places[MOST_USUAL + 1][MOST_USUAL] = {
        [3] = {L, R, C},
        [4] = {L, R, RL, RR},
        [5] = {L, R, C, RL, RR},
        [6] = {L, R, C, LFE, RL, RR},
        [7] = {L, R, C, LFE, RC, SL, SR},
        [8] = {L, R, C, LFE, RL, RR, SL, SR},
    };
    static const int none[NASHRA_DOWNMIX_MOST];
    return channels <= MOST_USUAL ? places[channels] : none;
}

static int is_known(const int *places, int channels) {
    for (int c = 0; c < channels; c++)
        if (places[c] <= SF_CHANNEL_MAP_INVALID || places[c] >= SF_CHANNEL_MAP_MAX)
            return 0;
    return 1;
}

void nashra_downmix_init(struct nashra_downmix *downmix, SNDFILE *file, int channels) {
    int told[NASHRA_DOWNMIX_MOST] = {0};
    downmix->channels = channels;
    if (channels <= 2) {
        give(downmix, 0, 1, channels == 1);
        give(downmix, 1, 0, 1);
        return;
    }
    sf_command(file, SFC_GET_CHANNEL_MAP_INFO, told, channels * (int)sizeof *told);
    const int *places = is_known(told, channels) ? told : usual_places(channels);
    for (int c = 0; c < channels; c++)
        give_by_place(downmix, c, places[c]);
}
