/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "file.h"

int nashra_library_join(const struct nashra_library *library, const char *name, struct nashra_buffer *path) {
    return nashra_buffer_add_format(path, "%s/%s", library->folder, name) < 0 ? NASHRA_ENOMEM : NASHRA_OK;
}

/* As the XDG base directory specification has it. */
static int add_default_folder(struct nashra_buffer *path) {
    const char *own = getenv("NASHRA_LIBRARY"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (own && *own)
        return nashra_buffer_add_string(path, own);
    if (data && *data == '/')
        return nashra_buffer_add_format(path, "%s/nashra", data);
    if (home && *home)
        return nashra_buffer_add_format(path, "%s/.local/share/nashra", home);
    return nashra_fail(NASHRA_EUSAGE, "where is the library? Neither --library nor HOME is set");
}

static int open_parts(struct nashra_library *library) {
    struct nashra_buffer path = {0};
    int status = nashra_library_join(library, "news", &path);
    if (status >= 0)
        status = nashra_file_make_folder(path.data);
    nashra_buffer_clear(&path);
    if (status >= 0)
        status = nashra_library_join(library, "news.db", &path);
    if (status >= 0)
        status = nashra_stories_open(path.data, &library->stories);
    nashra_buffer_finish(&path);
    return status < 0 ? status : nashra_news_words_init(&library->words);
}

int nashra_library_open(const char *folder, struct nashra_library **out) {
    struct nashra_buffer path = {0};
    struct nashra_library *library = nashra_alloc_zeroed(1, sizeof *library);
    *out = NULL;
    int status = !library ? NASHRA_ENOMEM
                 : folder ? nashra_buffer_add_string(&path, folder)
                          : add_default_folder(&path);
    if (status < 0) {
        nashra_buffer_finish(&path);
        nashra_free(library);
        return status;
    }
    library->folder = path.data;
    status = open_parts(library);
    if (status < 0) {
        nashra_library_close(library);
        return status;
    }
    *out = library;
    return NASHRA_OK;
}

void nashra_library_close(struct nashra_library *library) {
    if (!library)
        return;
    nashra_stories_close(library->stories);
    nashra_news_words_finish(&library->words);
    nashra_free(library->folder);
    nashra_free(library);
}

struct nashra_stories *nashra_library_stories(struct nashra_library *library) {
    return library->stories;
}

int nashra_library_feeds_path(const struct nashra_library *library, struct nashra_buffer *path) {
    return nashra_library_join(library, "feeds.txt", path);
}

int nashra_library_story_path(const struct nashra_library *library, const struct nashra_story *story,
                              struct nashra_buffer *path) {
    return nashra_buffer_add_format(path, "%s/news/%s", library->folder, story->file) < 0 ? NASHRA_ENOMEM : NASHRA_OK;
}

/* The newest of those that aren't of tomorrow: an index answers that. */
static int find_newest(struct nashra_library *library, struct nashra_arena *arena, struct nashra_story *story) {
    const struct nashra_story_wish wish = {.now = (int64_t)time(NULL), .most = 1};
    struct nashra_story *list;
    size_t count;
    const int status = nashra_stories_list(library->stories, &wish, arena, &list, &count);
    if (status < 0)
        return status;
    if (count == 0)
        return nashra_fail(NASHRA_ENOINPUT, "the library is empty; `nashra feed update` fills it");
    *story = list[0];
    return NASHRA_OK;
}

int nashra_library_find(struct nashra_library *library, const char *name, struct nashra_arena *arena,
                        struct nashra_story *story) {
    static const char prefix[] = "story:";
    char *end;
    const char *number = strncmp(name, prefix, sizeof prefix - 1) == 0 ? name + sizeof prefix - 1 : name;
    if (strcmp(number, "newest") == 0)
        return find_newest(library, arena, story);
    const long long id = strtoll(number, &end, 10);
    if (end == number || *end)
        return nashra_fail(NASHRA_EUSAGE, "%s: story:NUMBER or story:newest is wanted", name);
    const int found = nashra_stories_find(library->stories, id, arena, story);
    if (found == 0)
        return nashra_fail(NASHRA_ENOINPUT, "%s: there is no such story; `nashra library list` shows them", name);
    return found < 0 ? found : NASHRA_OK;
}

/* Hearing a story ------------------------------------------------------------------------------------------------- */

int nashra_library_announce(struct nashra_library *library, const struct nashra_story *story, int64_t now,
                            struct nashra_buffer *out) {
    struct nashra_buffer age = {0};
    nashra_news_words_age(&library->words, now - story->published, &age);
    const char *const parts[] = {story->source, nashra_buffer_string(&age), story->title};
    nashra_news_words_fill(library->words.announce, parts, 3, out);
    const int status = age.failed || out->failed ? NASHRA_ENOMEM : NASHRA_OK;
    nashra_buffer_finish(&age);
    return status;
}

/* What follows the title and the line of the source, which the announcement replaces. */
static const char *body_of(const char *text) {
    for (int paragraph = 0; paragraph < 2; paragraph++) {
        const char *next = strstr(text, "\n\n");
        if (!next)
            return text;
        text = next + 2;
    }
    return text;
}

int nashra_library_article(struct nashra_library *library, const struct nashra_story *story, int64_t now,
                           struct nashra_article **article) {
    struct nashra_buffer path = {0}, file = {0}, text = {0};
    *article = NULL;
    int status = nashra_library_story_path(library, story, &path);
    if (status >= 0)
        status = nashra_file_read(path.data, NASHRA_ARTICLE_MAX_BYTES, &file);
    if (status >= 0 && file.length == 0)
        status = nashra_fail(NASHRA_ENOINPUT, "%s: the story's text is not there any more", path.data);
    nashra_buffer_add_string(&text, "# ");
    if (status >= 0)
        status = nashra_library_announce(library, story, now, &text);
    if (status >= 0)
        status = nashra_buffer_add_format(&text, "\n\n%s", body_of(file.data));
    if (status >= 0)
        status = nashra_article_from_bytes(text.data, text.length, path.data, article);
    nashra_buffer_finish(&path);
    nashra_buffer_finish(&file);
    nashra_buffer_finish(&text);
    return status;
}
