/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/ahead.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Two to be ahead of the one that is being heard: more would only make a change of rate wait longer. */
enum { QUEUE_LENGTH = 2, UTTERANCES = QUEUE_LENGTH + 2 };

struct nashra_ahead {
    struct nashra_pipeline_options options;
    const struct nashra_article *article;
    struct nashra_pipeline *pipeline; /* the worker's */
    pthread_t thread;
    int event;

    pthread_mutex_t lock; /* over all that follows */
    pthread_cond_t changed;
    struct nashra_utterance utterances[UTTERANCES];
    bool taken[UTTERANCES]; /* in the queue, in work or with the listener */
    struct nashra_utterance *queue[QUEUE_LENGTH];
    size_t queued;
    size_t next;         /* segment to prepare */
    unsigned generation; /* a seek makes work in progress stale */
    bool new_voice;
    int end; /* why no more will come: 0, NASHRA_STOPPED or a failure */
    bool quit;
};

static void signal_listener(struct nashra_ahead *ahead) {
    uint64_t one = 1;
    ssize_t written = write(ahead->event, &one, sizeof one);
    (void)written; /* EAGAIN means that it is readable already */
}

static void clear_signal(struct nashra_ahead *ahead) {
    uint64_t count;
    ssize_t got = read(ahead->event, &count, sizeof count);
    (void)got;
}

static struct nashra_utterance *free_utterance(struct nashra_ahead *ahead) {
    for (size_t i = 0; i < UTTERANCES; i++)
        if (!ahead->taken[i])
            return &ahead->utterances[i];
    return NULL;
}

static int prepare(struct nashra_ahead *ahead, struct nashra_utterance *utterance, size_t segment) {
    if (!utterance->arena)
        utterance->arena = nashra_arena_create();
    if (!utterance->arena)
        return NASHRA_ENOMEM;
    nashra_arena_reset(utterance->arena);
    nashra_sound_clear(&utterance->sound);
    int status = nashra_pipeline_sentence(ahead->pipeline, segment, utterance->arena, &utterance->sentence);
    if (status >= 0)
        status = nashra_pipeline_speak(ahead->pipeline, &utterance->sentence, &utterance->sound);
    return status;
}

/* Waits, under the lock, for something to do. False when it is time to quit. */
static bool wait_for_work(struct nashra_ahead *ahead) {
    while (!ahead->quit && (ahead->end != 0 || ahead->queued == QUEUE_LENGTH || !free_utterance(ahead)))
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    return !ahead->quit;
}

static void work_once(struct nashra_ahead *ahead, size_t count) {
    struct nashra_utterance *utterance = free_utterance(ahead);
    size_t segment = ahead->next;
    unsigned generation = ahead->generation;
    if (segment >= count) {
        ahead->end = NASHRA_STOPPED;
        signal_listener(ahead);
        return;
    }
    if (ahead->new_voice)
        nashra_pipeline_set_voice(ahead->pipeline, &ahead->options.voice);
    ahead->new_voice = false;
    ahead->taken[utterance - ahead->utterances] = true;
    pthread_mutex_unlock(&ahead->lock);
    int status = prepare(ahead, utterance, segment);
    pthread_mutex_lock(&ahead->lock);
    if (generation != ahead->generation || status < 0) {
        ahead->taken[utterance - ahead->utterances] = false;
        if (generation == ahead->generation)
            ahead->end = status;
    } else {
        ahead->queue[ahead->queued++] = utterance;
        ahead->next = segment + 1;
    }
    signal_listener(ahead);
}

static void *work(void *user) {
    struct nashra_ahead *ahead = user;
    size_t count;
    nashra_article_segments(ahead->article, &count);
    pthread_mutex_lock(&ahead->lock);
    const struct nashra_pipeline_options options = ahead->options;
    pthread_mutex_unlock(&ahead->lock);
    int status = nashra_pipeline_create(&options, &ahead->pipeline);
    if (status >= 0)
        status = nashra_pipeline_begin(ahead->pipeline, ahead->article);
    pthread_mutex_lock(&ahead->lock);
    if (status < 0) {
        ahead->end = status;
        signal_listener(ahead);
    }
    while (wait_for_work(ahead))
        work_once(ahead, count);
    pthread_mutex_unlock(&ahead->lock);
    nashra_pipeline_destroy(ahead->pipeline);
    return NULL;
}

static void free_ahead(struct nashra_ahead *ahead) {
    for (size_t i = 0; i < UTTERANCES; i++) {
        nashra_arena_destroy(ahead->utterances[i].arena);
        nashra_sound_finish(&ahead->utterances[i].sound);
    }
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->changed);
    if (ahead->event >= 0)
        close(ahead->event);
    nashra_free(ahead);
}

int nashra_ahead_create(const struct nashra_pipeline_options *options, const struct nashra_article *article,
                        size_t first, struct nashra_ahead **out) {
    *out = NULL;
    struct nashra_ahead *ahead = nashra_alloc_zeroed(1, sizeof *ahead);
    if (!ahead)
        return NASHRA_ENOMEM;
    ahead->options = *options;
    ahead->article = article;
    ahead->next = first;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    ahead->event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    int error = ahead->event < 0 ? errno : pthread_create(&ahead->thread, NULL, work, ahead);
    if (error != 0) {
        free_ahead(ahead);
        return nashra_fail(NASHRA_EINTERNAL, "the reading thread can't be started: %s", strerror(error));
    }
    *out = ahead;
    return NASHRA_OK;
}

void nashra_ahead_destroy(struct nashra_ahead *ahead) {
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->quit = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
    free_ahead(ahead);
}

int nashra_ahead_fd(const struct nashra_ahead *ahead) {
    return ahead->event;
}

int nashra_ahead_take(struct nashra_ahead *ahead, struct nashra_utterance **utterance) {
    *utterance = NULL;
    pthread_mutex_lock(&ahead->lock);
    int status = ahead->queued > 0 ? 1 : ahead->end;
    if (status == 1) {
        *utterance = ahead->queue[0];
        ahead->queued--;
        memmove(ahead->queue, ahead->queue + 1, ahead->queued * sizeof *ahead->queue);
        pthread_cond_signal(&ahead->changed);
    }
    if (ahead->queued == 0 && ahead->end == 0)
        clear_signal(ahead);
    pthread_mutex_unlock(&ahead->lock);
    return status;
}

void nashra_ahead_release(struct nashra_ahead *ahead, struct nashra_utterance *utterance) {
    if (!utterance)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->taken[utterance - ahead->utterances] = false;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
}

void nashra_ahead_seek(struct nashra_ahead *ahead, size_t segment, const struct nashra_voice *voice) {
    pthread_mutex_lock(&ahead->lock);
    for (size_t i = 0; i < ahead->queued; i++)
        ahead->taken[ahead->queue[i] - ahead->utterances] = false;
    ahead->queued = 0;
    ahead->next = segment;
    ahead->generation++;
    if (ahead->end == NASHRA_STOPPED)
        ahead->end = 0;
    if (voice) {
        ahead->options.voice = *voice;
        ahead->new_voice = true;
    }
    clear_signal(ahead);
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
}
