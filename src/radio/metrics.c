/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <nashra/synth.h>

#include "batch_file.h"

struct metric {
    const char *name;
    const char *type;
    const char *help;
    size_t offset;
};

#define COUNT(field) offsetof(struct nashra_batch_counts, field)

static const struct metric metrics[] = {
    {"nashra_jobs_rendered_total", "counter", "Jobs whose output was made.", COUNT(rendered)},
    {"nashra_jobs_cached_total", "counter", "Jobs whose output came from the cache as a whole.", COUNT(cached)},
    {"nashra_jobs_current_total", "counter", "Jobs whose output was there already.", COUNT(current)},
    {"nashra_jobs_failed_total", "counter", "Jobs that failed for good.", COUNT(failed)},
    {"nashra_jobs_retried_total", "counter", "Tries that failed and were repeated.", COUNT(retried)},
    {"nashra_sentences_total", "counter", "Sentences that rendered jobs asked for.", COUNT(sentences)},
    {"nashra_sentences_cached_total", "counter", "Of these, sentences from the cache.", COUNT(sentences_kept)},
    {"nashra_cache_damaged_total", "counter", "Cache entries that failed their checksum.", COUNT(damaged)},
    {"nashra_queue_waiting", "gauge", "Jobs in the queue that nobody has taken.", COUNT(waiting)},
    {"nashra_queue_taken", "gauge", "Jobs that workers have taken and not finished.", COUNT(taken)},
    {"nashra_queue_dead", "gauge", "Jobs set aside after three tries.", COUNT(dead)},
    {"nashra_queue_reconnects_total", "counter", "Connections to the queue that were lost.", COUNT(reconnects)},
};

static void describe(const struct nashra_batch_counts *counts, struct nashra_buffer *text) {
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        const struct metric *m = &metrics[i];
        uint64_t value;
        memcpy(&value, (const char *)counts + m->offset, sizeof value);
        nashra_buffer_add_format(text, "# HELP %s %s\n# TYPE %s %s\n%s %" PRIu64 "\n", m->name, m->help, m->name,
                                 m->type, m->name, value);
    }
    nashra_buffer_add_format(text,
                             "# HELP nashra_audio_seconds_total Speech in what was rendered.\n"
                             "# TYPE nashra_audio_seconds_total counter\nnashra_audio_seconds_total %" PRIu64 ".%03u\n",
                             counts->frames / NASHRA_SPEECH_RATE,
                             (unsigned)(counts->frames % NASHRA_SPEECH_RATE * 1000 / NASHRA_SPEECH_RATE));
}

static int write_draft(const char *draft, const struct nashra_buffer *text) {
    int fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return nashra_fail(NASHRA_ECANTCREATE, "%s: %s", draft, strerror(errno));
    int status = nashra_write_bytes(fd, text->data, text->length, draft);
    if (close(fd) != 0 && status >= 0)
        status = nashra_fail(NASHRA_EIO, "%s: %s", draft, strerror(errno));
    return status;
}

int nashra_metrics_write(const char *path, const struct nashra_batch_counts *counts) {
    struct nashra_buffer text = {0}, draft = {0};
    describe(counts, &text);
    nashra_buffer_add_format(&draft, "%s.%ld.tmp", path, (long)getpid());
    int status = text.failed || draft.failed ? NASHRA_ENOMEM : write_draft(draft.data, &text);
    if (status >= 0 && rename(draft.data, path) != 0)
        status = nashra_fail(NASHRA_ECANTCREATE, "%s: %s", path, strerror(errno));
    if (status < 0 && draft.data)
        unlink(draft.data);
    nashra_buffer_finish(&text);
    nashra_buffer_finish(&draft);
    return status;
}
