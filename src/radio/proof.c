/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page is data/proof/page.html with its {{places}} filled; what repeats is written here. */
#include "proof.h"

#include <stdio.h>
#include <string.h>

#include <nashra/encode.h>
#include <nashra/table.h>

#include "bulletin_write.h"
#include "proof_parts.h"

enum { LARGEST_PART = 1024 * 1024, BITRATE = 48000, STEREO_BITRATE = 64000 };

static int add_file(const char *name, struct nashra_buffer *out) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path(name, &path);
    FILE *file = status == NASHRA_OK ? fopen(path.data, "rb") : NULL;
    if (status == NASHRA_OK && !file)
        status = nashra_fail(NASHRA_ECONFIG, "%s: can't be read", path.data);
    char block[4096];
    for (size_t got; file && (got = fread(block, 1, sizeof block, file)) > 0 && out->length < LARGEST_PART;)
        nashra_buffer_add(out, block, got);
    if (file)
        fclose(file);
    nashra_buffer_finish(&path);
    return status < 0 ? status : out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static void add_base64(const unsigned char *bytes, size_t length, struct nashra_buffer *out) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        const size_t left = length - i;
        const unsigned value =
            (unsigned)bytes[i] << 16 | (left > 1 ? (unsigned)bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
        const char four[4] = {digits[value >> 18], digits[value >> 12 & 63], left > 1 ? digits[value >> 6 & 63] : '=',
                              left > 2 ? digits[value & 63] : '='};
        nashra_buffer_add(out, four, 4);
    }
}

/* MP3, which every browser plays and, at a constant rate, seeks exactly. */
static int add_audio(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    const struct nashra_encoding encoding = {.rate = NASHRA_AIR_RATE,
                                             .channels = bulletin->channels,
                                             .bitrate = bulletin->channels == 2 ? STEREO_BITRATE : BITRATE};
    struct nashra_buffer bytes = {0};
    struct nashra_encoder *encoder = NULL;
    int status = nashra_encoder_open_buffer("proof.mp3", &encoding, &bytes, &encoder);
    if (status == NASHRA_OK)
        status = nashra_write_air(bulletin, encoder);
    nashra_encoder_destroy(encoder);
    if (status == NASHRA_OK)
        add_base64((const unsigned char *)bytes.data, bytes.length, out);
    nashra_buffer_finish(&bytes);
    return status;
}

static int add_style(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    (void)bulletin;
    return add_file("proof/style.css", out);
}

static int add_script(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    (void)bulletin;
    return add_file("proof/script.js", out);
}

static const struct place {
    const char *name;
    int (*fill)(struct nashra_bulletin *bulletin, struct nashra_buffer *out);
} places[] = {
    {"title", nashra_proof_title},
    {"over", nashra_proof_over},
    {"badges", nashra_proof_badges},
    {"parts", nashra_proof_parts},
    {"sections", nashra_proof_sections},
    {"doubt-count", nashra_proof_doubt_count},
    {"doubts", nashra_proof_doubts},
    {"quality", nashra_proof_quality},
    {"data", nashra_proof_data},
    {"style", add_style},
    {"script", add_script},
    {"audio", add_audio},
};

/* Fills one place; its text goes through a buffer of its own, so that a part's size can be bounded. */
static int fill(struct nashra_bulletin *bulletin, const char *name, size_t length, struct nashra_buffer *out) {
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (strlen(places[i].name) != length || strncmp(places[i].name, name, length) != 0)
            continue;
        struct nashra_buffer part = {0};
        int status = places[i].fill(bulletin, &part);
        if (status >= 0 && !part.failed)
            nashra_buffer_add(out, nashra_buffer_string(&part), part.length);
        else if (status >= 0)
            status = NASHRA_ENOMEM;
        nashra_buffer_finish(&part);
        return status;
    }
    return nashra_fail(NASHRA_ECONFIG, "proof/page.html: there is no {{%.*s}}", (int)length, name);
}

static int fill_all(struct nashra_bulletin *bulletin, const char *page, struct nashra_buffer *out) {
    int status = NASHRA_OK;
    for (const char *open; status >= 0 && (open = strstr(page, "{{"));) {
        const char *close = strstr(open, "}}");
        if (!close)
            return nashra_fail(NASHRA_ECONFIG, "proof/page.html: {{ without }}");
        nashra_buffer_add(out, page, (size_t)(open - page));
        status = fill(bulletin, open + 2, (size_t)(close - open) - 2, out);
        page = close + 2;
    }
    nashra_buffer_add_string(out, page);
    return status < 0 ? status : out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

int nashra_proof(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out) {
    struct nashra_buffer page = {0};
    (void)sound;
    int status = add_file("proof/page.html", &page);
    if (status == NASHRA_OK)
        status = fill_all(bulletin, nashra_buffer_string(&page), out);
    nashra_buffer_finish(&page);
    return status;
}
