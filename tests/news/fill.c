/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills a library with stories of a few hundred words for measurements: fill FOLDER COUNT [FIRST]. Each is an hour
 * older than the one before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <nashra/news.h>
#include <nashra/stories.h>

static unsigned long long state;

static unsigned next(unsigned most) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(state >> 33) % most;
}

/* Zipf's law in the large: half the words are among a few dozen, the tail is long. */
static void add_word(struct nashra_buffer *out) {
    static const char *const stems[] = {"حكوم",  "مدين",  "وزير", "مشروع", "رئيس", "مجلس", "قرار",
                                        "شرك",   "سوق",   "دول",  "كتاب",  "علم",  "نظام", "تقرير",
                                        "مسؤول", "قانون", "شعب",  "عامل",  "طريق", "بحر"};
    static const char *const ends[] = {"", "ة", "ات", "ون", "ين", "ي", "ية", "ها", "هم", "ا"};
    static const char *const starts[] = {"", "ال", "و", "وال", "بال", "لل", "ف", "ل"};
    const unsigned rare = next(4) == 0 ? next(3000) : 0;
    nashra_buffer_add_format(out, "%s%s", starts[next(8)], stems[next(20)]);
    for (unsigned more = rare; more > 0; more /= 20)
        nashra_buffer_add_string(out, stems[more % 20]);
    nashra_buffer_add_format(out, "%s ", ends[next(10)]);
}

static void add_text(struct nashra_buffer *out, int words) {
    for (int i = 1; i <= words; i++) {
        add_word(out);
        if (i % 40 == 0)
            nashra_buffer_add_string(out, "\n\n");
    }
}

struct file {
    char path[512];
    const char *text;
};

static int write_file(void *user) {
    const struct file *file = user;
    FILE *out = fopen(file->path, "w");
    if (!out || fputs(file->text, out) < 0 || fclose(out) != 0)
        return NASHRA_EIO;
    return NASHRA_OK;
}

static int add_story(struct nashra_library *library, const char *folder, long number, time_t now) {
    struct nashra_buffer title = {0}, body = {0}, all = {0};
    struct file file;
    char name[64], link[64];
    const long long published = (long long)now - number * 3600;
    state = (unsigned long long)number * 7919 + 17;
    add_text(&title, 7);
    add_text(&body, 250);
    nashra_buffer_add_format(&all, "# %s\n\n%s\n\nالمصدر: قناة مثال، 28/11/2026 10:15\n", title.data, body.data);
    snprintf(name, sizeof name, "%010lld-%016llx.txt", 9999999999LL - published, (unsigned long long)number);
    snprintf(link, sizeof link, "https://news.example/%ld", number);
    snprintf(file.path, sizeof file.path, "%s/news/%s", folder, name);
    file.text = all.data;
    const uint64_t keys[] = {(uint64_t)number * 2 + 1, (uint64_t)number * 2 + 2};
    const struct nashra_story_draft draft = {name, title.data, body.data, "قناة مثال", "https://news.example/rss",
                                             link, published,  now,       keys,        2};
    const int status = nashra_stories_add(nashra_library_stories(library), &draft, write_file, &file, NULL);
    nashra_buffer_finish(&title);
    nashra_buffer_finish(&body);
    nashra_buffer_finish(&all);
    return status;
}

int main(int argc, char **argv) {
    struct nashra_library *library;
    if (argc < 3 || nashra_library_open(argv[1], &library) < 0)
        return 64;
    const long count = strtol(argv[2], NULL, 10), first = argc > 3 ? strtol(argv[3], NULL, 10) : 0;
    int status = NASHRA_OK;
    const time_t now = time(NULL);
    for (long i = first; i < first + count && status >= 0; i++)
        status = add_story(library, argv[1], i, now);
    nashra_library_close(library);
    return nashra_exit_code(status);
}
