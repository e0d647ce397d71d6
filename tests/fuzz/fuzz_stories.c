/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of stories and of what is looked for: folding is stable, and every query is one that FTS5 takes. */
#include <stdlib.h>
#include <string.h>

#include "words.h"

#include <nashra/stories.h>
#include <nashra/utf8.h>

static void silence(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static struct nashra_words *words;
static struct nashra_stories *stories;

static int keep(void *user) {
    (void)user;
    return NASHRA_OK;
}

static void load(void) {
    static const uint64_t keys[] = {1};
    const struct nashra_story_draft draft = {"f", "عنوان", "حكومة وزير", "s", "u", "l", 1, 1, keys, 1};
    static int loaded;
    if (loaded++)
        return;
    nashra_log_set_handler(silence, NULL);
    if (nashra_words_create(&words) < 0 || nashra_stories_open(NULL, &stories) < 0 ||
        nashra_stories_add(stories, &draft, keep, NULL, NULL) < 0)
        abort();
}

static void try_fold(const char *text, size_t length) {
    struct nashra_buffer out = {0};
    nashra_words_fold(words, text, length, &out);
    const char *folded = nashra_buffer_string(&out);
    if (strlen(folded) != out.length || nashra_utf8_valid_prefix(folded, out.length) != out.length ||
        strstr(folded, "  ") || *folded == ' ' || (out.length > 0 && folded[out.length - 1] == ' '))
        abort();
    nashra_words_simhash(folded);
    nashra_words_numbers(folded);
    nashra_buffer_finish(&out);
}

static void try_query(const char *text) {
    const struct nashra_story_wish wish = {.words = text, .most = 3};
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_story *list;
    size_t count;
    if (!arena)
        return;
    const int status = nashra_stories_list(stories, &wish, arena, &list, &count);
    if (status < 0 && status != NASHRA_EUSAGE)
        abort();
    nashra_arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 4096)
        return 0;
    load();
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    try_fold(text, size);
    try_query(text);
    free(text);
    return 0;
}
