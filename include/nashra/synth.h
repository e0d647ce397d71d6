/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file synth.h  Phonemes → sound: the synthesiser contract.
 *
 * Only one synthesiser may speak at a time in a process, and always on the same thread (eSpeak NG's rule).
 */
#ifndef NASHRA_SYNTH_H
#define NASHRA_SYNTH_H

#include <nashra/sound.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Frames a second that every synthesiser makes. */
enum { NASHRA_SPEECH_RATE = 22050 };

enum nashra_voice_range {
    NASHRA_VOICE_RATE_LEAST = 80,
    NASHRA_VOICE_RATE_DEFAULT = 200, /**< about nine letters of unmarked text a second, pauses included */
    NASHRA_VOICE_RATE_MOST = 450,
    NASHRA_VOICE_PITCH_LEAST = 1,
    NASHRA_VOICE_PITCH_DEFAULT = 45,
    NASHRA_VOICE_PITCH_MOST = 99,
    NASHRA_VOICE_VOLUME_LEAST = 1,
    NASHRA_VOICE_VOLUME_DEFAULT = 100,
    NASHRA_VOICE_VOLUME_MOST = 200
};

/** Zero means "the default" for each. Values out of range are refused with NASHRA_EUSAGE. */
struct nashra_voice {
    int rate;   /**< eSpeak NG's words a minute, which are of English length: 200 are some 115 of Arabic */
    int pitch;  /**< of 1 … 99 */
    int volume; /**< per cent */
};

/** Puts the defaults in the place of zeros and checks the ranges. 0, or NASHRA_EUSAGE (reported). */
int nashra_voice_resolve(const struct nashra_voice *voice, struct nashra_voice *resolved);

struct nashra_synth;

/** Opens eSpeak NG with the Arabic voice. One at a time a process. @return 0, NASHRA_EUSAGE, NASHRA_ECONFIG (no voice
 *  data: says what to install) or NASHRA_ENOMEM. */
int nashra_synth_espeak(const struct nashra_voice *voice, struct nashra_synth **synth);

/** A synthesiser of beeps whose length is exactly 50 ms a phoneme: the ideal that tests hold the others against. */
int nashra_synth_null(const struct nashra_voice *voice, struct nashra_synth **synth);

/** Frees it. Takes NULL. */
void nashra_synth_destroy(struct nashra_synth *synth);

/** Frames a second of what it makes: NASHRA_SPEECH_RATE. */
unsigned nashra_synth_rate(const struct nashra_synth *synth);

/** The synthesiser, its version and a checksum of its data, by which sounds made earlier can be told from what it would
 *  make now. Reads the data at the first call. Owned by the synthesiser; NULL when out of memory or unreadable
 * (reported).
 */
const char *nashra_synth_name(struct nashra_synth *synth);

/** Changes the voice from the next sentence on. 0 or NASHRA_EUSAGE. */
int nashra_synth_set_voice(struct nashra_synth *synth, const struct nashra_voice *voice);

/** Called with a chunk (10 … 50 ms). Marks in it count from the chunk's start. Not 0 stops the speech. */
typedef int (*nashra_sound_fn)(const struct nashra_sound *chunk, void *user);

/** Speaks a phonemised sentence with its pauses, the one after it included. Each word has exactly one mark, in order.
 *  @return 0, NASHRA_STOPPED when the callback stopped it, NASHRA_EINTERNAL. */
int nashra_synth_speak(struct nashra_synth *synth, const struct nashra_sentence *sentence, nashra_sound_fn sound,
                       void *user);

#ifdef __cplusplus
}
#endif
#endif
