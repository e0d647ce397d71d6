/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found in pages, for score.py: `outline FILE…` prints a line a fact and a paragraph; `outline --words FILE…`
 * each word with the bytes behind it; `outline --time N FILE…` reads each file N times and prints how long that took.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <nashra/article.h>

struct file {
    const char *name;
    char *bytes;
    size_t length;
};

static struct file load(const char *name) {
    struct file file = {.name = name};
    FILE *in = fopen(name, "rb");
    if (!in || fseek(in, 0, SEEK_END) < 0) {
        perror(name);
        exit(66);
    }
    file.length = (size_t)ftell(in);
    rewind(in);
    file.bytes = malloc(file.length + 1);
    if (!file.bytes || fread(file.bytes, 1, file.length, in) != file.length)
        exit(74);
    fclose(in);
    return file;
}

static void print_fact(const char *key, const char *value) {
    if (*value)
        printf("%s\t%s\n", key, value);
}

static void print(const struct file *file, const struct nashra_article *article) {
    const struct nashra_metadata *metadata = nashra_article_metadata(article);
    size_t count, length;
    const struct nashra_passage *passages = nashra_article_passages(article, &count);
    const char *text = nashra_article_text(article, &length);
    printf("file\t%s\n", file->name);
    print_fact("format", nashra_format_name(metadata->format));
    print_fact("author", metadata->byline);
    print_fact("section", metadata->section);
    print_fact("site", metadata->site);
    print_fact("link", metadata->link);
    print_fact("language", metadata->language);
    print_fact("feed", metadata->feed);
    if (metadata->published != NASHRA_FEED_NO_DATE)
        printf("published\t%lld\n", (long long)metadata->published);
    if (metadata->is_partial)
        puts("partial\tyes");
    for (size_t i = 0; i < count; i++) {
        struct nashra_span span = passages[i].span;
        const char *kind =
            passages[i].kind == NASHRA_TEXT ? nashra_role_name(passages[i].role) : nashra_kind_name(passages[i].kind);
        printf("%s%.0u\t%.*s\n", kind, passages[i].level, (int)(span.to - span.from), text + span.from);
    }
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n';
}

static void print_words(const struct file *file, const struct nashra_article *article) {
    size_t count, length;
    const struct nashra_passage *passages = nashra_article_passages(article, &count);
    const char *text = nashra_article_text(article, &length);
    printf("file\t%s\n", file->name);
    for (size_t i = 0; i < count; i++)
        for (size_t from = passages[i].span.from, to; from < passages[i].span.to; from = to + 1) {
            for (to = from; to < passages[i].span.to && !is_blank(text[to]);)
                to++;
            struct nashra_span source = nashra_article_source_span(article, (struct nashra_span){from, to});
            const char *part = nashra_article_part(article, (struct nashra_span){from, to});
            if (to > from)
                printf("%.*s\t%zu\t%zu\t%s\n", (int)(to - from), text + from, source.from, source.to, part ? part : "");
        }
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int time_files(long rounds, int count, char **names) {
    double total = 0;
    size_t bytes = 0;
    for (int i = 0; i < count; i++) {
        struct file file = load(names[i]);
        double start = seconds();
        for (long round = 0; round < rounds; round++) {
            struct nashra_article *article = NULL;
            nashra_article_from_bytes(file.bytes, file.length, file.name, &article);
            nashra_article_destroy(article);
        }
        total += seconds() - start;
        bytes += file.length;
        free(file.bytes);
    }
    printf("%d files, %zu bytes, %.6f s for all of them once\n", count, bytes, total / (double)rounds);
    return 0;
}

int main(int argc, char **argv) {
    int status = 0;
    if (argc > 3 && strcmp(argv[1], "--time") == 0)
        return time_files(strtol(argv[2], NULL, 10), argc - 3, argv + 3);
    bool words = argc > 1 && strcmp(argv[1], "--words") == 0;
    for (int i = 1 + words; i < argc; i++) {
        struct file file = load(argv[i]);
        struct nashra_article *article = NULL;
        int one = nashra_article_from_bytes(file.bytes, file.length, file.name, &article);
        if (one == 0)
            (words ? print_words : print)(&file, article);
        else
            status = nashra_exit_code(one);
        nashra_article_destroy(article);
        free(file.bytes);
    }
    return status;
}
