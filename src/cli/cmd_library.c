/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"
#include "cli.h"

#include <nashra/stories.h>

#include <jansson.h>
#include <string.h>
#include <time.h>

static const char help[] = "Usage: nashra library list [OPTION…]\n"
                           "       nashra library search WORDS… [OPTION…]\n"
                           "\n"
                           "The stories that `nashra feed update` has brought, the newest first: number,\n"
                           "time, source, title. To hear one: nashra say story:NUMBER, or story:newest\n"
                           "\n"
                           "A story is found when it holds all the words. Vowel marks, the kinds of hamza,\n"
                           "ة and ه, ى and ي and the article don't count; a word that ends in * is a\n"
                           "beginning; \"words in quotes\" follow each other.\n"
                           "\n"
                           "  --library FOLDER       (default: $NASHRA_LIBRARY, else ~/.local/share/nashra)\n"
                           "  --source NAME|URL      of one feed only\n"
                           "  --most N               at most N (default 20; 0: all)\n"
                           "  --skip N               leave out the N newest\n"
                           "  --spoken               as they are announced: source, age and title\n"
                           "  --format plain|jsonl   jsonl: an object a story\n";

struct request {
    const char *folder, *source, *format;
    long most, skip;
    bool spoken, json, help;
    char **operands;
    int count;
};

static int parse(int argc, char **argv, struct request *request) {
    const struct nashra_argument arguments[] = {
        {.name = "--library", .text = &request->folder}, {.name = "--source", .text = &request->source},
        {.name = "--format", .text = &request->format},  {.name = "--most", .number = &request->most},
        {.name = "--skip", .number = &request->skip},    {.name = "--spoken", .flag = &request->spoken},
        {.name = "--help", .flag = &request->help},      {.name = "-h", .flag = &request->help},
    };
    request->most = 20;
    request->operands = argv;
    request->count = nashra_arguments_parse(argc, argv, arguments, sizeof arguments / sizeof *arguments);
    if (request->count < 0)
        return request->count;
    request->json = request->format && strcmp(request->format, "jsonl") == 0;
    if (request->format && !request->json && strcmp(request->format, "plain") != 0)
        return nashra_fail(NASHRA_EUSAGE, "library: --format %s: it must be plain or jsonl", request->format);
    return NASHRA_OK;
}

static void format_time(int64_t seconds, const char *format, char out[32]) {
    const time_t when = (time_t)seconds;
    struct tm local;
    if (!localtime_r(&when, &local) || strftime(out, 32, format, &local) == 0)
        strcpy(out, "?");
}

static int print_json(struct nashra_library *library, const struct nashra_story *story) {
    struct nashra_buffer path = {0};
    char when[32];
    format_time(story->published, "%Y-%m-%dT%H:%M:%S%z", when);
    int status = nashra_library_story_path(library, story, &path);
    json_t *object =
        status < 0 ? NULL
                   : json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}", "id", (json_int_t)story->id, "published", when,
                               "source", story->source, "title", story->title, "link", story->link, "path", path.data);
    if (object)
        json_dumpf(object, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(object);
    nashra_buffer_finish(&path);
    return object ? NASHRA_OK : NASHRA_ENOMEM;
}

static int print_spoken(struct nashra_library *library, const struct nashra_story *story, int64_t now) {
    struct nashra_buffer line = {0};
    const int status = nashra_library_announce(library, story, now, &line);
    if (status >= 0)
        puts(nashra_buffer_string(&line));
    nashra_buffer_finish(&line);
    return status;
}

static int print_story(const struct request *request, struct nashra_library *library, const struct nashra_story *story,
                       int64_t now) {
    char when[32];
    if (request->json)
        return print_json(library, story);
    if (request->spoken)
        return print_spoken(library, story, now);
    format_time(story->published, "%Y-%m-%d %H:%M", when);
    printf("%lld\t%s\t%s\t%s\n", (long long)story->id, when, story->source, story->title);
    return NASHRA_OK;
}

static int join_words(const struct request *request, struct nashra_buffer *words) {
    for (int i = 1; i < request->count; i++)
        nashra_buffer_add_format(words, "%s%s", i > 1 ? " " : "", request->operands[i]);
    return words->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static int show(const struct request *request, struct nashra_library *library, const char *words) {
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_story *list = NULL;
    size_t count = 0;
    const int64_t now = (int64_t)time(NULL);
    const struct nashra_story_wish wish = {.words = words,
                                           .source = request->source,
                                           .now = now,
                                           .skip = (size_t)request->skip,
                                           .most = (size_t)request->most};
    int status =
        arena ? nashra_stories_list(nashra_library_stories(library), &wish, arena, &list, &count) : NASHRA_ENOMEM;
    for (size_t i = 0; i < count && status >= 0 && !ferror(stdout); i++)
        status = print_story(request, library, &list[i], now);
    nashra_arena_destroy(arena);
    return status;
}

static int run(const struct request *request) {
    struct nashra_library *library = NULL;
    struct nashra_buffer words = {0};
    const char *action = request->count > 0 ? request->operands[0] : NULL;
    const bool searches = action && strcmp(action, "search") == 0;
    if (!action || (!searches && strcmp(action, "list") != 0))
        return nashra_fail(NASHRA_EUSAGE, "library: there are list and search; try `nashra library --help`");
    if (!searches && request->count > 1)
        return nashra_fail(NASHRA_EUSAGE, "library list: '%s' is too much; `nashra library search` looks for words",
                           request->operands[1]);
    if (searches && request->count < 2)
        return nashra_fail(NASHRA_EUSAGE, "library search: for which words?");
    int status = join_words(request, &words);
    if (status >= 0)
        status = nashra_library_open(request->folder, &library);
    if (status >= 0)
        status = show(request, library, searches ? words.data : NULL);
    nashra_buffer_finish(&words);
    nashra_library_close(library);
    return status;
}

int nashra_cmd_library(int argc, char **argv) {
    struct request request = {0};
    const int status = parse(argc, argv, &request);
    if (status < 0)
        return nashra_exit_code(status);
    if (request.help)
        fputs(help, stdout);
    return nashra_cli_finish(request.help ? NASHRA_OK : run(&request));
}

/* story:NUMBER and story:newest, of the user's own library. */
int nashra_cli_open_story(const char *name, struct nashra_article **article) {
    struct nashra_library *library = NULL;
    struct nashra_story story;
    struct nashra_arena *arena = nashra_arena_create();
    *article = NULL;
    int status = arena ? nashra_library_open(NULL, &library) : NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_library_find(library, name, arena, &story);
    if (status >= 0)
        status = nashra_library_article(library, &story, (int64_t)time(NULL), article);
    nashra_library_close(library);
    nashra_arena_destroy(arena);
    return status;
}
