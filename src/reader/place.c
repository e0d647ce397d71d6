/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine.h"
#include "units.h"

bool nashra_place_ready(const struct nashra_reader *reader) {
    return reader->mode == NASHRA_READER_PAUSED || reader->mode == NASHRA_READER_PLAYING;
}

bool nashra_place_playing(const struct nashra_reader *reader) {
    return reader->mode == NASHRA_READER_PLAYING || (reader->mode == NASHRA_READER_OPENING && reader->arrival.play);
}

bool nashra_place_find(const struct nashra_reader *reader, nashra_article_id article, size_t *index) {
    for (*index = 0; *index < reader->count; ++*index)
        if (reader->entries[*index].id == article)
            return true;
    return false;
}

static size_t beginning(const struct nashra_reader *reader) {
    return reader->document.segments[0].span.from;
}

size_t nashra_place_end(const struct nashra_reader *reader) {
    return reader->document.segments[reader->document.count - 1].span.to;
}

static size_t clamp(const struct nashra_reader *reader, size_t offset) {
    const size_t end = nashra_place_end(reader);
    return offset < beginning(reader) ? beginning(reader) : offset < end ? offset : end;
}

/* A jump's target is where rewinding ends. */
static void set_place(struct nashra_reader *reader, size_t offset, bool jump) {
    reader->place.offset = clamp(reader, offset);
    reader->floor = jump ? reader->place.offset : 0;
}

void nashra_place_pause(struct nashra_reader *reader, struct step *step) {
    nashra_voice_interrupt(reader, step);
    reader->mode = NASHRA_READER_PAUSED;
    reader->skim = NASHRA_SKIM_ALL;
    reader->heard_at = step->now;
    step->spoken = true;
    nashra_voice_save(reader, step);
}

/* Opening --------------------------------------------------------------------------------------------------------- */

void nashra_place_open(struct nashra_reader *reader, struct step *step, size_t index, struct arrival arrival) {
    nashra_voice_interrupt(reader, step);
    step->spoken = true;
    reader->mode = NASHRA_READER_OPENING;
    reader->index = index;
    reader->place = (struct place){reader->entries[index].id, arrival.given ? arrival.offset : 0};
    reader->arrival = arrival;
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_OPEN, .article = reader->place.article});
}

/* An article that was left in its middle goes on there, after its title. */
static void resume(struct nashra_reader *reader, struct step *step, bool playing) {
    const size_t left = clamp(reader, reader->document.place);
    const bool at_end = reader->entries[reader->index].heard || left >= nashra_place_end(reader);
    reader->floor = 0;
    if (left <= nashra_units_title(&reader->document).to || at_end || reader->skim != NASHRA_SKIM_ALL) {
        reader->place.offset = beginning(reader);
        return;
    }
    reader->place.offset = left;
    if (!playing)
        return;
    nashra_voice_aside(reader, step, nashra_units_title(&reader->document));
    nashra_place_rewind(reader, reader->arrival.absence);
}

static void note_seen(struct nashra_reader *reader, struct step *step) {
    struct nashra_reader_entry *entry = &reader->entries[reader->index];
    if (!entry->fresh)
        return;
    entry->fresh = false;
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_SEEN, .article = entry->id});
}

void nashra_place_arrive(struct nashra_reader *reader, struct step *step,
                         const struct nashra_reader_document *document) {
    const struct arrival arrival = reader->arrival;
    reader->document = *document;
    reader->mode = arrival.play ? NASHRA_READER_PLAYING : NASHRA_READER_PAUSED;
    note_seen(reader, step);
    if (arrival.given)
        set_place(reader, arrival.offset, arrival.preview);
    else
        resume(reader, step, arrival.play);
    if (!arrival.play && arrival.preview)
        nashra_voice_unit(reader, step);
    nashra_voice_read(reader, step);
    nashra_voice_save(reader, step);
}

void nashra_place_renew(struct nashra_reader *reader, struct step *step,
                        const struct nashra_reader_document *document) {
    reader->document = *document;
    reader->place.offset = clamp(reader, document->place);
    reader->floor = 0;
    if (reader->mode == NASHRA_READER_PLAYING)
        nashra_voice_read(reader, step);
    nashra_voice_save(reader, step);
}

/* Moving ---------------------------------------------------------------------------------------------------------- */

void nashra_place_go(struct nashra_reader *reader, struct step *step, struct place place, bool preview) {
    size_t index;
    if (!nashra_place_find(reader, place.article, &index))
        return;
    const bool playing = nashra_place_playing(reader);
    if (!nashra_place_ready(reader) || place.article != reader->place.article) {
        nashra_place_open(reader, step, index,
                          (struct arrival){.given = true, .offset = place.offset, .play = playing, .preview = preview});
        return;
    }
    set_place(reader, place.offset, preview);
    if (!playing && preview)
        nashra_voice_unit(reader, step);
    nashra_voice_read(reader, step);
}

void nashra_place_jump(struct nashra_reader *reader, struct step *step, size_t offset) {
    nashra_place_remember(reader);
    nashra_place_go(reader, step, (struct place){reader->place.article, offset}, true);
    nashra_voice_save(reader, step);
}

void nashra_place_remember(struct nashra_reader *reader) {
    if (reader->mode == NASHRA_READER_EMPTY)
        return;
    reader->history[reader->history_next] = reader->place;
    reader->history_next = (reader->history_next + 1) % HISTORY_LENGTH;
    if (reader->history_count < HISTORY_LENGTH)
        reader->history_count++;
}

void nashra_place_undo(struct nashra_reader *reader, struct step *step) {
    nashra_voice_interrupt(reader, step);
    while (reader->history_count > 0) {
        size_t index;
        reader->history_next = (reader->history_next + HISTORY_LENGTH - 1) % HISTORY_LENGTH;
        reader->history_count--;
        const struct place place = reader->history[reader->history_next];
        if (!nashra_place_find(reader, place.article, &index))
            continue; /* it was removed meanwhile */
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_UNDO);
        nashra_place_go(reader, step, place, true);
        nashra_voice_save(reader, step);
        return;
    }
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_UNDO_NONE);
}

/* Rewinding ------------------------------------------------------------------------------------------------------- */

static const struct {
    int64_t absence; /* up to, in milliseconds */
    int sentences;   /* back to the beginning of the present one, and so many more; negative: not at all */
    bool paragraph;  /* at least to the beginning of the paragraph */
} rewinds[] = {
    {10 * 1000, -1, false},          /* interrupted: the same word */
    {2 * 60 * 1000, 0, false},       /* away for a moment: the same sentence */
    {30 * 60 * 1000, 1, false},      /* for a talk: one more, for the context */
    {12 * 60 * 60 * 1000, 2, false}, /* for a day's work */
    {INT64_MAX, 2, true},            /* longer */
};

static size_t row_of(int64_t absence) {
    size_t row = 0;
    while (absence > rewinds[row].absence)
        row++;
    return row;
}

void nashra_place_rewind(struct nashra_reader *reader, int64_t absence) {
    /* Not known, as after switching on without a clock: the same sentence. */
    const size_t row = absence < 0 ? 1 : row_of(absence);
    const struct nashra_reader_document *document = &reader->document;
    size_t back = reader->place.offset;
    if (rewinds[row].sentences < 0)
        return;
    struct nashra_span unit = nashra_reader_unit(document, NASHRA_LEVEL_SENTENCE, back);
    for (int i = 0; i < rewinds[row].sentences; i++)
        nashra_units_step(document, NASHRA_LEVEL_SENTENCE, unit.from, -1, &unit);
    const size_t paragraph = nashra_reader_unit(document, NASHRA_LEVEL_PARAGRAPH, back).from;
    size_t to = unit.from;
    if (rewinds[row].paragraph && paragraph < to)
        to = paragraph;
    /* Not to before where the listener has jumped to. */
    if (to < reader->floor && reader->floor <= back)
        to = reader->floor;
    if (to < back)
        reader->place.offset = to;
}
