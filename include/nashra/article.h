/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file article.h  Bytes → article: charset, format, structure, sentences.
 *
 * An article owns its text as immutable, well-formed UTF-8, and what was found in it as spans of that text. For input
 * in another encoding, and for text that was taken out of a page, a feed or a book, nashra_article_source_span() leads
 * back to the bytes of the input.
 */
#ifndef NASHRA_ARTICLE_H
#define NASHRA_ARTICLE_H

#include <stddef.h>

#include <nashra/document.h>
#include <nashra/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Larger inputs are refused with NASHRA_EDATA before they are read into memory. */
#define NASHRA_ARTICLE_MAX_BYTES (16u * 1024u * 1024u)
/** Inputs with more sentences or paragraphs are refused with NASHRA_EDATA: it bounds memory. */
#define NASHRA_ARTICLE_MAX_SEGMENTS (1024u * 1024u)

struct nashra_article;

/** What the reader says in one breath: a sentence, or a part of a very long one. */
struct nashra_segment {
    struct nashra_span span; /**< of the UTF-8 text, without surrounding white space */
    enum nashra_sentence_kind kind;
    size_t paragraph;  /**< from 0, title and byline count */
    int paragraph_end; /**< not 0: the paragraph's last */
    int continues;     /**< not 0: the sentence was too long and goes on in the next segment */
    unsigned level;    /**< of a heading, 1 to 6, where the document tells; else 0 */
};

/** A stretch and how it is to be delivered. */
struct nashra_prosody_span {
    struct nashra_span span;
    struct nashra_prosody prosody;
};

/** A stretch and its phonemes, as the author gives them: not checked. */
struct nashra_phoneme_span {
    struct nashra_span span;
    const char *phonemes;
    int ipa;     /**< not 0: IPA; else eSpeak's mnemonics */
    size_t line; /**< of the input, for messages */
};

/** A break or a mark of the author's between two bytes of the text. */
struct nashra_point {
    size_t at;
    const char *name; /**< a mark's; NULL: a break */
    int ms;           /**< of a break: milliseconds; negative: no pause at all */
};

/** What SSML says beyond the text. Each list is in order of the text, its stretches don't overlap. Lives as long as the
 * article. */
struct nashra_delivery {
    struct nashra_prosody_span *prosody;
    size_t prosody_count;
    struct nashra_hint *hints;
    size_t hint_count;
    struct nashra_phoneme_span *phonemes;
    size_t phoneme_count;
    struct nashra_point *points;
    size_t point_count;
};

/** Reads a file, or stdin for "-". Any of the encodings of nashra_article_from_bytes().
 *  @return 0; NASHRA_ENOINPUT (missing, a directory), NASHRA_EDATA (empty, binary, too large, no words), NASHRA_EIO;
 *  NASHRA_ECONFIG (a table of data/ is missing) or NASHRA_ENOMEM. */
int nashra_article_open(const char *path, struct nashra_article **article);
/** The same, read as `reading` says; NULL: as usual. */
int nashra_article_open_as(const char *path, const struct nashra_reading *reading, struct nashra_article **article);

/** Makes an article of `length` bytes, which are copied. UTF-8 and UTF-16 with or without BOM, Windows-1256,
 *  ISO-8859-6 are recognised. What begins as SSML, HTML, a feed, an EPUB or Markdown does is read as such
 *  (docs/FORMATS.md). Malformed bytes are reported with their offset and left out; the rest is read.
 *  @param name for messages. @return 0, NASHRA_EDATA, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_article_from_bytes(const void *bytes, size_t length, const char *name, struct nashra_article **article);

/** The same, read as `reading` says; NULL: as usual. */
int nashra_article_from_bytes_as(const void *bytes, size_t length, const char *name,
                                 const struct nashra_reading *reading, struct nashra_article **article);
/** The same of bytes that are known to be HTML, a whole page or a part of one such as a feed's content_html. */
int nashra_article_from_html(const void *bytes, size_t length, const char *name, const struct nashra_reading *reading,
                             struct nashra_article **article);

/** Takes NULL. */
void nashra_article_destroy(struct nashra_article *article);

/** The UTF-8 text; not NUL-terminated; lives as long as the article. */
const char *nashra_article_text(const struct nashra_article *article, size_t *length);
/** The name it was opened with. */
const char *nashra_article_name(const struct nashra_article *article);
/** The detected encoding's IANA name, e.g. "windows-1256". */
const char *nashra_article_charset(const struct nashra_article *article);
/** Number of malformed places that were left out. */
size_t nashra_article_damage(const struct nashra_article *article);

/** All segments in reading order; live as long as the article. */
const struct nashra_segment *nashra_article_segments(const struct nashra_article *article, size_t *count);

/** All paragraphs in reading order, title and byline among them; none of SSML. Live as long as the article. */
const struct nashra_passage *nashra_article_passages(const struct nashra_article *article, size_t *count);

/** What is known of the article beside its text. Lives as long as the article. */
const struct nashra_metadata *nashra_article_metadata(const struct nashra_article *article);

/** All quotations in order, without their marks; one that is never closed ends with its sentence. Live as long as the
 *  article. */
const struct nashra_span *nashra_article_quotations(const struct nashra_article *article, size_t *count);

/** How the author wants it delivered; NULL for an article that doesn't say, as plain text. */
const struct nashra_delivery *nashra_article_delivery(const struct nashra_article *article);

/** Whether bytes are SSML by their beginning: an element <speak>, whatever stands before it. */
int nashra_article_is_ssml(const void *bytes, size_t length);

/** The file inside the input that a span was taken from, e.g. "OEBPS/chapter1.xhtml" of an EPUB; NULL where the input
 *  is one file. Lives as long as the article. */
const char *nashra_article_part(const struct nashra_article *article, struct nashra_span span);

/** The bytes of the input behind a span of the text: the same numbers for plain UTF-8 (a BOM counts as 3 bytes). Of
 *  text that was taken out of markup, the bytes from those of its first to those of its last character, with the markup
 *  between them; a page's title may stand anywhere in it. Of an EPUB, those of the file that nashra_article_part()
 *  names, as it is when unpacked. */
struct nashra_span nashra_article_source_span(const struct nashra_article *article, struct nashra_span span);

#ifdef __cplusplus
}
#endif
#endif
