/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WAV and FLAC through libsndfile, which writes through nashra_io_write(), so that the errno of a full disk is known.
 */
#include "encoder.h"

#include <sndfile.h>
#include <string.h>
#include <unistd.h>

struct pcm {
    struct nashra_encoder encoder;
    SNDFILE *sndfile;
    sf_count_t offset, length; /* of the file, for libsndfile */
};

static sf_count_t file_length(void *user) {
    return ((struct pcm *)user)->length;
}

static sf_count_t file_seek(sf_count_t offset, int whence, void *user) {
    struct pcm *pcm = user;
    sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? pcm->offset : pcm->length;
    if (lseek(pcm->encoder.stream.output.fd, base + offset, SEEK_SET) < 0)
        return -1;
    return pcm->offset = base + offset;
}

static sf_count_t file_read(void *bytes, sf_count_t count, void *user) {
    struct pcm *pcm = user;
    ssize_t got = read(pcm->encoder.stream.output.fd, bytes, (size_t)count);
    if (got > 0)
        pcm->offset += got;
    return got < 0 ? 0 : got;
}

static sf_count_t file_write(const void *bytes, sf_count_t count, void *user) {
    struct pcm *pcm = user;
    if (!nashra_stream_add(&pcm->encoder.stream, bytes, (size_t)count))
        return 0;
    pcm->offset += count;
    if (pcm->offset > pcm->length)
        pcm->length = pcm->offset;
    return count;
}

static sf_count_t file_tell(void *user) {
    return ((struct pcm *)user)->offset;
}

static SF_VIRTUAL_IO file_io = {file_length, file_seek, file_read, file_write, file_tell};

static int pcm_write(struct nashra_encoder *encoder, const int32_t *frames, size_t count) {
    struct pcm *pcm = (struct pcm *)encoder;
    if (sf_writef_int(pcm->sndfile, frames, (sf_count_t)count) == (sf_count_t)count)
        return 0;
    encoder->cause = sf_strerror(pcm->sndfile);
    return -1;
}

static int pcm_end(struct nashra_encoder *encoder) {
    struct pcm *pcm = (struct pcm *)encoder;
    int error = sf_close(pcm->sndfile);
    pcm->sndfile = NULL;
    encoder->cause = error ? sf_error_number(error) : NULL;
    return error;
}

static void pcm_close(struct nashra_encoder *encoder) {
    sf_close(((struct pcm *)encoder)->sndfile);
}

static const struct nashra_encoder_ops ops = {.write = pcm_write, .end = pcm_end, .close = pcm_close};

struct nashra_encoder *nashra_pcm_encoder(void) {
    struct pcm *pcm = nashra_alloc_zeroed(1, sizeof *pcm);
    if (!pcm)
        return NULL;
    pcm->encoder.ops = &ops;
    return &pcm->encoder;
}

static void set_tags(SNDFILE *sndfile, const struct nashra_encoding *encoding) {
    static const struct {
        const char *name;
        int string;
    } strings[] = {{"TITLE", SF_STR_TITLE},
                   {"ARTIST", SF_STR_ARTIST},
                   {"ALBUM", SF_STR_ALBUM},
                   {"DATE", SF_STR_DATE},
                   {"COMMENT", SF_STR_COMMENT}};
    for (size_t i = 0; i < encoding->tag_count; i++)
        for (size_t k = 0; k < sizeof strings / sizeof *strings; k++)
            if (strcmp(encoding->tags[i].name, strings[k].name) == 0)
                sf_set_string(sndfile, strings[k].string, encoding->tags[i].value);
}

/* libsndfile takes the data of a chunk, copies it, and pads it. */
static int add_chunks(SNDFILE *sndfile, const struct nashra_encoding *encoding) {
    int status = 0;
    for (size_t i = 0; i < encoding->chunk_count && status == 0; i++) {
        const struct nashra_chunk *chunk = &encoding->chunks[i];
        SF_CHUNK_INFO info = {.id_size = 4, .datalen = (unsigned)chunk->length};
        memcpy(info.id, chunk->id, 4);
        info.data = (void *)(uintptr_t)chunk->data;
        status = sf_set_chunk(sndfile, &info);
    }
    return status;
}

int nashra_pcm_begin(struct nashra_encoder *encoder, const char *ending, const struct nashra_encoding *encoding) {
    struct pcm *pcm = (struct pcm *)encoder;
    const bool flac = strcmp(ending, ".flac") == 0;
    SF_INFO info = {.samplerate = (int)encoding->rate, .channels = encoding->channels == 2 ? 2 : 1};
    info.format =
        (flac ? SF_FORMAT_FLAC : SF_FORMAT_WAV) | (encoding->bits == 24 ? SF_FORMAT_PCM_24 : SF_FORMAT_PCM_16);
    pcm->sndfile = sf_open_virtual(&file_io, SFM_WRITE, &info, pcm);
    if (!pcm->sndfile) {
        encoder->cause = sf_strerror(NULL);
        return -1;
    }
    double compression = 1.0 / 8; /* level 1, the fastest that knows stereo: by a third smaller; a voice is as with 0 */
    if (flac) {
        sf_command(pcm->sndfile, SFC_SET_COMPRESSION_LEVEL, &compression, sizeof compression);
        set_tags(pcm->sndfile, encoding);
        return 0;
    }
    int status = add_chunks(pcm->sndfile, encoding);
    encoder->cause = status ? sf_error_number(status) : NULL;
    return status;
}
