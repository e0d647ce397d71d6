/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/article.h>

#include <string.h>

#include "binary.h"
#include "cut.h"
#include "quotation.h"
#include "sentence.h"
#include "ssml.h"
#include "structure.h"
#include "transcript.h"
#include "walk.h"

struct nashra_article {
    char *name;
    struct nashra_transcript transcript;
    struct nashra_ssml *ssml; /* NULL: plain text */
    const char *text;         /* the transcript's, or what was taken out of its markup */
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
static int check_source(const struct nashra_source *source, const char *name) {
    if (source->length == 0)
        return nashra_fail(NASHRA_EDATA, "%s: is empty", name);
    if (source->length > NASHRA_ARTICLE_MAX_BYTES)
        return nashra_fail(NASHRA_EDATA, "%s: larger than %u MiB: no article is", name,
                           NASHRA_ARTICLE_MAX_BYTES / (1024u * 1024u));
    const char *kind = nashra_binary_kind(source->bytes, source->length);
    return kind ? nashra_fail(NASHRA_EDATA, "%s: looks like %s, not a text", name, kind) : 0;
}

static int copy_name(struct nashra_article *article, const char *name) {
    size_t size = strlen(name) + 1;
    article->name = nashra_alloc(size);
    if (!article->name)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory", name);
    memcpy(article->name, name, size);
    return 0;
}

static int read_markup(struct nashra_article *article) {
    const struct nashra_transcript *transcript = &article->transcript;
    article->text = transcript->text;
    article->length = transcript->length;
    if (!nashra_article_is_ssml(transcript->text, transcript->length))
        return 0;
    int status = nashra_ssml_read(transcript->text, transcript->length, article->name, &article->ssml);
    if (status)
        return status;
    article->text = nashra_buffer_string(&article->ssml->markup.text);
    article->length = article->ssml->markup.text.length;
    return 0;
}

static int fill(struct nashra_article *article, struct nashra_source source, const char *name) {
    int status = nashra_transcript_init(&article->transcript, source);
    if (!status)
        status = copy_name(article, name);
    const struct nashra_charset *charset = &article->transcript.charset;
    bool is_bytes = charset->form == NASHRA_CHARSET_UTF8 || charset->form == NASHRA_CHARSET_BYTES;
    if (!status && is_bytes && nashra_binary_controls(source.bytes, source.length))
        status = nashra_fail(NASHRA_EDATA, "%s: looks like binary data, not a text", name);
    if (!status)
        status = read_markup(article);
    if (!status)
        status = article->ssml ? find_marked_segments(article) : find_segments(article);
    if (!status)
        report_damage(article);
    return status;
}

/* Takes the source's bytes over, also when it fails. */
static int create(struct nashra_source source, const char *name, struct nashra_article **out) {
    *out = NULL;
    int status = check_source(&source, name);
    struct nashra_article *article = status ? NULL : nashra_alloc_zeroed(1, sizeof *article);
    if (!article) {
        nashra_free(source.bytes);
        return status ? status : nashra_fail(NASHRA_ENOMEM, "%s: out of memory", name);
    }
    status = fill(article, source, name);
    if (status) {
        nashra_article_destroy(article);
        return status;
    }
    *out = article;
    return 0;
}

int nashra_article_open(const char *path, struct nashra_article **article) {
    struct nashra_source source;
    *article = NULL;
    int status = nashra_source_read(path, &source);
    return status ? status : create(source, strcmp(path, "-") == 0 ? "standard input" : path, article);
}

int nashra_article_from_bytes(const void *bytes, size_t length, const char *name, struct nashra_article **article) {
    struct nashra_source source = {nashra_alloc(length ? length : 1), length};
    *article = NULL;
    if (!source.bytes)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for %zu bytes", name, length);
    if (length)
        memcpy(source.bytes, bytes, length);
    return create(source, name, article);
}

void nashra_article_destroy(struct nashra_article *article) {
    if (!article)
        return;
    nashra_ssml_destroy(article->ssml);
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

struct nashra_span nashra_article_source_span(const struct nashra_article *article, struct nashra_span span) {
    if (article->ssml)
        span = nashra_markup_source_span(&article->ssml->markup, span);
    return nashra_transcript_source_span(&article->transcript, span);
}
