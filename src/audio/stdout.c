/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WAV on stdout. Its length isn't known when it begins: a header says "unknown", and is put right at the end where
 * stdout is a file. */
#include "file.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include <nashra/io.h>
#include <nashra/memory.h>

enum { HEADER_SIZE = 44, BLOCK_FRAMES = 2048 };

struct stdout_sink {
    struct nashra_sink sink;
    off_t start; /* of the header; -1: stdout is a pipe */
    uint64_t frames;
    int status;
    unsigned char block[2 * BLOCK_FRAMES];
};

static unsigned char *put16(unsigned char *at, unsigned value) {
    at[0] = (unsigned char)value;
    at[1] = (unsigned char)(value >> 8);
    return at + 2;
}

static unsigned char *put32(unsigned char *at, uint32_t value) {
    return put16(put16(at, value & 0xFFFF), value >> 16);
}

static unsigned char *put_name(unsigned char *at, const char *name) {
    memcpy(at, name, 4);
    return at + 4;
}

/* The largest length stands for "unknown", as streaming encoders write it and players understand it. */
static void make_header(unsigned char *header, unsigned rate, uint64_t frames) {
    uint64_t bytes = frames * 2;
    bool known = bytes <= UINT32_MAX - HEADER_SIZE;
    unsigned char *at = put_name(header, "RIFF");
    at = put32(at, known ? (uint32_t)bytes + HEADER_SIZE - 8 : UINT32_MAX);
    at = put_name(put_name(at, "WAVE"), "fmt ");
    at = put32(at, 16);
    at = put16(put16(at, 1), 1); /* PCM, one channel */
    at = put32(put32(at, rate), rate * 2);
    at = put16(put16(at, 2), 16);
    at = put_name(at, "data");
    put32(at, known ? (uint32_t)bytes : UINT32_MAX);
}

static int put(struct stdout_sink *out, const void *bytes, size_t length) {
    const int error = out->status == NASHRA_OK ? nashra_io_write(STDOUT_FILENO, bytes, length) : 0;
    if (error)
        out->status = nashra_fail(NASHRA_EIO, "stdout: %s", strerror(error));
    return out->status;
}

static ptrdiff_t stdout_write(struct nashra_sink *sink, const int16_t *frames, size_t count) {
    struct stdout_sink *out = (struct stdout_sink *)sink;
    for (size_t done = 0; done < count;) {
        size_t block = count - done < BLOCK_FRAMES ? count - done : BLOCK_FRAMES;
        for (size_t i = 0; i < block; i++)
            put16(out->block + 2 * i, (unsigned)frames[done + i] & 0xFFFF);
        if (put(out, out->block, 2 * block) < 0)
            return out->status;
        done += block;
        out->frames += block;
    }
    return (ptrdiff_t)count;
}

static uint64_t stdout_heard(struct nashra_sink *sink) {
    return ((struct stdout_sink *)sink)->frames;
}

static int stdout_finish(struct nashra_sink *sink) {
    struct stdout_sink *out = (struct stdout_sink *)sink;
    if (out->status < 0 || out->start < 0)
        return out->status;
    unsigned char header[HEADER_SIZE];
    make_header(header, sink->rate, out->frames);
    if (pwrite(STDOUT_FILENO, header, sizeof header, out->start) != (ssize_t)sizeof header)
        out->status = nashra_fail(NASHRA_EIO, "stdout: %s", strerror(errno));
    return out->status;
}

static void stdout_destroy(struct nashra_sink *sink) {
    nashra_free(sink);
}

static const struct nashra_sink_ops ops = {
    .write = stdout_write,
    .wait = nashra_file_wait,
    .pause = nashra_file_pause,
    .drop = nashra_file_nothing,
    .drain = nashra_file_nothing,
    .heard = stdout_heard,
    .finish = stdout_finish,
    .destroy = stdout_destroy,
};

int nashra_sink_stdout(unsigned rate, struct nashra_sink **sink) {
    struct stdout_sink *out = nashra_alloc_zeroed(1, sizeof *out);
    if (!out)
        return NASHRA_ENOMEM;
    out->sink.ops = &ops;
    out->sink.rate = rate;
    out->start = lseek(STDOUT_FILENO, 0, SEEK_CUR);
    unsigned char header[HEADER_SIZE];
    make_header(header, rate, UINT64_MAX / 4);
    int status = put(out, header, sizeof header);
    if (status < 0) {
        nashra_free(out);
        return status;
    }
    *sink = &out->sink;
    return NASHRA_OK;
}
