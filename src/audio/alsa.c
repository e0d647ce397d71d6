/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ALSA: the only file that includes it. Non-blocking, so that a stalled card can't hang the caller; every way in which
 * a card fails is mended in recover() or ends in lose_card(), and wait() opens it again and again until it is back. */
#include "sink.h"

#include <alloca.h> /* for the macros of ALSA */
#include <alsa/asoundlib.h>
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "convert.h"
#include "queue.h"

enum {
    PERIOD_US = 10000,
    BUFFER_US = 80000,
    BLOCK_FRAMES = 256,   /* converted and given to the card in one go */
    QUEUE_FRAMES = 32768, /* more than any card's buffer that BUFFER_US asks for */
    STALL_MS = 2000,
    REOPEN_MS = 200,
    SLICE_MS = 100,
    NAP_MS = 5,  /* where the card can't wake us */
    PAD_MS = 50, /* some cards swallow their last period */
    MENDS_IN_A_ROW = 4,
    MAX_POLLED = 16
};

struct alsa {
    struct nashra_sink sink;
    char *device;
    snd_pcm_t *pcm; /* NULL while the card is away */
    unsigned card_rate, channels;
    bool can_pause;
    snd_pcm_uframes_t period;
    struct nashra_converter *converter;
    int16_t *converted;        /* room for a block and for the converter's end */
    struct nashra_queue queue; /* mono, at the card's rate */
    bool paused, held;         /* held: the card itself is paused; else its frames were taken back */
    uint64_t written;          /* frames taken from the caller, dropped ones not counted */
    uint64_t base;             /* of them, those before the queue's frame 0 */
    uint64_t reported;         /* what heard() said last: it never goes back */
    uint64_t delay;            /* frames that the card had and had not played when it was asked last */
    uint64_t progress;         /* position at the last progress, and when that was */
    uint64_t progress_ms;
    uint64_t reopen_ms; /* not before */
    uint64_t opened_at; /* the queue's next frame when the card was opened last */
    bool lost;          /* it was told, and no "is back" since */
};

/* ALSA's library writes its errors to stderr; ours name the cause and what to try. */
static void keep_quiet(const char *file, int line, const char *function, int error, const char *format, ...) {
    (void)file;
    (void)line;
    (void)function;
    (void)error;
    (void)format;
}

/* --- opening --- */

static int set_hw_params(struct alsa *alsa, snd_pcm_t *pcm, unsigned rate, bool resample) {
    snd_pcm_hw_params_t *hw;
    snd_pcm_hw_params_alloca(&hw);
    unsigned period = PERIOD_US, buffer = BUFFER_US;
    int error = snd_pcm_hw_params_any(pcm, hw);
    if (error >= 0)
        error = snd_pcm_hw_params_set_rate_resample(pcm, hw, resample);
    if (error >= 0)
        error = snd_pcm_hw_params_set_access(pcm, hw, SND_PCM_ACCESS_RW_INTERLEAVED);
    if (error >= 0)
        error = snd_pcm_hw_params_set_format(pcm, hw, SND_PCM_FORMAT_S16);
    if (error >= 0)
        error = snd_pcm_hw_params_set_rate(pcm, hw, rate, 0);
    alsa->channels = 2;
    if (error >= 0 && snd_pcm_hw_params_set_channels(pcm, hw, 2) < 0) {
        alsa->channels = 1;
        error = snd_pcm_hw_params_set_channels(pcm, hw, 1);
    }
    if (error >= 0)
        error = snd_pcm_hw_params_set_period_time_near(pcm, hw, &period, NULL);
    if (error >= 0)
        error = snd_pcm_hw_params_set_buffer_time_near(pcm, hw, &buffer, NULL);
    if (error >= 0)
        error = snd_pcm_hw_params(pcm, hw);
    if (error < 0)
        return error;
    alsa->card_rate = rate;
    alsa->can_pause = snd_pcm_hw_params_can_pause(hw) == 1;
    return snd_pcm_hw_params_get_period_size(hw, &alsa->period, NULL);
}

static int set_sw_params(struct alsa *alsa, snd_pcm_t *pcm) {
    snd_pcm_sw_params_t *sw;
    snd_pcm_sw_params_alloca(&sw);
    int error = snd_pcm_sw_params_current(pcm, sw);
    if (error >= 0)
        error = snd_pcm_sw_params_set_start_threshold(pcm, sw, alsa->period);
    if (error >= 0)
        error = snd_pcm_sw_params_set_avail_min(pcm, sw, alsa->period);
    return error >= 0 ? snd_pcm_sw_params(pcm, sw) : error;
}

/* Twice the voice's rate is exact; 48 kHz is what most cards have; ALSA's own resampling is the last resort. On coming
 * back a card must take the rate that it had: the queue holds frames of that rate. */
static int configure(struct alsa *alsa, snd_pcm_t *pcm) {
    const unsigned rates[] = {alsa->card_rate ? alsa->card_rate : 2 * alsa->sink.rate,
                              alsa->card_rate ? alsa->card_rate : 48000, alsa->card_rate ? alsa->card_rate : 44100};
    int error = -EINVAL;
    for (int resample = 0; resample <= 1 && error < 0; resample++)
        for (size_t i = 0; i < sizeof rates / sizeof *rates && error < 0; i++)
            if (rates[i] == alsa->card_rate || rates[i] >= 44100)
                error = set_hw_params(alsa, pcm, rates[i], resample);
    return error >= 0 ? set_sw_params(alsa, pcm) : error;
}

static int open_card(struct alsa *alsa) {
    snd_pcm_t *pcm = NULL;
    int error = snd_pcm_open(&pcm, alsa->device, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
    if (error < 0)
        return error;
    error = configure(alsa, pcm);
    if (error < 0) {
        snd_pcm_close(pcm);
        return error;
    }
    alsa->pcm = pcm;
    alsa->opened_at = alsa->queue.next;
    alsa->delay = 0;
    alsa->progress_ms = nashra_now_ms();
    return 0;
}

/* --- position and recovery --- */

static void ask_delay(struct alsa *alsa) {
    snd_pcm_sframes_t delay = 0;
    if (snd_pcm_delay(alsa->pcm, &delay) < 0 && snd_pcm_state(alsa->pcm) != SND_PCM_STATE_XRUN)
        return; /* a card that is gone: what it said last holds */
    alsa->delay = delay > 0 ? (uint64_t)delay : 0;
}

/* Frames of the queue that were heard. */
static uint64_t position(struct alsa *alsa) {
    if (alsa->pcm && !(alsa->paused && !alsa->held))
        ask_delay(alsa);
    return alsa->queue.next > alsa->delay ? alsa->queue.next - alsa->delay : 0;
}

static uint64_t heard(struct nashra_sink *sink) {
    struct alsa *alsa = (struct alsa *)sink;
    uint64_t frames = alsa->base + position(alsa) * sink->rate / alsa->card_rate;
    if (frames > alsa->written)
        frames = alsa->written;
    if (frames > alsa->reported)
        alsa->reported = frames;
    return alsa->reported;
}

/* What the card had not played waits again. */
static void take_back(struct alsa *alsa) {
    nashra_queue_rewind(&alsa->queue, alsa->delay);
    alsa->delay = 0;
}

/* A card that is lost before it played anything (it opens, and refuses all frames) is told once and tried at leisure.
 */
static int lose_card(struct alsa *alsa, const char *cause) {
    if (!alsa->lost)
        nashra_log(NASHRA_LOG_WARNING, "ALSA device '%s' is lost (%s); waiting for it", alsa->device, cause);
    if (alsa->lost || alsa->queue.next <= alsa->opened_at)
        alsa->reopen_ms = nashra_now_ms() + REOPEN_MS;
    alsa->lost = true;
    snd_pcm_close(alsa->pcm);
    alsa->pcm = NULL;
    alsa->held = false;
    take_back(alsa);
    return NASHRA_ENODEVICE;
}

/* The one place where a failed call is mended. 0: go on; 1: the card is suspended still, wait; NASHRA_ENODEVICE. */
static int recover(struct alsa *alsa, int error) {
    if (error == -EPIPE) {
        alsa->sink.xruns++;
        alsa->delay = 0; /* it played all that it had */
        error = snd_pcm_prepare(alsa->pcm);
    } else if (error == -ESTRPIPE) {
        error = snd_pcm_resume(alsa->pcm);
        if (error == -EAGAIN)
            return 1;
        /* Some can't go on where they were; an I/O plugin's failure to do so is swallowed by ALSA. */
        if (error < 0 || snd_pcm_state(alsa->pcm) == SND_PCM_STATE_SUSPENDED) {
            ask_delay(alsa);
            error = snd_pcm_prepare(alsa->pcm);
            if (error >= 0)
                take_back(alsa);
        }
    }
    return error < 0 ? lose_card(alsa, snd_strerror(error)) : NASHRA_OK;
}

static int error_of_state(snd_pcm_t *pcm) {
    switch (snd_pcm_state(pcm)) {
    case SND_PCM_STATE_XRUN:
        return -EPIPE;
    case SND_PCM_STATE_SUSPENDED:
        return -ESTRPIPE;
    case SND_PCM_STATE_DISCONNECTED:
        return -ENODEV;
    default:
        return 0;
    }
}

/* A card that runs and does not get on is as good as lost, though no call says so. */
static int check_progress(struct alsa *alsa) {
    uint64_t now = nashra_now_ms(), at = position(alsa);
    if (at != alsa->progress || snd_pcm_state(alsa->pcm) != SND_PCM_STATE_RUNNING) {
        alsa->progress = at;
        alsa->progress_ms = now;
        return NASHRA_OK;
    }
    return now - alsa->progress_ms > STALL_MS ? lose_card(alsa, "it stalls") : NASHRA_OK;
}

/* --- writing --- */

/* Gives the card what it has room for. 0 or NASHRA_ENODEVICE. */
static int push(struct alsa *alsa) {
    int16_t block[2 * BLOCK_FRAMES];
    for (int mends = 0; nashra_queue_waiting(&alsa->queue) > 0;) {
        size_t count = nashra_queue_peek(&alsa->queue, block, BLOCK_FRAMES, alsa->channels);
        snd_pcm_sframes_t wrote = snd_pcm_writei(alsa->pcm, block, count);
        if (wrote == -EAGAIN || wrote == 0)
            return NASHRA_OK;
        if (wrote > 0) {
            alsa->queue.next += (uint64_t)wrote;
            alsa->delay += (uint64_t)wrote;
            continue;
        }
        int status = ++mends > MENDS_IN_A_ROW ? lose_card(alsa, snd_strerror((int)wrote)) : recover(alsa, (int)wrote);
        if (status != NASHRA_OK)
            return status < 0 ? status : NASHRA_OK;
    }
    return NASHRA_OK;
}

static void queue_frames(struct alsa *alsa, const int16_t *frames, size_t count) {
    size_t made = nashra_converter_run(alsa->converter, frames, count, alsa->converted);
    nashra_queue_add(&alsa->queue, alsa->converted, made);
}

static ptrdiff_t write_frames(struct nashra_sink *sink, const int16_t *frames, size_t count) {
    struct alsa *alsa = (struct alsa *)sink;
    if (!alsa->pcm)
        return NASHRA_ENODEVICE;
    if (alsa->paused)
        return 0;
    int status = push(alsa);
    size_t taken = 0;
    while (status == NASHRA_OK && taken < count && nashra_queue_waiting(&alsa->queue) == 0) {
        size_t block = count - taken < BLOCK_FRAMES ? count - taken : BLOCK_FRAMES;
        queue_frames(alsa, frames + taken, block);
        taken += block;
        alsa->written += block;
        status = push(alsa);
    }
    return taken > 0 ? (ptrdiff_t)taken : status;
}

/* --- waiting --- */

static int wait_away(struct alsa *alsa, struct pollfd *extra, size_t extra_count, int timeout_ms) {
    uint64_t now = nashra_now_ms();
    if (now < alsa->reopen_ms) {
        int left = (int)(alsa->reopen_ms - now);
        nashra_sink_poll(extra, extra_count, timeout_ms >= 0 && timeout_ms < left ? timeout_ms : left);
        if (nashra_now_ms() < alsa->reopen_ms)
            return NASHRA_ENODEVICE;
    } else {
        nashra_sink_poll(extra, extra_count, 0);
    }
    alsa->reopen_ms = nashra_now_ms() + REOPEN_MS;
    if (open_card(alsa) < 0)
        return NASHRA_ENODEVICE;
    if (!alsa->paused && push(alsa) < 0)
        return NASHRA_ENODEVICE;
    nashra_log(NASHRA_LOG_WARNING, "ALSA device '%s' is back", alsa->device);
    alsa->lost = false;
    return alsa->paused ? 0 : 1;
}

static bool any_ready(const struct pollfd *polled, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (polled[i].revents)
            return true;
    return false;
}

/* Polls the caller's descriptors and, if it can, the card's. */
static void poll_both(struct alsa *alsa, struct pollfd *extra, size_t extra_count, int timeout_ms) {
    struct pollfd all[MAX_POLLED];
    if (alsa->paused) {
        nashra_sink_poll(extra, extra_count, timeout_ms);
        return;
    }
    int cards = snd_pcm_poll_descriptors_count(alsa->pcm);
    if (cards <= 0 || (size_t)cards + extra_count > MAX_POLLED || error_of_state(alsa->pcm) < 0) {
        nashra_sink_poll(extra, extra_count, timeout_ms < NAP_MS ? timeout_ms : NAP_MS);
        return;
    }
    if (extra_count > 0)
        memcpy(all, extra, extra_count * sizeof *all);
    snd_pcm_poll_descriptors(alsa->pcm, all + extra_count, (unsigned)cards);
    nashra_sink_poll(all, extra_count + (size_t)cards, timeout_ms);
    unsigned short events = 0; /* asking is part of polling: some plugins rewind their timers there */
    snd_pcm_poll_descriptors_revents(alsa->pcm, all + extra_count, (unsigned)cards, &events);
    if (events && snd_pcm_avail_update(alsa->pcm) < (snd_pcm_sframes_t)alsa->period)
        nashra_sink_poll(NULL, 0, 1); /* it cries wolf: don't spin */
    if (extra_count > 0)
        memcpy(extra, all, extra_count * sizeof *all);
}

/* 1 when the card would take a period, 0 when not, NASHRA_ENODEVICE. */
static int has_room(struct alsa *alsa) {
    if (alsa->paused)
        return 0;
    int error = error_of_state(alsa->pcm);
    if (error == 0) {
        snd_pcm_sframes_t room = snd_pcm_avail_update(alsa->pcm);
        error = room < 0 ? (int)room : 0;
        if (room >= 0 && (snd_pcm_uframes_t)room < alsa->period)
            return check_progress(alsa);
    }
    int status = error < 0 ? recover(alsa, error) : NASHRA_OK;
    if (status == NASHRA_OK)
        status = push(alsa);
    return status < 0 ? status : nashra_queue_waiting(&alsa->queue) == 0 && status == NASHRA_OK;
}

static int wait_for_room(struct nashra_sink *sink, struct pollfd *extra, size_t extra_count, int timeout_ms) {
    struct alsa *alsa = (struct alsa *)sink;
    uint64_t start = nashra_now_ms();
    if (!alsa->pcm)
        return wait_away(alsa, extra, extra_count, timeout_ms);
    int room = has_room(alsa);
    nashra_sink_poll(extra, extra_count, 0);
    while (room == 0 && !any_ready(extra, extra_count)) {
        uint64_t spent = nashra_now_ms() - start;
        if (timeout_ms >= 0 && spent >= (uint64_t)timeout_ms)
            break;
        int left = timeout_ms >= 0 ? timeout_ms - (int)spent : SLICE_MS;
        poll_both(alsa, extra, extra_count, left < SLICE_MS ? left : SLICE_MS);
        room = has_room(alsa);
    }
    return room;
}

/* --- control --- */

static void stop_and_take_back(struct alsa *alsa) {
    ask_delay(alsa);
    snd_pcm_drop(alsa->pcm);
    take_back(alsa);
}

static int pause_sink(struct nashra_sink *sink, bool paused) {
    struct alsa *alsa = (struct alsa *)sink;
    if (paused == alsa->paused)
        return NASHRA_OK;
    alsa->paused = paused;
    if (!alsa->pcm)
        return NASHRA_OK; /* it comes back silent, or playing, by itself */
    if (paused) {
        alsa->held =
            alsa->can_pause && snd_pcm_state(alsa->pcm) == SND_PCM_STATE_RUNNING && snd_pcm_pause(alsa->pcm, 1) >= 0;
        if (!alsa->held)
            stop_and_take_back(alsa);
        return NASHRA_OK;
    }
    int error = alsa->held ? snd_pcm_pause(alsa->pcm, 0) : snd_pcm_prepare(alsa->pcm);
    alsa->held = false;
    alsa->progress_ms = nashra_now_ms();
    if (error < 0)
        return lose_card(alsa, snd_strerror(error));
    return push(alsa);
}

static int drop(struct nashra_sink *sink) {
    struct alsa *alsa = (struct alsa *)sink;
    alsa->written = alsa->base = heard(sink);
    nashra_queue_clear(&alsa->queue);
    nashra_converter_reset(alsa->converter);
    alsa->delay = 0;
    alsa->held = false;
    if (!alsa->pcm)
        return NASHRA_OK;
    snd_pcm_drop(alsa->pcm);
    int error = snd_pcm_prepare(alsa->pcm);
    return error < 0 ? lose_card(alsa, snd_strerror(error)) : NASHRA_OK;
}

/* The converter's rest and some silence after it, so that the last sound isn't the card's last period. */
static void queue_end(struct alsa *alsa) {
    static const int16_t silence[BLOCK_FRAMES];
    nashra_queue_add(&alsa->queue, alsa->converted, nashra_converter_end(alsa->converter, alsa->converted));
    for (unsigned pad = 0; pad < alsa->card_rate * PAD_MS / 1000; pad += BLOCK_FRAMES)
        nashra_queue_add(&alsa->queue, silence, BLOCK_FRAMES);
}

static int drain(struct nashra_sink *sink) {
    struct alsa *alsa = (struct alsa *)sink;
    if (alsa->paused)
        return NASHRA_EAGAIN;
    queue_end(alsa);
    uint64_t left = alsa->queue.end - (alsa->pcm ? position(alsa) : alsa->queue.next);
    uint64_t deadline = nashra_now_ms() + left * 1000 / alsa->card_rate + 1000;
    while (heard(sink) < alsa->written && nashra_now_ms() < deadline) {
        if (alsa->pcm && push(alsa) == NASHRA_OK && snd_pcm_state(alsa->pcm) == SND_PCM_STATE_PREPARED)
            snd_pcm_start(alsa->pcm);
        if (!alsa->pcm || error_of_state(alsa->pcm) < 0 || check_progress(alsa) < 0)
            wait_for_room(sink, NULL, 0, SLICE_MS);
        else
            nashra_sink_poll(NULL, 0, PERIOD_US / 1000 / 2);
    }
    int status = heard(sink) >= alsa->written ? NASHRA_OK : NASHRA_ENODEVICE;
    int dropped = drop(sink);
    return status < 0 ? status : dropped;
}

static void destroy(struct nashra_sink *sink) {
    struct alsa *alsa = (struct alsa *)sink;
    if (alsa->pcm) {
        snd_pcm_drop(alsa->pcm);
        snd_pcm_close(alsa->pcm);
    }
    snd_config_update_free_global();
    nashra_converter_destroy(alsa->converter);
    nashra_queue_finish(&alsa->queue);
    nashra_free(alsa->converted);
    nashra_free(alsa->device);
    nashra_free(alsa);
}

static const struct nashra_sink_ops ops = {
    .write = write_frames,
    .wait = wait_for_room,
    .pause = pause_sink,
    .drop = drop,
    .drain = drain,
    .heard = heard,
    .finish = drain,
    .destroy = destroy,
};

static int no_sound(enum nashra_log_level level, const char *device, int error) {
    nashra_log(level,
               "no sound: ALSA device '%s': %s; 'aplay -L' lists devices for -D, and "
               "'nashra render FILE -o out.wav' needs none",
               device, error == -EBUSY ? "another program uses it" : snd_strerror(error));
    return NASHRA_ENODEVICE;
}

static int initialise(struct alsa *alsa, const char *device, enum nashra_log_level level) {
    size_t size = strlen(device) + 1;
    alsa->device = nashra_alloc(size);
    if (!alsa->device)
        return NASHRA_ENOMEM;
    memcpy(alsa->device, device, size);
    int status = nashra_queue_init(&alsa->queue, QUEUE_FRAMES);
    if (status < 0)
        return status;
    snd_lib_error_set_handler(keep_quiet);
    int error = open_card(alsa);
    if (error < 0)
        return no_sound(level, device, error);
    status = nashra_converter_create(alsa->sink.rate, alsa->card_rate, &alsa->converter);
    if (status < 0)
        return status;
    alsa->converted = nashra_alloc(nashra_converter_room(alsa->converter, BLOCK_FRAMES) * sizeof *alsa->converted);
    return alsa->converted ? NASHRA_OK : NASHRA_ENOMEM;
}

static int create(const char *device, unsigned rate, enum nashra_log_level level, struct nashra_sink **sink) {
    *sink = NULL;
    struct alsa *alsa = nashra_alloc_zeroed(1, sizeof *alsa);
    if (!alsa)
        return NASHRA_ENOMEM;
    alsa->sink.ops = &ops;
    alsa->sink.rate = rate;
    int status = initialise(alsa, device ? device : "default", level);
    if (status < 0) {
        destroy(&alsa->sink);
        return status;
    }
    *sink = &alsa->sink;
    return NASHRA_OK;
}

int nashra_sink_alsa(const char *device, unsigned rate, struct nashra_sink **sink) {
    return create(device, rate, NASHRA_LOG_ERROR, sink);
}

int nashra_sink_alsa_retry(const char *device, unsigned rate, struct nashra_sink **sink) {
    return create(device, rate, NASHRA_LOG_DEBUG, sink);
}
