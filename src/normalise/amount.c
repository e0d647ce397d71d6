/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <nashra/utf8.h>

#include "number/letters.h"
#include "quantity.h"

enum { MOST_TOKENS_OF_A_UNIT = 5, SYMBOL_OF_UNIT = 6 /* bytes of the longest abbreviation */, KILO = 8, MILLI = 6 };

/* An abbreviation says the country as well; a sign or a code only where its name alone would mean another country's. */
bool nashra_currency_needs_country(const struct nashra_scan *scan, size_t at, const struct nashra_currency *currency) {
    char name[128];
    struct nashra_noun noun = nashra_currency_noun(currency, false);
    if (scan->tokens[at].kind == NASHRA_TOKEN_WORD)
        return true;
    if (noun.singular == NULL || strlen(noun.singular) >= sizeof name)
        return false;
    size_t length = nashra_strip_marks(noun.singular, strlen(noun.singular), name);
    return nashra_currency_find(scan->numbers, name, length, scan->region) != currency;
}

/* Units and currencies may be of several tokens (كم/س, م², ر.س, °م): the longest that is known counts. */
static int find_unit(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount) {
    for (size_t most = MOST_TOKENS_OF_A_UNIT; most > 0;) {
        size_t end;
        const char *text = nashra_scan_joined(scan, at, most, &end);
        if (text == NULL)
            return NASHRA_ENOMEM;
        size_t length = strlen(text);
        most = end - at - 1;
        bool glued_on = end < scan->count && !scan->tokens[end].space &&
                        (scan->tokens[end].kind == NASHRA_TOKEN_LATIN || scan->tokens[end].kind == NASHRA_TOKEN_NUMBER);
        bool stop = nashra_scan_is_symbol(scan, end - 1, '.') && (end == scan->count || end == at + 2);
        bool of_next = scan->tokens[at].kind == NASHRA_TOKEN_SYMBOL && scan->tokens[at].space &&
                       scan->tokens[at].cp == '$' && nashra_scan_is_number(scan, end); /* عام 2007 $ 40042 */
        if (glued_on || stop || of_next)
            continue;
        amount->unit = nashra_unit_find(scan->numbers, text, length);
        amount->currency =
            amount->unit == NULL ? nashra_currency_find(scan->numbers, text, length, scan->region) : NULL;
        if (amount->unit == NULL && amount->currency == NULL)
            continue;
        amount->last = end;
        amount->qualified = amount->currency != NULL && nashra_currency_needs_country(scan, at, amount->currency);
        return 1;
    }
    return 0;
}

/* بالمئة, والجيش: no counted noun. */
static bool has_joined_article(const struct nashra_token *token) {
    unsigned bits = 0;
    nashra_article_end(token->text, token->length, &bits);
    return (bits & NASHRA_PROCLITIC_ARTICLE) != 0 && bits != NASHRA_PROCLITIC_ARTICLE;
}

static bool is_verb(const struct nashra_token *token) {
    return token->lexeme != NULL && token->lexeme->governor >= NASHRA_GOVERNS_PASSIVE &&
           token->lexeme->governor <= NASHRA_GOVERNS_TRANSITIVE;
}

/* A word that only a noun can be, as far as the tables know. */
static bool may_be_noun(const struct nashra_token *token) {
    if (token->kind != NASHRA_TOKEN_WORD || token->prefix != NULL || token->length < 4 || has_joined_article(token) ||
        strchr(token->text, '.') != NULL)
        return false;
    const struct nashra_lexeme *lexeme = token->lexeme;
    if (lexeme == NULL)
        return true;
    bool joined = token->proclitics != 0;
    if ((token->proclitics & NASHRA_PROCLITIC_GENITIVE) != 0)
        return false; /* خليجي 17 بركلات الترجيح */
    const uint64_t countable = NASHRA_CUE_BIT(NASHRA_CUE_SPAN) | NASHRA_CUE_BIT(NASHRA_CUE_UNIT) |
                               NASHRA_CUE_BIT(NASHRA_CUE_ACTOR) | NASHRA_CUE_BIT(NASHRA_CUE_LABEL);
    bool listed = lexeme->governor != NASHRA_GOVERNS_NOTHING && lexeme->governor != NASHRA_GOVERNS_NOUN &&
                  lexeme->governor != NASHRA_GOVERNS_MEASURE && !is_verb(token);
    return !(listed && (lexeme->cues & countable) == 0) && !(joined && lexeme->governor != NASHRA_GOVERNS_NOTHING) &&
           lexeme->month == NULL;
}

/* 101 عداءة: an unknown noun in ة is a feminine that can be said again. */
static bool is_countable_guess(const struct nashra_amount *amount, const struct nashra_token *token) {
    enum { LETTER = 2, HUNDREDS = 3 };
    return amount->quantity.value.integer_length >= HUNDREDS && amount->quantity.value.fraction_length == 0 &&
           token->length > 3 * LETTER && nashra_ends_with(token->text, token->length, "ة");
}

static bool fits(const struct nashra_amount *amount, const struct nashra_token *token,
                 const struct nashra_noun_match *match) {
    if (match->article || (!match->noun.known && strncmp(token->text, "ال", 4) == 0))
        return false;
    switch (nashra_decimal_counted(&amount->quantity.value)) {
    case NASHRA_COUNTED_ONE:
    case NASHRA_COUNTED_TWO:
        return amount->quantity.scale_count != 0 || match->noun.known || is_countable_guess(amount, token);
    default:
        return true;
    }
}

/* كيلو جرام, ملي جرام: a unit's name in two words. */
static int find_split_unit(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount) {
    const uint64_t unit = NASHRA_CUE_BIT(NASHRA_CUE_UNIT);
    if ((nashra_scan_cues(scan, at) & nashra_scan_cues(scan, at + 1) & unit) == 0 ||
        (scan->tokens[at].length != KILO && scan->tokens[at].length != MILLI))
        return 0;
    const struct nashra_token *first = &scan->tokens[at], *second = &scan->tokens[at + 1];
    char *word = nashra_arena_alloc(scan->arena, first->length + second->length + 1);
    if (word == NULL)
        return NASHRA_ENOMEM;
    memcpy(word, first->text, first->length);
    memcpy(word + first->length, second->text, second->length);
    int status = nashra_noun_find(scan->numbers, scan->arena, word, first->length + second->length, &amount->noun);
    return status < 0 ? status : amount->noun.noun.known;
}

/* 150 ألفا ورجال الدين, نيكي 225 بنسبة 2%: an unknown noun that is a known one behind a clitic. */
static int is_joined_noun(const struct nashra_scan *scan, const struct nashra_token *token,
                          const struct nashra_noun_match *found) {
    enum { LETTER = 2 };
    struct nashra_noun_match match;
    unsigned bits = 0;
    bool clitic = nashra_conjunction_of(token->text, token->length, &bits) != 0 ||
                  nashra_preposition_of(token->text, token->length, &bits) != 0;
    bool verb = strncmp(token->text, "وت", 2 * LETTER) == 0 || strncmp(token->text, "وي", 2 * LETTER) == 0;
    if (found->noun.known || !clitic || verb)
        return !found->noun.known && verb; /* من 9 وتعطى النتيجة */
    int status = nashra_noun_find(scan->numbers, scan->arena, token->text + LETTER, token->length - LETTER, &match);
    return status < 0 ? status : match.noun.known;
}

/* في عام 1987 قدم فيلما: a verb, though قدم is a unit as well. */
static bool is_behind_year(const struct nashra_scan *scan, size_t at) {
    enum { YEAR_DIGITS = 4 };
    const uint64_t cues = NASHRA_CUE_BIT(NASHRA_CUE_YEAR) | NASHRA_CUE_BIT(NASHRA_CUE_MONTH);
    if (at < 2 || !nashra_scan_is_number(scan, at - 1) || scan->tokens[at - 1].length != YEAR_DIGITS)
        return false;
    const struct nashra_token *before = &scan->tokens[at - 2];
    bool in = before->kind == NASHRA_TOKEN_WORD && strcmp(before->text + before->stem, "في") == 0;
    return in || (nashra_scan_cues(scan, at - 2) & cues) != 0;
}

static int find_noun(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount) {
    const struct nashra_token *token = &scan->tokens[at];
    if (!may_be_noun(token))
        return 0;
    int status = nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &amount->noun);
    if (status < 0)
        return status;
    status = is_joined_noun(scan, token, &amount->noun);
    if (status != 0)
        return status < 0 ? status : 0;
    amount->kind = NASHRA_COUNTS_NOUN;
    bool unit = (nashra_scan_cues(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_UNIT)) != 0;
    if (is_verb(token) && (!unit || is_behind_year(scan, at)) && !nashra_amount_is_counted(amount))
        return 0; /* كتب is a verb, but not in 3 كتب */
    return fits(amount, token, &amount->noun) && !amount->noun.scale;
}

/* خمس من الدول, اثنتان من أكبر المدن: the noun after من gives the gender. */
static int find_partitive(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount) {
    if (!nashra_scan_is_word(scan, at, "من") || at + 1 >= scan->count)
        return 0;
    for (size_t i = at + 1; i <= at + 2 && i < scan->count && scan->tokens[i].kind == NASHRA_TOKEN_WORD; i++) {
        const struct nashra_token *token = &scan->tokens[i];
        int status = nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &amount->noun);
        if (status < 0)
            return status;
        if (amount->noun.article && amount->noun.noun.known && amount->noun.number == NASHRA_PLURAL)
            return 1;
    }
    return 0;
}

/* 20 جنية: a row of the table has the word, but it is no form of the currency's noun. */
static bool is_misspelt_name(const struct nashra_scan *scan, const struct nashra_token *token,
                             const struct nashra_currency *currency) {
    struct nashra_noun_match match;
    struct nashra_noun noun = nashra_currency_noun(currency, false);
    return nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 &&
           strcmp(match.noun.singular, noun.singular) != 0;
}

/* A currency that a word of the text names is a noun like any other, unless its minor unit has to be said. */
static void settle_named_currency(const struct nashra_scan *scan, struct nashra_amount *amount) {
    const struct nashra_token *token = &scan->tokens[amount->thing];
    amount->named = token->kind == NASHRA_TOKEN_WORD && strchr(token->text, '.') == NULL &&
                    amount->last == amount->thing + 1 && token->length > 4;
    if (!amount->named)
        return;
    if (is_misspelt_name(scan, token, amount->currency)) {
        amount->named = amount->qualified = false;
        return;
    }
    amount->qualified = false;
    if ((amount->quantity.shapes & (1u << NASHRA_SHAPE_FRACTION)) == 0 || amount->quantity.scale_count != 0)
        amount->kind = NASHRA_COUNTS_NOUN;
}

/* 45$ مليار دولار: the scale behind the sign, and the name that says it again. */
static void absorb_behind_sign(const struct nashra_scan *scan, struct nashra_amount *amount) {
    if (scan->tokens[amount->thing].kind != NASHRA_TOKEN_SYMBOL)
        return;
    struct nashra_quantity *quantity = &amount->quantity;
    const struct nashra_token *next = nashra_scan_token(scan, amount->last);
    while (next != NULL && next->kind == NASHRA_TOKEN_WORD && quantity->scale_count < NASHRA_MAX_SCALES) {
        unsigned scale = nashra_scale_find(scan->numbers, next->text, next->length);
        if (scale == 0)
            break;
        quantity->scales[quantity->scale_count++] = scale;
        next = nashra_scan_token(scan, ++amount->last);
    }
    if (next != NULL && next->kind == NASHRA_TOKEN_WORD && next->length > SYMBOL_OF_UNIT &&
        nashra_currency_find(scan->numbers, next->text, next->length, scan->region) == amount->currency)
        amount->last++;
}

/* More than the tanwin that shows its alif: such an author means the form. */
static bool is_marked_with_care(const struct nashra_token *token) {
    enum { MARK = 2 };
    return token->marked != NULL && strlen(token->marked) > token->length + MARK;
}

bool nashra_amount_is_unit_name(const struct nashra_scan *scan, const struct nashra_amount *amount) {
    if (amount->inflected)
        return true;
    return amount->kind == NASHRA_COUNTS_NOUN && !is_marked_with_care(&scan->tokens[amount->thing]) &&
           (nashra_scan_cues(scan, amount->thing) & NASHRA_CUE_BIT(NASHRA_CUE_UNIT)) != 0;
}

/* 250 كم مربع: the adjective agrees as well. */
static void take_adjective(const struct nashra_scan *scan, struct nashra_amount *amount) {
    bool square = nashra_scan_is_word(scan, amount->last, "مربع") || nashra_scan_is_word(scan, amount->last, "مربعا");
    bool cubic = nashra_scan_is_word(scan, amount->last, "مكعب") || nashra_scan_is_word(scan, amount->last, "مكعبا");
    bool name = amount->kind == NASHRA_COUNTS_NOUN && nashra_amount_is_unit_name(scan, amount);
    if ((!square && !cubic) || (amount->kind != NASHRA_COUNTS_UNIT && !name))
        return;
    if (amount->kind == NASHRA_COUNTS_UNIT)
        amount->noun.noun = nashra_unit_noun(amount->unit);
    amount->noun.noun.adjective = nashra_lexis_saying(scan->lexis, square ? NASHRA_SAY_SQUARE : NASHRA_SAY_CUBIC);
    amount->kind = NASHRA_COUNTS_NOUN;
    amount->inflected = true;
    amount->last++;
}

/* 34% في المئة: the sign once more, in words. */
static size_t words_of_percent(const struct nashra_scan *scan, size_t at) {
    bool two = nashra_scan_is_word(scan, at, "في") &&
               (nashra_scan_is_word(scan, at + 1, "المئة") || nashra_scan_is_word(scan, at + 1, "المائة"));
    bool one = nashra_scan_is_word(scan, at, "بالمئة") || nashra_scan_is_word(scan, at, "بالمائة");
    return two ? 2 : one;
}

static int find_thing(const struct nashra_scan *scan, size_t thing, struct nashra_amount *amount) {
    amount->kind = NASHRA_COUNTS_NOTHING;
    amount->thing = amount->last = thing;
    if (thing >= scan->count)
        return 0;
    if (nashra_scan_is_percent(scan, thing)) {
        amount->kind = NASHRA_COUNTS_PERCENT;
        amount->last = thing + 1;
        amount->last += words_of_percent(scan, amount->last);
        return 0;
    }
    int found = find_unit(scan, thing, amount);
    if (found < 0)
        return found;
    bool adjective_follows = found > 0 && amount->unit != NULL && nashra_unit_noun(amount->unit).adjective != NULL &&
                             amount->last == thing + 1 && scan->tokens[thing].kind == NASHRA_TOKEN_WORD &&
                             scan->tokens[thing].length > SYMBOL_OF_UNIT;
    if (found > 0 && !adjective_follows) {
        amount->kind = amount->unit != NULL ? NASHRA_COUNTS_UNIT : NASHRA_COUNTS_CURRENCY;
        if (amount->currency != NULL) {
            settle_named_currency(scan, amount);
            absorb_behind_sign(scan, amount);
        }
        if (amount->kind != NASHRA_COUNTS_NOUN)
            return 0;
    }
    int status = find_split_unit(scan, thing, amount);
    amount->last = thing + 2;
    if (status == 0) {
        status = find_noun(scan, thing, amount);
        amount->last = thing + 1;
    }
    if (status > 0) {
        amount->kind = NASHRA_COUNTS_NOUN;
        return 0;
    }
    amount->kind = NASHRA_COUNTS_NOTHING;
    amount->last = thing;
    if (status == 0)
        status = find_partitive(scan, thing, amount);
    if (status > 0)
        amount->kind = NASHRA_COUNTS_OF;
    return status < 0 ? status : 0;
}

/* 229 ألفا: the accusative's alif shows that nothing follows; مليونا after 2 is a dual. */
static bool is_closed_by_alif(const struct nashra_scan *scan, const struct nashra_quantity *quantity) {
    unsigned long long value;
    if (quantity->scale_count == 0 || (nashra_decimal_value(&quantity->value, &value) && value == 2))
        return false;
    const struct nashra_token *scale = &scan->tokens[quantity->last - 1];
    return scale->length > 2 && nashra_ends_with(scale->text, scale->length, "ا");
}

/* 2 طائرة مسيرة: a participle or a nisba in the feminine, which agrees with its noun. */
static void take_adjective_of_pair(const struct nashra_scan *scan, struct nashra_amount *amount) {
    enum { LETTER = 2, SHORTEST = 5 * LETTER };
    unsigned long long value;
    const struct nashra_token *token = nashra_scan_token(scan, amount->last);
    if (amount->kind != NASHRA_COUNTS_NOUN || amount->noun.number != NASHRA_SINGULAR ||
        amount->noun.noun.gender != NASHRA_FEMININE || amount->quantity.scale_count != 0 || token == NULL ||
        !nashra_decimal_value(&amount->quantity.value, &value) || value != 2)
        return;
    bool feminine = token->kind == NASHRA_TOKEN_WORD && token->length >= SHORTEST && token->lexeme == NULL &&
                    token->marked == NULL && nashra_ends_with(token->text, token->length, "ة");
    if (!feminine || (strncmp(token->text, "م", LETTER) != 0 && !nashra_ends_with(token->text, token->length, "ية")))
        return;
    amount->adjective = true;
    amount->last++;
}

/* Does an adjective of origin follow (كندي, كنديا, كندية)? The bytes of its masculine, else 0. */
static size_t masculine_of_nisba(const struct nashra_token *token) {
    enum { LETTER = 2, SHORTEST = 4 * LETTER };
    unsigned bits = 0;
    if (token == NULL || token->kind != NASHRA_TOKEN_WORD || token->marked != NULL || token->lexeme != NULL ||
        nashra_article_end(token->text, token->length, &bits) != 0)
        return 0;
    size_t length = token->length;
    const char *last = token->text + length - LETTER;
    if (length > SHORTEST && (strcmp(last, "ا") == 0 || strcmp(last, "ة") == 0))
        length -= LETTER;
    bool nisba = length >= SHORTEST && memcmp(token->text + length - LETTER, "ي", LETTER) == 0;
    return nisba ? length : 0;
}

/* 15001 جنيه إسترليني: where the noun is said anew, its nisba goes with it. */
static void take_nisba_of_currency(const struct nashra_scan *scan, struct nashra_amount *amount) {
    enum nashra_counted counted = nashra_decimal_counted(&amount->quantity.value);
    if (amount->kind != NASHRA_COUNTS_NOUN || !amount->named || amount->quantity.scale_count != 0 ||
        amount->adjective || (counted != NASHRA_COUNTED_ONE && counted != NASHRA_COUNTED_TWO) ||
        masculine_of_nisba(nashra_scan_token(scan, amount->last)) == 0)
        return;
    amount->adjective = true;
    amount->last++;
}

/* 1.60 دولار كندي: the adjective stands with the major unit. */
static int take_nisba_of_major(const struct nashra_scan *scan, struct nashra_amount *amount) {
    const struct nashra_token *token = nashra_scan_token(scan, amount->last);
    size_t length = masculine_of_nisba(token);
    if (amount->kind != NASHRA_COUNTS_CURRENCY || scan->tokens[amount->thing].kind != NASHRA_TOKEN_WORD || length == 0)
        return 0;
    amount->nisba = nashra_arena_copy(scan->arena, token->text, length);
    amount->last++;
    return amount->nisba != NULL ? 0 : NASHRA_ENOMEM;
}

/* Litres and kilogrammes are of something; a kilometre or an hour may be followed by any adverb. */
static bool is_measure_of_stuff(const struct nashra_scan *scan, const struct nashra_amount *amount) {
    const uint64_t others =
        NASHRA_CUE_BIT(NASHRA_CUE_DISTANCE) | NASHRA_CUE_BIT(NASHRA_CUE_SPAN) | NASHRA_CUE_BIT(NASHRA_CUE_TEMPERATURE);
    char bare[64];
    const char *name = amount->noun.noun.singular;
    if (amount->kind == NASHRA_COUNTS_UNIT) {
        struct nashra_noun noun = nashra_unit_noun(amount->unit);
        name = noun.adjective == NULL && noun.tail == NULL ? noun.singular : NULL;
    } else if (amount->kind != NASHRA_COUNTS_NOUN || !amount->inflected || amount->named) {
        name = NULL;
    }
    if (name == NULL || strlen(name) >= sizeof bare)
        return false;
    const struct nashra_lexeme *lexeme =
        nashra_lexis_word(scan->lexis, bare, nashra_strip_marks(name, strlen(name), bare));
    return lexeme != NULL && (lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_UNIT)) != 0 && (lexeme->cues & others) == 0;
}

/* 1 لتر حليب, 2 كيلو سكر: one and two stand behind the unit, and what it measures belongs to it. */
static int take_measured(const struct nashra_scan *scan, struct nashra_amount *amount) {
    enum { LETTER = 2 };
    struct nashra_noun_match match;
    unsigned long long value;
    unsigned bits = 0;
    const struct nashra_token *token = nashra_scan_token(scan, amount->last);
    bool few = amount->quantity.scale_count == 0 && nashra_decimal_value(&amount->quantity.value, &value) &&
               (value == 1 || value == 2);
    if (!few || token == NULL || token->kind != NASHRA_TOKEN_WORD || token->lexeme != NULL || token->marked != NULL ||
        token->prefix != NULL || token->length <= LETTER ||
        nashra_article_end(token->text, token->length, &bits) != 0 || !is_measure_of_stuff(scan, amount))
        return 0;
    int status = nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match);
    bool nisba = nashra_ends_with(token->text, token->length, "ي");
    if (status < 0 || !match.noun.known || match.number != NASHRA_SINGULAR || match.accusative_alif || nisba)
        return status;
    amount->measured = amount->last++;
    return 0;
}

int nashra_amount_find_thing(const struct nashra_scan *scan, size_t thing, struct nashra_amount *amount) {
    int status = find_thing(scan, thing, amount);
    amount->inflected = amount->adjective = false;
    amount->measured = 0;
    amount->nisba = NULL;
    if (status == 0) {
        amount->inflected = nashra_amount_is_unit_name(scan, amount);
        take_adjective(scan, amount);
        take_adjective_of_pair(scan, amount);
        take_nisba_of_currency(scan, amount);
        status = take_nisba_of_major(scan, amount);
        if (status == 0)
            status = take_measured(scan, amount);
    }
    return status;
}

bool nashra_amount_at(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount, int *status) {
    memset(amount, 0, sizeof *amount);
    amount->first = at;
    if (!nashra_quantity_at(scan, at, &amount->quantity, status))
        return false;
    if (is_closed_by_alif(scan, &amount->quantity)) {
        amount->thing = amount->last = amount->quantity.last;
        return true;
    }
    *status = nashra_amount_find_thing(scan, amount->quantity.last, amount);
    return *status == 0;
}

bool nashra_amount_is_counted(const struct nashra_amount *amount) {
    if (amount->kind != NASHRA_COUNTS_NOUN || !amount->noun.noun.known)
        return false;
    switch (nashra_decimal_counted(&amount->quantity.value)) {
    case NASHRA_COUNTED_PLURAL:
        return amount->noun.number == NASHRA_PLURAL;
    case NASHRA_COUNTED_SINGULAR_ACCUSATIVE:
        return amount->noun.accusative_alif;
    default:
        return false;
    }
}

enum nashra_gender nashra_amount_gender(const struct nashra_amount *amount) {
    if (amount->quantity.scale_count != 0 && amount->quantity.value.fraction_length == 0)
        return NASHRA_MASCULINE; /* but 133.056 ألف نسمة ends in units: ستا وخمسين */
    switch (amount->kind) {
    case NASHRA_COUNTS_NOUN:
    case NASHRA_COUNTS_OF:
        return amount->noun.noun.gender;
    case NASHRA_COUNTS_UNIT:
        return nashra_unit_noun(amount->unit).gender;
    case NASHRA_COUNTS_CURRENCY:
        return nashra_currency_noun(amount->currency, amount->qualified).gender;
    default:
        return NASHRA_MASCULINE;
    }
}
