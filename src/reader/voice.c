/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine.h"
#include "units.h"

#include <assert.h>

void nashra_voice_emit(struct step *step, struct nashra_action action) {
    struct nashra_actions *actions = step->actions;
    assert(actions->count < NASHRA_ACTIONS_MAX);
    actions->list[actions->count++] = action;
}

void nashra_voice_interrupt(struct nashra_reader *reader, struct step *step) {
    reader->ticket = 0;
    if (step->interrupted)
        return;
    step->interrupted = true;
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_STOP});
}

void nashra_voice_prompt_numbers(struct nashra_reader *reader, struct step *step, enum nashra_prompt prompt,
                                 size_t first, size_t second) {
    nashra_voice_interrupt(reader, step);
    nashra_voice_emit(
        step, (struct nashra_action){.kind = NASHRA_ACTION_PROMPT, .prompt = prompt, .numbers = {first, second}});
}

void nashra_voice_prompt(struct nashra_reader *reader, struct step *step, enum nashra_prompt prompt) {
    nashra_voice_prompt_numbers(reader, step, prompt, 0, 0);
}

void nashra_voice_aside(struct nashra_reader *reader, struct step *step, struct nashra_span span) {
    nashra_voice_interrupt(reader, step);
    nashra_voice_emit(
        step, (struct nashra_action){.kind = NASHRA_ACTION_ASIDE, .article = reader->place.article, .span = span});
}

void nashra_voice_unit(struct nashra_reader *reader, struct step *step) {
    const struct nashra_reader_document *document = &reader->document;
    if (reader->level == NASHRA_LEVEL_ARTICLE) {
        nashra_voice_aside(reader, step, nashra_units_title(document));
        return;
    }
    const struct nashra_span unit = nashra_reader_unit(document, reader->level, reader->place.offset);
    nashra_voice_aside(reader, step, unit);
    if (reader->level == NASHRA_LEVEL_LETTER)
        step->actions->list[step->actions->count - 1].kind = NASHRA_ACTION_SPELL;
}

static size_t reading_end(const struct nashra_reader *reader) {
    switch (reader->skim) {
    case NASHRA_SKIM_TITLES:
        return nashra_units_title(&reader->document).to;
    case NASHRA_SKIM_OPENINGS:
        return nashra_units_opening_end(&reader->document);
    default:
        return reader->document.segments[reader->document.count - 1].span.to;
    }
}

void nashra_voice_read(struct nashra_reader *reader, struct step *step) {
    if (reader->mode != NASHRA_READER_PLAYING || step->spoken || reader->held)
        return;
    nashra_voice_interrupt(reader, step);
    step->spoken = true;
    reader->ticket = ++reader->tickets;
    if (reader->ticket == 0)
        reader->ticket = ++reader->tickets;
    reader->reading_to = reading_end(reader);
    const size_t from = reader->place.offset < reader->reading_to ? reader->place.offset : reader->reading_to;
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_READ,
                                                   .article = reader->place.article,
                                                   .span = {from, reader->reading_to},
                                                   .ticket = reader->ticket});
}

void nashra_voice_save(struct nashra_reader *reader, struct step *step) {
    /* An article that is being opened is saved when it is there. */
    reader->saved_at = step->now;
    if (!nashra_place_ready(reader) ||
        (reader->saved.article == reader->place.article && reader->saved.offset == reader->place.offset))
        return;
    reader->saved = reader->place;
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_SAVE,
                                                   .article = reader->place.article,
                                                   .span = {reader->place.offset, reader->place.offset}});
}
