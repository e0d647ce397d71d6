/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON Feed 1.0 and 1.1 (jsonfeed.org). */
#include "feed.h"

#include <string.h>

#include "../json.h"

static const struct {
    const char *key;
    enum nashra_feed_field field;
    bool is_plain;
} rows[] = {
    {"title", NASHRA_FIELD_TITLE, true},
    {"url", NASHRA_FIELD_LINK, true},
    {"external_url", NASHRA_FIELD_LINK, true},
    {"home_page_url", NASHRA_FIELD_LINK, true},
    {"feed_url", NASHRA_FIELD_SELF, true},
    {"id", NASHRA_FIELD_GUID, true},
    {"authors", NASHRA_FIELD_AUTHOR, true},
    {"author", NASHRA_FIELD_AUTHOR, true},
    {"tags", NASHRA_FIELD_SECTION, true},
    {"summary", NASHRA_FIELD_SUMMARY, true},
    {"description", NASHRA_FIELD_SUMMARY, true},
    {"content_html", NASHRA_FIELD_CONTENT, false},
    {"content_text", NASHRA_FIELD_CONTENT, true},
    {"language", NASHRA_FIELD_LANGUAGE, true},
    {"date_published", NASHRA_FIELD_PUBLISHED, true},
    {"date_modified", NASHRA_FIELD_UPDATED, true},
};

static void read_object(const json_t *object, struct nashra_json_locator *locator, struct nashra_feed_item *item) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *value = nashra_json_string(object, rows[i].key);
        if (!value || item->fields[rows[i].field].text.length > 0)
            continue;
        item->is_plain[rows[i].field] = rows[i].is_plain;
        nashra_json_locate(locator, value, &item->fields[rows[i].field]);
    }
}

int nashra_feed_read_json(struct nashra_feed *feed, const struct nashra_tracked *source) {
    struct nashra_json_locator locator = {.source = source};
    char why[200];
    json_t *root = nashra_json_load(source, why, sizeof why);
    if (!root)
        return nashra_fail(NASHRA_EDATA, "%s: no JSON feed: %s", feed->name, why);
    const json_t *items = json_object_get(root, "items");
    int status = json_is_array(items) ? 0 : nashra_fail(NASHRA_EDATA, "%s: no JSON feed: it has no items", feed->name);
    feed->info.format = NASHRA_FEED_JSON;
    if (!status)
        read_object(root, &locator, &feed->head);
    locator.reached = 0; /* the head may stand behind the items */
    for (size_t i = 0; !status && i < json_array_size(items); i++) {
        struct nashra_feed_item *item = nashra_feed_begin_item(feed);
        if (!item)
            break;
        read_object(json_array_get(items, i), &locator, item);
        nashra_json_advance(&locator);
        nashra_feed_end_item(feed);
    }
    json_decref(root);
    return status;
}
