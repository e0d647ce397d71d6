/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file ahead.h  A pipeline on a thread of its own, a few sentences ahead of the listener.
 *
 * All functions are called from one thread, the player's; the pipeline, and eSpeak with it, lives on the other.
 */
#ifndef NASHRA_AHEAD_H
#define NASHRA_AHEAD_H

#include <nashra/pipeline.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A sentence ready to be heard. */
struct nashra_utterance {
    struct nashra_sentence sentence;
    struct nashra_sound sound;
    struct nashra_arena *arena; /**< owns the sentence */
};

struct nashra_ahead;

/** Starts preparing `article` from segment `first` on. The pipeline is created on the new thread, so that its loading
 *  runs beside the caller's own; a failure of it is returned by nashra_ahead_take(). The article must outlive it.
 *  @return 0, NASHRA_ENOMEM or NASHRA_EINTERNAL (no thread, no descriptor). */
int nashra_ahead_create(const struct nashra_pipeline_options *options, const struct nashra_article *article,
                        size_t first, struct nashra_ahead **ahead);
/** Stops the thread and frees all, utterances that are still out included. Takes NULL. */
void nashra_ahead_destroy(struct nashra_ahead *ahead);

/** Readable while nashra_ahead_take() would not answer "not yet". For poll(2) only. */
int nashra_ahead_fd(const struct nashra_ahead *ahead);

/** Takes the next utterance in order; it goes back through nashra_ahead_release().
 *  @return 1 and the utterance; 0 when none is ready yet; NASHRA_STOPPED after the last; else the pipeline's status. */
int nashra_ahead_take(struct nashra_ahead *ahead, struct nashra_utterance **utterance);
/** Gives an utterance back. Takes NULL. */
void nashra_ahead_release(struct nashra_ahead *ahead, struct nashra_utterance *utterance);

/** Throws away what is ready and goes on from `segment` with `voice` (NULL: as before). */
void nashra_ahead_seek(struct nashra_ahead *ahead, size_t segment, const struct nashra_voice *voice);

#ifdef __cplusplus
}
#endif
#endif
