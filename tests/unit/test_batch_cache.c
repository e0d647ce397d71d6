/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cache on real files: what goes in comes out, what is damaged doesn't, what is old goes first, and many processes
 * at once do no harm. */
#include "batch_folder.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <time.h>

#include <nashra/memory.h>
#include <nashra/synth.h>

#include "cache.h"
#include "cache_sound.h"

enum { MB = 1024 * 1024 };

static struct nashra_cache *open_cache(uint64_t limit) {
    struct nashra_cache *cache;
    assert_int_equal(nashra_cache_open(in_folder("cache"), limit, &cache), NASHRA_OK);
    return cache;
}

static struct nashra_digest key_of(unsigned number) {
    struct nashra_digest key = {{0}};
    memcpy(key.bytes, &number, sizeof number);
    key.bytes[31] = 7;
    return key;
}

static int put(struct nashra_cache *cache, unsigned number, const char *bytes, size_t length) {
    struct nashra_entry_head head = {.key = key_of(number), .count = 1};
    struct nashra_hash *hash = nashra_hash_create();
    assert_non_null(hash);
    strcpy(head.parts[0].name, "part");
    head.parts[0].size = length;
    nashra_hash_add(hash, bytes, length);
    assert_true(nashra_hash_end(hash, &head.parts[0].digest));
    nashra_hash_destroy(hash);
    return nashra_cache_put(cache, &head, &(struct nashra_cache_source){bytes, -1});
}

/* 1 and the content, or 0. */
static int get(struct nashra_cache *cache, unsigned number, struct nashra_buffer *out) {
    struct nashra_digest key = key_of(number);
    struct nashra_cache_item item;
    int found = nashra_cache_find(cache, &key, &item);
    if (found != 1)
        return found;
    found = nashra_cache_read(cache, &item, 0, out);
    nashra_cache_release(&item);
    return found;
}

static void what_goes_in_comes_out(void **state) {
    struct nashra_cache *cache = open_cache(100 * MB);
    struct nashra_buffer out = {0};
    (void)state;
    assert_int_equal(get(cache, 1, &out), 0);
    assert_int_equal(put(cache, 1, "first", 5), NASHRA_OK);
    assert_int_equal(put(cache, 2, "", 0), NASHRA_OK);
    assert_int_equal(get(cache, 1, &out), 1);
    assert_string_equal(nashra_buffer_string(&out), "first");
    assert_int_equal(get(cache, 2, &out), 1);
    assert_int_equal(out.length, 0);
    assert_int_equal(put(cache, 1, "again", 5), NASHRA_OK);
    assert_int_equal(get(cache, 1, &out), 1);
    assert_string_equal(nashra_buffer_string(&out), "again");
    assert_int_equal(nashra_cache_counts(cache)->hits, 3);
    assert_int_equal(nashra_cache_counts(cache)->misses, 1);
    assert_string_equal(messages, "");
    nashra_buffer_finish(&out);
    nashra_cache_close(cache);
}

static void path_of(unsigned number, char path[400]) {
    struct nashra_digest key = key_of(number);
    char hex[NASHRA_DIGEST_HEX];
    nashra_digest_hex(&key, hex);
    snprintf(path, 400, "%s/%.2s/%s", in_folder("cache"), hex, hex + 2);
}

/* Each byte of an entry, wrong once; and each length, cut there. */
static void damage_is_found(void **state) {
    struct nashra_cache *cache = open_cache(100 * MB);
    struct nashra_buffer out = {0};
    char path[400];
    struct stat info;
    (void)state;
    path_of(3, path);
    assert_int_equal(put(cache, 3, "content", 7), NASHRA_OK);
    assert_int_equal(stat(path, &info), 0);
    for (off_t at = 0; at < 2 * info.st_size; at++) {
        messages[0] = '\0';
        assert_int_equal(put(cache, 3, "content", 7), NASHRA_OK);
        if (at < info.st_size) {
            int fd = open(path, O_RDWR);
            char byte;
            assert_int_equal(pread(fd, &byte, 1, at), 1);
            byte ^= 0x10;
            assert_int_equal(pwrite(fd, &byte, 1, at), 1);
            close(fd);
        } else {
            assert_int_equal(truncate(path, at - info.st_size), 0);
        }
        assert_int_equal(get(cache, 3, &out), 0);
        assert_non_null(strstr(messages, "damaged"));
        assert_int_not_equal(stat(path, &info), 0);
        assert_int_equal(put(cache, 3, "content", 7), NASHRA_OK);
        assert_int_equal(stat(path, &info), 0);
    }
    assert_int_equal(nashra_cache_counts(cache)->damaged, 2 * info.st_size);
    assert_int_equal(nashra_cache_counts(cache)->hits, 0);
    nashra_buffer_finish(&out);
    nashra_cache_close(cache);
}

/* An entry under another's name is not that other. */
static void a_moved_entry_is_damaged(void **state) {
    struct nashra_cache *cache = open_cache(100 * MB);
    struct nashra_buffer out = {0};
    char from[400], to[400];
    (void)state;
    assert_int_equal(put(cache, 4, "four", 4), NASHRA_OK);
    assert_int_equal(put(cache, 5, "five", 4), NASHRA_OK);
    path_of(4, from);
    path_of(5, to);
    assert_int_equal(rename(from, to), 0);
    assert_int_equal(get(cache, 5, &out), 0);
    nashra_buffer_finish(&out);
    nashra_cache_close(cache);
}

static void age(unsigned number, time_t used) {
    char path[400];
    const struct timespec times[2] = {{.tv_sec = used}, {.tv_sec = used}};
    path_of(number, path);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void the_oldest_go_first(void **state) {
    struct nashra_cache *cache = open_cache(33 * MB);
    struct nashra_buffer out = {0};
    char *bytes = calloc(1, MB);
    const time_t now = time(NULL);
    (void)state;
    for (unsigned i = 0; i < 32; i++) {
        assert_int_equal(put(cache, 100 + i, bytes, MB), NASHRA_OK);
        age(100 + i, now - 1000 - (time_t)(i * 37 % 32));
    }
    assert_int_equal(get(cache, 100 + 19, &out), 1); /* 19 · 37 mod 32 = 31: the oldest, but used just now */
    assert_int_equal(put(cache, 200, bytes, MB), NASHRA_OK);
    assert_int_equal(nashra_cache_trim(cache), NASHRA_OK);
    for (unsigned i = 0; i < 32; i++) {
        unsigned rank = i * 37 % 32; /* the higher, the older */
        int kept = get(cache, 100 + i, &out);
        if (i != 19)
            assert_int_equal(kept, rank < 27);
    }
    assert_int_equal(get(cache, 119, &out), 1);
    assert_int_equal(get(cache, 200, &out), 1);
    free(bytes);
    nashra_buffer_finish(&out);
    nashra_cache_close(cache);
}

static void the_bound_holds(void **state) {
    struct nashra_cache *cache = open_cache(16 * MB);
    char *bytes = calloc(1, MB), command[200];
    (void)state;
    for (unsigned i = 0; i < 60; i++)
        assert_int_equal(put(cache, 1000 + i, bytes, MB - 200), NASHRA_OK);
    assert_int_equal(put(cache, 2000, bytes, MB), NASHRA_OK); /* over a sixteenth of the limit: not kept */
    snprintf(command, sizeof command, "test $(du -sb %s | cut -f1) -le %d", in_folder("cache"), 17 * MB + 257 * 4096);
    assert_int_equal(system(command), 0);
    assert_int_equal(get(cache, 2000, &(struct nashra_buffer){0}), 0);
    free(bytes);
    nashra_cache_close(cache);
}

static void a_cache_that_cannot_be_written(void **state) {
    struct nashra_cache *cache = open_cache(100 * MB);
    char command[200];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s/tmp && touch %s/tmp", in_folder("cache"), in_folder("cache"));
    assert_int_equal(system(command), 0);
    assert_int_equal(put(cache, 1, "x", 1), NASHRA_OK);
    assert_int_equal(put(cache, 2, "x", 1), NASHRA_OK);
    assert_non_null(strstr(messages, "can't be written"));
    assert_null(strstr(strstr(messages, "can't be written") + 5, "can't be written"));
    nashra_cache_close(cache);
    write_file("file", "");
    assert_int_equal(nashra_cache_open(in_folder("file"), MB, &cache), NASHRA_ECANTCREATE);
    assert_null(cache);
}

/* Eight processes put and get the same entries while one trims: each gets the whole entry or none. */
static void many_processes(void **state) {
    pid_t children[8];
    (void)state;
    for (int c = 0; c < 8; c++)
        if ((children[c] = fork()) == 0) {
            struct nashra_cache *cache;
            struct nashra_buffer out = {0};
            char bytes[20000];
            int bad = nashra_cache_open(in_folder("cache"), 4 * MB, &cache) != NASHRA_OK;
            for (unsigned i = 0; i < 300 && !bad; i++) {
                memset(bytes, (int)(i % 50), sizeof bytes);
                bad = put(cache, i % 50, bytes, sizeof bytes) != NASHRA_OK;
                int found = get(cache, (i * 7) % 50, &out);
                for (size_t b = 0; found == 1 && b < out.length; b++)
                    bad = bad || out.data[b] != (char)((i * 7) % 50);
                if (c == 0 && i % 20 == 0)
                    nashra_cache_trim(cache);
                bad = bad || found < 0 || nashra_cache_counts(cache)->damaged > 0;
            }
            _exit(bad);
        }
    for (int c = 0; c < 8; c++) {
        int end;
        waitpid(children[c], &end, 0);
        assert_int_equal(end, 0);
    }
}

static void out_of_memory(void **state) {
    struct nashra_buffer out = {0};
    (void)state;
    for (unsigned long n = 1, done = 0; !done; n++) {
        struct nashra_cache *cache = NULL;
        nashra_alloc_fail_after(n);
        int status = nashra_cache_open(in_folder("cache"), MB, &cache);
        if (status == NASHRA_OK)
            status = nashra_cache_trim(cache);
        if (status == NASHRA_OK && (status = get(cache, 1, &out)) == 0)
            status = NASHRA_OK;
        done = nashra_alloc_count() < n;
        nashra_alloc_fail_after(0);
        assert_true(status == NASHRA_ENOMEM || done);
        nashra_cache_close(cache);
    }
    nashra_buffer_finish(&out);
}

static void sounds(void **state) {
    struct nashra_sound sound = {.rate = NASHRA_SPEECH_RATE}, again = {0};
    struct nashra_sound_cache sounds;
    struct nashra_cache *cache = open_cache(100 * MB);
    const int16_t frames[] = {0, 1, -1, INT16_MAX, INT16_MIN};
    (void)state;
    assert_int_equal(nashra_sound_add(&sound, frames, 5), NASHRA_OK);
    nashra_sound_add_mark(&sound, (struct nashra_mark){.frame = 0, .word = 0});
    nashra_sound_add_mark(&sound, (struct nashra_mark){.frame = 3, .word = 1});
    assert_int_equal(nashra_sound_cache_init(&sounds, cache), NASHRA_OK);
    assert_int_equal(nashra_sound_cache_get(&sounds, "a", 1, &again), 0);
    assert_int_equal(nashra_sound_cache_put(&sounds, "a", 1, &sound), NASHRA_OK);
    assert_int_equal(nashra_sound_cache_get(&sounds, "b", 1, &again), 0);
    assert_int_equal(nashra_sound_cache_get(&sounds, "a", 1, &again), 1);
    assert_int_equal(again.rate, NASHRA_SPEECH_RATE);
    assert_int_equal(again.count, 5);
    assert_memory_equal(again.frames, frames, sizeof frames);
    assert_int_equal(again.mark_count, 2);
    assert_int_equal(again.marks[1].frame, 3);
    assert_int_equal(again.marks[1].word, 1);
    assert_int_equal(sounds.hits, 1);
    assert_int_equal(sounds.misses, 1);
    assert_int_equal(sounds.frames, 10);
    nashra_sound_finish(&sound);
    nashra_sound_finish(&again);
    nashra_sound_cache_finish(&sounds);
    nashra_cache_close(cache);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, create_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_goes_in_comes_out), TEST(damage_is_found), TEST(a_moved_entry_is_damaged),
        TEST(the_oldest_go_first),    TEST(the_bound_holds), TEST(a_cache_that_cannot_be_written),
        TEST(many_processes),         TEST(out_of_memory),   TEST(sounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
