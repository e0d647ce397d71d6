/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reader wants. */
#include "box_parts.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <nashra/news.h>

enum { OFF_MS = 8000 };

/* Before this the clock has not been set: 2026-01-01. */
#define CLOCK_SET_SINCE 1767225600

static int64_t wall_clock(void) {
    const time_t now = time(NULL);
    return now >= CLOCK_SET_SINCE ? (int64_t)now : 0;
}

static const struct nashra_store_article *find_article(const struct nashrad_box *box, nashra_article_id id) {
    for (size_t i = 0; box->library && i < box->library->article_count; i++)
        if (box->library->articles[i].id == id)
            return &box->library->articles[i];
    return NULL;
}

bool nashrad_box_open(struct nashrad_box *box, nashra_article_id id) {
    struct stat about;
    const struct nashra_store_article *article = find_article(box, id);
    if (!article)
        return false;
    if (stat(article->path, &about) == 0) {
        box->file_size = about.st_size;
        box->file_mtime = (int64_t)about.st_mtim.tv_sec * 1000000000 + about.st_mtim.tv_nsec;
    }
    nashrad_engine_open(box->engine, id, article->path);
    return true;
}

static void open_wanted(struct nashrad_box *box, const struct nashra_action *action) {
    nashrad_document_release(box->arriving);
    box->arriving = NULL;
    box->wanted = action->article;
    if (nashrad_box_open(box, action->article))
        return;
    box->wanted = 0;
    nashrad_box_feed(box, (struct nashra_reader_event){.kind = NASHRA_EVENT_UNREADABLE, .article = action->article});
}

static void say_prompt(struct nashrad_box *box, const struct nashra_action *action) {
    struct nashrad_clip clips[NASHRAD_CLIPS_MAX];
    struct nashra_buffer text = {0};
    const bool edge = action->prompt >= NASHRA_PROMPT_FIRST && action->prompt <= NASHRA_PROMPT_WRAP_LAST;
    if (edge && nashrad_box_broken(box, "silent-errors"))
        return;
    const size_t count = box->clips ? nashrad_clips_prompt(box->clips, action->prompt, action->numbers, clips) : 0;
    if (count > 0) {
        nashrad_speech_clips(box->speech, clips, count);
        return;
    }
    if (nashra_prompts_fill(box->prompts, action->prompt, box->language, action->numbers, &text) >= 0)
        nashrad_speech_say(box->speech, text.data, text.length, false);
    nashra_buffer_finish(&text);
}

static void spell(struct nashrad_box *box, const struct nashra_action *action) {
    const struct nashrad_document *document = box->document;
    if (document && document->id == action->article && action->span.to <= document->length)
        nashrad_speech_say(box->speech, document->text + action->span.from, action->span.to - action->span.from, true);
}

static void set_sound(struct nashrad_box *box, const struct nashra_action *action) {
    if (nashrad_box_broken(box, "no-volume"))
        return;
    if (action->kind == NASHRA_ACTION_VOLUME) {
        box->volume = action->value;
        nashrad_journal_set(box->journal, "volume", action->value);
    } else {
        box->fade = action->value;
    }
    nashrad_speech_volume(box->speech, box->volume, box->fade);
    if (action->kind == NASHRA_ACTION_VOLUME)
        nashrad_box_kiosk_volume(box);
}

static void write_down(struct nashrad_box *box, const struct nashra_action *action) {
    struct nashrad_document *document = box->document;
    if (action->kind == NASHRA_ACTION_HEARD)
        nashrad_journal_heard(box->journal, action->article);
    else if (action->kind == NASHRA_ACTION_SEEN)
        nashrad_journal_seen(box->journal, action->article);
    else if (action->kind == NASHRA_ACTION_UNBOOKMARK)
        nashrad_journal_unbookmark(box->journal, action->article, action->span.from);
    else if (!document || document->id != action->article)
        return;
    else if (action->kind == NASHRA_ACTION_SAVE)
        nashrad_journal_save(box->journal, document, action->span.from, wall_clock());
    else
        nashrad_journal_bookmark(box->journal, document, action->span.from);
}

static void set_rate(struct nashrad_box *box, const struct nashra_action *action) {
    box->rate = action->value;
    nashrad_engine_rate(box->engine, action->value);
    nashrad_journal_set(box->journal, "rate", action->value);
}

static void set_level(struct nashrad_box *box, const struct nashra_action *action) {
    nashrad_journal_set(box->journal, "level", action->value);
}

void nashrad_box_switch_off(struct nashrad_box *box) {
    box->off = true;
    box->off_at = nashrad_now() + OFF_MS;
}

/* A story of the feeds is announced where its reading begins: from where it comes, and how old it is. */
static void announce(struct nashrad_box *box, const struct nashra_action *action) {
    const struct nashrad_document *document = box->document;
    const struct nashra_store_article *article = find_article(box, action->article);
    struct nashra_buffer text = {0};
    if (!document || document->id != action->article || !article || action->span.from > document->segments[0].span.from)
        return;
    if (nashra_story_announcement(article->path, document->text, document->length, wall_clock(), &text) == 1) {
        nashra_log(NASHRA_LOG_INFO, "announce %s", text.data);
        nashrad_speech_say(box->speech, text.data, text.length, false);
    }
    nashra_buffer_finish(&text);
}

static void click(struct nashrad_box *box, const struct nashra_action *action) {
    (void)action;
    nashrad_speech_click(box->speech);
}

static void stop(struct nashrad_box *box, const struct nashra_action *action) {
    (void)action;
    if (nashrad_box_broken(box, "no-interrupt"))
        return;
    nashrad_speech_stop(box->speech);
    if (box->services.announcing)
        nashrad_announcing_emptied(box->services.announcing);
}

static void read_on(struct nashrad_box *box, const struct nashra_action *action) {
    if (nashrad_box_broken(box, "mute"))
        return;
    box->services.announced = false;
    announce(box, action);
    nashrad_speech_read(box->speech, action->article, action->span, action->ticket);
}

static void read_aside(struct nashrad_box *box, const struct nashra_action *action) {
    nashrad_speech_read(box->speech, action->article, action->span, 0);
}

static void switch_off(struct nashrad_box *box, const struct nashra_action *action) {
    (void)action;
    nashrad_box_switch_off(box);
}

static const struct {
    const char *name; /* as --verbose tells it */
    void (*act)(struct nashrad_box *box, const struct nashra_action *action);
} deeds[] = {
    [NASHRA_ACTION_CLICK] = {"click", click},
    [NASHRA_ACTION_STOP] = {"stop", stop},
    [NASHRA_ACTION_READ] = {"read", read_on},
    [NASHRA_ACTION_ASIDE] = {"aside", read_aside},
    [NASHRA_ACTION_SPELL] = {"spell", spell},
    [NASHRA_ACTION_PROMPT] = {"prompt", say_prompt},
    [NASHRA_ACTION_OPEN] = {"open", open_wanted},
    [NASHRA_ACTION_RATE] = {"rate", set_rate},
    [NASHRA_ACTION_VOLUME] = {"volume", set_sound},
    [NASHRA_ACTION_FADE] = {"fade", set_sound},
    [NASHRA_ACTION_LEVEL] = {"level", set_level},
    [NASHRA_ACTION_SAVE] = {"save", write_down},
    [NASHRA_ACTION_HEARD] = {"heard", write_down},
    [NASHRA_ACTION_SEEN] = {"seen", write_down},
    [NASHRA_ACTION_BOOKMARK] = {"bookmark", write_down},
    [NASHRA_ACTION_UNBOOKMARK] = {"unbookmark", write_down},
    [NASHRA_ACTION_OFF] = {"off", switch_off},
};

static void tell(const struct nashra_action *action) {
    const char *name = deeds[action->kind].name;
    if (action->kind == NASHRA_ACTION_PROMPT)
        nashra_log(NASHRA_LOG_INFO, "prompt %s", nashra_prompt_name(action->prompt));
    else if (action->article)
        nashra_log(NASHRA_LOG_INFO, "%s %lld %zu", name, (long long)action->article, action->span.from);
    else
        nashra_log(NASHRA_LOG_INFO, "%s %d", name, action->value);
}

void nashrad_box_do(struct nashrad_box *box, const struct nashra_action *action) {
    tell(action);
    deeds[action->kind].act(box, action);
}
