/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file bulletin.h  Script → plan → an air-ready sound file and what stands beside it.
 *
 * A bulletin is a list of items (articles, with titles, priorities, jingles, beds) and settings. Both come from an INI
 * script, from single calls, or from both; docs/RADIO.md lists the keys. Reading, speaking and measuring is the plan;
 * it decides what fits the slot. Rendering the plan writes files and may be done several times.
 *
 *     nashra_studio_create(&studio);
 *     nashra_bulletin_create(&bulletin);
 *     nashra_bulletin_load(bulletin, "nine.ini");
 *     nashra_bulletin_set(bulletin, "slot", "3:00");
 *     nashra_bulletin_plan(bulletin, studio);
 *     nashra_bulletin_render(bulletin, "nine.wav");
 *
 * The same script, files, lexicon, voice, `at` and version give the same bytes, whatever was rendered before.
 * eSpeak NG's rule holds: one studio a process, and always the same thread.
 */
#ifndef NASHRA_BULLETIN_H
#define NASHRA_BULLETIN_H

#include <stddef.h>
#include <stdint.h>

#include <nashra/pipeline.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name Sentences from a defined state
 *
 * What eSpeak NG makes of a sentence depends on what it said before in the same process. Here each sentence is spoken
 * by a child forked from a parent that never spoke, so that the same words give the same sound in any order.
 * @{ */

/** Speaks a sentence that nashra_pipeline_sentence() filled. The pipeline itself never speaks: a call of
 *  nashra_pipeline_speak() on it would spoil its state. Marks count from the start of `sound`, which is emptied first.
 *  @param voice zeros are defaults. @return 0; NASHRA_EUSAGE (voice out of range), NASHRA_EINTERNAL (no child; it
 *  died), NASHRA_ENOMEM. */
int nashra_speech_render(struct nashra_pipeline *pipeline, const struct nashra_voice *voice,
                         const struct nashra_sentence *sentence, struct nashra_sound *sound);

/** Appends all that decides the sound of a sentence, and nothing else, as bytes: two sentences with the same bytes
 *  sound alike to the last bit. Nashra's version, that of eSpeak NG and a checksum of the voice's data are part of it,
 *  the words' spans are not: they are each sentence's own. For content addresses.
 *  0, NASHRA_EUSAGE (voice out of range) or NASHRA_ENOMEM. */
int nashra_speech_describe(const struct nashra_pipeline *pipeline, const struct nashra_voice *voice,
                           const struct nashra_sentence *sentence, struct nashra_buffer *description);

/** Where sentences' sounds are kept. Both may be NULL. */
struct nashra_speech_cache {
    /** Fills `sound`, which is empty. @return 1; 0 when it isn't there (or is damaged); negative ends the plan. */
    int (*get)(void *user, const char *description, size_t length, struct nashra_sound *sound);
    /** Is shown a sound that was made. Negative ends the plan. */
    int (*put)(void *user, const char *description, size_t length, const struct nashra_sound *sound);
    void *user;
};
/** @} */

/** The loaded models and tables, for any number of bulletins one after the other. */
struct nashra_studio;

/** Loads nothing yet. @param cache may be NULL; is copied. 0 or NASHRA_ENOMEM. */
int nashra_studio_create(const struct nashra_speech_cache *cache, struct nashra_studio **studio);
/** Takes NULL. */
void nashra_studio_destroy(struct nashra_studio *studio);

struct nashra_bulletin;

/** An empty bulletin with default settings. 0 or NASHRA_ENOMEM. */
int nashra_bulletin_create(struct nashra_bulletin **bulletin);
/** Takes NULL. */
void nashra_bulletin_destroy(struct nashra_bulletin *bulletin);

/** Reads an INI script: its settings hold where nashra_bulletin_set() says nothing else, its items are appended. Names
 *  of files in it are relative to its folder.
 *  @return 0; NASHRA_ENOINPUT, NASHRA_EIO; NASHRA_ECONFIG (file, line and key are named); NASHRA_ENOMEM. */
int nashra_bulletin_load(struct nashra_bulletin *bulletin, const char *path);
/** As nashra_bulletin_load() from memory. @param name for messages and as the place of relative names. */
int nashra_bulletin_load_bytes(struct nashra_bulletin *bulletin, const char *bytes, size_t length, const char *name);
/** Appends an article as an item. 0 or NASHRA_ENOMEM. */
int nashra_bulletin_add(struct nashra_bulletin *bulletin, const char *file);
/** Sets a key of the script's section [bulletin], over the script whether it is loaded before or after.
 *  @return 0, NASHRA_EUSAGE (an unknown key, a value that can't be: reported) or NASHRA_ENOMEM. */
int nashra_bulletin_set(struct nashra_bulletin *bulletin, const char *key, const char *value);

/** As nashra_bulletin_set(), for scripts that say nothing of the key: call it before nashra_bulletin_load(). */
int nashra_bulletin_set_default(struct nashra_bulletin *bulletin, const char *key, const char *value);

/** The files that the script names (articles, sounds, lexicon, model), each once, in order; NULL ends the list. For
 *  those who watch or hash inputs. Owned by the bulletin, valid until the next change. */
const char *const *nashra_bulletin_inputs(const struct nashra_bulletin *bulletin);

/** Reads all items, speaks them, fits the slot, mixes, brings it to the loudness. May be called once.
 *  @return 0; NASHRA_EDATA (no item; an unreadable article or sound; a slot that can't fit: says why; with `strict`
 *  doubtful words: each is reported with file, line and a line for the lexicon), NASHRA_ENOINPUT, NASHRA_ECONFIG,
 *  NASHRA_EINTERNAL, NASHRA_STOPPED (the progress function's wish), NASHRA_ENOMEM. */
int nashra_bulletin_plan(struct nashra_bulletin *bulletin, struct nashra_studio *studio);

/** What a plan came to. */
struct nashra_bulletin_figures {
    uint64_t frames;      /**< at `rate` */
    unsigned rate;        /**< 48000 */
    unsigned channels;    /**< 1 or 2 */
    double loudness;      /**< integrated, LUFS */
    double range;         /**< loudness range, LU */
    double true_peak;     /**< dBTP */
    double max_momentary; /**< LUFS */
    double max_short;     /**< LUFS */
    size_t items;         /**< that are heard */
    size_t dropped;       /**< that the slot had no room for */
    size_t doubtful;      /**< tokens of what is heard */
    int refused;          /**< not 0: the plan failed since `strict` met doubtful ones */
};

/** After nashra_bulletin_plan(), also a failed one. */
void nashra_bulletin_figures(const struct nashra_bulletin *bulletin, struct nashra_bulletin_figures *figures);

/** What was done to fit the slot, in English, a line each: pauses, rate, items that were left out; "" without a slot.
 *  Owned by the bulletin. */
const char *nashra_bulletin_report(const struct nashra_bulletin *bulletin);
/** The doubtful words as lines for the user's lexicon, each with a comment that names its place; also after a plan that
 *  `strict` refused. "" for none, NULL when out of memory. Owned by the bulletin. */
const char *nashra_bulletin_decisions(struct nashra_bulletin *bulletin);

/** Writes the sound (.wav, .flac, .opus, .ogg or .mp3), and beside it what the keys `beside` and `proof` ask for.
 *  None appears before all are complete, the sound last.
 *  @return 0; NASHRA_EUSAGE (unknown ending), NASHRA_ECANTCREATE, NASHRA_EIO, NASHRA_ENOMEM. */
int nashra_bulletin_render(struct nashra_bulletin *bulletin, const char *path);

/** Is told how far a plan is, sentence by sentence. Not 0 stops it with NASHRA_STOPPED. */
typedef int (*nashra_bulletin_progress_fn)(size_t done, size_t all, void *user);
/** Sets who is told; NULL: nobody. */
void nashra_bulletin_set_progress(struct nashra_bulletin *bulletin, nashra_bulletin_progress_fn progress, void *user);

#ifdef __cplusplus
}
#endif
#endif
