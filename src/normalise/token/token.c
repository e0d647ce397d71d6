/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "token/token.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <nashra/utf8.h>

#include "room.h"

enum { HAMZA = 0x0621, ALIF = 0x0627, LAM = 0x0644, ALIF_MAKSURA = 0x0649, TA_MARBUTA = 0x0629 };

enum kind { KIND_SPACE, KIND_LETTER, KIND_MARK, KIND_DIGIT, KIND_LATIN, KIND_SCRIPT, KIND_SYMBOL };

/* The letters of Arabic itself, nearly all that there are. */
static bool is_common_letter(unsigned cp) {
    return (cp >= 0x0621 && cp <= 0x063A) || (cp >= 0x0641 && cp <= 0x064A);
}

static enum kind kind_of(unsigned cp) {
    if (is_common_letter(cp))
        return KIND_LETTER;
    if (cp < 0x80) {
        if (cp == ' ')
            return KIND_SPACE;
        if (cp >= '0' && cp <= '9')
            return KIND_DIGIT;
        return ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z') ? KIND_LATIN : KIND_SYMBOL;
    }
    if (nashra_is_arabic_letter(cp))
        return KIND_LETTER;
    if (nashra_is_arabic_mark(cp))
        return KIND_MARK;
    if (cp == 0x00A0)
        return KIND_SPACE;
    if (cp < 0x00C0 || (cp >= 0xFDFA && cp <= 0xFDFD) || !u_isalpha((UChar32)cp))
        return KIND_SYMBOL;
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript((UChar32)cp, &error) == USCRIPT_LATIN ? KIND_LATIN : KIND_SCRIPT;
}

static struct nashra_token *add(struct nashra_tokens *tokens) {
    struct nashra_token *items = nashra_make_room(tokens->items, tokens->count, &tokens->capacity, sizeof *items);
    if (items == NULL)
        return NULL;
    tokens->items = items;
    struct nashra_token *token = &tokens->items[tokens->count++];
    memset(token, 0, sizeof *token);
    return token;
}

/* An apostrophe inside a Latin word (O'Neill, l’Est) is no letter and parts nothing. */
static bool is_inner_apostrophe(const struct nashra_chars *chars, size_t at) {
    unsigned cp = chars->items[at].cp;
    return (cp == '\'' || cp == 0x2019) && at + 1 < chars->count && kind_of(chars->items[at + 1].cp) == KIND_LATIN;
}

/* منطقةالشعبية, إلىالقاهرة, علىفريق: ة ends a word, and so does ى before the article or, in a short word, before what
 * is longer than a pronoun. */
static bool ends_word(const struct nashra_chars *chars, size_t first, size_t next) {
    enum { SHORT = 3, LONGEST_PRONOUN = 3 };
    unsigned cp = chars->items[next - 1].cp;
    size_t rest = next;
    if ((cp != TA_MARBUTA && cp != ALIF_MAKSURA) || next < first + SHORT || !is_common_letter(chars->items[next].cp))
        return false;
    while (rest < chars->count && rest <= next + LONGEST_PRONOUN && is_common_letter(chars->items[rest].cp))
        rest++;
    bool longer = rest > next + LONGEST_PRONOUN;
    bool article = longer && chars->items[next].cp == ALIF && chars->items[next + 1].cp == LAM;
    bool preposition = longer && next == first + SHORT && chars->items[next].cp != HAMZA;
    return cp == TA_MARBUTA || article || preposition;
}

static size_t end_of_run(const struct nashra_chars *chars, size_t first, enum kind kind) {
    size_t last = first + 1;
    for (; last < chars->count; last++) {
        enum kind next = kind_of(chars->items[last].cp);
        bool inside = kind == KIND_SYMBOL ? chars->items[last].cp == chars->items[first].cp
                                          : next == kind || (kind == KIND_LETTER && next == KIND_MARK) ||
                                                (kind == KIND_LATIN && is_inner_apostrophe(chars, last));
        if (!inside || (kind == KIND_LETTER && ends_word(chars, first, last)))
            break;
    }
    return last;
}

static int write_text(const struct nashra_chars *chars, size_t first, size_t last, enum kind kind,
                      struct nashra_arena *arena, struct nashra_token *token) {
    char *text = nashra_arena_alloc(arena, 4 * (last - first) + 1);
    if (text == NULL)
        return NASHRA_ENOMEM;
    size_t length = 0;
    for (size_t i = first; i < last; i++)
        if (kind == KIND_SYMBOL || kind_of(chars->items[i].cp) == kind)
            length += nashra_utf8_encode(chars->items[i].cp, text + length);
    token->text = text;
    token->length = length;
    return 0;
}

struct marks {
    unsigned letter;
    unsigned shadda;
    unsigned vowels[4];
    size_t count;
};

static size_t flush_marks(struct marks *marks, char *out) {
    size_t length = 0;
    if (marks->letter != 0)
        length += nashra_utf8_encode(marks->letter, out);
    if (marks->shadda != 0)
        length += nashra_utf8_encode(NASHRA_SHADDA, out + length);
    for (size_t i = 0; i < marks->count; i++)
        length += nashra_utf8_encode(marks->vowels[i], out + length);
    *marks = (struct marks){0};
    return length;
}

static void take_mark(struct marks *marks, unsigned cp) {
    bool spoken = (cp >= NASHRA_FATHATAN && cp <= NASHRA_SUKUN) || cp == NASHRA_DAGGER_ALIF;
    if (cp == NASHRA_SHADDA)
        marks->shadda = 1;
    else if (spoken && marks->count < 4 && (marks->count == 0 || marks->vowels[marks->count - 1] != cp))
        marks->vowels[marks->count++] = cp;
}

static bool has_marks(const struct nashra_chars *chars, size_t first, size_t last) {
    for (size_t i = first; i < last; i++)
        if (!is_common_letter(chars->items[i].cp) && !nashra_is_arabic_letter(chars->items[i].cp))
            return true;
    return false;
}

/* The author's marks in the order that all of Nashra uses: shadda first, fathatan before its alif. */
static int write_marked(const struct nashra_chars *chars, size_t first, size_t last, struct nashra_arena *arena,
                        struct nashra_token *token) {
    char *out = nashra_arena_alloc(arena, 4 * (last - first) + 8);
    struct marks marks = {0};
    size_t length = 0;
    if (out == NULL)
        return NASHRA_ENOMEM;
    for (size_t i = first; i < last; i++) {
        unsigned cp = chars->items[i].cp;
        bool tanwin_after = (cp == ALIF || cp == ALIF_MAKSURA) && i + 1 < last && i > first &&
                            chars->items[i + 1].cp == NASHRA_FATHATAN;
        if (tanwin_after) {
            take_mark(&marks, NASHRA_FATHATAN);
            i++;
        }
        if (nashra_is_arabic_letter(cp)) {
            length += flush_marks(&marks, out + length);
            marks.letter = cp;
        } else {
            take_mark(&marks, cp);
        }
    }
    length += flush_marks(&marks, out + length);
    out[length] = '\0';
    token->marked = length > token->length ? out : NULL;
    return 0;
}

static int add_run(const struct nashra_chars *chars, size_t first, size_t last, enum kind kind, size_t base,
                   struct nashra_arena *arena, struct nashra_tokens *tokens) {
    static const enum nashra_token_kind kinds[] = {[KIND_LETTER] = NASHRA_TOKEN_WORD,
                                                   [KIND_DIGIT] = NASHRA_TOKEN_NUMBER,
                                                   [KIND_LATIN] = NASHRA_TOKEN_LATIN,
                                                   [KIND_SCRIPT] = NASHRA_TOKEN_SCRIPT,
                                                   [KIND_SYMBOL] = NASHRA_TOKEN_SYMBOL};
    struct nashra_token *token = add(tokens);
    if (token == NULL)
        return NASHRA_ENOMEM;
    token->kind = kinds[kind];
    token->cp = chars->items[first].cp;
    token->repeat = (unsigned)(last - first);
    token->stretched = chars->items[last - 1].stretched;
    token->span = (struct nashra_span){base + chars->items[first].from, base + chars->items[last - 1].to};
    size_t text_end = kind == KIND_SYMBOL ? first + 1 : last;
    int status = write_text(chars, first, text_end, kind, arena, token);
    if (status == 0 && kind == KIND_LETTER && has_marks(chars, first, last))
        status = write_marked(chars, first, last, arena, token);
    return status;
}

int nashra_tokenise(const struct nashra_chars *chars, size_t base, struct nashra_arena *arena,
                    struct nashra_tokens *tokens) {
    bool space = false, narrow = false;
    tokens->count = 0;
    for (size_t at = 0; at < chars->count;) {
        enum kind kind = kind_of(chars->items[at].cp);
        if (kind == KIND_SPACE || kind == KIND_MARK) {
            narrow = kind == KIND_SPACE && chars->items[at].cp == 0x00A0 && (narrow || !space);
            space = space || kind == KIND_SPACE;
            at++;
            continue;
        }
        size_t end = end_of_run(chars, at, kind);
        int status = add_run(chars, at, end, kind, base, arena, tokens);
        if (status < 0)
            return status;
        tokens->items[tokens->count - 1].space = space;
        tokens->items[tokens->count - 1].narrow = narrow;
        space = kind == KIND_LETTER && end < chars->count && kind_of(chars->items[end].cp) == KIND_LETTER;
        narrow = false;
        at = end;
    }
    return 0;
}

void nashra_tokens_finish(struct nashra_tokens *tokens) {
    nashra_free(tokens->items);
    memset(tokens, 0, sizeof *tokens);
}
