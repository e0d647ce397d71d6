/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bwf.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TIMERS = 8, LEVEL_REFERENCE = 32768 };

/* Numbers are little-endian, texts padded with zeros. */
static void add_number(struct nashra_buffer *to, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++)
        nashra_buffer_add(to, &(char){(char)(value >> 8 * i)}, 1);
}

static void add_text(struct nashra_buffer *to, const char *text, size_t room) {
    const size_t length = text ? strlen(text) : 0, taken = length < room ? length : room;
    if (taken > 0)
        nashra_buffer_add(to, text, taken);
    for (size_t i = taken; i < room; i++)
        nashra_buffer_add(to, "", 1);
}

static void add_zeros(struct nashra_buffer *to, size_t count) {
    add_text(to, NULL, count);
}

/* Dates only as they were given: the same script must give the same bytes tomorrow. */
static void add_date(struct nashra_buffer *to, const struct nashra_script *script) {
    char date[32] = "", time[32] = "";
    const struct nashra_moment *at = &script->at;
    if (script->at_given) {
        snprintf(date, sizeof date, "%04d-%02d-%02d", at->year, at->month, at->day);
        snprintf(time, sizeof time, "%02d:%02d:%02d", at->hour, at->minute, at->second);
    }
    add_text(to, date, 10);
    add_text(to, time, 8);
}

/* Hundredths, as bext holds loudness; 0x7FFF stands for "not measured". */
static void add_hundredths(struct nashra_buffer *to, double value) {
    const bool measured = isfinite(value) && fabs(value) < 320;
    add_number(to, measured ? (uint64_t)(int64_t)lround(value * 100) : 0x7FFF, 2);
}

static void make_bext(const struct nashra_bulletin *bulletin, struct nashra_buffer *to) {
    const struct nashra_script *script = &bulletin->script;
    const struct nashra_loudness *loudness = &bulletin->master.loudness;
    const struct nashra_moment *at = &script->at;
    const uint64_t seconds = script->at_given ? (uint64_t)(at->hour * 3600 + at->minute * 60 + at->second) : 0;
    char history[128];
    add_text(to, bulletin->ascii_title, 256);
    add_text(to, *bulletin->ascii_station ? bulletin->ascii_station : "Nashra", 32);
    add_text(to, script->cut ? script->cut : "", 32);
    add_date(to, script);
    add_number(to, seconds * NASHRA_AIR_RATE, 8); /* frames since midnight */
    add_number(to, 2, 2);                         /* version */
    add_zeros(to, 64);                            /* UMID */
    add_hundredths(to, loudness->integrated);
    add_hundredths(to, loudness->range);
    add_hundredths(to, loudness->true_peak);
    add_hundredths(to, loudness->max_momentary);
    add_hundredths(to, loudness->max_short);
    add_zeros(to, 180);
    snprintf(history, sizeof history, "A=PCM,F=%d,W=%d,M=%s,T=Nashra %s\r\n", NASHRA_AIR_RATE, script->bits,
             bulletin->channels == 2 ? "stereo" : "mono", NASHRA_VERSION);
    add_text(to, history, strlen(history));
}

static void add_timer(struct nashra_buffer *to, const char *usage, uint64_t frame) {
    add_text(to, usage, 4);
    add_number(to, frame, 4);
}

/* AUD: where sound begins and ends. INT: a ramp of music before the voice. SEG: from here on the next may begin. */
static void add_timers(const struct nashra_bulletin *bulletin, struct nashra_buffer *to) {
    const size_t before = to->length;
    const struct nashra_timeline *timeline = &bulletin->timeline;
    const struct nashra_piece *pieces = timeline->pieces;
    size_t first = 0, last = timeline->count, voice = 0;
    while (first + 1 < timeline->count && pieces[first].kind == NASHRA_PIECE_PAUSE)
        first++;
    while (last > 1 && pieces[last - 1].kind == NASHRA_PIECE_PAUSE)
        last--;
    while (voice + 1 < timeline->count && pieces[voice].kind != NASHRA_PIECE_SPEECH)
        voice++;
    const uint64_t end = pieces[last - 1].at + pieces[last - 1].frames;
    add_timer(to, "AUDs", pieces[first].at);
    if (pieces[voice].at > pieces[first].at) {
        add_timer(to, "INTs", pieces[first].at);
        add_timer(to, "INTe", pieces[voice].at);
    }
    add_timer(to, "SEGs", end);
    add_timer(to, "SEGe", timeline->frames);
    add_timer(to, "AUDe", end);
    add_timer(to, "EOD ", timeline->frames);
    add_zeros(to, TIMERS * 8 - (to->length - before));
}

/* The words that the last item ends with, which tell a presenter that the end is near. */
static const char *last_title(const struct nashra_bulletin *bulletin) {
    const char *title = "";
    for (size_t i = 0; i < bulletin->count; i++)
        if (!bulletin->sections[i].dropped)
            title = bulletin->sections[i].ascii;
    return title;
}

static void make_cart(const struct nashra_bulletin *bulletin, struct nashra_buffer *to) {
    const struct nashra_script *script = &bulletin->script;
    add_text(to, "0101", 4);
    add_text(to, bulletin->ascii_title, 64);
    add_text(to, bulletin->ascii_station, 64); /* artist */
    add_text(to, script->cut, 64);
    add_zeros(to, 64); /* client */
    add_text(to, script->category ? script->category : "NEWS", 64);
    add_zeros(to, 64); /* classification */
    add_text(to, last_title(bulletin), 64);
    add_date(to, script); /* may be played from … */
    add_text(to, "", 18); /* … to: without an end */
    add_text(to, "Nashra", 64);
    add_text(to, NASHRA_VERSION, 64);
    add_zeros(to, 64); /* the user's */
    add_number(to, LEVEL_REFERENCE, 4);
    add_timers(bulletin, to);
    add_zeros(to, 276);
    add_zeros(to, 1024); /* URL */
}

/* Cue points and their labels: where each part begins. */
static void make_cues(const struct nashra_bulletin *bulletin, struct nashra_buffer *cues,
                      struct nashra_buffer *labels) {
    uint32_t count = 0;
    for (size_t i = 0; i < bulletin->count; i++)
        count += !bulletin->sections[i].dropped;
    add_number(cues, count, 4);
    add_text(labels, "adtl", 4);
    count = 0;
    for (size_t i = 0; i < bulletin->count; i++) {
        const struct nashra_section *section = &bulletin->sections[i];
        if (section->dropped)
            continue;
        add_number(cues, ++count, 4);
        add_number(cues, section->from, 4);
        add_text(cues, "data", 4);
        add_zeros(cues, 8);
        add_number(cues, section->from, 4);
        const size_t length = (strlen(section->ascii) / 4 + 1) * 4; /* whole words: libsndfile pads chunks to those */
        add_text(labels, "labl", 4);
        add_number(labels, 4 + length, 4);
        add_number(labels, count, 4);
        add_text(labels, section->ascii, length);
    }
}

int nashra_bwf_make(const struct nashra_bulletin *bulletin, struct nashra_bwf *bwf) {
    static const char ids[NASHRA_BWF_CHUNKS][5] = {"bext", "cart", "cue ", "LIST"};
    make_bext(bulletin, &bwf->bytes[0]);
    make_cart(bulletin, &bwf->bytes[1]);
    make_cues(bulletin, &bwf->bytes[2], &bwf->bytes[3]);
    for (size_t i = 0; i < NASHRA_BWF_CHUNKS; i++) {
        if (bwf->bytes[i].failed)
            return NASHRA_ENOMEM;
        memcpy(bwf->chunks[i].id, ids[i], 5);
        bwf->chunks[i].data = bwf->bytes[i].data;
        bwf->chunks[i].length = bwf->bytes[i].length;
    }
    bwf->count = NASHRA_BWF_CHUNKS;
    return NASHRA_OK;
}

void nashra_bwf_finish(struct nashra_bwf *bwf) {
    for (size_t i = 0; i < NASHRA_BWF_CHUNKS; i++)
        nashra_buffer_finish(&bwf->bytes[i]);
    *bwf = (struct nashra_bwf){0};
}
