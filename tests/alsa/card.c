/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sound card for tests: an ALSA I/O plugin that plays in real time into a file, and fails where it is told to.
 *
 * NASHRA_CARD_OUT     the file that what is heard is appended to: interleaved S16
 * NASHRA_CARD_FAULTS  comma-separated; N counts the frames heard since NASHRA_CARD_OUT was set:
 *   underrun@N        plays at once what it has, and stops
 *   suspend@N         sleeps; goes on where it was after two calls of resume
 *   suspend-hard@N    sleeps; can't resume, and loses what it has
 *   disconnect@N:MS   is unplugged, loses what it has, and can't be opened for MS milliseconds
 *   late:MS           can't be opened for the first MS milliseconds
 *   stall@N           stands still without a word until it is opened anew
 *   refuse-mono, only-mono, only48000, only8000, big-period (186 ms), no-pause, absent
 */
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CHANNELS = 2, RING_FRAMES = 1 << 16 };

/* What outlives a closed handle, as a card outlives its user; the plugin is linked never to be unloaded. */
static struct {
    char out[512];
    char faults[512];
    uint64_t heard;       /* frames */
    uint64_t absent_till; /* ms */
} world;

struct card {
    snd_pcm_ioplug_t io;
    FILE *out;
    int16_t ring[RING_FRAMES * MAX_CHANNELS];
    uint64_t given, played; /* frames since prepare */
    bool running, stalled;
    uint64_t clock_us; /* when `clock_frames` were played */
    uint64_t clock_frames;
    bool resumes;
};

static uint64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static bool has_trait(const char *name) {
    return strstr(world.faults, name) != NULL;
}

/* Finds "NAME@N[:MS]" that is due in the next `frames`, takes it off the list and returns true. */
static bool fault_due(const char *name, uint64_t frames, uint64_t *at, unsigned *ms) {
    char *found = strstr(world.faults, name);
    if (!found)
        return false;
    unsigned long long frame = 0;
    *ms = 0;
    if (sscanf(found + strlen(name), "%llu:%u", &frame, ms) < 1 || frame > world.heard + frames)
        return false;
    *at = frame > world.heard ? frame - world.heard : 0;
    *found = '#';
    return true;
}

static void restart_clock(struct card *card) {
    card->clock_us = now_us();
    card->clock_frames = card->played;
}

static void play(struct card *card, uint64_t frames) {
    for (; frames > 0; frames--, card->played++, world.heard++)
        if (card->out)
            fwrite(card->ring + card->played % RING_FRAMES * card->io.channels, sizeof(int16_t), card->io.channels,
                   card->out);
    if (card->out)
        fflush(card->out);
}

static void unplug(struct card *card, unsigned ms) {
    world.absent_till = now_us() / 1000 + ms;
    card->running = false;
    snd_pcm_ioplug_set_state(&card->io, SND_PCM_STATE_DISCONNECTED);
}

static void suspend(struct card *card, bool resumes) {
    card->running = false;
    card->resumes = resumes;
    snd_pcm_ioplug_set_state(&card->io, SND_PCM_STATE_SUSPENDED);
}

/* Plays what the clock allows, up to the next fault. False: it ran dry. */
static bool catch_up(struct card *card) {
    uint64_t at, have = card->given - card->played;
    unsigned ms;
    if (!card->running || card->stalled)
        return true;
    uint64_t due = card->clock_frames + (now_us() - card->clock_us) * card->io.rate / 1000000 - card->played;
    uint64_t frames = due < have ? due : have;
    if (fault_due("disconnect@", frames, &at, &ms)) {
        play(card, at);
        unplug(card, ms);
    } else if (fault_due("suspend@", frames, &at, &ms)) {
        play(card, at);
        suspend(card, true);
    } else if (fault_due("suspend-hard@", frames, &at, &ms)) {
        play(card, at);
        suspend(card, false);
    } else if (fault_due("stall@", frames, &at, &ms)) {
        play(card, at);
        card->stalled = true;
    } else if (fault_due("underrun@", frames, &at, &ms)) {
        play(card, have);
        return false;
    } else {
        play(card, frames);
        return due <= have;
    }
    return true;
}

static int card_start(snd_pcm_ioplug_t *io) {
    struct card *card = io->private_data;
    card->running = true;
    restart_clock(card);
    return 0;
}

static int card_stop(snd_pcm_ioplug_t *io) {
    struct card *card = io->private_data;
    catch_up(card);
    card->running = false;
    return 0;
}

static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io) {
    struct card *card = io->private_data;
    if (!catch_up(card)) {
        card->running = false;
        return -EPIPE;
    }
    return (snd_pcm_sframes_t)(card->played % io->buffer_size);
}

static snd_pcm_sframes_t card_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
                                       snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
    struct card *card = io->private_data;
    if (io->state == SND_PCM_STATE_DISCONNECTED)
        return -ENODEV;
    const int16_t *from =
        (const int16_t *)((const char *)areas[0].addr + (areas[0].first + offset * areas[0].step) / 8);
    for (snd_pcm_uframes_t i = 0; i < size; i++, card->given++)
        memcpy(card->ring + card->given % RING_FRAMES * io->channels, from + i * io->channels,
               io->channels * sizeof *from);
    return (snd_pcm_sframes_t)size;
}

static int card_prepare(snd_pcm_ioplug_t *io) {
    struct card *card = io->private_data;
    if (io->state == SND_PCM_STATE_DISCONNECTED)
        return -ENODEV;
    card->given = card->played = 0;
    card->running = false;
    return 0;
}

static int card_pause(snd_pcm_ioplug_t *io, int enable) {
    struct card *card = io->private_data;
    catch_up(card);
    card->running = !enable;
    restart_clock(card);
    return 0;
}

static int card_resume(snd_pcm_ioplug_t *io) {
    struct card *card = io->private_data;
    if (!card->resumes)
        return -ENOSYS;
    snd_pcm_ioplug_set_state(io, SND_PCM_STATE_RUNNING);
    return card_start(io);
}

static int card_delay(snd_pcm_ioplug_t *io, snd_pcm_sframes_t *delay) {
    struct card *card = io->private_data;
    if (io->state == SND_PCM_STATE_DISCONNECTED)
        return -ENODEV;
    catch_up(card); /* running dry shows in the next call of pointer */
    *delay = (snd_pcm_sframes_t)(card->given - card->played);
    return 0;
}

static int card_close(snd_pcm_ioplug_t *io) {
    struct card *card = io->private_data;
    if (card->out)
        fclose(card->out);
    close(io->poll_fd);
    free(card);
    return 0;
}

static int card_poll_revents(snd_pcm_ioplug_t *io, struct pollfd *polled, unsigned count, unsigned short *revents) {
    uint64_t ticks;
    *revents = 0;
    if (count == 0 || read(polled[0].fd, &ticks, sizeof ticks) < 0)
        return 0;
    struct card *card = io->private_data;
    catch_up(card);
    if (io->state == SND_PCM_STATE_DISCONNECTED || io->state == SND_PCM_STATE_SUSPENDED)
        *revents = POLLERR;
    else if (io->buffer_size - (card->given - card->played) >= io->period_size)
        *revents = POLLOUT;
    return 0;
}

static const snd_pcm_ioplug_callback_t with_pause = {
    .start = card_start,
    .stop = card_stop,
    .pointer = card_pointer,
    .transfer = card_transfer,
    .prepare = card_prepare,
    .pause = card_pause,
    .resume = card_resume,
    .delay = card_delay,
    .close = card_close,
    .poll_revents = card_poll_revents,
};

static const snd_pcm_ioplug_callback_t without_pause = {
    .start = card_start,
    .stop = card_stop,
    .pointer = card_pointer,
    .transfer = card_transfer,
    .prepare = card_prepare,
    .resume = card_resume,
    .delay = card_delay,
    .close = card_close,
    .poll_revents = card_poll_revents,
};

static int set_constraints(snd_pcm_ioplug_t *io) {
    static const unsigned access[] = {SND_PCM_ACCESS_RW_INTERLEAVED};
    static const unsigned format[] = {SND_PCM_FORMAT_S16};
    unsigned only = has_trait("only48000") ? 48000 : has_trait("only8000") ? 8000 : 0;
    unsigned most = has_trait("only-mono") ? 1 : 2, least = has_trait("refuse-mono") ? 2 : 1;
    unsigned period = has_trait("big-period") ? 32768 : 64;
    int error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1, access);
    if (error >= 0)
        error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, format);
    if (error >= 0)
        error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, least, most);
    if (error >= 0)
        error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, only ? only : 44100, only ? only : 96000);
    if (error >= 0)
        error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, period, 65536);
    if (error >= 0)
        error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 128, 131072);
    return error;
}

/* A new output file is a new card. */
static void meet_world(void) {
    const char *out = getenv("NASHRA_CARD_OUT"), *faults = getenv("NASHRA_CARD_FAULTS");
    if (!out || strcmp(out, world.out) == 0)
        return;
    memset(&world, 0, sizeof world);
    snprintf(world.out, sizeof world.out, "%s", out);
    snprintf(world.faults, sizeof world.faults, "%s", faults ? faults : "");
    const char *late = strstr(world.faults, "late:");
    if (late)
        world.absent_till = now_us() / 1000 + strtoul(late + strlen("late:"), NULL, 10);
}

static int make_timer(void) {
    struct itimerspec every = {.it_interval = {0, 2000000}, .it_value = {0, 2000000}};
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (fd >= 0)
        timerfd_settime(fd, 0, &every, NULL);
    return fd;
}

SND_PCM_PLUGIN_DEFINE_FUNC(nashra_test) {
    (void)root;
    (void)conf;
    meet_world();
    if (has_trait("absent") || now_us() / 1000 < world.absent_till)
        return -ENODEV;
    struct card *card = calloc(1, sizeof *card);
    if (!card)
        return -ENOMEM;
    card->io.version = SND_PCM_IOPLUG_VERSION;
    card->io.name = "Nashra's test card";
    card->io.callback = has_trait("no-pause") ? &without_pause : &with_pause;
    card->io.private_data = card;
    card->io.poll_fd = make_timer();
    card->io.poll_events = POLLIN;
    card->out = world.out[0] ? fopen(world.out, "ab") : NULL;
    int error = snd_pcm_ioplug_create(&card->io, name, stream, mode);
    if (error < 0) {
        card_close(&card->io);
        return error;
    }
    error = set_constraints(&card->io);
    if (error < 0) {
        snd_pcm_ioplug_delete(&card->io);
        return error;
    }
    *pcmp = card->io.pcm;
    return 0;
}

SND_PCM_PLUGIN_SYMBOL(nashra_test);
