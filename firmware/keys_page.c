/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keys_page.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <nashra/memory.h>
#include <nashra/save.h>
#include <nashra/table.h>

enum { MOST = 64 * 1024 };

/* 0, or negative when there is none, or something else than a page. */
static int load(const char *path, struct nashra_buffer *text) {
    char block[4096];
    FILE *in = fopen(path, "re");
    if (!in)
        return NASHRA_ENOINPUT;
    for (size_t got; text->length <= MOST && !text->failed && (got = fread(block, 1, sizeof block, in)) > 0;)
        nashra_buffer_add(text, block, got);
    const bool good = !ferror(in) && !text->failed && text->length <= MOST;
    fclose(in);
    return good ? NASHRA_OK : NASHRA_ENOINPUT;
}

static bool is_page(const struct nashra_buffer *text, const struct nashra_buffer *page) {
    const char *old = nashra_buffer_string(text), *new = nashra_buffer_string(page);
    const size_t title = strcspn(new, "\n");
    return title > 0 && strcspn(old, "\r\n") == title && memcmp(old, new, title) == 0;
}

static void fit(const char *folder, const struct nashra_buffer *page) {
    struct nashra_buffer path = {0}, text = {0};
    nashra_buffer_add_format(&path, "%s/" NASHRAD_KEYS_PAGE, folder);
    if (!path.failed && load(path.data, &text) >= 0 && is_page(&text, page) &&
        strcmp(nashra_buffer_string(&text), page->data) != 0 &&
        nashra_save_file(path.data, page->data, page->length) >= 0)
        chmod(path.data, 0644); /* as the one before it */
    nashra_buffer_finish(&text);
    nashra_buffer_finish(&path);
}

void nashrad_keys_page_fit(const struct nashrad_config *config) {
    struct nashra_buffer name = {0}, path = {0}, page = {0};
    nashra_buffer_add_format(&name, "keys/%s.txt", config->layout);
    /* A layout of the owner's own has no page. */
    if (!strchr(config->layout, '/') && !name.failed && nashra_data_path(name.data, &path) >= 0 &&
        load(path.data, &page) >= 0)
        for (size_t i = 0; i < config->folders.count; i++)
            fit(config->folders.items[i], &page);
    nashra_buffer_finish(&name);
    nashra_buffer_finish(&path);
    nashra_buffer_finish(&page);
}
