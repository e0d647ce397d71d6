/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any line gets an answer that is an object with "ok", and where it isn't, with an error that has a code and a message.
 * The machine of announcements is the real one; nothing is spoken. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "requests.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)message, (void)user;
}

static void require(int holds) {
    if (!holds)
        abort();
}

/* ---- in place of announcing.c ---- */

struct nashrad_announcing {
    struct nashra_announcer *machine;
};

int64_t nashrad_now(void) {
    return 1000000;
}

int nashrad_announcing_submit(struct nashrad_announcing *a, const struct nashra_announcement *announcement,
                              uint64_t *id) {
    struct nashra_announce_actions actions;
    require(announcement->priority >= 0 && announcement->priority <= NASHRA_PRIORITY_MOST);
    require(announcement->text && strlen(announcement->text) <= NASHRAD_ANNOUNCE_TEXT_MOST);
    require(announcement->due >= 0 && announcement->expires >= 0 && announcement->interval >= 0);
    return nashra_announcer_submit(a->machine, announcement, nashrad_now(), id, &actions);
}

int nashrad_announcing_cancel(struct nashrad_announcing *a, uint64_t id) {
    struct nashra_announce_actions actions;
    return nashra_announcer_cancel(a->machine, id, nashrad_now(), &actions);
}

const struct nashra_announcer *nashrad_announcing_machine(const struct nashrad_announcing *a) {
    return a->machine;
}

const char *nashrad_announcing_output_name(const struct nashrad_announcing *a, size_t index) {
    static const char *const names[] = {"main", "hall"};
    (void)a;
    return index < 2 ? names[index] : NULL;
}

unsigned nashrad_announcing_output(const struct nashrad_announcing *a, const char *name) {
    for (size_t i = 0; i < 2; i++)
        if (strcmp(nashrad_announcing_output_name(a, i), name) == 0)
            return 1u << i;
    return 0;
}

unsigned nashrad_announcing_private(const struct nashrad_announcing *a) {
    (void)a;
    return 2;
}

/* ---- */

static void check(const json_t *answer) {
    const json_t *ok = json_object_get(answer, "ok"), *error = json_object_get(answer, "error");
    char *text = json_dumps(answer, 0);
    require(text != NULL && json_is_boolean(ok) && json_is_true(ok) == (error == NULL));
    if (error)
        require(json_string_length(json_object_get(error, "code")) > 0 &&
                json_string_length(json_object_get(error, "message")) > 0);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct nashra_announcer_options options = {.queue_most = 8, .history_most = 4};
    struct nashrad_announcing announcing;
    struct nashrad_templates *templates;
    bool subscribes;
    nashra_log_set_handler(ignore, NULL);
    require(nashrad_templates_create("", &templates) == NASHRA_OK);
    require(nashra_announcer_create(&options, &announcing.machine) == NASHRA_OK);
    const struct nashrad_requests requests = {.announcing = &announcing, .templates = templates};
    const char *line = (const char *)data, *end = line + size;
    for (int i = 0; i < 8 && line < end; i++) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        const size_t length = next ? (size_t)(next - line) : (size_t)(end - line);
        json_t *answer = nashrad_requests_answer(&requests, line, length, 1, &subscribes);
        check(answer);
        json_decref(answer);
        line += length + (next != NULL);
    }
    nashra_announcer_destroy(announcing.machine);
    nashrad_templates_destroy(templates);
    return 0;
}
