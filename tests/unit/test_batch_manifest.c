/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Manifests: what a line may say, and that everything wrong is told with file, line and key before work begins. */
#include "batch_folder.h"

#include <nashra/memory.h>

#include "manifest.h"
#include "queue_url.h"

static const struct nashra_job_defaults no_defaults;

static int load(const char *text, const struct nashra_job_defaults *defaults, struct nashra_manifest **manifest) {
    write_file("m.jsonl", text);
    messages[0] = '\0';
    return nashra_manifest_load(in_folder("m.jsonl"), defaults, manifest);
}

static void what_a_line_says(void **state) {
    struct nashra_manifest *m;
    struct nashra_job_defaults defaults = {.options = {.voice.rate = 150, .region = NASHRA_REGION_EGYPT}};
    (void)state;
    write_file("a.txt", "خبر.");
    assert_int_equal(load("\xEF\xBB\xBF{\"input\":\"a.txt\",\"output\":\"x/a.wav\"}\r\n\n"
                          "{\"text\":\"خبر\",\"output\":\"b\",\"format\":\"mp3\",\"rate\":300,\"priority\":-5,"
                          "\"region\":\"gulf\",\"endings\":\"full\",\"strict\":true}",
                          &defaults, &m),
                     NASHRA_OK);
    assert_string_equal(messages, "");
    assert_int_equal(nashra_manifest_count(m), 2);
    const struct nashra_job *first = &m->jobs[0], *second = &m->jobs[1];
    assert_int_equal(first->source, NASHRA_JOB_FILE);
    assert_string_equal(first->input, in_folder("a.txt"));
    assert_string_equal(first->output, "x/a.wav");
    assert_int_equal(first->options.voice.rate, 150);
    assert_int_equal(first->options.region, NASHRA_REGION_EGYPT);
    assert_non_null(strstr(first->origin, "m.jsonl:1"));
    assert_int_equal(second->source, NASHRA_JOB_TEXT);
    assert_string_equal(second->output, "b.mp3");
    assert_int_equal(second->options.voice.rate, 300);
    assert_int_equal(second->options.region, NASHRA_REGION_GULF);
    assert_int_equal(second->options.endings, NASHRA_ENDINGS_FULL);
    assert_int_equal(second->priority, -5);
    assert_true(second->strict);
    assert_non_null(strstr(second->origin, "m.jsonl:3"));
    nashra_manifest_destroy(m);
}

/* A line, and what its error must say. */
static const char *const wrong[][2] = {
    {"{\"text\":\"a\",\"output\":\"a.wav\"", "m.jsonl:1: column"},
    {"[]", "m.jsonl:1: it must be a JSON object"},
    {"{\"output\":\"a.wav\"}", "one of \"input\", \"text\" and \"script\""},
    {"{\"text\":\"a\",\"input\":\"b\",\"output\":\"a.wav\"}", "one of \"input\", \"text\" and \"script\""},
    {"{\"text\":\"\",\"output\":\"a.wav\"}", "m.jsonl:1: \"text\": it must be a string that is not empty"},
    {"{\"text\":\"a\\u0000b\",\"output\":\"a.wav\"}", "no JSON"},
    {"{\"text\":\"a\"}", "\"output\": it is missing"},
    {"{\"text\":\"a\",\"output\":\"/a.wav\"}", "\"output\": \"/a.wav\": it must stay inside"},
    {"{\"text\":\"a\",\"output\":\"x/../a.wav\"}", "must stay inside"},
    {"{\"text\":\"a\",\"output\":\".nashra/a.wav\"}", "must stay inside"},
    {"{\"text\":\"a\",\"output\":\"x//a.wav\"}", "must stay inside"},
    {"{\"text\":\"a\",\"output\":\"a\\n.wav\"}", "must stay inside"},
    {"{\"text\":\"a\",\"output\":\"a.doc\"}", "\"a.doc\": it must end in .wav"},
    {"{\"text\":\"a\",\"output\":\"a\",\"format\":\"doc\"}", "\"format\": \"doc\": it must be wav"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"format\":\"mp3\"}", "ends in .wav"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"rate\":79}", "\"rate\": it must be a whole number from 80 to 450"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"rate\":\"fast\"}", "\"rate\": it must be a whole number"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"pitch\":100}", "\"pitch\""},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"volume\":0}", "\"volume\""},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"priority\":101}", "from -100 to 100"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"region\":\"mars\"}", "\"region\": \"mars\": it must be gulf"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"endings\":\"some\"}", "\"endings\": \"some\": it must be full"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"strict\":1}", "\"strict\": it must be true or false"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"colour\":1}", "\"colour\": there is no such key"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"output\":\"b.wav\"}", "duplicate"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"bulletin\":1}", "\"bulletin\": it must be an object"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"bulletin\":{\"slot\":[]}}", "\"slot\" must be a string"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"bulletin\":{\"slot\":\"never\"}}", "\"bulletin\": it is refused"},
    {"{\"input\":[],\"output\":\"a.wav\",\"bulletin\":{}}", "\"input\": the list is empty"},
    {"{\"input\":[1],\"output\":\"a.wav\",\"bulletin\":{}}", "number 1 of the list"},
    {"{\"input\":[\"m.jsonl\"],\"output\":\"a.wav\"}", "several files make a bulletin"},
    {"{\"input\":\"none.txt\",\"output\":\"a.wav\"}", "none.txt: No such file"},
    {"{\"input\":\".\",\"output\":\"a.wav\"}", "directory"},
    {"{\"script\":\"none.ini\",\"output\":\"a.wav\"}", "\"script\""},
    {"{\"text\":\"a\",\"lexicon\":\"none.tsv\",\"output\":\"a.wav\"}", "\"lexicon\""},
    {"{\"text\":\"a\",\"model\":\"none\",\"output\":\"a.wav\"}", "\"model\""},
    {"{\"text\":\"a\",\"output\":\"a.wav\"}\n{\"text\":\"b\",\"output\":\"a.wav\"}",
     "m.jsonl:2: \"output\": line 1 makes the same file"},
    {"{\"text\":\"a\",\"output\":\"a.wav\",\"bulletin\":{}}\n{\"text\":\"b\",\"output\":\"a.mp3\",\"bulletin\":{}}",
     "line 1 makes the same file"},
    {"\n \n", "there is no job in it"},
};

static void what_is_wrong_is_told(void **state) {
    struct nashra_manifest *m;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(load(wrong[i][0], &no_defaults, &m), NASHRA_EDATA);
        assert_null(m);
        if (!strstr(messages, wrong[i][1]))
            fail_msg("%s\nsays %s\nnot  %s", wrong[i][0], messages, wrong[i][1]);
    }
}

static void all_errors_at_once(void **state) {
    struct nashra_manifest *m;
    (void)state;
    assert_int_equal(load("{\"text\":\"a\",\"output\":\"a.wav\",\"rate\":1,\"pitch\":0}\n{}\nx\n", &no_defaults, &m),
                     NASHRA_EDATA);
    static const char *const expected[] = {":1: \"rate\"",   ":1: \"pitch\"", ":2: one of",
                                           ":2: \"output\"", ":3: column",    "5 errors, nothing was begun"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_non_null(strstr(messages, expected[i]));
    assert_int_equal(nashra_manifest_load(in_folder("none"), &no_defaults, &m), NASHRA_ENOINPUT);
    assert_int_equal(nashra_manifest_load(folder, &no_defaults, &m), NASHRA_ENOINPUT);
}

/* The shares of a manifest are all of it, each once. */
static void shares(void **state) {
    bool seen[10] = {false};
    (void)state;
    for (size_t k = 1; k <= 3; k++) {
        struct nashra_manifest *m;
        char text[1000] = "";
        for (int i = 0; i < 10; i++)
            snprintf(text + strlen(text), sizeof text - strlen(text), "{\"text\":\"a\",\"output\":\"%d.wav\"}\n", i);
        assert_int_equal(load(text, &no_defaults, &m), NASHRA_OK);
        assert_int_equal(nashra_manifest_keep(m, k, 3), NASHRA_OK);
        for (size_t i = 0; i < m->count; i++) {
            assert_false(seen[atoi(m->jobs[i].output)]);
            seen[atoi(m->jobs[i].output)] = true;
        }
        assert_int_equal(nashra_manifest_keep(m, 4, 3), NASHRA_EUSAGE);
        nashra_manifest_destroy(m);
    }
    for (int i = 0; i < 10; i++)
        assert_true(seen[i]);
}

/* What travels is what was meant. */
static void a_line_travels(void **state) {
    struct nashra_manifest *m;
    struct nashra_job again;
    (void)state;
    write_file("a.txt", "خبر.");
    assert_int_equal(load("{\"input\":[\"a.txt\"],\"output\":\"a.wav\",\"bulletin\":{\"intro\":\"standard\"}}\n"
                          "{\"script\":\"a.txt\",\"output\":\"b.wav\"}",
                          &no_defaults, &m),
                     NASHRA_EDATA);
    assert_int_equal(load("{\"input\":[\"a.txt\"],\"output\":\"a.wav\",\"bulletin\":{\"intro\":\"standard\"},"
                          "\"rate\":100}",
                          &no_defaults, &m),
                     NASHRA_OK);
    char *line = nashra_job_line(&m->jobs[0]);
    assert_int_equal(nashra_job_parse(line, strlen(line), NULL, NULL, &again), NASHRA_OK);
    assert_int_equal(again.source, NASHRA_JOB_FILES);
    assert_string_equal(json_string_value(json_array_get(again.inputs, 0)), in_folder("a.txt"));
    assert_int_equal(again.options.voice.rate, 100);
    assert_string_equal(again.origin, m->jobs[0].origin);
    assert_non_null(json_object_get(again.bulletin, "at")); /* the time that is told is one for all tries */
    nashra_job_finish(&again);
    free(line);
    nashra_manifest_destroy(m);
}

static void out_of_memory(void **state) {
    (void)state;
    for (unsigned long n = 1, done = 0; !done; n++) {
        struct nashra_manifest *m;
        write_file("m.jsonl", "{\"text\":\"a\",\"output\":\"a.wav\"}\n{\"text\":\"b\",\"output\":\"b.wav\"}\n");
        nashra_alloc_fail_after(n);
        int status = nashra_manifest_load(in_folder("m.jsonl"), &no_defaults, &m);
        done = nashra_alloc_count() < n;
        nashra_alloc_fail_after(0);
        assert_true(done ? status == NASHRA_OK : status == NASHRA_ENOMEM && m == NULL);
        nashra_manifest_destroy(m);
    }
}

static void addresses(void **state) {
    struct nashra_queue_url url;
    (void)state;
    assert_int_equal(nashra_queue_url_parse("redis://host", &url), NASHRA_OK);
    assert_string_equal(url.host, "host");
    assert_int_equal(url.port, 6379);
    assert_string_equal(url.name, "nashra");
    assert_int_equal(nashra_queue_url_parse("redis://me:p%40s:s@[::1]:7600/3?name=night", &url), NASHRA_OK);
    assert_string_equal(url.host, "::1");
    assert_int_equal(url.port, 7600);
    assert_int_equal(url.database, 3);
    assert_string_equal(url.user, "me");
    assert_string_equal(url.password, "p@s:s");
    assert_string_equal(url.name, "night");
    assert_int_equal(nashra_queue_url_parse("redis://:secret@h:1", &url), NASHRA_OK);
    assert_string_equal(url.user, "");
    assert_string_equal(url.password, "secret");
    assert_int_equal(nashra_queue_url_parse("unix:/run/redis.sock?db=2&user=a&password=b", &url), NASHRA_OK);
    assert_string_equal(url.path, "/run/redis.sock");
    assert_int_equal(url.database, 2);
    assert_string_equal(url.password, "b");
    write_file("url", "redis://:s@h/1\nmore");
    char file[100];
    snprintf(file, sizeof file, "@%s", in_folder("url"));
    assert_int_equal(nashra_queue_url_parse(file, &url), NASHRA_OK);
    assert_int_equal(url.database, 1);
    static const char *const bad[] = {"",
                                      "host",
                                      "http://h",
                                      "redis://",
                                      "redis://:80",
                                      "redis://h:0",
                                      "redis://h:65536",
                                      "redis://h:x",
                                      "redis://h/x",
                                      "redis://h/-1",
                                      "redis://user@h",
                                      "redis://a:%4@h",
                                      "redis://a:%zz@h",
                                      "redis://[::1",
                                      "redis://h?name=",
                                      "redis://h?name=a%20b",
                                      "redis://h?nome=a",
                                      "unix:",
                                      "rediss://h"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (nashra_queue_url_parse(bad[i], &url) != NASHRA_EUSAGE)
            fail_msg("%s is no address", bad[i]);
    assert_non_null(strstr(messages, "stunnel"));
    assert_int_equal(nashra_queue_url_parse("@/none", &url), NASHRA_ENOINPUT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, create_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_a_line_says), TEST(what_is_wrong_is_told), TEST(all_errors_at_once), TEST(shares),
        TEST(a_line_travels),   TEST(out_of_memory),         TEST(addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
