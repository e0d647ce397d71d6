/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a feed lists becomes stories: the full text where the feed has it, else that of the page, else the summary. */
#include "visit.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "file.h"
#include "link.h"
#include "page.h"

enum { PAGES = 30, FULL_LETTERS = 400, TITLE_MOST = 400, KEYS = 2 };

struct candidate {
    struct nashra_visit *visit;
    const struct nashra_visit_feed *feed;
    const struct nashra_feed_entry *entry;
    int64_t begun; /* when its feed was looked at */
    size_t place;  /* in the feed */
    struct nashra_buffer link;
    uint64_t keys[KEYS];
    size_t key_count;
    int64_t published;
    char file[48];
    struct nashra_page page;
    struct nashra_buffer text; /* of the file */
};

static void finish(struct candidate *candidate) {
    nashra_buffer_finish(&candidate->link);
    nashra_buffer_finish(&candidate->text);
    nashra_page_finish(&candidate->page);
}

/* What it is ------------------------------------------------------------------------------------------------------ */

static int find_keys(struct candidate *candidate) {
    const struct nashra_feed_entry *entry = candidate->entry;
    struct nashra_buffer canonical = {0};
    if (*entry->link && nashra_link_resolve(candidate->feed->found, entry->link, &candidate->link) &&
        nashra_link_canonical(&candidate->visit->library->words, candidate->link.data, &canonical))
        candidate->keys[candidate->key_count++] = nashra_link_hash("link", nashra_buffer_string(&canonical), "");
    const char *identity = *entry->guid ? entry->guid : entry->title;
    candidate->keys[candidate->key_count++] = nashra_link_hash("guid", candidate->feed->url, identity);
    const int status = canonical.failed || candidate->link.failed ? NASHRA_ENOMEM : NASHRA_OK;
    nashra_buffer_finish(&canonical);
    return status;
}

/* By name the newest comes first, as everything that plays a folder has it. */
static void name_file(struct candidate *candidate) {
    snprintf(candidate->file, sizeof candidate->file, "%010lld-%016llx.txt",
             NASHRA_STORY_LAST - (long long)candidate->published, (unsigned long long)candidate->keys[0]);
}

/* A clock that runs ahead, here or there, makes no news of tomorrow. What has no date is as old as its place in the
 * feed says: feeds list the newest first. */
static int64_t date_of(const struct nashra_feed_entry *entry, int64_t now, size_t place) {
    const int64_t date = entry->published != NASHRA_FEED_NO_DATE ? entry->published : entry->updated;
    return date == NASHRA_FEED_NO_DATE || date > now || date < 0 ? now - (int64_t)place : date;
}

/* Its text -------------------------------------------------------------------------------------------------------- */

static size_t letters_of(const struct nashra_page *page) {
    size_t letters = 0;
    for (size_t i = 0; i < page->body.length; i++)
        letters += ((unsigned char)page->body.data[i] & 0xC0) != 0x80;
    return letters;
}

static void add_text(struct nashra_buffer *out, const char *text) {
    for (; *text; text++)
        if (*text == '<' || *text == '>' || *text == '&')
            nashra_buffer_add_format(out, "&#%d;", *text);
        else
            nashra_buffer_add(out, text, 1);
}

/* A piece of HTML out of the feed, as a page of its own. */
static int parse_piece(struct candidate *candidate, const char *html, struct nashra_page *page) {
    struct nashra_buffer document = {0};
    nashra_buffer_add_string(&document, "<!DOCTYPE html><html lang=\"ar\"><head><meta charset=\"utf-8\"><title>");
    add_text(&document, candidate->entry->title);
    nashra_buffer_add_string(&document, "</title></head><body><article><h1>");
    add_text(&document, candidate->entry->title);
    nashra_buffer_add_format(&document, "</h1><p>%s</p></article></body></html>", html);
    const char *name = candidate->link.length ? candidate->link.data : candidate->feed->url;
    const int status = document.failed ? NASHRA_ENOMEM : nashra_page_parse(document.data, document.length, name, page);
    nashra_buffer_finish(&document);
    return status;
}

static int fetch_page(struct candidate *candidate, struct nashra_page *page) {
    const struct nashra_fetch_request request = {.url = candidate->link.data,
                                                 .allow_http = candidate->visit->options->allow_http,
                                                 .refuse_inside = !candidate->feed->inside,
                                                 .stopped = candidate->visit->options->stopped};
    struct nashra_fetch_response response;
    int status = nashra_polite_fetch(candidate->visit, &request, &response);
    if (status >= 0)
        status = nashra_page_parse(response.bytes, response.length, request.url, page);
    nashra_fetch_finish(&response);
    return status;
}

static void take_longer(struct candidate *candidate, struct nashra_page *page) {
    if (letters_of(page) > letters_of(&candidate->page)) {
        const struct nashra_page shorter = candidate->page;
        candidate->page = *page;
        *page = shorter;
    }
    nashra_page_finish(page);
}

static void try_piece(struct candidate *candidate, const char *html) {
    struct nashra_page page;
    if (*html && parse_piece(candidate, html, &page) >= 0)
        take_longer(candidate, &page);
}

/* @return 0: there is a text, though it may be none; NASHRA_EAGAIN: the page may be had later. */
static int find_text(struct candidate *candidate, size_t *pages) {
    struct nashra_page page;
    try_piece(candidate, candidate->entry->content_html);
    if (letters_of(&candidate->page) >= FULL_LETTERS || candidate->link.length == 0) {
        if (letters_of(&candidate->page) == 0)
            try_piece(candidate, candidate->entry->summary_html);
        return NASHRA_OK;
    }
    const size_t most = candidate->visit->options->pages ? candidate->visit->options->pages : PAGES;
    if (*pages >= most)
        return NASHRA_EAGAIN;
    ++*pages;
    const int status = fetch_page(candidate, &page);
    if (status == NASHRA_EAGAIN || status == NASHRA_EIO || status == NASHRA_STOPPED || status == NASHRA_ENOMEM ||
        status == NASHRA_EINTERNAL)
        return status;
    if (status >= 0)
        take_longer(candidate, &page);
    try_piece(candidate, candidate->entry->summary_html);
    return NASHRA_OK;
}

/* Keeping it ------------------------------------------------------------------------------------------------------ */

static void put_source(struct candidate *candidate) {
    char when[32];
    struct tm local;
    const time_t published = (time_t)candidate->published;
    localtime_r(&published, &local);
    strftime(when, sizeof when, "%d/%m/%Y %H:%M", &local);
    const char *const parts[] = {candidate->feed->source, when};
    nashra_news_words_fill(candidate->visit->library->words.source, parts, 2, &candidate->text);
}

/* A title is one line of bearable length; the page's, where the feed has none. */
static void put_title(struct candidate *candidate, struct nashra_buffer *out) {
    const char *title =
        *candidate->entry->title ? candidate->entry->title : nashra_buffer_string(&candidate->page.title);
    for (size_t length = 0; *title && (length < TITLE_MOST || ((unsigned char)*title & 0xC0) == 0x80);
         title++, length++)
        nashra_buffer_add(out, (unsigned char)*title < ' ' ? " " : title, 1);
    if (out->length == 0)
        nashra_buffer_add_string(out, candidate->feed->source);
}

static int write_text(void *user) {
    struct candidate *candidate = user;
    struct nashra_buffer path = {0};
    nashra_buffer_add_format(&path, "%s/news/%s", candidate->visit->library->folder, candidate->file);
    const int status =
        path.failed ? NASHRA_ENOMEM
                    : nashra_file_write(path.data, candidate->text.data, candidate->text.length, candidate->published);
    nashra_buffer_finish(&path);
    return status;
}

static int keep(struct candidate *candidate) {
    struct nashra_update_result *result = candidate->visit->result;
    struct nashra_buffer title = {0};
    put_title(candidate, &title);
    nashra_buffer_add_format(&candidate->text, "# %s\n\n", nashra_buffer_string(&title));
    nashra_buffer_add_format(&candidate->text, "%s\n\n", nashra_buffer_string(&candidate->page.body));
    put_source(candidate);
    nashra_buffer_add_string(&candidate->text, "\n");
    const struct nashra_story_draft draft = {
        .file = candidate->file,
        .title = nashra_buffer_string(&title),
        .text = nashra_buffer_string(&candidate->page.body),
        .source = candidate->feed->source,
        .feed = candidate->feed->url,
        .link = nashra_buffer_string(&candidate->link),
        .published = candidate->published,
        .now = nashra_visit_now(),
        .keys = candidate->keys,
        .key_count = candidate->key_count,
    };
    int status = candidate->text.failed || title.failed || candidate->page.body.failed ? NASHRA_ENOMEM : NASHRA_OK;
    if (status >= 0)
        status = nashra_stories_add(candidate->visit->library->stories, &draft, write_text, candidate, NULL);
    nashra_buffer_finish(&title);
    result->added += status == NASHRA_STORY_ADDED;
    result->same += status == NASHRA_STORY_SAME;
    return status < 0 ? status : NASHRA_OK;
}

/* One entry. @return 0; NASHRA_EAGAIN: it is left for later; other negatives end the update. */
static int take_in(struct candidate *candidate, size_t *pages) {
    struct nashra_stories *stories = candidate->visit->library->stories;
    const int64_t now = nashra_visit_now();
    candidate->published = date_of(candidate->entry, candidate->begun, candidate->place);
    int status = candidate->published < candidate->visit->oldest ? 1 : find_keys(candidate);
    if (status == 0)
        status = nashra_stories_known(stories, candidate->keys, candidate->key_count, now);
    if (status != 0)
        return status < 0 ? status : NASHRA_OK;
    name_file(candidate);
    status = find_text(candidate, pages);
    if (status < 0)
        return status == NASHRA_EIO ? NASHRA_EAGAIN : status;
    if (letters_of(&candidate->page) > 0)
        return keep(candidate);
    nashra_log(NASHRA_LOG_WARNING, "%s: no text was found; it is not asked for again",
               candidate->link.length ? candidate->link.data : candidate->feed->url);
    candidate->visit->result->unreadable++;
    return nashra_stories_note(stories, candidate->keys, candidate->key_count, now);
}

int nashra_intake(struct nashra_visit *visit, struct nashra_visit_feed *feed, const struct nashra_entries *entries) {
    /* One moment for all: pages take their time, and would turn the order round. */
    const int64_t begun = nashra_visit_now();
    size_t pages = 0;
    int status = NASHRA_OK;
    feed->complete = true;
    for (size_t i = 0; i < entries->count && status >= 0; i++) {
        struct candidate candidate = {
            .visit = visit, .feed = feed, .entry = &entries->list[i], .begun = begun, .place = i};
        if (nashra_visit_stopped(visit))
            return NASHRA_STOPPED;
        status = take_in(&candidate, &pages);
        finish(&candidate);
        if (status == NASHRA_EAGAIN) {
            feed->complete = false;
            status = NASHRA_OK;
        }
    }
    return status;
}
