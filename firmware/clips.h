/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prompts as sound, rendered when the box was built: they speak even when nothing else does.
 *
 * The pack (little endian): "NASHRAP1", u32 frames a second, u32 number of clips; for each clip name[32], u32 first
 * frame, u32 frames; then all frames, S16 mono. A prompt is a clip for each piece of its text between the numbers,
 * "sleep.minutes/0"; a number is a clip "#15". */
#ifndef NASHRAD_CLIPS_H
#define NASHRAD_CLIPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/prompts.h>

#define NASHRAD_CLIPS_MAGIC "NASHRAP1"

struct nashrad_clips_head {
    char magic[8];
    uint32_t rate, count;
};

struct nashrad_clip_entry {
    char name[32];
    uint32_t first, frames;
};

struct nashrad_clips;

struct nashrad_clip {
    const int16_t *frames; /* lives as long as the clips */
    size_t count;
};

/* Maps a pack. 0; NASHRA_ECONFIG (missing or damaged: says what); NASHRA_ENOMEM. */
int nashrad_clips_open(const char *path, struct nashrad_clips **clips);
/* Takes NULL. */
void nashrad_clips_close(struct nashrad_clips *clips);
unsigned nashrad_clips_rate(const struct nashrad_clips *clips);

enum { NASHRAD_CLIPS_MAX = 2 * 2 + 1 };

/* The clips that make up a prompt, in order. Returns how many; 0 when one is not in the pack (a large number). */
size_t nashrad_clips_prompt(const struct nashrad_clips *clips, enum nashra_prompt prompt, const size_t *numbers,
                            struct nashrad_clip list[NASHRAD_CLIPS_MAX]);

#endif
