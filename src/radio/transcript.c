/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transcript.h"

#include <math.h>
#include <string.h>

#include <nashra/utf8.h>

/* Subtitles of at most two lines of 42 characters, as broadcasters set them. */
enum { LONGEST_CUE = 84, LEAST_CUE = 30 };

struct cue {
    struct nashra_span span; /* of the article's text */
    uint64_t from, to;       /* frames on air */
};

typedef void (*cue_fn)(const char *text, const struct cue *cue, size_t number, struct nashra_buffer *out);

double nashra_air_seconds(uint64_t frames) {
    return round((double)frames * 1000 / NASHRA_AIR_RATE) / 1000;
}

static size_t count_letters(const char *text, struct nashra_span span) {
    size_t letters = 0;
    for (size_t i = span.from; i < span.to; i++)
        letters += ((unsigned char)text[i] & 0xC0) != 0x80;
    return letters;
}

/* The signs that follow the last word belong to it: up to the next white space or word. */
static size_t with_signs(const char *text, size_t at, size_t end) {
    while (at < end && (unsigned char)text[at] > ' ')
        at++;
    return at;
}

/* The words from `first` on that go into one cue: up to a pause once it is long enough, and never too long. */
static size_t cue_end(const struct nashra_sentence *sentence, size_t first, const char *text) {
    size_t fits = first + 1;
    for (size_t i = first + 1; i <= sentence->count; i++) {
        const struct nashra_word *last = &sentence->words[i - 1];
        const size_t letters =
            count_letters(text, (struct nashra_span){sentence->words[first].span.from, last->span.to});
        const bool whole = i == sentence->count || sentence->words[i].span.from != last->span.from;
        if (letters > LONGEST_CUE && fits > first + 1)
            return fits;
        if (whole)
            fits = i;
        if (whole && last->pause >= NASHRA_PAUSE_COMMA && letters >= LEAST_CUE)
            return fits;
    }
    return sentence->count;
}

static void add_sentence(const struct nashra_bulletin *bulletin, size_t section, size_t index, cue_fn add,
                         size_t *number, struct nashra_buffer *out) {
    const struct nashra_recital *reading = &bulletin->sections[section].recital;
    const struct nashra_sentence *sentence = &reading->sentences[index].sentence;
    const char *text = nashra_article_text(reading->article, &(size_t){0});
    size_t begun = sentence->span.from;
    for (size_t first = 0, end; first < sentence->count; first = end) {
        struct cue cue;
        uint64_t unused;
        end = cue_end(sentence, first, text);
        const size_t last = sentence->words[end - 1].span.to;
        cue.span.from = begun;
        cue.span.to = end == sentence->count ? sentence->span.to : with_signs(text, last, sentence->span.to);
        begun = cue.span.to;
        nashra_plan_word(bulletin, section, index, first, &cue.from, &unused);
        nashra_plan_word(bulletin, section, index, end - 1, &unused, &cue.to);
        if (cue.to > cue.from)
            add(text, &cue, ++*number, out);
    }
}

static int add_all(const struct nashra_bulletin *bulletin, cue_fn add, struct nashra_buffer *out) {
    size_t number = 0;
    for (size_t i = 0; i < bulletin->count; i++)
        for (size_t k = 0; !bulletin->sections[i].dropped && k < bulletin->sections[i].recital.count; k++)
            add_sentence(bulletin, i, k, add, &number, out);
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static void add_time(struct nashra_buffer *out, uint64_t frames, char point) {
    const uint64_t ms = (frames * 1000 + NASHRA_AIR_RATE / 2) / NASHRA_AIR_RATE;
    nashra_buffer_add_format(out, "%02d:%02d:%02d%c%03d", (int)(ms / 3600000), (int)(ms / 60000 % 60),
                             (int)(ms / 1000 % 60), point, (int)(ms % 1000));
}

/* One line, without the signs that mean something to the format. */
static void add_text(struct nashra_buffer *out, const char *text, struct nashra_span span, bool markup) {
    bool space = true;
    for (size_t i = span.from; i < span.to; i++) {
        const char byte = text[i];
        if ((unsigned char)byte <= ' ') {
            if (!space)
                nashra_buffer_add(out, " ", 1);
            space = true;
            continue;
        }
        space = false;
        if (markup && byte == '&')
            nashra_buffer_add_string(out, "&amp;");
        else if (markup && byte == '<')
            nashra_buffer_add_string(out, "&lt;");
        else if (markup && byte == '>')
            nashra_buffer_add_string(out, "&gt;");
        else
            nashra_buffer_add(out, &byte, 1);
    }
}

static void add_vtt(const char *text, const struct cue *cue, size_t number, struct nashra_buffer *out) {
    nashra_buffer_add_format(out, "\n%zu\n", number);
    add_time(out, cue->from, '.');
    nashra_buffer_add_string(out, " --> ");
    add_time(out, cue->to, '.');
    nashra_buffer_add_string(out, "\n");
    add_text(out, text, cue->span, true);
    nashra_buffer_add_string(out, "\n");
}

static void add_srt(const char *text, const struct cue *cue, size_t number, struct nashra_buffer *out) {
    nashra_buffer_add_format(out, "%s%zu\n", number > 1 ? "\n" : "", number);
    add_time(out, cue->from, ',');
    nashra_buffer_add_string(out, " --> ");
    add_time(out, cue->to, ',');
    nashra_buffer_add_string(out, "\n");
    add_text(out, text, cue->span, false);
    nashra_buffer_add_string(out, "\n");
}

int nashra_transcript_vtt(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out) {
    (void)sound;
    nashra_buffer_add_string(out, "WEBVTT\n");
    return add_all(bulletin, add_vtt, out);
}

int nashra_transcript_srt(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out) {
    (void)sound;
    return add_all(bulletin, add_srt, out);
}

int nashra_transcript_plain(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out) {
    (void)sound;
    for (size_t i = 0; i < bulletin->count; i++) {
        const struct nashra_section *section = &bulletin->sections[i];
        if (section->dropped)
            continue;
        if (out->length > 0)
            nashra_buffer_add_string(out, "\n");
        const char *text = nashra_article_text(section->recital.article, &(size_t){0});
        for (size_t k = 0; k < section->recital.count; k++) {
            const struct nashra_sentence *sentence = &section->recital.sentences[k].sentence;
            const bool ends = sentence->paragraph_end || sentence->kind != NASHRA_TEXT;
            add_text(out, text, sentence->span, false);
            nashra_buffer_add_string(out, ends || k + 1 == section->recital.count ? "\n" : " ");
        }
    }
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
