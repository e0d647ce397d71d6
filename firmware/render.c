/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Renders data/prompts.tsv in one language, and the numbers that it needs, into a pack of clips: run by the build.
 * A lexicon may say how they are read. */
#include <stdio.h>
#include <string.h>

#include <nashra/pipeline.h>
#include <nashra/table.h>
#include <nashra/utf8.h>

#include "clips.h"

enum { NUMBERS = 100, TAIL_MS = 120, BETWEEN_MS = 40 };

static const char *const english_units[] = {
    "zero", "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",
    "ten",  "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
static const char *const english_tens[] = {"",      "",      "twenty",  "thirty", "forty",
                                           "fifty", "sixty", "seventy", "eighty", "ninety"};

struct pack {
    enum nashra_prompt_language language;
    struct nashra_pipeline *pipeline;
    struct nashra_arena *arena;
    struct nashra_buffer entries, frames;
    uint32_t count;
};

static size_t audible_end(const struct nashra_sound *sound) {
    size_t end = sound->count;
    while (end > 0 && sound->frames[end - 1] > -64 && sound->frames[end - 1] < 64)
        end--;
    return end;
}

/* Piece by piece of a prompt the silence is short, behind the last it is a little longer. */
static void cut_silence(struct nashra_sound *sound, unsigned tail_ms) {
    const size_t wanted = audible_end(sound) + (size_t)sound->rate * tail_ms / 1000;
    if (wanted < sound->count)
        sound->count = wanted;
}

static int speak(struct pack *pack, const struct nashra_article *article, struct nashra_sound *sound) {
    size_t count;
    nashra_article_segments(article, &count);
    int status = nashra_pipeline_begin(pack->pipeline, article);
    for (size_t i = 0; i < count && status >= 0; i++) {
        struct nashra_sentence sentence;
        nashra_arena_reset(pack->arena);
        status = nashra_pipeline_sentence(pack->pipeline, i, pack->arena, &sentence);
        if (status >= 0)
            status = nashra_pipeline_speak(pack->pipeline, &sentence, sound);
    }
    return status;
}

static int add_clip(struct pack *pack, const char *name, const struct nashra_sound *sound) {
    struct nashrad_clip_entry entry = {.first = (uint32_t)(pack->frames.length / sizeof(int16_t)),
                                       .frames = (uint32_t)sound->count};
    if (strlen(name) >= sizeof entry.name)
        return nashra_fail(NASHRA_EINTERNAL, "%s: the name is too long", name);
    strcpy(entry.name, name);
    pack->count++;
    nashra_buffer_add(&pack->entries, (const char *)&entry, sizeof entry);
    if (sound->count > 0)
        nashra_buffer_add(&pack->frames, (const char *)sound->frames, sound->count * sizeof *sound->frames);
    return pack->entries.failed || pack->frames.failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static bool has_words(const char *text, size_t length) {
    for (size_t at = 0; at < length;) {
        unsigned codepoint;
        at += nashra_utf8_decode(text + at, length - at, &codepoint);
        const unsigned latin = codepoint | 0x20;
        if (nashra_is_arabic_letter(codepoint) || nashra_digit_value(codepoint) >= 0 || (latin >= 'a' && latin <= 'z'))
            return true;
    }
    return false;
}

static int render(struct pack *pack, const char *name, const char *text, size_t length, unsigned tail_ms) {
    struct nashra_sound sound = {0};
    struct nashra_article *article = NULL;
    int status = NASHRA_OK;
    if (has_words(text, length)) {
        status = nashra_article_from_bytes(text, length, name, &article);
        if (status >= 0)
            status = speak(pack, article, &sound);
        if (status >= 0)
            cut_silence(&sound, tail_ms);
        if (status >= 0 && sound.count == 0)
            status = nashra_fail(NASHRA_EINTERNAL, "%s is silent", name);
    }
    if (status >= 0)
        status = add_clip(pack, name, &sound);
    nashra_article_destroy(article);
    nashra_sound_finish(&sound);
    return status;
}

static int render_prompt(struct pack *pack, const struct nashra_prompts *prompts, enum nashra_prompt prompt) {
    const char *text = nashra_prompts_text(prompts, prompt, pack->language);
    const size_t pieces = nashra_prompt_numbers(prompt) + 1;
    char name[64];
    int status = NASHRA_OK;
    for (size_t i = 0; i < pieces && status >= 0; i++) {
        const size_t length = strcspn(text, "{");
        snprintf(name, sizeof name, "%s/%zu", nashra_prompt_name(prompt), i);
        status = render(pack, name, text, length, i + 1 == pieces ? TAIL_MS : BETWEEN_MS);
        text += length + (text[length] ? strlen("{1}") : 0);
    }
    return status;
}

/* Arabic numbers are the normaliser's business. */
static void write_number(const struct pack *pack, int number, char text[32]) {
    if (pack->language == NASHRA_PROMPT_ARABIC)
        snprintf(text, 32, "%d.", number);
    else if (number < 20)
        snprintf(text, 32, "%s.", english_units[number]);
    else if (number == 100)
        snprintf(text, 32, "one hundred.");
    else
        snprintf(text, 32, "%s %s.", english_tens[number / 10], number % 10 ? english_units[number % 10] : "");
}

static int render_all(struct pack *pack) {
    struct nashra_buffer path = {0};
    struct nashra_prompts *prompts = NULL;
    char text[32], name[16];
    int status = nashra_data_path("prompts.tsv", &path);
    if (status >= 0)
        status = nashra_prompts_load(path.data, &prompts);
    for (int i = 0; i < NASHRA_PROMPT_COUNT && status >= 0; i++)
        status = render_prompt(pack, prompts, (enum nashra_prompt)i);
    for (int i = 0; i <= NUMBERS && status >= 0; i++) {
        write_number(pack, i, text);
        snprintf(name, sizeof name, "#%d", i);
        status = render(pack, name, text, strlen(text), BETWEEN_MS);
    }
    nashra_prompts_destroy(prompts);
    nashra_buffer_finish(&path);
    return status;
}

static int write_pack(const struct pack *pack, const char *path) {
    struct nashrad_clips_head head = {.rate = nashra_pipeline_rate(pack->pipeline), .count = pack->count};
    memcpy(head.magic, NASHRAD_CLIPS_MAGIC, sizeof head.magic);
    remove(path); /* a box that runs keeps the old one: it reads it as memory */
    FILE *out = fopen(path, "wb");
    if (!out)
        return nashra_fail(NASHRA_ECANTCREATE, "%s can't be created", path);
    const bool good = fwrite(&head, sizeof head, 1, out) == 1 &&
                      fwrite(pack->entries.data, 1, pack->entries.length, out) == pack->entries.length &&
                      fwrite(pack->frames.data, 1, pack->frames.length, out) == pack->frames.length;
    if (fclose(out) != 0 || !good) {
        remove(path);
        return nashra_fail(NASHRA_EIO, "%s can't be written", path);
    }
    return NASHRA_OK;
}

int main(int argc, char **argv) {
    struct pack pack = {.arena = nashra_arena_create()};
    struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    if (argc < 3 || argc > 4 || (strcmp(argv[2], "ar") != 0 && strcmp(argv[2], "en") != 0)) {
        fprintf(stderr, "Usage: %s PACK ar|en [LEXICON]\n", argv[0]);
        nashra_arena_destroy(pack.arena);
        return 64;
    }
    options.lexicon = argv[3];
    pack.language = strcmp(argv[2], "en") == 0 ? NASHRA_PROMPT_ENGLISH : NASHRA_PROMPT_ARABIC;
    int status = pack.arena ? nashra_pipeline_create(&options, &pack.pipeline) : NASHRA_ENOMEM;
    if (status >= 0)
        status = render_all(&pack);
    if (status >= 0)
        status = write_pack(&pack, argv[1]);
    nashra_pipeline_destroy(pack.pipeline);
    nashra_arena_destroy(pack.arena);
    nashra_buffer_finish(&pack.entries);
    nashra_buffer_finish(&pack.frames);
    return nashra_exit_code(status);
}
