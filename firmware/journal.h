/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store on a thread of its own: a slow memory card stops neither the voice nor the keys. */
#ifndef NASHRAD_JOURNAL_H
#define NASHRAD_JOURNAL_H

#include <nashra/reader.h>
#include <nashra/store.h>

/* An opened article, shared between threads; text and segments lie behind the struct. */
struct nashrad_document {
    unsigned users;
    nashra_article_id id;
    const char *text;
    size_t length;
    const struct nashra_segment *segments;
    size_t count;
};

/* A copy with one user; NULL when out of memory. */
struct nashrad_document *nashrad_document_create(nashra_article_id id, const struct nashra_segment *segments,
                                                 size_t count, const char *text, size_t length);
struct nashrad_document *nashrad_document_share(struct nashrad_document *document);
/* One user less. Takes NULL. */
void nashrad_document_release(struct nashrad_document *document);

enum nashrad_answer_kind {
    NASHRAD_ANSWER_OPENED,  /* settings, current, when */
    NASHRAD_ANSWER_LIBRARY, /* articles; bookmarks */
    NASHRAD_ANSWER_FOUND,   /* document, place; bookmarks, since they may have moved */
    NASHRAD_ANSWER_FAULT    /* prompt */
};

/* All of it belongs to the answer. */
struct nashrad_answer {
    enum nashrad_answer_kind kind;
    struct nashra_arena *arena;
    struct nashra_reader_settings settings;
    nashra_article_id current;
    int64_t when;
    struct nashra_store_article *articles;
    size_t article_count;
    struct nashra_store_bookmark *bookmarks;
    size_t bookmark_count;
    struct nashrad_document *document;
    size_t place;
    enum nashra_prompt prompt;
    struct nashrad_answer *next;
};

struct nashrad_journal;

/* Opens the store on the new thread; OPENED is its first answer, after a FAULT if the old one was set aside, or if it
 * has to do without a file. @param folders borrowed. */
int nashrad_journal_create(const char *path, const char *const *folders, size_t count,
                           struct nashrad_journal **journal);
/* Writes what is left, and ends the thread. Takes NULL. */
void nashrad_journal_destroy(struct nashrad_journal *journal);

/* Readable when there is an answer. */
int nashrad_journal_fd(const struct nashrad_journal *journal);
/* NULL: none now. It goes back through nashrad_answer_destroy(). */
struct nashrad_answer *nashrad_journal_take(struct nashrad_journal *journal);
void nashrad_answer_destroy(struct nashrad_answer *answer);

/* Requests; they are carried out in order, and return at once. */
void nashrad_journal_scan(
    struct nashrad_journal *journal); /* answers LIBRARY if anything changed, and the first time */
void nashrad_journal_find(struct nashrad_journal *journal, struct nashrad_document *document); /* answers FOUND */
void nashrad_journal_save(struct nashrad_journal *journal, struct nashrad_document *document, size_t offset,
                          int64_t when);
void nashrad_journal_bookmark(struct nashrad_journal *journal, struct nashrad_document *document, size_t offset);
void nashrad_journal_unbookmark(struct nashrad_journal *journal, nashra_article_id article, size_t offset);
void nashrad_journal_seen(struct nashrad_journal *journal, nashra_article_id article);
void nashrad_journal_heard(struct nashrad_journal *journal, nashra_article_id article);
/* @param name lives for good. */
void nashrad_journal_set(struct nashrad_journal *journal, const char *name, int64_t value);

#endif
