/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be heard, in its order: readings from the worker, and clips; and the click over all of it. */
#ifndef NASHRAD_SPEECH_H
#define NASHRAD_SPEECH_H

#include <nashra/reader.h>

#include "clips.h"
#include "engine.h"

struct nashrad_speech;

struct nashrad_speech_events {
    void (*progress)(void *user, unsigned ticket, size_t offset); /* that word is being heard */
    void (*finished)(void *user, unsigned ticket);
    void (*card_back)(void *user);
};

/* @param device an ALSA name, or "null" for silence in real time. A card that isn't there is waited for.
 *  @param engine set later by nashrad_speech_set_engine(). */
int nashrad_speech_create(const char *device, unsigned rate, const struct nashrad_speech_events *events, void *user,
                          struct nashrad_speech **speech);
void nashrad_speech_set_engine(struct nashrad_speech *speech, struct nashrad_engine *engine);
/* Takes NULL. */
void nashrad_speech_destroy(struct nashrad_speech *speech);

/* Queueing. */
void nashrad_speech_stop(struct nashrad_speech *speech);
void nashrad_speech_click(struct nashrad_speech *speech);
int nashrad_speech_clips(struct nashrad_speech *speech, const struct nashrad_clip *clips, size_t count);
int nashrad_speech_read(struct nashrad_speech *speech, nashra_article_id id, struct nashra_span span, unsigned ticket);
int nashrad_speech_say(struct nashrad_speech *speech, const char *text, size_t length, bool spell);
/* Something whose frames, marks and end another engine gives, by the serial that is returned; 0 when there is no room.
 * Its marks and its end are reported with `ticket`. */
uint32_t nashrad_speech_feed(struct nashrad_speech *speech, unsigned ticket);
/* 0 … 100 each, at once. */
void nashrad_speech_volume(struct nashrad_speech *speech, int volume, int fade);

/* What the worker reports. */
void nashrad_speech_mark(struct nashrad_speech *speech, uint32_t serial, size_t offset);
void nashrad_speech_frames(struct nashrad_speech *speech, uint32_t serial, const int16_t *frames, size_t count);
void nashrad_speech_done(struct nashrad_speech *speech, uint32_t serial);
/* What it still owes is not wanted from it as it is: to be followed by nashrad_speech_ask_again(). */
void nashrad_speech_take_back(struct nashrad_speech *speech);
/* It was lost, and is ready again: what it owes is asked for once more, from the last word that came on. */
void nashrad_speech_ask_again(struct nashrad_speech *speech);
/* Where the reading that it owes stands; false when it owes none. */
bool nashrad_speech_owed(const struct nashrad_speech *speech, size_t *offset);
/* Goes on behind `offset` with the reading that it owes: what is there can't be spoken. */
void nashrad_speech_skip(struct nashrad_speech *speech, size_t offset);

/* Plays, and waits for the card or for `fd` (which is watched only), at most `timeout_ms`. 0 or NASHRA_EINTERNAL. */
void nashrad_speech_wait(struct nashrad_speech *speech, int fd, int timeout_ms);
/* Something is to be heard that is no reading: a prompt, a letter, what was asked for aside. */
bool nashrad_speech_prompting(struct nashrad_speech *speech);
/* Its card isn't there. */
bool nashrad_speech_away(const struct nashrad_speech *speech);
/* Nothing is left to be heard. */
bool nashrad_speech_idle(const struct nashrad_speech *speech);
/* Something is to be spoken, and nothing of it is there to be played. */
bool nashrad_speech_starving(const struct nashrad_speech *speech);

#endif
