/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "encoder.h"

#include <errno.h>
#include <string.h>

#include <nashra/ascii.h>

static const struct format {
    const char *ending;
    bool lossy; /* and written from front to back, so that a buffer will do */
    struct nashra_encoder *(*create)(void);
    int (*begin)(struct nashra_encoder *encoder, const char *ending, const struct nashra_encoding *encoding);
} formats[] = {
    {".wav", false, nashra_pcm_encoder, nashra_pcm_begin},   {".flac", false, nashra_pcm_encoder, nashra_pcm_begin},
    {".opus", true, nashra_opus_encoder, nashra_opus_begin}, {".ogg", true, nashra_opus_encoder, nashra_opus_begin},
    {".mp3", true, nashra_mp3_encoder, nashra_mp3_begin},
};

static const struct format *find_format(const char *path) {
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof formats / sizeof *formats; i++)
        if (nashra_ascii_same(dot, formats[i].ending))
            return &formats[i];
    return NULL;
}

static int unknown_ending(const char *path) {
    return nashra_fail(NASHRA_EUSAGE, "%s: the name must end in .wav, .flac, .opus, .ogg or .mp3", path);
}

int nashra_encoder_is_lossy(const char *path) {
    const struct format *format = find_format(path);
    return format ? format->lossy : unknown_ending(path);
}

/* Reports the first failure; afterwards the encoder takes nothing more. What has no cause is a lack of memory. */
static int fail(struct nashra_encoder *encoder, enum nashra_status status, const char *name) {
    const int error = encoder->stream.output.error;
    if (encoder->status < 0)
        return encoder->status;
    if (error ? error == ENOMEM : !encoder->cause) /* of a buffer; of the encoder */
        return encoder->status = NASHRA_ENOMEM;
    encoder->status = nashra_fail(error ? NASHRA_EIO : status, "%s: %s", name ? name : encoder->stream.output.path,
                                  error ? strerror(error) : encoder->cause);
    return encoder->status;
}

static int begin(const struct format *format, const char *path, const struct nashra_encoding *encoding,
                 struct nashra_buffer *buffer, struct nashra_encoder **out) {
    struct nashra_encoder *encoder = format->create();
    if (!encoder)
        return NASHRA_ENOMEM;
    encoder->stream.buffer = buffer;
    encoder->stream.output.fd = -1;
    int status = buffer ? NASHRA_OK : nashra_output_open(&encoder->stream.output, path);
    if (status == NASHRA_OK && format->begin(encoder, format->ending, encoding) != 0)
        status = fail(encoder, NASHRA_ECANTCREATE, path);
    if (status < 0) {
        nashra_encoder_destroy(encoder);
        return status;
    }
    *out = encoder;
    return NASHRA_OK;
}

int nashra_encoder_open(const char *path, const struct nashra_encoding *encoding, struct nashra_encoder **encoder) {
    *encoder = NULL;
    const struct format *format = find_format(path);
    if (!format)
        return unknown_ending(path);
    return begin(format, path, encoding, NULL, encoder);
}

int nashra_encoder_open_buffer(const char *name, const struct nashra_encoding *encoding, struct nashra_buffer *buffer,
                               struct nashra_encoder **encoder) {
    *encoder = NULL;
    const struct format *format = find_format(name);
    if (!format || !format->lossy)
        return nashra_fail(NASHRA_EUSAGE, "%s: only .opus and .mp3 are made in memory", name);
    return begin(format, name, encoding, buffer, encoder);
}

int nashra_encoder_write(struct nashra_encoder *encoder, const int32_t *frames, size_t count) {
    if (encoder->status < 0)
        return encoder->status;
    if (encoder->ops->write(encoder, frames, count) != 0 || encoder->stream.output.error)
        return fail(encoder, NASHRA_EIO, NULL);
    return NASHRA_OK;
}

int nashra_encoder_complete(struct nashra_encoder *encoder) {
    if (encoder->status < 0 || encoder->complete)
        return encoder->status;
    if (encoder->ops->end(encoder) != 0 || encoder->stream.output.error)
        return fail(encoder, NASHRA_EIO, NULL);
    encoder->complete = true;
    encoder->status = encoder->stream.buffer ? NASHRA_OK : nashra_output_complete(&encoder->stream.output);
    return encoder->status;
}

int nashra_encoder_finish(struct nashra_encoder *encoder) {
    int status = nashra_encoder_complete(encoder);
    if (status == NASHRA_OK && !encoder->stream.buffer)
        status = encoder->status = nashra_output_publish(&encoder->stream.output);
    return status;
}

void nashra_encoder_destroy(struct nashra_encoder *encoder) {
    if (!encoder)
        return;
    encoder->ops->close(encoder);
    nashra_output_close(&encoder->stream.output);
    nashra_free(encoder);
}
