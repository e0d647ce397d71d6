/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contours.h"

#include <stdlib.h>
#include <string.h>

#include <nashra/table.h>

#include "pauses.h"

enum { MOST = 50, SLOTS = 16 };

struct slot {
    const char *name;
    struct nashra_contour *contour;
    bool own_tune; /* else "-" stands in its place */
    bool seen;
};

static int read_number(const struct nashra_row *row, size_t field, int *number) {
    char *end;
    long value = strtol(row->fields[field], &end, 10);
    if (*end != '\0' || end == row->fields[field] || value < -MOST || value > MOST)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: '%s' is not a number from -%d to %d", row->file, row->line,
                           row->fields[field], MOST, MOST);
    *number = (int)value;
    return NASHRA_OK;
}

static int read_contour(const struct nashra_row *row, struct slot *slot) {
    const char *tune = row->fields[1];
    if (strlen(tune) != 1 || !strchr(slot->own_tune ? ".,?!" : "-", *tune))
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: '%s' is no tune for '%s'", row->file, row->line, tune, slot->name);
    slot->seen = true;
    slot->contour->tune = *tune;
    int status = read_number(row, 2, &slot->contour->pitch);
    if (status == NASHRA_OK)
        status = read_number(row, 3, &slot->contour->range);
    return status < 0 ? status : read_number(row, 4, &slot->contour->rate);
}

static int read_row(const struct nashra_row *row, void *user) {
    struct slot *slots = user;
    for (size_t i = 0; i < SLOTS; i++)
        if (strcmp(slots[i].name, row->fields[0]) == 0)
            return read_contour(row, &slots[i]);
    return nashra_fail(NASHRA_ECONFIG, "%s:%zu: unknown contour '%s'", row->file, row->line, row->fields[0]);
}

static int read_table(const char *path, struct slot *slots) {
    struct nashra_table *table = NULL;
    int status = nashra_table_load(path, 5, read_row, slots, &table);
    nashra_table_destroy(table);
    for (size_t i = 0; status == NASHRA_OK && i < SLOTS; i++)
        if (!slots[i].seen)
            status = nashra_fail(NASHRA_ECONFIG, "%s: the contour '%s' is missing", path, slots[i].name);
    return status;
}

int nashra_contours_load(struct nashra_contours *contours) {
    struct slot slots[SLOTS] = {
        {"none", &contours->of_mark[NASHRA_PAUSE_NONE], true, false},
        {"phrase", &contours->of_mark[NASHRA_PAUSE_PHRASE], true, false},
        {"comma", &contours->of_mark[NASHRA_PAUSE_COMMA], true, false},
        {"semicolon", &contours->of_mark[NASHRA_PAUSE_SEMICOLON], true, false},
        {"colon", &contours->of_mark[NASHRA_PAUSE_COLON], true, false},
        {"stop", &contours->of_mark[NASHRA_PAUSE_STOP], true, false},
        {"question", &contours->of_mark[NASHRA_PAUSE_QUESTION], true, false},
        {"exclamation", &contours->of_mark[NASHRA_PAUSE_EXCLAMATION], true, false},
        {"list", &contours->of_tune[NASHRA_TUNE_LIST], true, false},
        {"open-question", &contours->of_tune[NASHRA_TUNE_OPEN_QUESTION], true, false},
        {"bare-question", &contours->of_tune[NASHRA_TUNE_BARE_QUESTION], true, false},
        {"title", &contours->of_kind[NASHRA_TITLE], false, false},
        {"byline", &contours->of_kind[NASHRA_BYLINE], false, false},
        {"heading", &contours->of_kind[NASHRA_HEADING], false, false},
        {"text", &contours->of_kind[NASHRA_TEXT], false, false},
        {"quotation", &contours->quotation, false, false},
    };
    struct nashra_buffer path = {0};
    int status = nashra_data_path("contours.tsv", &path);
    if (status == NASHRA_OK)
        status = read_table(nashra_buffer_string(&path), slots);
    nashra_buffer_finish(&path);
    return status;
}

struct nashra_contour nashra_contour_of(const struct nashra_contours *contours, const struct nashra_sentence *sentence,
                                        size_t last) {
    enum nashra_tune tune = sentence->words[last].tune;
    struct nashra_contour contour =
        tune == NASHRA_TUNE_OF_MARK ? contours->of_mark[nashra_pause_after(sentence, last)] : contours->of_tune[tune];
    const struct nashra_contour *kind = &contours->of_kind[sentence->kind];
    contour.pitch += kind->pitch;
    contour.range += kind->range;
    contour.rate += kind->rate;
    return contour;
}
