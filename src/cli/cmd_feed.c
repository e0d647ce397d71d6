/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"
#include "cli.h"

#include <nashra/stories.h>

#include <string.h>
#include <time.h>

static const char help[] = "Usage: nashra feed add URL [--name NAME] [--unchecked]\n"
                           "       nashra feed list | remove URL|NAME | import FILE | export [-o FILE]\n"
                           "       nashra feed update [URL|NAME]\n"
                           "\n"
                           "Feeds are RSS, Atom or JSON Feed; what they list is kept in a library, without a\n"
                           "network to be listed, searched and heard: see `nashra library --help`.\n"
                           "\n"
                           "  add      asks the feed once and adds it; a page that names its feed will do\n"
                           "  list     the feeds: stories, last success, what went wrong, name, URL\n"
                           "  update   asks the feeds that are due; takes in what is new, drops what is old\n"
                           "  remove   takes a feed off the list; its stories stay until they expire\n"
                           "  import   adds the feeds of a list in OPML, or with a URL a line; export: OPML\n"
                           "  --library FOLDER       (default: $NASHRA_LIBRARY, else ~/.local/share/nashra)\n"
                           "  --allow-http           fetch over plain http as well\n"
                           "For update:\n"
                           "  --force                ask feeds that aren't due as well\n"
                           "  --keep-days N          older stories expire (default 30)\n"
                           "  --keep-count N         of more than N the oldest expire (default 10000)\n"
                           "  --pages N              fetch at most N pages a feed (default 30)\n"
                           "  --interval SECONDS     between two requests to a host (default 2)\n"
                           "  --kept FILE            paths of stories that don't expire, one a line\n"
                           "  --notices SOCKET       let the nashrad of this socket tell how many are new\n";

struct request {
    const char *folder, *name, *output, *kept, *notices;
    long keep_days, keep_count, pages, interval;
    bool unchecked, force, allow_http, help;
    char **operands;
    int count;
    struct nashra_library *library;
    struct nashra_feeds *feeds;
};

static int parse(int argc, char **argv, struct request *request) {
    const struct nashra_argument arguments[] = {
        {.name = "--library", .text = &request->folder},
        {.name = "--name", .text = &request->name},
        {.name = "-o", .text = &request->output},
        {.name = "--output", .text = &request->output},
        {.name = "--kept", .text = &request->kept},
        {.name = "--notices", .text = &request->notices},
        {.name = "--keep-days", .number = &request->keep_days, .least = 1},
        {.name = "--keep-count", .number = &request->keep_count, .least = 1},
        {.name = "--pages", .number = &request->pages, .least = 1},
        {.name = "--interval", .number = &request->interval},
        {.name = "--unchecked", .flag = &request->unchecked},
        {.name = "--force", .flag = &request->force},
        {.name = "--allow-http", .flag = &request->allow_http},
        {.name = "--help", .flag = &request->help},
        {.name = "-h", .flag = &request->help},
    };
    request->interval = -1;
    request->operands = argv;
    request->count = nashra_arguments_parse(argc, argv, arguments, sizeof arguments / sizeof *arguments);
    return request->count < 0 ? request->count : NASHRA_OK;
}

/* Adding and removing --------------------------------------------------------------------------------------------- */

static int add(struct request *request) {
    struct nashra_buffer url = {0}, title = {0};
    size_t entries = 0;
    nashra_buffer_add_string(&url, request->operands[1]);
    int status = url.failed ? NASHRA_ENOMEM : NASHRA_OK;
    if (status >= 0 && !request->unchecked)
        status = nashra_feed_check(request->operands[1], request->allow_http, &url, &title, &entries);
    const int added = status < 0 ? status : nashra_feeds_add(request->feeds, url.data, request->name);
    status = added < 0 ? added : nashra_feeds_save(request->feeds);
    if (status >= 0 && request->unchecked)
        printf("%s: %s\n", url.data, added ? "added" : "is there already");
    else if (status >= 0)
        printf("%s: %s: %s, %zu entries\n", url.data, added ? "added" : "is there already",
               nashra_buffer_string(&title), entries);
    nashra_buffer_finish(&url);
    nashra_buffer_finish(&title);
    return status;
}

static int remove_feed(struct request *request) {
    size_t index, count;
    if (!nashra_feeds_find(request->feeds, request->operands[1], &index))
        return nashra_fail(NASHRA_ENOINPUT, "%s: there is no such feed; `nashra feed list` shows them",
                           request->operands[1]);
    const char *url = nashra_feeds_entries(request->feeds, &count)[index].url;
    const int status = nashra_stories_drop_feed(nashra_library_stories(request->library), url);
    if (status < 0)
        return status;
    printf("%s: removed\n", url);
    nashra_feeds_remove(request->feeds, index);
    return nashra_feeds_save(request->feeds);
}

static int import(struct request *request) {
    struct nashra_buffer bytes = {0};
    size_t added = 0;
    int status = nashra_cli_read(request->operands[1], &bytes);
    if (status >= 0)
        status = nashra_feeds_import(request->feeds, nashra_buffer_string(&bytes), bytes.length, request->operands[1],
                                     &added);
    if (status >= 0)
        status = nashra_feeds_save(request->feeds);
    if (status >= 0)
        printf("%s: %zu feeds added\n", request->operands[1], added);
    nashra_buffer_finish(&bytes);
    return status;
}

static int export(struct request *request) {
    struct nashra_buffer text = {0};
    int status = nashra_feeds_export(request->feeds, &text);
    if (status >= 0)
        status = nashra_cli_write(request->output, &text);
    nashra_buffer_finish(&text);
    return status;
}

/* Listing --------------------------------------------------------------------------------------------------------- */

static int print_feed(struct request *request, const struct nashra_feeds_entry *entry) {
    struct nashra_stories *stories = nashra_library_stories(request->library);
    struct nashra_feed_state state;
    struct nashra_arena *arena = nashra_arena_create();
    char when[32] = "never";
    size_t count = 0;
    int status = arena ? nashra_stories_feed(stories, entry->url, arena, &state) : NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_stories_count(stories, entry->url, &count);
    if (status >= 0) {
        const time_t checked = (time_t)state.checked;
        struct tm local;
        if (checked > 0 && localtime_r(&checked, &local))
            strftime(when, sizeof when, "%Y-%m-%d %H:%M", &local);
        printf("%zu\t%s\t%s\t%s\t%s\n", count, when, *state.error ? state.error : "ok",
               *entry->name ? entry->name : state.title, entry->url);
    }
    nashra_arena_destroy(arena);
    return status;
}

static int list(struct request *request) {
    size_t count;
    const struct nashra_feeds_entry *entries = nashra_feeds_entries(request->feeds, &count);
    int status = NASHRA_OK;
    if (count > 0)
        puts("stories\tchecked\tstate\tname\turl");
    for (size_t i = 0; i < count && status >= 0; i++)
        status = print_feed(request, &entries[i]);
    return status;
}

/* Updating -------------------------------------------------------------------------------------------------------- */

static int update(struct request *request) {
    struct nashra_update_result result;
    const struct nashra_update_options options = {
        .allow_http = request->allow_http,
        .force = request->force,
        .only = request->count > 1 ? request->operands[1] : NULL,
        .keep_days = (unsigned)request->keep_days,
        .keep_count = (unsigned)request->keep_count,
        .pages = (unsigned)request->pages,
        .interval = request->interval == 0  ? -1
                    : request->interval < 0 ? 0
                                            : (int)request->interval,
        .kept = request->kept,
        .notices = request->notices,
        .stopped = nashra_cli_stopped,
    };
    nashra_cli_catch_signals();
    const int status = nashra_library_update(request->library, &options, &result);
    if (result.asked + result.waiting > 0)
        printf("feeds: %zu asked, %zu unchanged, %zu failed, %zu not due; stories: %zu new, %zu the same as others, "
               "%zu without text, %zu expired\n",
               result.asked, result.unchanged, result.failed, result.waiting, result.added, result.same,
               result.unreadable, result.expired);
    else if (status >= 0)
        puts("there is no feed; `nashra feed add URL` adds one");
    return status == NASHRA_STOPPED ? NASHRA_OK : status;
}

/* ----------------------------------------------------------------------------------------------------------------- */

static const struct action {
    const char *name;
    int (*run)(struct request *request);
    int least, most; /* operands behind it */
    const char *wants;
} actions[] = {
    {"add", add, 1, 1, "which feed? Its URL is missing"},
    {"list", list, 0, 0, ""},
    {"update", update, 0, 1, ""},
    {"remove", remove_feed, 1, 1, "which feed? Its URL or name is missing"},
    {"import", import, 1, 1, "which file?"},
    {"export", export, 0, 0, ""},
};

static int find_action(const struct request *request, const struct action **found) {
    const char *name = request->count > 0 ? request->operands[0] : NULL;
    for (size_t i = 0; name && i < sizeof actions / sizeof *actions; i++)
        if (strcmp(name, actions[i].name) == 0)
            *found = &actions[i];
    if (!name || !*found)
        return nashra_fail(NASHRA_EUSAGE, "feed: %s%s%s; there are add, list, update, remove, import and export",
                           name ? "there is no action '" : "which action is meant", name ? name : "", name ? "'" : "");
    if (request->count - 1 < (*found)->least)
        return nashra_fail(NASHRA_EUSAGE, "feed %s: %s", name, (*found)->wants);
    if (request->count - 1 > (*found)->most)
        return nashra_fail(NASHRA_EUSAGE, "feed %s: '%s' is too much", name, request->operands[(*found)->most + 1]);
    return NASHRA_OK;
}

static int run(struct request *request, const struct action *action) {
    struct nashra_buffer path = {0};
    int status = nashra_library_open(request->folder, &request->library);
    if (status >= 0)
        status = nashra_library_feeds_path(request->library, &path);
    if (status >= 0)
        status = nashra_feeds_load(path.data, &request->feeds);
    if (status >= 0)
        status = action->run(request);
    nashra_buffer_finish(&path);
    nashra_feeds_destroy(request->feeds);
    nashra_library_close(request->library);
    return status;
}

int nashra_cmd_feed(int argc, char **argv) {
    struct request request = {0};
    const struct action *action = NULL;
    int status = parse(argc, argv, &request);
    if (status >= 0 && request.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    if (status >= 0)
        status = find_action(&request, &action);
    return nashra_cli_finish(status < 0 ? status : run(&request, action));
}
