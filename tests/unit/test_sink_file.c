/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sndfile.h>

#include "sink.h"

#define PI 3.14159265358979323846

enum { RATE = 22050, COUNT = 2 * RATE };

static char folder[] = "/tmp/nashra-sink-XXXXXX";
static int16_t speech[COUNT];
static char message[1024];

static void keep_message(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)user;
    snprintf(message, sizeof message, "%s", text);
}

static const char *in_folder(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static size_t files_in_folder(void) {
    DIR *dir = opendir(folder);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(dir));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static int make_folder(void **state) {
    (void)state;
    /* something like speech: a tone that swells and falls */
    for (size_t i = 0; i < COUNT; i++)
        speech[i] = (int16_t)lrint(12000 * sin(2 * PI * 200 * (double)i / RATE) * sin(2 * PI * 3 * (double)i / RATE));
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static int clean(void **state) {
    (void)state;
    message[0] = '\0';
    DIR *dir = opendir(folder);
    for (struct dirent *entry; (entry = readdir(dir));)
        unlink(in_folder(entry->d_name));
    closedir(dir);
    return 0;
}

static int write_all(struct nashra_sink *sink) {
    for (size_t done = 0; done < COUNT; done += 441) {
        ptrdiff_t took = nashra_sink_write(sink, speech + done, 441);
        if (took < 0)
            return (int)took;
        assert_int_equal(took, 441);
    }
    return 0;
}

static void render(const char *path) {
    struct nashra_sink *sink = NULL;
    assert_int_equal(nashra_sink_file(path, RATE, &sink), 0);
    assert_int_equal(write_all(sink), 0);
    assert_int_equal(nashra_sink_wait(sink, NULL, 0, -1), 1);
    assert_int_equal(nashra_sink_heard(sink), COUNT);
    assert_int_equal(nashra_sink_finish(sink), 0);
    nashra_sink_destroy(sink);
}

static void test_every_format(void **state) {
    (void)state;
    const struct {
        const char *name;
        int format, rate;
        double seconds_off, level_off;
    } cases[] = {
        {"a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, RATE, 0, 0},
        {"a.WAV", SF_FORMAT_WAV | SF_FORMAT_PCM_16, RATE, 0, 0},
        {"a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, RATE, 0, 0},
        {"a.opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 48000, 0.01, 0.5},
        {"a.ogg", SF_FORMAT_OGG | SF_FORMAT_OPUS, 48000, 0.01, 0.5},
        {"a.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, RATE, 0.1, 0.5},
    };
    double in = 0;
    for (size_t i = 0; i < COUNT; i++)
        in += speech[i] * speech[i];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = in_folder(cases[i].name);
        render(path);
        SF_INFO info = {0};
        SNDFILE *file = sf_open(path, SFM_READ, &info);
        assert_non_null(file);
        assert_int_equal(info.format & (SF_FORMAT_TYPEMASK | SF_FORMAT_SUBMASK), cases[i].format);
        assert_int_equal(info.samplerate, cases[i].rate);
        assert_int_equal(info.channels, 1);
        int16_t *frames = calloc((size_t)info.frames + 1, sizeof *frames);
        sf_count_t got = sf_readf_short(file, frames, info.frames);
        assert_true(fabs((double)got / info.samplerate - (double)COUNT / RATE) <= cases[i].seconds_off);
        double out = 0;
        for (sf_count_t k = 0; k < got; k++)
            out += frames[k] * frames[k];
        assert_true(fabs(10 * log10(out / info.samplerate / (in / RATE))) <= cases[i].level_off);
        if (cases[i].rate == RATE && cases[i].seconds_off == 0)
            assert_memory_equal(frames, speech, sizeof speech);
        free(frames);
        sf_close(file);
    }
}

static void test_the_name_appears_only_at_the_end(void **state) {
    (void)state;
    const char *path = in_folder("b.wav");
    FILE *old = fopen(path, "w");
    fputs("old", old);
    fclose(old);
    struct nashra_sink *sink = NULL;
    assert_int_equal(nashra_sink_file(path, RATE, &sink), 0);
    assert_int_equal(write_all(sink), 0);
    assert_int_equal(files_in_folder(), 2);
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_size, 3); /* still the old one */
    nashra_sink_destroy(sink);         /* given up */
    assert_int_equal(files_in_folder(), 1);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_size, 3);
    render(path);
    assert_int_equal(files_in_folder(), 1);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_size, 44 + 2 * COUNT);
}

static void test_a_link_is_followed(void **state) {
    (void)state;
    char target[512];
    snprintf(target, sizeof target, "%s", in_folder("target.wav"));
    fclose(fopen(target, "w"));
    assert_int_equal(symlink("target.wav", in_folder("link.wav")), 0);
    render(in_folder("link.wav"));
    struct stat info;
    assert_int_equal(lstat(in_folder("link.wav"), &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(stat(target, &info), 0);
    assert_int_equal(info.st_size, 44 + 2 * COUNT);
}

static void test_two_at_once(void **state) {
    (void)state;
    struct nashra_sink *one = NULL, *two = NULL;
    assert_int_equal(nashra_sink_file(in_folder("one.wav"), RATE, &one), 0);
    assert_int_equal(nashra_sink_file(in_folder("two.wav"), RATE, &two), 0);
    assert_int_equal(write_all(one), 0);
    assert_int_equal(nashra_sink_finish(two), 0);
    assert_int_equal(nashra_sink_finish(one), 0);
    assert_int_equal(nashra_sink_finish(one), 0);
    nashra_sink_destroy(one);
    nashra_sink_destroy(two);
    struct stat info;
    assert_int_equal(stat(in_folder("two.wav"), &info), 0);
    assert_int_equal(info.st_size, 44);
    assert_int_equal(files_in_folder(), 2);
}

static void test_what_cannot_be_created(void **state) {
    (void)state;
    struct nashra_sink *sink = NULL;
    assert_int_equal(mkdir(in_folder("dir.wav"), 0700), 0);
    assert_int_equal(nashra_sink_file(in_folder("dir.wav"), RATE, &sink), NASHRA_ECANTCREATE);
    assert_non_null(strstr(message, "directory"));
    rmdir(in_folder("dir.wav"));
    assert_int_equal(nashra_sink_file(in_folder("missing/a.wav"), RATE, &sink), NASHRA_ECANTCREATE);
    assert_non_null(strstr(message, "missing/a.wav"));
    assert_non_null(strstr(message, "No such file or directory"));
    assert_int_equal(mkfifo(in_folder("pipe.wav"), 0600), 0);
    assert_int_equal(nashra_sink_file(in_folder("pipe.wav"), RATE, &sink), NASHRA_ECANTCREATE);
    const char *const unknown[] = {"a", "a.", "a.txt", ".wav/a", ""};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(nashra_sink_file(unknown[i], RATE, &sink), NASHRA_EUSAGE);
    assert_null(sink);
    assert_int_equal(files_in_folder(), 1);
}

/* A limit on the size of files fails like a full disk does, in the middle of a write, on every machine. */
static void test_disk_full(void **state) {
    (void)state;
    const char *const names[] = {"c.wav", "c.flac", "c.opus", "c.mp3"};
    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < 4; i++) {
        struct stat info;
        render(in_folder(names[i]));
        assert_int_equal(stat(in_folder(names[i]), &info), 0);
        clean(NULL);
        assert_true(info.st_size > 1000);
        for (rlim_t limit = 0; limit < (rlim_t)info.st_size; limit += (rlim_t)info.st_size / 7) {
            struct rlimit old, tight;
            assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
            tight = (struct rlimit){.rlim_cur = limit, .rlim_max = old.rlim_max};
            assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
            message[0] = '\0';
            struct nashra_sink *sink = NULL;
            int status = nashra_sink_file(in_folder(names[i]), RATE, &sink);
            if (status == 0)
                status = write_all(sink);
            if (status == 0)
                status = nashra_sink_finish(sink);
            int again = sink ? nashra_sink_finish(sink) : status;
            nashra_sink_destroy(sink);
            assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
            assert_int_equal(status, NASHRA_EIO);
            assert_int_equal(again, NASHRA_EIO);
            assert_non_null(strstr(message, names[i]));
            assert_non_null(strstr(message, "File too large"));
            assert_int_equal(files_in_folder(), 0);
        }
    }
    signal(SIGXFSZ, SIG_DFL);
}

static void test_every_allocation_fails_once(void **state) {
    (void)state;
    struct nashra_sink *sink = NULL;
    nashra_alloc_fail_after(0);
    render(in_folder("d.opus"));
    unsigned long needed = nashra_alloc_count();
    clean(NULL);
    for (unsigned long n = 1; n <= needed; n++) {
        nashra_alloc_fail_after(n);
        assert_int_equal(nashra_sink_file(in_folder("d.opus"), RATE, &sink), NASHRA_ENOMEM);
        assert_null(sink);
        assert_int_equal(files_in_folder(), 0);
    }
    nashra_alloc_fail_after(0);
}

/* stdout becomes what `path` opens to while `action` runs. */
static int with_stdout(int fd, int (*action)(void)) {
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    assert_true(dup2(fd, STDOUT_FILENO) >= 0);
    int status = action();
    dup2(saved, STDOUT_FILENO);
    close(saved);
    close(fd);
    return status;
}

static int render_to_stdout(void) {
    struct nashra_sink *sink = NULL;
    int status = nashra_sink_file("-", RATE, &sink);
    if (status == 0)
        status = write_all(sink);
    if (status == 0)
        status = nashra_sink_finish(sink);
    nashra_sink_destroy(sink);
    return status;
}

static void test_stdout_to_a_file(void **state) {
    (void)state;
    const char *path = in_folder("e.wav");
    assert_int_equal(with_stdout(open(path, O_RDWR | O_CREAT, 0600), render_to_stdout), 0);
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    assert_non_null(file);
    assert_int_equal(info.frames, COUNT);
    int16_t *frames = calloc(COUNT, sizeof *frames);
    assert_int_equal(sf_readf_short(file, frames, COUNT), COUNT);
    assert_memory_equal(frames, speech, sizeof speech);
    free(frames);
    sf_close(file);
}

static void test_stdout_to_a_pipe(void **state) {
    (void)state;
    char command[600];
    snprintf(command, sizeof command, "cat > %s", in_folder("f.wav"));
    FILE *pipe = popen(command, "w");
    assert_int_equal(with_stdout(dup(fileno(pipe)), render_to_stdout), 0);
    assert_int_equal(pclose(pipe), 0);
    SF_INFO info = {0};
    SNDFILE *file = sf_open(in_folder("f.wav"), SFM_READ, &info);
    assert_non_null(file); /* a length of "unknown" is read up to the end */
    int16_t *frames = calloc(COUNT + 1, sizeof *frames);
    assert_int_equal(sf_readf_short(file, frames, COUNT + 1), COUNT);
    assert_memory_equal(frames, speech, sizeof speech);
    free(frames);
    sf_close(file);
}

static void test_stdout_is_full(void **state) {
    (void)state;
    assert_int_equal(with_stdout(open("/dev/full", O_WRONLY), render_to_stdout), NASHRA_EIO);
    assert_non_null(strstr(message, "No space left"));
}

static void test_stdout_is_closed_at_the_other_end(void **state) {
    (void)state;
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(with_stdout(ends[1], render_to_stdout), NASHRA_EIO);
    assert_non_null(strstr(message, "Broken pipe"));
    signal(SIGPIPE, SIG_DFL);
}

int main(void) {
    nashra_log_set_handler(keep_message, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_every_format, clean),
        cmocka_unit_test_teardown(test_the_name_appears_only_at_the_end, clean),
        cmocka_unit_test_teardown(test_a_link_is_followed, clean),
        cmocka_unit_test_teardown(test_two_at_once, clean),
        cmocka_unit_test_teardown(test_what_cannot_be_created, clean),
        cmocka_unit_test_teardown(test_disk_full, clean),
        cmocka_unit_test_teardown(test_every_allocation_fails_once, clean),
        cmocka_unit_test_teardown(test_stdout_to_a_file, clean),
        cmocka_unit_test_teardown(test_stdout_to_a_pipe, clean),
        cmocka_unit_test_teardown(test_stdout_is_full, clean),
        cmocka_unit_test_teardown(test_stdout_is_closed_at_the_other_end, clean),
    };
    return cmocka_run_group_tests_name("sink_file", tests, make_folder, remove_folder);
}
