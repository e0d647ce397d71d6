/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "journal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "kept.h"

enum { FULL_BYTES = 1 << 20 };

enum request_kind { SCAN, FIND, SAVE, BOOKMARK, UNBOOKMARK, SEEN, HEARD, SET };

struct request {
    enum request_kind kind;
    struct nashrad_document *document;
    nashra_article_id article;
    size_t offset;
    const char *name;
    int64_t value;
    struct request *next;
};

struct nashrad_journal {
    const char *path;
    const char *const *folders;
    size_t folder_count;
    pthread_t thread;
    int event;
    struct nashra_store *store; /* the thread's */
    bool scanned, complained;
    struct nashra_buffer kept; /* what JOURNAL.kept says */
    nashra_article_id saved;   /* the article whose place was saved last */

    pthread_mutex_t lock; /* over all that follows */
    pthread_cond_t changed;
    struct request *first, **last;
    struct nashrad_answer *answers, **last_answer;
    bool quit;
};

/* Documents ------------------------------------------------------------------------------------------------------- */

struct nashrad_document *nashrad_document_create(nashra_article_id id, const struct nashra_segment *segments,
                                                 size_t count, const char *text, size_t length) {
    const size_t table = count * sizeof *segments;
    struct nashrad_document *document = nashra_alloc(sizeof *document + table + length);
    if (!document)
        return NULL;
    char *behind = (char *)(document + 1);
    memcpy(behind, segments, table);
    memcpy(behind + table, text, length);
    *document = (struct nashrad_document){.users = 1,
                                          .id = id,
                                          .text = behind + table,
                                          .length = length,
                                          .segments = (const struct nashra_segment *)(const void *)behind,
                                          .count = count};
    return document;
}

struct nashrad_document *nashrad_document_share(struct nashrad_document *document) {
    __atomic_add_fetch(&document->users, 1, __ATOMIC_RELAXED);
    return document;
}

void nashrad_document_release(struct nashrad_document *document) {
    if (document && __atomic_sub_fetch(&document->users, 1, __ATOMIC_ACQ_REL) == 0)
        nashra_free(document);
}

static struct nashra_store_text text_of(const struct nashrad_document *document) {
    return (struct nashra_store_text){document->text, document->length, document->segments, document->count};
}

/* Answers --------------------------------------------------------------------------------------------------------- */

void nashrad_answer_destroy(struct nashrad_answer *answer) {
    if (!answer)
        return;
    nashra_arena_destroy(answer->arena);
    nashrad_document_release(answer->document);
    nashra_free(answer);
}

static struct nashrad_answer *create_answer(enum nashrad_answer_kind kind) {
    struct nashrad_answer *answer = nashra_alloc_zeroed(1, sizeof *answer);
    if (!answer)
        return NULL;
    answer->kind = kind;
    answer->arena = nashra_arena_create();
    if (answer->arena)
        return answer;
    nashra_free(answer);
    return NULL;
}

static void give(struct nashrad_journal *journal, struct nashrad_answer *answer) {
    const uint64_t one = 1;
    pthread_mutex_lock(&journal->lock);
    *journal->last_answer = answer;
    journal->last_answer = &answer->next;
    pthread_mutex_unlock(&journal->lock);
    const ssize_t written = write(journal->event, &one, sizeof one);
    (void)written; /* EAGAIN means that it is readable already */
}

static void give_fault(struct nashrad_journal *journal, enum nashra_prompt prompt) {
    struct nashrad_answer *answer = create_answer(NASHRAD_ANSWER_FAULT);
    if (!answer)
        return;
    answer->prompt = prompt;
    give(journal, answer);
}

struct nashrad_answer *nashrad_journal_take(struct nashrad_journal *journal) {
    uint64_t count;
    pthread_mutex_lock(&journal->lock);
    struct nashrad_answer *answer = journal->answers;
    if (answer) {
        journal->answers = answer->next;
        if (!journal->answers)
            journal->last_answer = &journal->answers;
    } else {
        const ssize_t got = read(journal->event, &count, sizeof count);
        (void)got;
    }
    pthread_mutex_unlock(&journal->lock);
    return answer;
}

int nashrad_journal_fd(const struct nashrad_journal *journal) {
    return journal->event;
}

/* Opening --------------------------------------------------------------------------------------------------------- */

static int64_t setting(struct nashrad_journal *journal, const char *name, int64_t otherwise) {
    int64_t value = otherwise;
    nashra_store_setting(journal->store, name, otherwise, &value);
    return value;
}

/* Without a file the box still reads: it only forgets. */
static int open_store(struct nashrad_journal *journal) {
    enum nashra_store_outcome outcome;
    int status = nashra_store_open(journal->path, &journal->store, &outcome);
    if (status < 0) {
        give_fault(journal, NASHRA_PROMPT_FAULT_STORE);
        return nashra_store_open(NULL, &journal->store, NULL);
    }
    if (outcome == NASHRA_STORE_SET_ASIDE)
        give_fault(journal, NASHRA_PROMPT_FAULT_JOURNAL);
    return status;
}

static void give_opened(struct nashrad_journal *journal) {
    struct nashrad_answer *answer = create_answer(NASHRAD_ANSWER_OPENED);
    if (!answer)
        return;
    answer->settings = (struct nashra_reader_settings){
        .rate = (int)setting(journal, "rate", 0),
        .volume = (int)setting(journal, "volume", 0),
        .level = (enum nashra_level)setting(journal, "level", NASHRA_LEVEL_SENTENCE),
    };
    nashra_store_current(journal->store, &answer->current, &answer->when);
    give(journal, answer);
}

/* Requests -------------------------------------------------------------------------------------------------------- */

static int scan(struct nashrad_journal *journal) {
    size_t changed;
    int status = nashra_store_scan(journal->store, journal->folders, journal->folder_count, &changed);
    if (status < 0 || (changed == 0 && journal->scanned))
        return status;
    struct nashrad_answer *answer = create_answer(NASHRAD_ANSWER_LIBRARY);
    if (!answer)
        return NASHRA_ENOMEM;
    status = nashra_store_articles(journal->store, answer->arena, &answer->articles, &answer->article_count);
    if (status >= 0)
        status = nashra_store_bookmarks(journal->store, answer->arena, &answer->bookmarks, &answer->bookmark_count);
    if (status < 0) {
        nashrad_answer_destroy(answer);
        return status;
    }
    journal->scanned = true;
    give(journal, answer);
    return NASHRA_OK;
}

/* An article whose place can't be found is read from its beginning: the answer comes in any case. */
static int find(struct nashrad_journal *journal, struct nashrad_document *document) {
    const struct nashra_store_text text = text_of(document);
    struct nashrad_answer *answer = create_answer(NASHRAD_ANSWER_FOUND);
    if (!answer)
        return NASHRA_ENOMEM;
    answer->document = nashrad_document_share(document);
    int status = nashra_store_find(journal->store, document->id, &text, &answer->place);
    if (status >= 0)
        status = nashra_store_bookmarks(journal->store, answer->arena, &answer->bookmarks, &answer->bookmark_count);
    give(journal, answer);
    return status;
}

static int carry_out(struct nashrad_journal *journal, const struct request *request) {
    const struct nashra_store_text text =
        request->document ? text_of(request->document) : (struct nashra_store_text){0};
    switch (request->kind) {
    case SCAN:
        return scan(journal);
    case FIND:
        return find(journal, request->document);
    case SAVE:
        return nashra_store_save(journal->store, request->article, &text, request->offset, request->value);
    case BOOKMARK:
        return nashra_store_add_bookmark(journal->store, request->article, &text, request->offset);
    case UNBOOKMARK:
        return nashra_store_remove_bookmark(journal->store, request->article, request->offset);
    case SEEN:
        return nashra_store_seen(journal->store, request->article);
    case HEARD:
        return nashra_store_heard(journal->store, request->article);
    case SET:
        return nashra_store_set(journal->store, request->name, request->value);
    }
    return NASHRA_EINTERNAL;
}

/* The file turned out to be damaged: it is set aside, and the library is made anew in the next one. */
static int begin_anew(struct nashrad_journal *journal) {
    nashra_store_close(journal->store);
    journal->store = NULL;
    journal->scanned = false;
    const int status = open_store(journal);
    return status < 0 ? status : scan(journal);
}

/* Too little for what a few commits need. */
static bool is_full(const char *path) {
    struct statvfs about;
    return statvfs(path, &about) == 0 && (uint64_t)about.f_bavail * about.f_frsize < FULL_BYTES;
}

/* Saving goes on all the time: only another article, or a bookmark, makes a difference. */
static void note_kept(struct nashrad_journal *journal, const struct request *request) {
    const bool other = request->kind == SAVE && request->article != journal->saved;
    if (!other && request->kind != SCAN && request->kind != BOOKMARK && request->kind != UNBOOKMARK)
        return;
    if (request->kind == SAVE)
        journal->saved = request->article;
    nashrad_kept_write(journal->store, journal->path, &journal->kept);
}

/* Each kind of trouble is told once, until something succeeds again. */
static void handle(struct nashrad_journal *journal, const struct request *request) {
    int status = carry_out(journal, request);
    if (status == NASHRA_EDATA)
        status = begin_anew(journal);
    if (status >= 0 && request->kind != SCAN && request->kind != FIND)
        journal->complained = false;
    if (status >= 0)
        note_kept(journal, request);
    if (status == NASHRA_EIO && !journal->complained) {
        journal->complained = true;
        give_fault(journal, is_full(journal->path) ? NASHRA_PROMPT_FAULT_FULL : NASHRA_PROMPT_FAULT_STORE);
    }
}

/* The thread ------------------------------------------------------------------------------------------------------ */

static struct request *wait_for_request(struct nashrad_journal *journal) {
    pthread_mutex_lock(&journal->lock);
    while (!journal->first && !journal->quit)
        pthread_cond_wait(&journal->changed, &journal->lock);
    struct request *request = journal->first;
    if (request) {
        journal->first = request->next;
        if (!journal->first)
            journal->last = &journal->first;
    }
    pthread_mutex_unlock(&journal->lock);
    return request;
}

static void *work(void *user) {
    struct nashrad_journal *journal = user;
    struct request *request;
    if (open_store(journal) >= 0)
        give_opened(journal);
    while ((request = wait_for_request(journal)) != NULL) {
        if (journal->store)
            handle(journal, request);
        nashrad_document_release(request->document);
        nashra_free(request);
    }
    nashra_store_close(journal->store);
    nashra_buffer_finish(&journal->kept);
    return NULL;
}

/* Signals are the main thread's. */
static int start_thread(struct nashrad_journal *journal) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int error = pthread_create(&journal->thread, NULL, work, journal);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

int nashrad_journal_create(const char *path, const char *const *folders, size_t count, struct nashrad_journal **out) {
    struct nashrad_journal *journal = nashra_alloc_zeroed(1, sizeof *journal);
    *out = NULL;
    if (!journal)
        return NASHRA_ENOMEM;
    *journal = (struct nashrad_journal){.path = path, .folders = folders, .folder_count = count};
    journal->last = &journal->first;
    journal->last_answer = &journal->answers;
    pthread_mutex_init(&journal->lock, NULL);
    pthread_cond_init(&journal->changed, NULL);
    journal->event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    const int error = journal->event < 0 ? errno : start_thread(journal);
    if (error != 0) {
        if (journal->event >= 0)
            close(journal->event);
        nashra_free(journal);
        return nashra_fail(NASHRA_EINTERNAL, "the journal's thread can't be started: %s", strerror(error));
    }
    *out = journal;
    return NASHRA_OK;
}

void nashrad_journal_destroy(struct nashrad_journal *journal) {
    if (!journal)
        return;
    pthread_mutex_lock(&journal->lock);
    journal->quit = true;
    pthread_cond_signal(&journal->changed);
    pthread_mutex_unlock(&journal->lock);
    pthread_join(journal->thread, NULL);
    for (struct nashrad_answer *answer; (answer = nashrad_journal_take(journal)) != NULL;)
        nashrad_answer_destroy(answer);
    pthread_mutex_destroy(&journal->lock);
    pthread_cond_destroy(&journal->changed);
    close(journal->event);
    nashra_free(journal);
}

static void request(struct nashrad_journal *journal, struct request wish) {
    struct request *copy = nashra_alloc(sizeof *copy);
    if (!copy) {
        nashra_log(NASHRA_LOG_ERROR, "out of memory: something can't be written down");
        return;
    }
    *copy = wish;
    copy->next = NULL;
    if (copy->document)
        nashrad_document_share(copy->document);
    pthread_mutex_lock(&journal->lock);
    *journal->last = copy;
    journal->last = &copy->next;
    pthread_cond_signal(&journal->changed);
    pthread_mutex_unlock(&journal->lock);
}

void nashrad_journal_scan(struct nashrad_journal *journal) {
    request(journal, (struct request){.kind = SCAN});
}

void nashrad_journal_find(struct nashrad_journal *journal, struct nashrad_document *document) {
    request(journal, (struct request){.kind = FIND, .document = document});
}

void nashrad_journal_save(struct nashrad_journal *journal, struct nashrad_document *document, size_t offset,
                          int64_t when) {
    request(journal, (struct request){
                         .kind = SAVE, .document = document, .article = document->id, .offset = offset, .value = when});
}

void nashrad_journal_bookmark(struct nashrad_journal *journal, struct nashrad_document *document, size_t offset) {
    request(journal,
            (struct request){.kind = BOOKMARK, .document = document, .article = document->id, .offset = offset});
}

void nashrad_journal_unbookmark(struct nashrad_journal *journal, nashra_article_id article, size_t offset) {
    request(journal, (struct request){.kind = UNBOOKMARK, .article = article, .offset = offset});
}

void nashrad_journal_seen(struct nashrad_journal *journal, nashra_article_id article) {
    request(journal, (struct request){.kind = SEEN, .article = article});
}

void nashrad_journal_heard(struct nashrad_journal *journal, nashra_article_id article) {
    request(journal, (struct request){.kind = HEARD, .article = article});
}

void nashrad_journal_set(struct nashrad_journal *journal, const char *name, int64_t value) {
    request(journal, (struct request){.kind = SET, .name = name, .value = value});
}
