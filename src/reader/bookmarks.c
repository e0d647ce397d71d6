/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine.h"

#include <string.h>

void nashra_bookmarks_set(struct nashra_reader *reader, const struct nashra_reader_bookmark *bookmarks, size_t count) {
    reader->bookmark_count = count < BOOKMARKS_MAX ? count : BOOKMARKS_MAX;
    if (count > 0)
        memcpy(reader->bookmarks, bookmarks, reader->bookmark_count * sizeof *bookmarks);
}

static void tell(struct step *step, enum nashra_action_kind kind, struct nashra_reader_bookmark bookmark) {
    nashra_voice_emit(step, (struct nashra_action){
                                .kind = kind, .article = bookmark.article, .span = {bookmark.offset, bookmark.offset}});
}

/* Takes away all of this sentence. Returns whether there were any. */
static bool remove_here(struct nashra_reader *reader, struct step *step, struct nashra_span sentence) {
    size_t kept = 0;
    bool removed = false;
    for (size_t i = 0; i < reader->bookmark_count; i++) {
        const struct nashra_reader_bookmark it = reader->bookmarks[i];
        const bool here = it.article == reader->place.article && it.offset >= sentence.from && it.offset < sentence.to;
        /* The list of actions is short; what doesn't fit stays for the next time. */
        if (here && step->actions->count < NASHRA_ACTIONS_MAX / 2) {
            tell(step, NASHRA_ACTION_UNBOOKMARK, it);
            removed = true;
        } else {
            reader->bookmarks[kept++] = it;
        }
    }
    reader->bookmark_count = kept;
    return removed;
}

void nashra_bookmarks_toggle(struct nashra_reader *reader, struct step *step) {
    const struct nashra_span sentence =
        nashra_reader_unit(&reader->document, NASHRA_LEVEL_SENTENCE, reader->place.offset);
    if (remove_here(reader, step, sentence)) {
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_BOOKMARK_REMOVED);
        return;
    }
    if (reader->bookmark_count == BOOKMARKS_MAX) {
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_BOOKMARK_FULL);
        return;
    }
    const struct nashra_reader_bookmark bookmark = {reader->place.article, sentence.from};
    reader->bookmarks[reader->bookmark_count++] = bookmark;
    tell(step, NASHRA_ACTION_BOOKMARK, bookmark);
    nashra_voice_prompt(reader, step, NASHRA_PROMPT_BOOKMARK_SET);
}

/* How far a bookmark is behind the place, in the order of reading, round the end. */
struct distance {
    size_t articles;
    size_t offset;
};

static bool distance_to(const struct nashra_reader *reader, struct nashra_reader_bookmark bookmark,
                        struct distance *distance) {
    size_t index;
    if (!nashra_place_find(reader, bookmark.article, &index))
        return false;
    const bool behind = index < reader->index || (index == reader->index && bookmark.offset <= reader->place.offset);
    *distance =
        (struct distance){behind ? index + reader->count - reader->index : index - reader->index, bookmark.offset};
    return true;
}

void nashra_bookmarks_next(struct nashra_reader *reader, struct step *step) {
    const struct nashra_reader_bookmark *nearest = NULL;
    struct distance least = {0}, distance;
    for (size_t i = 0; i < reader->bookmark_count; i++) {
        if (!distance_to(reader, reader->bookmarks[i], &distance))
            continue;
        if (nearest && (distance.articles > least.articles ||
                        (distance.articles == least.articles && distance.offset >= least.offset)))
            continue;
        nearest = &reader->bookmarks[i];
        least = distance;
    }
    if (!nearest) {
        nashra_voice_prompt(reader, step, NASHRA_PROMPT_BOOKMARK_NONE);
        return;
    }
    nashra_place_remember(reader);
    nashra_place_go(reader, step, (struct place){nearest->article, nearest->offset}, true);
    nashra_voice_save(reader, step);
}
