/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an article into a sound file:
 *   cc -std=c11 render.c -o render $(pkg-config --cflags --libs nashra)
 *   ./render article.txt article.flac */
#include <nashra/nashra.h>

/* The text stages fill a sentence, the synthesiser speaks it; the arena holds it meanwhile. */
static int read_segment(struct nashra_pipeline *pipeline, size_t index, struct nashra_arena *arena,
                        struct nashra_sink *sink) {
    struct nashra_sentence sentence;
    struct nashra_sound sound = {0};
    nashra_arena_reset(arena);
    int status = nashra_pipeline_sentence(pipeline, index, arena, &sentence);
    if (status >= 0)
        status = nashra_pipeline_speak(pipeline, &sentence, &sound);
    for (size_t done = 0; status >= 0 && done < sound.count;) {
        const ptrdiff_t taken = nashra_sink_write(sink, sound.frames + done, sound.count - done);
        status = taken < 0 ? (int)taken : NASHRA_OK;
        done += taken < 0 ? 0 : (size_t)taken;
    }
    nashra_sound_finish(&sound);
    return status;
}

/* Each failure has been told on stderr, with its cause, when a negative status comes back. */
int main(int argc, char **argv) {
    const struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    struct nashra_article *article = NULL;
    struct nashra_pipeline *pipeline = NULL;
    struct nashra_sink *sink = NULL;
    struct nashra_arena *arena = nashra_arena_create();
    size_t count = 0;
    int status = argc == 3 && arena ? nashra_article_open(argv[1], &article) : NASHRA_EUSAGE;
    if (status >= 0)
        status = nashra_pipeline_create(&options, &pipeline);
    if (status >= 0)
        status = nashra_pipeline_begin(pipeline, article);
    if (status >= 0)
        status = nashra_sink_file(argv[2], nashra_pipeline_rate(pipeline), &sink);
    if (status >= 0)
        nashra_article_segments(article, &count);
    for (size_t i = 0; i < count && status >= 0; i++)
        status = read_segment(pipeline, i, arena, sink);
    if (status >= 0)
        status = nashra_sink_finish(sink);
    nashra_sink_destroy(sink);
    nashra_pipeline_destroy(pipeline);
    nashra_arena_destroy(arena);
    nashra_article_destroy(article);
    return nashra_exit_code(status);
}
