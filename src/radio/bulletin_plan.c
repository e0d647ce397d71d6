/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_plan.h"

#include <math.h>
#include <string.h>

#include <nashra/utf8.h>

#include "bulletin_bed.h"
#include "bulletin_inputs.h"
#include "bulletin_mix.h"
#include "romanise.h"

/* Seconds of silence around a bulletin without a bed, and between a jingle and the voice. */
#define HEAD 0.05
#define TAIL 0.3
#define JINGLE_PAUSE 0.3

int nashra_plan_step(void *user) {
    struct nashra_bulletin *bulletin = user;
    bulletin->done += bulletin->done < bulletin->steps;
    if (bulletin->progress && bulletin->progress(bulletin->done, bulletin->steps, bulletin->progress_user) != 0)
        return NASHRA_STOPPED;
    return NASHRA_OK;
}

/* Reading --------------------------------------------------------------------------------------------------------- */

static const char *keep(struct nashra_bulletin *bulletin, struct nashra_buffer *text) {
    const char *copy =
        text->failed ? NULL : nashra_arena_copy(bulletin->script.arena, nashra_buffer_string(text), text->length);
    nashra_buffer_finish(text);
    return copy;
}

/* A title of the script's is read like any text, to know its vowels; it isn't spoken. */
static const char *ascii_of(struct nashra_bulletin *bulletin, struct nashra_studio *studio, const char *text) {
    struct nashra_buffer ascii = {0};
    struct nashra_article *article = NULL;
    struct nashra_recital reading = {0};
    int status = NASHRA_OK;
    if (nashra_utf8_valid_prefix(text, strlen(text)) == strlen(text) && strpbrk(text, "\xD8\xD9\xDA\xDB"))
        status = nashra_article_from_bytes(text, strlen(text), "title", &article);
    if (article && status == NASHRA_OK)
        status = nashra_recital_make(studio->pipeline, article, nashra_plan_step, bulletin, &reading);
    for (size_t i = 0; i < reading.count && status == NASHRA_OK; i++) {
        if (i > 0)
            nashra_buffer_add(&ascii, " ", 1);
        status = nashra_romanise_sentence(studio->romaniser, nashra_article_text(article, &(size_t){0}),
                                          &reading.sentences[i].sentence, &ascii);
    }
    if (reading.count == 0)
        nashra_romanise(studio->romaniser, text, strlen(text), &ascii);
    nashra_recital_finish(&reading);
    return keep(bulletin, &ascii);
}

static int name_section(struct nashra_bulletin *bulletin, struct nashra_studio *studio,
                        struct nashra_section *section) {
    struct nashra_buffer title = {0}, ascii = {0};
    const bool named = !section->item || section->item->title;
    if (named) {
        section->title = section->item ? section->item->title : nashra_phrase_label(studio->phrases, section->file);
        section->ascii = section->title ? ascii_of(bulletin, studio, section->title) : NULL;
        return section->ascii ? NASHRA_OK : NASHRA_ENOMEM;
    }
    const struct nashra_read_sentence *first = nashra_recital_title(&section->recital);
    const char *text = nashra_article_text(section->recital.article, &(size_t){0});
    const struct nashra_span span = first->sentence.span;
    for (size_t at = span.from; at < span.to; at++)
        nashra_buffer_add(&title, (unsigned char)text[at] < ' ' ? " " : text + at, 1);
    nashra_romanise_sentence(studio->romaniser, text, &first->sentence, &ascii);
    section->title = keep(bulletin, &title);
    section->ascii = keep(bulletin, &ascii);
    return section->title && section->ascii ? NASHRA_OK : NASHRA_ENOMEM;
}

static int read_section(struct nashra_bulletin *bulletin, struct nashra_studio *studio, struct nashra_section *section,
                        struct nashra_article *article) {
    int status = nashra_recital_make(studio->pipeline, article, nashra_plan_step, bulletin, &section->recital);
    if (status == NASHRA_OK)
        status = name_section(bulletin, studio, section);
    if (status == NASHRA_OK)
        status = nashra_doubts_find(&bulletin->doubts, studio->acronyms, &section->recital,
                                    (size_t)(section - bulletin->sections), section->file, section->line,
                                    bulletin->script.confidence);
    if (!section->item)
        nashra_doubts_drop_numbers(&bulletin->doubts, (size_t)(section - bulletin->sections));
    return status;
}

static int read_phrase(struct nashra_bulletin *bulletin, struct nashra_studio *studio, enum nashra_section_kind kind) {
    const bool intro = kind == NASHRA_SECTION_INTRO;
    const char *name = intro ? "intro" : "outro", *phrase = intro ? bulletin->script.intro : bulletin->script.outro;
    struct nashra_buffer text = {0};
    struct nashra_article *article = NULL;
    if (!phrase || !*phrase || strcmp(phrase, "none") == 0)
        return NASHRA_OK;
    struct nashra_section *section = &bulletin->sections[bulletin->count++];
    *section = (struct nashra_section){.kind = kind, .file = name};
    int status = nashra_phrase_expand(studio->phrases, &bulletin->script, name, phrase, &text);
    if (status >= 0)
        status = nashra_article_from_bytes(text.data, text.length, name, &article);
    nashra_buffer_finish(&text);
    return status < 0 ? status : read_section(bulletin, studio, section, article);
}

static size_t line_of(const char *where) {
    const char *colon = strrchr(where, ':');
    size_t line = 0;
    for (const char *at = colon ? colon + 1 : ""; *at >= '0' && *at <= '9'; at++)
        line = line * 10 + (size_t)(*at - '0');
    return line;
}

static int read_item(struct nashra_bulletin *bulletin, struct nashra_studio *studio,
                     const struct nashra_script_item *item) {
    struct nashra_section *section = &bulletin->sections[bulletin->count++];
    struct nashra_article *article = NULL;
    *section = (struct nashra_section){.kind = NASHRA_SECTION_ITEM, .item = item, .file = item->file};
    int status;
    if (item->file) {
        status = nashra_article_open(item->file, &article);
    } else {
        const char *colon = strrchr(item->where, ':');
        section->line = line_of(item->where) - 1;
        section->file = nashra_arena_copy(bulletin->script.arena, item->where, (size_t)(colon - item->where));
        status = section->file ? nashra_article_from_bytes(item->text, strlen(item->text), item->where, &article)
                               : NASHRA_ENOMEM;
    }
    if (status == NASHRA_OK)
        status = read_section(bulletin, studio, section, article);
    return item->file ? nashra_script_tell_place(&bulletin->script, item->file, status) : status;
}

/* The progress counts each sentence twice; how many there are is known when all are read. */
static void count_steps(struct nashra_bulletin *bulletin) {
    bulletin->steps = 0;
    for (size_t i = 0; i < bulletin->count; i++)
        bulletin->steps += bulletin->sections[i].recital.count;
    bulletin->done = 0;
}

static int name_bulletin(struct nashra_bulletin *bulletin, struct nashra_studio *studio) {
    const struct nashra_script *script = &bulletin->script;
    bulletin->title = script->title;
    for (size_t i = 0; !bulletin->title && i < bulletin->count; i++)
        if (bulletin->sections[i].kind == NASHRA_SECTION_ITEM)
            bulletin->title = bulletin->sections[i].title;
    bulletin->ascii_title = ascii_of(bulletin, studio, bulletin->title);
    bulletin->ascii_station = script->station ? ascii_of(bulletin, studio, script->station) : "";
    return bulletin->ascii_title && bulletin->ascii_station ? NASHRA_OK : NASHRA_ENOMEM;
}

int nashra_plan_read(struct nashra_bulletin *bulletin, struct nashra_studio *studio) {
    struct nashra_script *script = &bulletin->script;
    bulletin->sections = nashra_alloc_zeroed(script->count + 2, sizeof *bulletin->sections);
    if (!bulletin->sections)
        return NASHRA_ENOMEM;
    if (!script->at_given)
        script->at = nashra_moment_now();
    int status = read_phrase(bulletin, studio, NASHRA_SECTION_INTRO);
    for (size_t i = 0; i < script->count && status == NASHRA_OK; i++)
        status = read_item(bulletin, studio, &script->items[i]);
    if (status == NASHRA_OK)
        status = read_phrase(bulletin, studio, NASHRA_SECTION_OUTRO);
    if (status == NASHRA_OK)
        status = name_bulletin(bulletin, studio);
    count_steps(bulletin);
    return status;
}

/* Time ------------------------------------------------------------------------------------------------------------ */

static struct nashra_voice voice_of(const struct nashra_script *script, const struct nashra_section *section,
                                    double rate) {
    static const struct nashra_voice none;
    const struct nashra_voice *own = section->item ? &section->item->voice : &none;
    struct nashra_voice voice = {.rate = own->rate ? own->rate : script->voice.rate,
                                 .pitch = own->pitch ? own->pitch : script->voice.pitch,
                                 .volume = own->volume ? own->volume : script->voice.volume};
    const long scaled = lround((voice.rate ? voice.rate : NASHRA_VOICE_RATE_DEFAULT) * rate / 100);
    voice.rate = scaled < NASHRA_VOICE_RATE_LEAST  ? NASHRA_VOICE_RATE_LEAST
                 : scaled > NASHRA_VOICE_RATE_MOST ? NASHRA_VOICE_RATE_MOST
                                                   : (int)scaled;
    return voice;
}

static int add_jingle(struct nashra_bulletin *bulletin, size_t index, const char *name) {
    int status = NASHRA_OK;
    const struct nashra_sound_file *file = nashra_plan_sound(bulletin, name, &status);
    if (file)
        status = nashra_timeline_add_clip(&bulletin->timeline, index, &file->clip);
    if (file && status == NASHRA_OK)
        status = nashra_timeline_add_pause(&bulletin->timeline, index, JINGLE_PAUSE, true);
    return status;
}

/* A section with the pause and the jingle before it. */
static int add_section(struct nashra_bulletin *bulletin, size_t index, bool first) {
    const struct nashra_section *section = &bulletin->sections[index];
    const struct nashra_script *script = &bulletin->script;
    const struct nashra_script_item *item = section->item;
    const double pause = item && item->pause >= 0 ? item->pause : script->pause;
    const char *jingle = item && item->jingle ? item->jingle : item && !first ? script->sting : NULL;
    int status = first ? NASHRA_OK : nashra_timeline_add_pause(&bulletin->timeline, index, pause, true);
    if (status == NASHRA_OK)
        status = add_jingle(bulletin, index, jingle);
    return status < 0 ? status : nashra_timeline_add_recital(&bulletin->timeline, index, &section->recital);
}

/* Where each section begins to be heard, and ends. */
static void place_sections(struct nashra_bulletin *bulletin) {
    const struct nashra_timeline *timeline = &bulletin->timeline;
    bool begun = false, spoken = false;
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < timeline->count; i++) {
        const struct nashra_piece *piece = &timeline->pieces[i];
        if (piece->kind == NASHRA_PIECE_PAUSE || piece->section >= bulletin->count)
            continue;
        struct nashra_section *section = &bulletin->sections[piece->section];
        begun = begun && last == piece->section;
        spoken = begun && spoken;
        if (!begun)
            section->from = piece->at;
        if (!spoken && piece->kind == NASHRA_PIECE_SPEECH)
            section->voice_from = piece->at;
        begun = true;
        spoken = spoken || piece->kind == NASHRA_PIECE_SPEECH;
        last = piece->section;
        section->to = piece->at + piece->frames;
    }
}

/* An odd number of bytes is followed by one of padding in a WAV file, over which readers stumble. */
static void make_even(struct nashra_timeline *timeline) {
    struct nashra_piece *tail = &timeline->pieces[timeline->count - 1];
    tail->frames += timeline->frames % 2;
    nashra_timeline_place(timeline);
}

static int lay_out(struct nashra_bulletin *bulletin) {
    struct nashra_timeline *timeline = &bulletin->timeline;
    const struct nashra_script *script = &bulletin->script;
    bool first = true, bed = script->bed != NULL;
    int status = NASHRA_OK;
    for (size_t i = 0; i < script->count; i++)
        bed = bed || script->items[i].bed;
    nashra_timeline_clear(timeline);
    status = nashra_timeline_add_pause(timeline, 0, bed ? NASHRA_BED_BEFORE : HEAD, false);
    if (status == NASHRA_OK)
        status = add_jingle(bulletin, 0, script->opening);
    for (size_t i = 0; i < bulletin->count && status == NASHRA_OK; i++) {
        if (bulletin->sections[i].dropped)
            continue;
        status = add_section(bulletin, i, first);
        first = false;
    }
    int found = NASHRA_OK;
    const struct nashra_sound_file *closing = nashra_plan_sound(bulletin, script->closing, &found);
    if (closing && status == NASHRA_OK)
        status = nashra_timeline_add_pause(timeline, bulletin->count, script->pause, true);
    if (closing && status == NASHRA_OK)
        status = nashra_timeline_add_clip(timeline, bulletin->count, &closing->clip);
    if (status == NASHRA_OK)
        status = nashra_timeline_add_pause(timeline, bulletin->count, bed && !closing ? NASHRA_BED_AFTER : TAIL, false);
    nashra_timeline_place(timeline);
    if (script->bits == 24 && bulletin->channels == 1 && timeline->count > 0)
        make_even(timeline);
    return status;
}

int nashra_plan_lay_out(struct nashra_bulletin *bulletin, struct nashra_studio *studio, double rate) {
    int status = NASHRA_OK;
    for (size_t i = 0; i < bulletin->count && status == NASHRA_OK; i++) {
        struct nashra_section *section = &bulletin->sections[i];
        const struct nashra_voice voice = voice_of(&bulletin->script, section, rate);
        if (!section->dropped)
            status = nashra_recital_speak(&section->recital, studio->pipeline, &studio->cache, &voice, nashra_plan_step,
                                          bulletin);
    }
    bulletin->rate = rate;
    bulletin->pauses = 100;
    return status < 0 ? status : lay_out(bulletin);
}

int nashra_plan_speak(struct nashra_bulletin *bulletin, struct nashra_studio *studio) {
    int status = nashra_plan_load_sounds(bulletin);
    if (status == NASHRA_OK)
        status = nashra_plan_lay_out(bulletin, studio, 100);
    if (status == NASHRA_OK && bulletin->script.slot > 0)
        status = nashra_plan_fit(bulletin, studio);
    if (status == NASHRA_OK)
        place_sections(bulletin);
    return status;
}

/* Sound ----------------------------------------------------------------------------------------------------------- */

int nashra_plan_master(struct nashra_bulletin *bulletin) {
    const struct nashra_script *script = &bulletin->script;
    const size_t count = bulletin->timeline.frames;
    const size_t samples = count * bulletin->channels;
    const struct nashra_master_wish wish = {NASHRA_AIR_RATE, bulletin->channels, script->loudness, bulletin->peak,
                                            script->bits};
    float *mix = nashra_alloc(samples * sizeof *mix);
    if (!mix)
        return NASHRA_ENOMEM;
    nashra_free(bulletin->air);
    bulletin->air = nashra_alloc(samples * sizeof *bulletin->air);
    int status = bulletin->air ? nashra_mix(bulletin, mix) : NASHRA_ENOMEM;
    if (status == NASHRA_OK)
        status = nashra_master(mix, count, &wish, bulletin->air, &bulletin->master);
    nashra_free(mix);
    return status;
}

void nashra_plan_word(const struct nashra_bulletin *bulletin, size_t section, size_t sentence, size_t word,
                      uint64_t *from, uint64_t *to) {
    const struct nashra_sound *sound = &bulletin->sections[section].recital.sentences[sentence].sound;
    const uint64_t begin = sound->marks[word].frame;
    uint64_t end = word + 1 < sound->mark_count ? sound->marks[word + 1].frame : sound->count;
    while (end > begin && sound->frames[end - 1] == 0)
        end--;
    *from = nashra_timeline_find(&bulletin->timeline, section, sentence, begin);
    *to = nashra_timeline_find(&bulletin->timeline, section, sentence, end);
    if (*to < *from)
        *to = *from;
}
