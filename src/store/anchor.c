/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "anchor.h"

#define FNV_OFFSET UINT64_C(14695981039346656037)
#define FNV_PRIME UINT64_C(1099511628211)

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* White space behind white space does not count. */
static bool counts(const char *bytes, size_t i) {
    return i == 0 || !is_space(bytes[i]) || !is_space(bytes[i - 1]);
}

static uint64_t mix(uint64_t hash, char byte) {
    return (hash ^ (unsigned char)byte) * FNV_PRIME;
}

uint64_t nashra_anchor_hash(const char *bytes, size_t length) {
    uint64_t hash = FNV_OFFSET;
    for (size_t i = 0; i < length; i++)
        hash = mix(hash, bytes[i]);
    return hash ? hash : 1;
}

static uint64_t hash_sentence(const char *bytes, size_t length) {
    uint64_t hash = FNV_OFFSET;
    for (size_t i = 0; i < length; i++)
        if (counts(bytes, i))
            hash = mix(hash, is_space(bytes[i]) ? ' ' : bytes[i]);
    return hash ? hash : 1;
}

/* 0 beyond the ends. */
static uint64_t hash_of(const struct nashra_store_text *text, size_t segment) {
    if (segment >= text->count)
        return 0;
    const struct nashra_span span = text->segments[segment].span;
    return hash_sentence(text->bytes + span.from, span.to - span.from);
}

static size_t segment_at(const struct nashra_store_text *text, size_t offset) {
    size_t low = 0, high = text->count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (text->segments[middle].span.from <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t count(const char *bytes, size_t length) {
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += counts(bytes, i);
    return n;
}

struct nashra_anchor nashra_anchor_make(const struct nashra_store_text *text, size_t offset) {
    const size_t segment = segment_at(text, offset);
    const size_t from = text->segments[segment].span.from;
    return (struct nashra_anchor){
        .offset = offset,
        .within = offset > from ? count(text->bytes + from, offset - from) : 0,
        .sentence = hash_of(text, segment),
        .before = segment > 0 ? hash_of(text, segment - 1) : 0,
        .after = hash_of(text, segment + 1),
    };
}

/* How well a segment fits: the sentence itself counts more than both its neighbours; 0: not at all. */
static int fit(const struct nashra_anchor *anchor, uint64_t before, uint64_t here, uint64_t after) {
    const bool neighbours[] = {before && before == anchor->before, after && after == anchor->after};
    return (here == anchor->sentence ? 4 : 0) + neighbours[0] + neighbours[1];
}

static size_t apart(size_t a, size_t b) {
    return a < b ? b - a : a - b;
}

/* The end of the text is a place of its own, behind the last sentence. */
static size_t within(const struct nashra_anchor *anchor, const char *bytes, struct nashra_span span) {
    const char *sentence = bytes + span.from;
    const size_t length = span.to - span.from;
    size_t i = 0;
    for (size_t left = anchor->within; i < length && (left > 0 || !counts(sentence, i)); i++)
        left -= counts(sentence, i);
    return span.from + i;
}

size_t nashra_anchor_find(const struct nashra_anchor *anchor, const struct nashra_store_text *text) {
    size_t best = segment_at(text, anchor->offset);
    int best_fit = 0;
    uint64_t before = 0, here = hash_of(text, 0), after;
    for (size_t i = 0; i < text->count; i++, before = here, here = after) {
        after = hash_of(text, i + 1);
        const int now = fit(anchor, before, here, after);
        const bool nearer =
            apart(text->segments[i].span.from, anchor->offset) < apart(text->segments[best].span.from, anchor->offset);
        if (now > best_fit || (now > 0 && now == best_fit && nearer)) {
            best = i;
            best_fit = now;
        }
    }
    const struct nashra_span span = text->segments[best].span;
    return best_fit >= 4 ? within(anchor, text->bytes, span) : span.from;
}
