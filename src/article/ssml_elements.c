/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the elements of SSML mean. */
#include "ssml_reader.h"

#include <string.h>

#include "walk.h"

/* `told`: the element is SSML's, but what it asks for can't be done. */
static const struct element {
    const char *name;
    enum nashra_ssml_kind kind;
    const char *told;
} ELEMENTS[] = {
    {"speak", NASHRA_SSML_SPEAK, NULL},
    {"p", NASHRA_SSML_PARAGRAPH, NULL},
    {"paragraph", NASHRA_SSML_PARAGRAPH, NULL},
    {"s", NASHRA_SSML_SENTENCE, NULL},
    {"sentence", NASHRA_SSML_SENTENCE, NULL},
    {"break", NASHRA_SSML_BREAK, NULL},
    {"mark", NASHRA_SSML_MARK, NULL},
    {"sub", NASHRA_SSML_SUB, NULL},
    {"say-as", NASHRA_SSML_SAY_AS, NULL},
    {"lang", NASHRA_SSML_LANG, NULL},
    {"phoneme", NASHRA_SSML_PHONEME, NULL},
    {"prosody", NASHRA_SSML_PROSODY, NULL},
    {"emphasis", NASHRA_SSML_EMPHASIS, NULL},
    {"token", NASHRA_SSML_PLAIN, NULL},
    {"w", NASHRA_SSML_PLAIN, NULL},
    {"metadata", NASHRA_SSML_HIDDEN, NULL},
    {"meta", NASHRA_SSML_HIDDEN, NULL},
    {"desc", NASHRA_SSML_HIDDEN, NULL},
    {"voice", NASHRA_SSML_PLAIN, "there is one voice: the text in it is read by that"},
    {"audio", NASHRA_SSML_PLAIN, "no sound is fetched: the text in it is read"},
    {"lexicon", NASHRA_SSML_HIDDEN, "no lexicon is fetched: name it with --lexicon"},
    {"lookup", NASHRA_SSML_PLAIN, "no lexicon is fetched: the text in it is read"},
};

static const struct element *find_element(const char *name) {
    for (size_t i = 0; i < sizeof ELEMENTS / sizeof *ELEMENTS; i++)
        if (strcmp(ELEMENTS[i].name, name) == 0)
            return &ELEMENTS[i];
    return NULL;
}

static void fail(struct nashra_ssml_reader *reader, int status) {
    if (status < 0 && reader->status == NASHRA_OK)
        reader->status = status;
}

static struct nashra_ssml_frame *top(struct nashra_ssml_reader *reader) {
    return &reader->frames[reader->depth - 1];
}

static const char *value_of(const struct nashra_ssml_attributes *attributes, const char *name) {
    for (size_t i = 0; i < attributes->count; i++)
        if (strcmp(attributes->items[i].name, name) == 0)
            return attributes->items[i].value;
    return NULL;
}

static const char *keep(struct nashra_ssml_reader *reader, const char *value) {
    const char *kept = nashra_arena_copy(reader->ssml->arena, value, strlen(value));
    if (!kept)
        fail(reader, nashra_fail(NASHRA_ENOMEM, "%s: out of memory", reader->name));
    return kept;
}

/* Room for one more in the list of the delivery; NULL after a failure. */
static void *grow(struct nashra_ssml_reader *reader, void *items, size_t count, size_t list, size_t size) {
    if (count == NASHRA_SSML_MOST_NOTES) {
        fail(reader, nashra_fail(NASHRA_EDATA, "%s:%zu: more than %d elements of one kind", reader->name, reader->line,
                                 NASHRA_SSML_MOST_NOTES));
        return NULL;
    }
    void *larger = nashra_markup_grow(items, count, &reader->ssml->capacity[list], size);
    if (!larger)
        fail(reader, nashra_fail(NASHRA_ENOMEM, "%s: out of memory", reader->name));
    return larger;
}

enum { LIST_PROSODY, LIST_HINTS, LIST_PHONEMES, LIST_POINTS };

/* ---- blocks ---- */

/* A line end parts the words of two blocks. */
static void end_block(struct nashra_ssml_reader *reader, bool is_sentence) {
    struct nashra_markup *markup = &reader->ssml->markup;
    struct nashra_span span = {reader->block_from, markup->text.length};
    if (span.to > span.from && nashra_walk_trim(nashra_buffer_string(&markup->text), span).from <
                                   nashra_walk_trim(nashra_buffer_string(&markup->text), span).to) {
        fail(reader, nashra_markup_add_block(markup, (struct nashra_block){span, reader->paragraph, is_sentence}));
        if (nashra_buffer_add(&markup->text, "\n", 1) < 0)
            fail(reader, NASHRA_ENOMEM);
    }
    reader->block_from = markup->text.length;
}

static bool in_sentence(const struct nashra_ssml_reader *reader) {
    for (size_t i = 0; i < reader->depth; i++)
        if (reader->frames[i].kind == NASHRA_SSML_SENTENCE)
            return true;
    return false;
}

/* Words on both sides of a break are two words. */
static void part_words(struct nashra_ssml_reader *reader) {
    struct nashra_buffer *text = &reader->ssml->markup.text;
    if (text->length > reader->block_from && text->data[text->length - 1] != ' ' && nashra_buffer_add(text, " ", 1) < 0)
        fail(reader, NASHRA_ENOMEM);
}

/* ---- elements that begin ---- */

static void start_break(struct nashra_ssml_reader *reader, const struct nashra_ssml_attributes *attributes) {
    struct nashra_delivery *delivery = &reader->ssml->delivery;
    const char *time = value_of(attributes, "time"), *strength = value_of(attributes, "strength");
    int ms = 0;
    if (time && !nashra_ssml_time(time, &ms)) {
        nashra_ssml_warn(reader, "break: time=\"%.40s\" is no time as 250ms or 1.5s; a medium break is made", time);
        time = NULL;
    }
    if (!time && !nashra_ssml_named(reader->names, "break", strength ? strength : "medium", &ms)) {
        nashra_ssml_warn(reader, "break: strength=\"%.40s\" is not known; a medium break is made", strength);
        nashra_ssml_named(reader->names, "break", "medium", &ms);
    }
    part_words(reader);
    void *points = grow(reader, delivery->points, delivery->point_count, LIST_POINTS, sizeof *delivery->points);
    if (!points)
        return;
    delivery->points = points;
    delivery->points[delivery->point_count++] =
        (struct nashra_point){.at = reader->ssml->markup.text.length, .ms = ms == 0 ? -1 : ms};
}

static void start_mark(struct nashra_ssml_reader *reader, const struct nashra_ssml_attributes *attributes) {
    struct nashra_delivery *delivery = &reader->ssml->delivery;
    const char *name = value_of(attributes, "name");
    if (!name || !*name) {
        nashra_ssml_warn(reader, "mark: it has no name and is left out");
        return;
    }
    name = keep(reader, name);
    void *points = grow(reader, delivery->points, delivery->point_count, LIST_POINTS, sizeof *delivery->points);
    if (!name || !points)
        return;
    delivery->points = points;
    delivery->points[delivery->point_count++] =
        (struct nashra_point){.at = reader->ssml->markup.text.length, .name = name};
}

static void start_sub(struct nashra_ssml_reader *reader, const struct nashra_ssml_attributes *attributes) {
    struct nashra_ssml_frame *frame = top(reader);
    const char *alias = value_of(attributes, "alias");
    if (!alias) {
        nashra_ssml_warn(reader, "sub: it has no alias; its text is read");
        return;
    }
    frame->value = keep(reader, alias);
    frame->opens = frame->value != NULL;
    frame->is_hidden = true;
}

static void start_say_as(struct nashra_ssml_reader *reader, const struct nashra_ssml_attributes *attributes) {
    struct nashra_ssml_frame *frame = top(reader);
    const char *as = value_of(attributes, "interpret-as"), *format = value_of(attributes, "format");
    if (!as)
        as = value_of(attributes, "type"); /* of the first drafts */
    if (!as)
        nashra_ssml_warn(reader, "say-as: it has no interpret-as; its text is read as it stands");
    else if (reader->in_say_as)
        nashra_ssml_warn(reader, "say-as: it stands in another one, which holds");
    else if (!nashra_ssml_say_as(reader->names, as, format, &frame->hint))
        nashra_ssml_warn(reader,
                         "say-as: interpret-as=\"%.40s\" format=\"%.40s\" is not known; its text is read as it "
                         "stands",
                         as, format ? format : "");
    else
        frame->opens = reader->in_say_as = true;
}

static void start_phoneme(struct nashra_ssml_reader *reader, const struct nashra_ssml_attributes *attributes) {
    struct nashra_ssml_frame *frame = top(reader);
    const char *ph = value_of(attributes, "ph"), *alphabet = value_of(attributes, "alphabet");
    bool ipa = !alphabet || strcmp(alphabet, "ipa") == 0;
    if (!ph || !*ph)
        nashra_ssml_warn(reader, "phoneme: it has no ph; its text is read");
    else if (!ipa && strcmp(alphabet, "x-espeak") != 0)
        nashra_ssml_warn(reader, "phoneme: the alphabet \"%.40s\" is not known (ipa, x-espeak); its text is read",
                         alphabet);
    else if (reader->in_say_as)
        nashra_ssml_warn(reader, "phoneme: it stands in a say-as or a phoneme, which holds");
    else if ((frame->value = keep(reader, ph)) != NULL)
        frame->opens = reader->in_say_as = true;
    frame->is_ipa = ipa;
}

static void start_prosody(struct nashra_ssml_reader *reader, const struct nashra_ssml_attributes *attributes) {
    static const struct {
        const char *name;
        bool (*read)(const struct nashra_ssml_names *, const char *, struct nashra_prosody *);
    } KNOWN[] = {{"rate", nashra_ssml_rate},
                 {"pitch", nashra_ssml_pitch},
                 {"range", nashra_ssml_range},
                 {"volume", nashra_ssml_volume}};
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        const char *value = value_of(attributes, KNOWN[i].name);
        if (value && !KNOWN[i].read(reader->names, value, &top(reader)->prosody))
            nashra_ssml_warn(reader, "prosody: %s=\"%.40s\" can't be understood and is left out", KNOWN[i].name, value);
    }
    if (value_of(attributes, "contour") || value_of(attributes, "duration"))
        nashra_ssml_warn(reader, "prosody: contour and duration are not followed");
}

static void start_emphasis(struct nashra_ssml_reader *reader, const struct nashra_ssml_attributes *attributes) {
    struct nashra_prosody *prosody = &top(reader)->prosody;
    const char *level = value_of(attributes, "level");
    int rate, pitch, volume;
    level = level ? level : "moderate";
    if (!nashra_ssml_named(reader->names, "emphasis-rate", level, &rate) ||
        !nashra_ssml_named(reader->names, "emphasis-pitch", level, &pitch) ||
        !nashra_ssml_named(reader->names, "emphasis-volume", level, &volume)) {
        nashra_ssml_warn(reader, "emphasis: level=\"%.40s\" is not known; its text is read as it stands", level);
        return;
    }
    prosody->rate = prosody->rate * rate / 100;
    prosody->volume = prosody->volume * volume / 100;
    prosody->pitch += pitch;
}

/* Any element may carry xml:lang; the main text is Arabic whatever it says, and Latin words find their voice. */
static void read_language(struct nashra_ssml_reader *reader, const struct nashra_ssml_attributes *attributes) {
    const char *language = value_of(attributes, "lang");
    if (!language)
        return;
    bool arabic = strncmp(language, "ar", 2) == 0, english = strncmp(language, "en", 2) == 0;
    if (!arabic && !english && *language)
        nashra_ssml_warn(reader, "xml:lang=\"%.20s\": there are voices for ar and en; the text is read by those",
                         language);
    top(reader)->is_english = english && top(reader)->kind != NASHRA_SSML_SPEAK;
}

static void start_block(struct nashra_ssml_reader *reader, enum nashra_ssml_kind kind) {
    if (kind != NASHRA_SSML_PARAGRAPH && kind != NASHRA_SSML_SENTENCE)
        return;
    end_block(reader, in_sentence(reader) && kind != NASHRA_SSML_SENTENCE);
    if (kind == NASHRA_SSML_PARAGRAPH)
        reader->paragraph++;
}

static void begin(struct nashra_ssml_reader *reader, const struct nashra_ssml_attributes *attributes) {
    switch (top(reader)->kind) {
    case NASHRA_SSML_BREAK:
        start_break(reader, attributes);
        break;
    case NASHRA_SSML_MARK:
        start_mark(reader, attributes);
        break;
    case NASHRA_SSML_SUB:
        start_sub(reader, attributes);
        break;
    case NASHRA_SSML_SAY_AS:
        start_say_as(reader, attributes);
        break;
    case NASHRA_SSML_PHONEME:
        start_phoneme(reader, attributes);
        break;
    case NASHRA_SSML_PROSODY:
        start_prosody(reader, attributes);
        break;
    case NASHRA_SSML_EMPHASIS:
        start_emphasis(reader, attributes);
        break;
    default:
        break;
    }
}

/* A new frame that goes on as the one around it. */
static struct nashra_ssml_frame *push(struct nashra_ssml_reader *reader, const char *name) {
    static const struct nashra_prosody PLAIN = {.rate = 100, .volume = 100};
    const struct nashra_ssml_frame *outer = reader->depth ? top(reader) : NULL;
    struct nashra_ssml_frame *frame = &reader->frames[reader->depth];
    *frame = (struct nashra_ssml_frame){.prosody = outer ? outer->prosody : PLAIN,
                                        .is_hidden = outer && outer->is_hidden,
                                        .is_english = outer && outer->is_english,
                                        .text_from = reader->ssml->markup.text.length,
                                        .source_from = reader->offset,
                                        .line = reader->line};
    strncpy(frame->name, name, sizeof frame->name - 1);
    reader->depth++;
    return frame;
}

void nashra_ssml_start(struct nashra_ssml_reader *reader, const char *name,
                       const struct nashra_ssml_attributes *attributes) {
    const struct element *element = find_element(name);
    if (reader->depth == NASHRA_SSML_DEPTH) {
        fail(reader, nashra_fail(NASHRA_EDATA, "%s:%zu: elements stand more than %d deep", reader->name, reader->line,
                                 NASHRA_SSML_DEPTH));
        return;
    }
    if (element)
        start_block(reader, element->kind);
    struct nashra_ssml_frame *frame = push(reader, name);
    frame->kind = element ? element->kind : NASHRA_SSML_PLAIN;
    frame->is_hidden = frame->is_hidden || frame->kind == NASHRA_SSML_HIDDEN;
    /* The tag's end comes after this event. */
    frame->source_from = reader->offset + (reader->offset < reader->length && reader->source[reader->offset] == '>');
    if (!element)
        nashra_ssml_warn(reader, "the element <%.40s> is not known; its text is read", name);
    else if (element->told)
        nashra_ssml_warn(reader, "%s: %s", name, element->told);
    read_language(reader, attributes);
    if (!frame->is_hidden)
        begin(reader, attributes);
}

/* ---- text ---- */

static bool is_neutral(const struct nashra_prosody *p) {
    return p->rate == 100 && p->volume == 100 && p->pitch == 0 && p->pitch_hz == 0 && p->range == 0;
}

static void note_prosody(struct nashra_ssml_reader *reader, struct nashra_span span) {
    struct nashra_delivery *delivery = &reader->ssml->delivery;
    const struct nashra_prosody *prosody = &top(reader)->prosody;
    struct nashra_prosody_span *last = delivery->prosody_count ? &delivery->prosody[delivery->prosody_count - 1] : NULL;
    if (is_neutral(prosody))
        return;
    if (last && memcmp(&last->prosody, prosody, sizeof *prosody) == 0 && last->span.to == span.from) {
        last->span.to = span.to;
        return;
    }
    void *items = grow(reader, delivery->prosody, delivery->prosody_count, LIST_PROSODY, sizeof *delivery->prosody);
    if (!items)
        return;
    delivery->prosody = items;
    delivery->prosody[delivery->prosody_count++] = (struct nashra_prosody_span){span, *prosody};
}

static void add_hint(struct nashra_ssml_reader *reader, struct nashra_hint hint) {
    struct nashra_delivery *delivery = &reader->ssml->delivery;
    void *hints = grow(reader, delivery->hints, delivery->hint_count, LIST_HINTS, sizeof *delivery->hints);
    if (!hints)
        return;
    delivery->hints = hints;
    delivery->hints[delivery->hint_count++] = hint;
}

/* White space in markup is of no meaning: a line end in it ends nothing. */
static void add_text(struct nashra_ssml_reader *reader, const char *text, size_t length, struct nashra_span source) {
    struct nashra_markup *markup = &reader->ssml->markup;
    struct nashra_span span = {markup->text.length, markup->text.length + length};
    int status = nashra_markup_add(markup, text, length, source);
    fail(reader, status);
    if (status < 0 || length == 0)
        return;
    for (size_t i = span.from; i < span.to; i++)
        if (strchr("\t\r\n", markup->text.data[i]) && markup->text.data[i])
            markup->text.data[i] = ' ';
    note_prosody(reader, span);
    if (top(reader)->is_english && !reader->in_say_as)
        add_hint(reader, (struct nashra_hint){.span = span, .as = NASHRA_AS_ENGLISH});
}

void nashra_ssml_text(struct nashra_ssml_reader *reader, const char *text, size_t length) {
    struct nashra_span source = {reader->last, reader->offset};
    if (reader->depth == 0 || top(reader)->is_hidden)
        return;
    bool is_copy = reader->offset >= length && memcmp(reader->source + reader->offset - length, text, length) == 0;
    if (is_copy)
        source.from = reader->offset - length;
    else if (source.from < source.to && reader->source[source.from] == '>') /* of the tag before it */
        source.from++;
    add_text(reader, text, length, source);
}

/* ---- elements that end ---- */

static void end_sub(struct nashra_ssml_reader *reader, struct nashra_ssml_frame *frame) {
    struct nashra_span source = {frame->source_from, reader->last};
    if (source.to < source.from)
        source.to = source.from;
    /* Hidden was its own text; its alias is as the text around it. */
    reader->depth--;
    add_text(reader, frame->value, strlen(frame->value), source);
    reader->depth++;
}

static void end_phoneme(struct nashra_ssml_reader *reader, const struct nashra_ssml_frame *frame,
                        struct nashra_span span) {
    struct nashra_delivery *delivery = &reader->ssml->delivery;
    void *items = grow(reader, delivery->phonemes, delivery->phoneme_count, LIST_PHONEMES, sizeof *delivery->phonemes);
    if (!items)
        return;
    delivery->phonemes = items;
    delivery->phonemes[delivery->phoneme_count++] =
        (struct nashra_phoneme_span){.span = span, .phonemes = frame->value, .ipa = frame->is_ipa, .line = frame->line};
}

static void end_open(struct nashra_ssml_reader *reader, struct nashra_ssml_frame *frame) {
    struct nashra_markup *markup = &reader->ssml->markup;
    if (frame->kind == NASHRA_SSML_SUB) {
        end_sub(reader, frame);
        return;
    }
    reader->in_say_as = false;
    struct nashra_span span = nashra_walk_trim(nashra_buffer_string(&markup->text),
                                               (struct nashra_span){frame->text_from, markup->text.length});
    if (span.from >= span.to)
        nashra_ssml_warn(reader, "%s: there is no text in it", frame->name);
    else if (frame->kind == NASHRA_SSML_PHONEME)
        end_phoneme(reader, frame, span);
    else
        add_hint(reader, (struct nashra_hint){
                             .span = span,
                             .as = frame->hint.as,
                             .order = {frame->hint.order[0], frame->hint.order[1], frame->hint.order[2], '\0'}});
}

void nashra_ssml_end(struct nashra_ssml_reader *reader) {
    if (reader->depth == 0)
        return;
    struct nashra_ssml_frame *frame = top(reader);
    if (frame->opens)
        end_open(reader, frame);
    if (frame->kind == NASHRA_SSML_SENTENCE || frame->kind == NASHRA_SSML_PARAGRAPH || frame->kind == NASHRA_SSML_SPEAK)
        end_block(reader, frame->kind == NASHRA_SSML_SENTENCE);
    if (frame->kind == NASHRA_SSML_PARAGRAPH)
        reader->paragraph++;
    reader->depth--;
}
