/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chapters.h"

#include <string.h>

#include "transcript.h"

static int take_bytes(const char *bytes, size_t length, void *user) {
    return nashra_buffer_add(user, bytes, length) < 0 ? -1 : 0;
}

int nashra_json_add(json_t *json, struct nashra_buffer *out) {
    const size_t flags = JSON_INDENT(2) | JSON_REAL_PRECISION(10);
    int failed = json ? json_dump_callback(json, take_bytes, out, flags) : -1;
    json_decref(json);
    if (failed == 0)
        failed = nashra_buffer_add(out, "\n", 1);
    return failed < 0 ? NASHRA_ENOMEM : NASHRA_OK;
}

/* An array takes over what is added to it; jansson takes NULL for a failure that it keeps. */
static json_t *list_chapters(const struct nashra_bulletin *bulletin) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < bulletin->count; i++) {
        const struct nashra_section *section = &bulletin->sections[i];
        if (section->dropped)
            continue;
        json_t *chapter = json_pack("{s:f, s:f, s:s}", "startTime", nashra_air_seconds(section->from), "endTime",
                                    nashra_air_seconds(section->to), "title", section->title);
        if (json_array_append_new(list, chapter) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

int nashra_chapters(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out) {
    const char *slash = strrchr(sound, '/');
    json_t *root =
        json_pack("{s:s, s:s, s:s?, s:s, s:o}", "version", "1.2.0", "title", bulletin->title, "author",
                  bulletin->script.station, "fileName", slash ? slash + 1 : sound, "chapters", list_chapters(bulletin));
    if (root && !bulletin->script.station)
        json_object_del(root, "author");
    return nashra_json_add(root, out);
}
