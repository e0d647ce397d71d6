/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/inflect.h"

#include "number/letters.h"
#include "number/phrase.h"

/* Letters after which ء keeps its own seat when a tanwin's alif follows: they don't join to the left. */
static const char NOT_JOINING[] = "اآأإدذرزوؤة";

/* What is added to the stem, by state (indefinite, definite, construct) and case (nominative, accusative, genitive). */
static const char *const ENDINGS[NASHRA_DECLENSION_COUNT][3][3] = {
    [NASHRA_TRIPTOTE] = {{"ٌ", "ًا", "ٍ"}, {"ُ", "َ", "ِ"}, {"ُ", "َ", "ِ"}},
    [NASHRA_TRIPTOTE_NO_ALIF] = {{"ٌ", "ً", "ٍ"}, {"ُ", "َ", "ِ"}, {"ُ", "َ", "ِ"}},
    [NASHRA_TRIPTOTE_HAMZA] = {{"ءٌ", "ئًا", "ءٍ"}, {"ءُ", "ءَ", "ءِ"}, {"ءُ", "ءَ", "ءِ"}},
    [NASHRA_DIPTOTE] = {{"ُ", "َ", "َ"}, {"ُ", "َ", "ِ"}, {"ُ", "َ", "ِ"}},
    [NASHRA_SOUND_FEMININE] = {{"ٌ", "ٍ", "ٍ"}, {"ُ", "ِ", "ِ"}, {"ُ", "ِ", "ِ"}},
    [NASHRA_SOUND_MASCULINE] = {{"ُونَ", "ِينَ", "ِينَ"}, {"ُونَ", "ِينَ", "ِينَ"}, {"ُو", "ِي", "ِي"}},
    [NASHRA_SOUND_MASCULINE_ALIF] = {{"َوْنَ", "َيْنَ", "َيْنَ"}, {"َوْنَ", "َيْنَ", "َيْنَ"}, {"َوْ", "َيْ", "َيْ"}},
    [NASHRA_DUAL_ENDING] = {{"َانِ", "َيْنِ", "َيْنِ"}, {"َانِ", "َيْنِ", "َيْنِ"}, {"َا", "َيْ", "َيْ"}},
    [NASHRA_DUAL_ENDING_HAMZA] = {{"آنِ", "أَيْنِ", "أَيْنِ"}, {"آنِ", "أَيْنِ", "أَيْنِ"}, {"آ", "أَيْ", "أَيْ"}},
    [NASHRA_DEFECTIVE] = {{"ٍ", "ِيًا", "ٍ"}, {"ِي", "ِيَ", "ِي"}, {"ِي", "ِيَ", "ِي"}},
    [NASHRA_DEFECTIVE_DIPTOTE] = {{"ٍ", "ِيَ", "ٍ"}, {"ِي", "ِيَ", "ِي"}, {"ِي", "ِيَ", "ِي"}},
    [NASHRA_SHORTENED_YA] = {{"ًى", "ًى", "ًى"}, {"َى", "َى", "َى"}, {"َى", "َى", "َى"}},
    [NASHRA_SHORTENED_ALIF] = {{"ًا", "ًا", "ًا"}, {"َا", "َا", "َا"}, {"َا", "َا", "َا"}},
    [NASHRA_INVARIABLE] = {{"", "", ""}, {"", "", ""}, {"", "", ""}},
};

/* The last letter of `text`, its marks skipped; NULL when there is none. */
static const char *last_letter(const char *text, size_t length) {
    while (length >= 2 && nashra_mark_at(text + length - 2))
        length -= 2;
    return length >= 2 ? text + length - 2 : NULL;
}

/* A dictionary form and what is cut off it to get the stem. */
struct citation {
    const char *text;
    size_t length;
    size_t cut;
};

static bool take(struct citation *citation, const char *ending, const char *cut) {
    if (!nashra_ends_with(citation->text, citation->length, ending))
        return false;
    citation->cut = strlen(cut);
    return true;
}

/* أَفْعَالٌ of a root that ends in ت (أَصْوَاتٌ of صَوْتٌ): no ending -āt, unlike أَخَوَاتٌ. */
static bool radical_t(const struct citation *citation, const char *singular) {
    const char *letter = singular ? last_letter(singular, strlen(singular)) : NULL;
    return letter && nashra_letter_in(letter, "ت") && citation->length > 8 &&
           nashra_starts_with(citation->text, citation->length, "أَ") &&
           memcmp(citation->text + 6, NASHRA_SUKUN_UTF8, 2) == 0;
}

static enum nashra_declension classify_hamza(struct citation *citation) {
    const char *letter = last_letter(citation->text, citation->length - 4);
    if (!letter || nashra_letter_in(letter, NOT_JOINING)) {
        citation->cut = 2;
        return letter && nashra_letter_in(letter, "ا") ? NASHRA_TRIPTOTE_NO_ALIF : NASHRA_TRIPTOTE;
    }
    citation->cut = 4;
    return NASHRA_TRIPTOTE_HAMZA;
}

static enum nashra_declension classify_marked(struct citation *c, bool plural, const char *singular) {
    if (take(c, "ُونَ", "ُونَ"))
        return NASHRA_SOUND_MASCULINE;
    if (take(c, "َوْنَ", "َوْنَ"))
        return NASHRA_SOUND_MASCULINE_ALIF;
    if (take(c, "َانِ", "َانِ"))
        return NASHRA_DUAL_ENDING;
    if (take(c, "آنِ", "آنِ"))
        return NASHRA_DUAL_ENDING_HAMZA;
    if (plural && (take(c, "اتٌ", "ٌ") || take(c, "آتٌ", "ٌ")) && !radical_t(c, singular))
        return NASHRA_SOUND_FEMININE;
    if (take(c, "ٍ", "ٍ"))
        return plural ? NASHRA_DEFECTIVE_DIPTOTE : NASHRA_DEFECTIVE;
    if (take(c, "ًى", "ًى"))
        return NASHRA_SHORTENED_YA;
    if (take(c, "ًا", "ًا"))
        return NASHRA_SHORTENED_ALIF;
    if (take(c, "ةٌ", "ٌ") || take(c, "أٌ", "ٌ"))
        return NASHRA_TRIPTOTE_NO_ALIF;
    if (nashra_ends_with(c->text, c->length, "ءٌ"))
        return classify_hamza(c);
    if (take(c, "ٌ", "ٌ"))
        return NASHRA_TRIPTOTE;
    if (take(c, "ُ", "ُ"))
        return NASHRA_DIPTOTE;
    return NASHRA_INVARIABLE;
}

/* Without marks only the letters tell, and a broken plural may be a diptote: then no ending is claimed. */
static enum nashra_declension classify_unmarked(struct citation *c, bool plural) {
    if (plural && take(c, "ون", "ون"))
        return NASHRA_SOUND_MASCULINE;
    if (plural && take(c, "ات", ""))
        return NASHRA_SOUND_FEMININE;
    if (take(c, "ة", "") || take(c, "أ", ""))
        return NASHRA_TRIPTOTE_NO_ALIF;
    const char *letter = last_letter(c->text, c->length);
    if (plural || !letter || nashra_letter_in(letter, "ءاىويآ") || (unsigned char)letter[0] < 0xD8)
        return NASHRA_INVARIABLE;
    return NASHRA_TRIPTOTE;
}

static bool has_marks(const char *text, size_t length) {
    for (size_t at = 0; at + 2 <= length; at++)
        if (nashra_mark_at(text + at))
            return true;
    return false;
}

bool nashra_stem_parse(struct nashra_arena *arena, const char *citation, bool plural, const char *singular,
                       struct nashra_stem *stem) {
    struct citation parsed = {citation, strlen(citation), 0};
    stem->vowelled = has_marks(citation, parsed.length);
    stem->declension = stem->vowelled ? classify_marked(&parsed, plural, singular) : classify_unmarked(&parsed, plural);
    if (stem->declension == NASHRA_INVARIABLE)
        parsed.cut = 0;
    stem->marked = citation;
    stem->marked_length = parsed.length - parsed.cut;
    char *bare = nashra_arena_alloc(arena, stem->marked_length + 1);
    if (!bare)
        return false;
    stem->bare_length = nashra_strip_harakat(citation, stem->marked_length, bare);
    stem->bare = bare;
    return true;
}

/* ---- the dual ---- */

static const struct {
    const char *ending, *dual;
} DUALS[] = {
    {"ةٌ", "تَانِ"}, {"ةُ", "تَانِ"}, {"ة", "تَانِ"}, {"اءُ", "اوَانِ"}, {"اءٌ", "اءَانِ"}, {"أٌ", "آنِ"}, {"أ", "آنِ"}, {"ًى", "َيَانِ"},
    {"َى", "َيَانِ"}, {"ى", "يَانِ"}, {"ًا", "َوَانِ"}, {"ا", "تَانِ"},   {"ٍ", "ِيَانِ"},    {"ٌ", "َانِ"},  {"ُ", "َانِ"},
};

static bool joins_hamza(const char *singular, size_t length) {
    if (!nashra_ends_with(singular, length, "ءٌ"))
        return false;
    const char *letter = last_letter(singular, length - 4);
    return letter && !nashra_letter_in(letter, NOT_JOINING);
}

const char *nashra_dual_of(struct nashra_arena *arena, const char *singular) {
    size_t length = strlen(singular), keep = length;
    const char *ending = "َانِ";
    if (joins_hamza(singular, length)) {
        keep = length - 4;
        ending = "ئَانِ";
    } else {
        for (size_t i = 0; i < sizeof DUALS / sizeof *DUALS; i++)
            if (nashra_ends_with(singular, length, DUALS[i].ending)) {
                keep = length - strlen(DUALS[i].ending);
                ending = DUALS[i].dual;
                break;
            }
    }
    char *dual = nashra_arena_alloc(arena, keep + strlen(ending) + 1);
    if (!dual)
        return NULL;
    memcpy(dual, singular, keep);
    memcpy(dual + keep, ending, strlen(ending));
    return dual;
}

/* ---- a form as a word of a phrase ---- */

static char *append_bytes(char *out, const char *text, size_t length) {
    memcpy(out, text, length);
    return out + length;
}

/* The article before a vowelled stem: its lam is bare before a sun letter, which it doubles, has a helping kasra
 * before the alif of wasl, and sukun elsewhere. */
static char *append_definite(char *out, const struct nashra_stem *stem) {
    const char *rest = stem->marked;
    size_t length = stem->marked_length;
    out = append_bytes(out, "ال", 4);
    if (stem->vowelled && length >= 2) {
        if (nashra_letter_in(rest, NASHRA_SUN_LETTERS)) {
            out = append_bytes(out, rest, 2);
            rest += 2;
            length -= 2;
            out = append_bytes(out, NASHRA_SHADDA_UTF8, 2);
        } else {
            out = append_bytes(out, nashra_letter_in(rest, "ا") ? NASHRA_KASRA_UTF8 : NASHRA_SUKUN_UTF8, 2);
        }
    }
    return append_bytes(out, rest, length);
}

static char *append_bare(char *out, const char *ending) {
    for (; *ending; ending += 2)
        if (!nashra_mark_at(ending))
            out = append_bytes(out, ending, 2);
    return out;
}

int nashra_phrase_form(struct nashra_phrase *phrase, const struct nashra_stem *stem,
                       const struct nashra_inflection *inflection) {
    enum { AFFIXES = 48 }; /* more than و, the article with its marks and the longest ending take */
    const char *ending = ENDINGS[stem->declension][inflection->state][inflection->grammatical_case];
    char *marked = nashra_arena_alloc(phrase->arena, stem->marked_length + stem->bare_length + 2 * AFFIXES);
    if (!marked)
        return NASHRA_ENOMEM;
    bool article = inflection->article || inflection->state == NASHRA_STATE_DEFINITE;
    char *out = marked;
    if (inflection->joined)
        out = append_bytes(out, "وَ", 4);
    out = article ? append_definite(out, stem) : append_bytes(out, stem->marked, stem->marked_length);
    out = append_bytes(out, ending, strlen(ending));
    *out++ = '\0';
    const char *bare = out;
    if (inflection->joined)
        out = append_bytes(out, "و", 2);
    if (article)
        out = append_bytes(out, "ال", 4);
    out = append_bytes(out, stem->bare, stem->bare_length);
    append_bare(out, ending);
    unsigned flags = inflection->flags;
    if (inflection->state == NASHRA_STATE_CONSTRUCT)
        flags |= NASHRA_SPOKEN_CONSTRUCT;
    if (article)
        flags |= NASHRA_SPOKEN_ARTICLE;
    if (!stem->vowelled)
        flags |= NASHRA_SPOKEN_PARTIAL;
    return nashra_phrase_add(phrase, bare, marked, flags);
}
