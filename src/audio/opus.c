/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opus in Ogg through libopusenc, which lets its serial number be set; libsndfile draws it by lot. */
#include "encoder.h"

#include <opusenc.h>
#include <string.h>

#include "convert.h"

enum { RATE = 48000, BLOCK_FRAMES = 2048, VOICE_BITRATE = 48000 };

struct opus {
    struct nashra_encoder encoder;
    OggOpusEnc *opus;
    struct nashra_converter *converter; /* to 48 kHz, which is Opus's own rate (RFC 7845) */
    unsigned channels;
    int16_t frames[2 * BLOCK_FRAMES];
    int16_t *converted;
};

static int opus_put(void *user, const unsigned char *bytes, opus_int32 length) {
    struct opus *opus = user;
    return !nashra_stream_add(&opus->encoder.stream, bytes, (size_t)length);
}

static int opus_nothing(void *user) {
    (void)user;
    return 0;
}

static int put(struct opus *opus, size_t count) {
    const int frames = (int)(count / opus->channels);
    int error = frames > 0 ? ope_encoder_write(opus->opus, opus->converted, frames) : OPE_OK;
    opus->encoder.cause = error == OPE_OK ? NULL : ope_strerror(error);
    return error;
}

static int opus_write(struct nashra_encoder *encoder, const int32_t *frames, size_t count) {
    struct opus *opus = (struct opus *)encoder;
    const size_t samples = count * opus->channels, most = BLOCK_FRAMES * opus->channels;
    int error = 0;
    for (size_t done = 0, block; done < samples && error == 0; done += block) {
        block = samples - done < most ? samples - done : most;
        for (size_t i = 0; i < block; i++)
            opus->frames[i] = (int16_t)(frames[done + i] >> 16);
        error = put(opus, nashra_converter_run(opus->converter, opus->frames, block, opus->converted));
    }
    return error;
}

static int opus_end(struct nashra_encoder *encoder) {
    struct opus *opus = (struct opus *)encoder;
    int error = put(opus, nashra_converter_end(opus->converter, opus->converted));
    if (error == 0 && (error = ope_encoder_drain(opus->opus)) != OPE_OK)
        encoder->cause = ope_strerror(error);
    return error;
}

static void opus_close(struct nashra_encoder *encoder) {
    struct opus *opus = (struct opus *)encoder;
    if (opus->opus)
        ope_encoder_destroy(opus->opus);
    nashra_converter_destroy(opus->converter);
    nashra_free(opus->converted);
}

static const struct nashra_encoder_ops ops = {.write = opus_write, .end = opus_end, .close = opus_close};

struct nashra_encoder *nashra_opus_encoder(void) {
    struct opus *opus = nashra_alloc_zeroed(1, sizeof *opus);
    if (!opus)
        return NULL;
    opus->encoder.ops = &ops;
    return &opus->encoder;
}

static OggOpusComments *make_comments(const struct nashra_encoding *encoding) {
    OggOpusComments *comments = ope_comments_create();
    for (size_t i = 0; comments && i < encoding->tag_count; i++)
        if (ope_comments_add(comments, encoding->tags[i].name, encoding->tags[i].value) != OPE_OK) {
            ope_comments_destroy(comments);
            return NULL;
        }
    return comments;
}

/* A voice made at 22050 Hz has nothing above 11 kHz, so that much is coded. At this bit rate complexity buys a voice
 * little and costs a lot: 0 takes two thirds of the work of 2; a programme with music gets what libopus likes. */
static void configure(OggOpusEnc *opus, const struct nashra_encoding *encoding) {
    const int bitrate = encoding->bitrate ? (int)encoding->bitrate : VOICE_BITRATE;
    ope_encoder_ctl(opus, OPE_SET_SERIALNO((opus_int32)encoding->serial));
    ope_encoder_ctl(opus, OPE_SET_COMMENT_PADDING(0));
    ope_encoder_ctl(opus, OPUS_SET_BITRATE(bitrate));
    ope_encoder_ctl(opus, OPUS_SET_COMPLEXITY(encoding->rate < RATE ? 0 : 5));
    if (encoding->rate < RATE)
        ope_encoder_ctl(opus, OPUS_SET_MAX_BANDWIDTH(OPUS_BANDWIDTH_SUPERWIDEBAND));
}

int nashra_opus_begin(struct nashra_encoder *encoder, const char *ending, const struct nashra_encoding *encoding) {
    static const OpusEncCallbacks callbacks = {opus_put, opus_nothing};
    struct opus *opus = (struct opus *)encoder;
    int error = OPE_ALLOC_FAIL;
    (void)ending;
    opus->channels = encoding->channels == 2 ? 2 : 1;
    if (opus->channels == 2 && encoding->rate != RATE) {
        encoder->cause = "stereo must be at 48000 Hz"; /* the converter takes one channel, a copy any number */
        return -1;
    }
    if (nashra_converter_create(encoding->rate, RATE, &opus->converter) < 0)
        return -1;
    opus->converted = nashra_alloc(nashra_converter_room(opus->converter, 2 * BLOCK_FRAMES) * sizeof *opus->converted);
    OggOpusComments *comments = opus->converted ? make_comments(encoding) : NULL;
    if (!comments)
        return -1;
    opus->opus = ope_encoder_create_callbacks(&callbacks, opus, comments, RATE, (int)opus->channels, 0, &error);
    ope_comments_destroy(comments);
    if (!opus->opus) {
        encoder->cause = ope_strerror(error);
        return -1;
    }
    configure(opus->opus, encoding);
    return 0;
}
