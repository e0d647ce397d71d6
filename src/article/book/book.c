/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book.h"

#include <string.h>

#include "../transcript.h"
#include "../web/html.h"
#include "package.h"
#include "zip.h"

struct part {
    char *name;
    struct nashra_transcript transcript;
    size_t base; /* of its decoded bytes in the document's source */
};

struct nashra_book {
    struct part *parts; /* the package document first, then the chapters that the spine names */
    size_t count;
    struct nashra_arena *arena;
    const char *name;
    char *package_path;
    struct nashra_package package;
    bool is_encrypted; /* META-INF/encryption.xml names more than fonts */
};

static int out_of_memory(const struct nashra_book *book) {
    return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the book", book->name);
}

/* ---- the container ---- */

static bool is_container(const char *path, void *user) {
    (void)user;
    return strcmp(path, "META-INF/container.xml") == 0 || strcmp(path, "META-INF/encryption.xml") == 0;
}

/* Fonts are commonly obscured; chapters are encrypted by a seller. */
static bool names_text(const struct nashra_source *file) {
    static const char *const endings[] = {"html\"", "htm\"", "xml\"", "html'", "htm'"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i]);
        for (size_t at = 0; at + size <= file->length; at++)
            if (memcmp(file->bytes + at, endings[i], size) == 0)
                return true;
    }
    return false;
}

static int take_container(const char *path, struct nashra_source file, void *user) {
    struct nashra_book *book = user;
    int status = 0;
    if (strcmp(path, "META-INF/container.xml") == 0)
        status = nashra_package_find((const char *)file.bytes, file.length, book->arena, &book->package_path);
    else
        book->is_encrypted = names_text(&file);
    nashra_free(file.bytes);
    return status ? out_of_memory(book) : 0;
}

/* ---- the files that are read ---- */

static int set_part(struct nashra_book *book, struct part *part, const char *path, struct nashra_source file) {
    part->name = nashra_arena_copy(book->arena, path, strlen(path));
    int status = nashra_transcript_init(&part->transcript, file, NULL);
    if (!status && !part->name)
        status = out_of_memory(book);
    if (!status && part->transcript.damage)
        nashra_log(NASHRA_LOG_WARNING, "%s: %s:%zu: malformed %s left out", book->name, path,
                   part->transcript.first_line, part->transcript.charset.name);
    return status;
}

static bool is_package(const char *path, void *user) {
    const struct nashra_book *book = user;
    return strcmp(path, book->package_path) == 0 && !book->parts[0].name;
}

static int take_package(const char *path, struct nashra_source file, void *user) {
    struct nashra_book *book = user;
    return set_part(book, &book->parts[0], path, file);
}

/* The chapter's place in the spine, from 1; 0 for none, or when it has been read. */
static size_t place_of(const struct nashra_book *book, const char *path) {
    for (size_t i = 0; i < book->package.spine_count; i++)
        if (strcmp(book->package.spine[i], path) == 0 && !book->parts[i + 1].name)
            return i + 1;
    return 0;
}

static bool is_chapter(const char *path, void *user) {
    return place_of(user, path) > 0;
}

static int take_chapter(const char *path, struct nashra_source file, void *user) {
    struct nashra_book *book = user;
    return set_part(book, &book->parts[place_of(book, path)], path, file);
}

static int read_package(struct nashra_book *book, struct nashra_zip *zip) {
    struct nashra_tracked source;
    int status = nashra_zip_walk(zip, is_container, take_container, book);
    if (!status && !book->package_path)
        status = nashra_fail(NASHRA_EDATA, "%s: no book: META-INF/container.xml names no package document", book->name);
    if (!status && book->is_encrypted)
        status =
            nashra_fail(NASHRA_EDATA, "%s: is encrypted (DRM): only its seller's programs can read it", book->name);
    book->parts = status ? NULL : nashra_alloc_zeroed(1, sizeof *book->parts);
    if (status || !book->parts)
        return status ? status : out_of_memory(book);
    book->count = 1;
    status = nashra_zip_walk(zip, is_package, take_package, book);
    const struct nashra_transcript *transcript = &book->parts[0].transcript;
    if (!status && (!book->parts[0].name || transcript->length == 0))
        status = nashra_fail(NASHRA_EDATA, "%s: no book: %s is missing", book->name, book->package_path);
    if (status)
        return status;
    nashra_tracked_borrow(&source, transcript->text, transcript->length, 0);
    status = source.text.failed ? out_of_memory(book)
                                : nashra_package_init(&book->package, &source, book->package_path, book->name);
    nashra_tracked_finish(&source);
    return status;
}

static int read_chapters(struct nashra_book *book, struct nashra_zip *zip) {
    size_t count = book->package.spine_count + 1;
    struct part *parts = nashra_realloc(book->parts, count * sizeof *parts);
    if (!parts)
        return out_of_memory(book);
    book->parts = parts;
    memset(parts + 1, 0, (count - 1) * sizeof *parts);
    book->count = count;
    int status = nashra_zip_walk(zip, is_chapter, take_chapter, book);
    for (size_t i = 1; i < count; i++)
        parts[i].base = parts[i - 1].base + parts[i - 1].transcript.length;
    return status;
}

/* ---- the document ---- */

static void set(struct nashra_document *document, const char **field, const struct nashra_tracked *text) {
    nashra_document_set(document, field, nashra_tracked_string(text), text->text.length);
}

static int add_line(struct nashra_document *document, const struct nashra_tracked *text,
                    enum nashra_sentence_kind kind) {
    struct nashra_passage like = {.kind = kind, .language = ""};
    struct nashra_tracked line = {0};
    nashra_html_collapse(text, (struct nashra_span){0, text->text.length}, true, &line);
    int status = line.text.failed
                     ? NASHRA_ENOMEM
                     : nashra_document_add(document, &line, (struct nashra_span){0, line.text.length}, &like);
    nashra_tracked_finish(&line);
    return status;
}

static int add_head(struct nashra_book *book, struct nashra_document *document) {
    struct nashra_package *package = &book->package;
    set(document, &document->metadata.title, &package->title);
    set(document, &document->metadata.byline, &package->creator);
    set(document, &document->metadata.language, &package->language);
    document->metadata.published = nashra_feed_date(nashra_tracked_string(&package->date));
    int status = add_line(document, &package->title, NASHRA_TITLE);
    return status ? status : add_line(document, &package->creator, NASHRA_BYLINE);
}

static int add_chapter(const struct nashra_book *book, const struct part *part, const struct nashra_reading *reading,
                       struct nashra_document *document) {
    struct nashra_tracked source;
    if (part->transcript.length == 0)
        return 0;
    nashra_tracked_borrow(&source, part->transcript.text, part->transcript.length, part->base);
    int status = source.text.failed ? out_of_memory(book) : nashra_web_read_chapter(&source, reading, document);
    nashra_tracked_finish(&source);
    return status;
}

static int add_chapters(const struct nashra_book *book, const struct nashra_reading *reading,
                        struct nashra_document *document) {
    const char *missing = NULL;
    size_t count = 0;
    int status = 0;
    for (size_t i = 1; i < book->count && !status; i++) {
        if (!book->parts[i].name) {
            missing = missing ? missing : book->package.spine[i - 1];
            count++;
        }
        status = add_chapter(book, &book->parts[i], reading, document);
    }
    if (count > 0)
        nashra_log(NASHRA_LOG_WARNING, "%s: %zu of the book's files %s missing, the first is %s", book->name, count,
                   count == 1 ? "is" : "are", missing);
    return status;
}

int nashra_book_read(const struct nashra_source *source, const struct nashra_reading *reading,
                     struct nashra_document *document, struct nashra_book **out) {
    struct nashra_zip zip = {.source = source, .name = document->name};
    struct nashra_book *book = nashra_alloc_zeroed(1, sizeof *book);
    *out = book;
    if (!book || !(book->arena = nashra_arena_create()))
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the book", document->name);
    book->name = document->name;
    int status = read_package(book, &zip);
    if (!status)
        status = read_chapters(book, &zip);
    if (!status)
        status = add_head(book, document);
    return status ? status : add_chapters(book, reading, document);
}

void nashra_book_destroy(struct nashra_book *book) {
    if (!book)
        return;
    for (size_t i = 0; i < book->count; i++)
        nashra_transcript_finish(&book->parts[i].transcript);
    nashra_free(book->parts);
    nashra_package_finish(&book->package);
    nashra_arena_destroy(book->arena);
    nashra_free(book);
}

static const struct part *part_at(const struct nashra_book *book, size_t at) {
    size_t i = book->count - 1;
    /* Missing chapters are empty. */
    while (i > 0 && (book->parts[i].base > at || book->parts[i].transcript.length == 0))
        i--;
    return &book->parts[i];
}

const char *nashra_book_part(const struct nashra_book *book, size_t at) {
    return part_at(book, at)->name;
}

struct nashra_span nashra_book_source_span(const struct nashra_book *book, struct nashra_span span) {
    const struct part *part = part_at(book, span.from);
    size_t length = part->transcript.length, to = span.to - part->base;
    return nashra_transcript_source_span(&part->transcript,
                                         (struct nashra_span){span.from - part->base, to < length ? to : length});
}
