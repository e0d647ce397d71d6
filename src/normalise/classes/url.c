/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of the web and of mail, hashtags, mentions. */
#include <string.h>

#include "classes/classes.h"
#include "classes/latin.h"
#include "quantity.h"

enum { MOST_TOKENS = 64, LONGEST_CARDINAL = 4 };

static bool is_address_sign(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    return token->kind == NASHRA_TOKEN_SYMBOL && token->cp < 0x80 && strchr("./:@-_?=&%#~+", (int)token->cp) != NULL;
}

/* The run of Latin letters, digits and signs that nothing parts; a sign at its end belongs to the sentence. */
static size_t end_of_run(const struct nashra_scan *scan, size_t at) {
    size_t i = at, last = at;
    while (i < scan->count && i < at + MOST_TOKENS && (i == at || !scan->tokens[i].space)) {
        bool letters = scan->tokens[i].kind == NASHRA_TOKEN_LATIN || scan->tokens[i].kind == NASHRA_TOKEN_NUMBER;
        if (!letters && !is_address_sign(scan, i))
            break;
        i++;
        if (letters || scan->tokens[i - 1].cp == '/')
            last = i;
    }
    return last;
}

/* .com and its like are words of latin-words.tsv, the domains of countries have two small letters. */
static bool is_domain_end(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    bool country = token->length == 2 && token->text[0] >= 'a' && token->text[1] >= 'a';
    return country || nashra_lexis_latin(scan->lexis, token->text, token->length) != NULL;
}

struct address {
    bool scheme;
    bool at;
    bool domain;
};

static struct address look(const struct nashra_scan *scan, size_t first, size_t last) {
    struct address address = {0};
    for (size_t i = first; i < last; i++) {
        const struct nashra_token *token = &scan->tokens[i];
        address.at = address.at || (token->cp == '@' && token->kind == NASHRA_TOKEN_SYMBOL && i > first);
        address.scheme = address.scheme || strcmp(token->text, "www") == 0 ||
                         (token->cp == '/' && token->kind == NASHRA_TOKEN_SYMBOL && token->repeat == 2 && i > first);
        address.domain = address.domain || (i > first + 1 && token->kind == NASHRA_TOKEN_LATIN &&
                                            nashra_scan_is_symbol(scan, i - 1, '.') && is_domain_end(scan, i));
    }
    return address;
}

int nashra_match_url(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    size_t last = end_of_run(scan, at);
    if (last < at + 3)
        return 0;
    struct address address = look(scan, at, last);
    if (!address.scheme && !address.at && !address.domain)
        return 0;
    reading->cls = address.at && !address.scheme ? NASHRA_CLASS_EMAIL : NASHRA_CLASS_URL;
    reading->first = at;
    reading->last = last;
    return 1;
}

static int say_sign(struct nashra_scan *scan, const struct nashra_token *token) {
    const struct nashra_symbol *symbol = nashra_lexis_symbol(scan->lexis, token->text, token->length);
    switch (token->cp) {
    case '.':
        return nashra_scan_say(scan, NASHRA_SAY_POINT);
    case '-':
        return nashra_scan_say(scan, NASHRA_SAY_DASH);
    case '/':
        return nashra_scan_say(scan, NASHRA_SAY_SLASH);
    case '_':
        return nashra_scan_say(scan, NASHRA_SAY_UNDERSCORE);
    case ':':
        return 0; /* of http:// */
    default:
        return symbol != NULL && symbol->name != NULL ? nashra_scan_words(scan, symbol->name)
                                                      : nashra_scan_say(scan, NASHRA_SAY_SYMBOL);
    }
}

static int say_digits(struct nashra_scan *scan, const struct nashra_token *token) {
    struct nashra_decimal value;
    if (token->length > LONGEST_CARDINAL || token->text[0] == '0')
        return nashra_phrase_digits(scan->numbers, &scan->phrase, token->text, token->length);
    int status = nashra_decimal_make(scan->arena, token->text, token->length, NULL, 0, &value);
    return status < 0 ? status
                      : nashra_phrase_cardinal(scan->numbers, &scan->phrase, &value, (struct nashra_stance){0});
}

int nashra_speak_url(struct nashra_scan *scan, const struct nashra_reading *reading) {
    int status = 0;
    for (size_t i = reading->first; i < reading->last && status == 0; i++) {
        const struct nashra_token *token = &scan->tokens[i];
        const char *known =
            token->kind == NASHRA_TOKEN_LATIN ? nashra_latin_reading(scan, token->text, token->length) : NULL;
        if (token->kind == NASHRA_TOKEN_SYMBOL)
            status = say_sign(scan, token);
        else if (token->kind == NASHRA_TOKEN_NUMBER)
            status = say_digits(scan, token);
        else if (known != NULL)
            status = nashra_scan_words(scan, known);
        else
            status = nashra_scan_spell(scan, token->text, token->length);
    }
    return status;
}

/* ---- #وسم_من_كلمات, @name ---- */

static bool is_tag_word(const struct nashra_scan *scan, size_t at) {
    return at < scan->count && !scan->tokens[at].space && scan->tokens[at].kind != NASHRA_TOKEN_SYMBOL &&
           scan->tokens[at].prefix == NULL && strchr(scan->tokens[at].text, '.') == NULL;
}

int nashra_match_hashtag(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    bool hash = nashra_scan_is_symbol(scan, at, '#'), mention = nashra_scan_is_symbol(scan, at, '@');
    if ((!hash && !mention) || !is_tag_word(scan, at + 1))
        return 0;
    size_t last = at + 1;
    while (last < at + MOST_TOKENS &&
           (is_tag_word(scan, last) || (nashra_scan_is_symbol(scan, last, '_') && is_tag_word(scan, last + 1))))
        last++;
    reading->cls = NASHRA_CLASS_HASHTAG;
    reading->first = at;
    reading->last = last;
    reading->form = mention;
    return 1;
}

int nashra_speak_hashtag(struct nashra_scan *scan, const struct nashra_reading *reading) {
    int status = nashra_scan_say(scan, reading->form ? NASHRA_SAY_MENTION : NASHRA_SAY_HASHTAG);
    for (size_t i = reading->first + 1; i < reading->last && status == 0; i++) {
        const struct nashra_token *token = &scan->tokens[i];
        struct nashra_reading part = {0};
        if (token->kind == NASHRA_TOKEN_WORD)
            status = nashra_scan_source(scan, i);
        else if (token->kind == NASHRA_TOKEN_NUMBER)
            status = say_digits(scan, token);
        else if (token->kind == NASHRA_TOKEN_SCRIPT)
            status = nashra_scan_say(scan, NASHRA_SAY_SYMBOL);
        else if (token->kind == NASHRA_TOKEN_LATIN && nashra_match_latin(scan, i, &part) > 0)
            status = nashra_speak_latin(scan, &part);
    }
    return status;
}
