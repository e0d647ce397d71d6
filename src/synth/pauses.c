/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/table.h>

enum { LONGEST_MS = 10000 };

struct slot {
    const char *name;
    unsigned *ms;
    bool seen;
};

struct reading {
    struct slot *slots;
    size_t count;
};

static int read_row(const struct nashra_row *row, void *user) {
    struct reading *reading = user;
    char *end;
    long ms = strtol(row->fields[1], &end, 10);
    if (*end != '\0' || end == row->fields[1] || ms < 0 || ms > LONGEST_MS)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: '%s' is no pause of 0 to %d milliseconds", row->file, row->line,
                           row->fields[1], LONGEST_MS);
    for (size_t i = 0; i < reading->count; i++) {
        if (strcmp(reading->slots[i].name, row->fields[0]) == 0) {
            *reading->slots[i].ms = (unsigned)ms;
            reading->slots[i].seen = true;
            return NASHRA_OK;
        }
    }
    return nashra_fail(NASHRA_ECONFIG, "%s:%zu: unknown pause '%s'", row->file, row->line, row->fields[0]);
}

static int read_table(const char *path, struct reading *reading) {
    struct nashra_table *table = NULL;
    int status = nashra_table_load(path, 2, read_row, reading, &table);
    nashra_table_destroy(table);
    for (size_t i = 0; status == NASHRA_OK && i < reading->count; i++)
        if (!reading->slots[i].seen)
            status = nashra_fail(NASHRA_ECONFIG, "%s: the pause '%s' is missing", path, reading->slots[i].name);
    return status;
}

int nashra_pauses_load(struct nashra_pauses *pauses) {
    struct slot slots[] = {
        {"none", &pauses->after_mark[NASHRA_PAUSE_NONE], false},
        {"phrase", &pauses->after_mark[NASHRA_PAUSE_PHRASE], false},
        {"comma", &pauses->after_mark[NASHRA_PAUSE_COMMA], false},
        {"semicolon", &pauses->after_mark[NASHRA_PAUSE_SEMICOLON], false},
        {"colon", &pauses->after_mark[NASHRA_PAUSE_COLON], false},
        {"stop", &pauses->after_mark[NASHRA_PAUSE_STOP], false},
        {"question", &pauses->after_mark[NASHRA_PAUSE_QUESTION], false},
        {"exclamation", &pauses->after_mark[NASHRA_PAUSE_EXCLAMATION], false},
        {"title", &pauses->after_kind[NASHRA_TITLE], false},
        {"byline", &pauses->after_kind[NASHRA_BYLINE], false},
        {"heading", &pauses->after_kind[NASHRA_HEADING], false},
        {"paragraph", &pauses->after_kind[NASHRA_TEXT], false},
    };
    struct reading reading = {slots, sizeof slots / sizeof *slots};
    struct nashra_buffer path = {0};
    int status = nashra_data_path("pauses.tsv", &path);
    if (status == NASHRA_OK)
        status = read_table(nashra_buffer_string(&path), &reading);
    nashra_buffer_finish(&path);
    return status;
}

static bool ends_block(const struct nashra_sentence *sentence, size_t word) {
    return word + 1 == sentence->count && (sentence->kind != NASHRA_TEXT || sentence->paragraph_end);
}

enum nashra_pause nashra_pause_after(const struct nashra_sentence *sentence, size_t word) {
    enum nashra_pause pause = sentence->words[word].pause;
    return pause == NASHRA_PAUSE_NONE && ends_block(sentence, word) ? NASHRA_PAUSE_STOP : pause;
}

static unsigned frames_of(int ms, unsigned frames_per_second) {
    return ms > 0 ? (unsigned)((unsigned long long)ms * frames_per_second / 1000) : 0;
}

unsigned nashra_lead_frames(const struct nashra_sentence *sentence, unsigned frames_per_second) {
    return frames_of(sentence->lead_ms, frames_per_second);
}

unsigned nashra_pause_frames(const struct nashra_pauses *pauses, const struct nashra_sentence *sentence, size_t word,
                             unsigned frames_per_second, int words_per_minute) {
    const int asked = sentence->words[word].break_ms;
    if (asked != 0)
        return frames_of(asked, frames_per_second);
    enum nashra_pause pause = nashra_pause_after(sentence, word);
    if (pause == NASHRA_PAUSE_NONE && word + 1 < sentence->count)
        return 0;
    unsigned ms = pauses->after_mark[pause];
    if (ends_block(sentence, word) && ms < pauses->after_kind[sentence->kind])
        ms = pauses->after_kind[sentence->kind];
    return (unsigned)((unsigned long long)ms * frames_per_second * NASHRA_VOICE_RATE_DEFAULT /
                      (1000ull * (unsigned)words_per_minute));
}
