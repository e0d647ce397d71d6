/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are a text in some encoding, and each byte of that text has its place in them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/utf8.h>

#include "transcript.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)message, (void)user;
}

static void require(int holds) {
    if (!holds)
        abort();
}

/* The first line is what a server says the encoding is, when it ends within 31 bytes. */
static const char *declared(const uint8_t *data, size_t size, char name[32]) {
    const uint8_t *end = memchr(data, '\n', size < 31 ? size : 31);
    if (!end)
        return NULL;
    memcpy(name, data, (size_t)(end - data));
    name[end - data] = '\0';
    return name;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct nashra_transcript transcript;
    char name[32];
    if (size == 0)
        return 0;
    struct nashra_source source = {nashra_alloc(size), size};
    require(source.bytes != NULL);
    memcpy(source.bytes, data, size);
    nashra_log_set_handler(ignore, NULL);
    require(nashra_transcript_init(&transcript, source, declared(data, size, name)) == 0);
    require(nashra_utf8_valid_prefix(transcript.text, transcript.length) == transcript.length);
    size_t before = 0;
    for (size_t at = 0; at < transcript.length; at += 1 + transcript.length / 50) {
        if (((unsigned char)transcript.text[at] & 0xC0) == 0x80)
            continue;
        struct nashra_span span =
            nashra_transcript_source_span(&transcript, (struct nashra_span){at, transcript.length});
        require(span.from >= before && span.from < span.to && span.to <= size);
        before = span.from;
    }
    nashra_transcript_finish(&transcript);
    return 0;
}
