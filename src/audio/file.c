/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sink that is a sound file: an encoder at the rate of the frames. */
#include "file.h"

#include <stdint.h>
#include <string.h>

#include <nashra/encode.h>

enum { BLOCK_FRAMES = 2048 };

struct file_sink {
    struct nashra_sink sink;
    struct nashra_encoder *encoder;
    uint64_t frames;
    int status; /* the failure that ended it */
    bool finished;
    int32_t block[BLOCK_FRAMES];
};

static ptrdiff_t file_sink_write(struct nashra_sink *sink, const int16_t *frames, size_t count) {
    struct file_sink *file = (struct file_sink *)sink;
    for (size_t done = 0, block; done < count && file->status == NASHRA_OK; done += block) {
        block = count - done < BLOCK_FRAMES ? count - done : BLOCK_FRAMES;
        for (size_t i = 0; i < block; i++)
            file->block[i] = (int32_t)frames[done + i] * 65536;
        file->status = nashra_encoder_write(file->encoder, file->block, block);
        file->frames += block;
    }
    return file->status < 0 ? file->status : (ptrdiff_t)count;
}

static uint64_t file_sink_heard(struct nashra_sink *sink) {
    return ((struct file_sink *)sink)->frames;
}

static int file_sink_finish(struct nashra_sink *sink) {
    struct file_sink *file = (struct file_sink *)sink;
    if (file->finished || file->status < 0)
        return file->status;
    file->status = nashra_encoder_finish(file->encoder);
    file->finished = file->status == NASHRA_OK;
    return file->status;
}

int nashra_file_wait(struct nashra_sink *sink, struct pollfd *extra, size_t extra_count, int timeout_ms) {
    (void)sink;
    (void)timeout_ms;
    nashra_sink_poll(extra, extra_count, 0);
    return 1;
}

int nashra_file_pause(struct nashra_sink *sink, bool paused) {
    (void)sink;
    (void)paused;
    return NASHRA_OK;
}

int nashra_file_nothing(struct nashra_sink *sink) {
    (void)sink;
    return NASHRA_OK;
}

static void file_sink_destroy(struct nashra_sink *sink) {
    nashra_encoder_destroy(((struct file_sink *)sink)->encoder);
    nashra_free(sink);
}

static const struct nashra_sink_ops ops = {
    .write = file_sink_write,
    .wait = nashra_file_wait,
    .pause = nashra_file_pause,
    .drop = nashra_file_nothing,
    .drain = nashra_file_nothing,
    .heard = file_sink_heard,
    .finish = file_sink_finish,
    .destroy = file_sink_destroy,
};

int nashra_sink_file(const char *path, unsigned rate, struct nashra_sink **sink) {
    *sink = NULL;
    if (strcmp(path, "-") == 0)
        return nashra_sink_stdout(rate, sink);
    struct file_sink *file = nashra_alloc_zeroed(1, sizeof *file);
    if (!file)
        return NASHRA_ENOMEM;
    file->sink.ops = &ops;
    file->sink.rate = rate;
    int status = nashra_encoder_open(path, &(struct nashra_encoding){.rate = rate}, &file->encoder);
    if (status < 0) {
        file_sink_destroy(&file->sink);
        return status;
    }
    *sink = &file->sink;
    return NASHRA_OK;
}
