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

/* What stands between the title, which the announcement replaces, and the line of the source, which it holds. */
static struct nashra_span body_of(const char *text, size_t length) {
    const char *begin = strstr(text, "\n\n");
    struct nashra_span body = {begin ? (size_t)(begin - text) + 2 : 0, length};
    for (size_t at = length; at > body.from + 1; at--)
        if (text[at - 1] == '\n' && text[at - 2] == '\n') {
            body.to = at;
            break;
        }
    return body;
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
    if (status >= 0) {
        const struct nashra_span body = body_of(file.data, file.length);
        nashra_buffer_add_string(&text, "\n\n");
        status = nashra_buffer_add(&text, file.data + body.from, body.to - body.from);
    }
    if (status >= 0)
        status = nashra_article_from_bytes(text.data, text.length, path.data, article);
    nashra_buffer_finish(&path);
    nashra_buffer_finish(&file);
    nashra_buffer_finish(&text);
    return status;
}

/* By the file alone --------------------------------------------------------------------------------------------- */

enum { NAME_DIGITS = 10, CLOCK_DOUBT = 3600 };

/* When the story was published, by its file's name; -1: it is none. */
static int64_t published_of(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    if (strspn(name, "0123456789") != NAME_DIGITS || name[NAME_DIGITS] != '-' || !strstr(name, ".txt"))
        return -1;
    return NASHRA_STORY_LAST - strtoll(name, NULL, 10);
}

static void last_line(const char *text, size_t length, const char **line, size_t *line_length) {
    while (length > 0 && text[length - 1] == '\n')
        length--;
    size_t from = length;
    while (from > 0 && text[from - 1] != '\n')
        from--;
    *line = text + from;
    *line_length = length - from;
}

static int add_announcement(const struct nashra_news_words *words, const char *text, size_t length, int64_t age,
                            struct nashra_buffer *out) {
    struct nashra_buffer source = {0}, when = {0};
    const char *line;
    size_t line_length, part = 0;
    last_line(text, length, &line, &line_length);
    const char *name = nashra_news_words_first_part(words->source, line, line_length, &part);
    if (name) {
        nashra_buffer_add(&source, name, part);
        nashra_news_words_age(words, age, &when);
        const char *const parts[] = {nashra_buffer_string(&source), nashra_buffer_string(&when)};
        nashra_news_words_fill(age < 0 ? words->undated : words->story, parts, 2, out);
    }
    const int status = source.failed || when.failed || out->failed ? NASHRA_ENOMEM : name != NULL;
    nashra_buffer_finish(&source);
    nashra_buffer_finish(&when);
    return status;
}

int nashra_story_announcement(const char *path, const char *text, size_t length, int64_t now,
                              struct nashra_buffer *out) {
    struct nashra_news_words words;
    const int64_t published = published_of(path);
    if (published < 0)
        return 0;
    int status = nashra_news_words_init(&words);
    if (status >= 0)
        status = add_announcement(&words, text, length,
                                  now + CLOCK_DOUBT < published ? -1
                                  : now > published             ? now - published
                                                                : 0,
                                  out);
    nashra_news_words_finish(&words);
    return status;
}
