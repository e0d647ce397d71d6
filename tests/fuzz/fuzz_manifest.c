/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a manifest: whatever it is, a job that was read can be written and read again, the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "manifest.h"
#include "queue_url.h"

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static void require(int condition) {
    if (!condition)
        abort();
}

static void count_error(const char *key, const char *message, void *user) {
    (void)key;
    require(*message != '\0');
    ++*(size_t *)user;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct nashra_job_defaults defaults = {.options.voice.rate = 100, .options.lexicon = "/l"};
    struct nashra_job job, again;
    struct nashra_queue_url url;
    size_t errors = 0;
    char *text = malloc(size + 1);
    require(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    nashra_log_set_handler(ignore, NULL);
    if (*text != '@')
        nashra_queue_url_parse(text, &url);
    int status = nashra_job_parse(text, size, count_error, &errors, &job);
    free(text);
    require((status == NASHRA_OK) == (errors == 0));
    if (status < 0)
        return 0;
    require(job.output && job.output[0] != '/' && !strstr(job.output, ".."));
    if (nashra_job_complete(&job, &defaults, "/folder", "m:1") == NASHRA_OK) {
        char *line = nashra_job_line(&job);
        require(line != NULL && nashra_job_parse(line, strlen(line), NULL, NULL, &again) == NASHRA_OK);
        require(json_equal(job.json, again.json) && strcmp(job.output, again.output) == 0);
        nashra_job_finish(&again);
        free(line);
    }
    nashra_job_finish(&job);
    return 0;
}
