/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any Latin word and any row of valid phonemes through eSpeak NG: no crash, and a mark for each word, in order.
 *
 * The input is a word a line. L: a Latin word, the line as it is. Any other letter: each byte after it is a phoneme.
 * The letter's place in the alphabet is the pause after the word. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/synth.h>
#include <nashra/utf8.h>

enum { MAX_WORDS = 32, MAX_BYTES = 1024, NAME_BYTES = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const phonemes[] = {"?", "b",  "t",  "T",  "dZ", "H", "X",  "d",  "D",  "R",   "z",   "s",
                                       "S", "s[", "dH", "t[", "Z",  "A", "Q",  "f",  "q",  "k",   "l",   "L",
                                       "m", "n",  "h",  "w",  "j",  "p", "v",  "g",  "tS", "ss[", "a",   "i",
                                       "u", "a.", "i.", "u.", "e",  "o", "a:", "i:", "u:", "'a",  "'i:", ":"};

struct heard {
    size_t words;
    uint64_t frames, last;
};

static int hear(const struct nashra_sound *chunk, void *user) {
    struct heard *heard = user;
    for (size_t i = 0; i < chunk->mark_count; i++) {
        uint64_t at = heard->frames + chunk->marks[i].frame;
        if (chunk->marks[i].word != heard->words++ || chunk->marks[i].frame > chunk->count || at < heard->last)
            abort();
        heard->last = at;
    }
    heard->frames += chunk->count;
    return heard->frames > 60 * 22050; /* stopping is part of the game */
}

static struct nashra_word make_word(const char *line, size_t length, char *text) {
    struct nashra_word word = {.text = text, .pause = (enum nashra_pause)((unsigned char)line[0] % 8)};
    if (line[0] == 'L') {
        memcpy(text, line + 1, length - 1);
        text[length - 1] = '\0';
        word.cls = NASHRA_CLASS_LATIN;
        return word;
    }
    word.phonemes = text;
    *text = '\0';
    for (size_t i = 1; i < length; i++) {
        const char *name = phonemes[(unsigned char)line[i] % (sizeof phonemes / sizeof *phonemes)];
        text += strlen(strcpy(text, name));
    }
    return word;
}

static size_t make_words(const char *data, size_t size, struct nashra_word *words, char *text) {
    size_t count = 0;
    while (size > 0 && count < MAX_WORDS) {
        const char *end = memchr(data, '\n', size);
        size_t length = end ? (size_t)(end - data) : size;
        if (length > 0) {
            words[count++] = make_word(data, length, text);
            text += NAME_BYTES * length + 1;
        }
        data += length + (end != NULL);
        size -= length + (end != NULL);
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct nashra_synth *synth; /* eSpeak NG is started once a process */
    nashra_log_set_level(NASHRA_LOG_ERROR);
    if (!synth && nashra_synth_espeak(&(struct nashra_voice){.rate = 449}, &synth) < 0)
        abort();
    if (size > MAX_BYTES || nashra_utf8_valid_prefix((const char *)data, size) < size || memchr(data, 0, size))
        return 0; /* an article's text is well-formed */
    struct nashra_word words[MAX_WORDS];
    char text[NAME_BYTES * MAX_BYTES + MAX_BYTES + 1];
    struct nashra_sentence sentence = {.kind = NASHRA_TEXT, .words = words};
    sentence.count = make_words((const char *)data, size, words, text);
    struct heard heard = {0};
    int status = nashra_synth_speak(synth, &sentence, hear, &heard);
    if (status != NASHRA_OK && status != NASHRA_STOPPED)
        abort();
    if (status == NASHRA_OK && heard.words != sentence.count)
        abort();
    return 0;
}
