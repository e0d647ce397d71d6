/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MP3 through LAME, which takes tags in UTF-16 and works faster than libsndfile lets it. */
#include "encoder.h"

#include <lame.h>
#include <string.h>

#include <nashra/utf8.h>

enum {
    BLOCK_FRAMES = 1152,
    BLOCK_BYTES = BLOCK_FRAMES * 5 / 4 + 7200, /* LAME's own bound */
    FASTEST = 9,                               /* LAME 3.100 does the same from 7 on; 5 takes twice as long */
    VOICE_BITRATE = 48000
};

struct mp3 {
    struct nashra_encoder encoder;
    lame_t lame;
    bool stereo;
    size_t tag_length; /* of ID3v2, before the frame that tells the length */
    unsigned char bytes[BLOCK_BYTES];
};

static int put(struct mp3 *mp3, int length) {
    if (length >= 0)
        return !nashra_stream_add(&mp3->encoder.stream, mp3->bytes, (size_t)length);
    mp3->encoder.cause = "LAME failed";
    return -1;
}

static int encode(struct mp3 *mp3, const int *frames, int count) {
    if (mp3->stereo)
        return lame_encode_buffer_interleaved_int(mp3->lame, frames, count, mp3->bytes, BLOCK_BYTES);
    return lame_encode_buffer_int(mp3->lame, frames, frames, count, mp3->bytes, BLOCK_BYTES);
}

static int mp3_write(struct nashra_encoder *encoder, const int32_t *frames, size_t count) {
    struct mp3 *mp3 = (struct mp3 *)encoder;
    int failed = 0;
    for (size_t done = 0, block; done < count && !failed; done += block) {
        block = count - done < BLOCK_FRAMES ? count - done : BLOCK_FRAMES;
        failed = put(mp3, encode(mp3, frames + (mp3->stereo ? 2 * done : done), (int)block));
    }
    return failed;
}

/* The first frame holds the number of frames and the delay, so that players seek and trim exactly. */
static int write_length(struct mp3 *mp3) {
    size_t length = lame_get_lametag_frame(mp3->lame, mp3->bytes, BLOCK_BYTES);
    if (length == 0 || length > BLOCK_BYTES)
        return 0;
    return !nashra_stream_patch(&mp3->encoder.stream, mp3->tag_length, mp3->bytes, length);
}

static int mp3_end(struct nashra_encoder *encoder) {
    struct mp3 *mp3 = (struct mp3 *)encoder;
    int failed = put(mp3, lame_encode_flush(mp3->lame, mp3->bytes, BLOCK_BYTES));
    return failed ? failed : write_length(mp3);
}

static void mp3_close(struct nashra_encoder *encoder) {
    struct mp3 *mp3 = (struct mp3 *)encoder;
    if (mp3->lame)
        lame_close(mp3->lame);
}

static const struct nashra_encoder_ops ops = {.write = mp3_write, .end = mp3_end, .close = mp3_close};

struct nashra_encoder *nashra_mp3_encoder(void) {
    struct mp3 *mp3 = nashra_alloc_zeroed(1, sizeof *mp3);
    if (!mp3)
        return NULL;
    mp3->encoder.ops = &ops;
    return &mp3->encoder;
}

/* UTF-8 → UTF-16 with the mark that tells the order of bytes; freed by the caller. NULL when out of memory. */
static unsigned short *utf16(const char *text) {
    const size_t length = strlen(text);
    unsigned short *wide = nashra_alloc((length + 2) * sizeof *wide), *at = wide;
    if (!wide)
        return NULL;
    *at++ = 0xFEFF;
    for (size_t from = 0; from < length;) {
        unsigned codepoint;
        from += nashra_utf8_decode(text + from, length - from, &codepoint);
        if (codepoint >= 0x10000) {
            *at++ = (unsigned short)(0xD800 + ((codepoint - 0x10000) >> 10));
            codepoint = 0xDC00 + ((codepoint - 0x10000) & 0x3FF);
        }
        *at++ = (unsigned short)codepoint;
    }
    *at = 0;
    return wide;
}

/* ID3v2.3 has a year, and a day and month: YYYY-MM-DD becomes YYYY and DDMM. */
static int set_date(lame_t lame, const char *date) {
    const unsigned short year[] = {
        0xFEFF, (unsigned char)date[0], (unsigned char)date[1], (unsigned char)date[2], (unsigned char)date[3], 0};
    const unsigned short day[] = {
        0xFEFF, (unsigned char)date[8], (unsigned char)date[9], (unsigned char)date[5], (unsigned char)date[6], 0};
    const int failed = id3tag_set_textinfo_utf16(lame, "TYER", year);
    return failed ? failed : id3tag_set_textinfo_utf16(lame, "TDAT", day);
}

static int set_tag(lame_t lame, const struct nashra_tag *tag) {
    static const struct {
        const char *name, *frame;
    } frames[] = {{"TITLE", "TIT2"}, {"ARTIST", "TPE1"}, {"ALBUM", "TALB"}};
    unsigned short *value = utf16(tag->value);
    int failed = value ? 0 : -1;
    for (size_t i = 0; value && i < sizeof frames / sizeof *frames; i++)
        if (strcmp(tag->name, frames[i].name) == 0)
            failed = id3tag_set_textinfo_utf16(lame, frames[i].frame, value);
    if (value && strcmp(tag->name, "DATE") == 0 && strlen(tag->value) == 10)
        failed = set_date(lame, tag->value);
    static const unsigned short none[] = {0xFEFF, 0};
    if (value && strcmp(tag->name, "COMMENT") == 0)
        failed = id3tag_set_comment_utf16(lame, "ara", none, value);
    nashra_free(value);
    return failed;
}

static int write_tags(struct mp3 *mp3, const struct nashra_encoding *encoding) {
    int failed = 0;
    id3tag_init(mp3->lame);
    id3tag_v2_only(mp3->lame);
    for (size_t i = 0; i < encoding->tag_count && !failed; i++)
        failed = set_tag(mp3->lame, &encoding->tags[i]);
    mp3->tag_length = failed ? 0 : lame_get_id3v2_tag(mp3->lame, NULL, 0);
    if (mp3->tag_length == 0)
        return failed;
    unsigned char *tag = nashra_alloc(mp3->tag_length);
    if (!tag)
        return -1;
    lame_get_id3v2_tag(mp3->lame, tag, mp3->tag_length);
    failed = !nashra_stream_add(&mp3->encoder.stream, tag, mp3->tag_length);
    nashra_free(tag);
    return failed;
}

static int configure(lame_t lame, const struct nashra_encoding *encoding, float scale) {
    const unsigned bitrate = encoding->bitrate ? encoding->bitrate : VOICE_BITRATE;
    lame_set_in_samplerate(lame, (int)encoding->rate);
    lame_set_out_samplerate(lame, (int)encoding->rate);
    lame_set_num_channels(lame, encoding->channels == 2 ? 2 : 1);
    lame_set_mode(lame, encoding->channels == 2 ? JOINT_STEREO : MONO);
    lame_set_brate(lame, (int)(bitrate / 1000)); /* constant, so that a place in time is a place in the file */
    lame_set_quality(lame, FASTEST);
    lame_set_scale(lame, scale);
    lame_set_write_id3tag_automatic(lame, 0);
    return lame_init_params(lame);
}

/* At low bit rates LAME turns the sound down by half a decibel, whatever it was told. What it does to one is undone in
 * the next. */
static float undo_scale(const struct nashra_encoding *encoding) {
    lame_t probe = lame_init();
    const float scale = probe && configure(probe, encoding, 1) >= 0 ? lame_get_scale(probe) : 1;
    if (probe)
        lame_close(probe);
    return scale > 0 ? 1 / scale : 1;
}

int nashra_mp3_begin(struct nashra_encoder *encoder, const char *ending, const struct nashra_encoding *encoding) {
    struct mp3 *mp3 = (struct mp3 *)encoder;
    (void)ending;
    mp3->stereo = encoding->channels == 2;
    mp3->lame = lame_init();
    if (!mp3->lame)
        return -1;
    if (configure(mp3->lame, encoding, undo_scale(encoding)) < 0) {
        encoder->cause = "LAME can't encode this rate";
        return -1;
    }
    return write_tags(mp3, encoding);
}
