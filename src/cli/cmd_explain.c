/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

static const char help[] = "Usage: nashra explain [OPTION…] FILE\n"
                           "\n"
                           "Shows how each token is read: a table with a row a spoken word, a group a\n"
                           "sentence; source token, class, reading, marks, phonemes, confidence (0 to 1).\n"
                           "\n"
                           "  --ipa                  IPA instead of eSpeak's phoneme mnemonics\n"
                           "  --region gulf|egypt|levant|maghreb|morocco    names of months (default gulf)\n"
                           "  --endings full|sure|none    case endings inside a phrase (default sure)\n"
                           "  --lexicon FILE         readings: .tsv, .pls or .dic (default: your own)\n"
                           "  --model FILE           another diacritiser model\n"
                           "  --allow-http           fetch over plain http as well\n"
                           "  --ssml                 refuse what isn't SSML (which is recognised without it)\n"
                           "  --captions, --alt      read the captions, or the descriptions, of pictures\n"
                           "  --strict               refuse damaged input\n";

/* Tabs and line ends in a source token would break the table. */
static void print_token(const char *text, struct nashra_span span) {
    for (size_t i = span.from; i < span.to; i++)
        putchar((unsigned char)text[i] < ' ' ? ' ' : text[i]);
}

static void print_word(const struct nashra_pipeline *pipeline, const struct nashra_word *word, bool ipa,
                       struct nashra_buffer *scratch) {
    const char *phonemes = word->phonemes ? word->phonemes : "";
    if (ipa) {
        nashra_buffer_clear(scratch);
        nashra_phonemes_to_ipa(nashra_pipeline_phonemiser(pipeline), phonemes, scratch);
        phonemes = nashra_buffer_string(scratch);
    }
    printf("\t%s\t%s%s\t%s\t%s\t%.2f\n", nashra_class_name(word->cls), word->text, nashra_pause_mark(word->pause),
           word->marked ? word->marked : word->text, phonemes, (double)word->confidence);
}

static int explain_sentence(const struct nashra_pipeline *pipeline, const struct nashra_article *article,
                            const struct nashra_sentence *sentence, void *user) {
    const struct nashra_cli_options *options = user;
    struct nashra_buffer scratch = {0};
    const char *text = nashra_article_text(article, &(size_t){0});
    struct nashra_span last = {0};
    for (size_t i = 0; i < sentence->count; i++) {
        const struct nashra_word *word = &sentence->words[i];
        if (i == 0 || word->span.from != last.from || word->span.to != last.to)
            print_token(text, word->span);
        last = word->span;
        print_word(pipeline, word, options->ipa, &scratch);
    }
    putchar('\n');
    nashra_buffer_finish(&scratch);
    return NASHRA_OK;
}

int nashra_cmd_explain(int argc, char **argv) {
    struct nashra_cli_options options = {0};
    int status = nashra_cli_parse(argc, argv, "iresMlHSP", &options);
    if (status < 0)
        return nashra_exit_code(status);
    if (options.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    options.pipeline.last = NASHRA_STAGE_PHONEMISE;
    fputs("source\tclass\treading\tmarked\tphonemes\tconfidence\n", stdout);
    return nashra_cli_finish(nashra_cli_each_sentence(&options, explain_sentence, &options));
}
