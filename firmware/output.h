/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to the loudspeaker: a card that may be away, loudness, and the click over whatever sounds. */
#ifndef NASHRAD_OUTPUT_H
#define NASHRAD_OUTPUT_H

#include <nashra/audio.h>

struct nashrad_output;

/* @param device an ALSA name, or "null" for silence in real time. A card that isn't there is waited for.
 *  @param back is called when a card that was away for some seconds is there again, or
 *  at the start for half a minute. */
int nashrad_output_create(const char *device, unsigned rate, void (*back)(void *user), void *user,
                          struct nashrad_output **output);
/* Takes NULL. */
void nashrad_output_destroy(struct nashrad_output *output);

/* Offers frames; NULL is silence. Returns how many were taken; 0 when there is no room, or no card. */
size_t nashrad_output_write(struct nashrad_output *output, const int16_t *frames, size_t count);
/* Nothing follows for now: some silence does, so that the card's last period is no word. True when all of it is out. */
bool nashrad_output_pad(struct nashrad_output *output);
/* Silence at once; only a click that was not heard yet is still heard. */
void nashrad_output_stop(struct nashrad_output *output);
/* A click, now: what the card has not played yet is given anew with the click in it. */
void nashrad_output_click(struct nashrad_output *output);
/* 0 … 100 each. A change of volume is heard at once, one of the fade soon. */
void nashrad_output_volume(struct nashrad_output *output, int volume, int fade);

/* Frames written and heard since the beginning. What was stopped counts as neither. */
uint64_t nashrad_output_written(const struct nashrad_output *output);
uint64_t nashrad_output_heard(struct nashrad_output *output);
/* There is no card now. */
bool nashrad_output_away(const struct nashrad_output *output);
/* Some of it is still to be heard. */
bool nashrad_output_sounding(struct nashrad_output *output);

/* Waits at most `timeout_ms` for `fd`, which is watched only, and with `more` for room as well. Opens a card that is
 * away, and lets one rest that has played all. */
void nashrad_output_wait(struct nashrad_output *output, int fd, int timeout_ms, bool more);

#endif
