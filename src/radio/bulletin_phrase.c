/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_phrase.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <nashra/table.h>

static const char *const placeholders[] = {"weekday", "date", "time", "station", "title"};
enum { WEEKDAY, DATE, TIME, STATION, TITLE, PLACEHOLDERS };

struct nashra_phrases {
    struct nashra_table *table;
    struct nashra_map *texts; /* name → text */
};

static int keep_row(const struct nashra_row *row, void *user) {
    struct nashra_phrases *phrases = user;
    return nashra_map_put(phrases->texts, row->fields[0], strlen(row->fields[0]), (intptr_t)row->fields[1]);
}

int nashra_phrases_load(struct nashra_phrases **out) {
    struct nashra_buffer path = {0};
    struct nashra_phrases *phrases = nashra_alloc_zeroed(1, sizeof *phrases);
    *out = NULL;
    if (!phrases)
        return NASHRA_ENOMEM;
    phrases->texts = nashra_map_create();
    int status = phrases->texts ? nashra_data_path("bulletin.tsv", &path) : NASHRA_ENOMEM;
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(&path), 2, keep_row, phrases, &phrases->table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_phrases_destroy(phrases);
        return status;
    }
    *out = phrases;
    return NASHRA_OK;
}

void nashra_phrases_destroy(struct nashra_phrases *phrases) {
    if (!phrases)
        return;
    nashra_map_destroy(phrases->texts);
    nashra_table_destroy(phrases->table);
    nashra_free(phrases);
}

/* The placeholder at `at`, its length with the braces; -1 when there is no such. */
static int placeholder_at(const char *at, size_t *length) {
    const char *end = strchr(at, '}');
    if (!end)
        return -1;
    *length = (size_t)(end - at) + 1;
    for (int i = 0; i < PLACEHOLDERS; i++)
        if (strlen(placeholders[i]) == *length - 2 && strncmp(placeholders[i], at + 1, *length - 2) == 0)
            return i;
    return -1;
}

bool nashra_phrase_check(const char *phrase) {
    size_t length = 1;
    for (const char *at = strchr(phrase, '{'); at; at = strchr(at + length, '{'))
        if (placeholder_at(at, &length) < 0)
            return false;
    return true;
}

bool nashra_phrase_tells_time(const char *phrase) {
    return strcmp(phrase, "standard") == 0 || strstr(phrase, "{weekday}") || strstr(phrase, "{date}") ||
           strstr(phrase, "{time}");
}

struct nashra_moment nashra_moment_now(void) {
    const time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    return (struct nashra_moment){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
                                  local.tm_hour,        local.tm_min,     local.tm_sec};
}

/* Sakamoto's rule; 0 is Sunday. */
static int weekday(const struct nashra_moment *at) {
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    const int year = at->year - (at->month < 3);
    return (year + year / 4 - year / 100 + year / 400 + shift[at->month - 1] + at->day) % 7;
}

static int add_named(const struct nashra_phrases *phrases, const char *name, struct nashra_buffer *text) {
    intptr_t value;
    if (!nashra_map_get(phrases->texts, name, strlen(name), &value))
        return nashra_fail(NASHRA_ECONFIG, "data/bulletin.tsv: there is no row '%s'", name);
    return nashra_buffer_add_string(text, (const char *)value);
}

const char *nashra_phrase_label(const struct nashra_phrases *phrases, const char *name) {
    char row[32];
    intptr_t value;
    snprintf(row, sizeof row, "label.%s", name);
    return nashra_map_get(phrases->texts, row, strlen(row), &value) ? (const char *)value : name;
}

/* On the twelve-hour clock, as newsreaders tell it: the hour, then the time of day. */
static int add_time(const struct nashra_phrases *phrases, const struct nashra_moment *at, struct nashra_buffer *text) {
    static const struct {
        int until; /* hour */
        const char *name;
    } parts[] = {{4, "night"}, {12, "morning"}, {13, "noon"}, {16, "afternoon"}, {24, "evening"}};
    if (at->minute == 0 && at->hour % 12 == 0)
        return add_named(phrases, at->hour == 0 ? "midnight" : "midday", text);
    size_t part = 0;
    while (at->hour >= parts[part].until)
        part++;
    nashra_buffer_add_format(text, "%d:%02d ", at->hour % 12 == 0 ? 12 : at->hour % 12, at->minute);
    return add_named(phrases, parts[part].name, text);
}

static int add_placeholder(const struct nashra_phrases *phrases, const struct nashra_script *script, int which,
                           struct nashra_buffer *text) {
    const struct nashra_moment *at = &script->at;
    char name[16];
    switch (which) {
    case WEEKDAY:
        snprintf(name, sizeof name, "weekday.%d", weekday(at));
        return add_named(phrases, name, text);
    case DATE:
        return nashra_buffer_add_format(text, "%d/%d/%d", at->day, at->month, at->year);
    case TIME:
        return add_time(phrases, at, text);
    case STATION:
        return nashra_buffer_add_string(text, script->station ? script->station : "");
    default:
        return nashra_buffer_add_string(text, script->title ? script->title : "");
    }
}

static int expand(const struct nashra_phrases *phrases, const struct nashra_script *script, const char *phrase,
                  struct nashra_buffer *text) {
    int status = NASHRA_OK;
    for (const char *at = phrase; *at && status >= 0;) {
        const size_t plain = strcspn(at, "{");
        size_t length = 0;
        status = nashra_buffer_add(text, at, plain);
        at += plain;
        if (*at && status >= 0)
            status = add_placeholder(phrases, script, placeholder_at(at, &length), text);
        at += length;
    }
    return status;
}

int nashra_phrase_expand(const struct nashra_phrases *phrases, const struct nashra_script *script, const char *name,
                         const char *phrase, struct nashra_buffer *text) {
    if (strcmp(phrase, "standard") != 0)
        return expand(phrases, script, phrase, text);
    struct nashra_buffer standard = {0};
    char row[32];
    snprintf(row, sizeof row, "%s.%s", name, script->station ? "station" : "plain");
    int status = add_named(phrases, row, &standard);
    if (status >= 0)
        status = expand(phrases, script, nashra_buffer_string(&standard), text);
    nashra_buffer_finish(&standard);
    return status;
}
