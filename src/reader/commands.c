/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine.h"
#include "units.h"

/* After so many words of a unit, "previous" means its beginning. */
enum { WELL_INTO_WORDS = 3 };

/* Moving ---------------------------------------------------------------------------------------------------------- */

void nashra_command_article(struct nashra_reader *reader, struct step *step, int by) {
    if (reader->count == 0) {
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_LIBRARY_EMPTY);
        return;
    }
    const size_t last = reader->count - 1;
    size_t index = reader->index;
    nashra_voice_interrupt(reader, step);
    if (by > 0 && index == last)
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_WRAP_FIRST);
    if (by < 0 && index == 0)
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_WRAP_LAST);
    index = by > 0 ? (index == last ? 0 : index + 1) : (index == 0 ? last : index - 1);
    if (nashra_place_ready(reader))
        nashra_place_remember(reader);
    nashra_place_open(
        reader, step, index,
        (struct arrival){.play = nashra_place_playing(reader), .preview = true, .absence = -1, .step = by});
}

static void next_article(struct nashra_reader *reader, struct step *step) {
    nashra_command_article(reader, step, 1);
}

static void previous_article(struct nashra_reader *reader, struct step *step) {
    const bool ready = nashra_place_ready(reader) && reader->skim == NASHRA_SKIM_ALL;
    if (ready && reader->place.offset > nashra_units_title(&reader->document).to)
        nashra_place_jump(reader, step, 0);
    else
        nashra_command_article(reader, step, -1);
}

/* A word and a letter are said for themselves: reading on from them would leave no time to listen to them. */
static void move_to(struct nashra_reader *reader, struct step *step, size_t offset) {
    if (reader->level >= NASHRA_LEVEL_WORD && reader->mode == NASHRA_READER_PLAYING)
        nashra_place_pause(reader, step);
    nashra_place_jump(reader, step, offset);
}

static bool moves_by_article(const struct nashra_reader *reader) {
    return reader->level == NASHRA_LEVEL_ARTICLE || reader->skim != NASHRA_SKIM_ALL || reader->count == 0;
}

static void next(struct nashra_reader *reader, struct step *step) {
    struct nashra_span unit;
    if (moves_by_article(reader))
        next_article(reader, step);
    else if (!nashra_place_ready(reader))
        return;
    else if (nashra_units_step(&reader->document, reader->level, reader->place.offset, 1, &unit))
        move_to(reader, step, unit.from);
    else
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_LAST);
}

static void previous(struct nashra_reader *reader, struct step *step) {
    if (moves_by_article(reader)) {
        previous_article(reader, step);
        return;
    }
    if (!nashra_place_ready(reader))
        return;
    const struct nashra_reader_document *document = &reader->document;
    struct nashra_span unit = nashra_reader_unit(document, reader->level, reader->place.offset);
    const size_t into =
        reader->level >= NASHRA_LEVEL_WORD ? 0 : nashra_units_words_before(document, unit, reader->place.offset);
    if (into > WELL_INTO_WORDS || reader->place.offset >= unit.to ||
        nashra_units_step(document, reader->level, reader->place.offset, -1, &unit) || reader->place.offset > unit.from)
        move_to(reader, step, unit.from);
    else
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_FIRST);
}

static void change_level(struct nashra_reader *reader, struct step *step, int by) {
    reader->level = (enum nashra_level)(((int)reader->level + by + NASHRA_LEVEL_COUNT) % NASHRA_LEVEL_COUNT);
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_LEVEL, .value = (int)reader->level});
    nashra_voice_prompt(reader, step, (enum nashra_prompt)(NASHRA_PROMPT_LEVEL_ARTICLE + (int)reader->level));
}

static void level_up(struct nashra_reader *reader, struct step *step) {
    change_level(reader, step, -1);
}

static void level_down(struct nashra_reader *reader, struct step *step) {
    change_level(reader, step, 1);
}

static void repeat(struct nashra_reader *reader, struct step *step) {
    if (!nashra_place_ready(reader))
        return;
    const enum nashra_level level = reader->level >= NASHRA_LEVEL_WORD ? reader->level : NASHRA_LEVEL_SENTENCE;
    const struct nashra_span unit = nashra_reader_unit(&reader->document, level, reader->place.offset);
    nashra_voice_interrupt(reader, step);
    reader->place.offset = reader->skim == NASHRA_SKIM_ALL ? unit.from : 0;
    if (reader->mode == NASHRA_READER_PLAYING)
        return;
    if (level == reader->level)
        nashra_voice_unit(reader, step);
    else
        nashra_voice_aside(reader, step, unit);
}

static void find_new(struct nashra_reader *reader, struct step *step) {
    for (size_t i = 1; i <= reader->count; i++) {
        const size_t index = (reader->index + i) % reader->count;
        if (!reader->entries[index].fresh)
            continue;
        if (nashra_place_ready(reader))
            nashra_place_remember(reader);
        reader->skim = NASHRA_SKIM_ALL;
        nashra_place_open(reader, step, index, (struct arrival){.play = true, .absence = -1});
        return;
    }
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_NEW_NONE);
}

/* Playing --------------------------------------------------------------------------------------------------------- */

static void read_whole(struct nashra_reader *reader) {
    reader->skim = NASHRA_SKIM_ALL;
    if (nashra_place_ready(reader))
        reader->place.offset = nashra_units_body(&reader->document);
}

/* Behind the last article all of them may be heard again. */
static void begin_anew(struct nashra_reader *reader, struct step *step) {
    if (reader->index + 1 == reader->count)
        for (size_t i = 0; i < reader->count; i++)
            reader->entries[i].heard = false;
    reader->mode = NASHRA_READER_PLAYING;
    nashra_command_article(reader, step, 1);
}

static void go_on(struct nashra_reader *reader, struct step *step) {
    if (reader->place.offset >= nashra_place_end(reader)) {
        begin_anew(reader, step);
        return;
    }
    const bool known = reader->heard_at != NASHRA_NOT_KNOWN;
    reader->place.offset = nashra_reader_unit(&reader->document, NASHRA_LEVEL_WORD, reader->place.offset).from;
    nashra_place_rewind(reader, known ? step->now - reader->heard_at : -1);
    reader->mode = NASHRA_READER_PLAYING;
    nashra_voice_read(reader, step);
}

static void play(struct nashra_reader *reader, struct step *step) {
    switch (reader->mode) {
    case NASHRA_READER_EMPTY:
        if (reader->count == 0)
            nashra_voice_prompt(reader, step, NASHRA_PROMPT_LIBRARY_EMPTY);
        else
            nashra_place_open(reader, step, reader->index, (struct arrival){.play = true, .absence = -1});
        break;
    case NASHRA_READER_OPENING:
        reader->arrival.play = reader->skim != NASHRA_SKIM_ALL || !reader->arrival.play;
        reader->skim = NASHRA_SKIM_ALL;
        break;
    case NASHRA_READER_PAUSED:
        go_on(reader, step);
        break;
    case NASHRA_READER_PLAYING:
        if (reader->skim == NASHRA_SKIM_ALL) {
            nashra_place_pause(reader, step);
        } else {
            nashra_voice_interrupt(reader, step);
            read_whole(reader);
        }
    }
}

static void skim(struct nashra_reader *reader, struct step *step) {
    if (!nashra_place_ready(reader))
        return;
    reader->skim = (enum nashra_skim)(((int)reader->skim + 1) % NASHRA_SKIM_COUNT);
    nashra_voice_prompt(reader, step, (enum nashra_prompt)(NASHRA_PROMPT_SKIM_ALL + (int)reader->skim));
    if (reader->skim == NASHRA_SKIM_ALL) {
        read_whole(reader);
        return;
    }
    if (reader->skim == NASHRA_SKIM_TITLES)
        nashra_place_remember(reader);
    reader->skim_first = reader->place.article;
    reader->place.offset = 0;
    reader->mode = NASHRA_READER_PLAYING;
}

static void where(struct nashra_reader *reader, struct step *step) {
    if (reader->mode == NASHRA_READER_EMPTY) {
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_LIBRARY_EMPTY);
        return;
    }
    nashra_voice_prompt_numbers(reader, step, NASHRA_PROMPT_WHERE_ARTICLE, reader->index + 1, reader->count);
    if (!nashra_place_ready(reader))
        return;
    const struct nashra_reader_document *document = &reader->document;
    const struct nashra_span title = nashra_units_title(document);
    size_t paragraphs;
    const size_t paragraph = nashra_units_paragraph(document, reader->place.offset, &paragraphs);
    if (reader->place.offset >= title.to)
        nashra_voice_aside(reader, step, title);
    nashra_voice_prompt_numbers(reader, step, NASHRA_PROMPT_WHERE_PARAGRAPH, paragraph, paragraphs);
}

/* The sound ------------------------------------------------------------------------------------------------------- */

/* Moves a value within its limits; false when it was at the limit. */
static bool change(int *value, int by, int least, int most) {
    const int wanted = *value + by;
    const int changed = wanted < least ? least : wanted > most ? most : wanted;
    const bool moved = changed != *value;
    *value = changed;
    return moved;
}

static void change_rate(struct nashra_reader *reader, struct step *step, int by) {
    if (!change(&reader->rate, by, NASHRA_RATE_LEAST, NASHRA_RATE_MOST)) {
        nashra_voice_prompt(reader, step, by < 0 ? NASHRA_PROMPT_SLOWEST : NASHRA_PROMPT_FASTEST);
        return;
    }
    nashra_voice_interrupt(reader, step);
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_RATE, .value = reader->rate});
    nashra_voice_prompt(reader, step, by < 0 ? NASHRA_PROMPT_SLOWER : NASHRA_PROMPT_FASTER);
}

/* While something is being read the change itself is heard. */
static void change_volume(struct nashra_reader *reader, struct step *step, int by) {
    if (!change(&reader->volume, by, NASHRA_VOLUME_LEAST, 100)) {
        nashra_voice_prompt(reader, step, by < 0 ? NASHRA_PROMPT_SOFTEST : NASHRA_PROMPT_LOUDEST);
        return;
    }
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_VOLUME, .value = reader->volume});
    if (reader->mode != NASHRA_READER_PLAYING)
        nashra_voice_prompt_numbers(reader, step, NASHRA_PROMPT_VOLUME, (size_t)reader->volume, 0);
}

static void slower(struct nashra_reader *reader, struct step *step) {
    change_rate(reader, step, -NASHRA_RATE_STEP);
}

static void faster(struct nashra_reader *reader, struct step *step) {
    change_rate(reader, step, NASHRA_RATE_STEP);
}

static void louder(struct nashra_reader *reader, struct step *step) {
    change_volume(reader, step, NASHRA_VOLUME_STEP);
}

static void softer(struct nashra_reader *reader, struct step *step) {
    change_volume(reader, step, -NASHRA_VOLUME_STEP);
}

/* The box --------------------------------------------------------------------------------------------------------- */

static void describe(struct nashra_reader *reader, struct step *step) {
    reader->describing = !reader->describing;
    reader->describe_ends = step->now + NASHRA_DESCRIBE_MS;
    nashra_voice_prompt(reader, step, reader->describing ? NASHRA_PROMPT_DESCRIBE_ON : NASHRA_PROMPT_DESCRIBE_OFF);
}

static void bookmark(struct nashra_reader *reader, struct step *step) {
    if (nashra_place_ready(reader))
        nashra_bookmarks_toggle(reader, step);
}

static void switch_off(struct nashra_reader *reader, struct step *step) {
    if (reader->mode == NASHRA_READER_PLAYING)
        nashra_place_pause(reader, step);
    reader->skim = NASHRA_SKIM_ALL;
    reader->arrival.play = false;
    reader->arrival.preview = false;
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_GOODBYE);
    nashra_voice_emit(step, (struct nashra_action){.kind = NASHRA_ACTION_OFF});
}

void nashra_command_do(struct nashra_reader *reader, struct step *step, enum nashra_command command) {
    static void (*const commands[NASHRA_COMMAND_COUNT])(struct nashra_reader *, struct step *) = {
        [NASHRA_COMMAND_PLAY] = play,
        [NASHRA_COMMAND_NEXT] = next,
        [NASHRA_COMMAND_PREVIOUS] = previous,
        [NASHRA_COMMAND_NEXT_ARTICLE] = next_article,
        [NASHRA_COMMAND_PREVIOUS_ARTICLE] = previous_article,
        [NASHRA_COMMAND_LEVEL_UP] = level_up,
        [NASHRA_COMMAND_LEVEL_DOWN] = level_down,
        [NASHRA_COMMAND_REPEAT] = repeat,
        [NASHRA_COMMAND_WHERE] = where,
        [NASHRA_COMMAND_SLOWER] = slower,
        [NASHRA_COMMAND_FASTER] = faster,
        [NASHRA_COMMAND_LOUDER] = louder,
        [NASHRA_COMMAND_SOFTER] = softer,
        [NASHRA_COMMAND_SLEEP] = nashra_sleep_cycle,
        [NASHRA_COMMAND_UNDO] = nashra_place_undo,
        [NASHRA_COMMAND_BOOKMARK] = bookmark,
        [NASHRA_COMMAND_NEXT_BOOKMARK] = nashra_bookmarks_next,
        [NASHRA_COMMAND_SKIM] = skim,
        [NASHRA_COMMAND_NEW] = find_new,
        [NASHRA_COMMAND_DESCRIBE] = describe,
        [NASHRA_COMMAND_OFF] = switch_off,
    };
    if ((unsigned)command < NASHRA_COMMAND_COUNT && commands[command])
        commands[command](reader, step);
}
