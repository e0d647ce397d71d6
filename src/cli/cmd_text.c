/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <jansson.h>

static const char help[] = "Usage: nashra text [OPTION…] FILE\n"
                           "\n"
                           "Shows what will be spoken, a sentence a line.\n"
                           "\n"
                           "  --marks none|full      with the restored vowels, or without (default)\n"
                           "  --phonemes             eSpeak's phoneme mnemonics instead of letters\n"
                           "  --ipa                  IPA instead of letters; with jsonl: IPA in `phonemes`\n"
                           "  --format plain|jsonl   jsonl: an object a sentence, with spans and confidence\n"
                           "  --region gulf|egypt|levant|maghreb|morocco    names of months (default gulf)\n"
                           "  --endings full|sure|none    case endings inside a phrase (default sure)\n"
                           "  --lexicon FILE         readings: .tsv, .pls or .dic (default: your own)\n"
                           "  --model FILE           another diacritiser model\n"
                           "  --allow-http           fetch over plain http as well\n"
                           "  --ssml                 refuse what isn't SSML (which is recognised without it)\n"
                           "  --captions, --alt      read the captions, or the descriptions, of pictures\n"
                           "  --strict               refuse damaged input\n";

static json_t *span_json(const struct nashra_article *article, struct nashra_span span) {
    struct nashra_span source = nashra_article_source_span(article, span);
    return json_pack("[I, I]", (json_int_t)source.from, (json_int_t)source.to);
}

static const char *phonemes_of(const struct nashra_pipeline *pipeline, const struct nashra_word *word, bool ipa,
                               struct nashra_buffer *scratch) {
    const char *phonemes = word->phonemes ? word->phonemes : "";
    if (!ipa)
        return phonemes;
    nashra_buffer_clear(scratch);
    nashra_phonemes_to_ipa(nashra_pipeline_phonemiser(pipeline), phonemes, scratch);
    return nashra_buffer_string(scratch);
}

static json_t *word_json(const struct nashra_pipeline *pipeline, const struct nashra_article *article,
                         const struct nashra_word *word, bool ipa, struct nashra_buffer *scratch) {
    return json_pack("{s:s, s:s, s:s, s:o, s:s, s:f}", "text", word->text, "marked",
                     word->marked ? word->marked : word->text, "phonemes", phonemes_of(pipeline, word, ipa, scratch),
                     "span", span_json(article, word->span), "class", nashra_class_name(word->cls), "confidence",
                     (double)word->confidence);
}

static json_t *sentence_json(const struct nashra_pipeline *pipeline, const struct nashra_article *article,
                             const struct nashra_sentence *sentence, bool ipa) {
    struct nashra_buffer scratch = {0};
    json_t *words = json_array();
    for (size_t i = 0; i < sentence->count; i++)
        json_array_append_new(words, word_json(pipeline, article, &sentence->words[i], ipa, &scratch));
    nashra_buffer_finish(&scratch);
    /* Left out where there is one file, and where there is no heading. */
    const char *part = nashra_article_part(article, sentence->span);
    size_t count;
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    unsigned level = sentence->index < count ? segments[sentence->index].level : 0;
    return json_pack("{s:I, s:s, s:o*, s:s*, s:o, s:o}", "index", (json_int_t)sentence->index, "kind",
                     nashra_kind_name(sentence->kind), "level", level ? json_integer(level) : NULL, "part", part,
                     "span", span_json(article, sentence->span), "words", words);
}

static int print_json(const struct nashra_pipeline *pipeline, const struct nashra_article *article,
                      const struct nashra_sentence *sentence, bool ipa) {
    json_t *object = sentence_json(pipeline, article, sentence, ipa);
    if (!object)
        return NASHRA_ENOMEM;
    json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(3));
    json_decref(object);
    putchar('\n');
    return NASHRA_OK;
}

static void print_phonemes(const struct nashra_pipeline *pipeline, const struct nashra_sentence *sentence, bool ipa) {
    struct nashra_buffer scratch = {0};
    for (size_t i = 0; i < sentence->count; i++) {
        const struct nashra_word *word = &sentence->words[i];
        const char *phonemes = phonemes_of(pipeline, word, ipa, &scratch);
        printf("%s%s%s", i ? " " : "", *phonemes ? phonemes : word->text,
               word->pause == NASHRA_PAUSE_PHRASE ? " |" : nashra_pause_mark(word->pause));
    }
    putchar('\n');
    nashra_buffer_finish(&scratch);
}

static int print_sentence(const struct nashra_pipeline *pipeline, const struct nashra_article *article,
                          const struct nashra_sentence *sentence, void *user) {
    const struct nashra_cli_options *options = user;
    if (options->json)
        return print_json(pipeline, article, sentence, options->ipa);
    if (options->phonemes || options->ipa) {
        print_phonemes(pipeline, sentence, options->ipa);
        return NASHRA_OK;
    }
    nashra_cli_print_words(stdout, sentence, options->marks_full);
    putchar('\n');
    return NASHRA_OK;
}

int nashra_cmd_text(int argc, char **argv) {
    struct nashra_cli_options options = {0};
    int status = nashra_cli_parse(argc, argv, "mfpiresMlHSP", &options);
    if (status < 0)
        return nashra_exit_code(status);
    if (options.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    options.pipeline.last = options.json || options.phonemes || options.ipa ? NASHRA_STAGE_PHONEMISE
                            : options.marks_full                            ? NASHRA_STAGE_DIACRITISE
                                                                            : NASHRA_STAGE_NORMALISE;
    return nashra_cli_finish(nashra_cli_each_sentence(&options, print_sentence, &options));
}
