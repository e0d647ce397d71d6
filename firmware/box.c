/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "box_parts.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <nashra/table.h>

#include "notify.h"

enum { VOICE_RATE = 22050, WATCHDOG_MS = 2000, OFF_AWAY_MS = 1500 };

void nashrad_box_feed(struct nashrad_box *box, struct nashra_reader_event event) {
    struct nashra_actions actions;
    const bool again = event.kind == NASHRA_EVENT_KEY && event.key.command == NASHRA_COMMAND_REPEAT &&
                       event.key.kind == NASHRA_KEY_COMMANDED;
    event.now = nashrad_now();
    if (again && nashrad_box_broken(box, "no-repeat"))
        return;
    if (again && box->services.announced && nashrad_announcing_again(box->services.announcing))
        return;
    if (!box->reader || nashra_reader_step(box->reader, &event, &actions) < 0)
        return;
    for (size_t i = 0; i < actions.count; i++)
        nashrad_box_do(box, &actions.list[i]);
    nashrad_box_services_follow(box);
}

void nashrad_box_tell(struct nashrad_box *box, enum nashra_prompt prompt, const size_t *numbers) {
    struct nashra_action action = {.kind = NASHRA_ACTION_PROMPT, .prompt = prompt, .numbers = {numbers[0], numbers[1]}};
    nashra_log(NASHRA_LOG_WARNING, "spoken: %s", nashra_prompts_text(box->prompts, prompt, NASHRA_PROMPT_ENGLISH));
    if (box->started)
        nashrad_box_feed(box, (struct nashra_reader_event){
                                  .kind = NASHRA_EVENT_FAULT, .prompt = prompt, .numbers = {numbers[0], numbers[1]}});
    else
        nashrad_box_do(box, &action);
}

void nashrad_box_fault(struct nashrad_box *box, enum nashra_prompt prompt) {
    static const size_t none[NASHRA_PROMPT_NUMBERS] = {0};
    nashrad_box_services_fault(box, nashra_prompt_name(prompt));
    nashrad_box_tell(box, prompt, none);
}

/* Making ---------------------------------------------------------------------------------------------------------- */

static void reap_workers(struct nashrad_box *box) {
    nashrad_engine_reap(box->engine);
    if (box->services.announcing)
        nashrad_announcing_reap(box->services.announcing);
}

static void take_signal(int fd, void *user) {
    struct nashrad_box *box = user;
    struct signalfd_siginfo signal;
    while (read(fd, &signal, sizeof signal) == sizeof signal) {
        if (signal.ssi_signo == SIGCHLD)
            reap_workers(box);
        else
            box->quit = true;
    }
}

static int create_signals(struct nashrad_box *box) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    box->signals = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (box->signals < 0)
        return nashra_fail(NASHRA_EINTERNAL, "no signals: %s", strerror(errno));
    return nashrad_loop_add(box->loop, box->signals, take_signal, box);
}

/* Without the pack the worker says the prompts, as long as it lives. */
static void open_clips(struct nashrad_box *box) {
    char path[NASHRAD_TEXT_MAX + 32];
    if (!box->config->prompts[0])
        return;
    snprintf(path, sizeof path, "%s/prompts-%s.pack", box->config->prompts,
             box->language == NASHRA_PROMPT_ENGLISH ? "en" : "ar");
    if (nashrad_clips_open(path, &box->clips) < 0 || nashrad_clips_rate(box->clips) == VOICE_RATE)
        return;
    nashra_log(NASHRA_LOG_ERROR, "%s: %u frames a second where %d are wanted", path, nashrad_clips_rate(box->clips),
               VOICE_RATE);
    nashrad_clips_close(box->clips);
    box->clips = NULL;
}

void nashrad_box_language(struct nashrad_box *box, enum nashra_prompt_language language) {
    if (box->language == language)
        return;
    /* What is being said lies in the pack. */
    nashrad_speech_stop(box->speech);
    nashrad_announcing_emptied(box->services.announcing);
    nashrad_clips_close(box->clips);
    box->clips = NULL;
    box->language = language;
    open_clips(box);
}

static int load_prompts(struct nashrad_box *box) {
    struct nashra_buffer path = {0};
    box->language = box->config->language;
    int status = nashra_data_path("prompts.tsv", &path);
    if (status >= 0)
        status = nashra_prompts_load(path.data, &box->prompts);
    nashra_buffer_finish(&path);
    if (status < 0)
        return status;
    open_clips(box);
    return NASHRA_OK;
}

static int create_voice(struct nashrad_box *box, const char *program) {
    int status = nashrad_speech_create(box->config->sound, VOICE_RATE, &nashrad_box_speech_events, box, &box->speech);
    if (status >= 0)
        status = nashrad_engine_create(box->loop, program, box->config->lexicon, &nashrad_box_engine_events, box,
                                       &box->engine);
    if (status < 0)
        return status;
    nashrad_speech_set_engine(box->speech, box->engine);
    /* What is said before the journal knows the volume must not hurt, either. */
    nashrad_speech_volume(box->speech, NASHRA_VOLUME_DEFAULT, 100);
    return NASHRA_OK;
}

static int create_journal(struct nashrad_box *box) {
    box->folders = box->config->folders;
    if (box->config->stick[0] && box->folders.count < NASHRAD_LIST_MAX)
        strcpy(box->folders.items[box->folders.count++], box->config->stick);
    for (size_t i = 0; i < box->folders.count; i++)
        box->paths[i] = box->folders.items[i];
    int status = nashrad_watch_create(box->loop, &box->folders, &box->watch);
    if (status >= 0)
        status = nashrad_journal_create(box->config->journal, box->paths, box->folders.count, &box->journal);
    if (status >= 0)
        status = nashrad_loop_add(box->loop, nashrad_journal_fd(box->journal), nashrad_box_answers, box);
    return status;
}

/* GPIO lines that can't be had leave the other keys. */
static int create_keys(struct nashrad_box *box) {
    int status = nashra_keys_create(box->layout, &box->keys);
    if (status >= 0)
        status = nashrad_input_create(box->loop, box->config, box->layout, &nashrad_box_input_events, box, &box->input);
    if (status >= 0 &&
        nashrad_gpio_create(box->loop, box->config, box->layout, nashrad_box_key, box, &box->gpio) == NASHRA_ENOMEM)
        status = NASHRA_ENOMEM;
    return status;
}

int nashrad_box_create(const struct nashrad_config *config, const struct nashra_layout *layout, const char *program,
                       bool faulty, struct nashrad_box **out) {
    struct nashrad_box *box = nashra_alloc_zeroed(1, sizeof *box);
    *out = NULL;
    if (!box)
        return NASHRA_ENOMEM;
    *box = (struct nashrad_box){.config = config, .layout = layout, .faulty = faulty, .signals = -1, .fade = 100};
    int status = nashrad_loop_create(&box->loop);
    if (status >= 0)
        status = create_signals(box);
    if (status >= 0)
        status = load_prompts(box);
    if (status >= 0)
        status = create_voice(box, program);
    if (status >= 0)
        status = create_journal(box);
    if (status >= 0)
        status = nashrad_box_services_create(box, program);
    if (status >= 0)
        status = create_keys(box);
    if (status >= 0)
        status = nashrad_notices_create(box->loop, config->notices, &box->notices);
    if (status < 0) {
        nashrad_box_destroy(box);
        return status;
    }
    *out = box;
    return NASHRA_OK;
}

void nashrad_box_destroy(struct nashrad_box *box) {
    if (!box)
        return;
    nashrad_notices_destroy(box->notices);
    nashrad_gpio_destroy(box->gpio);
    nashrad_input_destroy(box->input);
    if (box->journal)
        nashrad_loop_remove(box->loop, nashrad_journal_fd(box->journal));
    nashrad_journal_destroy(box->journal);
    nashrad_watch_destroy(box->watch);
    nashrad_box_services_destroy(box);
    nashrad_speech_destroy(box->speech);
    nashrad_engine_destroy(box->engine);
    nashra_reader_destroy(box->reader);
    nashra_keys_destroy(box->keys);
    nashrad_answer_destroy(box->library);
    nashrad_document_release(box->document);
    nashrad_document_release(box->arriving);
    nashrad_clips_close(box->clips);
    nashra_prompts_destroy(box->prompts);
    if (box->signals >= 0) {
        nashrad_loop_remove(box->loop, box->signals);
        close(box->signals);
    }
    nashrad_loop_destroy(box->loop);
    nashra_free(box);
}

/* Running --------------------------------------------------------------------------------------------------------- */

static int64_t sooner(int64_t a, int64_t b) {
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int64_t watch_power(struct nashrad_box *box, int64_t now) {
    int64_t next;
    int charge;
    switch (nashrad_power_look(&box->power, box->config->alarm, box->config->battery, now, &charge, &next)) {
    case NASHRAD_POWER_SAME:
        break;
    case NASHRAD_POWER_WEAK:
        nashrad_box_fault(box, NASHRA_PROMPT_FAULT_POWER);
        break;
    case NASHRAD_POWER_LOW:
        nashrad_box_tell(box, NASHRA_PROMPT_BATTERY, (const size_t[NASHRA_PROMPT_NUMBERS]){(size_t)charge});
        break;
    case NASHRAD_POWER_EMPTY:
        nashrad_speech_stop(box->speech);
        nashrad_box_do(box,
                       &(struct nashra_action){.kind = NASHRA_ACTION_PROMPT, .prompt = NASHRA_PROMPT_BATTERY_EMPTY});
        nashrad_box_switch_off(box);
    }
    return next;
}

/* One after the other: a prompt would cut off the one before it. */
static void hear_notices(struct nashrad_box *box) {
    struct nashrad_notice notice;
    while (box->started && !box->off && !nashrad_speech_prompting(box->speech) &&
           nashrad_notices_take(box->notices, &notice))
        nashrad_box_notice(box, &notice);
    if (box->restart && !nashrad_speech_prompting(box->speech))
        box->quit = true;
}

/* Does what is due; returns when the next is. */
static int64_t do_due(struct nashrad_box *box, int64_t now) {
    int64_t next;
    struct nashra_key_events events;
    if (nashrad_watch_due(box->watch, now, &next))
        nashrad_journal_scan(box->journal);
    const int64_t keys = nashra_keys_deadline(box->keys);
    if (keys >= 0 && now >= keys) {
        nashra_keys_tick(box->keys, now, &events);
        nashrad_box_keys(box, &events);
    }
    next = sooner(next, nashra_keys_deadline(box->keys));
    if (box->reader) {
        const int64_t reader = nashra_reader_deadline(box->reader);
        if (reader >= 0 && now >= reader)
            nashrad_box_feed(box, (struct nashra_reader_event){.kind = NASHRA_EVENT_TICK});
        next = sooner(next, nashra_reader_deadline(box->reader));
    }
    hear_notices(box);
    next = sooner(next, nashrad_gpio_settle(box->gpio, now));
    next = sooner(next, nashrad_box_services_due(box, now));
    next = sooner(next, watch_power(box, now));
    return sooner(next, nashrad_engine_watch(box->engine, nashrad_speech_starving(box->speech), now));
}

/* The loop turns: the box lives. That it is heard is watched by the parts themselves. */
static int64_t feed_watchdog(struct nashrad_box *box, int64_t now) {
    if (now >= box->watchdog_at) {
        nashrad_notify("WATCHDOG=1");
        box->watchdog_at = now + WATCHDOG_MS;
    }
    return box->watchdog_at;
}

static void save_place(struct nashrad_box *box) {
    if (!box->reader || !box->document)
        return;
    const struct nashra_reader_view view = nashra_reader_view(box->reader);
    if (view.mode < NASHRA_READER_PAUSED || view.article != box->document->id)
        return;
    const struct nashra_action save = {
        .kind = NASHRA_ACTION_SAVE, .article = view.article, .span = {view.offset, view.offset}};
    nashrad_box_do(box, &save);
}

/* Good-bye is waited for, but not long on a card that isn't there. -1: it is not being switched off. */
static int64_t switch_off_due(struct nashrad_box *box, int64_t now) {
    if (!box->off)
        return -1;
    if (nashrad_speech_away(box->speech) && box->off_at > now + OFF_AWAY_MS)
        box->off_at = now + OFF_AWAY_MS;
    return box->off_at;
}

static bool is_over(const struct nashrad_box *box) {
    return box->quit || (box->off && (nashrad_speech_idle(box->speech) || nashrad_now() >= box->off_at));
}

int nashrad_box_run(struct nashrad_box *box) {
    nashrad_notify("READY=1");
    while (!is_over(box)) {
        const int64_t now = nashrad_now();
        int64_t next = sooner(do_due(box, now), feed_watchdog(box, now));
        next = sooner(next, switch_off_due(box, now));
        const int timeout = next <= now ? 0 : next - now > 60000 ? 60000 : (int)(next - now);
        nashrad_speech_wait(box->speech, nashrad_loop_fd(box->loop), timeout);
        nashrad_loop_run(box->loop, 0);
    }
    nashrad_notify("STOPPING=1");
    save_place(box);
    nashrad_speech_stop(box->speech);
    return box->off ? NASHRAD_EXIT_OFF : 0;
}
