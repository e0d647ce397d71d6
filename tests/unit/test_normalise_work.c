/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile input costs as much as its length: blocks of code that run are counted, no time is taken. The room is built
 * for this test with a call at the head of each block (-fsanitize-coverage=trace-pc). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/normalise.h>

static uint64_t blocks;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void) {
    blocks++;
}

/* What is said over and over, behind what stands once before it. */
struct hostile {
    const char *head;
    const char *unit;
    size_t units;
};

static const struct hostile hostile[] = {
    {"", "1", 60000},       {"", "\"", 30000},
    {"", "« ", 20000},      {"", "ك", 60000},
    {"", "ا", 60000},       {"", "-", 30000},
    {"", "- ", 20000},      {"", "5-", 8000},
    {"#", "كلمة_", 8000},   {"", "#كلمة", 4000},
    {"", "1.", 10000},      {"", "123,", 8000},
    {"", "و ", 15000},      {"", "و5 ", 6000},
    {"", "ال ", 15000},     {"", "a", 60000},
    {"", "أ.", 8000},       {"http://a.b/", "a/", 8000},
    {"ك", "\u064e", 60000}, {"", "(", 30000},
    {"", "(5)", 6000},      {"", "5 ", 8000},
    {"", "+5", 8000},       {"", "5/", 8000},
    {"", "5:", 8000},       {"", "5a", 8000},
    {"", "😀", 8000},        {"", "5 مليون ", 3000},
    {"", "قال 5 ", 4000},   {"بلغ ", "كل شيء ", 6000},
    {"", "ص 5-6 ", 3000},   {"", "5 مايو 2020 - ", 2000},
    {"", "10:30 ", 5000},   {"", "ـ", 60000},
};

struct fixture {
    struct nashra_normaliser *normaliser;
    struct nashra_arena *arena;
};

static int set_up(void **state) {
    static struct fixture fixture;
    *state = &fixture;
    fixture.arena = nashra_arena_create();
    return fixture.arena != NULL ? nashra_normaliser_create(NASHRA_REGION_GULF, &fixture.normaliser) : -1;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    nashra_normaliser_destroy(fixture->normaliser);
    nashra_arena_destroy(fixture->arena);
    return 0;
}

static uint64_t work_of(const struct fixture *fixture, const struct hostile *input, size_t units) {
    size_t head = strlen(input->head), unit = strlen(input->unit), length = head + units * unit;
    char *text = malloc(length + 1);
    memcpy(text, input->head, head + 1);
    for (size_t i = 0; i < units; i++)
        memcpy(text + head + i * unit, input->unit, unit);
    text[length] = '\0';
    struct nashra_sentence sentence = {.kind = NASHRA_TEXT, .span = {0, length}, .arena = fixture->arena};
    nashra_arena_reset(fixture->arena);
    blocks = 0;
    assert_int_equal(nashra_normaliser_survey(fixture->normaliser, text, length), 0);
    assert_int_equal(nashra_normalise(fixture->normaliser, text, &sentence), 0);
    free(text);
    return blocks;
}

/* Twice the input, at most twice the work and a tenth. */
static void costs_its_length(void **state) {
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        uint64_t once = work_of(*state, &hostile[i], hostile[i].units);
        uint64_t twice = work_of(*state, &hostile[i], 2 * hostile[i].units);
        if (once == 0 || 10 * twice > 21 * once + 10000)
            fail_msg("%zu times %s%s: %llu blocks; twice as many: %llu", hostile[i].units, hostile[i].head,
                     hostile[i].unit, (unsigned long long)once, (unsigned long long)twice);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(costs_its_length, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
