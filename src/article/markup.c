/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markup.h"

#include <string.h>

void *nashra_markup_grow(void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return items;
    size_t more = *capacity ? *capacity * 2 : 16;
    void *larger = nashra_realloc(items, more * size);
    if (larger)
        *capacity = more;
    return larger;
}

void nashra_markup_finish(struct nashra_markup *markup) {
    nashra_buffer_finish(&markup->text);
    nashra_free(markup->runs);
    nashra_free(markup->blocks);
    memset(markup, 0, sizeof *markup);
}

/* Most runs go on where the one before ended, on both sides. */
static bool extend(struct nashra_markup *markup, struct nashra_run run) {
    struct nashra_run *last = markup->run_count ? &markup->runs[markup->run_count - 1] : NULL;
    if (!last || !last->is_linear || !run.is_linear || last->text.to != run.text.from ||
        last->source.to != run.source.from)
        return false;
    last->text.to = run.text.to;
    last->source.to = run.source.to;
    return true;
}

int nashra_markup_add(struct nashra_markup *markup, const char *text, size_t length, struct nashra_span source) {
    struct nashra_run run = {.text = {markup->text.length, markup->text.length + length},
                             .source = source,
                             .is_linear = source.to - source.from == length};
    if (length == 0)
        return NASHRA_OK;
    if (nashra_buffer_add(&markup->text, text, length) < 0)
        return nashra_fail(NASHRA_ENOMEM, "out of memory for the text");
    if (extend(markup, run))
        return NASHRA_OK;
    struct nashra_run *runs =
        nashra_markup_grow(markup->runs, markup->run_count, &markup->run_capacity, sizeof *markup->runs);
    if (!runs)
        return nashra_fail(NASHRA_ENOMEM, "out of memory for the way back to the input");
    markup->runs = runs;
    markup->runs[markup->run_count++] = run;
    return NASHRA_OK;
}

int nashra_markup_add_block(struct nashra_markup *markup, struct nashra_block block) {
    struct nashra_block *blocks =
        nashra_markup_grow(markup->blocks, markup->block_count, &markup->block_capacity, sizeof *markup->blocks);
    if (!blocks)
        return nashra_fail(NASHRA_ENOMEM, "out of memory for paragraphs");
    markup->blocks = blocks;
    markup->blocks[markup->block_count++] = block;
    return NASHRA_OK;
}

/* The run that holds byte `at`, or the next one. */
static size_t run_at(const struct nashra_markup *markup, size_t at) {
    size_t low = 0, high = markup->run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (markup->runs[middle].text.to > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

struct nashra_span nashra_markup_source_span(const struct nashra_markup *markup, struct nashra_span span) {
    size_t first = run_at(markup, span.from);
    if (first == markup->run_count) {
        size_t end = markup->run_count ? markup->runs[markup->run_count - 1].source.to : 0;
        return (struct nashra_span){end, end};
    }
    const struct nashra_run *run = &markup->runs[first];
    size_t from = run->source.from + (run->is_linear && span.from > run->text.from ? span.from - run->text.from : 0);
    if (span.to <= span.from || run->text.from >= span.to)
        return (struct nashra_span){from, from};
    run = &markup->runs[run_at(markup, span.to - 1)];
    if (run->text.from >= span.to) /* the last bytes are ours, between two runs */
        run--;
    size_t to = run->is_linear && span.to < run->text.to ? run->source.to - (run->text.to - span.to) : run->source.to;
    return (struct nashra_span){from, to < from ? from : to};
}
