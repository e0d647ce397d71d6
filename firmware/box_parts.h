/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box's parts, for the files that it is written in: box.c (making and running), actions.c (what the reader wants),
 * reports.c (what the parts tell). */
#ifndef NASHRAD_BOX_PARTS_H
#define NASHRAD_BOX_PARTS_H

#include "box.h"
#include "box_services.h"
#include "engine.h"
#include "gpio.h"
#include "input.h"
#include "journal.h"
#include "notices.h"
#include "power.h"
#include "speech.h"
#include "watch.h"

struct nashrad_box {
    const struct nashrad_config *config;
    const struct nashra_layout *layout;
    bool faulty;
    struct nashrad_list folders; /* the configured ones, and that of the sticks */
    const char *paths[NASHRAD_LIST_MAX + 1];
    struct nashrad_loop *loop;
    int signals;
    struct nashra_prompts *prompts;
    struct nashrad_clips *clips; /* NULL: none, the worker says all */
    struct nashra_keys *keys;
    struct nashra_reader *reader; /* NULL until the journal is open */
    struct nashrad_speech *speech;
    struct nashrad_journal *journal;
    struct nashrad_engine *engine;
    struct nashrad_input *input;
    struct nashrad_gpio *gpio;
    struct nashrad_watch *watch;
    struct nashrad_notices *notices;
    struct nashrad_box_services services;

    struct nashrad_answer *library; /* the articles that there are */
    nashra_article_id current;      /* as the journal remembers */
    int64_t when;
    bool started;
    struct nashrad_document *document; /* what the reader reads */
    struct nashrad_document *arriving; /* its place is being looked for */
    nashra_article_id wanted;          /* the reader waits for it; 0: none */
    int64_t file_size, file_mtime;     /* of the document's file when it was opened */
    int rate;                          /* words a minute */
    int volume, fade;
    enum nashra_prompt_language language; /* of the prompts, now */

    size_t fault_offset; /* where the worker failed last, and how often in a row */
    unsigned faults;
    bool told_lost;
    bool off, quit;
    bool restart;   /* a helper asked for it */
    int64_t off_at; /* the latest, when it is off */
    struct nashrad_power power;
    int64_t watchdog_at;
};

/* box.c */
/* Tells the reader, and does what it wants. */
void nashrad_box_feed(struct nashrad_box *box, struct nashra_reader_event event);
/* Speaks of a fault: through the reader, which goes on reading behind it. */
void nashrad_box_fault(struct nashrad_box *box, enum nashra_prompt prompt);
/* As nashrad_box_fault() with the prompt's numbers. */
void nashrad_box_tell(struct nashrad_box *box, enum nashra_prompt prompt, const size_t *numbers);

/* Speaks prompts in another language from now on. */
void nashrad_box_language(struct nashrad_box *box, enum nashra_prompt_language language);

/* actions.c */
void nashrad_box_do(struct nashrad_box *box, const struct nashra_action *action);
/* Has the worker open an article of the library; false when there is no such. */
bool nashrad_box_open(struct nashrad_box *box, nashra_article_id id);

/* Switches off when all is said that is to be said now, and in some seconds at the latest. */
void nashrad_box_switch_off(struct nashrad_box *box);

/* reports.c: NULL user data is never given; all take the box. */
extern const struct nashrad_engine_events nashrad_box_engine_events;
extern const struct nashrad_speech_events nashrad_box_speech_events;
extern const struct nashrad_input_events nashrad_box_input_events;
void nashrad_box_key(void *user, size_t key, bool down);
void nashrad_box_answers(int fd, void *user);
void nashrad_box_notice(struct nashrad_box *box, const struct nashrad_notice *notice);
void nashrad_box_keys(struct nashrad_box *box, const struct nashra_key_events *events);

#endif
