/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file encode.h  Mono or stereo sound → a file of one of the formats, with its metadata.
 *
 * The same frames and the same encoding give the same bytes: no time, no random serial number.
 */
#ifndef NASHRA_ENCODE_H
#define NASHRA_ENCODE_H

#include <stddef.h>
#include <stdint.h>

#include <nashra/memory.h>

#ifdef __cplusplus
extern "C" {
#endif

/** "TITLE", "ARTIST", "ALBUM", "DATE" (YYYY-MM-DD) or "COMMENT", and its value in UTF-8. FLAC and Opus take it as it
 * is, MP3 as ID3v2 in UTF-16; WAV has no place for it. */
struct nashra_tag {
    const char *name;
    const char *value;
};

/** A RIFF chunk, written before the sound; WAV only. */
struct nashra_chunk {
    char id[5];
    const void *data;
    size_t length;
};

/** Zeros are defaults. All is copied. */
struct nashra_encoding {
    unsigned rate;     /**< of the frames; needed. Opus and MP3 take 48000 and 22050, Opus makes 48000 of them */
    unsigned channels; /**< 1 (default) or 2: left and right take turns; two only at 48000 */
    unsigned bits;     /**< 16 (default) or 24, of WAV and FLAC */
    unsigned bitrate;  /**< bit/s of Opus and MP3; by default good for a voice at the rate */
    uint32_t serial;   /**< of Opus's stream */
    const struct nashra_tag *tags;
    size_t tag_count;
    const struct nashra_chunk *chunks;
    size_t chunk_count;
};

struct nashra_encoder;

/** Opens a file; the format follows the ending: .wav .flac .opus .ogg (Opus) .mp3. The file is written beside its final
 *  name and takes it only in nashra_encoder_finish().
 *  @return 0, NASHRA_EUSAGE (unknown ending), NASHRA_ECANTCREATE, NASHRA_EIO, NASHRA_ENOMEM. */
int nashra_encoder_open(const char *path, const struct nashra_encoding *encoding, struct nashra_encoder **encoder);
/** Appends the file to `buffer`, which must outlive the encoder, instead. @param name for the ending and for messages;
 *  .opus and .mp3 only, else NASHRA_EUSAGE. */
int nashra_encoder_open_buffer(const char *name, const struct nashra_encoding *encoding, struct nashra_buffer *buffer,
                               struct nashra_encoder **encoder);
/** Takes `count` frames whose highest bits count: a sample of 16 bits stands in the upper half. 0 or NASHRA_EIO
 *  (reported). */
int nashra_encoder_write(struct nashra_encoder *encoder, const int32_t *frames, size_t count);
/** Completes the file, which stays hidden until nashra_encoder_finish(). 0 or NASHRA_EIO. */
int nashra_encoder_complete(struct nashra_encoder *encoder);
/** Completes the file and gives it its name. 0, NASHRA_EIO, NASHRA_ECANTCREATE. Only nashra_encoder_destroy() may
 *  follow. */
int nashra_encoder_finish(struct nashra_encoder *encoder);
/** Closes it; a file that was not finished is removed. Takes NULL. */
void nashra_encoder_destroy(struct nashra_encoder *encoder);

/** @return 1 when the ending is one of a format that loses (Opus, MP3), 0 when it doesn't (WAV, FLAC), NASHRA_EUSAGE
 *  (reported) for an unknown one. */
int nashra_encoder_is_lossy(const char *path);

#ifdef __cplusplus
}
#endif
#endif
