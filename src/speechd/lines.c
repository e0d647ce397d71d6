/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <nashra/wire.h>

enum { CHUNK = 16384, ESCAPE = 0x7d, TURNED = 0x20 };

int spd_lines_fill(struct spd_lines *lines) {
    char chunk[CHUNK];
    const ssize_t got = read(lines->fd, chunk, sizeof chunk);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return 0;
    if (got <= 0)
        return NASHRA_EIO;
    nashra_wire_trim(&lines->in, &lines->at);
    return nashra_buffer_add(&lines->in, chunk, (size_t)got) < 0 ? NASHRA_ENOMEM : 1;
}

bool spd_lines_next(struct spd_lines *lines, char **line, size_t *length) {
    if (lines->in.length == lines->at)
        return false;
    char *from = lines->in.data + lines->at;
    char *end = memchr(from, '\n', lines->in.length - lines->at);
    if (!end)
        return false;
    lines->at += (size_t)(end - from) + 1;
    if (end > from && end[-1] == '\r')
        end--;
    *end = '\0';
    *line = from;
    *length = (size_t)(end - from);
    return true;
}

void spd_lines_finish(struct spd_lines *lines) {
    nashra_buffer_finish(&lines->in);
}

size_t spd_output_waiting(const struct spd_output *output) {
    return output->out.length - output->done;
}

int spd_output_flush(struct spd_output *output) {
    while (spd_output_waiting(output) > 0) {
        const ssize_t put = write(output->fd, output->out.data + output->done, spd_output_waiting(output));
        if (put < 0 && errno == EAGAIN)
            return NASHRA_OK;
        if (put < 0 && errno != EINTR)
            return NASHRA_EIO;
        output->done += put > 0 ? (size_t)put : 0;
    }
    const int failed = output->out.failed;
    nashra_buffer_clear(&output->out);
    output->done = 0;
    return failed ? NASHRA_ENOMEM : NASHRA_OK;
}

void spd_output_sound(struct spd_output *output, const void *frames, size_t count, unsigned rate) {
    static const union {
        uint16_t word;
        uint8_t first;
    } order = {0x0100};
    const char *byte = frames;
    nashra_buffer_add_format(&output->out,
                             "705-bits=16\n705-num_channels=1\n705-sample_rate=%u\n705-num_samples=%zu\n"
                             "705-big_endian=%d\n705-AUDIO",
                             rate, count, order.first);
    nashra_buffer_add(&output->out, "", 1);
    for (const char *end = byte + 2 * count; byte < end; byte++) {
        const char escaped[2] = {ESCAPE, (char)(*byte ^ TURNED)};
        const bool plain = *byte != '\n' && *byte != ESCAPE;
        nashra_buffer_add(&output->out, plain ? byte : escaped, plain ? 1 : 2);
    }
    nashra_buffer_add_string(&output->out, "\n705 AUDIO\n");
}

void spd_output_finish(struct spd_output *output) {
    nashra_buffer_finish(&output->out);
}
