/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <nashra/memory.h>

#include "queue.h"

enum { SIZE = 100 };

static void add_count(struct nashra_queue *queue, int16_t *value, size_t count) {
    int16_t frames[SIZE];
    for (size_t i = 0; i < count; i++)
        frames[i] = (*value)++;
    nashra_queue_add(queue, frames, count);
}

/* Many times round the ring, in pieces that never fit it evenly. */
static void test_what_goes_in_comes_out(void **state) {
    (void)state;
    struct nashra_queue queue;
    assert_int_equal(nashra_queue_init(&queue, SIZE), 0);
    int16_t in = 0, expected = 0, out[2 * SIZE];
    for (size_t round = 0; round < 1000; round++) {
        unsigned channels = round % 2 + 1;
        add_count(&queue, &in, 7 + round % 30);
        size_t got = nashra_queue_peek(&queue, out, 5 + round % 40, channels);
        for (size_t i = 0; i < got; i++, expected++)
            for (unsigned c = 0; c < channels; c++)
                assert_int_equal(out[i * channels + c], expected);
        queue.next += got;
        if (nashra_queue_waiting(&queue) > SIZE / 2) { /* a caller never lets it overflow */
            expected = (int16_t)(expected + (int16_t)nashra_queue_waiting(&queue));
            queue.next = queue.end;
        }
    }
    nashra_queue_finish(&queue);
}

static void test_rewind(void **state) {
    (void)state;
    struct nashra_queue queue;
    assert_int_equal(nashra_queue_init(&queue, SIZE), 0);
    int16_t in = 0, out[SIZE];
    nashra_queue_rewind(&queue, 5);
    assert_int_equal(queue.next, 0);
    add_count(&queue, &in, 60);
    queue.next = 60;
    nashra_queue_rewind(&queue, 20);
    assert_int_equal(nashra_queue_peek(&queue, out, SIZE, 1), 20);
    assert_int_equal(out[0], 40);
    nashra_queue_rewind(&queue, 1000);
    assert_int_equal(queue.next, 0);
    queue.next = 60;
    add_count(&queue, &in, 90); /* frames 0 to 49 are gone */
    queue.next = 150;
    nashra_queue_rewind(&queue, 1000);
    assert_int_equal(queue.next, 50);
    assert_int_equal(nashra_queue_peek(&queue, out, 1, 1), 1);
    assert_int_equal(out[0], 50);
    nashra_queue_clear(&queue);
    assert_int_equal(nashra_queue_waiting(&queue), 0);
    nashra_queue_finish(&queue);
}

static void test_out_of_memory(void **state) {
    (void)state;
    struct nashra_queue queue;
    nashra_alloc_fail_after(1);
    assert_int_equal(nashra_queue_init(&queue, SIZE), NASHRA_ENOMEM);
    nashra_alloc_fail_after(0);
    nashra_queue_finish(&queue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_goes_in_comes_out),
        cmocka_unit_test(test_rewind),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
