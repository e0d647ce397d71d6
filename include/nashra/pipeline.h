/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file pipeline.h  The chain from article to sound, a sentence at a time. */
#ifndef NASHRA_PIPELINE_H
#define NASHRA_PIPELINE_H

#include <nashra/article.h>
#include <nashra/diacritise.h>
#include <nashra/lexicon.h>
#include <nashra/normalise.h>
#include <nashra/phonemise.h>
#include <nashra/synth.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How far the chain is built: stages after `last` are neither loaded nor run. */
enum nashra_stage { NASHRA_STAGE_NORMALISE, NASHRA_STAGE_DIACRITISE, NASHRA_STAGE_PHONEMISE, NASHRA_STAGE_SYNTH };

struct nashra_pipeline_options {
    enum nashra_stage last;
    enum nashra_region region;
    enum nashra_endings endings;
    struct nashra_voice voice;
    const char *model;   /**< NULL: the one in data/ */
    const char *lexicon; /**< a file for nashra_lexicon_open(); NULL: none */
};

struct nashra_pipeline;

/** Creates the stages up to `options->last`. All calls on one pipeline come from one thread at a time; the
 *  synthesiser's rule is that it is always the same. @return 0 or the status of the stage that failed. */
int nashra_pipeline_create(const struct nashra_pipeline_options *options, struct nashra_pipeline **pipeline);
/** Takes NULL. */
void nashra_pipeline_destroy(struct nashra_pipeline *pipeline);

/** Begins an article, which must outlive its reading. 0 or negative. */
int nashra_pipeline_begin(struct nashra_pipeline *pipeline, const struct nashra_article *article);

/** Runs the text stages on segment `index` of the article. The sentence lives in `arena`, which the caller owns and
 *  may reset when done with it. @return 0, NASHRA_EUSAGE when there is no such segment, or a stage's status. */
int nashra_pipeline_sentence(struct nashra_pipeline *pipeline, size_t index, struct nashra_arena *arena,
                             struct nashra_sentence *sentence);

/** Speaks a sentence that nashra_pipeline_sentence() filled, appending to `sound`; sets its rate.
 *  @return 0 or negative. */
int nashra_pipeline_speak(struct nashra_pipeline *pipeline, const struct nashra_sentence *sentence,
                          struct nashra_sound *sound);

/** Frames a second of its sound; 0 when the chain ends before the synthesiser. */
unsigned nashra_pipeline_rate(const struct nashra_pipeline *pipeline);

/** The phonemiser, for IPA; NULL when the chain ends before it. Owned by the pipeline. */
const struct nashra_phonemiser *nashra_pipeline_phonemiser(const struct nashra_pipeline *pipeline);

/** nashra_synth_name() of its synthesiser; NULL when the chain ends before it, or as that. */
const char *nashra_pipeline_voice_name(const struct nashra_pipeline *pipeline);

/** From the next sentence on counted nouns take the form that their number asks for, whatever form is written: for texts
 *  whose numbers are filled in (بعد {minutes} دقيقة). Off at first. */
void nashra_pipeline_set_agreement(struct nashra_pipeline *pipeline, int agreement);

/** Changes the voice from the next sentence on. 0 or NASHRA_EUSAGE. */
int nashra_pipeline_set_voice(struct nashra_pipeline *pipeline, const struct nashra_voice *voice);

#ifdef __cplusplus
}
#endif
#endif
