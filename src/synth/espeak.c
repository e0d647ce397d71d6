/* SPDX-License-Identifier: GPL-3.0-or-later */
/* eSpeak NG: the only file that includes it. Synchronous, so that espeak_Synth() runs on the caller's thread and a
 * value other than 0 from the callback stops it at once. */
#include "synth.h"

#include <espeak-ng/espeak_ng.h>

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nashra/table.h>

#include "checksum.h"
#include "clause.h"
#include "compress.h"

enum {
    CHUNK_MS = 20,
    /* Beyond this eSpeak shortens long vowels more than short ones: at 450 words a minute 14 ms are left between them,
     * of 161 at 200. So what is faster is compressed from this rate. */
    FASTEST_CLEAR_RATE = 270,
    /* What the voice's pitch of 50 is, measured over a statement. */
    MIDDLE_PITCH = 50,
    MIDDLE_HERTZ = 103,
    OCTAVE = 70
};

/* eSpeak NG's state is global to the process, so this is too. It is started once and never terminated: 1.51's
 * espeak_Terminate() waits for ever in one call of three (its thread misses the signal to stop). */
static struct {
    atomic_flag in_use;
    unsigned rate; /* 0: not started yet */
} engine = {ATOMIC_FLAG_INIT, 0};

struct espeak {
    struct nashra_synth synth;
    struct nashra_contours contours;
    struct nashra_letters *letters; /* NULL: English data is installed */
    struct nashra_clause clause;
    int16_t *silence;
    size_t silence_count;
    bool stopped; /* the last sentence was broken off */
    bool pausing; /* what is sent is silence between words */
    /* the sentence that is being spoken */
    const struct nashra_sentence *sentence;
    nashra_sound_fn sound;
    void *user;
    int status;
    uint64_t sent;         /* frames, since the sentence began */
    uint64_t clause_start; /* what `sent` was when the clause began */
    struct nashra_compressor compressor;
    uint64_t held;             /* frames of silence that eSpeak made last; they count only if sound follows */
    struct nashra_mark *marks; /* of the whole sentence; frames count from its start */
    size_t mark_capacity;
    size_t marked;    /* words that have a mark */
    size_t delivered; /* marks that were sent */
};

/* Marks the words up to and with `last`. A silent word starts where the next one does. */
static void mark_until(struct espeak *espeak, size_t last, uint64_t frame) {
    for (; espeak->marked <= last; espeak->marked++)
        espeak->marks[espeak->marked] = (struct nashra_mark){
            .frame = frame, .word = espeak->marked, .span = espeak->sentence->words[espeak->marked].span};
}

/* Sends a chunk with the marks that fall into it; an empty one takes all that are left. */
static int send(struct espeak *espeak, int16_t *frames, size_t count) {
    struct nashra_sound chunk = {
        .rate = espeak->synth.rate, .frames = frames, .count = count, .capacity = count, .is_pause = espeak->pausing};
    chunk.marks = espeak->marks + espeak->delivered;
    for (; espeak->delivered < espeak->marked; espeak->delivered++, chunk.mark_count++) {
        struct nashra_mark *mark = &espeak->marks[espeak->delivered];
        if (count > 0 && mark->frame >= espeak->sent + count)
            break;
        mark->frame = mark->frame > espeak->sent ? mark->frame - espeak->sent : 0;
    }
    espeak->sent += count;
    if (espeak->sound(&chunk, espeak->user) != 0)
        espeak->status = NASHRA_STOPPED;
    return espeak->status;
}

static void send_pieces(struct espeak *espeak, int16_t *frames, size_t count) {
    for (size_t sent = 0, piece; sent < count && espeak->status == NASHRA_OK; sent += piece) {
        piece = count - sent < espeak->silence_count ? count - sent : espeak->silence_count;
        send(espeak, frames + sent, piece);
    }
}

static int send_silence(struct espeak *espeak, uint64_t frames) {
    espeak->pausing = true;
    while (frames > 0 && espeak->status == NASHRA_OK) {
        size_t count = frames < espeak->silence_count ? (size_t)frames : espeak->silence_count;
        send(espeak, espeak->silence, count);
        frames -= count;
    }
    espeak->pausing = false;
    return espeak->status;
}

/* What eSpeak made, as fast as it is wanted. */
static void pass_on(struct espeak *espeak, const int16_t *frames, size_t count) {
    int16_t ready[NASHRA_COMPRESS_ROOM];
    for (size_t from = 0, piece; from < count && espeak->status == NASHRA_OK; from += piece) {
        piece = count - from < NASHRA_COMPRESS_PIECE ? count - from : NASHRA_COMPRESS_PIECE;
        send_pieces(espeak, ready, nashra_compressor_put(&espeak->compressor, frames + from, piece, ready));
    }
}

static void pass_silence_on(struct espeak *espeak, uint64_t frames) {
    for (size_t count; frames > 0 && espeak->status == NASHRA_OK; frames -= count) {
        count = frames < espeak->silence_count ? (size_t)frames : espeak->silence_count;
        pass_on(espeak, espeak->silence, count);
    }
}

static void take_event(struct espeak *espeak, const espeak_EVENT *event) {
    if (event->type != espeakEVENT_WORD || event->text_position < 1)
        return;
    uint64_t frame = event->sample < 0 ? 0 : (uint64_t)event->sample;
    frame = frame * espeak->compressor.to / espeak->compressor.from;
    mark_until(espeak, nashra_clause_word_at(&espeak->clause, (size_t)event->text_position),
               espeak->clause_start + frame);
}

/* The silence at a clause's end is held back: eSpeak reads its length from what earlier clauses left in its tables. */
static int take_sound(short *wave, int count, espeak_EVENT *events) {
    struct espeak *espeak = events->user_data;
    if (!espeak)
        return 0;
    if (!wave || espeak->status < 0)
        return espeak->status < 0;
    for (const espeak_EVENT *event = events; event->type != espeakEVENT_LIST_TERMINATED; event++)
        take_event(espeak, event);
    size_t sounding = (size_t)count;
    while (sounding > 0 && wave[sounding - 1] == 0)
        sounding--;
    if (sounding > 0) {
        pass_silence_on(espeak, espeak->held);
        pass_on(espeak, wave, sounding);
        espeak->held = 0;
    }
    espeak->held += (size_t)count - sounding;
    return espeak->status < 0;
}

static int clamp(int value, int least, int most) {
    return value < least ? least : value > most ? most : value;
}

/* eSpeak's pitch is logarithmic: 70 of its units are an octave, as measured. */
static int pitch_of_hertz(int hertz) {
    return (int)lround(MIDDLE_PITCH + OCTAVE * log2((double)hertz / MIDDLE_HERTZ));
}

/* For each clause, which also ends the lift of a quotation that the one before left. */
static void apply_contour(struct espeak *espeak) {
    const struct nashra_contour *contour = &espeak->clause.contour;
    const struct nashra_voice *voice = &espeak->synth.voice;
    const struct nashra_prosody *asked = espeak->clause.prosody;
    struct nashra_prosody prosody = asked ? *asked : (struct nashra_prosody){.rate = 100, .volume = 100};
    int rate = clamp(voice->rate * (100 + contour->rate) / 100 * prosody.rate / 100, NASHRA_VOICE_RATE_LEAST,
                     NASHRA_VOICE_RATE_MOST);
    int pitch = (prosody.pitch_hz > 0 ? pitch_of_hertz(prosody.pitch_hz) : voice->pitch) + prosody.pitch;
    int made = rate < FASTEST_CLEAR_RATE ? rate : FASTEST_CLEAR_RATE;
    nashra_compressor_start(&espeak->compressor, (unsigned)rate, (unsigned)made);
    espeak_SetParameter(espeakRATE, made, 0);
    espeak_SetParameter(espeakPITCH, clamp(pitch + contour->pitch, 0, NASHRA_VOICE_PITCH_MOST), 0);
    espeak_SetParameter(espeakRANGE, clamp(NASHRA_CONTOUR_RANGE + contour->range + prosody.range, 0, 100), 0);
    espeak_SetParameter(espeakVOLUME, clamp(voice->volume * prosody.volume / 100, 0, NASHRA_VOICE_VOLUME_MOST), 0);
}

static int speak_text(struct espeak *espeak) {
    const char *text = nashra_buffer_string(&espeak->clause.text);
    espeak->clause_start = espeak->sent;
    espeak->held = 0;
    apply_contour(espeak);
    espeak_ERROR error = espeak_Synth(text, espeak->clause.text.length + 1, 0, POS_CHARACTER, 0,
                                      espeakCHARS_UTF8 | espeakPHONEMES, NULL, espeak);
    if (error != EE_OK && espeak->status == NASHRA_OK)
        espeak->status = nashra_fail(NASHRA_EINTERNAL, "eSpeak NG refused a clause (error %d): %s", error, text);
    int16_t left[NASHRA_COMPRESS_ROOM];
    send_pieces(espeak, left, nashra_compressor_finish(&espeak->compressor, left));
    return espeak->status;
}

static int speak_pause(struct espeak *espeak) {
    size_t last = espeak->clause.to - 1;
    for (size_t i = espeak->delivered; i < espeak->marked; i++)
        if (espeak->marks[i].frame > espeak->sent)
            espeak->marks[i].frame = espeak->sent;
    mark_until(espeak, last, espeak->sent);
    return send_silence(espeak, nashra_pause_frames(&espeak->synth.pauses, espeak->sentence, last, espeak->synth.rate,
                                                    espeak->synth.voice.rate));
}

/* Up to the first word with a sound there is nothing to pause after. */
static int speak_clauses(struct espeak *espeak) {
    const struct nashra_sentence *sentence = espeak->sentence;
    int status = send_silence(espeak, nashra_lead_frames(sentence, espeak->synth.rate));
    for (size_t word = 0; status == NASHRA_OK && word < sentence->count; word = espeak->clause.to) {
        status = nashra_clause_write(&espeak->clause, sentence, word, &espeak->contours, espeak->letters);
        if (status == NASHRA_OK && espeak->clause.text.length > 0)
            status = speak_text(espeak);
        if (status == NASHRA_OK && espeak->sent > 0)
            status = speak_pause(espeak);
    }
    if (status < 0 || sentence->count == 0)
        return status;
    mark_until(espeak, sentence->count - 1, espeak->sent);
    return espeak->delivered < espeak->marked ? send(espeak, espeak->silence, 0) : NASHRA_OK;
}

static int reserve_marks(struct espeak *espeak, size_t words) {
    if (words <= espeak->mark_capacity)
        return NASHRA_OK;
    struct nashra_mark *marks = nashra_realloc(espeak->marks, words * sizeof *marks);
    if (!marks)
        return NASHRA_ENOMEM;
    espeak->marks = marks;
    espeak->mark_capacity = words;
    return NASHRA_OK;
}

/* A stop leaves half a command in eSpeak's wave generator, which the next text would begin with. */
static void flush(struct espeak *espeak) {
    static const char nothing[] = "[[_:]]";
    espeak_Synth(nothing, sizeof nothing, 0, POS_CHARACTER, 0, espeakCHARS_UTF8 | espeakPHONEMES, NULL, NULL);
    espeak->stopped = false;
}

static int speak(struct nashra_synth *synth, const struct nashra_sentence *sentence, nashra_sound_fn sound,
                 void *user) {
    struct espeak *espeak = (struct espeak *)synth;
    int status = reserve_marks(espeak, sentence->count);
    if (status < 0)
        return status;
    espeak->sentence = sentence;
    espeak->sound = sound;
    espeak->user = user;
    espeak->status = NASHRA_OK;
    espeak->sent = 0;
    espeak->marked = 0;
    espeak->delivered = 0;
    if (espeak->stopped)
        flush(espeak);
    status = speak_clauses(espeak);
    espeak->stopped = status == NASHRA_STOPPED;
    return status;
}

static int set_voice(struct nashra_synth *synth) {
    espeak_SetParameter(espeakVOLUME, synth->voice.volume, 0);
    return NASHRA_OK;
}

static void destroy(struct nashra_synth *synth) {
    struct espeak *espeak = (struct espeak *)synth;
    if (espeak->stopped)
        flush(espeak);
    atomic_flag_clear(&engine.in_use);
    nashra_letters_destroy(espeak->letters);
    nashra_clause_finish(&espeak->clause);
    nashra_free(espeak->marks);
    nashra_free(espeak->silence);
    nashra_free(espeak);
}

/* eSpeak NG folds the name of a voice file to lower case and cuts it at 60 bytes; a path through /proc suits it. */
static bool load_voice_file(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    char name[40];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    espeak_ERROR error = espeak_SetVoiceByFile(name);
    close(file);
    return error == EE_OK;
}

/* Without /proc the plain Arabic voice will do: its pitch wavers a little, that is all. */
static int load_voice(void) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path("nashra.voice", &path);
    if (status == NASHRA_OK && !load_voice_file(nashra_buffer_string(&path)) && espeak_SetVoiceByName("ar") != EE_OK)
        status = nashra_fail(NASHRA_ECONFIG, "eSpeak NG has no Arabic voice: apt-get install espeak-ng-data");
    nashra_buffer_finish(&path);
    return status;
}

/* The tuned voice of tools/voice, as eSpeak wants it told: the folder that holds espeak-ng-data, an installed one
 * before the build's. NULL: eSpeak's own; a reader's ESPEAK_DATA_PATH comes first. `path` holds the answer. */
static const char *tuned_voice(struct nashra_buffer *path) {
    static const char file[] = "/espeak-ng-data/phontab";
    if (getenv("ESPEAK_DATA_PATH"))
        return NULL;
    nashra_buffer_clear(path);
    if (nashra_data_find(file + 1, path) == 1) {
        path->data[path->length - strlen(file)] = '\0';
        return path->data;
    }
    nashra_buffer_clear(path);
    nashra_buffer_add_format(path, "%s%s", NASHRA_BUILT_VOICE, file);
    return !path->failed && access(path->data, R_OK) == 0 ? NASHRA_BUILT_VOICE : NULL;
}

/* Whether eSpeak has a file, so that a lack of it is told once and clearly: eSpeak itself goes on without a word, or
 * with a line on stderr for each word. */
static int find_data(const char *file, struct nashra_buffer *path) {
    const char *folder = NULL;
    espeak_Info(&folder);
    nashra_buffer_clear(path);
    int status = nashra_buffer_add_format(path, "%s/%s", folder, file);
    return status < 0 ? status : access(path->data, R_OK) == 0;
}

/* The last is for words in Latin letters; it may be missing. */
static const char *const voice_files[] = {"phontab", "phonindex", "phondata", "intonations", "ar_dict", "en_dict"};
enum { NEEDED_FILES = sizeof voice_files / sizeof *voice_files - 1 };

static int check_voice_data(const char *folder) {
    struct nashra_buffer path = {0};
    int found = 1;
    espeak_ng_InitializePath(folder);
    for (size_t i = 0; found > 0 && i < NEEDED_FILES; i++)
        found = find_data(voice_files[i], &path);
    if (found == 0)
        found = nashra_fail(NASHRA_ECONFIG,
                            "eSpeak NG's voice data is missing (%s): apt-get install espeak-ng-data, or set "
                            "ESPEAK_DATA_PATH",
                            path.data);
    nashra_buffer_finish(&path);
    return found < 0 ? found : NASHRA_OK;
}

/* libespeak-ng opens PulseAudio or ALSA when it starts, through this function of pcaudiolib's, even for who only wants its
 * samples: it leaves a folder behind, waits for a server that hangs, and may take the card from the player. The linker
 * takes ours before pcaudiolib's, and eSpeak NG does without. */
struct audio_object;
struct audio_object *create_audio_device_object(const char *device, const char *application, const char *description);

struct audio_object *create_audio_device_object(const char *device, const char *application, const char *description) {
    (void)device;
    (void)application;
    (void)description;
    return NULL;
}

/* eSpeak NG starts a thread, whose only use is in modes that aren't used here. The caller's signals are not for it. */
static int start_quietly(const char *folder) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, CHUNK_MS, folder, espeakINITIALIZE_DONT_EXIT);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return rate;
}

static int start_in(const char *folder) {
    int status = check_voice_data(folder);
    if (status < 0)
        return status;
    int rate = start_quietly(folder);
    if (rate <= 0)
        return nashra_fail(NASHRA_ECONFIG, "eSpeak NG does not start; is its voice data damaged? "
                                           "apt-get install --reinstall espeak-ng-data");
    espeak_SetSynthCallback(take_sound);
    status = load_voice();
    if (status == NASHRA_OK)
        engine.rate = (unsigned)rate;
    return status;
}

static int start_engine(void) {
    struct nashra_buffer path = {0};
    int status = engine.rate > 0 ? NASHRA_OK : start_in(tuned_voice(&path));
    nashra_buffer_finish(&path);
    return status;
}

static int load_english(struct espeak *espeak) {
    struct nashra_buffer path = {0};
    int found = find_data("en_dict", &path);
    if (found == 0)
        nashra_log(NASHRA_LOG_WARNING,
                   "eSpeak NG has no English (%s), so Latin words are spelt: apt-get install "
                   "espeak-ng-data",
                   path.data);
    nashra_buffer_finish(&path);
    return found > 0 ? NASHRA_OK : found < 0 ? found : nashra_letters_load(&espeak->letters);
}

static int initialise(struct espeak *espeak) {
    int status = start_engine();
    if (status < 0)
        return status;
    espeak->synth.rate = engine.rate;
    espeak->silence_count = (size_t)engine.rate * CHUNK_MS / 1000;
    espeak->silence = nashra_alloc_zeroed(espeak->silence_count, sizeof *espeak->silence);
    if (!espeak->silence)
        return NASHRA_ENOMEM;
    set_voice(&espeak->synth);
    status = nashra_contours_load(&espeak->contours);
    return status < 0 ? status : load_english(espeak);
}

/* All files that decide a sound: eSpeak's and our own. */
static int add_voice_data(uint64_t *sum) {
    static const char *const own[] = {"nashra.voice", "pauses.tsv", "contours.tsv", "latin-letters.tsv"};
    struct nashra_buffer path = {0};
    int status = NASHRA_OK;
    for (size_t i = 0; status >= 0 && i < sizeof voice_files / sizeof *voice_files; i++)
        if ((status = find_data(voice_files[i], &path)) > 0)
            status = nashra_checksum_file(path.data, sum);
    for (size_t i = 0; status >= 0 && i < sizeof own / sizeof *own; i++) {
        nashra_buffer_clear(&path);
        if ((status = nashra_data_path(own[i], &path)) >= 0)
            status = nashra_checksum_file(path.data, sum);
    }
    nashra_buffer_finish(&path);
    return status;
}

static int tell_name(struct nashra_synth *synth, char name[NASHRA_SYNTH_NAME]) {
    uint64_t sum = NASHRA_CHECKSUM_EMPTY;
    (void)synth;
    int status = add_voice_data(&sum);
    if (status < 0)
        return status;
    snprintf(name, NASHRA_SYNTH_NAME, "eSpeak NG %.40s, data %016llx", espeak_Info(NULL), (unsigned long long)sum);
    return NASHRA_OK;
}

static const struct nashra_synth_ops ops = {
    .set_voice = set_voice, .speak = speak, .tell_name = tell_name, .destroy = destroy};

int nashra_synth_espeak(const struct nashra_voice *voice, struct nashra_synth **synth) {
    *synth = NULL;
    struct espeak *espeak = nashra_alloc_zeroed(1, sizeof *espeak);
    if (!espeak)
        return NASHRA_ENOMEM;
    espeak->synth.ops = &ops;
    int status = nashra_voice_resolve(voice, &espeak->synth.voice);
    if (status == NASHRA_OK)
        status = nashra_pauses_load(&espeak->synth.pauses);
    if (status == NASHRA_OK && atomic_flag_test_and_set(&engine.in_use))
        status = nashra_fail(NASHRA_EUSAGE, "eSpeak NG speaks already: one synthesiser a process");
    if (status < 0) {
        nashra_free(espeak);
        return status;
    }
    status = initialise(espeak);
    if (status < 0) {
        destroy(&espeak->synth);
        return status;
    }
    *synth = &espeak->synth;
    return NASHRA_OK;
}
