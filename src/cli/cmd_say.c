/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"
#include "player.h"
#include "terminal.h"

#include <string.h>

static const char help[] = "Usage: nashra say [OPTION…] FILE\n"
                           "\n"
                           "Reads an article aloud. While it speaks: space pauses, right and left go to the\n"
                           "next and the previous sentence, up and down change the speed, q ends.\n"
                           "\n"
                           "  -D, --device DEVICE    the sound card's name in ALSA (`aplay -L` lists them)\n"
                           "  --rate 80…450          words a minute (default 200)\n"
                           "  --pitch 1…99           (default 45)\n"
                           "  --volume 1…200         per cent (default 100)\n"
                           "  --region gulf|egypt|levant|maghreb|morocco    names of months (default gulf)\n"
                           "  --endings full|sure|none    case endings inside a phrase (default sure)\n"
                           "  --lexicon FILE         readings: .tsv, .pls or .dic (default: your own)\n"
                           "  --model FILE           another diacritiser model\n"
                           "  --allow-http           fetch over plain http as well\n"
                           "  --ssml                 refuse what isn't SSML (which is recognised without it)\n"
                           "  --captions, --alt      read the captions, or the descriptions, of pictures\n"
                           "  --strict               refuse damaged input\n";

static int speak(struct nashra_cli_options *options, const struct nashra_article *article) {
    struct nashra_ahead *ahead = NULL;
    struct nashra_sink *sink = NULL;
    size_t segments;
    nashra_article_segments(article, &segments);
    int status = nashra_ahead_create(&options->pipeline, article, 0, &ahead);
    if (status >= 0)
        status = nashra_sink_alsa(options->device, NASHRA_SPEECH_RATE, &sink);
    if (status >= 0) {
        int keys = strcmp(options->file, "-") == 0 ? -1 : nashra_terminal_open();
        status = nashra_player_run(ahead, sink, segments, &options->pipeline.voice, keys);
        nashra_terminal_close();
    }
    nashra_sink_destroy(sink);
    nashra_ahead_destroy(ahead);
    return status;
}

int nashra_cmd_say(int argc, char **argv) {
    struct nashra_cli_options options = {.pipeline.last = NASHRA_STAGE_SYNTH};
    struct nashra_article *article = NULL;
    int status = nashra_cli_parse(argc, argv, "DvresMlHSP", &options);
    if (status < 0)
        return nashra_exit_code(status);
    if (options.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    nashra_cli_catch_signals();
    status = nashra_cli_open(&options, &article);
    if (status >= 0)
        status = speak(&options, article);
    nashra_article_destroy(article);
    return nashra_cli_finish(status);
}
