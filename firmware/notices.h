/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What helpers of the box want its listener to hear: a datagram socket. A datagram is one line:
 *
 *   say NAME [NUMBER [NUMBER]]   the prompt NAME of data/prompts.tsv with its numbers
 *   set NAME NUMBER              the setting that the journal keeps: volume or rate
 *   restart                      when all is said: end, so that settings are read anew
 *
 * Only who may write into the socket's folder can ask. */
#ifndef NASHRAD_NOTICES_H
#define NASHRAD_NOTICES_H

#include <nashra/reader.h>

#include "loop.h"

struct nashrad_notices;

enum nashrad_notice_kind { NASHRAD_NOTICE_SAY, NASHRAD_NOTICE_SET, NASHRAD_NOTICE_RESTART };

struct nashrad_notice {
    enum nashrad_notice_kind kind;
    enum nashra_prompt prompt;
    size_t numbers[NASHRA_PROMPT_NUMBERS];
    const char *name; /* SET: lives for good */
};

/* Reads one line. False when it isn't understood. */
bool nashrad_notice_read(const char *line, struct nashrad_notice *notice);

/* @param path of the socket, borrowed; "": none, and `*notices` is NULL. A place that isn't there is no error: then
 *  nobody asks. 0 or NASHRA_ENOMEM. */
int nashrad_notices_create(struct nashrad_loop *loop, const char *path, struct nashrad_notices **notices);
/* Takes NULL. */
void nashrad_notices_destroy(struct nashrad_notices *notices);
/* The oldest that was not taken yet. Takes NULL. */
bool nashrad_notices_take(struct nashrad_notices *notices, struct nashrad_notice *notice);

#endif
