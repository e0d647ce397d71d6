/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The round of the feeds. */
#include "visit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "file.h"
#include "notice.h"

enum {
    KEEP_DAYS = 30,
    KEEP_COUNT = 10000,
    DAY = 24 * 3600,
    FRESH_LEAST = 10 * 60,  /* a feed is asked no more often than that, */
    FRESH_UNSAID = 30 * 60, /* as often where it doesn't say, */
    FRESH_MOST = DAY,       /* and at least once a day */
    RETRY_FIRST = 10 * 60,  /* after a failure; each further one doubles it */
    FEED_BYTES = 8 * 1024 * 1024,
    KEPT_MOST = 1024 * 1024,
    FORGET_DAYS = 60
};

/* When it is asked again ------------------------------------------------------------------------------------------ */

static int64_t clamp(int64_t value, int64_t least, int64_t most) {
    return value < least ? least : value > most ? most : value;
}

static int64_t fresh_for(int64_t ttl_minutes, int64_t max_age) {
    const int64_t said = ttl_minutes * 60 > max_age ? ttl_minutes * 60 : max_age;
    return said ? clamp(said, FRESH_LEAST, FRESH_MOST) : FRESH_UNSAID;
}

static int64_t rest_after_failure(int64_t failures, int64_t retry_after) {
    const int64_t doubled = (int64_t)RETRY_FIRST << clamp(failures - 1, 0, 10);
    return clamp(doubled > retry_after ? doubled : retry_after, RETRY_FIRST, FRESH_MOST);
}

static int note_failure(struct nashra_visit *visit, const char *url, struct nashra_feed_state *state, int status,
                        int64_t retry_after) {
    state->failures++;
    state->error = nashra_status_name(status);
    state->due = nashra_visit_now() + rest_after_failure(state->failures, retry_after);
    visit->result->failed++;
    return nashra_stories_set_feed(visit->library->stories, url, state);
}

static int note_success(struct nashra_visit *visit, const char *url, struct nashra_feed_state *state, int64_t fresh) {
    state->failures = 0;
    state->error = "";
    state->checked = nashra_visit_now();
    state->due = state->checked + fresh;
    return nashra_stories_set_feed(visit->library->stories, url, state);
}

/* One feed -------------------------------------------------------------------------------------------------------- */

/* "الجزيرة - آخر الأخبار" is called الجزيرة. */
static char *short_name(const char *title, struct nashra_arena *arena) {
    static const char *const joints[] = {" - ", " | ", " – ", " — ", " :: ", " » "};
    size_t length = strlen(title);
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        const char *found = strstr(title, joints[i]);
        if (found && found > title && (size_t)(found - title) < length)
            length = (size_t)(found - title);
    }
    char *name = nashra_arena_copy(arena, title, length);
    for (char *at = name; at && *at; at++)
        if ((unsigned char)*at < ' ')
            *at = ' '; /* it ends up in a line */
    return name;
}

static int take_feed(struct nashra_visit *visit, const struct nashra_feeds_entry *entry,
                     struct nashra_feed_state *state, const struct nashra_fetch_response *response,
                     struct nashra_arena *arena) {
    struct nashra_entries entries;
    int status = nashra_entries_parse(response->bytes, response->length, entry->url, &entries);
    if (status < 0)
        return status == NASHRA_ENOMEM ? status : note_failure(visit, entry->url, state, status, 0);
    struct nashra_visit_feed feed = {.url = entry->url, .found = response->url, .inside = response->inside};
    state->title = *entry->name ? entry->name : short_name(entries.title, arena);
    if (state->title && !*state->title)
        state->title = entry->url;
    feed.source = state->title;
    status = state->title ? nashra_intake(visit, &feed, &entries) : NASHRA_ENOMEM;
    /* What is left for later is met again only when the feed is not "unchanged" then. */
    state->etag = feed.complete ? response->etag : "";
    state->modified = feed.complete ? response->modified : "";
    if (status >= 0)
        status = note_success(visit, entry->url, state, fresh_for(entries.ttl, response->max_age));
    nashra_entries_finish(&entries);
    return status;
}

static int ask_feed(struct nashra_visit *visit, const struct nashra_feeds_entry *entry, struct nashra_feed_state *state,
                    struct nashra_arena *arena) {
    const struct nashra_fetch_request request = {.url = entry->url,
                                                 .etag = state->etag,
                                                 .modified = state->modified,
                                                 .most_bytes = FEED_BYTES,
                                                 .allow_http = visit->options->allow_http,
                                                 .stopped = visit->options->stopped};
    struct nashra_fetch_response response;
    visit->result->asked++;
    int status = nashra_polite_fetch(visit, &request, &response);
    if (status == NASHRA_EAGAIN && response.code == 0 && response.retry_after > 0) {
        visit->result->asked--;
        visit->result->waiting++;
        status = NASHRA_OK;
    } else if (status == NASHRA_EAGAIN && response.code == 0) {
        visit->result->network_failed++;
        status = note_failure(visit, entry->url, state, status, 0);
    } else if (status < 0 && status != NASHRA_STOPPED && status != NASHRA_ENOMEM) {
        status = note_failure(visit, entry->url, state, status, response.retry_after);
    } else if (status >= 0 && response.code == 304) {
        visit->result->unchanged++;
        status = note_success(visit, entry->url, state, fresh_for(0, response.max_age));
    } else if (status >= 0) {
        status = take_feed(visit, entry, state, &response, arena);
    }
    nashra_fetch_finish(&response);
    return status;
}

static int visit_feed(struct nashra_visit *visit, const struct nashra_feeds_entry *entry) {
    struct nashra_feed_state state;
    struct nashra_arena *arena = nashra_arena_create();
    int status = arena ? nashra_stories_feed(visit->library->stories, entry->url, arena, &state) : NASHRA_ENOMEM;
    /* A due time further off than any rest is a clock that was set back. */
    const int64_t left = status < 0 ? 0 : state.due - nashra_visit_now();
    if (status >= 0 && !visit->options->force && left > 0 && left <= FRESH_MOST)
        visit->result->waiting++;
    else if (status >= 0)
        status = ask_feed(visit, entry, &state, arena);
    nashra_arena_destroy(arena);
    return status;
}

/* Expiry ---------------------------------------------------------------------------------------------------------- */

struct expiry {
    const struct nashra_library *library;
    struct nashra_buffer kept; /* lines */
};

static bool is_kept(const struct expiry *expiry, const char *file) {
    const size_t length = strlen(file);
    const char *kept = nashra_buffer_string(&expiry->kept);
    for (const char *at = kept; (at = strstr(at, file)) != NULL; at += length)
        if ((at == kept || at[-1] == '/' || at[-1] == '\n') && (at[length] == '\0' || at[length] == '\n'))
            return true;
    return false;
}

static int expire(const char *file, void *user) {
    const struct expiry *expiry = user;
    struct nashra_buffer path = {0};
    if (is_kept(expiry, file))
        return 1;
    nashra_buffer_add_format(&path, "%s/news/%s", expiry->library->folder, file);
    int status = path.failed ? NASHRA_ENOMEM : NASHRA_OK;
    if (status >= 0 && unlink(path.data) != 0 && errno != ENOENT)
        status = nashra_fail(NASHRA_EIO, "%s can't be removed: %s", path.data, strerror(errno));
    nashra_buffer_finish(&path);
    return status;
}

static int let_go(struct nashra_visit *visit) {
    const struct nashra_update_options *options = visit->options;
    const int64_t now = nashra_visit_now();
    struct expiry expiry = {.library = visit->library};
    const struct nashra_story_limits limits = {.oldest = visit->oldest,
                                               .most = options->keep_count ? options->keep_count : KEEP_COUNT,
                                               .forget = now - (int64_t)FORGET_DAYS * DAY};
    int status = options->kept ? nashra_file_read(options->kept, KEPT_MOST, &expiry.kept) : NASHRA_OK;
    if (status >= 0)
        status = nashra_stories_expire(visit->library->stories, &limits, expire, &expiry, &visit->result->expired);
    nashra_buffer_finish(&expiry.kept);
    return status;
}

/* The round ------------------------------------------------------------------------------------------------------- */

static int visit_all(struct nashra_visit *visit, const struct nashra_feeds *feeds) {
    size_t count, only = 0;
    const char *wanted = visit->options->only;
    const struct nashra_feeds_entry *entries = nashra_feeds_entries(feeds, &count);
    if (wanted && !nashra_feeds_find(feeds, wanted, &only))
        return nashra_fail(NASHRA_ENOINPUT, "%s: there is no such feed; `nashra feed list` shows them", wanted);
    int status = NASHRA_OK;
    for (size_t i = wanted ? only : 0; i < (wanted ? only + 1 : count) && status >= 0; i++)
        status = nashra_visit_stopped(visit) ? NASHRA_STOPPED : visit_feed(visit, &entries[i]);
    return status;
}

static int visit_and_let_go(struct nashra_visit *visit) {
    struct nashra_buffer path = {0};
    struct nashra_feeds *feeds = NULL;
    int status = nashra_library_feeds_path(visit->library, &path);
    if (status >= 0)
        status = nashra_feeds_load(path.data, &feeds);
    if (status >= 0)
        status = visit_all(visit, feeds);
    const int gone = status >= 0 ? let_go(visit) : NASHRA_OK;
    nashra_feeds_destroy(feeds);
    nashra_buffer_finish(&path);
    return status < 0 ? status : gone;
}

/* Held by one update at a time; it goes with the process. */
static int take_lock(const struct nashra_library *library, int *lock) {
    struct nashra_buffer path = {0};
    int status = nashra_library_join(library, ".update.lock", &path);
    *lock = status < 0 ? -1 : open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (status >= 0 && *lock < 0)
        status = nashra_fail(NASHRA_ECANTCREATE, "%s: %s", path.data, strerror(errno));
    else if (status >= 0 && flock(*lock, LOCK_EX | LOCK_NB) != 0)
        status = nashra_fail(NASHRA_EAGAIN, "%s: another update is running", library->folder);
    nashra_buffer_finish(&path);
    return status;
}

int nashra_library_update(struct nashra_library *library, const struct nashra_update_options *options,
                          struct nashra_update_result *result) {
    const int64_t days = options->keep_days ? options->keep_days : KEEP_DAYS;
    struct nashra_visit visit = {library, options, result, nashra_visit_now() - days * DAY};
    int lock;
    *result = (struct nashra_update_result){0};
    int status = take_lock(library, &lock);
    if (status >= 0)
        status = visit_and_let_go(&visit);
    if (lock >= 0)
        close(lock);
    if (options->notices && result->added > 0)
        nashra_notice_new(options->notices, result->added);
    if (status >= 0 && result->asked > 0 && result->network_failed == result->asked)
        return NASHRA_EAGAIN;
    return status;
}
