/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_speech.h"

#include <string.h>
#include <unistd.h>

#include <nashra/audio.h>
#include <nashra/bulletin.h>

#include "batch_bulletin.h"
#include "batch_file.h"

struct nashra_speaker {
    struct nashra_sound_cache sounds;
    struct nashra_pipeline *pipeline;       /* of plain readings; NULL while there is a studio: one of them speaks */
    struct nashra_studio *studio;           /* of bulletins */
    struct nashra_pipeline_options options; /* of the pipeline; its strings are owned */
    struct nashra_arena *arena;
    struct nashra_sound sound;
    struct nashra_buffer description;
};

int nashra_speaker_create(struct nashra_cache *cache, struct nashra_speaker **speaker) {
    struct nashra_speaker *s = nashra_alloc_zeroed(1, sizeof *s);
    *speaker = NULL;
    if (!s)
        return NASHRA_ENOMEM;
    s->arena = nashra_arena_create();
    if (!s->arena || nashra_sound_cache_init(&s->sounds, cache) < 0) {
        nashra_speaker_destroy(s);
        return NASHRA_ENOMEM;
    }
    *speaker = s;
    return NASHRA_OK;
}

static void unload(struct nashra_speaker *s) {
    nashra_pipeline_destroy(s->pipeline);
    nashra_studio_destroy(s->studio);
    nashra_free((char *)s->options.lexicon);
    nashra_free((char *)s->options.model);
    s->options = (struct nashra_pipeline_options){0};
    s->pipeline = NULL;
    s->studio = NULL;
}

void nashra_speaker_destroy(struct nashra_speaker *s) {
    if (!s)
        return;
    unload(s);
    nashra_sound_cache_finish(&s->sounds);
    nashra_sound_finish(&s->sound);
    nashra_buffer_finish(&s->description);
    nashra_arena_destroy(s->arena);
    nashra_free(s);
}

struct nashra_speaker_counts nashra_speaker_counts(const struct nashra_speaker *s) {
    const struct nashra_sound_cache *sounds = &s->sounds;
    return (struct nashra_speaker_counts){sounds->hits + sounds->misses, sounds->hits, sounds->frames};
}

static bool same_string(const char *one, const char *other) {
    return one && other ? strcmp(one, other) == 0 : one == other;
}

static bool fits(const struct nashra_speaker *s, const struct nashra_pipeline_options *options) {
    return s->pipeline && s->options.region == options->region && s->options.endings == options->endings &&
           same_string(s->options.lexicon, options->lexicon) && same_string(s->options.model, options->model);
}

static int copy_name(const char *from, const char **to) {
    *to = from ? nashra_join(from, "") : NULL;
    return from && !*to ? NASHRA_ENOMEM : NASHRA_OK;
}

/* The voice is told with each sentence. */
static int load_pipeline(struct nashra_speaker *s, const struct nashra_pipeline_options *options) {
    if (fits(s, options))
        return NASHRA_OK;
    unload(s);
    s->options = *options;
    s->options.lexicon = s->options.model = NULL;
    s->options.voice = (struct nashra_voice){0};
    s->options.last = NASHRA_STAGE_SYNTH;
    if (copy_name(options->lexicon, &s->options.lexicon) < 0 || copy_name(options->model, &s->options.model) < 0)
        return NASHRA_ENOMEM;
    return nashra_pipeline_create(&s->options, &s->pipeline);
}

/* From the cache, or spoken and kept. */
static int speak_sentence(struct nashra_speaker *s, const struct nashra_voice *voice,
                          const struct nashra_sentence *sentence) {
    nashra_buffer_clear(&s->description);
    nashra_sound_clear(&s->sound);
    int status = nashra_speech_describe(s->pipeline, voice, sentence, &s->description);
    if (status < 0)
        return status;
    int found = nashra_sound_cache_get(&s->sounds, s->description.data, s->description.length, &s->sound);
    if (found != 0)
        return found;
    status = nashra_speech_render(s->pipeline, voice, sentence, &s->sound);
    return status < 0 ? status
                      : nashra_sound_cache_put(&s->sounds, s->description.data, s->description.length, &s->sound);
}

static int write_all(struct nashra_sink *sink, const struct nashra_sound *sound) {
    for (size_t done = 0; done < sound->count;) {
        ptrdiff_t taken = nashra_sink_write(sink, sound->frames + done, sound->count - done);
        if (taken < 0)
            return (int)taken;
        done += (size_t)taken;
    }
    return NASHRA_OK;
}

static int read_article(struct nashra_speaker *s, const struct nashra_article *article,
                        const struct nashra_voice *voice, struct nashra_sink *sink) {
    size_t count;
    pid_t parent = getppid();
    nashra_article_segments(article, &count);
    int status = nashra_pipeline_begin(s->pipeline, article);
    for (size_t i = 0; i < count && status >= 0; i++) {
        struct nashra_sentence sentence;
        if (getppid() != parent)
            return NASHRA_STOPPED;
        nashra_arena_reset(s->arena);
        status = nashra_pipeline_sentence(s->pipeline, i, s->arena, &sentence);
        if (status >= 0)
            status = speak_sentence(s, voice, &sentence);
        if (status >= 0)
            status = write_all(sink, &s->sound);
    }
    return status < 0 ? status : nashra_sink_finish(sink);
}

static int do_reading(struct nashra_speaker *s, const struct nashra_job *job, const char *body, size_t length,
                      const char *path) {
    struct nashra_article *article = NULL;
    struct nashra_sink *sink = NULL;
    const char *name = job->source == NASHRA_JOB_FILE ? job->input : job->origin;
    int status = nashra_article_from_bytes(body, length, name ? name : "text", &article);
    if (status >= 0 && job->strict && nashra_article_damage(article) > 0)
        status = nashra_fail(NASHRA_EDATA, "%s: damaged, and \"strict\" is set", name ? name : "text");
    if (status >= 0)
        status = load_pipeline(s, &job->options);
    if (status >= 0)
        status = nashra_sink_file(path, nashra_pipeline_rate(s->pipeline), &sink);
    if (status >= 0)
        status = read_article(s, article, &job->options.voice, sink);
    nashra_sink_destroy(sink);
    nashra_article_destroy(article);
    return status;
}

static int load_studio(struct nashra_speaker *s) {
    struct nashra_speech_cache cache = {nashra_sound_cache_get, nashra_sound_cache_put, &s->sounds};
    if (s->studio)
        return NASHRA_OK;
    unload(s);
    return nashra_studio_create(&cache, &s->studio);
}

static int stop_when_orphaned(size_t done, size_t all, void *user) {
    (void)done;
    (void)all;
    return getppid() != *(const pid_t *)user;
}

static int do_bulletin(struct nashra_speaker *s, const struct nashra_job *job, const char *path) {
    struct nashra_bulletin *bulletin = NULL;
    pid_t parent = getppid();
    int status = load_studio(s);
    if (status >= 0)
        status = nashra_job_bulletin(job, &bulletin);
    if (status >= 0) {
        nashra_bulletin_set_progress(bulletin, stop_when_orphaned, &parent);
        status = nashra_bulletin_plan(bulletin, s->studio);
    }
    if (status >= 0)
        status = nashra_bulletin_render(bulletin, path);
    nashra_bulletin_destroy(bulletin);
    return status;
}

int nashra_speaker_do(struct nashra_speaker *s, const struct nashra_job *job, const char *body, size_t length,
                      const char *path) {
    s->sounds.hits = s->sounds.misses = s->sounds.frames = 0;
    return nashra_job_is_bulletin(job) ? do_bulletin(s, job, path) : do_reading(s, job, body, length, path);
}
