/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Announcements as they are heard: the machine of src/announce, a worker of its own, and the outputs. */
#ifndef NASHRAD_ANNOUNCING_H
#define NASHRAD_ANNOUNCING_H

#include <nashra/announce.h>

#include "engine.h"
#include "services.h"
#include "speech.h"

struct nashrad_announcing;

/* Tickets of speech that carry this bit are ours. */
#define NASHRAD_ANNOUNCE_TICKET 0x80000000u

/* What it wants of the box. All are called from the loop. */
struct nashrad_announcing_events {
    void (*hold)(void *user);
    void (*release)(void *user, bool play);
    /* An announcement began, reached another sentence, or ended (then `view->outcome` tells how). */
    void (*news)(void *user, const struct nashra_announce_view *view);
};

/* @param speech of the main output, borrowed; so are the settings. The worker is started with the first announcement.
 * 0 or NASHRA_ENOMEM. */
int nashrad_announcing_create(struct nashrad_loop *loop, const struct nashrad_services *services, const char *program,
                              const char *lexicon, struct nashrad_speech *speech, unsigned rate,
                              const struct nashrad_announcing_events *events, void *user,
                              struct nashrad_announcing **announcing);
/* Takes NULL. */
void nashrad_announcing_destroy(struct nashrad_announcing *announcing);

/* As nashra_announcer_submit(); and NASHRA_ENODEVICE (not reported) when it is private and nobody listens in private.
 */
int nashrad_announcing_submit(struct nashrad_announcing *announcing, const struct nashra_announcement *announcement,
                              uint64_t *id);
/* Says again what was said last, if anything was; false when there is nothing, or nobody may hear it now. */
bool nashrad_announcing_again(struct nashrad_announcing *announcing);
int nashrad_announcing_cancel(struct nashrad_announcing *announcing, uint64_t id);
const struct nashra_announcer *nashrad_announcing_machine(const struct nashrad_announcing *announcing);

/* The output's bit; 0 when there is none of that name. */
unsigned nashrad_announcing_output(const struct nashrad_announcing *announcing, const char *name);
/* The name behind a bit; NULL beyond the last. */
const char *nashrad_announcing_output_name(const struct nashrad_announcing *announcing, size_t index);
/* The outputs that one person hears. */
unsigned nashrad_announcing_private(const struct nashrad_announcing *announcing);
/* A plug went in or out: without it that output is nobody's. */
void nashrad_announcing_plug(struct nashrad_announcing *announcing, const char *output, bool plugged);

/* What the box tells. */
void nashrad_announcing_article(struct nashrad_announcing *announcing, bool playing);
void nashrad_announcing_sentence(struct nashrad_announcing *announcing);
/* The listener pressed a key: what sounds on the main output is cut off, at the next call of due(). */
void nashrad_announcing_cut(struct nashrad_announcing *announcing);
/* The box stopped its main output itself, and may have other things to say there already. */
void nashrad_announcing_emptied(struct nashrad_announcing *announcing);
/* Reports of speech whose ticket is ours. */
void nashrad_announcing_progress(struct nashrad_announcing *announcing, unsigned ticket, size_t place);
void nashrad_announcing_finished(struct nashrad_announcing *announcing, unsigned ticket);
void nashrad_announcing_reap(struct nashrad_announcing *announcing);
/* The listener's volume is that of their own outputs; a hall's is set at its card. */
void nashrad_announcing_volume(struct nashrad_announcing *announcing, int volume);
/* Does what is due; returns when the next is. */
int64_t nashrad_announcing_due(struct nashrad_announcing *announcing, int64_t now);

#endif
