/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clean/fold.h"

#include <stdlib.h>
#include <string.h>

#include <nashra/utf8.h>

#include "room.h"

struct pair {
    unsigned from;
    unsigned to;
};

struct nashra_fold {
    struct pair *pairs;
    size_t count;
    size_t capacity;
};

static unsigned only_codepoint(const char *field) {
    unsigned cp;
    size_t length = strlen(field);
    return length != 0 && nashra_utf8_decode(field, length, &cp) == length ? cp : 0;
}

static int read_pair(const struct nashra_row *row, void *user) {
    struct nashra_fold *fold = user;
    struct pair pair = {only_codepoint(row->fields[0]), only_codepoint(row->fields[1])};
    if (pair.from == 0 || pair.to == 0)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: two single characters are expected", row->file, row->line);
    struct pair *pairs = nashra_make_room(fold->pairs, fold->count, &fold->capacity, sizeof *pairs);
    if (pairs == NULL)
        return NASHRA_ENOMEM;
    fold->pairs = pairs;
    fold->pairs[fold->count++] = pair;
    return 0;
}

static int by_codepoint(const void *a, const void *b) {
    const struct pair *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

int nashra_fold_create(struct nashra_fold **out) {
    struct nashra_buffer path = {0};
    struct nashra_table *table = NULL;
    struct nashra_fold *fold = nashra_alloc_zeroed(1, sizeof *fold);
    int status = fold != NULL ? nashra_data_path("fold.tsv", &path) : NASHRA_ENOMEM;
    if (status == 0)
        status = nashra_table_load(nashra_buffer_string(&path), 2, read_pair, fold, &table);
    nashra_table_destroy(table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_fold_destroy(fold);
        return status;
    }
    if (fold->count != 0)
        qsort(fold->pairs, fold->count, sizeof *fold->pairs, by_codepoint);
    *out = fold;
    return 0;
}

void nashra_fold_destroy(struct nashra_fold *fold) {
    if (fold == NULL)
        return;
    nashra_free(fold->pairs);
    nashra_free(fold);
}

unsigned nashra_fold_get(const struct nashra_fold *fold, unsigned cp) {
    struct pair key = {cp, 0};
    if (fold->count == 0)
        return 0;
    const struct pair *found = bsearch(&key, fold->pairs, fold->count, sizeof *fold->pairs, by_codepoint);
    return found != NULL ? found->to : 0;
}
