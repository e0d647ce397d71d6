/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file announce.h  Who speaks when: announcements over an article, as a pure state machine.
 *
 * It knows neither sound nor sockets nor clocks: the caller tells what happened and when, and does what it answers.
 * Time is in milliseconds of any monotonic clock.
 *
 *     request, end of a sentence, end of speech, clock ──▶ nashra_announcer_*() ──▶ actions ──▶ speech, reader
 *
 * Of what is due, the highest priority comes first, and within a priority what came first. An announcement that was
 * interrupted keeps its turn.
 */
#ifndef NASHRA_ANNOUNCE_H
#define NASHRA_ANNOUNCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What it does about what sounds already. */
enum nashra_manner {
    NASHRA_MANNER_INTERRUPT, /**< cuts the article, and announcements of lower priority */
    NASHRA_MANNER_WAIT,      /**< waits for the end of the article's sentence, or of the announcement */
    NASHRA_MANNER_YIELD      /**< waits until nothing sounds, and stops again for an article or a higher priority */
};

/** How an announcement ended. */
enum nashra_outcome {
    NASHRA_OUTCOME_PENDING, /**< it has not */
    NASHRA_OUTCOME_SPOKEN,
    NASHRA_OUTCOME_EXPIRED,   /**< its time was over before its turn came */
    NASHRA_OUTCOME_CANCELLED, /**< by request */
    NASHRA_OUTCOME_CUT,       /**< the listener cut it off */
    NASHRA_OUTCOME_DROPPED,   /**< by an announcement that doesn't let what it interrupts go on */
    NASHRA_OUTCOME_FAILED     /**< it couldn't be spoken */
};

enum { NASHRA_PRIORITY_MOST = 9, NASHRA_PRIORITY_DEFAULT = 5, NASHRA_ANNOUNCE_ACTIONS = 8 };

/** A request. Zero-initialise. */
struct nashra_announcement {
    const char *text; /**< copied; UTF-8 or SSML; what it is matters to the caller only */
    int priority;     /**< 0 … NASHRA_PRIORITY_MOST */
    enum nashra_manner manner;
    bool drops;       /**< what it interrupts is not taken up again */
    bool insistent;   /**< a listener's key doesn't cut it off */
    bool is_private;  /**< for the caller: not for a loudspeaker */
    bool chime;       /**< for the caller: a sound before it */
    unsigned outputs; /**< for the caller: a bit for each; 0: the usual one */
    int64_t due;      /**< not before; 0: at once */
    int64_t expires;  /**< not later; 0: never */
    unsigned repeats; /**< so often after the first time */
    int64_t interval; /**< milliseconds from an end to the next beginning */
    int64_t source;   /**< who asks, for the rate limit */
};

struct nashra_announcer;

struct nashra_announcer_options {
    size_t queue_most;   /**< announcements that wait at once */
    size_t history_most; /**< that are remembered after their end */
    unsigned burst;      /**< requests of one source in a row; 0: no limit */
    unsigned per_minute; /**< and from then on */
};

/** @return 0 or NASHRA_ENOMEM. */
int nashra_announcer_create(const struct nashra_announcer_options *options, struct nashra_announcer **announcer);
/** Takes NULL. */
void nashra_announcer_destroy(struct nashra_announcer *announcer);

enum nashra_announce_action_kind {
    NASHRA_ANNOUNCE_HOLD,    /**< silence the article; it will go on at the sentence that it is in */
    NASHRA_ANNOUNCE_RELEASE, /**< it goes on; with `dropped` it stays paused */
    NASHRA_ANNOUNCE_START,   /**< speak `id` from its sentence `place` on */
    NASHRA_ANNOUNCE_STOP     /**< silence it at once: `id` */
};

struct nashra_announce_action {
    enum nashra_announce_action_kind kind;
    uint64_t id;
    size_t place;
    bool dropped;
};

struct nashra_announce_actions {
    struct nashra_announce_action list[NASHRA_ANNOUNCE_ACTIONS];
    size_t count;
};

/** Takes a request. @param id set to its number, which grows and is never used again. @param actions what is to be done
 *  now; emptied first, as in all calls.
 *  @return 0; NASHRA_EAGAIN when the queue is full or the source asks too often (not reported); NASHRA_ENOMEM. */
int nashra_announcer_submit(struct nashra_announcer *announcer, const struct nashra_announcement *announcement,
                            int64_t now, uint64_t *id, struct nashra_announce_actions *actions);
/** Takes one back, also while it is spoken. @return 0, or NASHRA_ENOINPUT (not reported): none of that number waits. */
int nashra_announcer_cancel(struct nashra_announcer *announcer, uint64_t id, int64_t now,
                            struct nashra_announce_actions *actions);

/** Time has passed. */
void nashra_announcer_tick(struct nashra_announcer *announcer, int64_t now, struct nashra_announce_actions *actions);
/** The article is being read, or isn't: the listener's doing, not that of HOLD and RELEASE. */
void nashra_announcer_article(struct nashra_announcer *announcer, bool playing, int64_t now,
                              struct nashra_announce_actions *actions);
/** A sentence of the article begins. */
void nashra_announcer_sentence(struct nashra_announcer *announcer, int64_t now,
                               struct nashra_announce_actions *actions);
/** What is spoken has reached its sentence `place`. */
void nashra_announcer_place(struct nashra_announcer *announcer, uint64_t id, size_t place);
/** What was started is over: SPOKEN, FAILED, or CUT by a key. Others than the one that is spoken are ignored. */
void nashra_announcer_over(struct nashra_announcer *announcer, uint64_t id, enum nashra_outcome outcome, int64_t now,
                           struct nashra_announce_actions *actions);

/** When the next tick is due; -1: none. */
int64_t nashra_announcer_deadline(const struct nashra_announcer *announcer);

/** What is known of one. Strings are borrowed until the next call. */
struct nashra_announce_view {
    uint64_t id;
    struct nashra_announcement announcement;
    bool speaking;
    unsigned times; /**< it was spoken to its end so often */
    size_t place;
    enum nashra_outcome outcome;
    int64_t ended; /**< when; 0 while it is pending */
};

/** The one that is spoken; 0: none. */
uint64_t nashra_announcer_current(const struct nashra_announcer *announcer);
/** False when it isn't known (any more). */
bool nashra_announcer_find(const struct nashra_announcer *announcer, uint64_t id, struct nashra_announce_view *view);
/** Of those that wait or are spoken, in the order in which they were asked for; false beyond the last. */
bool nashra_announcer_waiting(const struct nashra_announcer *announcer, size_t index,
                              struct nashra_announce_view *view);
/** Of those that ended, the newest first; false beyond the last. */
bool nashra_announcer_history(const struct nashra_announcer *announcer, size_t index,
                              struct nashra_announce_view *view);

/** "spoken", "expired" …; never NULL. */
const char *nashra_outcome_name(enum nashra_outcome outcome);
/** "interrupt", "wait", "yield"; never NULL. */
const char *nashra_manner_name(enum nashra_manner manner);

#ifdef __cplusplus
}
#endif
#endif
