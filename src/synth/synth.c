/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

static int in_range(const char *what, int value, int least, int most) {
    if (value >= least && value <= most)
        return NASHRA_OK;
    return nashra_fail(NASHRA_EUSAGE, "%s %d is out of range: %d to %d", what, value, least, most);
}

int nashra_voice_resolve(const struct nashra_voice *voice, struct nashra_voice *resolved) {
    *resolved = voice ? *voice : (struct nashra_voice){0};
    if (resolved->rate == 0)
        resolved->rate = NASHRA_VOICE_RATE_DEFAULT;
    if (resolved->pitch == 0)
        resolved->pitch = NASHRA_VOICE_PITCH_DEFAULT;
    if (resolved->volume == 0)
        resolved->volume = NASHRA_VOICE_VOLUME_DEFAULT;
    int status = in_range("rate", resolved->rate, NASHRA_VOICE_RATE_LEAST, NASHRA_VOICE_RATE_MOST);
    if (status == NASHRA_OK)
        status = in_range("pitch", resolved->pitch, NASHRA_VOICE_PITCH_LEAST, NASHRA_VOICE_PITCH_MOST);
    if (status == NASHRA_OK)
        status = in_range("volume", resolved->volume, NASHRA_VOICE_VOLUME_LEAST, NASHRA_VOICE_VOLUME_MOST);
    return status;
}

void nashra_synth_destroy(struct nashra_synth *synth) {
    if (synth)
        synth->ops->destroy(synth);
}

unsigned nashra_synth_rate(const struct nashra_synth *synth) {
    return synth->rate;
}

const char *nashra_synth_name(struct nashra_synth *synth) {
    if (!*synth->name && synth->ops->tell_name(synth, synth->name) < 0)
        return NULL;
    return synth->name;
}

int nashra_synth_set_voice(struct nashra_synth *synth, const struct nashra_voice *voice) {
    struct nashra_voice resolved;
    int status = nashra_voice_resolve(voice, &resolved);
    if (status < 0)
        return status;
    synth->voice = resolved;
    return synth->ops->set_voice(synth);
}

int nashra_synth_speak(struct nashra_synth *synth, const struct nashra_sentence *sentence, nashra_sound_fn sound,
                       void *user) {
    return synth->ops->speak(synth, sentence, sound, user);
}
