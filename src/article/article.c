/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/article.h>

#include <stdio.h>
#include <string.h>

#include "binary.h"
#include "book/book.h"
#include "cut.h"
#include "document.h"
#include "format.h"
#include "quotation.h"
#include "sentence.h"
#include "ssml.h"
#include "structure.h"
#include "transcript.h"
#include "walk.h"

struct nashra_article {
    char *name;
    struct nashra_transcript transcript;
    struct nashra_ssml *ssml;        /* NULL: no SSML */
    struct nashra_document document; /* what is known of it; its text, where it was taken out of a page or the like */
    struct nashra_book *book;        /* NULL: one file */
    const char *text;                /* the transcript's, or what was taken out of its markup */
    size_t length;
    struct nashra_segment *segments;
    size_t count;
    size_t capacity;
    struct nashra_quotations quotations;
};

/* What the segments are made with; lives as long as the making. */
struct segmenter {
    struct nashra_article *article;
    struct nashra_sentences *sentences;
    struct nashra_lexis words;
    struct nashra_segment segment; /* the next one's kind and paragraph */
    bool is_last_block;            /* of its paragraph */
    bool is_last_sentence;
};

/* A piece of mere punctuation isn't spoken; what it would have ended, the one before it ends. */
static void skip_piece(struct segmenter *segmenter, bool continues) {
    struct nashra_article *article = segmenter->article;
    struct nashra_segment *before = article->count > 0 ? &article->segments[article->count - 1] : NULL;
    if (!before || before->paragraph != segmenter->segment.paragraph || continues)
        return;
    before->continues = 0;
    before->paragraph_end = segmenter->is_last_sentence;
}

/* Punctuation is heard where the author wants every character named. */
static bool is_spelt(const struct nashra_article *article, struct nashra_span span) {
    const struct nashra_delivery *delivery = article->ssml ? &article->ssml->delivery : NULL;
    for (size_t i = 0; delivery && i < delivery->hint_count; i++)
        if (delivery->hints[i].as == NASHRA_AS_CHARACTERS && delivery->hints[i].span.from < span.to &&
            delivery->hints[i].span.to > span.from)
            return true;
    return false;
}

static int add_piece(struct nashra_span piece, bool continues, void *user) {
    struct segmenter *segmenter = user;
    struct nashra_article *article = segmenter->article;
    struct nashra_profile profile = nashra_walk_profile(article->text, piece);
    if (profile.words == 0 && !profile.spoken && !is_spelt(article, piece)) {
        skip_piece(segmenter, continues);
        return 0;
    }
    if (article->count == NASHRA_ARTICLE_MAX_SEGMENTS)
        return nashra_fail(NASHRA_EDATA, "%s: more than %u sentences: no article has so many", article->name,
                           NASHRA_ARTICLE_MAX_SEGMENTS);
    if (article->count == article->capacity) {
        size_t capacity = article->capacity ? article->capacity * 2 : 64;
        struct nashra_segment *segments = nashra_realloc(article->segments, capacity * sizeof *segments);
        if (!segments)
            return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for %zu sentences", article->name, capacity);
        article->segments = segments;
        article->capacity = capacity;
    }
    struct nashra_segment *segment = &article->segments[article->count++];
    *segment = segmenter->segment;
    segment->span = piece;
    segment->continues = continues;
    segment->paragraph_end = !continues && segmenter->is_last_sentence;
    return 0;
}

static int add_sentence(struct nashra_span sentence, bool is_last, void *user) {
    struct segmenter *segmenter = user;
    segmenter->is_last_sentence = is_last && segmenter->is_last_block;
    return nashra_cut(&segmenter->words, segmenter->article->text, sentence, add_piece, segmenter);
}

static int add_paragraph(struct segmenter *segmenter, const struct nashra_paragraph *paragraph) {
    struct nashra_article *article = segmenter->article;
    size_t first = article->count;
    segmenter->segment.kind = paragraph->kind;
    segmenter->segment.level = paragraph->level;
    int status = nashra_sentences_find(segmenter->sentences, article->text, paragraph->span, add_sentence, segmenter);
    segmenter->segment.paragraph++;
    if (status)
        return status;
    return nashra_quotations_add(&article->quotations, article->text, paragraph->span, article->segments + first,
                                 article->count - first);
}

/* A block of markup knows its bounds: no lines are joined, no title is guessed. */
static int add_block(struct segmenter *segmenter, const struct nashra_block *block, bool is_last) {
    struct nashra_article *article = segmenter->article;
    struct nashra_span span = nashra_walk_trim(article->text, block->span);
    size_t first = article->count;
    bool spoken = nashra_walk_profile(article->text, span).spoken;
    if (!spoken && !is_spelt(article, span))
        return 0;
    segmenter->is_last_block = is_last;
    int status = block->is_sentence || !spoken
                     ? add_sentence(span, true, segmenter)
                     : nashra_sentences_find(segmenter->sentences, article->text, span, add_sentence, segmenter);
    segmenter->segment.paragraph += is_last;
    if (status || article->count == first)
        return status;
    return nashra_quotations_add(&article->quotations, article->text, span, article->segments + first,
                                 article->count - first);
}

static int segment_blocks(struct segmenter *segmenter, const struct nashra_markup *markup) {
    int status = 0;
    segmenter->segment.kind = NASHRA_TEXT;
    for (size_t i = 0; i < markup->block_count && !status; i++) {
        const struct nashra_block *block = &markup->blocks[i];
        bool is_last = i + 1 == markup->block_count || block[1].paragraph != block->paragraph;
        status = add_block(segmenter, block, is_last);
    }
    return status;
}

/* Silence and marks can be all that is wanted. */
static int add_empty_segment(struct nashra_article *article) {
    article->segments = nashra_alloc_zeroed(1, sizeof *article->segments);
    if (!article->segments)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory", article->name);
    article->count = article->capacity = 1;
    article->segments[0].kind = NASHRA_TEXT;
    article->segments[0].paragraph_end = 1;
    return 0;
}

static int find_marked_segments(struct nashra_article *article) {
    struct segmenter segmenter = {.article = article, .words = nashra_breaks_lexis()};
    segmenter.sentences = nashra_sentences_create(&segmenter.words);
    int status = segmenter.sentences ? segment_blocks(&segmenter, &article->ssml->markup)
                                     : nashra_fail(NASHRA_ENOMEM, "%s: out of memory", article->name);
    nashra_sentences_destroy(segmenter.sentences);
    nashra_lexis_finish(&segmenter.words);
    if (status || article->count > 0)
        return status;
    return article->ssml->delivery.point_count > 0 ? add_empty_segment(article)
                                                   : nashra_fail(NASHRA_EDATA, "%s: holds no words", article->name);
}

static int segment_paragraphs(struct nashra_article *article, const struct nashra_paragraphs *paragraphs) {
    struct segmenter segmenter = {.article = article, .words = nashra_breaks_lexis(), .is_last_block = true};
    segmenter.sentences = nashra_sentences_create(&segmenter.words);
    int status = segmenter.sentences ? 0 : nashra_fail(NASHRA_ENOMEM, "%s: out of memory", article->name);
    for (size_t i = 0; i < paragraphs->count && !status; i++)
        status = add_paragraph(&segmenter, &paragraphs->items[i]);
    nashra_sentences_destroy(segmenter.sentences);
    nashra_lexis_finish(&segmenter.words);
    return status;
}

/* What a page, a book or Markdown says its paragraphs are needs no guess. */
static int segment_document(struct nashra_article *article) {
    const struct nashra_document *document = &article->document;
    struct nashra_paragraphs paragraphs = {.count = document->count};
    if (document->count == 0)
        return nashra_fail(NASHRA_EDATA, "%s: holds no words to read", article->name);
    paragraphs.items = nashra_alloc_zeroed(document->count, sizeof *paragraphs.items);
    if (!paragraphs.items)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for %zu paragraphs", article->name, document->count);
    for (size_t i = 0; i < document->count; i++) {
        paragraphs.items[i].span = document->passages[i].span;
        paragraphs.items[i].kind = document->passages[i].kind;
        paragraphs.items[i].level = document->passages[i].level;
    }
    int status = segment_paragraphs(article, &paragraphs);
    nashra_free(paragraphs.items);
    return status;
}

/* What was guessed of plain text is told as what a page says of itself. */
static int note_passages(struct nashra_article *article, const struct nashra_paragraphs *paragraphs) {
    struct nashra_document *document = &article->document;
    struct nashra_metadata *metadata = &document->metadata;
    document->passages = nashra_alloc_zeroed(paragraphs->count, sizeof *document->passages);
    if (!document->passages)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for %zu paragraphs", article->name, paragraphs->count);
    for (size_t i = 0; i < paragraphs->count; i++) {
        const struct nashra_paragraph *paragraph = &paragraphs->items[i];
        const char *text = article->text + paragraph->span.from;
        size_t length = paragraph->span.to - paragraph->span.from;
        document->passages[i] =
            (struct nashra_passage){.span = paragraph->span, .kind = paragraph->kind, .language = ""};
        document->passages[i].level = paragraph->kind == NASHRA_HEADING ? 2 : 0;
        if (paragraph->kind == NASHRA_TITLE)
            nashra_document_set(document, &metadata->title, text, length);
        else if (paragraph->kind == NASHRA_BYLINE)
            nashra_document_set(document, &metadata->byline, text, length);
    }
    document->count = paragraphs->count;
    return document->text.text.failed ? nashra_fail(NASHRA_ENOMEM, "%s: out of memory", article->name) : 0;
}

static int find_segments(struct nashra_article *article) {
    struct nashra_paragraphs paragraphs;
    int status = nashra_paragraphs_init(&paragraphs, article->text, article->length, article->name);
    if (status)
        return status;
    if (paragraphs.count == 0)
        status = nashra_fail(NASHRA_EDATA, "%s: holds no words", article->name);
    if (!status)
        status = nashra_structure_find(&paragraphs, article->text, article->length);
    if (!status)
        status = note_passages(article, &paragraphs);
    if (!status)
        status = segment_paragraphs(article, &paragraphs);
    nashra_paragraphs_finish(&paragraphs);
    return status;
}

static void report_damage(const struct nashra_article *article) {
    const struct nashra_transcript *t = &article->transcript;
    if (t->damage)
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: malformed %s left out at %zu place%s, the first at byte %zu",
                   article->name, t->first_line, t->charset.name, t->damage, t->damage == 1 ? "" : "s",
                   t->first_damage);
}

/* Before anything is made of the bytes: are they a text at all? */
static int check_source(const struct nashra_source *source, bool is_book, const char *name) {
    if (source->length == 0)
        return nashra_fail(NASHRA_EDATA, "%s: is empty", name);
    if (source->length > NASHRA_ARTICLE_MAX_BYTES)
        return nashra_fail(NASHRA_EDATA, "%s: larger than %u MiB: no article is", name,
                           NASHRA_ARTICLE_MAX_BYTES / (1024u * 1024u));
    const char *kind = is_book ? NULL : nashra_binary_kind(source->bytes, source->length);
    return kind ? nashra_fail(NASHRA_EDATA, "%s: not a text: it looks like %s", name, kind) : 0;
}

static int copy_name(struct nashra_article *article, const char *name) {
    size_t size = strlen(name) + 1;
    article->name = nashra_alloc(size);
    if (!article->name)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory", name);
    memcpy(article->name, name, size);
    return 0;
}

static int read_ssml(struct nashra_article *article) {
    const struct nashra_transcript *transcript = &article->transcript;
    int status = nashra_ssml_read(transcript->text, transcript->length, article->name, &article->ssml);
    if (status)
        return status;
    article->text = nashra_buffer_string(&article->ssml->markup.text);
    article->length = article->ssml->markup.text.length;
    return find_marked_segments(article);
}

static int read_document(struct nashra_article *article, const struct nashra_reading *reading) {
    struct nashra_document *document = &article->document;
    const struct nashra_transcript *transcript = &article->transcript;
    struct nashra_tracked source;
    nashra_tracked_borrow(&source, transcript->text, transcript->length, 0);
    int status = source.text.failed ? nashra_fail(NASHRA_ENOMEM, "%s: out of memory", article->name) : 0;
    if (!status && document->metadata.format == NASHRA_FORMAT_HTML)
        status = nashra_web_read(&source, reading, document);
    else if (!status && document->metadata.format == NASHRA_FORMAT_FEED)
        status = nashra_feed_document(&source, reading, document);
    else if (!status)
        status = nashra_markdown_read(&source, document);
    nashra_tracked_finish(&source);
    return status;
}

/* A document's text is its own. */
static int take_document(struct nashra_article *article) {
    article->text = nashra_tracked_string(&article->document.text);
    article->length = article->document.text.text.length;
    return segment_document(article);
}

static int read_text(struct nashra_article *article, const struct nashra_reading *reading) {
    article->text = article->transcript.text;
    article->length = article->transcript.length;
    switch (article->document.metadata.format) {
    case NASHRA_FORMAT_SSML:
        return read_ssml(article);
    case NASHRA_FORMAT_TEXT:
        return find_segments(article);
    default: {
        int status = read_document(article, reading);
        return status ? status : take_document(article);
    }
    }
}

/* Takes the source's bytes over. */
static int fill(struct nashra_article *article, struct nashra_source source, bool is_html,
                const struct nashra_reading *reading) {
    int status = nashra_transcript_init(&article->transcript, source, reading->charset);
    const struct nashra_transcript *transcript = &article->transcript;
    bool is_bytes = transcript->charset.form == NASHRA_CHARSET_UTF8 || transcript->charset.form == NASHRA_CHARSET_BYTES;
    if (status)
        return status;
    if (is_bytes && nashra_binary_controls(source.bytes, source.length))
        return nashra_fail(NASHRA_EDATA, "%s: looks like binary data, not a text", article->name);
    article->document.metadata.format =
        is_html ? NASHRA_FORMAT_HTML : nashra_format_detect(transcript->text, transcript->length, article->name);
    status = read_text(article, reading);
    if (!status)
        report_damage(article);
    return status;
}

static int fill_from_book(struct nashra_article *article, struct nashra_source source,
                          const struct nashra_reading *reading) {
    int status = nashra_book_read(&source, reading, &article->document, &article->book);
    snprintf(article->transcript.charset.name, sizeof article->transcript.charset.name, "UTF-8");
    nashra_free(source.bytes);
    return status ? status : take_document(article);
}

/* Takes the source's bytes over, also when it fails. */
static int create(struct nashra_source source, const char *name, bool is_html, const struct nashra_reading *reading,
                  struct nashra_article **out) {
    static const struct nashra_reading usual = {0};
    bool is_book = !is_html && nashra_format_is_epub(source.bytes, source.length);
    *out = NULL;
    int status = check_source(&source, is_book, name);
    struct nashra_article *article = status ? NULL : nashra_alloc_zeroed(1, sizeof *article);
    if (!status)
        status = article ? copy_name(article, name) : nashra_fail(NASHRA_ENOMEM, "%s: out of memory", name);
    if (!status)
        status =
            nashra_document_init(&article->document, article->name, is_book ? NASHRA_FORMAT_EPUB : NASHRA_FORMAT_TEXT);
    if (status)
        nashra_free(source.bytes);
    else if (is_book)
        status = fill_from_book(article, source, reading ? reading : &usual);
    else
        status = fill(article, source, is_html, reading ? reading : &usual);
    if (status) {
        nashra_article_destroy(article);
        return status;
    }
    *out = article;
    return 0;
}

int nashra_article_open_as(const char *path, const struct nashra_reading *reading, struct nashra_article **article) {
    struct nashra_source source;
    *article = NULL;
    int status = nashra_source_read(path, &source);
    return status ? status : create(source, strcmp(path, "-") == 0 ? "standard input" : path, false, reading, article);
}

int nashra_article_open(const char *path, struct nashra_article **article) {
    return nashra_article_open_as(path, NULL, article);
}

static int create_from_copy(const void *bytes, size_t length, const char *name, bool is_html,
                            const struct nashra_reading *reading, struct nashra_article **article) {
    struct nashra_source source = {nashra_alloc(length ? length : 1), length};
    *article = NULL;
    if (!source.bytes)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for %zu bytes", name, length);
    if (length)
        memcpy(source.bytes, bytes, length);
    return create(source, name, is_html, reading, article);
}

int nashra_article_from_bytes(const void *bytes, size_t length, const char *name, struct nashra_article **article) {
    return create_from_copy(bytes, length, name, false, NULL, article);
}

int nashra_article_from_bytes_as(const void *bytes, size_t length, const char *name,
                                 const struct nashra_reading *reading, struct nashra_article **article) {
    return create_from_copy(bytes, length, name, false, reading, article);
}

int nashra_article_from_html(const void *bytes, size_t length, const char *name, const struct nashra_reading *reading,
                             struct nashra_article **article) {
    return create_from_copy(bytes, length, name, true, reading, article);
}

void nashra_article_destroy(struct nashra_article *article) {
    if (!article)
        return;
    nashra_ssml_destroy(article->ssml);
    nashra_document_finish(&article->document);
    nashra_book_destroy(article->book);
    nashra_transcript_finish(&article->transcript);
    nashra_free(article->quotations.items);
    nashra_free(article->segments);
    nashra_free(article->name);
    nashra_free(article);
}

const char *nashra_article_text(const struct nashra_article *article, size_t *length) {
    *length = article->length;
    return article->text;
}

const char *nashra_article_name(const struct nashra_article *article) {
    return article->name;
}

const char *nashra_article_charset(const struct nashra_article *article) {
    return article->transcript.charset.name;
}

size_t nashra_article_damage(const struct nashra_article *article) {
    return article->transcript.damage;
}

const struct nashra_segment *nashra_article_segments(const struct nashra_article *article, size_t *count) {
    *count = article->count;
    return article->segments;
}

const struct nashra_span *nashra_article_quotations(const struct nashra_article *article, size_t *count) {
    *count = article->quotations.count;
    return article->quotations.items;
}

const struct nashra_delivery *nashra_article_delivery(const struct nashra_article *article) {
    return article->ssml ? &article->ssml->delivery : NULL;
}

const struct nashra_metadata *nashra_article_metadata(const struct nashra_article *article) {
    return &article->document.metadata;
}

const struct nashra_passage *nashra_article_passages(const struct nashra_article *article, size_t *count) {
    *count = article->document.count;
    return article->document.passages;
}

const char *nashra_article_part(const struct nashra_article *article, struct nashra_span span) {
    return article->book ? nashra_book_part(article->book, nashra_tracked_source(&article->document.text, span).from)
                         : NULL;
}

struct nashra_span nashra_article_source_span(const struct nashra_article *article, struct nashra_span span) {
    if (article->document.text.text.length > 0)
        span = nashra_tracked_source(&article->document.text, span);
    if (article->book)
        return nashra_book_source_span(article->book, span);
    if (article->ssml)
        span = nashra_markup_source_span(&article->ssml->markup, span);
    return nashra_transcript_source_span(&article->transcript, span);
}
