/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader under a million random events: no state is ever invalid, and undo undoes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/reader.h>
#include <nashra/table.h>

enum { ARTICLES = 6, SEGMENTS = 12, EVENTS = 1000000 };

struct world {
    uint64_t random;
    int64_t now;
    struct nashra_reader *reader;
    struct nashra_keys *keys;
    struct nashra_layout *layout;
    bool present[ARTICLES];
    struct nashra_segment segments[ARTICLES][SEGMENTS];
    char text[ARTICLES][SEGMENTS * 40];
    size_t counts[ARTICLES];
    nashra_article_id open, asked;
    size_t saved;
    bool off;
    unsigned said; /* speech actions and prompts so far */
};

/* splitmix64 (Steele, Lea, Flood): the same events on every machine. */
static uint64_t draw(struct world *w, uint64_t below) {
    uint64_t z = w->random += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % below;
}

/* A text of 1 … 12 segments of 1 … 4 words; every run of this draws another. */
static void write_article(struct world *w, size_t i) {
    static const char *const words[] = {"نَعَم ", "one ", "«لا»، ", "12 ", "... "};
    char *text = w->text[i];
    size_t at = 0, paragraph = 0;
    w->counts[i] = 1 + draw(w, SEGMENTS);
    for (size_t s = 0; s < w->counts[i]; s++) {
        const size_t from = at;
        for (size_t n = 1 + draw(w, 3); n > 0; n--) {
            const char *word = words[draw(w, 5)];
            memcpy(text + at, word, strlen(word));
            at += strlen(word);
        }
        w->segments[i][s] = (struct nashra_segment){
            .span = {from, at - 1},
            .kind = s == 0            ? NASHRA_TITLE
                    : draw(w, 5) == 0 ? NASHRA_HEADING
                                      : NASHRA_TEXT,
            .paragraph = paragraph,
            .continues = s > 0 && draw(w, 6) == 0,
        };
        paragraph += s == 0 || !w->segments[i][s].continues ? draw(w, 2) : 0;
    }
    text[at] = '\0';
}

static void check_span(const struct world *w, const struct nashra_action *action) {
    assert_true(action->article >= 1 && action->article <= ARTICLES);
    const size_t length = strlen(w->text[action->article - 1]);
    assert_true(action->span.from <= action->span.to && action->span.to <= length);
}

static void check_state(const struct world *w) {
    const struct nashra_reader_view view = nashra_reader_view(w->reader);
    assert_true((unsigned)view.mode <= NASHRA_READER_PLAYING);
    assert_true((unsigned)view.level < NASHRA_LEVEL_COUNT);
    assert_true((unsigned)view.skim < NASHRA_SKIM_COUNT);
    assert_in_range(view.rate, NASHRA_RATE_LEAST, NASHRA_RATE_MOST);
    assert_in_range(view.volume, NASHRA_VOLUME_LEAST, 100);
    assert_in_range(view.fade, 0, 100);
    assert_in_range(view.sleep_minutes, 0, 60);
    if (view.mode == NASHRA_READER_EMPTY) {
        assert_int_equal(view.article, 0);
        return;
    }
    assert_in_range(view.article, 1, ARTICLES);
    assert_true(w->present[view.article - 1]);
    assert_true(view.skim == NASHRA_SKIM_ALL || view.mode != NASHRA_READER_PAUSED);
    if (view.mode == NASHRA_READER_OPENING) {
        assert_int_equal(view.article, w->asked);
        return;
    }
    const struct nashra_segment *last = &w->segments[view.article - 1][w->counts[view.article - 1] - 1];
    assert_true(view.offset <= last->span.to);
    /* What plays has a speech whose reports count; what doesn't play, or is held, has none. */
    assert_int_equal(view.ticket != 0, view.mode == NASHRA_READER_PLAYING && !view.held);
    /* Time never stands still: what is due is in the future, or is done by the next tick. */
    assert_true(nashra_reader_deadline(w->reader) >= -1);
}

static void obey(struct world *w, const struct nashra_actions *actions) {
    assert_true(actions->count <= NASHRA_ACTIONS_MAX);
    for (size_t i = 0; i < actions->count; i++) {
        const struct nashra_action *action = &actions->list[i];
        switch (action->kind) {
        case NASHRA_ACTION_OPEN:
            w->asked = action->article;
            w->said++;
            break;
        case NASHRA_ACTION_READ:
            assert_false(nashra_reader_view(w->reader).held);
            assert_int_equal(i, actions->count - 1 - (actions->list[actions->count - 1].kind == NASHRA_ACTION_SAVE));
            check_span(w, action);
            w->said++;
            break;
        case NASHRA_ACTION_ASIDE:
        case NASHRA_ACTION_SPELL:
            check_span(w, action);
            w->said++;
            break;
        case NASHRA_ACTION_PROMPT:
            assert_true((unsigned)action->prompt < NASHRA_PROMPT_COUNT);
            w->said++;
            break;
        case NASHRA_ACTION_SAVE:
            check_span(w, action);
            w->saved = action->span.from;
            break;
        case NASHRA_ACTION_OFF:
            w->off = true;
            break;
        default:
            break;
        }
    }
}

static void feed(struct world *w, struct nashra_reader_event event) {
    struct nashra_actions actions;
    event.now = w->now;
    assert_int_equal(nashra_reader_step(w->reader, &event, &actions), NASHRA_OK);
    obey(w, &actions);
    check_state(w);
}

static void feed_library(struct world *w) {
    struct nashra_reader_entry entries[ARTICLES];
    size_t count = 0;
    for (size_t i = 0; i < ARTICLES; i++)
        if (w->present[i])
            entries[count++] = (struct nashra_reader_entry){
                .id = (nashra_article_id)i + 1, .fresh = draw(w, 4) == 0, .heard = draw(w, 3) == 0};
    feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_LIBRARY, .entries = entries, .count = count});
}

static void answer(struct world *w, bool readable) {
    const nashra_article_id id = w->asked;
    if (id == 0)
        return;
    const size_t i = (size_t)id - 1;
    if (!readable) {
        feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_UNREADABLE, .article = id});
        return;
    }
    const struct nashra_reader_document document = {
        .id = id,
        .text = w->text[i],
        .length = strlen(w->text[i]),
        .segments = w->segments[i],
        .count = w->counts[i],
        .place = draw(w, 2) ? 0 : draw(w, 600), /* beyond the end, too */
    };
    feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_DOCUMENT, .document = &document});
}

static void press(struct world *w, enum nashra_command command) {
    feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_KEY, .key = {.kind = NASHRA_KEY_PRESSED}});
    feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_KEY,
                                         .key = {.kind = NASHRA_KEY_COMMANDED, .command = command}});
}

static void use_keys(struct world *w) {
    struct nashra_key_events events;
    nashra_keys_change(w->keys, draw(w, 7), draw(w, 2) == 0, w->now, &events);
    assert_true(events.count <= NASHRA_KEY_EVENTS_MAX);
    for (size_t i = 0; i < events.count; i++)
        feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_KEY, .key = events.list[i]});
}

/* An article that isn't open is deleted, comes back, or is written anew; the open one changes only with a document. */
static void change_folder(struct world *w) {
    const size_t i = draw(w, ARTICLES);
    const struct nashra_reader_view view = nashra_reader_view(w->reader);
    const bool is_open = view.article == (nashra_article_id)i + 1;
    if (draw(w, 3) > 0) {
        w->present[i] = !w->present[i];
        feed_library(w);
        return;
    }
    write_article(w, i);
    if (is_open && view.mode != NASHRA_READER_OPENING) {
        w->asked = view.article;
        answer(w, true);
    }
}

static void report(struct world *w) {
    const struct nashra_reader_view view = nashra_reader_view(w->reader);
    const unsigned ticket = draw(w, 8) == 0 ? (unsigned)draw(w, 100) : view.ticket;
    if (draw(w, 4) == 0)
        feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_FINISHED, .ticket = ticket});
    else
        feed(w, (struct nashra_reader_event){
                    .kind = NASHRA_EVENT_PROGRESS, .ticket = ticket, .offset = view.offset + draw(w, 30)});
}

static void pass_time(struct world *w) {
    static const int64_t steps[] = {10, 800, 3000, 20000, 400000, 4000000, 90000000};
    struct nashra_key_events events;
    w->now += steps[draw(w, 7)];
    nashra_keys_tick(w->keys, w->now, &events);
    for (size_t i = 0; i < events.count; i++)
        feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_KEY, .key = events.list[i]});
    feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_TICK});
    const int64_t due = nashra_reader_deadline(w->reader);
    assert_true(due < 0 || due > w->now);
    assert_true(nashra_keys_deadline(w->keys) < 0 || nashra_keys_deadline(w->keys) > w->now);
}

static void one_event(struct world *w) {
    switch (draw(w, 12)) {
    case 11:
        if (draw(w, 4) == 0)
            feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_HOLD});
        else if (draw(w, 200) == 0)
            feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_RESET});
        else
            feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_RELEASE, .play = draw(w, 4) > 0});
        break;
    case 0:
        change_folder(w);
        break;
    case 1:
        answer(w, draw(w, 5) > 0);
        break;
    case 2:
    case 3:
    case 4:
        press(w, (enum nashra_command)draw(w, NASHRA_COMMAND_COUNT));
        break;
    case 5:
    case 6:
        use_keys(w);
        break;
    case 7:
        pass_time(w);
        break;
    case 8:
        feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_FAULT,
                                             .prompt = (enum nashra_prompt)draw(w, NASHRA_PROMPT_COUNT)});
        break;
    default:
        report(w);
    }
}

static struct world *create(uint64_t seed) {
    struct world *w = calloc(1, sizeof *w);
    struct nashra_buffer path = {0};
    const struct nashra_reader_settings settings = {.level = NASHRA_LEVEL_SENTENCE};
    assert_non_null(w);
    w->random = seed;
    assert_int_equal(nashra_data_path("layouts/five.tsv", &path), NASHRA_OK);
    assert_int_equal(nashra_layout_load(path.data, &w->layout), NASHRA_OK);
    assert_int_equal(nashra_keys_create(w->layout, &w->keys), NASHRA_OK);
    assert_int_equal(nashra_reader_create(&settings, &w->reader), NASHRA_OK);
    nashra_buffer_finish(&path);
    for (size_t i = 0; i < ARTICLES; i++) {
        write_article(w, i);
        w->present[i] = true;
    }
    feed_library(w);
    return w;
}

static void destroy(struct world *w) {
    nashra_reader_destroy(w->reader);
    nashra_keys_destroy(w->keys);
    nashra_layout_destroy(w->layout);
    free(w);
}

static void a_million_random_events(void **state) {
    (void)state;
    struct world *w = create(1);
    unsigned reached[4] = {0};
    feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_START, .play = true});
    for (int i = 0; i < EVENTS; i++) {
        one_event(w);
        reached[nashra_reader_view(w->reader).mode]++;
    }
    /* The walk must have been everywhere, or it shows nothing. */
    for (size_t i = 0; i < 4; i++)
        assert_true(reached[i] > EVENTS / 100);
    destroy(w);
}

/* From any state in which an article is open, no command is silent: it speaks, or it silences speech. */
static void every_command_is_answered(void **state) {
    (void)state;
    struct world *w = create(2);
    feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_START, .play = true});
    for (int i = 0; i < EVENTS / 20; i++) {
        one_event(w);
        const struct nashra_reader_view before = nashra_reader_view(w->reader);
        const enum nashra_command command = (enum nashra_command)(1 + draw(w, NASHRA_COMMAND_OFF));
        const unsigned said = w->said;
        if (before.mode < NASHRA_READER_PAUSED || before.fade < 100 || before.held)
            continue;
        press(w, command);
        const struct nashra_reader_view after = nashra_reader_view(w->reader);
        const bool paused = before.mode == NASHRA_READER_PLAYING && after.mode == NASHRA_READER_PAUSED;
        const bool volume = before.volume != after.volume;
        if (w->said == said && !paused && !volume)
            fail_msg("event %d: no answer to %s", i, nashra_command_name(command));
    }
    destroy(w);
}

static void settle(struct world *w) {
    while (nashra_reader_view(w->reader).mode == NASHRA_READER_OPENING)
        answer(w, true);
}

static void undo_undoes(void **state) {
    (void)state;
    static const enum nashra_command jumps[] = {NASHRA_COMMAND_NEXT,          NASHRA_COMMAND_PREVIOUS,
                                                NASHRA_COMMAND_NEXT_ARTICLE,  NASHRA_COMMAND_PREVIOUS_ARTICLE,
                                                NASHRA_COMMAND_NEXT_BOOKMARK, NASHRA_COMMAND_NEW,
                                                NASHRA_COMMAND_SKIM};
    struct world *w = create(3);
    unsigned jumped = 0;
    feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_START, .play = true});
    for (int i = 0; i < EVENTS / 20; i++) {
        one_event(w);
        settle(w);
        const struct nashra_reader_view before = nashra_reader_view(w->reader);
        if (before.mode < NASHRA_READER_PAUSED || before.describing || before.skim != NASHRA_SKIM_ALL ||
            before.fade < 100)
            continue;
        press(w, jumps[draw(w, sizeof jumps / sizeof *jumps)]);
        settle(w);
        const struct nashra_reader_view between = nashra_reader_view(w->reader);
        if (between.article == before.article && between.offset == before.offset)
            continue;
        press(w, NASHRA_COMMAND_UNDO);
        settle(w);
        const struct nashra_reader_view after = nashra_reader_view(w->reader);
        assert_int_equal(after.article, before.article);
        assert_int_equal(after.offset, before.offset);
        jumped++;
    }
    assert_true(jumped > 1000);
    destroy(w);
}

static void keeps_its_state_when_memory_runs_out(void **state) {
    (void)state;
    struct world *w = create(4);
    const struct nashra_reader_entry entries[] = {{.id = 3}};
    const struct nashra_reader_event event = {.kind = NASHRA_EVENT_LIBRARY, .entries = entries, .count = 1};
    struct nashra_actions actions;
    feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_START, .article = 2, .play = true});
    settle(w);
    nashra_alloc_fail_after(1);
    assert_int_equal(nashra_reader_step(w->reader, &event, &actions), NASHRA_ENOMEM);
    nashra_alloc_fail_after(0);
    assert_int_equal(actions.count, 0);
    assert_int_equal(nashra_reader_view(w->reader).article, 2);
    check_state(w);
    destroy(w);
}

/* Switched off, or handed to another listener, while an article is being opened: it comes, and is not read. */
static void what_arrives_too_late_is_not_read(void **state) {
    (void)state;
    for (int reset = 0; reset < 2; reset++) {
        struct world *w = create(5);
        feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_START, .article = 2, .play = true});
        assert_int_equal(nashra_reader_view(w->reader).mode, NASHRA_READER_OPENING);
        if (reset)
            feed(w, (struct nashra_reader_event){.kind = NASHRA_EVENT_RESET});
        else
            press(w, NASHRA_COMMAND_OFF);
        assert_int_equal(w->off, !reset);
        settle(w);
        assert_int_equal(nashra_reader_view(w->reader).mode, NASHRA_READER_PAUSED);
        destroy(w);
    }
}

/* Keys that were down when another listener came: nothing more comes of them, not when time passes, nor when they are
 * let go; a new press counts. */
static void released_keys_do_nothing(void **state) {
    (void)state;
    struct world *w = create(6);
    struct nashra_key_events events;
    const size_t play = (size_t)nashra_layout_find(w->layout, "play");
    assert_string_equal(nashra_layout_key_name(w->layout, play), "play");
    nashra_keys_change(w->keys, play, true, 0, &events);
    assert_true(nashra_keys_deadline(w->keys) > 0);
    nashra_keys_release(w->keys);
    assert_int_equal(nashra_keys_deadline(w->keys), -1);
    nashra_keys_tick(w->keys, 5000, &events);
    assert_int_equal(events.count, 0);
    nashra_keys_change(w->keys, play, false, 5001, &events);
    assert_int_equal(events.count, 0);
    nashra_keys_change(w->keys, play, true, 6000, &events);
    nashra_keys_change(w->keys, play, false, 6050, &events);
    assert_int_equal(events.count, 1);
    assert_int_equal(events.list[0].kind, NASHRA_KEY_COMMANDED);
    destroy(w);
}

static void starts_within_its_limits(void **state) {
    (void)state;
    struct nashra_reader *reader;
    const struct nashra_reader_settings wild = {.rate = 9999, .volume = 100, .level = (enum nashra_level)77};
    assert_int_equal(nashra_reader_create(&wild, &reader), NASHRA_OK);
    const struct nashra_reader_view view = nashra_reader_view(reader);
    assert_int_equal(view.rate, NASHRA_RATE_MOST);
    assert_int_equal(view.volume, NASHRA_VOLUME_DEFAULT);
    assert_int_equal(view.level, NASHRA_LEVEL_SENTENCE);
    nashra_reader_destroy(reader);
    nashra_reader_destroy(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_million_random_events),
        cmocka_unit_test(every_command_is_answered),
        cmocka_unit_test(undo_undoes),
        cmocka_unit_test(keeps_its_state_when_memory_runs_out),
        cmocka_unit_test(what_arrives_too_late_is_not_read),
        cmocka_unit_test(released_keys_do_nothing),
        cmocka_unit_test(starts_within_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
