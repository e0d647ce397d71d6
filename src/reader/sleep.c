/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine.h"

enum { MINUTE = 60000, SLEEP_STEP_MINUTES = 15, SLEEP_MOST_MINUTES = 60, FADE_STEP_MS = 1000 };

static void set_fade(struct nashra_reader *reader, struct step *step, int percent) {
    if (reader->fade == percent)
        return;
    reader->fade = percent;
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_FADE, .value = percent});
}

static void begin(struct nashra_reader *reader, int64_t now, unsigned minutes) {
    reader->sleep = (struct sleep_timer){.minutes = minutes, .ends = now + (int64_t)minutes * MINUTE};
}

void nashra_sleep_cycle(struct nashra_reader *reader, struct step *step) {
    const unsigned minutes = reader->sleep.minutes + SLEEP_STEP_MINUTES;
    if (minutes > SLEEP_MOST_MINUTES) {
        reader->sleep = (struct sleep_timer){.minutes = 0};
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_SLEEP_OFF);
        return;
    }
    begin(reader, step->now, minutes);
    nashra_voice_prompt_numbers(reader, step, NASHRA_PROMPT_SLEEP_MINUTES, minutes, 0);
}

bool nashra_sleep_awake(struct nashra_reader *reader, struct step *step) {
    if (!reader->sleep.fading)
        return false;
    begin(reader, step->now, reader->sleep.minutes);
    set_fade(reader, step, 100);
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_SLEEP_LONGER);
    return true;
}

/* The listener fell asleep when the fade began, at the latest: the place goes back there. */
static void fall_asleep(struct nashra_reader *reader, struct step *step) {
    const struct sleep_timer sleep = reader->sleep;
    reader->sleep = (struct sleep_timer){.minutes = 0};
    reader->arrival.play = false;
    reader->arrival.preview = false;
    reader->skim = NASHRA_SKIM_ALL;
    if (reader->mode == NASHRA_READER_PLAYING)
        nashra_place_pause(reader, step);
    if (sleep.fading) {
        nashra_place_go(reader, step, sleep.before, false);
        nashra_voice_save(reader, step);
    }
    set_fade(reader, step, 100);
}

void nashra_sleep_tick(struct nashra_reader *reader, struct step *step) {
    const int64_t left = reader->sleep.ends - step->now;
    if (reader->sleep.minutes == 0 || left > NASHRA_FADE_MS)
        return;
    if (left <= 0) {
        fall_asleep(reader, step);
        return;
    }
    if (reader->mode != NASHRA_READER_PLAYING)
        return;
    if (!reader->sleep.fading)
        reader->sleep.before = reader->place;
    reader->sleep.fading = true;
    reader->sleep.next_step = reader->sleep.ends - (left - 1) / FADE_STEP_MS * FADE_STEP_MS;
    set_fade(reader, step, (int)(left * 100 / NASHRA_FADE_MS));
}

int64_t nashra_sleep_deadline(const struct nashra_reader *reader) {
    const struct sleep_timer *sleep = &reader->sleep;
    if (sleep->minutes == 0)
        return -1;
    if (reader->mode != NASHRA_READER_PLAYING)
        return sleep->ends;
    return sleep->fading ? sleep->next_step : sleep->ends - NASHRA_FADE_MS;
}
