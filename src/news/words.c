/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <stdlib.h>
#include <string.h>

static bool add_age(struct nashra_news_words *words, const struct nashra_row *row) {
    if (row->count < 6 || words->age_count == NASHRA_AGES)
        return false;
    struct nashra_age *age = &words->ages[words->age_count++];
    age->seconds = strtoll(row->fields[1], NULL, 10);
    for (int i = 0; i < 4; i++)
        age->forms[i] = row->fields[2 + i];
    return true;
}

static bool add_text(struct nashra_news_words *words, const struct nashra_row *row) {
    const struct {
        const char *name, **text;
    } texts[] = {{"announce", &words->announce},
                 {"story", &words->story},
                 {"undated", &words->undated},
                 {"source", &words->source}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts && row->count > 2; i++)
        if (strcmp(texts[i].name, row->fields[1]) == 0) {
            *texts[i].text = row->fields[2];
            return true;
        }
    return false;
}

static bool add_name(const char **names, size_t *count, const char *name) {
    if (*count == NASHRA_NEWS_WORDS)
        return false;
    names[(*count)++] = name;
    return true;
}

static int add_row(const struct nashra_row *row, void *user) {
    struct nashra_news_words *words = user;
    const char *kind = row->fields[0];
    bool taken = false;
    if (strcmp(kind, "age") == 0)
        taken = add_age(words, row);
    else if (strcmp(kind, "text") == 0)
        taken = add_text(words, row);
    else if (strcmp(kind, "param") == 0)
        taken = add_name(words->params, &words->param_count, row->fields[1]);
    else if (strcmp(kind, "host") == 0)
        taken = add_name(words->hosts, &words->host_count, row->fields[1]);
    if (!taken)
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: the row can't be used and is left out", row->file, row->line);
    return NASHRA_OK;
}

int nashra_news_words_init(struct nashra_news_words *words) {
    struct nashra_buffer path = {0};
    *words = (struct nashra_news_words){0};
    int status = nashra_data_path("news.tsv", &path);
    if (status >= 0)
        status = nashra_table_load(path.data, 2, add_row, words, &words->table);
    if (status >= 0 &&
        (words->age_count == 0 || !words->announce || !words->story || !words->undated || !words->source))
        status = nashra_fail(NASHRA_ECONFIG, "%s: the ages, or a text, are missing", path.data);
    nashra_buffer_finish(&path);
    return status;
}

void nashra_news_words_finish(struct nashra_news_words *words) {
    nashra_table_destroy(words->table);
    *words = (struct nashra_news_words){0};
}

static const struct nashra_age *unit_of(const struct nashra_news_words *words, int64_t seconds) {
    const struct nashra_age *unit = &words->ages[0];
    for (size_t i = 1; i < words->age_count && seconds >= words->ages[i].seconds; i++)
        unit = &words->ages[i];
    return unit;
}

void nashra_news_words_age(const struct nashra_news_words *words, int64_t seconds, struct nashra_buffer *out) {
    const struct nashra_age *unit = unit_of(words, seconds);
    const int64_t number = unit->seconds > 0 ? seconds / unit->seconds : 1;
    const char *form = unit->forms[number <= 1 ? 0 : number == 2 ? 1 : number <= 10 ? 2 : 3];
    const size_t before = strcspn(form, "#");
    nashra_buffer_add(out, form, before);
    if (form[before] == '#')
        nashra_buffer_add_format(out, "%lld%s", (long long)number, form + before + 1);
}

void nashra_news_words_fill(const char *text, const char *const *parts, size_t count, struct nashra_buffer *out) {
    for (const char *at = text; *at;) {
        const size_t plain = strcspn(at, "{");
        nashra_buffer_add(out, at, plain);
        at += plain;
        if (at[0] == '{' && at[1] > '0' && (size_t)(at[1] - '0') <= count && at[2] == '}') {
            nashra_buffer_add_string(out, parts[at[1] - '1']);
            at += 3;
        } else if (*at) {
            nashra_buffer_add(out, at++, 1);
        }
    }
}

/* The text begins with what stands before {1}, and goes on behind it. */
const char *nashra_news_words_first_part(const char *text, const char *filled, size_t length, size_t *part) {
    const size_t before = strcspn(text, "{");
    const char *joint = text[before] ? text + before + 3 : "";
    const size_t joint_length = strcspn(joint, "{");
    if (length < before || memcmp(filled, text, before) != 0 || joint_length == 0)
        return NULL;
    for (size_t at = length; at >= before + joint_length; at--)
        if (memcmp(filled + at - joint_length, joint, joint_length) == 0) {
            *part = at - joint_length - before;
            return filled + before;
        }
    return NULL;
}
