/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"
#include "progress.h"
#include "timing.h"

#include <string.h>

static const char help[] = "Usage: nashra render [OPTION…] FILE -o OUT\n"
                           "\n"
                           "Reads an article into a sound file. OUT ends in .wav, .flac, .opus or .mp3;\n"
                           "- writes WAV to standard output.\n"
                           "\n"
                           "  -o, --output OUT       the sound file; it appears when it is complete\n"
                           "  --rate 80…450          words a minute (default 200)\n"
                           "  --pitch 1…99           (default 45)\n"
                           "  --volume 1…200         per cent (default 100)\n"
                           "  --region gulf|egypt|levant|maghreb|morocco    names of months (default gulf)\n"
                           "  --endings full|sure|none    case endings inside a phrase (default sure)\n"
                           "  --lexicon FILE         readings: .tsv, .pls or .dic (default: your own)\n"
                           "  --model FILE           another diacritiser model\n"
                           "  --allow-http           fetch over plain http as well\n"
                           "  --timing FILE          when each word and each mark of SSML is heard, a JSON\n"
                           "                         object a line\n"
                           "  --ssml                 refuse what isn't SSML (which is recognised without it)\n"
                           "  --captions, --alt      read the captions, or the descriptions, of pictures\n"
                           "  --strict               refuse damaged input\n";

struct render {
    struct nashra_pipeline *pipeline;
    struct nashra_arena *arena;
    struct nashra_sound sound;
    struct nashra_sink *sink;
    const struct nashra_article *article;
    struct nashra_buffer *timing; /* NULL: nobody asks */
    uint64_t frames;
};

static int write_all(struct nashra_sink *sink, const struct nashra_sound *sound) {
    for (size_t done = 0; done < sound->count;) {
        ptrdiff_t taken = nashra_sink_write(sink, sound->frames + done, sound->count - done);
        if (taken < 0)
            return (int)taken;
        done += (size_t)taken;
    }
    return NASHRA_OK;
}

static int render_segment(struct render *r, size_t index) {
    struct nashra_sentence sentence;
    nashra_arena_reset(r->arena);
    nashra_sound_clear(&r->sound);
    int status = nashra_pipeline_sentence(r->pipeline, index, r->arena, &sentence);
    if (status >= 0)
        status = nashra_pipeline_speak(r->pipeline, &sentence, &r->sound);
    if (status >= 0 && r->timing)
        status = nashra_timing_add(r->timing, r->article, &sentence, &r->sound, r->frames);
    r->frames += r->sound.count;
    return status < 0 ? status : write_all(r->sink, &r->sound);
}

static int render_article(struct render *r, const struct nashra_article *article) {
    size_t count;
    nashra_article_segments(article, &count);
    int status = nashra_pipeline_begin(r->pipeline, article);
    for (size_t i = 0; i < count && status >= 0; i++) {
        if (nashra_cli_signal())
            return NASHRA_STOPPED;
        nashra_progress_count(i, count, "sentences");
        status = render_segment(r, i);
    }
    nashra_progress_end();
    return status < 0 ? status : nashra_sink_finish(r->sink);
}

/* eSpeak's rate is the rate of every sound of ours; the sink converts. */
static int open_stages(struct render *r, const struct nashra_cli_options *options) {
    int status = nashra_pipeline_create(&options->pipeline, &r->pipeline);
    if (status >= 0 && !(r->arena = nashra_arena_create()))
        status = NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_sink_file(options->output, nashra_pipeline_rate(r->pipeline), &r->sink);
    return status;
}

/* Nothing is written over the article, nor the timing over the sound. */
static int refuse_same_file(const struct nashra_cli_options *options) {
    if (nashra_cli_is_same_file(options->file, options->output))
        return nashra_fail(NASHRA_EUSAGE, "render: %s is the article itself; choose another name for the sound",
                           options->output);
    if (options->timing &&
        (nashra_cli_is_same_file(options->file, options->timing) || strcmp(options->timing, options->output) == 0 ||
         nashra_cli_is_same_file(options->output, options->timing)))
        return nashra_fail(NASHRA_EUSAGE, "render: %s is the article or the sound; choose another name for the timing",
                           options->timing);
    return NASHRA_OK;
}

static int render(const struct nashra_cli_options *options) {
    struct nashra_buffer timing = {0};
    struct render r = {.timing = options->timing ? &timing : NULL};
    struct nashra_article *article = NULL;
    int status = refuse_same_file(options);
    if (status >= 0)
        status = nashra_cli_open(options, &article);
    if (status >= 0)
        status = open_stages(&r, options);
    r.article = article;
    if (status >= 0)
        status = render_article(&r, article);
    if (status >= 0 && r.timing)
        status = nashra_cli_write(options->timing, r.timing);
    nashra_buffer_finish(&timing);
    nashra_sink_destroy(r.sink);
    nashra_sound_finish(&r.sound);
    nashra_arena_destroy(r.arena);
    nashra_pipeline_destroy(r.pipeline);
    nashra_article_destroy(article);
    return status;
}

int nashra_cmd_render(int argc, char **argv) {
    struct nashra_cli_options options = {.pipeline.last = NASHRA_STAGE_SYNTH};
    int status = nashra_cli_parse(argc, argv, "ovresMlHSWP", &options);
    if (status >= 0 && options.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    if (status >= 0 && !options.output)
        status = nashra_fail(NASHRA_EUSAGE, "render: into which file? Add -o OUT.wav (or .flac, .opus, .mp3)");
    if (status < 0)
        return nashra_exit_code(status);
    nashra_cli_catch_signals();
    return nashra_cli_finish(render(&options));
}
