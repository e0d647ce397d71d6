/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "convert.h"

#include <soxr.h>
#include <string.h>

#include <nashra/memory.h>

#include "halfband.h"

/* libsoxr asks for no bound on what its end brings; its filters are shorter than this by far. */
enum { SOXR_TAIL = 8192 };

struct nashra_converter {
    unsigned from, to;
    soxr_t soxr; /* NULL: a copy or the half-band filter */
    struct nashra_halfband halfband;
};

int nashra_converter_create(unsigned from, unsigned to, struct nashra_converter **result) {
    struct nashra_converter *converter = nashra_alloc_zeroed(1, sizeof *converter);
    if (!converter)
        return NASHRA_ENOMEM;
    converter->from = from;
    converter->to = to;
    nashra_halfband_init(&converter->halfband);
    if (to != from && to != 2 * from) {
        soxr_io_spec_t io = soxr_io_spec(SOXR_INT16_I, SOXR_INT16_I);
        io.flags |= SOXR_NO_DITHER; /* it would make each run differ */
        soxr_quality_spec_t quality = soxr_quality_spec(SOXR_MQ, 0);
        soxr_error_t error = NULL;
        converter->soxr = soxr_create(from, to, 1, &error, &io, &quality, NULL);
        if (!converter->soxr) {
            nashra_free(converter);
            return nashra_fail(NASHRA_EINTERNAL, "%u to %u Hz: %s", from, to, soxr_strerror(error));
        }
    }
    *result = converter;
    return NASHRA_OK;
}

void nashra_converter_destroy(struct nashra_converter *converter) {
    if (!converter)
        return;
    soxr_delete(converter->soxr);
    nashra_free(converter);
}

size_t nashra_converter_room(const struct nashra_converter *converter, size_t count) {
    if (converter->soxr)
        return count * converter->to / converter->from + SOXR_TAIL;
    return converter->to == converter->from ? count : 2 * (count + NASHRA_HALFBAND_DELAY);
}

size_t nashra_converter_run(struct nashra_converter *converter, const int16_t *frames, size_t count, int16_t *out) {
    size_t written = 0;
    if (converter->soxr) {
        soxr_process(converter->soxr, frames, count, NULL, out, nashra_converter_room(converter, count), &written);
        return written;
    }
    if (converter->to != converter->from)
        return nashra_halfband_run(&converter->halfband, frames, count, out);
    memcpy(out, frames, count * sizeof *frames);
    return count;
}

size_t nashra_converter_end(struct nashra_converter *converter, int16_t *out) {
    static const int16_t nothing[NASHRA_HALFBAND_DELAY];
    size_t written = 0;
    if (converter->soxr)
        soxr_process(converter->soxr, NULL, 0, NULL, out, SOXR_TAIL, &written);
    else if (converter->to != converter->from)
        written = nashra_halfband_run(&converter->halfband, nothing, NASHRA_HALFBAND_DELAY, out);
    nashra_converter_reset(converter);
    return written;
}

void nashra_converter_reset(struct nashra_converter *converter) {
    if (converter->soxr)
        soxr_clear(converter->soxr);
    nashra_halfband_reset(&converter->halfband);
}
