/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small parts of nashrad: contacts that bounce, messages that come in pieces, packs that are damaged, spelling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "clips.h"
#include "debounce.h"
#include "notices.h"
#include "power.h"
#include "spelling.h"
#include "wire.h"

static char message[1000];

static void keep_message(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)user;
    snprintf(message, sizeof message, "%s", text);
}

/* Contacts -------------------------------------------------------------------------------------------------------- */

static void a_bouncing_contact_is_pressed_once(void **state) {
    (void)state;
    struct nashrad_debounce contact = {0};
    for (int64_t t = 100; t < 105; t++) {
        nashrad_debounce_edge(&contact, t, 8);
        assert_false(nashrad_debounce_settle(&contact, t % 2 == 0, t));
    }
    assert_int_equal(contact.settle_at, 112);
    assert_false(nashrad_debounce_settle(&contact, true, 111));
    assert_true(nashrad_debounce_settle(&contact, true, 112));
    assert_true(contact.down);
    assert_false(nashrad_debounce_settle(&contact, true, 120));
}

static void a_spike_is_no_press(void **state) {
    (void)state;
    struct nashrad_debounce contact = {0};
    nashrad_debounce_edge(&contact, 100, 8);
    nashrad_debounce_edge(&contact, 101, 8);
    assert_false(nashrad_debounce_settle(&contact, false, 109));
    assert_false(contact.pending);
}

/* Notices --------------------------------------------------------------------------------------------------------- */

static void notices_are_read_or_refused(void **state) {
    (void)state;
    struct nashrad_notice notice;
    static const char *const wrong[] = {"",
                                        "say",
                                        "say nothing.such",
                                        "say stick.articles",
                                        "restart 1",
                                        "set",
                                        "set volume",
                                        "say stick.articles 1 2",
                                        "set level 3",
                                        "say stick.found 1",
                                        "shout stick.found"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(nashrad_notice_read(wrong[i], &notice));
    assert_true(nashrad_notice_read("say stick.articles 12", &notice));
    assert_int_equal(notice.prompt, NASHRA_PROMPT_STICK_ARTICLES);
    assert_int_equal(notice.numbers[0], 12);
    assert_true(nashrad_notice_read("set volume 40", &notice));
    assert_string_equal(notice.name, "volume");
    assert_true(nashrad_notice_read("restart", &notice));
    assert_int_equal(notice.kind, NASHRAD_NOTICE_RESTART);
}

/* Power ----------------------------------------------------------------------------------------------------------- */

static void put(const char *folder, const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void a_battery_is_told_of_twice_on_its_way_down(void **state) {
    (void)state;
    static const struct {
        const char *status, *capacity;
        enum nashrad_power_news news;
    } days[] = {{"Discharging", "90", NASHRAD_POWER_SAME},  {"Discharging", "16", NASHRAD_POWER_SAME},
                {"Discharging", "15", NASHRAD_POWER_LOW},   {"Discharging", "14", NASHRAD_POWER_SAME},
                {"Discharging", "15", NASHRAD_POWER_SAME},  {"Discharging", "7", NASHRAD_POWER_LOW},
                {"Discharging", "6", NASHRAD_POWER_SAME},   {"Charging", "6", NASHRAD_POWER_SAME},
                {"Discharging", "8", NASHRAD_POWER_LOW},    {"Discharging", "3", NASHRAD_POWER_EMPTY},
                {"Unknown", "nonsense", NASHRAD_POWER_SAME}};
    char folder[] = "/tmp/nashra-power-XXXXXX", path[256];
    struct nashrad_power power = {0};
    int64_t next = 0;
    int charge;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        put(folder, "status", days[i].status);
        put(folder, "capacity", days[i].capacity);
        assert_int_equal(nashrad_power_look(&power, "/nonexistent", folder, next, &charge, &next), days[i].news);
        assert_int_equal(nashrad_power_look(&power, "/nonexistent", folder, next - 1, &charge, &next),
                         NASHRAD_POWER_SAME);
    }
    static const char *const names[] = {"/status", "/capacity", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s%s", folder, names[i]);
        assert_int_equal(remove(path), 0);
    }
}

static void weak_power_is_told_once_a_fall_and_never_lost(void **state) {
    (void)state;
    static const struct {
        const char *alarm, *capacity;
        enum nashrad_power_news news;
    } days[] = {{"0", "90", NASHRAD_POWER_SAME}, {"1", "90", NASHRAD_POWER_WEAK}, {"1", "90", NASHRAD_POWER_SAME},
                {"0", "90", NASHRAD_POWER_SAME}, {"1", "12", NASHRAD_POWER_LOW},  {"1", "12", NASHRAD_POWER_WEAK}};
    char folder[] = "/tmp/nashra-power-XXXXXX", alarm[64], path[256];
    struct nashrad_power power = {0};
    int64_t next = 0;
    int charge;
    assert_non_null(mkdtemp(folder));
    snprintf(alarm, sizeof alarm, "%s/alarm*", folder);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        put(folder, "alarm0", days[i].alarm);
        put(folder, "capacity", days[i].capacity);
        assert_int_equal(nashrad_power_look(&power, alarm, folder, next, &charge, &next), days[i].news);
    }
    static const char *const names[] = {"/alarm0", "/capacity", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s%s", folder, names[i]);
        assert_int_equal(remove(path), 0);
    }
}

/* Messages -------------------------------------------------------------------------------------------------------- */

static void messages_come_whole_however_they_are_cut(void **state) {
    (void)state;
    char stream[3 * sizeof(struct nashra_wire) + 3];
    const struct nashra_wire heads[] = {{.kind = NASHRAD_WIRE_DONE, .serial = 7},
                                        {.kind = NASHRAD_WIRE_SAY, .serial = 8, .length = 3},
                                        {.kind = NASHRAD_WIRE_READY, .number = 22050}};
    memcpy(stream, &heads[0], sizeof *heads);
    memcpy(stream + sizeof *heads, &heads[1], sizeof *heads);
    memcpy(stream + 2 * sizeof *heads, "abc", 3);
    memcpy(stream + 2 * sizeof *heads + 3, &heads[2], sizeof *heads);
    for (size_t piece = 1; piece <= sizeof stream; piece++) {
        struct nashra_buffer in = {0};
        struct nashra_wire head;
        const char *bytes;
        size_t at = 0, count = 0;
        for (size_t sent = 0; sent < sizeof stream; sent += piece) {
            nashra_buffer_add(&in, stream + sent, sizeof stream - sent < piece ? sizeof stream - sent : piece);
            while (nashra_wire_next(&in, &at, &head, &bytes) == 1) {
                assert_memory_equal(&head, &heads[count], sizeof head);
                if (head.length)
                    assert_memory_equal(bytes, "abc", 3);
                count++;
            }
            nashra_wire_trim(&in, &at);
        }
        assert_int_equal(count, 3);
        nashra_buffer_finish(&in);
    }
}

static void nonsense_is_no_message(void **state) {
    (void)state;
    struct nashra_buffer in = {0};
    const struct nashra_wire head = {.kind = 1, .length = SIZE_MAX};
    struct nashra_wire got;
    const char *bytes;
    size_t at = 0;
    nashra_buffer_add(&in, (const char *)&head, sizeof head);
    assert_int_equal(nashra_wire_next(&in, &at, &got, &bytes), NASHRA_EINTERNAL);
    nashra_buffer_finish(&in);
}

/* The other end never reads: what is offered is refused when its socket is full, and nobody waits. */
static void what_nobody_reads_is_refused(void **state) {
    int pair[2], status = NASHRA_OK, taken = 0;
    static char text[4000];
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    for (; status == NASHRA_OK; taken++)
        status = nashra_wire_offer(pair[0], (struct nashra_wire){.kind = 1, .length = sizeof text}, text);
    assert_int_equal(status, NASHRA_EAGAIN);
    assert_true(taken > 2);
    close(pair[1]);
    assert_int_equal(nashra_wire_offer(pair[0], (struct nashra_wire){.kind = 1}, NULL), NASHRA_EIO);
    close(pair[0]);
}

static void a_closed_end_is_noticed_and_no_signal(void **state) {
    (void)state;
    int pair[2];
    struct nashra_buffer in = {0};
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(nashra_wire_receive(pair[0], &in), 0);
    assert_int_equal(nashra_wire_send(pair[1], (struct nashra_wire){.kind = 1, .length = 2}, "xy"), NASHRA_OK);
    close(pair[1]);
    assert_int_equal(nashra_wire_receive(pair[0], &in), 1);
    assert_int_equal(in.length, sizeof(struct nashra_wire) + 2);
    assert_int_equal(nashra_wire_receive(pair[0], &in), NASHRA_EIO);
    assert_int_equal(nashra_wire_send(pair[0], (struct nashra_wire){.kind = 1}, NULL), NASHRA_EIO);
    close(pair[0]);
    nashra_buffer_finish(&in);
}

/* Packs ----------------------------------------------------------------------------------------------------------- */

struct pack {
    struct nashrad_clips_head head;
    struct nashrad_clip_entry entries[4];
    int16_t frames[10];
};

static const struct pack good = {
    .head = {NASHRAD_CLIPS_MAGIC, 22050, 4},
    .entries = {{"new.count/0", 0, 4}, {"new.count/1", 4, 0}, {"#3", 4, 6}, {"ready/0", 0, 1}},
    .frames = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}};

static int open_pack(const void *bytes, size_t length, struct nashrad_clips **clips) {
    char path[] = "/tmp/nashra-pack-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), length);
    close(fd);
    const int status = nashrad_clips_open(path, clips);
    unlink(path);
    return status;
}

static void a_prompt_is_made_of_its_clips(void **state) {
    (void)state;
    struct nashrad_clips *clips;
    struct nashrad_clip list[NASHRAD_CLIPS_MAX];
    assert_int_equal(open_pack(&good, sizeof good, &clips), NASHRA_OK);
    assert_int_equal(nashrad_clips_rate(clips), 22050);
    assert_int_equal(nashrad_clips_prompt(clips, NASHRA_PROMPT_NEW_COUNT, (size_t[]){3, 0}, list), 3);
    assert_int_equal(list[0].count, 4);
    assert_int_equal(list[1].count, 6);
    assert_int_equal(list[1].frames[0], 5);
    assert_int_equal(list[2].count, 0);
    assert_int_equal(nashrad_clips_prompt(clips, NASHRA_PROMPT_NEW_COUNT, (size_t[]){4, 0}, list), 0);
    assert_int_equal(nashrad_clips_prompt(clips, NASHRA_PROMPT_GOODBYE, (size_t[]){0, 0}, list), 0);
    assert_int_equal(nashrad_clips_prompt(clips, NASHRA_PROMPT_READY, (size_t[]){0, 0}, list), 1);
    nashrad_clips_close(clips);
    nashrad_clips_close(NULL);
}

static void a_damaged_pack_is_refused(void **state) {
    (void)state;
    struct nashrad_clips *clips;
    struct pack bad = good;
    for (size_t length = 0; length < sizeof good; length++) {
        assert_int_equal(open_pack(&good, length, &clips), NASHRA_ECONFIG);
        assert_null(clips);
    }
    bad.head.magic[0] = 'X';
    assert_int_equal(open_pack(&bad, sizeof bad, &clips), NASHRA_ECONFIG);
    bad = good;
    bad.head.count = UINT32_MAX;
    assert_int_equal(open_pack(&bad, sizeof bad, &clips), NASHRA_ECONFIG);
    bad = good;
    bad.entries[2].first = UINT32_MAX;
    assert_int_equal(open_pack(&bad, sizeof bad, &clips), NASHRA_ECONFIG);
    assert_non_null(strstr(message, "clip 3 lies outside"));
    bad = good;
    memset(bad.entries[1].name, 'x', sizeof bad.entries[1].name);
    assert_int_equal(open_pack(&bad, sizeof bad, &clips), NASHRA_ECONFIG);
    assert_int_equal(nashrad_clips_open("/nonexistent", &clips), NASHRA_ECONFIG);
}

/* Spelling -------------------------------------------------------------------------------------------------------- */

static void check_name(const struct nashrad_spelling *spelling, const char *letter, const char *expected) {
    struct nashra_buffer name = {0};
    assert_int_equal(nashrad_spelling_name(spelling, letter, strlen(letter), &name), NASHRA_OK);
    assert_string_equal(nashra_buffer_string(&name), expected);
    nashra_buffer_finish(&name);
}

static void letters_have_names_with_their_marks(void **state) {
    (void)state;
    struct nashrad_spelling *spelling;
    assert_int_equal(nashrad_spelling_create(&spelling), NASHRA_OK);
    check_name(spelling, "ب", "بَاء ");
    check_name(spelling, "م\xd9\x91\xd9\x8e", "مِيم شَدَّة فَتْحَة "); /* shadda, fatha */
    check_name(spelling, "b", "بِي ");
    check_name(spelling, "7", "7 ");
    nashrad_spelling_destroy(spelling);
    nashrad_spelling_destroy(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bouncing_contact_is_pressed_once),
        cmocka_unit_test(a_spike_is_no_press),
        cmocka_unit_test(notices_are_read_or_refused),
        cmocka_unit_test(a_battery_is_told_of_twice_on_its_way_down),
        cmocka_unit_test(weak_power_is_told_once_a_fall_and_never_lost),
        cmocka_unit_test(messages_come_whole_however_they_are_cut),
        cmocka_unit_test(nonsense_is_no_message),
        cmocka_unit_test(what_nobody_reads_is_refused),
        cmocka_unit_test(a_closed_end_is_noticed_and_no_signal),
        cmocka_unit_test(a_prompt_is_made_of_its_clips),
        cmocka_unit_test(a_damaged_pack_is_refused),
        cmocka_unit_test(letters_have_names_with_their_marks),
    };
    nashra_log_set_handler(keep_message, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
