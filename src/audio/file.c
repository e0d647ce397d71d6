/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound files through libsndfile, which writes through nashra_write_all(), so that the errno of a full disk is known.
 */
#include "file.h"

#include <errno.h>
#include <sndfile.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "convert.h"
#include "output.h"

enum { BLOCK_FRAMES = 4096 };

struct format {
    const char *ending;
    int sndfile;
    unsigned rate;      /* the only one that it takes; 0: any */
    double compression; /* on libsndfile's scale up to 1; 0: as it likes */
};

/* Opus is for 48 kHz (RFC 7845); 22050 Hz is one of MP3's own rates (MPEG-2 layer III). A voice takes 45 kbit/s in MP3
 * and 60 in Opus; asked for less, Opus needs three times the work. */
static const struct format formats[] = {
    {".wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 0, 0},
    {".flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 0, 0},
    {".opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 48000, 0},
    {".ogg", SF_FORMAT_OGG | SF_FORMAT_OPUS, 48000, 0.896},
    {".mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 0, 0.7},
};

struct file_sink {
    struct nashra_sink sink;
    struct nashra_output output;
    SNDFILE *sndfile;
    struct nashra_converter *converter;
    int16_t *block; /* converted frames */
    uint64_t frames;
    sf_count_t offset, length; /* of the file, for libsndfile */
    int status;                /* the failure that ended it */
    bool finished;
};

static sf_count_t file_length(void *user) {
    return ((struct file_sink *)user)->length;
}

static sf_count_t file_seek(sf_count_t offset, int whence, void *user) {
    struct file_sink *file = user;
    sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file->offset : file->length;
    if (lseek(file->output.fd, base + offset, SEEK_SET) < 0)
        return -1;
    return file->offset = base + offset;
}

static sf_count_t file_read(void *bytes, sf_count_t count, void *user) {
    struct file_sink *file = user;
    ssize_t got = read(file->output.fd, bytes, (size_t)count);
    if (got > 0)
        file->offset += got;
    return got < 0 ? 0 : got;
}

static sf_count_t file_write(const void *bytes, sf_count_t count, void *user) {
    struct file_sink *file = user;
    if (!nashra_write_all(file->output.fd, bytes, (size_t)count, &file->output.error))
        return 0;
    file->offset += count;
    if (file->offset > file->length)
        file->length = file->offset;
    return count;
}

static sf_count_t file_tell(void *user) {
    return ((struct file_sink *)user)->offset;
}

static SF_VIRTUAL_IO file_io = {file_length, file_seek, file_read, file_write, file_tell};

/* Reports the first failure; afterwards the sink takes nothing more. */
static int fail(struct file_sink *file) {
    if (file->status == NASHRA_OK) {
        const char *cause = file->output.error ? strerror(file->output.error) : sf_strerror(file->sndfile);
        file->status = nashra_fail(NASHRA_EIO, "%s: %s", file->output.path, cause);
    }
    return file->status;
}

static int put(struct file_sink *file, size_t count) {
    if (sf_writef_short(file->sndfile, file->block, (sf_count_t)count) != (sf_count_t)count || file->output.error)
        return fail(file);
    return NASHRA_OK;
}

static ptrdiff_t file_sink_write(struct nashra_sink *sink, const int16_t *frames, size_t count) {
    struct file_sink *file = (struct file_sink *)sink;
    if (file->status < 0)
        return file->status;
    for (size_t done = 0; done < count;) {
        size_t block = count - done < BLOCK_FRAMES ? count - done : BLOCK_FRAMES;
        int status = put(file, nashra_converter_run(file->converter, frames + done, block, file->block));
        if (status < 0)
            return status;
        done += block;
        file->frames += block;
    }
    return (ptrdiff_t)count;
}

static uint64_t file_sink_heard(struct nashra_sink *sink) {
    return ((struct file_sink *)sink)->frames;
}

static int file_sink_finish(struct nashra_sink *sink) {
    struct file_sink *file = (struct file_sink *)sink;
    if (file->finished || file->status < 0)
        return file->status;
    int status = put(file, nashra_converter_end(file->converter, file->block));
    if (status < 0)
        return status;
    int error = sf_close(file->sndfile);
    file->sndfile = NULL;
    if (error != 0 || file->output.error)
        return fail(file);
    file->status = nashra_output_commit(&file->output);
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
    struct file_sink *file = (struct file_sink *)sink;
    sf_close(file->sndfile);
    nashra_output_close(&file->output);
    nashra_converter_destroy(file->converter);
    nashra_free(file->block);
    nashra_free(file);
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

static const struct format *find_format(const char *path) {
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof formats / sizeof *formats; i++)
        if (strcasecmp(dot, formats[i].ending) == 0)
            return &formats[i];
    return NULL;
}

static int open_file(struct file_sink *file, const char *path, const struct format *format) {
    unsigned rate = format->rate ? format->rate : file->sink.rate;
    int status = nashra_output_open(&file->output, path);
    if (status == NASHRA_OK)
        status = nashra_converter_create(file->sink.rate, rate, &file->converter);
    if (status < 0)
        return status;
    file->block = nashra_alloc(nashra_converter_room(file->converter, BLOCK_FRAMES) * sizeof *file->block);
    if (!file->block)
        return NASHRA_ENOMEM;
    SF_INFO info = {.samplerate = (int)rate, .channels = 1, .format = format->sndfile};
    file->sndfile = sf_open_virtual(&file_io, SFM_WRITE, &info, file);
    if (file->sndfile) {
        double compression = format->compression;
        if (compression > 0)
            sf_command(file->sndfile, SFC_SET_COMPRESSION_LEVEL, &compression, sizeof compression);
        return NASHRA_OK;
    }
    if (file->output.error)
        return fail(file);
    return nashra_fail(NASHRA_ECANTCREATE, "%s: this libsndfile can't write %s: %s", path, format->ending,
                       sf_strerror(NULL));
}

int nashra_sink_file(const char *path, unsigned rate, struct nashra_sink **sink) {
    *sink = NULL;
    if (strcmp(path, "-") == 0)
        return nashra_sink_stdout(rate, sink);
    const struct format *format = find_format(path);
    if (!format)
        return nashra_fail(NASHRA_EUSAGE, "%s: the name must end in .wav, .flac, .opus, .ogg or .mp3", path);
    struct file_sink *file = nashra_alloc_zeroed(1, sizeof *file);
    if (!file)
        return NASHRA_ENOMEM;
    file->sink.ops = &ops;
    file->sink.rate = rate;
    file->output.fd = -1;
    int status = open_file(file, path, format);
    if (status < 0) {
        file_sink_destroy(&file->sink);
        return status;
    }
    *sink = &file->sink;
    return NASHRA_OK;
}
