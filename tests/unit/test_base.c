/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <nashra/ascii.h>
#include <nashra/io.h>
#include <nashra/mapped.h>
#include <nashra/memory.h>
#include <nashra/table.h>
#include <nashra/text.h>
#include <nashra/utf8.h>

static char last_message[1024];
static int message_count;

static void keep_message(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)user;
    snprintf(last_message, sizeof last_message, "%s", message);
    message_count++;
}

static int catch_messages(void **state) {
    (void)state;
    message_count = 0;
    last_message[0] = '\0';
    nashra_log_set_handler(keep_message, NULL);
    return 0;
}

static int release_messages(void **state) {
    (void)state;
    nashra_log_set_handler(NULL, NULL);
    nashra_alloc_fail_after(0);
    return 0;
}

static void utf8_round_trip(void **state) {
    (void)state;
    for (unsigned c = 0; c <= 0x10FFFF; c += c < 0x900 ? 1 : 97) {
        char bytes[4];
        unsigned back;
        size_t n = nashra_utf8_encode(c, bytes);
        if (c >= 0xD800 && c <= 0xDFFF) {
            assert_int_equal(n, 0);
            continue;
        }
        assert_int_equal(nashra_utf8_decode(bytes, n, &back), n);
        assert_int_equal(back, c);
    }
}

static void utf8_refuses_malformed(void **state) {
    (void)state;
    static const char *const bad[] = {"\x80",         "\xC0\xAF",         "\xC1\xBF",         "\xE0\x9F\xBF",
                                      "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                                      "\xD9",         "\xE2\x82",         "\xF0\x9F\x98"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        unsigned codepoint;
        assert_int_equal(nashra_utf8_decode(bad[i], strlen(bad[i]), &codepoint), 1);
        assert_int_equal(codepoint, 0xFFFD);
        assert_int_equal(nashra_utf8_valid_prefix(bad[i], strlen(bad[i])), 0);
    }
    assert_int_equal(nashra_utf8_valid_prefix("سلام\xD9", 9), 8);
}

/* As <ctype.h> has it in the locale that a program begins in; bytes beyond ASCII are nothing in any. */
static void ascii_is_that_of_the_c_locale(void **state) {
    (void)state;
    for (int c = 0; c < 256; c++) {
        const char byte = (char)c;
        const bool known = c < 128;
        assert_int_equal(nashra_ascii_is_space(byte), known && isspace(c));
        assert_int_equal(nashra_ascii_is_digit(byte), known && isdigit(c));
        assert_int_equal(nashra_ascii_is_upper(byte), known && isupper(c));
        assert_int_equal(nashra_ascii_is_lower(byte), known && islower(c));
        assert_int_equal(nashra_ascii_is_letter(byte), known && isalpha(c));
        assert_int_equal(nashra_ascii_is_alnum(byte), known && isalnum(c));
        assert_int_equal(nashra_ascii_is_punct(byte), known && ispunct(c));
        assert_int_equal(nashra_ascii_lower(byte), known ? (char)tolower(c) : byte);
    }
}

static void ascii_words_are_compared_without_their_capitals(void **state) {
    (void)state;
    assert_true(nashra_ascii_same("TITLE", "title"));
    assert_true(nashra_ascii_same("", ""));
    assert_false(nashra_ascii_same("title", "titl"));
    assert_false(nashra_ascii_same("titl", "title"));
    assert_false(nashra_ascii_same("\xC3\x89", "\xC3\xA9")); /* É and é */
    assert_true(nashra_ascii_compare("a", "B") < 0);
    assert_true(nashra_ascii_compare("B", "a") > 0);
    assert_true(nashra_ascii_compare("aB", "Ab") == 0);
    assert_true(nashra_ascii_compare("\xD8", "z") > 0);
    assert_true(nashra_ascii_compare("_", "A") < 0); /* as small letters: _ stands before them */
    assert_true(nashra_ascii_begins("<RSS version", 12, "<rss"));
    assert_true(nashra_ascii_begins("x", 1, ""));
    assert_false(nashra_ascii_begins("<RSS", 3, "<rss"));
    assert_false(nashra_ascii_begins("<r\0ss", 5, "<rss"));
    assert_false(nashra_ascii_begins("", 0, "a"));
}

static void arabic_properties(void **state) {
    (void)state;
    assert_true(nashra_is_arabic_letter(0x0621));
    assert_true(nashra_is_arabic_letter(0x064A));
    assert_true(nashra_is_arabic_letter(0x06A4));
    assert_false(nashra_is_arabic_letter(0x0640));
    assert_false(nashra_is_arabic_letter(0x060C));
    assert_true(nashra_is_arabic_mark(NASHRA_SHADDA));
    assert_true(nashra_is_arabic_mark(NASHRA_DAGGER_ALIF));
    assert_false(nashra_is_arabic_mark(0x0628));
    assert_int_equal(nashra_digit_value(0x0663), 3);
    assert_int_equal(nashra_digit_value(0x06F9), 9);
    assert_int_equal(nashra_digit_value('a'), -1);
    char out[64];
    const char *marked = "كِتَابٌ";
    nashra_strip_marks(marked, strlen(marked), out);
    assert_string_equal(out, "كتاب");
}

static void arena_keeps_blocks(void **state) {
    (void)state;
    struct nashra_arena *arena = nashra_arena_create();
    char *first = nashra_arena_copy(arena, "abc", 3);
    for (int i = 0; i < 1000; i++) {
        unsigned char *block = nashra_arena_alloc(arena, 100);
        assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
        assert_int_equal(block[99], 0);
        memset(block, 0xAA, 100);
    }
    assert_non_null(nashra_arena_alloc(arena, 1000000));
    assert_string_equal(first, "abc");
    assert_true(nashra_arena_used(arena) >= 1100000);
    nashra_arena_reset(arena);
    assert_int_equal(nashra_arena_used(arena), 0);
    nashra_alloc_fail_after(1);
    assert_non_null(nashra_arena_alloc(arena, 1000000)); /* the old memory serves again */
    assert_null(nashra_arena_alloc(arena, SIZE_MAX - 5));
    nashra_alloc_fail_after(0);
    nashra_arena_destroy(arena);
    nashra_arena_destroy(NULL);
}

static void buffer_grows_and_fails_once(void **state) {
    (void)state;
    struct nashra_buffer buffer = {0};
    assert_string_equal(nashra_buffer_string(&buffer), "");
    for (int i = 0; i < 1000; i++)
        nashra_buffer_add_format(&buffer, "%d,", i);
    nashra_buffer_add_codepoint(&buffer, 0x0628);
    assert_int_equal(buffer.length, 10 + 180 + 2700 + 1000 + 2);
    assert_int_equal(buffer.failed, 0);
    nashra_buffer_finish(&buffer);
    nashra_alloc_fail_after(1);
    assert_int_equal(nashra_buffer_add_string(&buffer, "x"), NASHRA_ENOMEM);
    nashra_alloc_fail_after(0);
    assert_int_equal(nashra_buffer_add_string(&buffer, "x"), NASHRA_ENOMEM);
    nashra_buffer_clear(&buffer);
    assert_int_equal(nashra_buffer_add_string(&buffer, "x"), NASHRA_OK);
    nashra_buffer_finish(&buffer);
}

/* Input and output ------------------------------------------------------------------------------------------------ */

static void note_alarm(int number) {
    (void)number;
}

/* A writer through a pipe that takes it in small bits, with a signal every millisecond: all of it arrives. */
static void all_is_written_and_read(void **state) {
    (void)state;
    enum { LENGTH = 1 << 20 };
    static unsigned char bytes[LENGTH], back[LENGTH];
    const struct itimerval often = {{0, 1000}, {0, 1000}}, never = {{0, 0}, {0, 0}};
    const struct sigaction action = {.sa_handler = note_alarm}; /* no SA_RESTART: calls are interrupted */
    struct sigaction before;
    size_t got;
    int ends[2], ended;
    for (size_t i = 0; i < LENGTH; i++)
        bytes[i] = (unsigned char)(i * 7 + i / 251);
    assert_int_equal(sigaction(SIGALRM, &action, &before), 0);
    for (int non_blocking = 0; non_blocking < 2; non_blocking++) {
        assert_int_equal(pipe(ends), 0);
        if (non_blocking)
            for (int i = 0; i < 2; i++)
                assert_int_equal(fcntl(ends[i], F_SETFL, O_NONBLOCK), 0);
        const pid_t writer = fork();
        if (writer == 0) {
            close(ends[0]);
            setitimer(ITIMER_REAL, &often, NULL);
            _exit(nashra_io_write(ends[1], bytes, LENGTH));
        }
        close(ends[1]);
        memset(back, 0, sizeof back);
        setitimer(ITIMER_REAL, &often, NULL);
        assert_int_equal(nashra_io_read(ends[0], back, 1000, &got), 0);
        assert_int_equal(got, 1000);
        assert_int_equal(nashra_io_read(ends[0], back + 1000, LENGTH - 1000, &got), 0);
        assert_int_equal(got, LENGTH - 1000);
        assert_int_equal(nashra_io_read(ends[0], back, 1, &got), 0);
        assert_int_equal(got, 0); /* the end */
        setitimer(ITIMER_REAL, &never, NULL);
        close(ends[0]);
        while (waitpid(writer, &ended, 0) < 0)
            assert_int_equal(errno, EINTR);
        assert_true(WIFEXITED(ended));
        assert_int_equal(WEXITSTATUS(ended), 0);
        assert_memory_equal(back, bytes, LENGTH);
    }
    sigaction(SIGALRM, &before, NULL);
}

static void what_cannot_be_written_or_read_says_why(void **state) {
    (void)state;
    char byte = 0;
    size_t got = 7;
    const int full = open("/dev/full", O_RDWR), folder = open("/", O_RDONLY);
    assert_int_equal(nashra_io_write(full, "x", 1), ENOSPC);
    assert_int_equal(nashra_io_write(full, "", 0), 0);
    assert_int_equal(nashra_io_write(-1, "x", 1), EBADF);
    assert_int_equal(nashra_io_read(folder, &byte, 1, &got), EISDIR);
    assert_int_equal(got, 0);
    close(full);
    close(folder);
}

static void map_holds_many(void **state) {
    (void)state;
    static char keys[5000][8];
    struct nashra_map *map = nashra_map_create();
    intptr_t value;
    assert_false(nashra_map_get(map, "0", 1, &value));
    for (int i = 0; i < 5000; i++) {
        int n = snprintf(keys[i], sizeof keys[i], "%d", i);
        assert_int_equal(nashra_map_put(map, keys[i], (size_t)n, i), NASHRA_OK);
    }
    assert_int_equal(nashra_map_put(map, "77", 2, -1), NASHRA_OK);
    assert_int_equal(nashra_map_count(map), 5000);
    for (int i = 0; i < 5000; i++) {
        assert_true(nashra_map_get(map, keys[i], strlen(keys[i]), &value));
        assert_int_equal(value, i == 77 ? -1 : i);
    }
    assert_false(nashra_map_get(map, "5000", 4, &value));
    nashra_map_destroy(map);
}

struct rows {
    size_t count;
    size_t last_line;
    char joined[256];
};

static int collect_row(const struct nashra_row *row, void *user) {
    struct rows *rows = user;
    rows->count++;
    rows->last_line = row->line;
    for (size_t i = 0; i < row->count; i++) {
        strcat(rows->joined, row->fields[i]);
        strcat(rows->joined, "|");
    }
    return strcmp(row->fields[0], "stop") == 0 ? NASHRA_STOPPED : NASHRA_OK;
}

static void write_file(const char *path, const char *content) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static void table_reads_rows(void **state) {
    (void)state;
    char path[] = "/tmp/nashra-table-XXXXXX";
    close(mkstemp(path));
    write_file(path, "# comment\n\na\t b \tc\r\nlonely\nx\ty");
    struct rows rows = {0};
    struct nashra_table *table;
    assert_int_equal(nashra_table_load(path, 2, collect_row, &rows, &table), NASHRA_OK);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.last_line, 5);
    assert_string_equal(rows.joined, "a|b|c|x|y|");
    assert_non_null(strstr(last_message, ":4: 1 fields where 2 are needed"));
    nashra_table_destroy(table);

    write_file(path, "stop\t1\nnever\t2\n");
    memset(&rows, 0, sizeof rows);
    assert_int_equal(nashra_table_load(path, 2, collect_row, &rows, &table), NASHRA_STOPPED);
    assert_int_equal(rows.count, 1);
    assert_null(table);

    for (unsigned long n = 1; n <= 2; n++) {
        memset(&rows, 0, sizeof rows);
        nashra_alloc_fail_after(n);
        assert_int_equal(nashra_table_load(path, 2, collect_row, &rows, &table), NASHRA_ENOMEM);
    }
    nashra_alloc_fail_after(0);
    remove(path);
    assert_int_equal(nashra_table_load(path, 2, collect_row, &rows, &table), NASHRA_ECONFIG);
    assert_non_null(strstr(last_message, path));
    assert_int_equal(nashra_table_load("/tmp", 2, collect_row, &rows, &table), NASHRA_ECONFIG);
    assert_non_null(strstr(last_message, "/tmp: not a file"));
}

static void a_file_is_mapped_whole(void **state) {
    (void)state;
    char path[] = "/tmp/nashra-mapped-XXXXXX";
    int file = mkstemp(path);
    struct nashra_mapped mapped;
    assert_int_equal(nashra_mapped_open(path, &mapped), NASHRA_OK);
    assert_null(mapped.bytes);
    assert_int_equal(mapped.size, 0);
    nashra_mapped_close(&mapped);
    assert_int_equal(nashra_io_write(file, "abc", 3), 0);
    close(file);
    assert_int_equal(nashra_mapped_open(path, &mapped), NASHRA_OK);
    assert_int_equal(mapped.size, 3);
    assert_memory_equal(mapped.bytes, "abc", 3);
    assert_int_equal(unlink(path), 0);
    assert_memory_equal(mapped.bytes, "abc", 3);
    nashra_mapped_close(&mapped);
    nashra_mapped_close(&mapped);
    assert_null(mapped.bytes);
}

static void what_cannot_be_mapped_says_why(void **state) {
    (void)state;
    struct nashra_mapped mapped = {.size = 7};
    assert_int_equal(nashra_mapped_open("/tmp/nashra-no-such-file", &mapped), NASHRA_ECONFIG);
    assert_non_null(strstr(last_message, "/tmp/nashra-no-such-file: No such file"));
    assert_null(mapped.bytes);
    assert_int_equal(mapped.size, 0);
    assert_int_equal(nashra_mapped_open("/tmp", &mapped), NASHRA_ECONFIG);
    assert_non_null(strstr(last_message, "/tmp: Is a directory"));
    assert_int_equal(nashra_mapped_open("/dev/null", &mapped), NASHRA_ECONFIG);
    assert_non_null(strstr(last_message, "/dev/null: "));
}

static void data_path_names_what_is_missing(void **state) {
    (void)state;
    struct nashra_buffer path = {0};
    assert_int_equal(nashra_data_path("no-such-table.tsv", &path), NASHRA_ECONFIG);
    assert_non_null(strstr(last_message, "no-such-table.tsv"));
    assert_int_equal(message_count, 1);
    nashra_buffer_finish(&path);
}

static void exit_codes_follow_sysexits(void **state) {
    (void)state;
    assert_int_equal(nashra_exit_code(NASHRA_OK), 0);
    assert_int_equal(nashra_exit_code(NASHRA_EUSAGE), 64);
    assert_int_equal(nashra_exit_code(NASHRA_EDATA), 65);
    assert_int_equal(nashra_exit_code(NASHRA_ENOINPUT), 66);
    assert_int_equal(nashra_exit_code(NASHRA_ENODEVICE), 69);
    assert_int_equal(nashra_exit_code(NASHRA_ECANTCREATE), 73);
    assert_int_equal(nashra_exit_code(NASHRA_EIO), 74);
    assert_int_equal(nashra_exit_code(NASHRA_ECONFIG), 78);
    assert_int_equal(nashra_exit_code(-99), 70);
    assert_string_equal(nashra_status_name(NASHRA_EDATA), "unreadable input");
}

static void every_class_has_a_name(void **state) {
    (void)state;
    for (unsigned i = 0; i < NASHRA_CLASS_COUNT; i++)
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(nashra_class_name((enum nashra_class)i), nashra_class_name((enum nashra_class)j));
    assert_string_equal(nashra_class_name(NASHRA_CLASS_COUNT), "unknown");
    assert_string_equal(nashra_pause_mark(NASHRA_PAUSE_QUESTION), "؟");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_round_trip),
        cmocka_unit_test(utf8_refuses_malformed),
        cmocka_unit_test(ascii_is_that_of_the_c_locale),
        cmocka_unit_test(ascii_words_are_compared_without_their_capitals),
        cmocka_unit_test(arabic_properties),
        cmocka_unit_test(arena_keeps_blocks),
        cmocka_unit_test(buffer_grows_and_fails_once),
        cmocka_unit_test(all_is_written_and_read),
        cmocka_unit_test(what_cannot_be_written_or_read_says_why),
        cmocka_unit_test(a_file_is_mapped_whole),
        cmocka_unit_test_setup_teardown(what_cannot_be_mapped_says_why, catch_messages, release_messages),
        cmocka_unit_test(map_holds_many),
        cmocka_unit_test_setup_teardown(table_reads_rows, catch_messages, release_messages),
        cmocka_unit_test_setup_teardown(data_path_names_what_is_missing, catch_messages, release_messages),
        cmocka_unit_test(exit_codes_follow_sysexits),
        cmocka_unit_test(every_class_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
