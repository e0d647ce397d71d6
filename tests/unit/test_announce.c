/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Announcements over an article in virtual time: what is said, when, and what goes on afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/announce.h>
#include <nashra/memory.h>

/* A loudspeaker, an article and a clock. What happens is written down: "a3" is sentence 3 of the article begun, "+7.0"
 * announcement 7 begun at its sentence 0, "-7" stopped, "=7" over. */
struct world {
    struct nashra_announcer *announcer;
    int64_t now;
    bool playing, held;
    size_t sentence; /* of the article */
    int64_t next_sentence;
    size_t held_at;    /* sentence in which it was held */
    uint64_t speaking; /* 0: none */
    int64_t ends;
    char log[4096];
    size_t logged;
    unsigned char *times; /* by id: how often it was spoken to its end */
    int64_t last_end;
};

static void note(struct world *world, const char *what, uint64_t number) {
    if (world->logged + 24 < sizeof world->log)
        world->logged += (size_t)snprintf(world->log + world->logged, 24, "%s%s%llu", world->logged ? " " : "", what,
                                          (unsigned long long)number);
}

static void do_one(struct world *world, const struct nashra_announce_action *action) {
    switch (action->kind) {
    case NASHRA_ANNOUNCE_HOLD:
        assert_true(world->playing && !world->held);
        world->held = true;
        world->held_at = world->sentence;
        break;
    case NASHRA_ANNOUNCE_RELEASE:
        assert_true(world->held && world->speaking == 0);
        world->held = false;
        assert_int_equal(world->sentence, world->held_at); /* nothing was read meanwhile */
        world->next_sentence = world->now + 300;           /* its sentence is read again, from its beginning */
        if (action->dropped)
            world->playing = false;
        else if (world->playing)
            note(world, "a", world->sentence);
        break;
    case NASHRA_ANNOUNCE_START:
        assert_int_equal(world->speaking, 0);
        assert_true(!world->playing || world->held); /* never over the article */
        world->speaking = action->id;
        world->ends = world->now + 100;
        note(world, action->place ? "~" : "+", action->id);
        break;
    case NASHRA_ANNOUNCE_STOP:
        assert_int_equal(world->speaking, action->id);
        world->speaking = 0;
        note(world, "-", action->id);
        break;
    }
}

static void do_all(struct world *world, const struct nashra_announce_actions *actions) {
    for (size_t i = 0; i < actions->count; i++)
        do_one(world, &actions->list[i]);
}

static uint64_t say(struct world *world, struct nashra_announcement announcement) {
    struct nashra_announce_actions actions;
    uint64_t id;
    announcement.text = "نص";
    assert_int_equal(nashra_announcer_submit(world->announcer, &announcement, world->now, &id, &actions), NASHRA_OK);
    do_all(world, &actions);
    return id;
}

static void finish_speech(struct world *world, enum nashra_outcome outcome) {
    struct nashra_announce_actions actions;
    const uint64_t id = world->speaking;
    world->speaking = 0;
    if (outcome == NASHRA_OUTCOME_SPOKEN && world->times)
        world->times[id]++;
    note(world, "=", id);
    nashra_announcer_over(world->announcer, id, outcome, world->now, &actions);
    do_all(world, &actions);
}

static void play(struct world *world, bool playing) {
    struct nashra_announce_actions actions;
    world->playing = playing;
    world->next_sentence = world->now + 300;
    if (playing)
        note(world, "a", world->sentence);
    nashra_announcer_article(world->announcer, playing, world->now, &actions);
    do_all(world, &actions);
}

/* Lets time pass: sentences begin, speech ends, what is due comes. */
static void run(struct world *world, int64_t until) {
    struct nashra_announce_actions actions;
    for (;;) {
        const int64_t deadline = nashra_announcer_deadline(world->announcer);
        int64_t next = until;
        const bool reads = world->playing && !world->held;
        if (world->speaking && world->ends < next)
            next = world->ends;
        if (reads && world->next_sentence < next)
            next = world->next_sentence;
        if (deadline >= 0 && deadline < next)
            next = deadline;
        world->now = next > world->now ? next : world->now;
        if (world->speaking && world->ends <= world->now) {
            finish_speech(world, NASHRA_OUTCOME_SPOKEN);
        } else if (reads && world->next_sentence <= world->now) {
            world->next_sentence = world->now + 300;
            note(world, "a", ++world->sentence);
            nashra_announcer_sentence(world->announcer, world->now, &actions);
            do_all(world, &actions);
        } else if (deadline >= 0 && deadline <= world->now) {
            nashra_announcer_tick(world->announcer, world->now, &actions);
            do_all(world, &actions);
        } else if (world->now >= until) {
            return;
        }
    }
}

static struct world make(size_t most, unsigned burst) {
    const struct nashra_announcer_options options = {
        .queue_most = most, .history_most = 64, .burst = burst, .per_minute = 60};
    struct world world = {.now = 1000};
    assert_int_equal(nashra_announcer_create(&options, &world.announcer), NASHRA_OK);
    return world;
}

static void check(struct world *world, const char *expected) {
    assert_string_equal(world->log, expected);
    nashra_announcer_destroy(world->announcer);
}

#define P(n) .priority = (n)
#define INTERRUPT .manner = NASHRA_MANNER_INTERRUPT
#define WAIT .manner = NASHRA_MANNER_WAIT
#define YIELD .manner = NASHRA_MANNER_YIELD

static void an_urgent_one_cuts_the_article(void **state) {
    struct world w = make(8, 0);
    (void)state;
    play(&w, true);
    run(&w, 1450); /* in its second sentence */
    say(&w, (struct nashra_announcement){P(5), INTERRUPT});
    run(&w, 1700);
    check(&w, "a0 a1 +1 =1 a1");
}

static void a_polite_one_waits_for_the_sentence(void **state) {
    struct world w = make(8, 0);
    (void)state;
    play(&w, true);
    run(&w, 1450);
    say(&w, (struct nashra_announcement){P(5), WAIT});
    run(&w, 1800);
    check(&w, "a0 a1 a2 +1 =1 a2");
}

static void a_modest_one_waits_for_silence_and_gives_way(void **state) {
    struct world w = make(8, 0);
    (void)state;
    play(&w, true);
    say(&w, (struct nashra_announcement){P(5), YIELD});
    run(&w, 1650);
    play(&w, false);
    run(&w, 1700);
    play(&w, true); /* in the middle of it */
    run(&w, 1750);
    play(&w, false);
    run(&w, 2000);
    check(&w, "a0 a1 a2 +1 a2 -1 +1 =1");
}

static void higher_ones_cut_and_lower_ones_go_on(void **state) {
    struct world w = make(8, 0);
    (void)state;
    say(&w, (struct nashra_announcement){P(3), INTERRUPT});
    nashra_announcer_place(w.announcer, 1, 2);
    run(&w, 1050);
    say(&w, (struct nashra_announcement){P(7), INTERRUPT});
    say(&w, (struct nashra_announcement){P(3), INTERRUPT});
    say(&w, (struct nashra_announcement){P(9), WAIT});
    run(&w, 2000);
    check(&w, "+1 -1 +2 =2 +4 =4 ~1 =1 +3 =3"); /* 1 goes on at its sentence, before 3 */
}

static void what_is_dropped_does_not_go_on(void **state) {
    struct world w = make(8, 0);
    struct nashra_announce_view view;
    (void)state;
    play(&w, true);
    say(&w, (struct nashra_announcement){P(3), INTERRUPT});
    run(&w, 1050);
    say(&w, (struct nashra_announcement){P(7), INTERRUPT, .drops = true});
    run(&w, 5000);
    assert_true(nashra_announcer_find(w.announcer, 1, &view));
    assert_int_equal(view.outcome, NASHRA_OUTCOME_DROPPED);
    assert_false(w.playing);
    check(&w, "a0 +1 -1 +2 =2");
}

static void a_schedule_is_kept(void **state) {
    struct world w = make(8, 0);
    struct nashra_announce_view view;
    (void)state;
    say(&w, (struct nashra_announcement){P(5), INTERRUPT, .due = 3000, .repeats = 2, .interval = 500});
    say(&w, (struct nashra_announcement){P(5), INTERRUPT, .due = 9000, .expires = 8000});
    run(&w, 2999);
    assert_string_equal(w.log, "");
    run(&w, 20000);
    assert_true(nashra_announcer_find(w.announcer, 1, &view));
    assert_int_equal(view.times, 3);
    assert_int_equal(view.ended, 3000 + 3 * 100 + 2 * 500);
    assert_true(nashra_announcer_find(w.announcer, 2, &view));
    assert_int_equal(view.outcome, NASHRA_OUTCOME_EXPIRED);
    assert_int_equal(nashra_announcer_deadline(w.announcer), -1);
    check(&w, "+1 =1 +1 =1 +1 =1");
}

static void a_repeated_one_goes_behind_its_equals(void **state) {
    struct world w = make(8, 0);
    (void)state;
    say(&w, (struct nashra_announcement){P(5), INTERRUPT, .repeats = 1});
    say(&w, (struct nashra_announcement){P(5), INTERRUPT});
    say(&w, (struct nashra_announcement){P(4), INTERRUPT});
    run(&w, 2000);
    check(&w, "+1 =1 +2 =2 +1 =1 +3 =3");
}

/* What is asked about one at each point of its life; what is reported of another changes nothing. */
static void what_is_known_of_one(void **state) {
    struct world w = make(8, 0);
    struct nashra_announce_view view;
    (void)state;
    assert_int_equal(nashra_announcer_current(w.announcer), 0);
    assert_false(nashra_announcer_waiting(w.announcer, 0, &view));
    assert_false(nashra_announcer_history(w.announcer, 0, &view));
    say(&w, (struct nashra_announcement){P(5), INTERRUPT});
    say(&w, (struct nashra_announcement){P(5), WAIT, .due = 5000});
    assert_int_equal(nashra_announcer_current(w.announcer), 1);
    nashra_announcer_place(w.announcer, 1, 3);
    nashra_announcer_place(w.announcer, 1, 2); /* never back */
    nashra_announcer_place(w.announcer, 2, 4); /* isn't spoken */
    assert_true(nashra_announcer_find(w.announcer, 1, &view));
    assert_true(view.speaking);
    assert_int_equal(view.place, 3);
    assert_int_equal(view.outcome, NASHRA_OUTCOME_PENDING);
    assert_int_equal(view.ended, 0);
    assert_true(nashra_announcer_waiting(w.announcer, 1, &view));
    assert_int_equal(view.id, 2);
    assert_false(view.speaking);
    assert_int_equal(view.place, 0);
    assert_string_equal(view.announcement.text, "نص");
    assert_int_equal(view.announcement.due, 5000);
    assert_false(nashra_announcer_waiting(w.announcer, 2, &view));
    run(&w, 2000);
    assert_int_equal(nashra_announcer_current(w.announcer), 0);
    assert_true(nashra_announcer_history(w.announcer, 0, &view));
    assert_int_equal(view.id, 1);
    assert_false(view.speaking);
    assert_int_equal(view.outcome, NASHRA_OUTCOME_SPOKEN);
    assert_int_equal(view.ended, 1100);
    assert_int_equal(view.times, 1);
    assert_false(nashra_announcer_history(w.announcer, 1, &view));
    assert_false(nashra_announcer_find(w.announcer, 3, &view));
    check(&w, "+1 =1");
}

static void all_have_names(void **state) {
    (void)state;
    assert_string_equal(nashra_manner_name(NASHRA_MANNER_INTERRUPT), "interrupt");
    assert_string_equal(nashra_manner_name(NASHRA_MANNER_WAIT), "wait");
    assert_string_equal(nashra_manner_name(NASHRA_MANNER_YIELD), "yield");
    for (int i = 0; i <= NASHRA_OUTCOME_FAILED; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(nashra_outcome_name((enum nashra_outcome)i),
                                    nashra_outcome_name((enum nashra_outcome)j));
    assert_string_equal(nashra_outcome_name(NASHRA_OUTCOME_CUT), "cut");
}

static void a_key_cuts_what_does_not_insist(void **state) {
    struct world w = make(8, 0);
    struct nashra_announce_view view;
    (void)state;
    say(&w, (struct nashra_announcement){P(5), INTERRUPT});
    finish_speech(&w, NASHRA_OUTCOME_CUT);
    say(&w, (struct nashra_announcement){P(5), INTERRUPT, .insistent = true});
    finish_speech(&w, NASHRA_OUTCOME_CUT);
    run(&w, 2000);
    assert_true(nashra_announcer_find(w.announcer, 1, &view));
    assert_int_equal(view.outcome, NASHRA_OUTCOME_CUT);
    check(&w, "+1 =1 +2 =2 +2 =2");
}

static void one_that_is_cancelled_is_silent(void **state) {
    struct world w = make(8, 0);
    struct nashra_announce_actions actions;
    (void)state;
    play(&w, true);
    say(&w, (struct nashra_announcement){P(5), INTERRUPT});
    say(&w, (struct nashra_announcement){P(5), INTERRUPT});
    assert_int_equal(nashra_announcer_cancel(w.announcer, 1, w.now, &actions), NASHRA_OK);
    do_all(&w, &actions);
    assert_int_equal(nashra_announcer_cancel(w.announcer, 1, w.now, &actions), NASHRA_ENOINPUT);
    assert_int_equal(nashra_announcer_cancel(w.announcer, 0, w.now, &actions), NASHRA_ENOINPUT);
    assert_int_equal(nashra_announcer_cancel(w.announcer, 2, w.now, &actions), NASHRA_OK);
    do_all(&w, &actions);
    run(&w, 1200);
    check(&w, "a0 +1 -1 +2 -2 a0");
}

static void too_much_is_refused(void **state) {
    struct world w = make(3, 2);
    struct nashra_announce_actions actions;
    struct nashra_announcement one = {.text = "x", .due = 100000, .source = 1};
    uint64_t id;
    (void)state;
    assert_int_equal(nashra_announcer_submit(w.announcer, &one, w.now, &id, &actions), NASHRA_OK);
    assert_int_equal(nashra_announcer_submit(w.announcer, &one, w.now, &id, &actions), NASHRA_OK);
    assert_int_equal(nashra_announcer_submit(w.announcer, &one, w.now, &id, &actions), NASHRA_EAGAIN); /* its rate */
    one.source = 2;
    assert_int_equal(nashra_announcer_submit(w.announcer, &one, w.now, &id, &actions), NASHRA_OK);
    assert_int_equal(nashra_announcer_submit(w.announcer, &one, w.now + 60000, &id, &actions),
                     NASHRA_EAGAIN); /* full */
    nashra_announcer_destroy(w.announcer);
}

/* ---- ten thousand ---- */

static uint64_t random_state = 12345;

static unsigned roll(unsigned sides) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(random_state >> 33) % sides;
}

static void none_is_lost_and_none_is_said_twice(void **state) {
    enum { ALL = 10000 };
    struct world w = make(ALL, 0);
    (void)state;
    w.times = calloc(ALL + 1, 1);
    assert_non_null(w.times);
    play(&w, true);
    for (size_t i = 1; i <= ALL; i++) {
        struct nashra_announcement one = {.priority = (int)roll(10), .manner = (enum nashra_manner)roll(3)};
        one.due = roll(4) == 0 ? w.now + roll(5000) : 0;
        const uint64_t id = say(&w, one);
        assert_int_equal(id, i);
        if (roll(3) == 0)
            nashra_announcer_place(w.announcer, w.speaking, roll(4));
        if (roll(50) == 0)
            play(&w, !w.playing);
        run(&w, w.now + roll(240));
    }
    /* Those that give way get their turn at last. */
    play(&w, false);
    run(&w, w.now + (int64_t)ALL * 200);
    for (size_t i = 1; i <= ALL; i++)
        assert_int_equal(w.times[i], 1);
    assert_int_equal(w.speaking, 0);
    assert_int_equal(nashra_announcer_current(w.announcer), 0);
    struct nashra_announce_view view;
    assert_false(nashra_announcer_waiting(w.announcer, 0, &view));
    free(w.times);
    nashra_announcer_destroy(w.announcer);
}

/* Without schedules and with one manner the order of the ends within a priority is that of the asking. */
static void order_is_kept_within_a_priority(void **state) {
    enum { ALL = 10000 };
    for (enum nashra_manner manner = NASHRA_MANNER_INTERRUPT; manner <= NASHRA_MANNER_YIELD; manner++) {
        struct world w = make(ALL, 0);
        uint64_t last[NASHRA_PRIORITY_MOST + 1] = {0};
        int *priorities = calloc(ALL + 1, sizeof *priorities);
        size_t submitted = 0, seen = 0;
        struct nashra_announce_view view;
        (void)state;
        assert_non_null(priorities);
        play(&w, manner != NASHRA_MANNER_YIELD);
        while (seen < ALL) {
            if (submitted < ALL && roll(3)) {
                struct nashra_announcement one = {.priority = (int)roll(10), .manner = manner};
                priorities[++submitted] = one.priority;
                say(&w, one);
            } else {
                run(&w, w.now + roll(120) + (submitted == ALL ? 100 : 0));
            }
            /* The newest of the history that weren't looked at yet. */
            size_t fresh = 0;
            while (nashra_announcer_history(w.announcer, fresh, &view) && view.ended > w.last_end)
                fresh++;
            for (size_t i = fresh; i-- > 0;) {
                nashra_announcer_history(w.announcer, i, &view);
                assert_int_equal(view.outcome, NASHRA_OUTCOME_SPOKEN);
                assert_true(view.id > last[priorities[view.id]]);
                last[priorities[view.id]] = view.id;
                w.last_end = view.ended;
                seen++;
            }
        }
        free(priorities);
        nashra_announcer_destroy(w.announcer);
    }
}

static void memory_may_run_out(void **state) {
    const struct nashra_announcer_options options = {.queue_most = 4, .history_most = 4};
    struct nashra_announcer *announcer;
    (void)state;
    for (unsigned long n = 1; n < 10; n++) {
        nashra_alloc_fail_after(n);
        const int status = nashra_announcer_create(&options, &announcer);
        nashra_alloc_fail_after(0);
        if (status == NASHRA_OK)
            break;
        assert_int_equal(status, NASHRA_ENOMEM);
        assert_null(announcer);
    }
    struct nashra_announcement one = {.text = "x"};
    struct nashra_announce_actions actions;
    uint64_t id;
    nashra_alloc_fail_after(1);
    assert_int_equal(nashra_announcer_submit(announcer, &one, 0, &id, &actions), NASHRA_ENOMEM);
    nashra_alloc_fail_after(0);
    assert_int_equal(nashra_announcer_submit(announcer, &one, 0, &id, &actions), NASHRA_OK);
    nashra_announcer_destroy(announcer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_urgent_one_cuts_the_article),
        cmocka_unit_test(a_polite_one_waits_for_the_sentence),
        cmocka_unit_test(a_modest_one_waits_for_silence_and_gives_way),
        cmocka_unit_test(higher_ones_cut_and_lower_ones_go_on),
        cmocka_unit_test(what_is_dropped_does_not_go_on),
        cmocka_unit_test(a_schedule_is_kept),
        cmocka_unit_test(a_repeated_one_goes_behind_its_equals),
        cmocka_unit_test(what_is_known_of_one),
        cmocka_unit_test(all_have_names),
        cmocka_unit_test(a_key_cuts_what_does_not_insist),
        cmocka_unit_test(one_that_is_cancelled_is_silent),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(none_is_lost_and_none_is_said_twice),
        cmocka_unit_test(order_is_kept_within_a_priority),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
