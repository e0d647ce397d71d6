/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "timing.h"

#include <stdlib.h>

#include <jansson.h>

static int add_object(struct nashra_buffer *lines, json_t *object, uint64_t frame, unsigned rate) {
    json_object_set_new(object, "frame", json_integer((json_int_t)frame));
    json_object_set_new(object, "time", json_real((double)frame / rate));
    char *text = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(6)) : NULL;
    json_decref(object);
    if (text) {
        nashra_buffer_add_string(lines, text);
        nashra_buffer_add(lines, "\n", 1);
    }
    free(text);
    return text && !lines->failed ? NASHRA_OK : NASHRA_ENOMEM;
}

static json_t *word_object(const struct nashra_article *article, const struct nashra_word *word) {
    const struct nashra_span span = nashra_article_source_span(article, word->span);
    return json_pack("{s:s, s:[I, I]}", "word", word->text, "span", (json_int_t)span.from, (json_int_t)span.to);
}

int nashra_timing_add(struct nashra_buffer *lines, const struct nashra_article *article,
                      const struct nashra_sentence *sentence, const struct nashra_sound *sound, uint64_t begin) {
    size_t name = 0;
    int status = NASHRA_OK;
    for (size_t i = 0; i <= sound->mark_count && status >= 0; i++) {
        const struct nashra_mark *mark = i < sound->mark_count ? &sound->marks[i] : NULL;
        /* A mark stands before the word that begins with it. */
        for (; name < sound->name_count && (!mark || sound->names[name].frame <= mark->frame) && status >= 0; name++)
            status = add_object(lines, json_pack("{s:s}", "mark", sound->names[name].name),
                                begin + sound->names[name].frame, sound->rate);
        if (mark && status >= 0)
            status =
                add_object(lines, word_object(article, &sentence->words[mark->word]), begin + mark->frame, sound->rate);
    }
    return status;
}
