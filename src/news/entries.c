/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entries.h"

#include <string.h>

#include <nashra/news.h>

#include "page.h"
#include "parcel.h"

enum { PARSER_MS = 5000 };

struct source {
    const char *bytes;
    size_t length;
    const char *name;
};

/* In the cage ----------------------------------------------------------------------------------------------------- */

static void put_entry(const struct nashra_feed_entry *entry, struct nashra_buffer *out) {
    const char *const strings[] = {entry->title,  entry->link,         entry->guid,
                                   entry->author, entry->summary_html, entry->content_html};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        nashra_parcel_put_string(out, strings[i]);
    nashra_parcel_put_number(out, entry->published);
    nashra_parcel_put_number(out, entry->updated);
}

static int parse(void *user, struct nashra_buffer *payload) {
    const struct source *source = user;
    struct nashra_feed *feed = NULL;
    size_t count;
    int status = nashra_page_enter_cage();
    if (status >= 0)
        status = nashra_feed_parse(source->bytes, source->length, source->name, &feed);
    if (status < 0)
        return status;
    const struct nashra_feed_entry *entries = nashra_feed_entries(feed, &count);
    nashra_parcel_put_string(payload, nashra_feed_info(feed)->title);
    nashra_parcel_put_number(payload, nashra_feed_info(feed)->ttl);
    nashra_parcel_put_number(payload, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        put_entry(&entries[i], payload);
    return NASHRA_OK;
}

/* Outside --------------------------------------------------------------------------------------------------------- */

static bool is_plain(const char *text) {
    return nashra_page_is_plain(text, strlen(text));
}

static void take_entry(struct nashra_parcel *parcel, struct nashra_feed_entry *entry) {
    *entry = (struct nashra_feed_entry){
        .title = nashra_parcel_string(parcel, NULL),
        .link = nashra_parcel_string(parcel, NULL),
        .guid = nashra_parcel_string(parcel, NULL),
        .author = nashra_parcel_string(parcel, NULL),
        .section = "",
        .language = "",
    };
    entry->summary_html = nashra_parcel_string(parcel, NULL);
    entry->content_html = nashra_parcel_string(parcel, NULL);
    entry->published = nashra_parcel_number(parcel);
    entry->updated = nashra_parcel_number(parcel);
    /* Names and addresses go on to files and to the network; the rest is parsed in a cage again. */
    parcel->broken = parcel->broken || !is_plain(entry->title) || !is_plain(entry->link) || !is_plain(entry->guid);
}

static int take(const char *task, struct nashra_entries *entries) {
    struct nashra_parcel parcel = {entries->answer.payload, entries->answer.length, false};
    entries->title = nashra_parcel_string(&parcel, NULL);
    const int64_t ttl = nashra_parcel_number(&parcel), count = nashra_parcel_number(&parcel);
    if (parcel.broken || count < 0 || count > NASHRA_FEED_MAX_ENTRIES || !is_plain(entries->title))
        return nashra_fail(NASHRA_EDATA, "%s gave no proper answer", task);
    entries->ttl = ttl > 0 && ttl < INT32_MAX ? (unsigned)ttl : 0;
    entries->list = nashra_alloc_zeroed((size_t)count + 1, sizeof *entries->list);
    if (!entries->list)
        return NASHRA_ENOMEM;
    while (entries->count < (size_t)count && !parcel.broken)
        take_entry(&parcel, &entries->list[entries->count++]);
    return parcel.broken || parcel.left > 0 ? nashra_fail(NASHRA_EDATA, "%s gave no proper answer", task) : NASHRA_OK;
}

int nashra_entries_parse(const char *bytes, size_t length, const char *name, struct nashra_entries *entries) {
    struct source source = {bytes, length, name};
    struct nashra_buffer task = {0};
    *entries = (struct nashra_entries){0};
    if (nashra_buffer_add_format(&task, "%s: the parser", name) < 0)
        return NASHRA_ENOMEM;
    const struct nashra_child child = {task.data, PARSER_MS, 3 * (size_t)NASHRA_ARTICLE_MAX_BYTES, NULL};
    int status = nashra_child_call(&child, parse, &source, &entries->answer);
    if (status >= 0)
        status = take(task.data, entries);
    nashra_buffer_finish(&task);
    if (status < 0)
        nashra_entries_finish(entries);
    return status < 0 ? status : NASHRA_OK;
}

void nashra_entries_finish(struct nashra_entries *entries) {
    nashra_free(entries->list);
    nashra_answer_finish(&entries->answer);
    *entries = (struct nashra_entries){0};
}
