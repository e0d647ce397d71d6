/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech.h"

#include <string.h>

#include "output.h"

enum {
    ITEMS = 24,
    ENOUGH_MS = 4000,      /* so much is fetched ahead from the worker */
    FORGET_FRAMES = 32768, /* are thrown away in one go */
    DUE = 512
};

struct mark {
    uint64_t frame; /* of the item, or of all that was written */
    size_t offset;
};

enum item_kind { ITEM_CLIP, ITEM_READ, ITEM_SAY, ITEM_SPELL, ITEM_FED };

struct item {
    enum item_kind kind;
    uint32_t serial; /* 0: a clip */
    unsigned ticket; /* 0: nothing is reported */
    nashra_article_id article;
    struct nashra_span span;
    struct nashra_buffer text;  /* SAY, SPELL */
    struct nashra_buffer pcm;   /* frames that came from the worker, the first ones written already */
    struct nashra_buffer marks; /* struct mark, counted from the item's beginning */
    uint64_t forgotten;         /* frames before the buffer's */
    size_t taken;               /* of the buffer's, that were written */
    size_t next;                /* the marks before it are on their way */
    size_t reached;             /* the last word that came */
    bool done;
    const int16_t *clip;
    size_t clip_count;
};

/* A report that is due when so many frames were heard. */
struct due {
    uint64_t frame;
    unsigned ticket;
    size_t offset;
    bool end;
};

struct nashrad_speech {
    unsigned rate;
    struct nashrad_speech_events events;
    void *user;
    struct nashrad_engine *engine;
    struct nashrad_output *output;
    struct item items[ITEMS];
    size_t first, count;
    uint32_t serial;
    struct due due[DUE];
    size_t due_first, due_count;
};

static size_t waiting(const struct item *item) {
    return item->pcm.length / sizeof(int16_t) - item->taken;
}

static uint64_t position(const struct item *item) {
    return item->forgotten + item->taken;
}

static size_t mark_count(const struct item *item) {
    return item->marks.length / sizeof(struct mark);
}

static struct mark mark_at(const struct item *item, size_t i) {
    struct mark mark;
    memcpy(&mark, item->marks.data + i * sizeof mark, sizeof mark);
    return mark;
}

static struct item *item_at(struct nashrad_speech *speech, size_t i) {
    return &speech->items[(speech->first + i) % ITEMS];
}

static const struct item *head_of(const struct nashrad_speech *speech) {
    return speech->count > 0 ? &speech->items[speech->first] : NULL;
}

int nashrad_speech_create(const char *device, unsigned rate, const struct nashrad_speech_events *events, void *user,
                          struct nashrad_speech **out) {
    struct nashrad_speech *speech = nashra_alloc_zeroed(1, sizeof *speech);
    *out = NULL;
    if (!speech)
        return NASHRA_ENOMEM;
    *speech = (struct nashrad_speech){.rate = rate, .events = *events, .user = user};
    const int status = nashrad_output_create(device, rate, events->card_back, user, &speech->output);
    if (status < 0) {
        nashrad_speech_destroy(speech);
        return status;
    }
    *out = speech;
    return NASHRA_OK;
}

void nashrad_speech_set_engine(struct nashrad_speech *speech, struct nashrad_engine *engine) {
    speech->engine = engine;
}

static void drop_head(struct nashrad_speech *speech) {
    struct item *item = item_at(speech, 0);
    nashra_buffer_finish(&item->text);
    nashra_buffer_finish(&item->pcm);
    nashra_buffer_finish(&item->marks);
    *item = (struct item){.serial = 0};
    speech->first = (speech->first + 1) % ITEMS;
    speech->count--;
}

void nashrad_speech_destroy(struct nashrad_speech *speech) {
    if (!speech)
        return;
    while (speech->count > 0)
        drop_head(speech);
    nashrad_output_destroy(speech->output);
    nashra_free(speech);
}

/* Queueing -------------------------------------------------------------------------------------------------------- */

void nashrad_speech_stop(struct nashrad_speech *speech) {
    nashrad_output_stop(speech->output);
    speech->due_count = 0;
    while (speech->count > 0)
        drop_head(speech);
    if (speech->engine)
        nashrad_engine_cancel(speech->engine, speech->serial);
}

void nashrad_speech_click(struct nashrad_speech *speech) {
    nashrad_output_click(speech->output);
}

void nashrad_speech_volume(struct nashrad_speech *speech, int volume, int fade) {
    nashrad_output_volume(speech->output, volume, fade);
}

static struct item *add(struct nashrad_speech *speech, enum item_kind kind) {
    if (speech->count == ITEMS) {
        nashra_log(NASHRA_LOG_ERROR, "more than %d things to say at once", ITEMS);
        return NULL;
    }
    struct item *item = item_at(speech, speech->count++);
    *item = (struct item){.kind = kind};
    return item;
}

int nashrad_speech_clips(struct nashrad_speech *speech, const struct nashrad_clip *clips, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct item *item = add(speech, ITEM_CLIP);
        if (!item)
            return NASHRA_EINTERNAL;
        item->clip = clips[i].frames;
        item->clip_count = clips[i].count;
        item->done = true;
    }
    return NASHRA_OK;
}

static uint32_t next_serial(struct nashrad_speech *speech) {
    if (++speech->serial == 0)
        ++speech->serial;
    return speech->serial;
}

static void ask(struct nashrad_speech *speech, const struct item *item) {
    const struct nashra_span rest = {item->reached, item->span.to};
    if (!speech->engine)
        return;
    if (item->kind == ITEM_READ)
        nashrad_engine_read(speech->engine, item->serial, item->article, rest);
    else if (item->kind == ITEM_SAY)
        nashrad_engine_say(speech->engine, item->serial, nashra_buffer_string(&item->text));
    else if (item->kind == ITEM_SPELL)
        nashrad_engine_spell(speech->engine, item->serial, item->text.data, item->text.length);
}

int nashrad_speech_read(struct nashrad_speech *speech, nashra_article_id id, struct nashra_span span, unsigned ticket) {
    struct item *item = add(speech, ITEM_READ);
    if (!item)
        return NASHRA_EINTERNAL;
    item->serial = next_serial(speech);
    item->ticket = ticket;
    item->article = id;
    item->span = span;
    item->reached = span.from;
    ask(speech, item);
    return NASHRA_OK;
}

int nashrad_speech_say(struct nashrad_speech *speech, const char *text, size_t length, bool spell) {
    struct item *item = add(speech, spell ? ITEM_SPELL : ITEM_SAY);
    if (!item)
        return NASHRA_EINTERNAL;
    item->serial = next_serial(speech);
    if (nashra_buffer_add(&item->text, text, length) < 0)
        item->done = true;
    else
        ask(speech, item);
    return NASHRA_OK;
}

uint32_t nashrad_speech_feed(struct nashrad_speech *speech, unsigned ticket) {
    struct item *item = add(speech, ITEM_FED);
    if (!item)
        return 0;
    item->serial = next_serial(speech);
    item->ticket = ticket;
    return item->serial;
}

/* From the worker ------------------------------------------------------------------------------------------------- */

static struct item *find(struct nashrad_speech *speech, uint32_t serial) {
    for (size_t i = 0; i < speech->count; i++)
        if (item_at(speech, i)->serial == serial)
            return item_at(speech, i);
    return NULL;
}

void nashrad_speech_mark(struct nashrad_speech *speech, uint32_t serial, size_t offset) {
    struct item *item = find(speech, serial);
    if (!item)
        return;
    if (item->reached < offset)
        item->reached = offset;
    const struct mark mark = {position(item) + waiting(item), offset};
    nashra_buffer_add(&item->marks, (const char *)&mark, sizeof mark);
}

static size_t buffered(struct nashrad_speech *speech) {
    size_t frames = 0;
    for (size_t i = 0; i < speech->count; i++)
        frames += waiting(item_at(speech, i));
    return frames;
}

static void regulate(struct nashrad_speech *speech) {
    const size_t enough = (size_t)speech->rate * ENOUGH_MS / 1000;
    if (speech->engine)
        nashrad_engine_pause(speech->engine, buffered(speech) > enough);
}

void nashrad_speech_frames(struct nashrad_speech *speech, uint32_t serial, const int16_t *frames, size_t count) {
    struct item *item = find(speech, serial);
    if (item)
        nashra_buffer_add(&item->pcm, (const char *)frames, count * sizeof *frames);
    regulate(speech);
}

void nashrad_speech_done(struct nashrad_speech *speech, uint32_t serial) {
    struct item *item = find(speech, serial);
    if (item)
        item->done = true;
}

/* What came of the word in which it was cut off is thrown away, and that word is asked for again. */
static void cut_back(struct item *item) {
    const size_t marks = mark_count(item);
    if (marks == 0 || mark_at(item, marks - 1).frame < position(item))
        return; /* that word is being heard */
    item->pcm.length = (size_t)(mark_at(item, marks - 1).frame - item->forgotten) * sizeof(int16_t);
    item->marks.length -= sizeof(struct mark);
}

void nashrad_speech_take_back(struct nashrad_speech *speech) {
    if (speech->engine)
        nashrad_engine_cancel(speech->engine, speech->serial);
}

void nashrad_speech_ask_again(struct nashrad_speech *speech) {
    for (size_t i = 0; i < speech->count; i++) {
        struct item *item = item_at(speech, i);
        if (item->kind == ITEM_CLIP || item->kind == ITEM_FED || item->done)
            continue;
        item->serial = next_serial(speech);
        if (item->kind == ITEM_READ)
            cut_back(item);
        else if (item->forgotten + item->pcm.length > 0)
            item->done = true; /* half a prompt is enough: no stutter */
        if (!item->done)
            ask(speech, item);
    }
}

bool nashrad_speech_owed(const struct nashrad_speech *speech, size_t *offset) {
    const struct item *item = head_of(speech);
    if (!item || item->kind != ITEM_READ || item->done)
        return false;
    *offset = item->reached;
    return true;
}

void nashrad_speech_skip(struct nashrad_speech *speech, size_t offset) {
    struct item *item = item_at(speech, 0);
    if (speech->count == 0 || item->kind != ITEM_READ || item->done)
        return;
    item->reached = offset;
    if (offset >= item->span.to)
        item->done = true;
}

/* Writing --------------------------------------------------------------------------------------------------------- */

static void add_due(struct nashrad_speech *speech, struct due due) {
    if (speech->due_count < DUE)
        speech->due[(speech->due_first + speech->due_count++) % DUE] = due;
}

/* Marks that lie before what is written now are due when it is heard. */
static void pass_marks(struct nashrad_speech *speech, struct item *item, uint64_t begin, size_t count) {
    for (; item->next < mark_count(item); item->next++) {
        const struct mark mark = mark_at(item, item->next);
        if (mark.frame >= position(item) + count)
            break;
        const uint64_t behind = mark.frame > position(item) ? mark.frame - position(item) : 0;
        if (item->ticket)
            add_due(speech, (struct due){.frame = begin + behind, .ticket = item->ticket, .offset = mark.offset});
    }
}

static void forget_written(struct item *item, size_t count) {
    item->taken += count;
    if (item->taken < FORGET_FRAMES)
        return;
    const size_t bytes = item->taken * sizeof(int16_t);
    memmove(item->pcm.data, item->pcm.data + bytes, item->pcm.length - bytes);
    item->pcm.length -= bytes;
    item->forgotten += item->taken;
    item->taken = 0;
}

/* False when nothing could be written: nothing is there, or there is no room. */
static bool write_item(struct nashrad_speech *speech, struct item *item) {
    const uint64_t begin = nashrad_output_written(speech->output);
    if (item->kind == ITEM_CLIP) {
        const size_t taken = nashrad_output_write(speech->output, item->clip, item->clip_count);
        item->clip += taken;
        item->clip_count -= taken;
        return taken > 0;
    }
    const int16_t *frames = (const int16_t *)(const void *)item->pcm.data;
    const size_t count = waiting(item);
    const size_t taken = count ? nashrad_output_write(speech->output, frames + item->taken, count) : 0;
    pass_marks(speech, item, begin, taken);
    forget_written(item, taken);
    return taken > 0;
}

static bool is_over(const struct item *item) {
    return item->done && item->clip_count == 0 && waiting(item) == 0;
}

static void play(struct nashrad_speech *speech) {
    bool going_on = true;
    while (going_on && speech->count > 0) {
        struct item *item = item_at(speech, 0);
        if (!is_over(item)) {
            going_on = write_item(speech, item);
            continue;
        }
        if (item->ticket)
            add_due(speech,
                    (struct due){.frame = nashrad_output_written(speech->output), .ticket = item->ticket, .end = true});
        drop_head(speech);
    }
    if (speech->count == 0)
        nashrad_output_pad(speech->output);
}

/* Reports --------------------------------------------------------------------------------------------------------- */

/* A report may stop everything: nothing is kept across it. */
static void report(struct nashrad_speech *speech) {
    const uint64_t heard = nashrad_output_heard(speech->output);
    while (speech->due_count > 0) {
        const struct due due = speech->due[speech->due_first];
        if (due.frame > heard)
            return;
        speech->due_first = (speech->due_first + 1) % DUE;
        speech->due_count--;
        if (due.end)
            speech->events.finished(speech->user, due.ticket);
        else
            speech->events.progress(speech->user, due.ticket, due.offset);
    }
}

bool nashrad_speech_prompting(struct nashrad_speech *speech) {
    for (size_t i = 0; i < speech->count; i++)
        if (item_at(speech, i)->ticket == 0)
            return true;
    return false;
}

bool nashrad_speech_away(const struct nashrad_speech *speech) {
    return nashrad_output_away(speech->output);
}

bool nashrad_speech_idle(const struct nashrad_speech *speech) {
    return speech->count == 0 && speech->due_count == 0 && nashrad_output_pad(speech->output) &&
           !nashrad_output_sounding(speech->output);
}

bool nashrad_speech_starving(const struct nashrad_speech *speech) {
    const struct item *head = head_of(speech);
    return head && head->kind != ITEM_CLIP && head->kind != ITEM_FED && !head->done && waiting(head) == 0 &&
           !nashrad_output_sounding(speech->output);
}

void nashrad_speech_wait(struct nashrad_speech *speech, int fd, int timeout_ms) {
    const struct item *head;
    play(speech);
    head = head_of(speech);
    nashrad_output_wait(speech->output, fd, timeout_ms, head && (head->clip_count > 0 || waiting(head) > 0));
    regulate(speech);
    report(speech);
}
