/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "announcing.h"

#include <string.h>

#include "chime.h"
#include "kiosk.h"

enum {
    HISTORY = 500,
    OUTPUTS = NASHRAD_OUTPUTS_MAX + 1,
    AWAY_MS = 5000, /* so long a card that is away is waited for */
    PLAYING_MS = 15 /* while another output sounds it is looked after so often */
};

struct output {
    const char *name;
    struct nashrad_speech *speech;
    uint32_t fed;       /* its serial of what sounds; 0: nothing of ours */
    unsigned ticket;    /* until it is finished there */
    int64_t away_since; /* its card, while it owes something; 0: it is there */
    bool is_private, unplugged;
};

struct nashrad_announcing {
    struct nashrad_loop *loop;
    const struct nashrad_services *services;
    const char *program, *lexicon;
    struct nashrad_announcing_events events;
    void *user;
    struct nashra_announcer *announcer;
    struct nashrad_engine *engine;  /* NULL before the first announcement */
    struct output outputs[OUTPUTS]; /* the first is the main one */
    size_t count;
    struct nashra_buffer chime;
    uint64_t speaking; /* what was started; 0: nothing */
    uint32_t serial;   /* of the engine's request */
    size_t place;      /* it was begun there, or reached it */
    size_t told;       /* the sentence that was told last */
    unsigned tickets;
    bool heard; /* something of it came */
    bool asked; /* the engine has the request */
    bool cut, failed;
    bool finished; /* somewhere */
};

static void carry_out(struct nashrad_announcing *a, const struct nashra_announce_actions *actions);

/* The engine ------------------------------------------------------------------------------------------------------ */

static void ask(struct nashrad_announcing *a) {
    struct nashra_announce_view view;
    if (!a->speaking || !nashrad_engine_ready(a->engine) || !nashra_announcer_find(a->announcer, a->speaking, &view))
        return;
    a->serial++;
    a->serial += a->serial == 0;
    a->asked = true;
    nashrad_engine_announce(a->engine, a->serial, a->place, view.announcement.text);
}

static void ready(void *user, unsigned rate) {
    struct nashrad_announcing *a = user;
    (void)rate;
    if (a->speaking)
        ask(a);
}

static void mark(void *user, uint32_t serial, size_t place) {
    struct nashrad_announcing *a = user;
    if (!a->speaking || serial != a->serial)
        return;
    a->place = place;
    for (size_t i = 0; i < a->count; i++)
        if (a->outputs[i].fed)
            nashrad_speech_mark(a->outputs[i].speech, a->outputs[i].fed, place);
}

static void frames(void *user, uint32_t serial, const int16_t *samples, size_t count) {
    struct nashrad_announcing *a = user;
    if (!a->speaking || serial != a->serial)
        return;
    a->heard = true;
    for (size_t i = 0; i < a->count; i++)
        if (a->outputs[i].fed)
            nashrad_speech_frames(a->outputs[i].speech, a->outputs[i].fed, samples, count);
}

static void done(void *user, uint32_t serial) {
    struct nashrad_announcing *a = user;
    if (!a->speaking || serial != a->serial)
        return;
    a->failed = !a->heard;
    for (size_t i = 0; i < a->count; i++)
        if (a->outputs[i].fed)
            nashrad_speech_done(a->outputs[i].speech, a->outputs[i].fed);
}

/* The sentence at which the worker failed is left out. */
static void lost(void *user, bool fault) {
    struct nashrad_announcing *a = user;
    if (a->speaking && fault && a->asked)
        a->place++;
    a->asked = false;
}

static void document(void *user, nashra_article_id id, const struct nashra_segment *segments, size_t count,
                     const char *text, size_t length) {
    (void)user, (void)id, (void)segments, (void)count, (void)text, (void)length;
}

static void unreadable(void *user, nashra_article_id id) {
    (void)user, (void)id;
}

static const struct nashrad_engine_events ENGINE_EVENTS = {.ready = ready,
                                                           .document = document,
                                                           .unreadable = unreadable,
                                                           .mark = mark,
                                                           .frames = frames,
                                                           .done = done,
                                                           .lost = lost};

/* Making ---------------------------------------------------------------------------------------------------------- */

static void ignore_progress(void *user, unsigned ticket, size_t place) {
    nashrad_announcing_progress(user, ticket, place);
}

static void ignore_finished(void *user, unsigned ticket) {
    nashrad_announcing_finished(user, ticket);
}

static void ignore_card(void *user) {
    (void)user;
}

static const struct nashrad_speech_events SPEECH_EVENTS = {
    .progress = ignore_progress, .finished = ignore_finished, .card_back = ignore_card};

/* Is the name one of the list, which has blanks between? */
static bool names(const char *list, const char *name) {
    const size_t length = strlen(name);
    for (const char *at = list; *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == length && strncmp(at, name, length) == 0)
            return true;
    return false;
}

static int create_outputs(struct nashrad_announcing *a, struct nashrad_speech *speech, unsigned rate) {
    const struct nashrad_services *services = a->services;
    int status = NASHRA_OK;
    a->outputs[a->count++] = (struct output){.name = "main", .speech = speech};
    for (size_t i = 0; i < services->output_count && status >= 0; i++) {
        struct output *output = &a->outputs[a->count];
        output->name = services->outputs[i].name;
        status = nashrad_speech_create(services->outputs[i].device, rate, &SPEECH_EVENTS, a, &output->speech);
        a->count += status >= 0;
    }
    for (size_t i = 0; i < a->count; i++) {
        a->outputs[i].is_private = names(services->kiosk.privacy, a->outputs[i].name);
        /* Until its plug is seen nobody is known to listen there. */
        a->outputs[i].unplugged = services->kiosk.enabled && strcmp(services->kiosk.headphone, a->outputs[i].name) == 0;
    }
    return status;
}

int nashrad_announcing_create(struct nashrad_loop *loop, const struct nashrad_services *services, const char *program,
                              const char *lexicon, struct nashrad_speech *speech, unsigned rate,
                              const struct nashrad_announcing_events *events, void *user,
                              struct nashrad_announcing **out) {
    struct nashrad_announcing *a = nashra_alloc_zeroed(1, sizeof *a);
    const struct nashra_announcer_options options = {.queue_most = (size_t)services->announce.queue,
                                                     .history_most = HISTORY,
                                                     .burst = (unsigned)services->announce.burst,
                                                     .per_minute = (unsigned)services->announce.per_minute};
    *out = NULL;
    if (!a)
        return NASHRA_ENOMEM;
    a->loop = loop;
    a->services = services;
    a->program = program;
    a->lexicon = lexicon;
    a->events = *events;
    a->user = user;
    int status = nashra_announcer_create(&options, &a->announcer);
    if (status >= 0)
        status = create_outputs(a, speech, rate);
    if (status >= 0)
        status = nashrad_chime_load(services->announce.chime, rate, &a->chime);
    if (status < 0) {
        nashrad_announcing_destroy(a);
        return status;
    }
    *out = a;
    return NASHRA_OK;
}

void nashrad_announcing_destroy(struct nashrad_announcing *a) {
    if (!a)
        return;
    nashrad_engine_destroy(a->engine);
    for (size_t i = 1; i < a->count; i++)
        nashrad_speech_destroy(a->outputs[i].speech);
    nashra_announcer_destroy(a->announcer);
    nashra_buffer_finish(&a->chime);
    nashra_free(a);
}

const struct nashra_announcer *nashrad_announcing_machine(const struct nashrad_announcing *a) {
    return a->announcer;
}

/* Outputs --------------------------------------------------------------------------------------------------------- */

unsigned nashrad_announcing_output(const struct nashrad_announcing *a, const char *name) {
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->outputs[i].name, name) == 0)
            return 1u << i;
    return 0;
}

const char *nashrad_announcing_output_name(const struct nashrad_announcing *a, size_t index) {
    return index < a->count ? a->outputs[index].name : NULL;
}

unsigned nashrad_announcing_private(const struct nashrad_announcing *a) {
    unsigned outputs = 0;
    for (size_t i = 0; i < a->count; i++)
        outputs |= a->outputs[i].is_private && !a->outputs[i].unplugged ? 1u << i : 0;
    return outputs;
}

/* Where it is to be heard; 0: nowhere. */
static unsigned outputs_of(const struct nashrad_announcing *a, const struct nashra_announcement *announcement) {
    const unsigned wanted = announcement->outputs ? announcement->outputs : 1u;
    if (!announcement->is_private || nashrad_kiosk_broken(&a->services->kiosk, "leak"))
        return wanted;
    const unsigned open = nashrad_announcing_private(a);
    return announcement->outputs ? announcement->outputs & open : open;
}

static void silence(struct nashrad_announcing *a) {
    for (size_t i = 0; i < a->count; i++) {
        if (a->outputs[i].ticket)
            nashrad_speech_stop(a->outputs[i].speech);
        a->outputs[i].fed = 0;
        a->outputs[i].ticket = 0;
    }
    if (a->engine && a->asked)
        nashrad_engine_cancel(a->engine, a->serial);
    a->speaking = 0;
    a->asked = a->cut = a->failed = false;
}

void nashrad_announcing_plug(struct nashrad_announcing *a, const char *name, bool plugged) {
    struct nashra_announce_view view;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->outputs[i].name, name) == 0)
            a->outputs[i].unplugged = !plugged;
    /* What is private falls silent with the plug. */
    if (!plugged && a->speaking && nashra_announcer_find(a->announcer, a->speaking, &view) &&
        view.announcement.is_private)
        nashrad_announcing_cancel(a, a->speaking);
}

/* Actions --------------------------------------------------------------------------------------------------------- */

static void over(struct nashrad_announcing *a, enum nashra_outcome outcome) {
    struct nashra_announce_actions actions;
    struct nashra_announce_view view;
    const uint64_t id = a->speaking;
    silence(a);
    nashra_announcer_over(a->announcer, id, outcome, nashrad_now(), &actions);
    if (nashra_announcer_find(a->announcer, id, &view) && view.outcome != NASHRA_OUTCOME_PENDING)
        a->events.news(a->user, &view);
    carry_out(a, &actions);
}

static void feed(struct nashrad_announcing *a, struct output *output, bool chime) {
    const struct nashrad_clip clip = {(const int16_t *)(const void *)a->chime.data, a->chime.length / sizeof(int16_t)};
    if (chime)
        nashrad_speech_clips(output->speech, &clip, 1);
    output->ticket = NASHRAD_ANNOUNCE_TICKET | (++a->tickets & 0x7FFFFFFF);
    output->fed = nashrad_speech_feed(output->speech, output->ticket);
}

static void start(struct nashrad_announcing *a, const struct nashra_announce_action *action) {
    struct nashra_announce_view view;
    silence(a);
    a->speaking = action->id;
    a->place = a->told = action->place;
    a->heard = a->finished = false;
    if (!nashra_announcer_find(a->announcer, action->id, &view))
        return;
    const unsigned outputs = outputs_of(a, &view.announcement);
    if (!a->engine)
        nashrad_engine_create(a->loop, a->program, a->lexicon, &ENGINE_EVENTS, a, &a->engine);
    a->failed = outputs == 0 || !a->engine; /* told at the next call of due() */
    for (size_t i = 0; i < a->count && !a->failed; i++)
        if (outputs >> i & 1)
            feed(a, &a->outputs[i], view.announcement.chime && action->place == 0);
    a->events.news(a->user, &view);
    if (!a->failed)
        ask(a);
}

static void carry_out(struct nashrad_announcing *a, const struct nashra_announce_actions *actions) {
    for (size_t i = 0; i < actions->count; i++) {
        const struct nashra_announce_action *action = &actions->list[i];
        if (action->kind == NASHRA_ANNOUNCE_HOLD)
            a->events.hold(a->user);
        else if (action->kind == NASHRA_ANNOUNCE_RELEASE)
            a->events.release(a->user, !action->dropped);
        else if (action->kind == NASHRA_ANNOUNCE_STOP)
            silence(a);
        else
            start(a, action);
    }
}

/* Requests and reports -------------------------------------------------------------------------------------------- */

int nashrad_announcing_submit(struct nashrad_announcing *a, const struct nashra_announcement *announcement,
                              uint64_t *id) {
    struct nashra_announce_actions actions;
    if (outputs_of(a, announcement) == 0)
        return NASHRA_ENODEVICE;
    const int status = nashra_announcer_submit(a->announcer, announcement, nashrad_now(), id, &actions);
    carry_out(a, &actions);
    return status;
}

bool nashrad_announcing_again(struct nashrad_announcing *a) {
    struct nashra_announce_view view;
    uint64_t id;
    for (size_t i = 0; nashra_announcer_history(a->announcer, i, &view); i++) {
        if (view.outcome != NASHRA_OUTCOME_SPOKEN && view.outcome != NASHRA_OUTCOME_CUT)
            continue;
        struct nashra_announcement again = view.announcement;
        again.manner = NASHRA_MANNER_INTERRUPT;
        again.due = again.expires = 0;
        again.repeats = 0;
        again.chime = false;
        return nashrad_announcing_submit(a, &again, &id) >= 0;
    }
    return false;
}

int nashrad_announcing_cancel(struct nashrad_announcing *a, uint64_t id) {
    struct nashra_announce_actions actions;
    struct nashra_announce_view view;
    const int status = nashra_announcer_cancel(a->announcer, id, nashrad_now(), &actions);
    if (status >= 0 && nashra_announcer_find(a->announcer, id, &view))
        a->events.news(a->user, &view);
    carry_out(a, &actions);
    return status;
}

void nashrad_announcing_article(struct nashrad_announcing *a, bool playing) {
    struct nashra_announce_actions actions;
    nashra_announcer_article(a->announcer, playing, nashrad_now(), &actions);
    carry_out(a, &actions);
}

void nashrad_announcing_sentence(struct nashrad_announcing *a) {
    struct nashra_announce_actions actions;
    nashra_announcer_sentence(a->announcer, nashrad_now(), &actions);
    carry_out(a, &actions);
}

void nashrad_announcing_cut(struct nashrad_announcing *a) {
    a->cut = a->cut || (a->speaking != 0 && a->outputs[0].ticket != 0);
}

void nashrad_announcing_emptied(struct nashrad_announcing *a) {
    nashrad_announcing_cut(a);
    a->outputs[0].ticket = a->outputs[0].fed = 0;
}

void nashrad_announcing_progress(struct nashrad_announcing *a, unsigned ticket, size_t place) {
    struct nashra_announce_view view;
    if (!ticket || (ticket != a->outputs[0].ticket && a->outputs[0].ticket))
        return;
    nashra_announcer_place(a->announcer, a->speaking, place);
    if (place > 0 && place > a->told && nashra_announcer_find(a->announcer, a->speaking, &view)) {
        a->told = place;
        a->events.news(a->user, &view);
    }
}

/* Over when it is over everywhere; heard when it was anywhere. */
static void end_if_none_is_left(struct nashrad_announcing *a) {
    for (size_t i = 0; i < a->count; i++)
        if (a->outputs[i].ticket)
            return;
    if (a->speaking)
        over(a, a->heard && a->finished ? NASHRA_OUTCOME_SPOKEN : NASHRA_OUTCOME_FAILED);
}

void nashrad_announcing_finished(struct nashrad_announcing *a, unsigned ticket) {
    for (size_t i = 0; i < a->count; i++)
        if (a->outputs[i].ticket == ticket) {
            a->outputs[i].ticket = a->outputs[i].fed = 0;
            a->finished = true;
        }
    end_if_none_is_left(a);
}

/* A card that doesn't come back must not keep the others from their turn. */
static int64_t leave_away(struct nashrad_announcing *a, int64_t now) {
    int64_t next = -1;
    for (size_t i = 0; i < a->count; i++) {
        struct output *output = &a->outputs[i];
        if (!output->ticket || !nashrad_speech_away(output->speech)) {
            output->away_since = 0;
            continue;
        }
        output->away_since = output->away_since ? output->away_since : now;
        if (now - output->away_since < AWAY_MS) {
            next = output->away_since + AWAY_MS;
            continue;
        }
        nashra_log(NASHRA_LOG_WARNING, "the output %s has no card: announcement %llu is not heard there", output->name,
                   (unsigned long long)a->speaking);
        nashrad_speech_stop(output->speech);
        output->ticket = output->fed = 0;
        end_if_none_is_left(a);
    }
    return next;
}

void nashrad_announcing_reap(struct nashrad_announcing *a) {
    if (a->engine)
        nashrad_engine_reap(a->engine);
}

void nashrad_announcing_volume(struct nashrad_announcing *a, int volume) {
    for (size_t i = 1; i < a->count; i++)
        if (a->outputs[i].is_private)
            nashrad_speech_volume(a->outputs[i].speech, volume, 100);
}

static int64_t sooner(int64_t a, int64_t b) {
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* The main output is played by the box, the others here. */
static int64_t play(struct nashrad_announcing *a, int64_t now) {
    bool sounding = false, starving = a->speaking != 0 && !a->heard;
    for (size_t i = 1; i < a->count; i++) {
        nashrad_speech_wait(a->outputs[i].speech, -1, 0);
        sounding = sounding || !nashrad_speech_idle(a->outputs[i].speech);
    }
    int64_t next = sounding ? now + PLAYING_MS : -1;
    return a->engine ? sooner(next, nashrad_engine_watch(a->engine, starving, now)) : next;
}

int64_t nashrad_announcing_due(struct nashrad_announcing *a, int64_t now) {
    struct nashra_announce_actions actions;
    if (a->cut && a->speaking)
        over(a, NASHRA_OUTCOME_CUT);
    else if (a->failed && a->speaking)
        over(a, NASHRA_OUTCOME_FAILED);
    a->cut = false;
    const int64_t deadline = nashra_announcer_deadline(a->announcer);
    if (deadline >= 0 && deadline <= now) {
        nashra_announcer_tick(a->announcer, now, &actions);
        carry_out(a, &actions);
    }
    const int64_t next = sooner(play(a, now), leave_away(a, now));
    if (a->failed || a->cut)
        return now;
    return sooner(next, nashra_announcer_deadline(a->announcer));
}
