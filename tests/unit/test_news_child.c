/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cage and what comes out of it: children that try what they must not, hang, crash, or lie. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "cage.h"
#include "child.h"
#include "parcel.h"
#include "reply.h"
#include <nashra/table.h>

static char messages[4000];

static void keep_message(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)user;
    const size_t length = strlen(messages);
    snprintf(messages + length, sizeof messages - length, "%s\n", message);
}

static int begin(void **state) {
    (void)state;
    messages[0] = '\0';
    nashra_log_set_handler(keep_message, NULL);
    return 0;
}

static const struct nashra_child quick = {"the test's child", 5000, 1 << 20, NULL};

static int call(nashra_child_fn work, void *user) {
    struct nashra_answer answer;
    const int status = nashra_child_call(&quick, work, user, &answer);
    nashra_answer_finish(&answer);
    return status;
}

/* What a child may do --------------------------------------------------------------------------------------------- */

static int compute(void *user, struct nashra_buffer *payload) {
    const int status = user ? nashra_cage_fetcher() : nashra_cage_parser();
    if (status < 0)
        return status;
    for (int i = 0; i < 100000; i++)
        nashra_buffer_add(payload, "خبر", 6);
    nashra_log(NASHRA_LOG_WARNING, "one thing was odd");
    return 7;
}

static void a_child_computes_and_tells(void **state) {
    (void)state;
    for (int fetcher = 0; fetcher < 2; fetcher++) {
        struct nashra_answer answer;
        messages[0] = '\0';
        assert_int_equal(nashra_child_call(&quick, compute, fetcher ? messages : NULL, &answer), 7);
        assert_int_equal(answer.length, 600000);
        assert_memory_equal(answer.payload + 599994, "خبر", 6);
        assert_string_equal(messages, "one thing was odd\n");
        nashra_answer_finish(&answer);
    }
}

static int report(void *user, struct nashra_buffer *payload) {
    (void)user;
    (void)payload;
    return nashra_fail(NASHRA_EDATA, "page:3: no page");
}

static void a_childs_error_is_the_calls(void **state) {
    (void)state;
    assert_int_equal(call(report, NULL), NASHRA_EDATA);
    assert_string_equal(messages, "page:3: no page\n");
}

static int load_tables(void *user, struct nashra_buffer *payload) {
    struct nashra_buffer path = {0};
    (void)user;
    int status = nashra_table_keep_all();
    if (status >= 0)
        status = nashra_cage_parser();
    if (status >= 0)
        status = nashra_data_path("bylines.tsv", &path);
    nashra_buffer_add_string(payload, nashra_buffer_string(&path));
    nashra_buffer_finish(&path);
    return status;
}

static void tables_are_there_where_files_are_not(void **state) {
    struct nashra_answer answer;
    (void)state;
    assert_int_equal(nashra_child_call(&quick, load_tables, NULL, &answer), NASHRA_OK);
    assert_non_null(strstr(answer.payload, "/bylines.tsv"));
    nashra_answer_finish(&answer);
}

/* What it must not do --------------------------------------------------------------------------------------------- */

enum crime { OPEN_FILE, MAKE_FILE, SOCKET, UNIX_SOCKET, FORK, EXECUTE, SIGNAL_PARENT, CODE, REMOVE };

static void commit(enum crime crime) {
    switch (crime) {
    case OPEN_FILE:
        open("/etc/passwd", O_RDONLY);
        break;
    case MAKE_FILE:
        open("/tmp/nashra-cage-was-open", O_WRONLY | O_CREAT, 0600);
        break;
    case SOCKET:
        socket(AF_INET, SOCK_STREAM, 0);
        break;
    case UNIX_SOCKET:
        socket(AF_UNIX, SOCK_STREAM, 0);
        break;
    case FORK:
        if (fork() == 0)
            _exit(0);
        break;
    case EXECUTE:
        execl("/bin/true", "true", (char *)NULL);
        break;
    case SIGNAL_PARENT:
        kill(getppid(), 0);
        break;
    case CODE:
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        break;
    case REMOVE:
        unlink("/tmp/nashra-no-such-file");
        break;
    }
}

static int in_parser(void *user, struct nashra_buffer *payload) {
    const int status = nashra_cage_parser();
    (void)payload;
    if (status >= 0)
        commit(*(enum crime *)user);
    return status;
}

static int in_fetcher(void *user, struct nashra_buffer *payload) {
    const int status = nashra_cage_fetcher();
    (void)payload;
    if (status >= 0)
        commit(*(enum crime *)user);
    return status;
}

static void a_parser_that_breaks_out_dies(void **state) {
    (void)state;
    for (enum crime crime = OPEN_FILE; crime <= REMOVE; crime++) {
        messages[0] = '\0';
        assert_int_equal(call(in_parser, &crime), NASHRA_EDATA);
        assert_string_equal(messages, "the test's child tried what it must not do and was stopped\n");
    }
    assert_int_not_equal(access("/tmp/nashra-cage-was-open", F_OK), 0);
}

static void a_fetcher_that_breaks_out_dies(void **state) {
    static const enum crime crimes[] = {MAKE_FILE, FORK, EXECUTE, REMOVE};
    (void)state;
    for (size_t i = 0; i < sizeof crimes / sizeof *crimes; i++) {
        enum crime crime = crimes[i];
        messages[0] = '\0';
        assert_int_equal(call(in_fetcher, &crime), NASHRA_EDATA);
        assert_string_equal(messages, "the test's child tried what it must not do and was stopped\n");
    }
    assert_int_not_equal(access("/tmp/nashra-cage-was-open", F_OK), 0);
}

static int look_around(void *user, struct nashra_buffer *payload) {
    const char *file = user;
    int status = nashra_cage_fetcher();
    if (status < 0)
        return status;
    nashra_parcel_put_number(payload, socket(AF_INET, SOCK_STREAM, 0) >= 0);
    nashra_parcel_put_number(payload, socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    nashra_parcel_put_number(payload, open("/etc/hosts", O_RDONLY) >= 0);
    nashra_parcel_put_number(payload, open(file, O_RDONLY) >= 0);
    nashra_parcel_put_number(payload, mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
                                          MAP_FAILED);
    return NASHRA_OK;
}

/* Landlock is asked for by its own means: an old kernel has none, and there the file can be read. */
static void a_fetcher_sees_the_network_and_hardly_a_file(void **state) {
    char file[] = "/tmp/nashra-secret-XXXXXX";
    struct nashra_answer answer;
    (void)state;
    const int fd = mkstemp(file);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(nashra_child_call(&quick, look_around, file, &answer), NASHRA_OK);
    struct nashra_parcel parcel = {answer.payload, answer.length, false};
    const bool has_landlock = syscall(444, NULL, (size_t)0, 1) >= 1;
    assert_int_equal(nashra_parcel_number(&parcel), 1);
    assert_int_equal(nashra_parcel_number(&parcel), 0);
    assert_int_equal(nashra_parcel_number(&parcel), access("/etc/hosts", R_OK) == 0);
    assert_int_equal(nashra_parcel_number(&parcel), !has_landlock);
    assert_int_equal(nashra_parcel_number(&parcel), 0);
    nashra_answer_finish(&answer);
    unlink(file);
}

/* What else may become of a child --------------------------------------------------------------------------------- */

static int hang(void *user, struct nashra_buffer *payload) {
    (void)user;
    (void)payload;
    for (;;)
        pause();
    return 0;
}

static int crash(void *user, struct nashra_buffer *payload) {
    (void)payload;
    signal(*(int *)user, SIG_DFL);
    raise(*(int *)user);
    return 0;
}

static int leave(void *user, struct nashra_buffer *payload) {
    (void)user;
    (void)payload;
    _exit(3);
}

static int talk(void *user, struct nashra_buffer *payload) {
    (void)user;
    for (int i = 0; i < 1 << 17; i++)
        nashra_buffer_add(payload, "too much of it all", 18);
    return 0;
}

static int lie(void *user, struct nashra_buffer *payload) {
    static const char words[] = "this is no answer";
    (void)user;
    (void)payload;
    const ssize_t written = write(STDOUT_FILENO, words, sizeof words);
    _exit(written < 0);
}

static void whatever_becomes_of_a_child_is_an_error(void **state) {
    int segfault = SIGSEGV, killed = SIGKILL;
    struct nashra_answer answer;
    (void)state;
    const struct nashra_child hurried = {"the slow child", 200, 100, NULL};
    assert_int_equal(nashra_child_call(&hurried, hang, NULL, &answer), NASHRA_EDATA);
    assert_int_equal(call(crash, &segfault), NASHRA_EDATA);
    assert_int_equal(call(crash, &killed), NASHRA_EDATA);
    assert_int_equal(call(leave, NULL), NASHRA_EINTERNAL);
    assert_int_equal(call(talk, NULL), NASHRA_EDATA);
    assert_int_equal(call(lie, NULL), NASHRA_EINTERNAL);
    assert_string_equal(messages, "the slow child took longer than 1 seconds and was stopped\n"
                                  "the test's child crashed (signal 11)\n"
                                  "the test's child was stopped (signal 9)\n"
                                  "the test's child ended with exit code 3\n"
                                  "the test's child answered with more than 1048576 bytes and was stopped\n"
                                  "the test's child gave no proper answer\n");
}

#if !defined(__SANITIZE_ADDRESS__)
static char *volatile sink; /* so that no compiler does without the memory */

static int swell(void *user, struct nashra_buffer *payload) {
    (void)user;
    (void)payload;
    int status = nashra_cage_parser();
    if (status < 0)
        return status;
    for (size_t size = 1 << 20;; size *= 2) {
        char *block = malloc(size);
        if (!block)
            return nashra_fail(NASHRA_ENOMEM, "%zu MiB were too much", size >> 20);
        memset(block, 1, size);
        sink = block;
    }
}

static void memory_ends_at_128_mib(void **state) {
    (void)state;
    assert_int_equal(call(swell, NULL), NASHRA_ENOMEM);
    assert_string_equal(messages, "64 MiB were too much\n");
}
#endif

static void the_parent_keeps_no_child_and_no_descriptor(void **state) {
    (void)state;
    const int before = dup(0);
    for (int i = 0; i < 20; i++)
        call(i % 2 ? report : leave, NULL);
    const int after = dup(0);
    assert_int_equal(after, before + 1);
    close(before);
    close(after);
}

/* The parcel --------------------------------------------------------------------------------------------------------
 */

static void whatever_is_cut_off_is_broken(void **state) {
    struct nashra_buffer bytes = {0};
    (void)state;
    nashra_parcel_put_number(&bytes, -5);
    nashra_parcel_put_string(&bytes, "عنوان");
    nashra_parcel_put_bytes(&bytes, "a\0b", 3);
    for (size_t length = 0; length <= bytes.length; length++) {
        struct nashra_parcel parcel = {bytes.data, length, false};
        size_t taken;
        const int64_t number = nashra_parcel_number(&parcel);
        const char *title = nashra_parcel_string(&parcel, NULL), *rest = nashra_parcel_string(&parcel, &taken);
        assert_int_equal(parcel.broken, length < bytes.length);
        if (parcel.broken)
            continue;
        assert_int_equal(number, -5);
        assert_string_equal(title, "عنوان");
        assert_int_equal(taken, 3);
        assert_memory_equal(rest, "a\0b", 3);
    }
    struct nashra_parcel nul = {bytes.data + 8 + 8 + 11, 12, false};
    nashra_parcel_string(&nul, NULL);
    assert_true(nul.broken);
    nashra_buffer_finish(&bytes);
}

static void a_length_beyond_the_end_is_broken(void **state) {
    static const int64_t lengths[] = {-1, INT64_MAX, INT64_MIN, 9, 8};
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct nashra_buffer bytes = {0};
        nashra_parcel_put_number(&bytes, lengths[i]);
        nashra_parcel_put_number(&bytes, 0);
        struct nashra_parcel parcel = {bytes.data, bytes.length, false};
        assert_string_equal(nashra_parcel_string(&parcel, NULL), "");
        assert_true(parcel.broken);
        nashra_buffer_finish(&bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_child_computes_and_tells, begin),
        cmocka_unit_test_setup(a_childs_error_is_the_calls, begin),
        cmocka_unit_test_setup(tables_are_there_where_files_are_not, begin),
        cmocka_unit_test_setup(a_parser_that_breaks_out_dies, begin),
        cmocka_unit_test_setup(a_fetcher_that_breaks_out_dies, begin),
        cmocka_unit_test_setup(a_fetcher_sees_the_network_and_hardly_a_file, begin),
        cmocka_unit_test_setup(whatever_becomes_of_a_child_is_an_error, begin),
#if !defined(__SANITIZE_ADDRESS__)
        cmocka_unit_test_setup(memory_ends_at_128_mib, begin),
#endif
        cmocka_unit_test_setup(the_parent_keeps_no_child_and_no_descriptor, begin),
        cmocka_unit_test_setup(whatever_is_cut_off_is_broken, begin),
        cmocka_unit_test_setup(a_length_beyond_the_end_is_broken, begin),
    };
    if (prctl(PR_GET_SECCOMP) < 0) {
        puts("there is no seccomp here, as under an emulator: skipped");
        return 77;
    }
    return cmocka_run_group_tests_name("news_child", tests, NULL, NULL);
}
