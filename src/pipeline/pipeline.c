/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/pipeline.h>

#include <stdint.h>

#include "delivery.h"

struct nashra_pipeline {
    struct nashra_lexicon *lexicon; /* the user's; NULL: none */
    struct nashra_lexicon *names;   /* Nashra's own; NULL: nothing is marked */
    struct nashra_normaliser *normaliser;
    struct nashra_diacritiser *diacritiser;
    struct nashra_phonemiser *phonemiser;
    struct nashra_synth *synth;
    const struct nashra_article *article;
    int agreement;
};

static int create_stages(struct nashra_pipeline *p, const struct nashra_pipeline_options *options) {
    int status = options->lexicon ? nashra_lexicon_open(options->lexicon, &p->lexicon) : NASHRA_OK;
    if (status >= 0)
        status = nashra_normaliser_create(options->region, &p->normaliser);
    if (status >= 0 && options->last >= NASHRA_STAGE_DIACRITISE)
        status = nashra_lexicon_names(&p->names);
    if (status >= 0 && options->last >= NASHRA_STAGE_DIACRITISE)
        status = nashra_diacritiser_create(options->model, &p->diacritiser);
    if (status >= 0 && options->last >= NASHRA_STAGE_PHONEMISE)
        status = nashra_phonemiser_create(options->endings, &p->phonemiser);
    if (status >= 0 && options->last >= NASHRA_STAGE_SYNTH)
        status = nashra_synth_espeak(&options->voice, &p->synth);
    return status;
}

int nashra_pipeline_create(const struct nashra_pipeline_options *options, struct nashra_pipeline **pipeline) {
    *pipeline = NULL;
    struct nashra_pipeline *p = nashra_alloc_zeroed(1, sizeof *p);
    if (!p)
        return NASHRA_ENOMEM;
    int status = create_stages(p, options);
    if (status < 0) {
        nashra_pipeline_destroy(p);
        return status;
    }
    *pipeline = p;
    return NASHRA_OK;
}

void nashra_pipeline_destroy(struct nashra_pipeline *p) {
    if (!p)
        return;
    nashra_synth_destroy(p->synth);
    nashra_phonemiser_destroy(p->phonemiser);
    nashra_diacritiser_destroy(p->diacritiser);
    nashra_normaliser_destroy(p->normaliser);
    nashra_lexicon_destroy(p->names);
    nashra_lexicon_destroy(p->lexicon);
    nashra_free(p);
}

int nashra_pipeline_begin(struct nashra_pipeline *p, const struct nashra_article *article) {
    size_t length;
    const char *text = nashra_article_text(article, &length);
    p->article = article;
    return nashra_normaliser_survey(p->normaliser, text, length);
}

static int run_text_stages(struct nashra_pipeline *p, struct nashra_sentence *sentence) {
    const char *text = nashra_article_text(p->article, &(size_t){0});
    nashra_delivery_hints(p->article, sentence);
    int status = nashra_normalise(p->normaliser, text, sentence);
    if (status >= 0 && p->lexicon)
        status = nashra_lexicon_apply(p->lexicon, text, sentence);
    if (status >= 0)
        status = nashra_delivery_words(p->article, sentence);
    if (status >= 0 && p->names)
        status = nashra_lexicon_apply(p->names, text, sentence);
    if (status >= 0 && p->diacritiser)
        status = nashra_diacritise(p->diacritiser, sentence);
    if (status >= 0 && p->phonemiser)
        status = nashra_phonemise(p->phonemiser, sentence);
    return status;
}

int nashra_pipeline_sentence(struct nashra_pipeline *p, size_t index, struct nashra_arena *arena,
                             struct nashra_sentence *sentence) {
    size_t count = 0;
    const struct nashra_segment *segments = p->article ? nashra_article_segments(p->article, &count) : NULL;
    if (index >= count)
        return NASHRA_EUSAGE;
    *sentence = (struct nashra_sentence){
        .index = index,
        .kind = segments[index].kind,
        .span = segments[index].span,
        .paragraph_end = segments[index].paragraph_end,
        .arena = arena,
        .agreement = p->agreement,
    };
    return run_text_stages(p, sentence);
}

/* What the chunks of a sentence are put together in. */
struct take {
    struct nashra_sound *sound;
    const struct nashra_sentence *sentence;
    size_t named;     /* bookmarks that have their frame */
    size_t last_word; /* where the voice last fell silent */
};

/* The names that stand before word `word`, which begins at `frame`. */
static int add_names(struct take *take, size_t word, uint64_t frame) {
    const struct nashra_sentence *sentence = take->sentence;
    int status = NASHRA_OK;
    for (; take->named < sentence->bookmark_count && sentence->bookmarks[take->named].word <= word && status >= 0;
         take->named++) {
        const struct nashra_bookmark *bookmark = &sentence->bookmarks[take->named];
        uint64_t at = bookmark->before_pause ? take->last_word : frame;
        status = nashra_sound_add_name(take->sound, (struct nashra_named_mark){at, bookmark->name});
    }
    return status;
}

static int append_chunk(const struct nashra_sound *chunk, void *user) {
    struct take *take = user;
    struct nashra_sound *sound = take->sound;
    for (size_t i = 0; i < chunk->mark_count; i++) {
        struct nashra_mark mark = chunk->marks[i];
        mark.frame += sound->count;
        if (add_names(take, mark.word, mark.frame) < 0 || nashra_sound_add_mark(sound, mark) < 0)
            return 1;
    }
    int status = nashra_sound_add(sound, chunk->frames, chunk->count);
    if (!chunk->is_pause)
        take->last_word = sound->count;
    return status < 0;
}

int nashra_pipeline_speak(struct nashra_pipeline *p, const struct nashra_sentence *sentence,
                          struct nashra_sound *sound) {
    struct take take = {.sound = sound, .sentence = sentence, .last_word = sound->count};
    sound->rate = nashra_synth_rate(p->synth);
    int status = nashra_synth_speak(p->synth, sentence, append_chunk, &take);
    if (status >= 0)
        status = add_names(&take, sentence->count, sound->count);
    return status == NASHRA_STOPPED ? NASHRA_ENOMEM : status;
}

unsigned nashra_pipeline_rate(const struct nashra_pipeline *p) {
    return p->synth ? nashra_synth_rate(p->synth) : 0;
}

const struct nashra_phonemiser *nashra_pipeline_phonemiser(const struct nashra_pipeline *p) {
    return p->phonemiser;
}

const char *nashra_pipeline_voice_name(const struct nashra_pipeline *p) {
    return p->synth ? nashra_synth_name(p->synth) : NULL;
}

void nashra_pipeline_set_agreement(struct nashra_pipeline *p, int agreement) {
    p->agreement = agreement;
}

int nashra_pipeline_set_voice(struct nashra_pipeline *p, const struct nashra_voice *voice) {
    return nashra_synth_set_voice(p->synth, voice);
}
