/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of functions behind nashra_encoder_*; an encoder embeds struct nashra_encoder as its first member. */
#ifndef NASHRA_AUDIO_ENCODER_H
#define NASHRA_AUDIO_ENCODER_H

#include <nashra/encode.h>

#include "stream.h"

struct nashra_encoder_ops {
    /* Takes frames; 0, or not: the stream's error or `cause` says why. */
    int (*write)(struct nashra_encoder *encoder, const int32_t *frames, size_t count);
    /* Writes what is left and closes the library's part. 0, or not. */
    int (*end)(struct nashra_encoder *encoder);
    /* Frees all but what the base holds. Comes after a failed opening, too. */
    void (*close)(struct nashra_encoder *encoder);
};

struct nashra_encoder {
    const struct nashra_encoder_ops *ops;
    struct nashra_stream stream;
    const char *cause; /* of a failure, where it is no error of writing */
    int status;        /* the failure that ended it */
    bool complete;
};

/* Each makes an encoder whose stream the caller opens before its `begin`; NULL when out of memory. */
struct nashra_encoder *nashra_pcm_encoder(void);
struct nashra_encoder *nashra_opus_encoder(void);
struct nashra_encoder *nashra_mp3_encoder(void);

/* Begins the file. 0, or not: the stream's error or `cause` says why. */
int nashra_pcm_begin(struct nashra_encoder *encoder, const char *ending, const struct nashra_encoding *encoding);
int nashra_opus_begin(struct nashra_encoder *encoder, const char *ending, const struct nashra_encoding *encoding);
int nashra_mp3_begin(struct nashra_encoder *encoder, const char *ending, const struct nashra_encoding *encoding);

#endif
