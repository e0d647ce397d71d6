/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles from files and pipes, what is refused and why, and memory that runs out. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "article_helper.h"

static const char sample[] =
    "اتفاق على وقف النار في الشمال\n\nسامي خليل\n\n"
    "أعلن د. محمد حسن أن الطرفين \"اتفقا أخيرا\" على هدنة مدتها 3.5 أشهر. وقال إن اللجنة ستجتمع غدا.\n\n"
    "بنود الاتفاق\n\n"
    "ينص الاتفاق على وقف كامل للقتال في المدينة وضواحيها، وعلى فتح الطرق أمام قوافل الإغاثة، وعلى إطلاق الأسرى من "
    "الجانبين خلال عشرة أيام، وقد رحبت به دول كثيرة في المنطقة، وقالت إنه خطوة أولى على طريق طويل، لكنها دعت إلى "
    "مراقبة "
    "التنفيذ عن قرب، وإلى إرسال بعثة من المراقبين في أسرع وقت ممكن.\n";

/* Runs with a file of these bytes; its path is in `path`. */
static void write_file(char path[64], const void *bytes, size_t length) {
    strcpy(path, "/tmp/nashra-article-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), length);
    close(file);
}

static int open_bytes(const void *bytes, size_t length, struct nashra_article **article) {
    char path[64];
    write_file(path, bytes, length);
    int status = nashra_article_open(path, article);
    assert_true(status == 0 || strstr(last_message, path));
    unlink(path);
    return status;
}

static void from_file(void **state) {
    (void)state;
    struct nashra_article *article, *same = make(sample);
    assert_int_equal(open_bytes(sample, sizeof sample - 1, &article), 0);
    char *all = all_segments(article, 1), *expected = all_segments(same, 1);
    size_t length, count;
    assert_string_equal(all, expected);
    assert_memory_equal(nashra_article_text(article, &length), sample, sizeof sample - 1);
    assert_int_equal(length, sizeof sample - 1);
    assert_string_equal(nashra_article_charset(article), "UTF-8");
    assert_non_null(strstr(nashra_article_name(article), "/tmp/nashra-article-"));
    const struct nashra_span *quotations = nashra_article_quotations(article, &count);
    assert_int_equal(count, 1);
    assert_memory_equal(sample + quotations[0].from, "اتفقا أخيرا", quotations[0].to - quotations[0].from);
    free(all);
    free(expected);
    nashra_article_destroy(article);
    nashra_article_destroy(same);
}

static void paragraphs_are_marked(void **state) {
    (void)state;
    struct nashra_article *article = make(sample);
    size_t count;
    const struct nashra_segment *s = nashra_article_segments(article, &count);
    assert_true(count > 6);
    assert_int_equal(s[0].kind, NASHRA_TITLE);
    assert_int_equal(s[1].kind, NASHRA_BYLINE);
    assert_int_equal(s[2].paragraph, 2);
    assert_false(s[2].paragraph_end);
    assert_true(s[3].paragraph_end);
    assert_int_equal(s[4].kind, NASHRA_HEADING);
    assert_true(s[5].continues && !s[5].paragraph_end);
    assert_true(!s[count - 1].continues && s[count - 1].paragraph_end);
    nashra_article_destroy(article);
}

static void missing_and_directory(void **state) {
    (void)state;
    struct nashra_article *article;
    assert_int_equal(nashra_article_open("/tmp/no/such/article", &article), NASHRA_ENOINPUT);
    assert_string_equal(last_message, "/tmp/no/such/article: No such file or directory");
    assert_int_equal(nashra_article_open("/tmp", &article), NASHRA_ENOINPUT);
    assert_string_equal(last_message, "/tmp: is a directory, not an article");
    assert_null(article);
    assert_int_equal(message_count, 2);
}

static void without_words(void **state) {
    (void)state;
    struct nashra_article *article;
    assert_int_equal(open_bytes("", 0, &article), NASHRA_EDATA);
    assert_non_null(strstr(last_message, "is empty"));
    static const char *const texts[] = {" \n\t\r\n ", "\xef\xbb\xbf", "...\n---\n", "\xe2\x80\x8f \xc2\xa0", "* * *"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(refuse(texts[i], strlen(texts[i])), NASHRA_EDATA);
        assert_string_equal(last_message, "test: holds no words");
    }
}

static void binary(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *kind;
    } files[] = {
        {"\x7f"
         "ELF\2\1\1\0",
         8, "a program (ELF)"},
        {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, "a PNG picture"},
        {"PK\3\4\x14\0\0\0", 8, "a ZIP archive"},
        {"%PDF-1.7\n", 9, "a PDF document"},
        {"\x1f\x8b\x08\0", 4, "gzip data"},
        {"{\\rtf1\\ansi text}", 17, "an RTF document"},
        {"abc\1\2\3\4\5\6 \x10\x11", 12, "binary data"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(refuse(files[i].bytes, files[i].length), NASHRA_EDATA);
        assert_non_null(strstr(last_message, files[i].kind));
    }
}

/* A stray control character is no reason to refuse an article. */
static void stray_controls(void **state) {
    (void)state;
    static const char text[] = "انتهى الاجتماع في القاهرة مساء أمس، وعاد الوفد إلى بلاده من دون اتفاق على شيء.\x1a";
    nashra_article_destroy(make(text));
}

static void own_program_is_refused(void **state) {
    (void)state;
    struct nashra_article *article;
    assert_int_equal(nashra_article_open("/proc/self/exe", &article), NASHRA_EDATA);
    assert_non_null(strstr(last_message, "a program (ELF)"));
}

static void too_large_file(void **state) {
    (void)state;
    char path[64];
    struct nashra_article *article;
    write_file(path, "", 0);
    assert_int_equal(truncate(path, (off_t)1 << 30), 0);
    nashra_alloc_fail_after(0);
    assert_int_equal(nashra_article_open(path, &article), NASHRA_EDATA);
    assert_int_equal(nashra_alloc_count(), 0); /* refused before a byte of it was read */
    assert_non_null(strstr(last_message, "larger than 16 MiB"));
    unlink(path);
}

static void endless_pipe(void **state) {
    (void)state;
    struct nashra_article *article;
    assert_int_equal(nashra_article_open("/dev/zero", &article), NASHRA_EDATA);
    assert_non_null(strstr(last_message, "larger than 16 MiB"));
}

struct feeder {
    int file;
    pthread_t reader;
};

static void ignore(int number) {
    (void)number;
}

/* Writes a few bytes at a time and interrupts the reader in between. */
static void *feed(void *user) {
    struct feeder *feeder = user;
    for (size_t at = 0; at < sizeof sample - 1;) {
        size_t size = sizeof sample - 1 - at < 37 ? sizeof sample - 1 - at : 37;
        at += (size_t)write(feeder->file, sample + at, size);
        nanosleep(&(struct timespec){0, 500000}, NULL);
        pthread_kill(feeder->reader, SIGUSR1);
    }
    close(feeder->file);
    return NULL;
}

static void read_stdin(int flags) {
    int ends[2], kept = dup(STDIN_FILENO);
    struct sigaction action = {.sa_handler = ignore}, old;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, flags), 0);
    sigaction(SIGUSR1, &action, &old);
    dup2(ends[0], STDIN_FILENO);
    struct feeder feeder = {ends[1], pthread_self()};
    pthread_t thread;
    struct nashra_article *article;
    pthread_create(&thread, NULL, feed, &feeder);
    int status = nashra_article_open("-", &article);
    pthread_join(thread, NULL);
    assert_int_equal(status, 0);
    assert_string_equal(nashra_article_name(article), "standard input");
    size_t length;
    assert_memory_equal(nashra_article_text(article, &length), sample, sizeof sample - 1);
    assert_int_equal(length, sizeof sample - 1);
    nashra_article_destroy(article);
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(ends[0]);
    sigaction(SIGUSR1, &old, NULL);
}

static void slow_pipe(void **state) {
    (void)state;
    read_stdin(0);
}

static void non_blocking_pipe(void **state) {
    (void)state;
    read_stdin(O_NONBLOCK);
}

static void read_error(void **state) {
    (void)state;
    int kept = dup(STDIN_FILENO);
    int write_only = open("/dev/null", O_WRONLY);
    struct nashra_article *article;
    dup2(write_only, STDIN_FILENO);
    int status = nashra_article_open("-", &article);
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(write_only);
    assert_int_equal(status, NASHRA_EIO);
    assert_string_equal(last_message, "standard input: read failed at byte 0: Bad file descriptor");
}

/* Each allocation fails once, and all after it: the status is told, nothing leaks (the sanitizer looks). */
static void every_allocation_fails(const char *bytes, size_t length) {
    struct nashra_article *article;
    unsigned long n = 1;
    for (;; n++) {
        nashra_alloc_fail_after(n);
        int status = nashra_article_from_bytes(bytes, length, "test", &article);
        nashra_alloc_fail_after(0);
        if (status == 0)
            break;
        assert_int_equal(status, NASHRA_ENOMEM);
        assert_null(article);
    }
    assert_true(n > 10);
    nashra_article_destroy(article);
}

static void opening_without_memory(void **state) {
    (void)state;
    char path[64];
    struct nashra_article *article;
    write_file(path, sample, sizeof sample - 1);
    nashra_alloc_fail_after(1);
    assert_int_equal(nashra_article_open(path, &article), NASHRA_ENOMEM);
    nashra_alloc_fail_after(0);
    assert_null(article);
    unlink(path);
}

static void out_of_memory(void **state) {
    (void)state;
    every_allocation_fails(sample, sizeof sample - 1);
    size_t length;
    char *encoded = encode(sample, "windows-1256", &length);
    every_allocation_fails(encoded, length);
    free(encoded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(from_file, hear_messages),
        cmocka_unit_test_setup(paragraphs_are_marked, hear_messages),
        cmocka_unit_test_setup(missing_and_directory, hear_messages),
        cmocka_unit_test_setup(without_words, hear_messages),
        cmocka_unit_test_setup(binary, hear_messages),
        cmocka_unit_test_setup(stray_controls, hear_messages),
        cmocka_unit_test_setup(own_program_is_refused, hear_messages),
        cmocka_unit_test_setup(too_large_file, hear_messages),
        cmocka_unit_test_setup(endless_pipe, hear_messages),
        cmocka_unit_test_setup(slow_pipe, hear_messages),
        cmocka_unit_test_setup(non_blocking_pipe, hear_messages),
        cmocka_unit_test_setup(read_error, hear_messages),
        cmocka_unit_test_setup(opening_without_memory, hear_messages),
        cmocka_unit_test_setup(out_of_memory, hear_messages),
    };
    return cmocka_run_group_tests_name("article", tests, NULL, NULL);
}
