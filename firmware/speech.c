/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech.h"

#include <math.h>
#include <poll.h>
#include <string.h>

enum {
    ITEMS = 24,
    BLOCK = 256,
    ENOUGH_MS = 4000, /* so much is fetched ahead from the worker */
    HISTORY_MS = 500, /* longer than any card's buffer */
    PAD_MS = 80,      /* silence behind the last word: the card's last period is no word */
    SLACK_MS = 40,    /* of it that needn't be heard: a converter keeps some frames to itself */
    CLICK_MS = 8,
    FORGET_FRAMES = 32768, /* are thrown away in one go */
    REOPEN_MS = 1000,      /* for a card that isn't there, and longer after some time */
    REOPEN_LATER_MS = 3000,
    LATER_MS = 10000,
    ABSENCE_TOLD_MS = 3000,
    NAP_MS = 15
};

struct mark {
    uint64_t frame; /* of the item, or of all that was written */
    size_t offset;
};

enum item_kind { ITEM_CLIP, ITEM_READ, ITEM_SAY, ITEM_SPELL };

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

enum { DUE = 512 };

struct nashrad_speech {
    char device[NASHRA_PROMPT_NUMBERS * 128];
    unsigned rate;
    struct nashrad_speech_events events;
    void *user;
    struct nashrad_engine *engine;
    struct nashra_sink *sink; /* NULL while there has never been a card */
    int64_t reopen_at, away_since;
    bool away;
    struct item items[ITEMS];
    size_t first, count;
    uint32_t serial;
    struct due due[DUE];
    size_t due_first, due_count;
    uint64_t written, heard;
    size_t padding;   /* frames of silence that are to follow what is queued */
    int16_t *history; /* the last frames that were written, without volume */
    size_t history_size;
    int volume, fade;
    int16_t click[64 * CLICK_MS];
    size_t click_count, click_at; /* click_at == click_count: none sounds */
    uint64_t click_end;           /* of the frames written, the first behind the last click */
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

/* The card ------------------------------------------------------------------------------------------------------------
 */

static void open_sink(struct nashrad_speech *speech, int64_t now) {
    static const struct nashra_sink_faults paced = {.paced = true};
    const bool silence = strcmp(speech->device, "null") == 0;
    const int status = silence ? nashra_sink_null(speech->rate, &paced, &speech->sink)
                               : nashra_sink_alsa(speech->device, speech->rate, &speech->sink);
    speech->written = speech->heard = speech->click_end = 0;
    speech->due_count = 0;
    const bool later = speech->away && now - speech->away_since > LATER_MS;
    speech->reopen_at = now + (later ? REOPEN_LATER_MS : REOPEN_MS);
    if (status < 0)
        speech->sink = NULL;
}

static void become_away(struct nashrad_speech *speech) {
    if (!speech->away)
        speech->away_since = nashrad_now();
    speech->away = true;
}

static void become_back(struct nashrad_speech *speech) {
    if (!speech->away)
        return;
    speech->away = false;
    if (nashrad_now() - speech->away_since >= ABSENCE_TOLD_MS)
        speech->events.card_back(speech->user);
}

/* A sink that failed for good is opened anew. */
static void note(struct nashrad_speech *speech, ptrdiff_t status) {
    if (status >= 0) {
        become_back(speech);
        return;
    }
    become_away(speech);
    if (status != NASHRA_ENODEVICE) {
        nashra_sink_destroy(speech->sink);
        speech->sink = NULL;
    }
}

/* A knock: 1 kHz that dies away. */
static void make_click(struct nashrad_speech *speech) {
    const size_t most = sizeof speech->click / sizeof *speech->click;
    const size_t wanted = (size_t)speech->rate * CLICK_MS / 1000;
    speech->click_count = wanted < most ? wanted : most;
    speech->click_at = speech->click_count;
    for (size_t i = 0; i < speech->click_count; i++) {
        const double fade = 1.0 - (double)i / (double)speech->click_count;
        speech->click[i] = (int16_t)(9000.0 * fade * fade * sin(6.2831853 * 1000.0 * (double)i / speech->rate));
    }
}

int nashrad_speech_create(const char *device, unsigned rate, const struct nashrad_speech_events *events, void *user,
                          struct nashrad_speech **out) {
    struct nashrad_speech *speech = nashra_alloc_zeroed(1, sizeof *speech);
    *out = NULL;
    if (!speech)
        return NASHRA_ENOMEM;
    speech->rate = rate;
    speech->events = *events;
    speech->user = user;
    speech->volume = NASHRA_VOLUME_DEFAULT;
    speech->fade = 100;
    speech->history_size = (size_t)rate * HISTORY_MS / 1000;
    speech->history = nashra_alloc_zeroed(speech->history_size, sizeof *speech->history);
    if (!speech->history || strlen(device) >= sizeof speech->device) {
        nashrad_speech_destroy(speech);
        return NASHRA_ENOMEM;
    }
    strcpy(speech->device, device);
    make_click(speech);
    open_sink(speech, nashrad_now());
    if (!speech->sink)
        become_away(speech);
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
    nashra_sink_destroy(speech->sink);
    nashra_free(speech->history);
    nashra_free(speech);
}

/* Queueing ------------------------------------------------------------------------------------------------------------
 */

/* A click that was not heard yet is not stopped: it is the answer to the key that stops the rest. */
static bool is_clicking(const struct nashrad_speech *speech) {
    return speech->click_at < speech->click_count ||
           (speech->sink && nashra_sink_heard(speech->sink) < speech->click_end);
}

static void pad(struct nashrad_speech *speech) {
    speech->padding = (size_t)speech->rate * PAD_MS / 1000;
}

void nashrad_speech_stop(struct nashrad_speech *speech) {
    const bool clicking = is_clicking(speech);
    if (speech->sink) {
        nashra_sink_drop(speech->sink);
        speech->written = speech->heard = nashra_sink_heard(speech->sink);
    }
    speech->due_count = 0;
    speech->padding = 0;
    speech->click_end = 0;
    speech->click_at = clicking ? 0 : speech->click_count;
    if (clicking)
        pad(speech);
    while (speech->count > 0)
        drop_head(speech);
    if (speech->engine)
        nashrad_engine_cancel(speech->engine, speech->serial);
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

/* From the worker -----------------------------------------------------------------------------------------------------
 */

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
        if (item->kind == ITEM_CLIP || item->done)
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

/* Writing -------------------------------------------------------------------------------------------------------------
 */

/* Loudness is felt by its logarithm: the square of the setting comes near to it. */
static int32_t gain(const struct nashrad_speech *speech) {
    return (int32_t)(65536LL * speech->volume * speech->volume * speech->fade / 1000000);
}

static int16_t mix(int32_t sample, int32_t click) {
    const int32_t sum = sample + click;
    return (int16_t)(sum > INT16_MAX ? INT16_MAX : sum < INT16_MIN ? INT16_MIN : sum);
}

/* Gives up to a block to the card; returns how many it took, or its failure. The click is as loud as speech at the
 * volume's middle, whatever the fade. */
static ptrdiff_t write_block(struct nashrad_speech *speech, const int16_t *frames, size_t count) {
    int16_t block[BLOCK];
    const int32_t factor = gain(speech);
    count = count < BLOCK ? count : BLOCK;
    for (size_t i = 0; i < count; i++) {
        const size_t at = speech->click_at + i;
        const int32_t click = at < speech->click_count ? speech->click[at] * (20 + speech->volume) / 100 : 0;
        block[i] = mix((frames ? frames[i] : 0) * factor / 65536, click);
    }
    const ptrdiff_t taken = nashra_sink_write(speech->sink, block, count);
    if (taken <= 0)
        return taken;
    for (size_t i = 0; i < (size_t)taken; i++)
        speech->history[(speech->written + i) % speech->history_size] = frames ? frames[i] : 0;
    speech->written += (uint64_t)taken;
    const size_t left = speech->click_count - speech->click_at;
    speech->click_at += (size_t)taken < left ? (size_t)taken : left;
    if (left > 0)
        speech->click_end = speech->written;
    return taken;
}

/* Takes back what the card has not played, and gives it anew: with the click in it, or with another volume. */
static void rewrite(struct nashrad_speech *speech) {
    int16_t again[BLOCK];
    if (!speech->sink || speech->away)
        return;
    const uint64_t end = speech->written;
    nashra_sink_drop(speech->sink);
    speech->written = nashra_sink_heard(speech->sink);
    if (end - speech->written > speech->history_size)
        return;
    while (speech->written < end) {
        const size_t count = end - speech->written < BLOCK ? (size_t)(end - speech->written) : BLOCK;
        for (size_t i = 0; i < count; i++)
            again[i] = speech->history[(speech->written + i) % speech->history_size];
        const ptrdiff_t taken = write_block(speech, again, count);
        if (taken <= 0)
            break;
    }
}

void nashrad_speech_click(struct nashrad_speech *speech) {
    speech->click_at = 0;
    rewrite(speech);
    pad(speech);
}

void nashrad_speech_volume(struct nashrad_speech *speech, int volume, int fade) {
    const bool louder_now = volume != speech->volume;
    speech->volume = volume;
    speech->fade = fade;
    if (louder_now)
        rewrite(speech);
}

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

/* 1 and more: something was written; 0: nothing is there, or there is no room; else a failure. */
static ptrdiff_t write_item(struct nashrad_speech *speech, struct item *item) {
    const uint64_t begin = speech->written;
    if (item->kind == ITEM_CLIP) {
        const ptrdiff_t taken = item->clip_count ? write_block(speech, item->clip, item->clip_count) : 0;
        if (taken > 0) {
            item->clip += taken;
            item->clip_count -= (size_t)taken;
        }
        return taken;
    }
    const size_t count = waiting(item);
    const ptrdiff_t taken =
        count ? write_block(speech, (const int16_t *)(const void *)item->pcm.data + item->taken, count) : 0;
    if (taken > 0) {
        pass_marks(speech, item, begin, (size_t)taken);
        forget_written(item, (size_t)taken);
    }
    return taken;
}

static bool is_over(const struct item *item) {
    return item->done && item->clip_count == 0 && waiting(item) == 0;
}

static ptrdiff_t play(struct nashrad_speech *speech) {
    ptrdiff_t status = 1;
    while (status > 0 && speech->count > 0) {
        struct item *item = item_at(speech, 0);
        if (is_over(item)) {
            if (item->ticket)
                add_due(speech, (struct due){.frame = speech->written, .ticket = item->ticket, .end = true});
            drop_head(speech);
            pad(speech);
            continue;
        }
        status = write_item(speech, item);
    }
    while (status > 0 && speech->count == 0 && speech->padding > 0) {
        status = write_block(speech, NULL, speech->padding);
        speech->padding -= status > 0 ? (size_t)status : 0;
    }
    return status;
}

/* Reports -------------------------------------------------------------------------------------------------------------
 */

/* A report may stop everything: nothing is kept across it. */
static void report(struct nashrad_speech *speech) {
    if (!speech->sink)
        return;
    speech->heard = nashra_sink_heard(speech->sink);
    while (speech->due_count > 0) {
        const struct due due = speech->due[speech->due_first];
        if (due.frame > speech->heard)
            return;
        speech->due_first = (speech->due_first + 1) % DUE;
        speech->due_count--;
        if (due.end)
            speech->events.finished(speech->user, due.ticket);
        else
            speech->events.progress(speech->user, due.ticket, due.offset);
    }
}

static bool sounding(const struct nashrad_speech *speech) {
    return speech->sink && speech->heard + (uint64_t)speech->rate * SLACK_MS / 1000 < speech->written;
}

bool nashrad_speech_idle(const struct nashrad_speech *speech) {
    return speech->count == 0 && speech->padding == 0 && speech->due_count == 0 && !sounding(speech);
}

bool nashrad_speech_starving(const struct nashrad_speech *speech) {
    const struct item *head = head_of(speech);
    return head && head->kind != ITEM_CLIP && !head->done && waiting(head) == 0 && !sounding(speech);
}

uint64_t nashrad_speech_heard(const struct nashrad_speech *speech) {
    return speech->heard;
}

/* ---------------------------------------------------------------------------------------------------------------------
 */

static bool has_frames(const struct nashrad_speech *speech) {
    const struct item *head = head_of(speech);
    return head ? head->clip_count > 0 || waiting(head) > 0 : speech->padding > 0;
}

static int shorter(int timeout_ms, int most) {
    return timeout_ms < 0 || timeout_ms > most ? most : timeout_ms;
}

/* All was heard: the card rests, rather than run dry. */
static void rest(struct nashrad_speech *speech) {
    if (speech->count > 0 || speech->padding > 0 || speech->due_count > 0 || sounding(speech))
        return;
    nashra_sink_drop(speech->sink);
    speech->written = speech->heard = nashra_sink_heard(speech->sink);
}

/* Nothing is to be written: while the last sound is on its way, the sink is asked to hand on what it still keeps. */
static void wait_out(struct nashrad_speech *speech, struct pollfd *other, int timeout_ms) {
    if (sounding(speech)) {
        note(speech, nashra_sink_wait(speech->sink, NULL, 0, 0));
        timeout_ms = shorter(timeout_ms, NAP_MS);
    }
    poll(other, 1, timeout_ms);
}

void nashrad_speech_wait(struct nashrad_speech *speech, int fd, int timeout_ms) {
    struct pollfd other = {.fd = fd, .events = POLLIN};
    if (!speech->sink) {
        poll(&other, 1, shorter(timeout_ms, REOPEN_MS));
        if (nashrad_now() < speech->reopen_at)
            return;
        open_sink(speech, nashrad_now());
        if (speech->sink)
            become_back(speech);
        return;
    }
    const bool was_sounding = sounding(speech);
    const ptrdiff_t status = speech->away ? NASHRA_ENODEVICE : play(speech);
    if (status < 0)
        note(speech, status);
    if (!speech->sink)
        return;
    if (speech->away || has_frames(speech))
        note(speech, nashra_sink_wait(speech->sink, &other, 1, timeout_ms));
    else
        wait_out(speech, &other, timeout_ms);
    regulate(speech);
    report(speech);
    if (was_sounding && speech->sink)
        rest(speech);
}
