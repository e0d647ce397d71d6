/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file timing.h  When each word and each of the author's marks is heard: a JSON object a line. */
#ifndef NASHRA_TIMING_H
#define NASHRA_TIMING_H

#include <nashra/article.h>
#include <nashra/sound.h>

/** Appends the marks of a sentence's sound, which begins at frame `begin` of the whole. @param article leads back to
 * the bytes of the input. 0 or NASHRA_ENOMEM. */
int nashra_timing_add(struct nashra_buffer *lines, const struct nashra_article *article,
                      const struct nashra_sentence *sentence, const struct nashra_sound *sound, uint64_t begin);

#endif
