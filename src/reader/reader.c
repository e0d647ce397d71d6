/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine.h"

#include <string.h>

static int limit(int value, int least, int most, int otherwise) {
    return value == 0 ? otherwise : value < least ? least : value > most ? most : value;
}

int nashra_reader_create(const struct nashra_reader_settings *settings, struct nashra_reader **out) {
    struct nashra_reader *reader = nashra_alloc_zeroed(1, sizeof *reader);
    *out = reader;
    if (!reader)
        return NASHRA_ENOMEM;
    reader->rate = limit(settings->rate, NASHRA_RATE_LEAST, NASHRA_RATE_MOST, NASHRA_RATE_DEFAULT);
    reader->volume = limit(settings->volume, NASHRA_VOLUME_LEAST, NASHRA_VOLUME_DEFAULT, NASHRA_VOLUME_DEFAULT);
    reader->level = (unsigned)settings->level < NASHRA_LEVEL_COUNT ? settings->level : NASHRA_LEVEL_SENTENCE;
    reader->fade = 100;
    reader->heard_at = NASHRA_NOT_KNOWN;
    return NASHRA_OK;
}

void nashra_reader_destroy(struct nashra_reader *reader) {
    if (!reader)
        return;
    nashra_free(reader->entries);
    nashra_free(reader);
}

/* The library ----------------------------------------------------------------------------------------------------- */

static int copy_entries(struct nashra_reader *reader, const struct nashra_reader_event *event) {
    struct nashra_reader_entry *entries = NULL;
    if (event->count > 0) {
        entries = nashra_alloc_zeroed(event->count, sizeof *entries);
        if (!entries)
            return NASHRA_ENOMEM;
        memcpy(entries, event->entries, event->count * sizeof *entries);
    }
    nashra_free(reader->entries);
    reader->entries = entries;
    reader->count = event->count;
    return NASHRA_OK;
}

static void become_empty(struct nashra_reader *reader) {
    reader->mode = NASHRA_READER_EMPTY;
    reader->index = 0;
    reader->place = (struct place){0};
    reader->skim = NASHRA_SKIM_ALL;
    reader->ticket = 0;
}

static void lose_article(struct nashra_reader *reader, struct step *step) {
    const bool playing = nashra_place_playing(reader);
    if (reader->count == 0) {
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_LIBRARY_EMPTY);
        become_empty(reader);
        return;
    }
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_ARTICLE_GONE);
    nashra_place_open(reader, step, reader->index < reader->count ? reader->index : reader->count - 1,
                      (struct arrival){.play = playing, .preview = true, .absence = -1});
}

static int change_library(struct nashra_reader *reader, struct step *step, const struct nashra_reader_event *event) {
    size_t index;
    const int status = copy_entries(reader, event);
    if (status < 0 || !reader->started)
        return status;
    if (!nashra_place_find(reader, reader->skim_first, &index))
        reader->skim_first = reader->place.article;
    if (reader->mode == NASHRA_READER_EMPTY) {
        reader->index = 0;
        if (reader->count == 0)
            return NASHRA_OK;
        nashra_voice_prompt_numbers(reader, step, NASHRA_PROMPT_LIBRARY_FILLED, reader->count, 0);
        nashra_place_open(reader, step, 0, (struct arrival){.play = reader->autoplay, .preview = true, .absence = -1});
    } else if (nashra_place_find(reader, reader->place.article, &index)) {
        reader->index = index;
    } else {
        lose_article(reader, step);
    }
    return NASHRA_OK;
}

static void start(struct nashra_reader *reader, struct step *step, const struct nashra_reader_event *event) {
    size_t index, fresh = 0;
    if (reader->started)
        return;
    reader->started = true;
    reader->autoplay = event->play;
    step->interrupted = true; /* nothing is being said yet */
    reader->heard_at = event->absence < 0 ? NASHRA_NOT_KNOWN : step->now - event->absence;
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_READY);
    if (reader->count == 0) {
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_LIBRARY_EMPTY);
        return;
    }
    for (size_t i = 0; i < reader->count; i++)
        fresh += reader->entries[i].fresh;
    if (fresh > 0)
        nashra_voice_prompt_numbers(reader, step, NASHRA_PROMPT_NEW_COUNT, fresh, 0);
    if (!nashra_place_find(reader, event->article, &index))
        index = 0;
    nashra_place_open(reader, step, index,
                      (struct arrival){.play = event->play, .preview = true, .absence = event->absence});
}

/* Documents ------------------------------------------------------------------------------------------------------- */

static void open_document(struct nashra_reader *reader, struct step *step,
                          const struct nashra_reader_document *document) {
    if (document->id != reader->place.article || document->count == 0)
        return;
    if (reader->mode == NASHRA_READER_OPENING) {
        step->interrupted = true; /* by OPEN; prompts that were said since go on */
        nashra_place_arrive(reader, step, document);
    } else if (nashra_place_ready(reader)) {
        nashra_place_renew(reader, step, document);
    }
}

static void skip_unreadable(struct nashra_reader *reader, struct step *step, nashra_article_id article) {
    if (reader->mode != NASHRA_READER_OPENING || reader->place.article != article)
        return;
    struct arrival arrival = reader->arrival;
    step->interrupted = true;
    if (++arrival.tries >= reader->count) {
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_LIBRARY_UNREADABLE);
        become_empty(reader);
        return;
    }
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_ARTICLE_UNREADABLE);
    arrival.given = false;
    const size_t by = arrival.step < 0 ? reader->count - 1 : 1;
    nashra_place_open(reader, step, (reader->index + by) % reader->count, arrival);
}

/* Speech ---------------------------------------------------------------------------------------------------------- */

static void note_progress(struct nashra_reader *reader, struct step *step, const struct nashra_reader_event *event) {
    if (reader->mode != NASHRA_READER_PLAYING || event->ticket == 0 || event->ticket != reader->ticket)
        return;
    /* Forwards only, and within what was asked for. */
    if (event->offset > reader->place.offset && event->offset < reader->reading_to)
        reader->place.offset = event->offset;
    if (step->now - reader->saved_at >= NASHRA_SAVE_MS && reader->skim == NASHRA_SKIM_ALL)
        nashra_voice_save(reader, step);
}

static void end_skimming(struct nashra_reader *reader, struct step *step) {
    nashra_place_pause(reader, step);
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_SKIM_END);
}

static void skim_on(struct nashra_reader *reader, struct step *step) {
    const size_t next = (reader->index + 1) % reader->count;
    if (reader->entries[next].id == reader->skim_first)
        end_skimming(reader, step);
    else
        nashra_place_open(reader, step, next, (struct arrival){.play = true, .absence = -1});
}

static void end_article(struct nashra_reader *reader, struct step *step) {
    size_t next = reader->index + 1;
    reader->entries[reader->index].heard = true;
    reader->place.offset = nashra_place_end(reader);
    nashra_voice_save(reader, step);
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_HEARD, .article = reader->place.article});
    while (next < reader->count && reader->entries[next].heard)
        next++;
    if (next < reader->count) {
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_ARTICLE_END);
        nashra_place_open(reader, step, next, (struct arrival){.play = true, .absence = -1});
        return;
    }
    nashra_place_pause(reader, step);
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_LIBRARY_END);
}

static void finish(struct nashra_reader *reader, struct step *step, unsigned ticket) {
    if (reader->mode != NASHRA_READER_PLAYING || ticket == 0 || ticket != reader->ticket)
        return;
    step->interrupted = true; /* there is nothing left to interrupt */
    if (reader->skim != NASHRA_SKIM_ALL)
        skim_on(reader, step);
    else
        end_article(reader, step);
}

/* Keys ------------------------------------------------------------------------------------------------------------ */

static void explain(struct nashra_reader *reader, struct step *step, const struct nashra_key_event *key) {
    nashra_voice_prompt(reader, step, nashra_prompt_what(key->command));
    if (key->other == NASHRA_COMMAND_NONE)
        return;
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_KEY_LONG);
    nashra_voice_prompt(reader, step, nashra_prompt_what(key->other));
}

static void obey(struct nashra_reader *reader, struct step *step, const struct nashra_key_event *key) {
    if (reader->describing && key->command != NASHRA_COMMAND_DESCRIBE) {
        if (!key->announced)
            nashra_voice_prompt(reader, step, nashra_prompt_what(key->command));
        return;
    }
    nashra_command_do(reader, step, key->command);
}

static void press(struct nashra_reader *reader, struct step *step, const struct nashra_key_event *key) {
    if (key->kind == NASHRA_KEY_PRESSED) {
        nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_CLICK});
        reader->ignore_command = nashra_sleep_awake(reader, step);
        reader->describe_ends = step->now + NASHRA_DESCRIBE_MS;
    }
    if (reader->ignore_command)
        return;
    if (key->kind == NASHRA_KEY_ANNOUNCED)
        nashra_voice_prompt(reader, step,
                            key->command == NASHRA_COMMAND_NONE ? NASHRA_PROMPT_KEY_CANCELLED
                                                                : nashra_prompt_what(key->command));
    if (key->kind == NASHRA_KEY_EXPLAINED)
        explain(reader, step, key);
    if (key->kind == NASHRA_KEY_COMMANDED)
        obey(reader, step, key);
}

/* ----------------------------------------------------------------------------------------------------------------- */

static void tick(struct nashra_reader *reader, struct step *step) {
    nashra_sleep_tick(reader, step);
    if (!reader->describing || step->now < reader->describe_ends)
        return;
    reader->describing = false;
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_DESCRIBE_OFF);
}

/* A sentence that was broken off is read again, as a listener who heard something else has lost its beginning. */
static void hold(struct nashra_reader *reader, struct step *step) {
    if (reader->held)
        return;
    reader->held = true;
    if (reader->mode != NASHRA_READER_PLAYING)
        return;
    nashra_voice_interrupt(reader, step);
    const size_t from = nashra_reader_unit(&reader->document, NASHRA_LEVEL_SENTENCE, reader->place.offset).from;
    if (from < reader->place.offset)
        reader->place.offset = from;
    nashra_voice_save(reader, step);
}

static void release(struct nashra_reader *reader, struct step *step, bool play) {
    if (!reader->held)
        return;
    reader->held = false;
    if (!play && nashra_place_playing(reader)) {
        if (reader->mode == NASHRA_READER_PLAYING)
            nashra_place_pause(reader, step);
        else
            reader->arrival.play = false;
        reader->skim = NASHRA_SKIM_ALL;
    }
    nashra_voice_read(reader, step);
}

/* Silent, so that nobody hears what the one before was at. */
static void reset(struct nashra_reader *reader, struct step *step) {
    const bool open = nashra_place_ready(reader);
    nashra_voice_interrupt(reader, step);
    if (reader->mode == NASHRA_READER_OPENING)
        reader->arrival.play = false;
    if (open && reader->mode == NASHRA_READER_PLAYING)
        nashra_place_pause(reader, step);
    reader->rate = NASHRA_RATE_DEFAULT;
    reader->volume = NASHRA_VOLUME_DEFAULT;
    reader->level = NASHRA_LEVEL_SENTENCE;
    reader->skim = NASHRA_SKIM_ALL;
    reader->describing = false;
    reader->history_count = 0;
    reader->sleep = (struct sleep_timer){0};
    reader->fade = 100;
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_RATE, .value = reader->rate});
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_VOLUME, .value = reader->volume});
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_FADE, .value = reader->fade});
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_LEVEL, .value = (int)reader->level});
    if (reader->count > 0)
        nashra_place_open(reader, step, 0, (struct arrival){.given = true, .absence = -1});
    step->spoken = true;
}

static int dispatch(struct nashra_reader *reader, struct step *step, const struct nashra_reader_event *event) {
    switch (event->kind) {
    case NASHRA_EVENT_START:
        start(reader, step, event);
        break;
    case NASHRA_EVENT_LIBRARY:
        return change_library(reader, step, event);
    case NASHRA_EVENT_BOOKMARKS:
        nashra_bookmarks_set(reader, event->bookmarks, event->count);
        break;
    case NASHRA_EVENT_DOCUMENT:
        open_document(reader, step, event->document);
        break;
    case NASHRA_EVENT_UNREADABLE:
        skip_unreadable(reader, step, event->article);
        break;
    case NASHRA_EVENT_KEY:
        press(reader, step, &event->key);
        break;
    case NASHRA_EVENT_PROGRESS:
        note_progress(reader, step, event);
        break;
    case NASHRA_EVENT_FINISHED:
        finish(reader, step, event->ticket);
        break;
    case NASHRA_EVENT_FAULT:
        nashra_voice_prompt_numbers(reader, step, event->prompt, event->numbers[0], event->numbers[1]);
        break;
    case NASHRA_EVENT_TICK:
        tick(reader, step);
        break;
    case NASHRA_EVENT_HOLD:
        hold(reader, step);
        break;
    case NASHRA_EVENT_RELEASE:
        release(reader, step, event->play);
        break;
    case NASHRA_EVENT_RESET:
        reset(reader, step);
        break;
    }
    return NASHRA_OK;
}

int nashra_reader_step(struct nashra_reader *reader, const struct nashra_reader_event *event,
                       struct nashra_actions *actions) {
    struct step step = {.now = event->now, .actions = actions};
    actions->count = 0;
    const int status = dispatch(reader, &step, event);
    /* What a prompt interrupted goes on behind it. */
    if (status >= 0 && step.interrupted)
        nashra_voice_read(reader, &step);
    return status;
}

int64_t nashra_reader_deadline(const struct nashra_reader *reader) {
    const int64_t sleep = nashra_sleep_deadline(reader);
    const int64_t describe = reader->describing ? reader->describe_ends : -1;
    return sleep < 0 || (describe >= 0 && describe < sleep) ? describe : sleep;
}

struct nashra_reader_view nashra_reader_view(const struct nashra_reader *reader) {
    return (struct nashra_reader_view){
        .mode = reader->mode,
        .article = reader->place.article,
        .index = reader->index,
        .offset = reader->place.offset,
        .level = reader->level,
        .skim = reader->skim,
        .rate = reader->rate,
        .volume = reader->volume,
        .fade = reader->fade,
        .sleep_minutes = reader->sleep.minutes,
        .describing = reader->describing,
        .held = reader->held,
        .jumps = reader->history_count,
        .bookmarks = reader->bookmark_count,
        .ticket = reader->ticket,
    };
}
