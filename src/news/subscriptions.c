/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of feeds. */
#include <nashra/news.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "link.h"
#include "opml.h"

enum { LIST_MOST = 1024 * 1024, FEEDS_MOST = 2000 };

/* A line of the file: a feed, or whatever else it holds. */
struct line {
    char *text; /* owned */
    bool is_feed;
};

struct nashra_feeds {
    char *path;
    struct line *lines;
    size_t count, capacity;
    struct nashra_feeds_entry *entries; /* of the lines that are feeds; strings in `arena` */
    size_t entry_count;
    struct nashra_arena *arena;
};

/* Lines ----------------------------------------------------------------------------------------------------------- */

static int add_line(struct nashra_feeds *feeds, const char *text, size_t length, bool is_feed) {
    if (feeds->count == feeds->capacity) {
        const size_t capacity = feeds->capacity ? feeds->capacity * 2 : 32;
        struct line *lines = nashra_realloc(feeds->lines, capacity * sizeof *lines);
        if (!lines)
            return NASHRA_ENOMEM;
        feeds->lines = lines;
        feeds->capacity = capacity;
    }
    char *copy = nashra_alloc(length + 1);
    if (!copy)
        return NASHRA_ENOMEM;
    memcpy(copy, text, length);
    copy[length] = '\0';
    feeds->lines[feeds->count++] = (struct line){copy, is_feed};
    return NASHRA_OK;
}

static bool is_web(const char *url) {
    return strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
}

/* URL, blanks, name. */
static int make_entry(struct nashra_arena *arena, const char *line, struct nashra_feeds_entry *entry) {
    line += strspn(line, " \t");
    const size_t url = strcspn(line, " \t");
    const char *name = line + url + strspn(line + url, " \t");
    size_t length = strlen(name);
    while (length > 0 && strchr(" \t\r", name[length - 1]))
        length--;
    entry->url = nashra_arena_copy(arena, line, url);
    entry->name = nashra_arena_copy(arena, name, length);
    return entry->url && entry->name ? NASHRA_OK : NASHRA_ENOMEM;
}

/* The entries anew, after the lines were changed. */
static int list_entries(struct nashra_feeds *feeds) {
    nashra_arena_reset(feeds->arena);
    feeds->entry_count = 0;
    feeds->entries = nashra_arena_alloc(feeds->arena, (feeds->count + 1) * sizeof *feeds->entries);
    if (!feeds->entries)
        return NASHRA_ENOMEM;
    for (size_t i = 0; i < feeds->count; i++)
        if (feeds->lines[i].is_feed &&
            make_entry(feeds->arena, feeds->lines[i].text, &feeds->entries[feeds->entry_count++]) < 0)
            return NASHRA_ENOMEM;
    return NASHRA_OK;
}

static bool is_address(const char *url) {
    struct nashra_buffer host = {0};
    const bool good = is_web(url) && nashra_link_host(url, &host);
    nashra_buffer_finish(&host);
    return good;
}

static int read_line(struct nashra_feeds *feeds, const char *text, size_t length, size_t number) {
    struct nashra_buffer url = {0};
    while (length > 0 && text[length - 1] == '\r')
        length--;
    const size_t blank = strspn(text, " \t");
    if (blank >= length || text[blank] == '#')
        return add_line(feeds, text, length, false);
    size_t end = blank;
    while (end < length && text[end] != ' ' && text[end] != '\t')
        end++;
    nashra_buffer_add(&url, text + blank, end - blank);
    const bool good = !url.failed && is_address(url.data);
    if (!good)
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: '%s' is no address of a feed; it is passed over", feeds->path, number,
                   nashra_buffer_string(&url));
    nashra_buffer_finish(&url);
    return add_line(feeds, text, length, good);
}

static int read_lines(struct nashra_feeds *feeds, const char *text) {
    int status = NASHRA_OK;
    for (size_t number = 1; *text && status >= 0; number++) {
        const size_t length = strcspn(text, "\n");
        status = read_line(feeds, text, length, number);
        text += length;
        text += *text == '\n';
    }
    return status;
}

/* The list -------------------------------------------------------------------------------------------------------- */

static struct nashra_feeds *create(const char *path) {
    struct nashra_feeds *feeds = nashra_alloc_zeroed(1, sizeof *feeds);
    if (!feeds)
        return NULL;
    feeds->arena = nashra_arena_create();
    feeds->path = nashra_alloc(strlen(path) + 1);
    if (feeds->arena && feeds->path) {
        strcpy(feeds->path, path);
        return feeds;
    }
    nashra_feeds_destroy(feeds);
    return NULL;
}

void nashra_feeds_destroy(struct nashra_feeds *feeds) {
    if (!feeds)
        return;
    for (size_t i = 0; i < feeds->count; i++)
        nashra_free(feeds->lines[i].text);
    nashra_free(feeds->lines);
    nashra_arena_destroy(feeds->arena);
    nashra_free(feeds->path);
    nashra_free(feeds);
}

int nashra_feeds_load(const char *path, struct nashra_feeds **out) {
    struct nashra_buffer text = {0};
    struct nashra_feeds *feeds = create(path);
    *out = NULL;
    int status = feeds ? nashra_file_read(path, LIST_MOST, &text) : NASHRA_ENOMEM;
    if (status >= 0)
        status = read_lines(feeds, nashra_buffer_string(&text));
    if (status >= 0)
        status = list_entries(feeds);
    nashra_buffer_finish(&text);
    if (status < 0) {
        nashra_feeds_destroy(feeds);
        return status;
    }
    *out = feeds;
    return NASHRA_OK;
}

const struct nashra_feeds_entry *nashra_feeds_entries(const struct nashra_feeds *feeds, size_t *count) {
    *count = feeds->entry_count;
    return feeds->entries;
}

int nashra_feeds_find(const struct nashra_feeds *feeds, const char *url_or_name, size_t *index) {
    for (size_t i = 0; i < feeds->entry_count; i++)
        if (strcmp(feeds->entries[i].url, url_or_name) == 0 ||
            (*url_or_name && strcmp(feeds->entries[i].name, url_or_name) == 0)) {
            *index = i;
            return 1;
        }
    return 0;
}

void nashra_feeds_remove(struct nashra_feeds *feeds, size_t index) {
    for (size_t i = 0, entry = 0; i < feeds->count; i++) {
        if (!feeds->lines[i].is_feed || entry++ != index)
            continue;
        nashra_free(feeds->lines[i].text);
        memmove(&feeds->lines[i], &feeds->lines[i + 1], (feeds->count - i - 1) * sizeof *feeds->lines);
        feeds->count--;
        memmove(&feeds->entries[index], &feeds->entries[index + 1],
                (feeds->entry_count - index - 1) * sizeof *feeds->entries);
        feeds->entry_count--;
        return;
    }
}

/* A name is one line, and none of the list's signs. */
static void add_name(struct nashra_buffer *line, const char *name) {
    for (const char *at = name ? name : ""; *at; at++)
        nashra_buffer_add(line, (unsigned char)*at < ' ' ? " " : at, 1);
}

int nashra_feeds_add(struct nashra_feeds *feeds, const char *url, const char *name) {
    struct nashra_buffer line = {0};
    size_t index;
    const char *scheme = nashra_is_url(url) ? "" : "https://";
    nashra_buffer_add_format(&line, "%s%s", scheme, url);
    if (line.failed || strpbrk(line.data, " \t\r\n") || !is_address(line.data)) {
        nashra_buffer_finish(&line);
        return nashra_fail(NASHRA_EUSAGE, "%s: is no address of a feed: https://… is one", url);
    }
    const bool is_there = nashra_feeds_find(feeds, line.data, &index) == 1;
    int status = is_there && (!name || !*name) ? 0 : 1;
    if (feeds->entry_count >= FEEDS_MOST && !is_there)
        status = nashra_fail(NASHRA_EDATA, "%s: more than %d feeds", feeds->path, FEEDS_MOST);
    if (status > 0 && is_there)
        nashra_feeds_remove(feeds, index);
    nashra_buffer_add_string(&line, name && *name ? "\t" : "");
    add_name(&line, name);
    if (status > 0)
        status = line.failed ? NASHRA_ENOMEM : add_line(feeds, line.data, line.length, true);
    if (status >= 0 && feeds->count > 0)
        status = list_entries(feeds) < 0 ? NASHRA_ENOMEM : !is_there;
    nashra_buffer_finish(&line);
    return status;
}

int nashra_feeds_save(const struct nashra_feeds *feeds) {
    struct nashra_buffer text = {0};
    for (size_t i = 0; i < feeds->count; i++)
        nashra_buffer_add_format(&text, "%s\n", feeds->lines[i].text);
    const int status =
        text.failed ? NASHRA_ENOMEM : nashra_file_write(feeds->path, nashra_buffer_string(&text), text.length, 0);
    nashra_buffer_finish(&text);
    return status;
}

/* Other lists ----------------------------------------------------------------------------------------------------- */

static int import_lines(struct nashra_feeds *feeds, const char *text, const char *name, size_t *added) {
    int status = NASHRA_OK;
    struct nashra_feeds *list = create(name);
    if (!list)
        return NASHRA_ENOMEM;
    status = read_lines(list, text);
    if (status >= 0)
        status = list_entries(list);
    for (size_t i = 0; i < list->entry_count && status >= 0; i++) {
        status = nashra_feeds_add(feeds, list->entries[i].url, list->entries[i].name);
        *added += status == 1;
    }
    if (status >= 0 && list->entry_count == 0)
        status = nashra_fail(NASHRA_EDATA, "%s: holds no feed: OPML is read, and lists of addresses, one a line", name);
    nashra_feeds_destroy(list);
    return status < 0 ? status : NASHRA_OK;
}

int nashra_feeds_import(struct nashra_feeds *feeds, const char *bytes, size_t length, const char *name, size_t *added) {
    struct nashra_buffer lines = {0};
    size_t begin = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (begin < length && strchr(" \t\r\n", bytes[begin]))
        begin++;
    *added = 0;
    int status = begin < length && bytes[begin] == '<' ? nashra_opml_lines(bytes, length, name, &lines)
                                                       : nashra_buffer_add(&lines, bytes + begin, length - begin);
    if (status >= 0)
        status = import_lines(feeds, nashra_buffer_string(&lines), name, added);
    nashra_buffer_finish(&lines);
    return status;
}

static void add_attribute(struct nashra_buffer *out, const char *name, const char *value) {
    nashra_buffer_add_format(out, " %s=\"", name);
    for (; *value; value++) {
        const char *escaped = *value == '&'   ? "&amp;"
                              : *value == '<' ? "&lt;"
                              : *value == '>' ? "&gt;"
                              : *value == '"' ? "&quot;"
                                              : NULL;
        if (escaped)
            nashra_buffer_add_string(out, escaped);
        else
            nashra_buffer_add(out, value, 1);
    }
    nashra_buffer_add_string(out, "\"");
}

int nashra_feeds_export(const struct nashra_feeds *feeds, struct nashra_buffer *out) {
    nashra_buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
                                  "  <head><title>Nashra</title></head>\n  <body>\n");
    for (size_t i = 0; i < feeds->entry_count; i++) {
        const struct nashra_feeds_entry *entry = &feeds->entries[i];
        nashra_buffer_add_string(out, "    <outline type=\"rss\"");
        add_attribute(out, "text", *entry->name ? entry->name : entry->url);
        add_attribute(out, "xmlUrl", entry->url);
        nashra_buffer_add_string(out, "/>\n");
    }
    nashra_buffer_add_string(out, "  </body>\n</opml>\n");
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
