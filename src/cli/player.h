/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file player.h  Plays an article into a sink, steered by keys and signals. */
#ifndef NASHRA_PLAYER_H
#define NASHRA_PLAYER_H

#include <nashra/ahead.h>
#include <nashra/audio.h>

/** Plays from what `ahead` prepares until the last sentence was heard, `q` or a signal.
 *  @param keys the terminal's descriptor, or -1. @param voice what `ahead` was created with; changed by the arrows.
 *  @return 0, NASHRA_STOPPED, or the status that ended it. */
int nashra_player_run(struct nashra_ahead *ahead, struct nashra_sink *sink, size_t segments, struct nashra_voice *voice,
                      int keys);

#endif
