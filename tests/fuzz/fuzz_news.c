/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes with feeds and lists besides the text: links, OPML, lists of addresses, answers of caged processes. The
 * first byte chooses. */
#include <stdlib.h>
#include <string.h>

#include "link.h"
#include "opml.h"
#include "parcel.h"

#include <nashra/news.h>

static void silence(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static struct nashra_news_words words;

static void load(void) {
    static int loaded;
    if (loaded++)
        return;
    nashra_log_set_handler(silence, NULL);
    if (nashra_news_words_init(&words) < 0)
        abort();
}

/* A link that was resolved is canonical in the same way as it stands. */
static void try_link(const char *text) {
    struct nashra_buffer absolute = {0}, first = {0}, second = {0};
    if (nashra_link_resolve("https://news.example/a/b", text, &absolute) &&
        nashra_link_canonical(&words, absolute.data, &first)) {
        if (!nashra_link_canonical(&words, absolute.data, &second) ||
            strcmp(nashra_buffer_string(&first), nashra_buffer_string(&second)) != 0)
            abort();
    }
    nashra_buffer_finish(&absolute);
    nashra_buffer_finish(&first);
    nashra_buffer_finish(&second);
}

static void try_opml(const char *bytes, size_t length) {
    struct nashra_buffer lines = {0};
    nashra_opml_parse(bytes, length, "list", &lines);
    nashra_buffer_finish(&lines);
}

/* A list that was written is read as the same list. */
static void try_list(const char *bytes, size_t length) {
    struct nashra_feeds *feeds;
    size_t added, count;
    if (nashra_feeds_load("/nonexistent/feeds.txt", &feeds) < 0)
        return;
    if (length > 0 && bytes[0] != '<' && nashra_feeds_import(feeds, bytes, length, "list", &added) >= 0) {
        nashra_feeds_entries(feeds, &count);
        if (count < added)
            abort();
        for (size_t index = count; index-- > 0;)
            nashra_feeds_remove(feeds, index);
        nashra_feeds_entries(feeds, &count);
        if (count != 0)
            abort();
    }
    nashra_feeds_destroy(feeds);
}

static void try_parcel(const char *bytes, size_t length) {
    struct nashra_parcel parcel = {bytes, length, false};
    size_t taken;
    for (int i = 0; i < 100 && !parcel.broken; i++) {
        nashra_parcel_number(&parcel);
        if (strlen(nashra_parcel_string(&parcel, i % 2 ? &taken : NULL)) > length)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0 || size > 1 << 16)
        return 0;
    load();
    char *text = malloc(size);
    if (!text)
        return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    switch (data[0] & 3) {
    case 0:
        try_link(text);
        break;
    case 1:
        try_opml(text, size - 1);
        break;
    case 2:
        try_list(text, strlen(text));
        break;
    default:
        try_parcel(text, size - 1);
        break;
    }
    free(text);
    return 0;
}
