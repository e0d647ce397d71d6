/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file prompts.h  What the box says of itself: a closed list of prompts, and their texts in data/prompts.tsv. */
#ifndef NASHRA_PROMPTS_H
#define NASHRA_PROMPTS_H

#include <stddef.h>

#include <nashra/keys.h>
#include <nashra/memory.h>

#ifdef __cplusplus
extern "C" {
#endif

enum nashra_prompt {
    NASHRA_PROMPT_READY,
    NASHRA_PROMPT_GOODBYE,
    NASHRA_PROMPT_LIBRARY_EMPTY,
    NASHRA_PROMPT_LIBRARY_UNREADABLE, /**< not one of the articles */
    NASHRA_PROMPT_LIBRARY_FILLED,     /**< number of articles */
    NASHRA_PROMPT_LIBRARY_END,
    NASHRA_PROMPT_NEW_COUNT, /**< number of new articles */
    NASHRA_PROMPT_NEW_NONE,
    NASHRA_PROMPT_ARTICLE_GONE,
    NASHRA_PROMPT_ARTICLE_UNREADABLE,
    NASHRA_PROMPT_ARTICLE_END,
    NASHRA_PROMPT_FIRST, /**< there is none before */
    NASHRA_PROMPT_LAST,  /**< there is none after */
    NASHRA_PROMPT_WRAP_FIRST,
    NASHRA_PROMPT_WRAP_LAST,
    NASHRA_PROMPT_WHERE_ARTICLE,   /**< article, of how many */
    NASHRA_PROMPT_WHERE_PARAGRAPH, /**< paragraph, of how many */
    NASHRA_PROMPT_LEVEL_ARTICLE,   /**< the levels follow in the order of enum nashra_level */
    NASHRA_PROMPT_LEVEL_HEADING,
    NASHRA_PROMPT_LEVEL_PARAGRAPH,
    NASHRA_PROMPT_LEVEL_SENTENCE,
    NASHRA_PROMPT_LEVEL_WORD,
    NASHRA_PROMPT_LEVEL_LETTER,
    NASHRA_PROMPT_SLOWER,
    NASHRA_PROMPT_FASTER,
    NASHRA_PROMPT_SLOWEST,
    NASHRA_PROMPT_FASTEST,
    NASHRA_PROMPT_VOLUME, /**< per cent */
    NASHRA_PROMPT_SOFTEST,
    NASHRA_PROMPT_LOUDEST,
    NASHRA_PROMPT_SLEEP_MINUTES, /**< minutes */
    NASHRA_PROMPT_SLEEP_LONGER,
    NASHRA_PROMPT_SLEEP_OFF,
    NASHRA_PROMPT_UNDO,
    NASHRA_PROMPT_UNDO_NONE,
    NASHRA_PROMPT_BOOKMARK_SET,
    NASHRA_PROMPT_BOOKMARK_REMOVED,
    NASHRA_PROMPT_BOOKMARK_NONE,
    NASHRA_PROMPT_BOOKMARK_FULL,
    NASHRA_PROMPT_SKIM_ALL, /**< the ways to skim follow in the order of enum nashra_skim */
    NASHRA_PROMPT_SKIM_TITLES,
    NASHRA_PROMPT_SKIM_OPENINGS,
    NASHRA_PROMPT_SKIM_END,
    NASHRA_PROMPT_DESCRIBE_ON,
    NASHRA_PROMPT_DESCRIBE_OFF,
    NASHRA_PROMPT_KEY_LONG,      /**< said before what a long press does */
    NASHRA_PROMPT_KEY_CANCELLED, /**< letting go does nothing now */
    NASHRA_PROMPT_FAULT_CARD,    /**< the sound card was away and is back */
    NASHRA_PROMPT_FAULT_VOICE,   /**< the speech engine had to be started again */
    NASHRA_PROMPT_FAULT_VOICE_LOST,
    NASHRA_PROMPT_FAULT_JOURNAL, /**< the journal was damaged and has been set aside */
    NASHRA_PROMPT_FAULT_FULL,
    NASHRA_PROMPT_FAULT_STORE,
    NASHRA_PROMPT_FAULT_FOLDER,
    NASHRA_PROMPT_FAULT_CONFIG,
    NASHRA_PROMPT_FAULT_POWER,
    NASHRA_PROMPT_BATTERY,       /**< per cent that are left */
    NASHRA_PROMPT_BATTERY_EMPTY, /**< the box switches itself off */
    NASHRA_PROMPT_STICK,         /**< a memory stick was found */
    NASHRA_PROMPT_STICK_DONE,    /**< it may be taken out */
    NASHRA_PROMPT_STICK_NOTHING, /**< nothing on it is for the box */
    NASHRA_PROMPT_STICK_UNREADABLE,
    NASHRA_PROMPT_STICK_PULLED,   /**< too early */
    NASHRA_PROMPT_STICK_ARTICLES, /**< number of articles that were copied */
    NASHRA_PROMPT_STICK_KNOWN,    /**< number of articles that were there already */
    NASHRA_PROMPT_STICK_FAILED,   /**< number of files that could not be copied */
    NASHRA_PROMPT_STICK_FULL,
    NASHRA_PROMPT_SETUP_TAKEN, /**< the settings of the stick hold */
    NASHRA_PROMPT_SETUP_SAME,
    NASHRA_PROMPT_SETUP_FEEDS,     /**< number of feeds that were added */
    NASHRA_PROMPT_SETUP_UNSAVED,   /**< the settings can't be kept */
    NASHRA_PROMPT_SETUP_LINE,      /**< number of a line of nashra.ini that has an error; one of the following says which */
    NASHRA_PROMPT_SETUP_NO_EQUALS, /**< no name = value */
    NASHRA_PROMPT_SETUP_NO_NAME,   /**< no such setting */
    NASHRA_PROMPT_SETUP_VALUE,
    NASHRA_PROMPT_SETUP_PASSWORD, /**< too short or too long */
    NASHRA_PROMPT_SETUP_FEED,     /**< no web address */
    NASHRA_PROMPT_SETUP_LAYOUT,   /**< the board lacks its keys */
    NASHRA_PROMPT_WIFI_JOINING,
    NASHRA_PROMPT_WIFI_JOINED,
    NASHRA_PROMPT_WIFI_PASSWORD, /**< wrong */
    NASHRA_PROMPT_WIFI_MISSING,  /**< there is no network of that name */
    NASHRA_PROMPT_WIFI_NONE,     /**< the box has no Wi-Fi */
    NASHRA_PROMPT_WIFI_FAILED,
    NASHRA_PROMPT_KIOSK_WELCOME,
    NASHRA_PROMPT_KIOSK_WARNING,  /**< seconds until the session ends */
    NASHRA_PROMPT_KIOSK_EXTENDED, /**< it goes on */
    NASHRA_PROMPT_KIOSK_OVER,
    NASHRA_PROMPT_WHAT, /**< what a command does; the commands follow in the order of enum nashra_command, NONE first */
    NASHRA_PROMPT_COUNT = NASHRA_PROMPT_WHAT + NASHRA_COMMAND_COUNT
};

/** The prompt that says what a command does. */
enum nashra_prompt nashra_prompt_what(enum nashra_command command);
/** How many numbers its text takes, 0 … 2. */
size_t nashra_prompt_numbers(enum nashra_prompt prompt);
/** Its name in the table, "sleep.minutes"; never NULL. Valid for good. */
const char *nashra_prompt_name(enum nashra_prompt prompt);

enum nashra_prompt_language { NASHRA_PROMPT_ARABIC, NASHRA_PROMPT_ENGLISH, NASHRA_PROMPT_LANGUAGES };

struct nashra_prompts;

/** Reads the table. It is refused when a prompt is missing, unknown, twice there, or takes other numbers than the
 *  reader gives. @return 0; NASHRA_ECONFIG with file, line and cause; NASHRA_ENOMEM. */
int nashra_prompts_load(const char *path, struct nashra_prompts **prompts);
/** Takes NULL. */
void nashra_prompts_destroy(struct nashra_prompts *prompts);
/** The text with {1} and {2} in it. Lives as long as the prompts. */
const char *nashra_prompts_text(const struct nashra_prompts *prompts, enum nashra_prompt prompt,
                                enum nashra_prompt_language language);
/** Appends the text with the numbers in their places. @return 0 or NASHRA_ENOMEM. */
int nashra_prompts_fill(const struct nashra_prompts *prompts, enum nashra_prompt prompt,
                        enum nashra_prompt_language language, const size_t *numbers, struct nashra_buffer *out);

#ifdef __cplusplus
}
#endif
#endif
