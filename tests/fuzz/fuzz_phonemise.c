/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as words: between spaces, with flags, pause, confidence and given phonemes chosen by the first bytes. What
 * comes out must be phonemes of the inventory. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/phonemise.h>
#include <nashra/utf8.h>

enum { MAX_WORDS = 64 };

static struct nashra_phonemiser *phonemisers[3];

static void check(const struct nashra_phonemiser *phonemiser, const struct nashra_sentence *sentence) {
    struct nashra_buffer ipa = {0};
    for (size_t i = 0; i < sentence->count; i++)
        if (!sentence->words[i].phonemes ||
            nashra_phonemes_to_ipa(phonemiser, sentence->words[i].phonemes, &ipa) != NASHRA_OK)
            abort();
    nashra_buffer_finish(&ipa);
}

static void add_word(struct nashra_sentence *sentence, const char *bytes, size_t length, uint8_t knobs) {
    struct nashra_word *word = &sentence->words[sentence->count++];
    char *bare = nashra_arena_alloc(sentence->arena, length + 1);
    if (!bare)
        abort();
    nashra_strip_marks(bytes, length, bare);
    word->text = bare;
    word->marked = knobs & 1 ? NULL : nashra_arena_copy(sentence->arena, bytes, length);
    word->phonemes = knobs & 128 ? word->marked : NULL;
    word->pause = knobs & 2 ? (enum nashra_pause)(knobs % 8) : NASHRA_PAUSE_NONE;
    word->cls = knobs & 4 ? (enum nashra_class)(knobs % NASHRA_CLASS_COUNT) : NASHRA_CLASS_WORD;
    word->flags = knobs & 8 ? knobs : 0;
    word->ending_confidence = (float)(knobs >> 4) / 15.0f;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    for (int i = 0; i < 3; i++)
        if (!phonemisers[i] && nashra_phonemiser_create((enum nashra_endings)i, &phonemisers[i]) < 0)
            abort();
    if (size < 2)
        return 0;
    struct nashra_word words[MAX_WORDS] = {0};
    struct nashra_sentence sentence = {.words = words, .arena = nashra_arena_create()};
    const char *text = (const char *)data + 1;
    uint8_t knobs = data[0];
    for (size_t i = 0; i < size - 1 && sentence.count < MAX_WORDS;) {
        size_t length = 0;
        while (i + length < size - 1 && text[i + length] != ' ' && text[i + length] != '\0')
            length++;
        add_word(&sentence, text + i, length, knobs);
        knobs = (uint8_t)(knobs * 5 + (length > 0 ? data[i + length] : 1));
        i += length + 1;
    }
    if (nashra_phonemise(phonemisers[data[0] % 3], &sentence) != NASHRA_OK)
        abort();
    check(phonemisers[data[0] % 3], &sentence);
    nashra_arena_destroy(sentence.arena);
    return 0;
}
