/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bulletin at work: its parts, read, spoken and placed. Shared by the files bulletin*.c and what is written beside
 * the sound. */
#ifndef NASHRA_RADIO_BULLETIN_PLAN_H
#define NASHRA_RADIO_BULLETIN_PLAN_H

#include "bulletin_doubt.h"
#include "bulletin_phrase.h"
#include "bulletin_recital.h"
#include "bulletin_script.h"
#include "bulletin_timeline.h"
#include "loudness_master.h"

enum nashra_section_kind { NASHRA_SECTION_INTRO, NASHRA_SECTION_ITEM, NASHRA_SECTION_OUTRO };

/* A part that is spoken. */
struct nashra_section {
    enum nashra_section_kind kind;
    const struct nashra_script_item *item; /* NULL: intro and outro */
    struct nashra_recital recital;
    const char *title; /* UTF-8; of the script's, of the article, or of its kind */
    const char *ascii; /* the same in ASCII */
    const char *file;  /* for messages: the article, or the script */
    size_t line;       /* of a text in the script: added to its own lines */
    bool dropped;
    uint64_t from, to;   /* on air: from the jingle before it */
    uint64_t voice_from; /* where its first word is heard */
};

/* A sound file, trimmed. */
struct nashra_sound_file {
    const char *name;
    struct nashra_clip clip;
    double loudness; /* LUFS, as it is heard in the bulletin's channels */
};

struct nashra_bulletin {
    struct nashra_script script;
    struct nashra_phrases *phrases;
    struct nashra_section *sections;
    size_t count;
    struct nashra_sound_file *files;
    size_t file_count, file_capacity;
    struct nashra_timeline timeline;
    double pauses, rate; /* per cent of their natural length and of the voice's rate */
    struct nashra_doubts doubts;
    const char *title, *ascii_title, *ascii_station; /* in the script's arena */
    unsigned channels;                               /* 1 or 2 */
    float *air;                                      /* timeline.frames frames, whole steps of the script's bits */
    struct nashra_master_result master;
    double peak; /* dBTP that was aimed at */
    int planned;
    bool refused; /* by `strict` */
    struct nashra_buffer report;
    nashra_bulletin_progress_fn progress;
    void *progress_user;
    size_t done, steps; /* of the progress */
};

/* What a studio holds: the pipeline of the last bulletin, for the next one if it asks for the same. */
struct nashra_studio {
    struct nashra_speech_cache cache;
    struct nashra_pipeline *pipeline;
    struct nashra_buffer settings; /* that the pipeline was made with */
    struct nashra_phrases *phrases;
    struct nashra_romaniser *romaniser;
    struct nashra_acronyms *acronyms;
};

/* The pipeline for a script's settings. 0 or a stage's status. */
int nashra_studio_open(struct nashra_studio *studio, const struct nashra_script *script);

/* Each is one step of the plan; 0 or negative, reported. */
int nashra_plan_read(struct nashra_bulletin *bulletin, struct nashra_studio *studio);
int nashra_plan_speak(struct nashra_bulletin *bulletin, struct nashra_studio *studio);
int nashra_plan_master(struct nashra_bulletin *bulletin);

/* Speaks every section that isn't dropped at `rate` per cent and puts it on the timeline. */
int nashra_plan_lay_out(struct nashra_bulletin *bulletin, struct nashra_studio *studio, double rate);
/* Fits the slot, by pauses, rate and items. */
int nashra_plan_fit(struct nashra_bulletin *bulletin, struct nashra_studio *studio);

/* Loads all sound files, since pieces of the timeline point to them, and settles the number of channels.
 * 0, NASHRA_EDATA, NASHRA_ENOINPUT, NASHRA_ENOMEM. */
int nashra_plan_load_sounds(struct nashra_bulletin *bulletin);
/* The sound file of a name, loaded at its first use; NULL for NULL and after a failure, which `status` keeps. */
const struct nashra_sound_file *nashra_plan_sound(struct nashra_bulletin *bulletin, const char *name, int *status);

/* Tells the progress function of a step. */
int nashra_plan_step(void *bulletin);

/* Where a word is heard, in frames on air: from, until its neighbour or a pause begins. */
void nashra_plan_word(const struct nashra_bulletin *bulletin, size_t section, size_t sentence, size_t word,
                      uint64_t *from, uint64_t *to);

#endif
