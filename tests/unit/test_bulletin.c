/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bulletin as a whole: every allocation fails once, and each of many bulletins in one studio is as it is alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <nashra/bulletin.h>
#include <nashra/encode.h>

/* Allocations are made to fail one by one up to FINE, then every STRIDE-th: a prime, so that runs differ. */
enum { FINE = 40, STRIDE = 37 };

static char folder[] = "/tmp/nashra-bulletin-XXXXXX";
static char sting[128];
static struct nashra_studio *studio;

static const char script[] = "[bulletin]\ntitle = نشرة\nat = 2026-11-28T21:00\nintro = أهلا بكم.\nproof = yes\n"
                             "[item]\ntext = وصل 15 وزيرا.\n[item]\ntext = فاز QUAD أمس.\npriority = 9\n";

static void quiet(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)text;
    (void)user;
}

/* In stereo, so that the bulletin is, too. */
static void make_sting(void) {
    const struct nashra_encoding encoding = {.rate = 48000, .channels = 2};
    struct nashra_encoder *encoder;
    int32_t frames[2 * 4800];
    snprintf(sting, sizeof sting, "%s/sting.wav", folder);
    for (int i = 0; i < 4800; i++) {
        frames[2 * i] = i / 50 % 2 ? 1 << 28 : -(1 << 28);
        frames[2 * i + 1] = i / 80 % 2 ? 1 << 28 : -(1 << 28);
    }
    assert_int_equal(nashra_encoder_open(sting, &encoding, &encoder), NASHRA_OK);
    assert_int_equal(nashra_encoder_write(encoder, frames, 4800), NASHRA_OK);
    assert_int_equal(nashra_encoder_finish(encoder), NASHRA_OK);
    nashra_encoder_destroy(encoder);
}

static int set_up(void **state) {
    (void)state;
    nashra_log_set_handler(quiet, NULL);
    if (!mkdtemp(folder))
        return -1;
    make_sting();
    return nashra_studio_create(NULL, &studio);
}

static int tear_down(void **state) {
    (void)state;
    char command[128];
    nashra_studio_destroy(studio);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static int make(const char *name, const char *slot) {
    struct nashra_bulletin *bulletin;
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int status = nashra_bulletin_create(&bulletin);
    if (status == NASHRA_OK)
        status = nashra_bulletin_load_bytes(bulletin, script, strlen(script), "folder/nine.ini");
    if (status == NASHRA_OK)
        status = nashra_bulletin_set(bulletin, "sting", sting);
    if (status == NASHRA_OK && slot)
        status = nashra_bulletin_set(bulletin, "slot", slot);
    if (status == NASHRA_OK)
        status = nashra_bulletin_plan(bulletin, studio);
    if (status == NASHRA_OK)
        status = nashra_bulletin_render(bulletin, path);
    nashra_bulletin_destroy(bulletin);
    return status;
}

static void every_allocation_fails_once(void **state) {
    (void)state;
    assert_int_equal(make("out.wav", "0:05"), NASHRA_OK); /* the studio is loaded from here on */
    int status = NASHRA_ENOMEM;
    for (unsigned long n = 1; status != NASHRA_OK; n += n < FINE ? 1 : STRIDE) {
        char path[128];
        snprintf(path, sizeof path, "%s/failed.wav", folder);
        nashra_alloc_fail_after(n);
        status = make("failed.wav", "0:05");
        nashra_alloc_fail_after(0);
        if (status != NASHRA_OK) {
            assert_int_equal(status, NASHRA_ENOMEM);
            assert_int_not_equal(access(path, F_OK), 0);
        }
        assert_true(n < 100000);
    }
}

static void read_file(const char *name, struct nashra_buffer *bytes) {
    char path[128], block[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        nashra_buffer_add(bytes, block, got);
    fclose(file);
}

static void a_studio_remembers_nothing(void **state) {
    (void)state;
    struct nashra_buffer first = {0}, later = {0};
    assert_int_equal(make("first.wav", NULL), NASHRA_OK);
    assert_int_equal(make("other.wav", "0:04.5"), NASHRA_OK);
    assert_int_equal(make("first2.wav", NULL), NASHRA_OK);
    read_file("first.wav", &first);
    read_file("first2.wav", &later);
    assert_int_equal(first.length, later.length);
    assert_memory_equal(first.data, later.data, first.length);
    nashra_buffer_finish(&first);
    nashra_buffer_finish(&later);
}

static int stop_at_third(size_t done, size_t all, void *user) {
    (void)done;
    (void)all;
    return ++*(int *)user == 3;
}

static void progress_can_stop_it(void **state) {
    (void)state;
    struct nashra_bulletin *bulletin;
    int steps = 0;
    assert_int_equal(nashra_bulletin_create(&bulletin), NASHRA_OK);
    assert_int_equal(nashra_bulletin_load_bytes(bulletin, script, strlen(script), "nine.ini"), NASHRA_OK);
    nashra_bulletin_set_progress(bulletin, stop_at_third, &steps);
    assert_int_equal(nashra_bulletin_plan(bulletin, studio), NASHRA_STOPPED);
    assert_int_equal(nashra_bulletin_render(bulletin, "/tmp/nashra-never.wav"), NASHRA_EUSAGE);
    nashra_bulletin_destroy(bulletin);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_fails_once),
        cmocka_unit_test(a_studio_remembers_nothing),
        cmocka_unit_test(progress_can_stop_it),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
