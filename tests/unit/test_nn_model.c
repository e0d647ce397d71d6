/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include <nashra/memory.h>
#include <nashra/nn.h>

#include "test_nn_file.h"

static struct file file;
static char message[512];

static void keep(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)user;
    snprintf(message, sizeof message, "%s", text);
}

static int setup(void **state) {
    (void)state;
    static const int32_t numbers[] = {3, 1, 4, 1, 5};
    static const int8_t small[6] = {1, -2, 3, -4, 5, -6};
    nashra_log_set_handler(keep, NULL);
    message[0] = '\0';
    file_begin(&file, 2);
    file_add(&file, "numbers", NASHRA_RECORD_I32, 1, (uint32_t[]){5}, numbers, sizeof numbers);
    file_add(&file, "small", NASHRA_RECORD_I8, 2, (uint32_t[]){2, 3}, small, sizeof small);
    file_seal(&file);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    nashra_log_set_handler(NULL, NULL);
    nashra_alloc_fail_after(0);
    return 0;
}

static int read_file(void) {
    struct nashra_model *model = NULL;
    int status = nashra_model_read(file.bytes, file.size, "test.model", &model);
    nashra_model_close(model);
    return status;
}

static void assert_refused(const char *reason) {
    message[0] = '\0';
    assert_int_equal(read_file(), NASHRA_ECONFIG);
    assert_non_null(strstr(message, "test.model"));
    assert_non_null(strstr(message, reason));
}

static void finds_records(void **state) {
    (void)state;
    struct nashra_model *model = NULL;
    assert_int_equal(nashra_model_read(file.bytes, file.size, "test.model", &model), NASHRA_OK);
    size_t count = 0;
    const int32_t *numbers = nashra_model_list(model, "numbers", NASHRA_RECORD_I32, &count);
    assert_non_null(numbers);
    assert_int_equal(count, 5);
    assert_int_equal(numbers[2], 4);
    const int8_t *small = nashra_model_record(model, "small", NASHRA_RECORD_I8, 2, (size_t[]){2, 3});
    assert_non_null(small);
    assert_int_equal(small[5], -6);
    nashra_model_close(model);
}

static void refuses_other_shapes(void **state) {
    (void)state;
    struct nashra_model *model = NULL;
    size_t count;
    assert_int_equal(nashra_model_read(file.bytes, file.size, "test.model", &model), NASHRA_OK);
    assert_null(nashra_model_record(model, "small", NASHRA_RECORD_I8, 2, (size_t[]){3, 2}));
    assert_non_null(strstr(message, "small"));
    assert_null(nashra_model_record(model, "small", NASHRA_RECORD_U8, 2, (size_t[]){2, 3}));
    assert_null(nashra_model_list(model, "small", NASHRA_RECORD_I8, &count));
    assert_null(nashra_model_list(model, "absent", NASHRA_RECORD_I8, &count));
    assert_non_null(strstr(message, "absent"));
    struct nashra_matrix matrix;
    assert_int_equal(nashra_model_matrix(model, "small", 3, 16, 16, &matrix), NASHRA_ECONFIG);
    struct nashra_norm norm;
    assert_int_equal(nashra_model_norm(model, "small", 16, &norm), NASHRA_ECONFIG);
    nashra_model_close(model);
}

static void refuses_every_truncation(void **state) {
    (void)state;
    size_t whole = file.size;
    for (file.size = 0; file.size < whole; file.size++)
        assert_int_equal(read_file(), NASHRA_ECONFIG);
}

static void refuses_every_flipped_bit(void **state) {
    (void)state;
    for (size_t bit = 0; bit < 8 * file.size; bit++) {
        file.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_int_equal(read_file(), NASHRA_ECONFIG);
        file.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    assert_int_equal(read_file(), NASHRA_OK);
}

static void names_the_fault(void **state) {
    (void)state;
    file.bytes[0] = 'X';
    assert_refused("not a model file");
    file_seal(&file);
    put(file.bytes + 8, 7, 4);
    assert_refused("version 7");
    file_seal(&file);
    file.size--;
    assert_refused("truncated");
    file.size++;
    file.bytes[file.size - 1] ^= 1;
    assert_refused("checksum");
}

/* A hostile file may have a right checksum. */
static void refuses_records_beyond_the_file(void **state) {
    (void)state;
    static const struct {
        size_t at, bytes;
        uint64_t value;
    } lies[] = {{32, 4, 0},          {32, 4, 9},       {36, 4, 0},         {36, 4, 5},        {40, 4, 0},
                {40, 4, 0xFFFFFFFF}, {44, 4, 2},       {56, 8, 1},         {56, 8, 1u << 30}, {56, 8, UINT64_MAX - 63},
                {64, 8, 21},         {64, 8, 1 << 20}, {64, 8, UINT64_MAX}};
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        setup(state);
        put(file_record(&file, 0) + lies[i].at, lies[i].value, lies[i].bytes);
        file_seal(&file);
        assert_refused("record 0");
    }
    setup(state);
    memset(file_record(&file, 1), 'x', 32);
    file_seal(&file);
    assert_refused("record 1");
    file.records = 4000;
    file_seal(&file);
    assert_refused("4000 records");
}

static void opens_files(void **state) {
    (void)state;
    char path[] = "/tmp/nashra-model-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, file.bytes, file.size), file.size);
    close(descriptor);
    struct nashra_model *model = NULL;
    assert_int_equal(nashra_model_open(path, &model), NASHRA_OK);
    nashra_model_close(model);
    nashra_alloc_fail_after(1);
    assert_int_equal(nashra_model_open(path, &model), NASHRA_ENOMEM);
    nashra_alloc_fail_after(0);
    assert_int_equal(truncate(path, 20), 0);
    assert_int_equal(nashra_model_open(path, &model), NASHRA_ECONFIG);
    assert_non_null(strstr(message, path));
    unlink(path);
    assert_int_equal(nashra_model_open(path, &model), NASHRA_ECONFIG);
    assert_int_equal(nashra_model_open("/", &model), NASHRA_ECONFIG);
    nashra_model_close(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_records, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_other_shapes, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_every_truncation, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_every_flipped_bit, setup, teardown),
        cmocka_unit_test_setup_teardown(names_the_fault, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_records_beyond_the_file, setup, teardown),
        cmocka_unit_test_setup_teardown(opens_files, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
