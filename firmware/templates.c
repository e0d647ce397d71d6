/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "templates.h"

#include <stdbool.h>
#include <string.h>

#include <nashra/article.h>
#include <nashra/table.h>

enum { TEMPLATES_MAX = 1000, SLOT_MAX = 64 };

struct nashrad_templates {
    struct nashra_table *table;
    const char *names[TEMPLATES_MAX], *texts[TEMPLATES_MAX];
    size_t count;
};

static int add_row(const struct nashra_row *row, void *user) {
    struct nashrad_templates *templates = user;
    if (templates->count == TEMPLATES_MAX)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: more than %d templates", row->file, row->line, TEMPLATES_MAX);
    templates->names[templates->count] = row->fields[0];
    templates->texts[templates->count++] = row->fields[1];
    return NASHRA_OK;
}

int nashrad_templates_create(const char *path, struct nashrad_templates **out) {
    struct nashrad_templates *templates = nashra_alloc_zeroed(1, sizeof *templates);
    *out = templates;
    if (!templates)
        return NASHRA_ENOMEM;
    if (*path && nashra_table_load(path, 2, add_row, templates, &templates->table) < 0)
        templates->count = 0;
    return NASHRA_OK;
}

void nashrad_templates_destroy(struct nashrad_templates *templates) {
    if (!templates)
        return;
    nashra_table_destroy(templates->table);
    nashra_free(templates);
}

const char *nashrad_templates_text(const struct nashrad_templates *templates, const char *name) {
    for (size_t i = 0; i < templates->count; i++)
        if (strcmp(templates->names[i], name) == 0)
            return templates->texts[i];
    return NULL;
}

const char *nashrad_templates_name(const struct nashrad_templates *templates, size_t index) {
    return index < templates->count ? templates->names[index] : NULL;
}

/* A value can't bring markup or lines of its own. */
static void add_value(struct nashra_buffer *out, const char *value, bool escape) {
    for (; *value; value++) {
        if (escape && *value == '<')
            nashra_buffer_add_string(out, "&lt;");
        else if (escape && *value == '&')
            nashra_buffer_add_string(out, "&amp;");
        else if (escape && *value == '"')
            nashra_buffer_add_string(out, "&quot;");
        else
            nashra_buffer_add(out, (unsigned char)*value < ' ' ? " " : value, 1);
    }
}

static char *copy_name(const char *from, size_t length) {
    char *name = nashra_alloc(length + 1);
    if (name) {
        memcpy(name, from, length);
        name[length] = '\0';
    }
    return name;
}

/* The slot's length with its braces; 0 when none begins here. */
static size_t slot_length(const char *at) {
    const char *end = *at == '{' ? strchr(at, '}') : NULL;
    return end && end > at + 1 && end - at < SLOT_MAX ? (size_t)(end - at) + 1 : 0;
}

int nashrad_templates_fill(const char *text, nashrad_slot_fn value, void *user, struct nashra_buffer *out,
                           char **missing) {
    const bool escape = nashra_article_is_ssml(text, strlen(text));
    char name[SLOT_MAX];
    *missing = NULL;
    for (const char *at = text; *at;) {
        const size_t length = slot_length(at);
        if (length == 0) {
            nashra_buffer_add(out, at++, 1);
            continue;
        }
        memcpy(name, at + 1, length - 2);
        name[length - 2] = '\0';
        const char *filled = value(name, user);
        if (!filled) {
            *missing = copy_name(name, length - 2);
            return *missing ? NASHRA_EDATA : NASHRA_ENOMEM;
        }
        add_value(out, filled, escape);
        at += length;
    }
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
