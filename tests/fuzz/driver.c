/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives a fuzz target where libFuzzer is not: every seed, then a fixed number of deterministic mutations of them.
 *
 *     fuzz_NAME SEEDS…       folders or files; a single file with NASHRA_FUZZ_RUNS=0 reproduces a crash
 *     NASHRA_FUZZ_RUNS=N     number of mutations, 2000 by default
 *     NASHRA_FUZZ_SEED=N     another series of mutations, 1 by default
 *
 * An input that crashes, trips a sanitizer or takes over 10 s is kept in a file, whose name is printed. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_INPUT = 1 << 16, MAX_SEEDS = 4096, SECONDS_AN_INPUT = 10 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Of the sanitizers' runtime; NULL in a build without them. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

struct input {
    uint8_t *bytes;
    size_t size;
};

struct corpus {
    struct input seeds[MAX_SEEDS];
    size_t count;
};

/* Signal handlers see nothing but globals. */
static struct corpus corpus;
static struct input current;
static char crash_file[256];

static void keep_current(void) {
    int file = open(crash_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ssize_t written = file < 0 ? -1 : write(file, current.bytes, current.size);
    const char *text = written < 0 ? "fuzz: the input could not be kept in " : "fuzz: the input is kept in ";
    if (write(STDERR_FILENO, text, strlen(text)) < 0 || write(STDERR_FILENO, crash_file, strlen(crash_file)) < 0 ||
        write(STDERR_FILENO, "\n", 1) < 0)
        return;
}

static void on_signal(int number) {
    static const char hang[] = "fuzz: an input took over 10 s\n";
    if (number == SIGALRM && write(STDERR_FILENO, hang, sizeof hang - 1) < 0)
        _exit(1);
    keep_current();
    signal(number, SIG_DFL);
    raise(number);
}

static void watch_for_crashes(const char *program) {
    static const int numbers[] = {SIGALRM, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    const char *base = strrchr(program, '/');
    const char *folder = getenv("TMPDIR");
    snprintf(crash_file, sizeof crash_file, "%s/%s-crash-%ld", folder ? folder : "/tmp", base ? base + 1 : program,
             (long)getpid());
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(keep_current);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!__sanitizer_set_death_callback || numbers[i] == SIGALRM)
            signal(numbers[i], on_signal);
}

static void *check(void *block) {
    if (!block) {
        fprintf(stderr, "fuzz: out of memory\n");
        exit(70);
    }
    return block;
}

static void add_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "fuzz: %s: %s\n", path, strerror(errno));
        exit(66);
    }
    if (corpus.count == MAX_SEEDS) {
        fprintf(stderr, "fuzz: more than %d seeds\n", MAX_SEEDS);
        exit(65);
    }
    uint8_t *bytes = check(malloc(MAX_INPUT));
    size_t size = fread(bytes, 1, MAX_INPUT, file);
    fclose(file);
    corpus.seeds[corpus.count++] = (struct input){bytes, size};
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In order of name, so that a run is the same on every file system. */
static void add_folder(const char *path, DIR *folder) {
    char **names = check(malloc(MAX_SEEDS * sizeof *names));
    size_t count = 0;
    for (struct dirent *entry; count < MAX_SEEDS && (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            names[count++] = check(strdup(entry->d_name));
    closedir(folder);
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        char full[4096];
        snprintf(full, sizeof full, "%s/%s", path, names[i]);
        add_file(full);
        free(names[i]);
    }
    free(names);
}

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static size_t below(uint64_t *state, size_t limit) {
    return limit ? (size_t)(next_random(state) % limit) : 0;
}

/* Replaces `cut` bytes at `at` by `size` bytes, within MAX_INPUT. `bytes` must not point into the input. */
static void replace(struct input *input, size_t at, size_t cut, const void *bytes, size_t size) {
    if (at + cut > input->size || input->size - cut + size > MAX_INPUT)
        return;
    memmove(input->bytes + at + size, input->bytes + at + cut, input->size - at - cut);
    memcpy(input->bytes + at, bytes, size);
    input->size = input->size - cut + size;
}

/* What hurts readers of text: marks, digits of three scripts, controls, halves of characters. */
/* clang-format off */
static const char *const tokens[] = {
    "،", "؛", "؟", ".", "...", "…", ":", "!", "\"", "«", "»", "“", "(", ")", "%", "٪", "$", "€", "/", "-", "–",
    "_", "#", "@", "0", "3,800", "1.250.000", "٣٫٥", "١٩٨٤", "۱۲", "10:30", "18/2/2022", "½", "+966", "2-1",
    "999999999999999999999", "لـ", "الـ", "و", "ال", "بـ", "د.", "أ ف ب", "ﻻ", "ﷺ", "ـ", "َ", "ّ", "ٰ",
    "اللّٰه", " ", "\n", "\n\n", "\r", "\r\n", "\t", "\u2028", "\u200f", "\u202e", "\u00a0", "\ufeff",
    "\xef\xbb", "\xd9", "\xff\xfe", "\xc0\x80", "\xed\xa0\x80", "\xf0\x9f\x98\x80", "http://a.b/c?d=e",
    "a@b.c", "XIV", "BBC", "G20",
};
/* clang-format on */

static void insert_token(struct input *input, uint64_t *random) {
    const char *token = tokens[below(random, sizeof tokens / sizeof *tokens)];
    replace(input, below(random, input->size + 1), 0, token, strlen(token));
}

static void splice(struct input *input, uint64_t *random) {
    struct input other = corpus.seeds[below(random, corpus.count)];
    size_t from = below(random, other.size);
    size_t size = below(random, other.size - from + 1);
    size_t at = below(random, input->size + 1);
    replace(input, at, below(random, input->size - at + 1) / 2, other.bytes + from, size);
}

static void mutate(struct input *input, uint64_t *random) {
    uint8_t byte = (uint8_t)next_random(random);
    size_t at = below(random, input->size);
    switch (below(random, 7)) {
    case 0:
        if (input->size)
            input->bytes[at] ^= (uint8_t)(1u << (byte & 7));
        break;
    case 1:
        replace(input, at, input->size != 0, &byte, 1);
        break;
    case 2:
        replace(input, at, below(random, input->size - at + 1), "", 0);
        break;
    case 3:
        if (byte < 32)
            input->size = at;
        break;
    case 4:
        splice(input, random);
        break;
    default:
        insert_token(input, random);
    }
}

/* The target gets a block of exactly the input's size, so that reading past its end is found. */
static void run(const uint8_t *bytes, size_t size) {
    current.bytes = check(malloc(size ? size : 1));
    current.size = size;
    memcpy(current.bytes, bytes, size);
    alarm(SECONDS_AN_INPUT);
    LLVMFuzzerTestOneInput(current.bytes, size);
    alarm(0);
    free(current.bytes);
}

static unsigned long from_environment(const char *name, unsigned long otherwise) {
    const char *value = getenv(name);
    return value && *value ? strtoul(value, NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
    uint64_t random = 0x9E3779B97F4A7C15u * from_environment("NASHRA_FUZZ_SEED", 1) | 1;
    unsigned long runs = from_environment("NASHRA_FUZZ_RUNS", 2000);
    watch_for_crashes(argv[0]);
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder)
            add_folder(argv[i], folder);
        else
            add_file(argv[i]);
    }
    if (!corpus.count) {
        fprintf(stderr, "fuzz: no seeds: name a folder of them\n");
        return 64;
    }
    for (size_t i = 0; i < corpus.count; i++)
        run(corpus.seeds[i].bytes, corpus.seeds[i].size);
    struct input input = {check(malloc(MAX_INPUT)), 0};
    for (unsigned long i = 0; i < runs; i++) {
        input.size = 0;
        struct input seed = corpus.seeds[below(&random, corpus.count)];
        replace(&input, 0, 0, seed.bytes, seed.size);
        for (size_t n = 1 + below(&random, 8); n; n--)
            mutate(&input, &random);
        run(input.bytes, input.size);
    }
    free(input.bytes);
    for (size_t i = 0; i < corpus.count; i++)
        free(corpus.seeds[i].bytes);
    printf("fuzz: %zu seeds, %lu mutations, no fault\n", corpus.count, runs);
    return 0;
}
