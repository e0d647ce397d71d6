/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts tell the box. */
#include "box_parts.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum {
    FAULTS_A_SENTENCE = 3, /* then it is skipped */
    FAULTS_AN_ARTICLE = 2, /* while it is opened: then it can't be read */
    FAILURES_TOLD = 5      /* starts in vain: then the listener is told */
};

/* Keys ------------------------------------------------------------------------------------------------------------ */

void nashrad_box_keys(struct nashrad_box *box, const struct nashra_key_events *events) {
    for (size_t i = 0; i < events->count; i++)
        nashrad_box_feed(box, (struct nashra_reader_event){.kind = NASHRA_EVENT_KEY, .key = events->list[i]});
}

void nashrad_box_key(void *user, size_t key, bool down) {
    struct nashrad_box *box = user;
    nashrad_kiosk_key(box->services.kiosk, key, down, nashrad_now());
}

static void device_gone(void *user) {
    struct nashrad_box *box = user;
    nashra_keys_release(box->keys);
    nashrad_kiosk_release(box->services.kiosk);
}

const struct nashrad_input_events nashrad_box_input_events = {
    .key = nashrad_box_key, .plug = nashrad_box_plug, .gone = device_gone};

/* Speech ---------------------------------------------------------------------------------------------------------- */

static void progress(void *user, unsigned ticket, size_t offset) {
    struct nashrad_box *box = user;
    if (ticket & NASHRAD_ANNOUNCE_TICKET) {
        nashrad_announcing_progress(box->services.announcing, ticket, offset);
        return;
    }
    nashrad_box_feed(user,
                     (struct nashra_reader_event){.kind = NASHRA_EVENT_PROGRESS, .ticket = ticket, .offset = offset});
    nashrad_box_services_progress(box, offset);
}

static void finished(void *user, unsigned ticket) {
    struct nashrad_box *box = user;
    if (ticket & NASHRAD_ANNOUNCE_TICKET)
        nashrad_announcing_finished(box->services.announcing, ticket);
    else
        nashrad_box_feed(user, (struct nashra_reader_event){.kind = NASHRA_EVENT_FINISHED, .ticket = ticket});
}

static void card_back(void *user) {
    nashrad_box_fault(user, NASHRA_PROMPT_FAULT_CARD);
}

const struct nashrad_speech_events nashrad_box_speech_events = {
    .progress = progress, .finished = finished, .card_back = card_back};

/* The worker ------------------------------------------------------------------------------------------------------ */

static void ready(void *user, unsigned rate) {
    struct nashrad_box *box = user;
    (void)rate;
    box->told_lost = false;
    nashrad_engine_rate(box->engine, box->rate);
    if (box->wanted)
        nashrad_box_open(box, box->wanted);
    else if (box->document)
        nashrad_box_open(box, box->document->id);
    nashrad_speech_ask_again(box->speech);
}

static bool is_same(const struct nashrad_document *document, const struct nashra_segment *segments, size_t count,
                    const char *text, size_t length) {
    return document->length == length && document->count == count && memcmp(document->text, text, length) == 0 &&
           memcmp(document->segments, segments, count * sizeof *segments) == 0;
}

/* Opened because the reader wants it, because the worker is new, or because the file changed. */
static void document(void *user, nashra_article_id id, const struct nashra_segment *segments, size_t count,
                     const char *text, size_t length) {
    struct nashrad_box *box = user;
    if (id != box->wanted) {
        if (!box->document || box->document->id != id || is_same(box->document, segments, count, text, length))
            return;
    }
    nashrad_document_release(box->arriving);
    box->arriving = nashrad_document_create(id, segments, count, text, length);
    if (box->arriving)
        nashrad_journal_find(box->journal, box->arriving);
}

static void give_up(struct nashrad_box *box, nashra_article_id id) {
    box->wanted = 0;
    nashrad_box_feed(box, (struct nashra_reader_event){.kind = NASHRA_EVENT_UNREADABLE, .article = id});
}

static void unreadable(void *user, nashra_article_id id) {
    struct nashrad_box *box = user;
    if (id == box->wanted)
        give_up(box, id);
}

static void mark(void *user, uint32_t serial, size_t offset) {
    struct nashrad_box *box = user;
    nashrad_speech_mark(box->speech, serial, offset);
}

static void frames(void *user, uint32_t serial, const int16_t *samples, size_t count) {
    struct nashrad_box *box = user;
    nashrad_speech_frames(box->speech, serial, samples, count);
}

static void done(void *user, uint32_t serial) {
    struct nashrad_box *box = user;
    nashrad_speech_done(box->speech, serial);
}

/* The worker failed by itself at this place before: is it enough? */
static bool is_hopeless(struct nashrad_box *box, size_t offset, unsigned most) {
    box->faults = offset == box->fault_offset ? box->faults + 1 : 1;
    box->fault_offset = offset;
    if (box->faults < most)
        return false;
    box->faults = 0;
    return true;
}

static void skip_sentence(struct nashrad_box *box, size_t offset) {
    const struct nashra_reader_document view = {.text = box->document->text,
                                                .length = box->document->length,
                                                .segments = box->document->segments,
                                                .count = box->document->count};
    nashra_log(NASHRA_LOG_ERROR, "the sentence at byte %zu of article %lld can't be spoken; going on behind it", offset,
               (long long)box->document->id);
    nashrad_speech_skip(box->speech, nashra_reader_unit(&view, NASHRA_LEVEL_SENTENCE, offset).to);
}

static void lost(void *user, bool fault) {
    struct nashrad_box *box = user;
    size_t offset;
    if (box->engine && nashrad_engine_failures(box->engine) >= FAILURES_TOLD && !box->told_lost) {
        box->told_lost = true;
        nashrad_box_fault(box, NASHRA_PROMPT_FAULT_VOICE_LOST);
    }
    if (!fault)
        return;
    if (box->wanted && !box->arriving) {
        if (is_hopeless(box, SIZE_MAX - (size_t)box->wanted, FAULTS_AN_ARTICLE))
            give_up(box, box->wanted);
    } else if (box->document && nashrad_speech_owed(box->speech, &offset) &&
               is_hopeless(box, offset, FAULTS_A_SENTENCE)) {
        skip_sentence(box, offset);
    }
}

const struct nashrad_engine_events nashrad_box_engine_events = {.ready = ready,
                                                                .document = document,
                                                                .unreadable = unreadable,
                                                                .mark = mark,
                                                                .frames = frames,
                                                                .done = done,
                                                                .lost = lost};

/* Helpers --------------------------------------------------------------------------------------------------------- */

void nashrad_box_notice(struct nashrad_box *box, const struct nashrad_notice *notice) {
    switch (notice->kind) {
    case NASHRAD_NOTICE_SAY:
        nashrad_box_tell(box, notice->prompt, notice->numbers);
        break;
    case NASHRAD_NOTICE_SET:
        nashrad_journal_set(box->journal, notice->name, (int64_t)notice->numbers[0]);
        break;
    case NASHRAD_NOTICE_RESTART:
        box->restart = true;
    }
}

/* The journal ----------------------------------------------------------------------------------------------------- */

static void opened(struct nashrad_box *box, const struct nashrad_answer *answer) {
    struct nashra_reader_settings settings = answer->settings;
    settings.rate = settings.rate ? settings.rate : box->config->rate;
    settings.volume = settings.volume ? settings.volume : box->config->volume;
    if (box->reader || nashra_reader_create(&settings, &box->reader) < 0)
        return;
    const struct nashra_reader_view view = nashra_reader_view(box->reader);
    box->rate = view.rate;
    box->volume = view.volume;
    box->current = answer->current;
    box->when = answer->when;
    nashrad_speech_volume(box->speech, box->volume, box->fade);
    nashrad_engine_rate(box->engine, box->rate);
    nashrad_journal_scan(box->journal);
}

static void give_bookmarks(struct nashrad_box *box, const struct nashrad_answer *answer) {
    struct nashra_reader_bookmark *list = NULL;
    if (answer->bookmark_count > 0) {
        list = nashra_arena_alloc(answer->arena, answer->bookmark_count * sizeof *list);
        if (!list)
            return;
    }
    for (size_t i = 0; i < answer->bookmark_count; i++)
        list[i] = (struct nashra_reader_bookmark){answer->bookmarks[i].article, answer->bookmarks[i].offset};
    nashrad_box_feed(box, (struct nashra_reader_event){
                              .kind = NASHRA_EVENT_BOOKMARKS, .bookmarks = list, .count = answer->bookmark_count});
}

static void give_library(struct nashrad_box *box, const struct nashrad_answer *answer) {
    struct nashra_reader_entry *entries = NULL;
    if (answer->article_count > 0) {
        entries = nashra_arena_alloc(answer->arena, answer->article_count * sizeof *entries);
        if (!entries)
            return;
    }
    for (size_t i = 0; i < answer->article_count; i++)
        entries[i] = (struct nashra_reader_entry){
            .id = answer->articles[i].id, .fresh = answer->articles[i].fresh, .heard = answer->articles[i].heard};
    nashrad_box_feed(box, (struct nashra_reader_event){
                              .kind = NASHRA_EVENT_LIBRARY, .entries = entries, .count = answer->article_count});
}

static void start_reader(struct nashrad_box *box) {
    const int64_t now = (int64_t)time(NULL);
    const bool known = box->when > 0 && now >= box->when;
    box->started = true;
    nashrad_box_feed(box, (struct nashra_reader_event){.kind = NASHRA_EVENT_START,
                                                       .article = box->current,
                                                       .absence = known ? (now - box->when) * 1000 : -1,
                                                       .play = box->config->autoplay});
    if (box->faulty)
        nashrad_box_fault(box, NASHRA_PROMPT_FAULT_CONFIG);
    if (nashrad_watch_missing(box->watch))
        nashrad_box_fault(box, NASHRA_PROMPT_FAULT_FOLDER);
}

/* The file that is being read may be another one now: the worker opens it again, and what it was still to read of the
 * old one is asked for anew if it is the same after all. */
static void look_at_file(struct nashrad_box *box) {
    struct stat about;
    for (size_t i = 0; i < box->library->article_count; i++) {
        const struct nashra_store_article *article = &box->library->articles[i];
        if (!box->document || article->id != box->document->id || stat(article->path, &about) != 0)
            continue;
        const int64_t mtime = (int64_t)about.st_mtim.tv_sec * 1000000000 + about.st_mtim.tv_nsec;
        if (about.st_size == box->file_size && mtime == box->file_mtime)
            continue;
        nashrad_speech_take_back(box->speech);
        nashrad_box_open(box, article->id);
        nashrad_speech_ask_again(box->speech);
    }
}

static void library(struct nashrad_box *box, struct nashrad_answer *answer) {
    struct nashrad_answer *before = box->library;
    box->library = answer;
    give_bookmarks(box, answer);
    give_library(box, answer);
    if (!box->started)
        start_reader(box);
    else
        look_at_file(box);
    nashrad_answer_destroy(before);
}

/* The place of an article that arrived; or of one that the reader has left meanwhile. */
static void found(struct nashrad_box *box, const struct nashrad_answer *answer) {
    if (answer->document != box->arriving)
        return;
    struct nashrad_document *before = box->document;
    box->document = box->arriving;
    box->arriving = NULL;
    if (box->wanted == box->document->id)
        box->wanted = 0;
    const struct nashra_reader_document view = {.id = box->document->id,
                                                .text = box->document->text,
                                                .length = box->document->length,
                                                .segments = box->document->segments,
                                                .count = box->document->count,
                                                .place = answer->place};
    give_bookmarks(box, answer);
    nashrad_box_feed(box, (struct nashra_reader_event){.kind = NASHRA_EVENT_DOCUMENT, .document = &view});
    nashrad_document_release(before);
}

void nashrad_box_answers(int fd, void *user) {
    struct nashrad_box *box = user;
    (void)fd;
    for (struct nashrad_answer *answer; (answer = nashrad_journal_take(box->journal)) != NULL;) {
        switch (answer->kind) {
        case NASHRAD_ANSWER_OPENED:
            opened(box, answer);
            break;
        case NASHRAD_ANSWER_LIBRARY:
            library(box, answer); /* it keeps it */
            continue;
        case NASHRAD_ANSWER_FOUND:
            found(box, answer);
            break;
        case NASHRAD_ANSWER_FAULT:
            nashrad_box_fault(box, answer->prompt);
        }
        nashrad_answer_destroy(answer);
    }
}
