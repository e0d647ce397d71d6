/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file reader.h  What a listener's wishes do: a pure state machine from (state, event) to actions.
 *
 * It knows neither keys nor sound, files nor clocks: the caller feeds it what happened and when, and carries out the
 * actions it answers with, in their order. Speech actions queue up behind each other; NASHRA_ACTION_STOP empties the
 * queue and is silent within a period.
 *
 *     key, sound, clock, folder ──▶ event ──▶ nashra_reader_step() ──▶ actions ──▶ sound, store
 *
 * Time is in milliseconds of any monotonic clock; offsets are bytes of an article's UTF-8 text.
 */
#ifndef NASHRA_READER_H
#define NASHRA_READER_H

#include <nashra/article.h>
#include <nashra/keys.h>
#include <nashra/prompts.h>

#ifdef __cplusplus
extern "C" {
#endif

enum nashra_level {
    NASHRA_LEVEL_ARTICLE,
    NASHRA_LEVEL_HEADING,
    NASHRA_LEVEL_PARAGRAPH,
    NASHRA_LEVEL_SENTENCE,
    NASHRA_LEVEL_WORD,
    NASHRA_LEVEL_LETTER,
    NASHRA_LEVEL_COUNT
};

/** Articles are known by a number that stays theirs (the store's row); 0 is none. */
typedef int64_t nashra_article_id;

/** An article that there is to hear. */
struct nashra_reader_entry {
    nashra_article_id id;
    bool fresh; /**< new since last time */
    bool heard; /**< to its end */
};

struct nashra_reader_bookmark {
    nashra_article_id article;
    size_t offset;
};

/** An opened article. Text and segments are borrowed: they stay valid until the next document is handed over, or the
 *  article is closed by NASHRA_ACTION_OPEN or by a library without it. */
struct nashra_reader_document {
    nashra_article_id id;
    const char *text;
    size_t length;
    const struct nashra_segment *segments; /**< at least one */
    size_t count;
    size_t place; /**< where it was left; 0: at the beginning */
};

enum { NASHRA_PROMPT_NUMBERS = 2 };

enum nashra_reader_event_kind {
    NASHRA_EVENT_START,      /**< once, after LIBRARY, BOOKMARKS: `article` was being read (0: none), `absence` ago */
    NASHRA_EVENT_LIBRARY,    /**< `entries` in the order of reading: at the start and when the folder changes */
    NASHRA_EVENT_BOOKMARKS,  /**< `bookmarks`: at the start and when an edited article moved them */
    NASHRA_EVENT_DOCUMENT,   /**< `document`: as asked for by OPEN, or again because the file was edited */
    NASHRA_EVENT_UNREADABLE, /**< `article`, which OPEN asked for, can't be read */
    NASHRA_EVENT_KEY,        /**< `key` */
    NASHRA_EVENT_PROGRESS,   /**< the word at `offset` of the speech `ticket` is being heard */
    NASHRA_EVENT_FINISHED,   /**< the speech `ticket` is over */
    NASHRA_EVENT_FAULT,      /**< something outside went wrong or right again: `prompt` with `numbers` says so and what
                                to do */
    NASHRA_EVENT_TICK,       /**< time has passed */
    NASHRA_EVENT_HOLD,       /**< somebody else speaks: silence; reading will go on at the beginning of its sentence */
    NASHRA_EVENT_RELEASE,    /**< nobody else does: it goes on, if `play`; else it is paused */
    NASHRA_EVENT_RESET       /**< another listener comes: loudness, speed, level and place are those of the beginning */
};

/** Only what the kind names is looked at. */
struct nashra_reader_event {
    enum nashra_reader_event_kind kind;
    int64_t now;
    nashra_article_id article;
    int64_t absence; /**< START: milliseconds since it was heard last; negative: not known */
    bool play;       /**< START: go on reading at once; RELEASE: go on at all */
    const struct nashra_reader_entry *entries;
    const struct nashra_reader_bookmark *bookmarks;
    size_t count; /**< of entries or bookmarks, which are copied */
    const struct nashra_reader_document *document;
    struct nashra_key_event key;
    enum nashra_prompt prompt;
    size_t numbers[NASHRA_PROMPT_NUMBERS];
    unsigned ticket;
    size_t offset;
};

enum nashra_action_kind {
    NASHRA_ACTION_CLICK,      /**< an audible answer to a key, mixed into what sounds, at once */
    NASHRA_ACTION_STOP,       /**< silence, and forget what was to be spoken */
    NASHRA_ACTION_READ,       /**< speak `span` of `article`, reporting PROGRESS and FINISHED with `ticket` */
    NASHRA_ACTION_ASIDE,      /**< speak `span` of `article`; nothing is reported */
    NASHRA_ACTION_SPELL,      /**< speak the name of the letter at `span` of `article` */
    NASHRA_ACTION_PROMPT,     /**< speak `prompt` with the `numbers` in its places */
    NASHRA_ACTION_OPEN,       /**< answer with DOCUMENT or UNREADABLE for `article` */
    NASHRA_ACTION_RATE,       /**< `value` words a minute from the next speech on, to be remembered */
    NASHRA_ACTION_VOLUME,     /**< `value` per cent at once, to be remembered */
    NASHRA_ACTION_LEVEL,      /**< `value`, an enum nashra_level, to be remembered */
    NASHRA_ACTION_FADE,       /**< `value` per cent of the volume at once, not to be remembered */
    NASHRA_ACTION_SAVE,       /**< remember that `article` is being read, up to `span.from` */
    NASHRA_ACTION_HEARD,      /**< remember that `article` was heard to its end */
    NASHRA_ACTION_SEEN,       /**< remember that `article` is not new any more */
    NASHRA_ACTION_BOOKMARK,   /**< remember a bookmark at `span.from` of `article` */
    NASHRA_ACTION_UNBOOKMARK, /**< forget that bookmark */
    NASHRA_ACTION_OFF         /**< when all is spoken: save, and switch off */
};

struct nashra_action {
    enum nashra_action_kind kind;
    nashra_article_id article;
    struct nashra_span span;
    unsigned ticket;
    enum nashra_prompt prompt;
    size_t numbers[NASHRA_PROMPT_NUMBERS];
    int value;
};

enum { NASHRA_ACTIONS_MAX = 16 };

struct nashra_actions {
    struct nashra_action list[NASHRA_ACTIONS_MAX];
    size_t count;
};

/** What the store remembers and the reader keeps within its limits. */
struct nashra_reader_settings {
    int rate;   /**< words a minute, NASHRA_RATE_LEAST … NASHRA_RATE_MOST; 0: the default */
    int volume; /**< per cent, NASHRA_VOLUME_LEAST … 100; 0: the default; louder than the default only after a key */
    enum nashra_level level;
};

enum {
    NASHRA_RATE_LEAST = 85,
    NASHRA_RATE_DEFAULT = 165,
    NASHRA_RATE_MOST = 445,
    NASHRA_RATE_STEP = 20,
    NASHRA_VOLUME_LEAST = 10,
    NASHRA_VOLUME_DEFAULT = 60, /**< and the most that it starts with: switching on never hurts */
    NASHRA_VOLUME_STEP = 10,
    NASHRA_SAVE_MS = 1500,     /**< at most so long is heard without a SAVE */
    NASHRA_FADE_MS = 30000,    /**< the last part of the sleep timer, in which the sound fades */
    NASHRA_DESCRIBE_MS = 60000 /**< the key describer ends by itself so long after the last key */
};

struct nashra_reader;

/** @return 0 or NASHRA_ENOMEM. */
int nashra_reader_create(const struct nashra_reader_settings *settings, struct nashra_reader **reader);
/** Takes NULL. */
void nashra_reader_destroy(struct nashra_reader *reader);

/** One step. Every event is allowed in every state; what doesn't fit (an answer that came too late) is ignored.
 *  @param actions is emptied first. @return 0, or NASHRA_ENOMEM: then the state is as before. */
int nashra_reader_step(struct nashra_reader *reader, const struct nashra_reader_event *event,
                       struct nashra_actions *actions);

/** When the next TICK is due; -1: none. */
int64_t nashra_reader_deadline(const struct nashra_reader *reader);

enum nashra_reader_mode {
    NASHRA_READER_EMPTY,   /**< there is nothing to hear */
    NASHRA_READER_OPENING, /**< waits for DOCUMENT or UNREADABLE */
    NASHRA_READER_PAUSED,
    NASHRA_READER_PLAYING
};

enum nashra_skim { NASHRA_SKIM_ALL, NASHRA_SKIM_TITLES, NASHRA_SKIM_OPENINGS, NASHRA_SKIM_COUNT };

/** The state as far as others may see it. */
struct nashra_reader_view {
    enum nashra_reader_mode mode;
    nashra_article_id article; /**< 0 when empty */
    size_t index;              /**< of it in the library */
    size_t offset;             /**< the place: of the word being heard */
    enum nashra_level level;
    enum nashra_skim skim;
    int rate;
    int volume;
    int fade;               /**< per cent */
    unsigned sleep_minutes; /**< 0: no sleep timer */
    bool describing;
    bool held;    /**< by HOLD */
    size_t jumps; /**< that can be undone */
    size_t bookmarks;
    unsigned ticket; /**< of the speech whose reports count */
};

/** Where the reader is now. */
struct nashra_reader_view nashra_reader_view(const struct nashra_reader *reader);

/** The unit of `level` that holds `offset` (any but article): its span. The nearest one where `offset` is between two.
 */
struct nashra_span nashra_reader_unit(const struct nashra_reader_document *document, enum nashra_level level,
                                      size_t offset);

#ifdef __cplusplus
}
#endif
#endif
