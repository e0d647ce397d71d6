/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader's state, and what its files do with it:
 *
 *   reader.c    events: what happens to the listener
 *   commands.c  commands: what the listener wants
 *   place.c     where the listener is: opening, jumping, undo, rewinding
 *   bookmarks.c
 *   voice.c     what is said: reading on, asides, prompts
 *   sleep.c     the sleep timer and its fade
 */
#ifndef NASHRA_READER_MACHINE_H
#define NASHRA_READER_MACHINE_H

#include <nashra/reader.h>

enum { HISTORY_LENGTH = 32, BOOKMARKS_MAX = 500 };

#define NASHRA_NOT_KNOWN INT64_MIN

struct place {
    nashra_article_id article;
    size_t offset;
};

/* What to do when the article that was asked for is there. */
struct arrival {
    bool given; /* go to `offset`; else to where the article was left */
    size_t offset;
    bool play;
    bool preview;    /* not playing: say the unit there */
    int64_t absence; /* not given: how long ago it was left; negative: not known */
    int step;        /* in which direction to go on if it can't be read; 0: forwards */
    size_t tries;    /* articles that couldn't be read in a row */
};

struct sleep_timer {
    unsigned minutes; /* 0: off */
    int64_t ends;
    int64_t next_step; /* of the fade */
    bool fading;
    struct place before; /* where the fade began */
};

struct nashra_reader {
    enum nashra_reader_mode mode;
    struct nashra_reader_entry *entries;
    size_t count;
    size_t index;
    struct place place;
    struct nashra_reader_document document; /* of place.article, unless mode is EMPTY or OPENING */
    struct arrival arrival;                 /* while OPENING */
    bool started;
    bool autoplay; /* what comes into an empty box is read at once */

    int rate, volume;
    enum nashra_level level;
    enum nashra_skim skim;
    nashra_article_id skim_first;
    struct sleep_timer sleep;
    int fade;
    bool describing;
    int64_t describe_ends;
    bool held;           /* nothing of an article is read */
    bool ignore_command; /* the key only kept the listener awake */

    struct place history[HISTORY_LENGTH]; /* a ring: the newest at history_next - 1 */
    size_t history_next, history_count;
    struct nashra_reader_bookmark bookmarks[BOOKMARKS_MAX];
    size_t bookmark_count;

    unsigned tickets;  /* given out so far */
    unsigned ticket;   /* of the reading whose reports count; 0: none */
    size_t reading_to; /* where it ends */
    int64_t heard_at;  /* when something was heard last, or NASHRA_NOT_KNOWN */
    size_t floor;      /* a jump's target: rewinding doesn't go before it */
    struct place saved;
    int64_t saved_at;
};

/* One step: the actions so far. */
struct step {
    int64_t now;
    struct nashra_actions *actions;
    bool interrupted; /* STOP was said */
    bool spoken;      /* reading on has been asked for, or is not wanted */
};

/* voice.c */
void nashra_voice_emit(struct step *step, struct nashra_action action);
void nashra_voice_interrupt(struct nashra_reader *reader, struct step *step);
void nashra_voice_prompt(struct nashra_reader *reader, struct step *step, enum nashra_prompt prompt);
void nashra_voice_prompt_numbers(struct nashra_reader *reader, struct step *step, enum nashra_prompt prompt,
                                 size_t first, size_t second);
void nashra_voice_aside(struct nashra_reader *reader, struct step *step, struct nashra_span span);
/* Says the unit at the place: what a paused listener moves over. */
void nashra_voice_unit(struct nashra_reader *reader, struct step *step);
/* Reads on from the place, if playing. */
void nashra_voice_read(struct nashra_reader *reader, struct step *step);
void nashra_voice_save(struct nashra_reader *reader, struct step *step);

/* place.c */
/* An article is open. */
bool nashra_place_ready(const struct nashra_reader *reader);
/* It is being read, or will be when it is open. */
bool nashra_place_playing(const struct nashra_reader *reader);
bool nashra_place_find(const struct nashra_reader *reader, nashra_article_id article, size_t *index);
/* Where the text ends. */
size_t nashra_place_end(const struct nashra_reader *reader);
/* Notes the place, so that the jump that follows can be undone. */
void nashra_place_remember(struct nashra_reader *reader);
/* Asks for an article of the library and goes there. */
void nashra_place_open(struct nashra_reader *reader, struct step *step, size_t index, struct arrival arrival);
/* To an offset of an article, which is opened if need be; goes on playing or, with `preview`, says the unit there.
 * Nothing when there is no such article. */
void nashra_place_go(struct nashra_reader *reader, struct step *step, struct place place, bool preview);
/* As nashra_place_go() within the article, remembered and saved. */
void nashra_place_jump(struct nashra_reader *reader, struct step *step, size_t offset);
void nashra_place_arrive(struct nashra_reader *reader, struct step *step,
                         const struct nashra_reader_document *document);
/* The open article was edited: `document` is its new text. */
void nashra_place_renew(struct nashra_reader *reader, struct step *step, const struct nashra_reader_document *document);
void nashra_place_pause(struct nashra_reader *reader, struct step *step);
/* Back by so much as the absence asks for. Negative: not known. */
void nashra_place_rewind(struct nashra_reader *reader, int64_t absence);
void nashra_place_undo(struct nashra_reader *reader, struct step *step);

/* bookmarks.c */
void nashra_bookmarks_set(struct nashra_reader *reader, const struct nashra_reader_bookmark *bookmarks, size_t count);
void nashra_bookmarks_toggle(struct nashra_reader *reader, struct step *step);
void nashra_bookmarks_next(struct nashra_reader *reader, struct step *step);

/* commands.c */
void nashra_command_do(struct nashra_reader *reader, struct step *step, enum nashra_command command);
/* To the article `by` further, round the ends. */
void nashra_command_article(struct nashra_reader *reader, struct step *step, int by);

/* sleep.c */
void nashra_sleep_cycle(struct nashra_reader *reader, struct step *step);
/* A key: true when all it did was to keep the listener awake. */
bool nashra_sleep_awake(struct nashra_reader *reader, struct step *step);
void nashra_sleep_tick(struct nashra_reader *reader, struct step *step);
int64_t nashra_sleep_deadline(const struct nashra_reader *reader);

#endif
