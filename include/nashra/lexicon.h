/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file lexicon.h  The user's lexicon: how words and phrases are read, over all that Nashra knows.
 *
 * An entry says for a word or a phrase how it is read: by words, with or without marks, or by phonemes. It is found
 * through clitics (و ف ب ك ل ال and attached pronouns) and whatever marks the text has. Formats: docs/FORMATS.md.
 */
#ifndef NASHRA_LEXICON_H
#define NASHRA_LEXICON_H

#include <nashra/text.h>

#ifdef __cplusplus
extern "C" {
#endif

enum nashra_lexicon_format {
    NASHRA_LEXICON_TSV, /**< Nashra's own */
    NASHRA_LEXICON_PLS, /**< W3C Pronunciation Lexicon Specification 1.0 */
    NASHRA_LEXICON_NVDA /**< a speech dictionary of the screen reader NVDA */
};

/** Larger files are refused with NASHRA_EDATA. */
#define NASHRA_LEXICON_MAX_BYTES (16u * 1024u * 1024u)

struct nashra_lexicon;

/** Reads a file: .pls and .xml are PLS, .dic is NVDA's, all else TSV. What can't be used is reported with file, line
 *  and cause, counted, and left out; the rest is read.
 *  @return 0; NASHRA_ENOINPUT (missing, a directory), NASHRA_EDATA (too large, not XML), NASHRA_EIO; NASHRA_ECONFIG
 *  (the table of phonemes is missing) or NASHRA_ENOMEM. */
int nashra_lexicon_open(const char *path, struct nashra_lexicon **lexicon);
/** Opens data/names.tsv: proper names that no diacritiser can know. The user's lexicon is applied before it.
 *  @return 0; NASHRA_ECONFIG when the table is missing, NASHRA_ENOMEM. */
int nashra_lexicon_names(struct nashra_lexicon **lexicon);
/** Reads `length` bytes. @param name for messages. @return as nashra_lexicon_open(). */
int nashra_lexicon_from_bytes(const void *bytes, size_t length, enum nashra_lexicon_format format, const char *name,
                              struct nashra_lexicon **lexicon);
/** Takes NULL. */
void nashra_lexicon_destroy(struct nashra_lexicon *lexicon);

/** Entries that can be used. */
size_t nashra_lexicon_count(const struct nashra_lexicon *lexicon);
/** Entries and lines that were left out. */
size_t nashra_lexicon_errors(const struct nashra_lexicon *lexicon);

/** Reports with file and line what can be used but is hardly meant: duplicates, contradictions, entries that can never
 *  match or that change nothing. @param warnings set to how many. @return 0 or NASHRA_ENOMEM. */
int nashra_lexicon_check(const struct nashra_lexicon *lexicon, size_t *warnings);

/** Appends the lexicon as TSV, its format explained in its head. 0 or NASHRA_ENOMEM. */
int nashra_lexicon_write_tsv(const struct nashra_lexicon *lexicon, struct nashra_buffer *out);
/** Appends the lexicon as PLS. 0 or NASHRA_ENOMEM. */
int nashra_lexicon_write_pls(const struct nashra_lexicon *lexicon, struct nashra_buffer *out);

/** Appends the path of the user's own lexicon, $XDG_CONFIG_HOME/nashra/lexicon.tsv or ~/.config/nashra/lexicon.tsv.
 *  @return 1 when it is there, 0 when it isn't (nothing is appended), NASHRA_ENOMEM. */
int nashra_lexicon_user_path(struct nashra_buffer *path);

/** Puts the lexicon's readings into a sentence between the normaliser and the diacritiser. Marks are set in `marked`
 *  and are binding; where they contradict the author's own the word is another one and stays. Phonemes are set in
 *  `phonemes`, which the phonemiser keeps.
 *  What the author asked for, and what another lexicon decided before, stays.
 *  @param text the article's text, into which the words' spans point. @return 0 or NASHRA_ENOMEM. */
int nashra_lexicon_apply(const struct nashra_lexicon *lexicon, const char *text, struct nashra_sentence *sentence);

/** Checks phonemes that an author gives and appends them as eSpeak's mnemonics.
 *  @param ipa not 0: they are IPA. @param unknown set to the first place that is no phoneme, else NULL.
 *  @return 0, NASHRA_EDATA (not reported: *unknown tells), NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_lexicon_phonemes(const char *phonemes, int ipa, struct nashra_buffer *names, const char **unknown);

/** Appends a line of plain UTF-8 text to `out`, with the marks of the entries whose letters are the text's own. All
 *  else stays as it is. @return 0 or NASHRA_ENOMEM. */
int nashra_lexicon_mark_line(const struct nashra_lexicon *lexicon, const char *line, size_t length,
                             struct nashra_buffer *out);

#ifdef __cplusplus
}
#endif
#endif
