/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "player.h"

#include "cli.h"
#include "progress.h"
#include "terminal.h"

#include <time.h>

enum { RATE_STEP = 20, RESTART_AFTER_MS = 1500, GIVE_UP_SECONDS = 10 };

struct player {
    struct nashra_ahead *ahead;
    struct nashra_sink *sink;
    size_t segments;
    struct nashra_voice *voice;
    int keys;
    struct nashra_utterance *current;
    size_t written; /* frames of the current one */
    size_t segment; /* being heard */
    bool paused;
    bool quit;
    time_t begun;
};

static void seek(struct player *p, size_t segment, const struct nashra_voice *voice) {
    nashra_sink_drop(p->sink);
    nashra_ahead_release(p->ahead, p->current);
    p->current = NULL;
    p->segment = segment;
    nashra_ahead_seek(p->ahead, segment, voice);
}

static void step_back(struct player *p) {
    bool well_into = p->current && p->written > (size_t)p->current->sound.rate * RESTART_AFTER_MS / 1000;
    seek(p, p->segment > 0 && !well_into ? p->segment - 1 : p->segment, NULL);
}

static void change_rate(struct player *p, int step) {
    int rate = (p->voice->rate ? p->voice->rate : NASHRA_VOICE_RATE_DEFAULT) + step;
    if (rate < NASHRA_VOICE_RATE_LEAST || rate > NASHRA_VOICE_RATE_MOST)
        return;
    p->voice->rate = rate;
    seek(p, p->segment, p->voice);
}

static void obey(struct player *p, enum nashra_key key) {
    switch (key) {
    case NASHRA_KEY_PAUSE:
        p->paused = !p->paused;
        nashra_sink_pause(p->sink, p->paused);
        break;
    case NASHRA_KEY_NEXT:
        if (p->segment + 1 < p->segments)
            seek(p, p->segment + 1, NULL);
        break;
    case NASHRA_KEY_PREVIOUS:
        step_back(p);
        break;
    case NASHRA_KEY_FASTER:
        change_rate(p, RATE_STEP);
        break;
    case NASHRA_KEY_SLOWER:
        change_rate(p, -RATE_STEP);
        break;
    case NASHRA_KEY_QUIT:
        p->quit = true;
        break;
    case NASHRA_KEY_NONE:
        break;
    }
}

/* Takes the next utterance when the current one is all written. 1 when there is one to write. */
static int advance(struct player *p) {
    if (p->current && p->written < p->current->sound.count)
        return 1;
    nashra_ahead_release(p->ahead, p->current);
    p->written = 0;
    int status = nashra_ahead_take(p->ahead, &p->current);
    if (status == 1) {
        p->segment = p->current->sentence.index;
        nashra_progress_sentence(p->segments, &p->current->sentence);
    }
    return status;
}

/* A card that is away comes back: the sink says so, and wait tries. One that never played a frame is no card. */
static int unless_away(const struct player *p, int status) {
    if (status != NASHRA_ENODEVICE)
        return status;
    if (nashra_sink_heard(p->sink) > 0 || time(NULL) - p->begun < GIVE_UP_SECONDS)
        return NASHRA_OK;
    return nashra_fail(NASHRA_ENODEVICE, "the sound card takes no sound; try another one with -D (`aplay -L`), or "
                                         "`nashra render FILE -o out.wav`");
}

static int write_some(struct player *p) {
    const struct nashra_sound *sound = &p->current->sound;
    ptrdiff_t taken = nashra_sink_write(p->sink, sound->frames + p->written, sound->count - p->written);
    if (taken < 0)
        return unless_away(p, (int)taken);
    p->written += (size_t)taken;
    return NASHRA_OK;
}

/* The terminal is gone and the signal was ignored (nohup): it reads on, but what is paused could never go on. */
static void lose_keys(struct player *p) {
    p->keys = -1;
    p->quit = p->paused;
}

static int wait_for_events(struct player *p, bool have_sound) {
    struct pollfd fds[3] = {
        {.fd = nashra_cli_signal_fd(), .events = POLLIN},
        {.fd = p->keys, .events = POLLIN},
        {.fd = have_sound ? -1 : nashra_ahead_fd(p->ahead), .events = POLLIN},
    };
    bool idle = p->paused || !have_sound;
    int status = NASHRA_OK;
    if (idle)
        poll(fds, 3, -1); /* EINTR: a signal, which play() sees */
    else
        status = unless_away(p, nashra_sink_wait(p->sink, fds, 3, -1));
    if (status >= 0 && p->keys >= 0 && fds[1].revents & (POLLHUP | POLLERR | POLLNVAL))
        lose_keys(p);
    else if (status >= 0 && p->keys >= 0 && fds[1].revents != 0)
        obey(p, nashra_terminal_key(p->keys));
    return status;
}

static int play(struct player *p) {
    while (!p->quit && !nashra_cli_signal()) {
        int ready = advance(p);
        if (ready == NASHRA_STOPPED)
            return NASHRA_OK;
        if (ready < 0)
            return ready;
        int status = ready == 1 && !p->paused ? write_some(p) : NASHRA_OK;
        if (status >= 0)
            status = wait_for_events(p, ready == 1);
        if (status < 0)
            return status;
    }
    return NASHRA_STOPPED;
}

int nashra_player_run(struct nashra_ahead *ahead, struct nashra_sink *sink, size_t segments, struct nashra_voice *voice,
                      int keys) {
    struct player p = {
        .ahead = ahead, .sink = sink, .segments = segments, .voice = voice, .keys = keys, .begun = time(NULL)};
    int status = play(&p);
    if (status == NASHRA_OK)
        status = nashra_sink_finish(sink);
    else
        nashra_sink_drop(sink);
    nashra_ahead_release(ahead, p.current);
    nashra_progress_end();
    return status;
}
