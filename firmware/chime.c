/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chime.h"

#include <math.h>
#include <stdint.h>

#include <sndfile.h>
#include <soxr.h>

enum { LONGEST_S = 10, BLOCK = 1024 };

/* A falling third, each tone with its octave and dying away, as at stations. */
static int make_tones(unsigned rate, struct nashra_buffer *frames) {
    static const double hertz[] = {659.25, 523.25}, begins[] = {0.0, 0.35};
    const double length = 1.1, level = 6000, decay = 4.5, tau = 6.283185307179586;
    for (unsigned i = 0; i < (unsigned)(length * rate); i++) {
        double sum = 0;
        for (int tone = 0; tone < 2; tone++) {
            const double t = (double)i / rate - begins[tone];
            if (t >= 0)
                sum += exp(-decay * t) * fmin(t / 0.005, 1) *
                       (sin(tau * hertz[tone] * t) + 0.3 * sin(2 * tau * hertz[tone] * t));
        }
        const int16_t frame = (int16_t)lround(level * sum);
        nashra_buffer_add(frames, (const char *)&frame, sizeof frame);
    }
    return frames->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

/* All channels into one. */
static int read_mono(SNDFILE *file, const SF_INFO *info, struct nashra_buffer *mono) {
    float block[BLOCK];
    const int channels = info->channels;
    const sf_count_t room = BLOCK / channels;
    for (sf_count_t count; (count = sf_readf_float(file, block, room)) > 0;)
        for (sf_count_t i = 0; i < count; i++) {
            float sum = 0;
            for (int c = 0; c < channels; c++)
                sum += block[i * channels + c];
            sum /= (float)channels;
            nashra_buffer_add(mono, (const char *)&sum, sizeof sum);
        }
    return mono->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static int convert(const struct nashra_buffer *mono, unsigned from, unsigned to, struct nashra_buffer *frames) {
    const size_t count = mono->length / sizeof(float), room = (size_t)((double)count * to / from) + 64;
    const soxr_io_spec_t types = soxr_io_spec(SOXR_FLOAT32_I, SOXR_INT16_I);
    int16_t *out = nashra_alloc(room * sizeof *out);
    size_t done = 0;
    if (!out)
        return NASHRA_ENOMEM;
    const soxr_error_t error = soxr_oneshot(from, to, 1, mono->data, count, NULL, out, room, &done, &types, NULL, NULL);
    int status = error ? NASHRA_ENOMEM : nashra_buffer_add(frames, (const char *)out, done * sizeof *out);
    nashra_free(out);
    return status;
}

static int read_file(const char *path, unsigned rate, struct nashra_buffer *frames) {
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    struct nashra_buffer mono = {0};
    if (!file)
        return nashra_fail(NASHRA_ECONFIG, "%s: %s; the usual chime sounds", path, sf_strerror(NULL));
    int status = NASHRA_OK;
    if (info.channels < 1 || info.channels > 64 || info.frames > (sf_count_t)LONGEST_S * info.samplerate)
        status =
            nashra_fail(NASHRA_ECONFIG, "%s: a chime has at most %d seconds; the usual one sounds", path, LONGEST_S);
    if (status >= 0)
        status = read_mono(file, &info, &mono);
    if (status >= 0)
        status = convert(&mono, (unsigned)info.samplerate, rate, frames);
    nashra_buffer_finish(&mono);
    sf_close(file);
    return status;
}

int nashrad_chime_load(const char *path, unsigned rate, struct nashra_buffer *frames) {
    const int status = *path ? read_file(path, rate, frames) : NASHRA_ECONFIG;
    if (status != NASHRA_ECONFIG)
        return status;
    nashra_buffer_clear(frames);
    return make_tones(rate, frames);
}
