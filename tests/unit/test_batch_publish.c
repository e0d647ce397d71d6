/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts take their names once, whatever was there before. */
#include "batch_folder.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <time.h>

#include <nashra/memory.h>

#include "batch_file.h"
#include "batch_publish.h"

/* The whole of a small file. */
static const char *read_back(const char *path) {
    static char content[4096];
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    content[fread(content, 1, sizeof content - 1, file)] = '\0';
    fclose(file);
    return content;
}

struct ends {
    int count;
    enum nashra_publication last;
    int status;
};

static void note(void *job, const struct nashra_job_result *result, enum nashra_publication publication, int status,
                 void *user) {
    struct ends *ends = user;
    (void)job;
    (void)result;
    *ends = (struct ends){ends->count + 1, publication, status};
}

static struct nashra_publisher *open_publisher(struct ends *ends) {
    struct nashra_publisher *publisher;
    assert_int_equal(nashra_publisher_create(in_folder("out"), note, ends, &publisher), NASHRA_OK);
    return publisher;
}

/* A draft as a renderer leaves it: one file with its content, and the record. */
static struct nashra_job_result make_draft(const char *draft, const char *name, const char *content, const char *token,
                                           unsigned char key) {
    struct nashra_job_result result = {.end = NASHRA_JOB_RENDERED};
    struct nashra_record record = {.files.count = 1};
    struct nashra_hash *hash = nashra_hash_create();
    char path[200];
    snprintf(result.draft, sizeof result.draft, "%s", draft);
    memset(record.files.key.bytes, key, sizeof record.files.key.bytes);
    snprintf(record.token, sizeof record.token, "%s", token);
    snprintf(record.files.parts[0].name, sizeof record.files.parts[0].name, "%s", name);
    record.files.parts[0].size = strlen(content);
    nashra_hash_add(hash, content, strlen(content));
    assert_true(nashra_hash_end(hash, &record.files.parts[0].digest));
    nashra_hash_destroy(hash);
    assert_int_equal(nashra_make_folders(in_folder("out/.nashra/drafts/host-1")), NASHRA_OK);
    snprintf(path, sizeof path, "out/.nashra/drafts/%s--%s", draft, name);
    write_file(path, content);
    snprintf(path, sizeof path, "out/.nashra/drafts/%s--.record", draft);
    assert_int_equal(nashra_record_write(&record, in_folder(path)), NASHRA_OK);
    return result;
}

static void publish_all(struct nashra_publisher *publisher) {
    struct pollfd ready = {.fd = nashra_publisher_fd(publisher), .events = POLLIN};
    assert_int_equal(nashra_publisher_step(publisher, true), NASHRA_OK);
    while (nashra_publisher_waiting(publisher) > 0) {
        assert_int_equal(poll(&ready, 1, 60000), 1); /* nothing is readable after the last step */
        assert_int_equal(nashra_publisher_step(publisher, true), NASHRA_OK);
    }
}

static void publish(struct nashra_publisher *publisher, const char *output, const char *content, const char *token,
                    unsigned char key) {
    static int number;
    char draft[20];
    snprintf(draft, sizeof draft, "host-1/%d", number++);
    struct nashra_job_result result = make_draft(draft, nashra_base_name(output), content, token, key);
    assert_int_equal(nashra_publisher_add(publisher, NULL, output, token, &result), NASHRA_OK);
    publish_all(publisher);
}

static bool drafts_are_gone(void) {
    char command[200];
    snprintf(command, sizeof command, "test -z \"$(find %s -type f)\"", in_folder("out/.nashra/drafts"));
    return system(command) == 0;
}

static ino_t inode_of(const char *name) {
    struct stat info;
    assert_int_equal(stat(in_folder(name), &info), 0);
    return info.st_ino;
}

static void once(void **state) {
    struct ends ends = {0};
    struct nashra_publisher *publisher = open_publisher(&ends);
    (void)state;
    publish(publisher, "news/a.wav", "sound", "", 1);
    assert_int_equal(ends.last, NASHRA_PUBLISHED);
    assert_string_equal(read_back(in_folder("out/news/a.wav")), "sound");
    ino_t before = inode_of("out/news/a.wav");
    publish(publisher, "news/a.wav", "sound", "", 1);
    assert_int_equal(ends.last, NASHRA_PUBLISHED_BEFORE);
    assert_int_equal(inode_of("out/news/a.wav"), before);
    publish(publisher, "news/a.wav", "corrected", "", 2);
    assert_int_equal(ends.last, NASHRA_PUBLISHED);
    assert_string_equal(read_back(in_folder("out/news/a.wav")), "corrected");
    assert_int_equal(ends.count, 3);
    assert_true(drafts_are_gone());
    nashra_publisher_destroy(publisher);
}

/* A worker that slept must not put an old version over a newer one. */
static void what_was_overtaken_stays_away(void **state) {
    struct ends ends = {0};
    struct nashra_publisher *publisher = open_publisher(&ends);
    (void)state;
    publish(publisher, "a.wav", "new", "2000-10", 2);
    publish(publisher, "a.wav", "old", "2000-9", 1);
    assert_int_equal(ends.last, NASHRA_PUBLICATION_OVERTAKEN);
    assert_string_equal(read_back(in_folder("out/a.wav")), "new");
    publish(publisher, "a.wav", "newer", "10000-0", 3);
    assert_int_equal(ends.last, NASHRA_PUBLISHED);
    assert_string_equal(read_back(in_folder("out/a.wav")), "newer");
    unlink(in_folder("out/a.wav")); /* what is gone may be made again, in any order */
    publish(publisher, "a.wav", "old", "2000-9", 1);
    assert_int_equal(ends.last, NASHRA_PUBLISHED);
    assert_true(drafts_are_gone());
    nashra_publisher_destroy(publisher);
}

/* A process died after the name, before the record. */
static void a_name_without_a_record(void **state) {
    struct ends ends = {0};
    struct nashra_publisher *publisher = open_publisher(&ends);
    (void)state;
    write_file("out/a.wav", "sound");
    ino_t before = inode_of("out/a.wav");
    publish(publisher, "a.wav", "sound", "", 1);
    assert_int_equal(ends.last, NASHRA_PUBLISHED);
    assert_int_equal(inode_of("out/a.wav"), before);
    write_file("out/b.wav", "other"); /* as long, but not the same */
    publish(publisher, "b.wav", "sound", "", 1);
    assert_string_equal(read_back(in_folder("out/b.wav")), "sound");
    assert_true(drafts_are_gone());
    nashra_publisher_destroy(publisher);
}

static void what_is_in_the_way(void **state) {
    struct ends ends = {0};
    struct nashra_publisher *publisher = open_publisher(&ends);
    (void)state;
    assert_int_equal(mkdir(in_folder("out/a.wav"), 0755), 0);
    publish(publisher, "a.wav", "sound", "", 1);
    assert_int_equal(ends.last, NASHRA_PUBLICATION_FAILED);
    assert_int_equal(ends.status, NASHRA_ECANTCREATE);
    assert_non_null(strstr(messages, "out/a.wav: "));
    write_file("out/file", "");
    publish(publisher, "file/b.wav", "sound", "", 1);
    assert_int_equal(ends.last, NASHRA_PUBLICATION_FAILED);
    assert_true(drafts_are_gone());
    nashra_publisher_destroy(publisher);
    assert_int_equal(nashra_publisher_create(in_folder("out/file"), note, &ends, &publisher), NASHRA_ECANTCREATE);
    assert_null(publisher);
}

static long dead_process(void) {
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    return pid;
}

static bool is_there(const char *path) {
    struct stat info;
    return stat(in_folder(path), &info) == 0;
}

/* What a process that is gone has left: nothing, drafts that may still be somebody's, drafts that are nobody's. */
static void folders_of_the_dead(void **state) {
    struct ends ends = {0};
    char host[24], empty[120], fresh[120], old[120], file[200];
    struct timespec hour_ago[2] = {{.tv_sec = time(NULL) - 3600}, {.tv_sec = time(NULL) - 3600}};
    (void)state;
    nashra_host_name(host, sizeof host);
    char *const folders[] = {empty, fresh, old};
    for (size_t i = 0; i < 3; i++) {
        snprintf(folders[i], sizeof empty, "out/.nashra/drafts/%s-%ld", host, dead_process());
        assert_int_equal(nashra_make_folders(in_folder(folders[i])), NASHRA_OK);
        snprintf(file, sizeof file, "%s/0--a.wav", folders[i]);
        if (i > 0)
            write_file(file, "sound");
    }
    assert_int_equal(utimensat(AT_FDCWD, in_folder(old), hour_ago, 0), 0);
    nashra_publisher_destroy(open_publisher(&ends));
    assert_false(is_there(empty));
    assert_true(is_there(fresh));
    assert_false(is_there(old));
}

static void records(void **state) {
    struct nashra_record record;
    (void)state;
    static const char *const bad[] = {
        "", "{", "[]", "{\"key\":\"00\",\"token\":\"\",\"files\":[]}",
        "{\"key\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"token\":\"\",\"files\":[{"
        "\"name\":"
        "\"../x\",\"size\":1,\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}]}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        write_file("record", bad[i]);
        assert_false(nashra_record_read(in_folder("record"), &record));
    }
    assert_false(nashra_record_read(in_folder("none"), &record));
    strcpy(record.token, "5-1");
    assert_true(nashra_record_is_later(&record, "5-0"));
    assert_true(nashra_record_is_later(&record, "4-9"));
    assert_false(nashra_record_is_later(&record, "5-1"));
    assert_false(nashra_record_is_later(&record, "10-0"));
    assert_false(nashra_record_is_later(&record, ""));
    strcpy(record.token, "");
    assert_false(nashra_record_is_later(&record, "5-0"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, create_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(once),    TEST(what_was_overtaken_stays_away), TEST(a_name_without_a_record), TEST(what_is_in_the_way),
        TEST(records), TEST(folders_of_the_dead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
