/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"

#include <nashra/utf8.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_FIELDS = 32 };

struct nashra_table {
    char *bytes;
    size_t length;
};

void nashra_table_destroy(struct nashra_table *table) {
    if (!table)
        return;
    nashra_free(table->bytes);
    nashra_free(table);
}

static int read_stream(FILE *stream, const char *path, struct nashra_table *table) {
    struct stat info;
    if (fstat(fileno(stream), &info) == 0 && !S_ISREG(info.st_mode))
        return nashra_fail(NASHRA_ECONFIG, "%s: not a file", path);
    if (fseek(stream, 0, SEEK_END) != 0)
        return nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno));
    long size = ftell(stream);
    rewind(stream);
    if (size < 0)
        return nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno));
    table->bytes = nashra_alloc((size_t)size + 1);
    if (!table->bytes)
        return NASHRA_ENOMEM;
    table->length = fread(table->bytes, 1, (size_t)size, stream);
    table->bytes[table->length] = '\0';
    if (ferror(stream))
        return nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno));
    return NASHRA_OK;
}

static int copy_kept(const struct nashra_kept *kept, struct nashra_table *table) {
    table->bytes = nashra_alloc(kept->length + 1);
    if (!table->bytes)
        return NASHRA_ENOMEM;
    memcpy(table->bytes, kept->bytes, kept->length + 1);
    table->length = kept->length;
    return NASHRA_OK;
}

static int read_file(const char *path, struct nashra_table *table) {
    const struct nashra_kept *kept = nashra_kept_find(path);
    if (kept)
        return copy_kept(kept, table);
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno));
    int status = read_stream(stream, path, table);
    fclose(stream);
    return status;
}

/* Without the spaces at its ends; `end` is one past the field, and may be written. */
static char *trim(char *field, char *end) {
    while (*field == ' ')
        field++;
    while (end > field && (end[-1] == ' ' || end[-1] == '\r'))
        end--;
    *end = '\0';
    return field;
}

static size_t split_fields(char *line, char *end, char **fields) {
    size_t count = 0;
    for (char *field = line; field && count < MAX_FIELDS;) {
        char *tab = memchr(field, '\t', (size_t)(end - field));
        fields[count++] = trim(field, tab ? tab : end);
        field = tab ? tab + 1 : NULL;
    }
    return count;
}

static int is_data_line(const char *line) {
    if (*line == '#')
        return 0;
    while (*line == ' ' || *line == '\t' || *line == '\r')
        line++;
    return *line != '\0';
}

static int visit_line(char *line, char *end, struct nashra_row row, size_t min_fields, nashra_row_fn visit,
                      void *user) {
    char *fields[MAX_FIELDS];
    row.count = split_fields(line, end, fields);
    if (row.count < min_fields) {
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: %zu fields where %zu are needed; the row is left out", row.file,
                   row.line, row.count, min_fields);
        return NASHRA_OK;
    }
    row.fields = fields;
    return visit(&row, user);
}

static int visit_rows(struct nashra_table *table, const char *path, size_t min_fields, nashra_row_fn visit,
                      void *user) {
    struct nashra_row row = {.file = path};
    size_t valid = nashra_utf8_valid_prefix(table->bytes, table->length);
    if (valid < table->length)
        nashra_log(NASHRA_LOG_WARNING, "%s: not UTF-8 from byte %zu on", path, valid);
    char *last = table->bytes + strlen(table->bytes); /* a NUL ends the table */
    for (char *line = table->bytes, *end; line <= last; line = end + 1) {
        end = memchr(line, '\n', (size_t)(last - line));
        if (!end)
            end = last;
        *end = '\0';
        row.line++;
        if (!is_data_line(line))
            continue;
        int status = visit_line(line, end, row, min_fields, visit, user);
        if (status < 0)
            return status;
    }
    return NASHRA_OK;
}

int nashra_table_load(const char *path, size_t min_fields, nashra_row_fn visit, void *user, struct nashra_table **out) {
    *out = NULL;
    struct nashra_table *table = nashra_alloc_zeroed(1, sizeof *table);
    if (!table)
        return NASHRA_ENOMEM;
    int status = read_file(path, table);
    if (status >= 0)
        status = visit_rows(table, path, min_fields, visit, user);
    if (status < 0) {
        nashra_table_destroy(table);
        return status;
    }
    *out = table;
    return NASHRA_OK;
}
