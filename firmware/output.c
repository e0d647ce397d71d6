/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <nashra/memory.h>

#include "loop.h"

enum {
    BLOCK = 256,
    HISTORY_MS = 500, /* longer than any card's buffer */
    PAD_MS = 80,
    SLACK_MS = 40, /* of the padding that needn't be heard: a converter keeps some frames to itself */
    CLICK_MS = 8,
    CLICK_HZ = 1000,
    CLICK_MOST = 64 * CLICK_MS,
    REOPEN_MS = 500, /* for a card that isn't there, and longer after some time */
    REOPEN_LATER_MS = 3000,
    LATER_MS = 10000,
    ABSENCE_TOLD_MS = 3000,
    ABSENCE_AT_START_TOLD_MS = 30000, /* a system that starts finds its cards one after the other */
    NAP_MS = 15,
    DEVICE_MAX = 256
};

struct nashrad_output {
    char device[DEVICE_MAX];
    unsigned rate;
    void (*back)(void *user);
    void *user;
    int record;               /* -1: none; else the file of what is heard */
    struct nashra_sink *sink; /* NULL: there is none that could come back by itself */
    bool known;               /* there was a card once */
    bool away;
    int64_t reopen_at, away_since;
    uint64_t base;    /* frames of the sinks before this one */
    uint64_t written; /* with them */
    size_t padding;   /* frames of silence that are to follow */
    int16_t *history; /* the last frames that were written, without volume */
    size_t history_size;
    int volume, fade;
    int16_t click[CLICK_MOST];
    size_t click_count, click_at; /* click_at == click_count: none sounds */
    uint64_t click_end;           /* of the frames written, the first behind the last click */
};

/* The card -------------------------------------------------------------------------------------------------------- */

static void become_away(struct nashrad_output *output) {
    if (!output->away)
        output->away_since = nashrad_now();
    output->away = true;
}

static void become_back(struct nashrad_output *output) {
    const int64_t told = output->known ? ABSENCE_TOLD_MS : ABSENCE_AT_START_TOLD_MS;
    output->known = true;
    if (!output->away)
        return;
    output->away = false;
    if (nashrad_now() - output->away_since >= told)
        output->back(output->user);
}

static void open_sink(struct nashrad_output *output) {
    static const struct nashra_sink_faults paced = {.paced = true};
    const bool silence = strcmp(output->device, "null") == 0 || output->record >= 0;
    const int64_t now = nashrad_now();
    const bool later = output->away && now - output->away_since > LATER_MS;
    int status;
    if (silence)
        status = nashra_sink_null(output->rate, &paced, &output->sink);
    else if (output->away) /* its absence was told */
        status = nashra_sink_alsa_retry(output->device, output->rate, &output->sink);
    else
        status = nashra_sink_alsa(output->device, output->rate, &output->sink);
    output->reopen_at = now + (later ? REOPEN_LATER_MS : REOPEN_MS);
    output->base = output->written;
    if (status < 0)
        output->sink = NULL;
}

/* What the sink answered. One that failed for good is opened anew. */
static void note(struct nashrad_output *output, ptrdiff_t status) {
    if (status >= 0) {
        become_back(output);
        return;
    }
    become_away(output);
    if (status == NASHRA_ENODEVICE)
        return;
    nashra_sink_destroy(output->sink);
    output->sink = NULL;
}

/* A knock: a tone that dies away. */
static void make_click(struct nashrad_output *output) {
    const size_t wanted = (size_t)output->rate * CLICK_MS / 1000;
    output->click_count = wanted < CLICK_MOST ? wanted : CLICK_MOST;
    output->click_at = output->click_count;
    for (size_t i = 0; i < output->click_count; i++) {
        const double left = 1.0 - (double)i / (double)output->click_count;
        output->click[i] = (int16_t)(9000.0 * left * left * sin(6.2831853 * CLICK_HZ * (double)i / output->rate));
    }
}

static int open_record(const char *device) {
    static const char prefix[] = "record:";
    if (strncmp(device, prefix, sizeof prefix - 1) != 0)
        return -1;
    const char *path = device + sizeof prefix - 1;
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        nashra_log(NASHRA_LOG_ERROR, "%s: %s", path, strerror(errno));
    return file;
}

int nashrad_output_create(const char *device, unsigned rate, void (*back)(void *user), void *user,
                          struct nashrad_output **out) {
    *out = NULL;
    if (strlen(device) >= DEVICE_MAX)
        return nashra_fail(NASHRA_ECONFIG, "the name of the sound device is too long");
    struct nashrad_output *output = nashra_alloc_zeroed(1, sizeof *output);
    if (!output)
        return NASHRA_ENOMEM;
    *output =
        (struct nashrad_output){.rate = rate, .back = back, .user = user, .record = -1, .volume = 100, .fade = 100};
    strcpy(output->device, device);
    output->history_size = (size_t)rate * HISTORY_MS / 1000;
    output->history = nashra_alloc_zeroed(output->history_size, sizeof *output->history);
    if (!output->history) {
        nashrad_output_destroy(output);
        return NASHRA_ENOMEM;
    }
    make_click(output);
    output->record = open_record(device);
    open_sink(output);
    if (!output->sink)
        become_away(output);
    *out = output;
    return NASHRA_OK;
}

void nashrad_output_destroy(struct nashrad_output *output) {
    if (!output)
        return;
    nashra_sink_destroy(output->sink);
    if (output->record >= 0)
        close(output->record);
    nashra_free(output->history);
    nashra_free(output);
}

/* Writing --------------------------------------------------------------------------------------------------------- */

uint64_t nashrad_output_written(const struct nashrad_output *output) {
    return output->written;
}

uint64_t nashrad_output_heard(struct nashrad_output *output) {
    return output->sink ? output->base + nashra_sink_heard(output->sink) : output->written;
}

bool nashrad_output_away(const struct nashrad_output *output) {
    return !output->sink || output->away;
}

bool nashrad_output_sounding(struct nashrad_output *output) {
    return nashrad_output_heard(output) + (uint64_t)output->rate * SLACK_MS / 1000 < output->written;
}

/* Loudness is felt by its logarithm: the square of the setting comes near to it. */
static int32_t gain(const struct nashrad_output *output) {
    return (int32_t)(65536LL * output->volume * output->volume * output->fade / 1000000);
}

static int16_t mix(int32_t sample, int32_t click) {
    const int32_t sum = sample + click;
    return (int16_t)(sum > INT16_MAX ? INT16_MAX : sum < INT16_MIN ? INT16_MIN : sum);
}

/* What was taken of a block: remembered, and the click is so much further on. */
static void keep(struct nashrad_output *output, const int16_t *frames, size_t taken) {
    for (size_t i = 0; i < taken; i++)
        output->history[(output->written + i) % output->history_size] = frames ? frames[i] : 0;
    output->written += taken;
    const size_t left = output->click_count - output->click_at;
    output->click_at += taken < left ? taken : left;
    if (left > 0)
        output->click_end = output->written;
}

/* record:FILE, S16 mono: what was heard, without the silence between. */
static void record(const struct nashrad_output *output, const int16_t *block, size_t count) {
    const size_t size = count * sizeof *block;
    if (output->record >= 0 &&
        pwrite(output->record, block, size, (off_t)(output->written * sizeof *block)) != (ssize_t)size)
        nashra_log(NASHRA_LOG_WARNING, "%s: %s", output->device, strerror(errno));
}

/* The click is about as loud as speech at half the volume, whatever the fade. */
static size_t write_block(struct nashrad_output *output, const int16_t *frames, size_t count) {
    int16_t block[BLOCK];
    const int32_t factor = gain(output);
    for (size_t i = 0; i < count; i++) {
        const size_t at = output->click_at + i;
        const int32_t click = at < output->click_count ? output->click[at] * (20 + output->volume) / 100 : 0;
        block[i] = mix((frames ? frames[i] : 0) * factor / 65536, click);
    }
    const ptrdiff_t taken = nashra_sink_write(output->sink, block, count);
    if (taken < 0)
        note(output, taken);
    if (taken <= 0)
        return 0;
    record(output, block, (size_t)taken);
    keep(output, frames, (size_t)taken);
    return (size_t)taken;
}

size_t nashrad_output_write(struct nashrad_output *output, const int16_t *frames, size_t count) {
    output->padding = (size_t)output->rate * PAD_MS / 1000;
    if (!output->sink || output->away || count == 0)
        return 0;
    return write_block(output, frames, count < BLOCK ? count : BLOCK);
}

bool nashrad_output_pad(struct nashrad_output *output) {
    while (output->padding > 0 && output->sink && !output->away) {
        const size_t taken = write_block(output, NULL, output->padding < BLOCK ? output->padding : BLOCK);
        if (taken == 0)
            return false;
        output->padding -= taken;
    }
    return output->padding == 0;
}

static void drop(struct nashrad_output *output) {
    nashra_sink_drop(output->sink);
    output->written = nashrad_output_heard(output);
    if (output->record >= 0 && ftruncate(output->record, (off_t)(output->written * sizeof(int16_t))) != 0)
        nashra_log(NASHRA_LOG_WARNING, "%s: %s", output->device, strerror(errno));
}

/* It is the answer to the key that stops the rest. */
static bool click_is_owed(struct nashrad_output *output) {
    return output->click_at < output->click_count || nashrad_output_heard(output) < output->click_end;
}

void nashrad_output_stop(struct nashrad_output *output) {
    const bool owed = click_is_owed(output);
    if (output->sink)
        drop(output);
    output->click_end = 0;
    output->click_at = owed ? 0 : output->click_count;
    output->padding = owed ? (size_t)output->rate * PAD_MS / 1000 : 0;
}

/* Takes back what the card has not played, and gives it anew. */
static void rewrite(struct nashrad_output *output) {
    int16_t again[BLOCK];
    const uint64_t end = output->written;
    if (!output->sink || output->away)
        return;
    drop(output);
    if (end - output->written > output->history_size)
        return;
    while (output->written < end) {
        const size_t count = end - output->written < BLOCK ? (size_t)(end - output->written) : BLOCK;
        for (size_t i = 0; i < count; i++)
            again[i] = output->history[(output->written + i) % output->history_size];
        if (write_block(output, again, count) == 0)
            break;
    }
}

void nashrad_output_click(struct nashrad_output *output) {
    output->click_at = 0;
    rewrite(output);
    output->padding = (size_t)output->rate * PAD_MS / 1000;
}

void nashrad_output_volume(struct nashrad_output *output, int volume, int fade) {
    const bool at_once = volume != output->volume;
    output->volume = volume;
    output->fade = fade;
    if (at_once)
        rewrite(output);
}

/* Waiting --------------------------------------------------------------------------------------------------------- */

static int shorter(int timeout_ms, int most) {
    return timeout_ms < 0 || timeout_ms > most ? most : timeout_ms;
}

static void wait_for_card(struct nashrad_output *output, struct pollfd *other, int timeout_ms) {
    poll(other, 1, shorter(timeout_ms, REOPEN_MS));
    if (nashrad_now() < output->reopen_at)
        return;
    open_sink(output);
    if (output->sink)
        become_back(output);
}

/* Nothing is to be written. While the last sound is on its way, the sink is asked to hand on what it still keeps; when
 * all was heard the card rests, rather than run dry. */
static void wait_out(struct nashrad_output *output, struct pollfd *other, int timeout_ms) {
    const bool sounding = nashrad_output_sounding(output);
    if (sounding) {
        note(output, nashra_sink_wait(output->sink, NULL, 0, 0));
        timeout_ms = shorter(timeout_ms, NAP_MS);
    }
    poll(other, 1, timeout_ms);
    if (sounding && output->sink && !output->away && !nashrad_output_sounding(output))
        drop(output);
}

void nashrad_output_wait(struct nashrad_output *output, int fd, int timeout_ms, bool more) {
    struct pollfd other = {.fd = fd, .events = POLLIN};
    if (!output->sink)
        wait_for_card(output, &other, timeout_ms);
    else if (output->away || more || output->padding > 0)
        note(output, nashra_sink_wait(output->sink, &other, 1, timeout_ms));
    else
        wait_out(output, &other, timeout_ms);
}
