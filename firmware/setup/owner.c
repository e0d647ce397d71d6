/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "owner.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/article.h>
#include <nashra/reader.h>
#include <nashra/table.h>
#include <nashra/utf8.h>

enum { WORD_MAX = 64, NUMBER_WRONG = -1 };

/* Words ----------------------------------------------------------------------------------------------------------- */

struct nashra_owner_words {
    struct nashra_table *table;
    struct nashra_map *map; /* from a folded spelling to the name (char *) */
    struct nashra_arena *arena;
};

static bool is_direction(unsigned codepoint) {
    return (codepoint >= 0x200E && codepoint <= 0x200F) || (codepoint >= 0x202A && codepoint <= 0x202E) ||
           (codepoint >= 0x2066 && codepoint <= 0x2069) || codepoint == 0x061C || codepoint == 0xFEFF;
}

/* Spellings that nobody keeps apart when dictating: capitals, hamza on alif, ta marbuta, final ya, marks. */
static unsigned fold_one(unsigned codepoint) {
    if (codepoint < 0x80)
        return (unsigned)tolower((int)codepoint);
    if (codepoint == 0x623 || codepoint == 0x625 || codepoint == 0x622 || codepoint == 0x671)
        return 0x627;
    return codepoint == 0x629 ? 0x647 : codepoint == 0x649 ? 0x64A : codepoint;
}

/* Spaces become one, those at the edges go. False when it is longer than any word. */
static bool fold(const char *bytes, size_t length, char out[WORD_MAX]) {
    size_t written = 0;
    for (size_t at = 0; at < length;) {
        unsigned codepoint;
        at += nashra_utf8_decode(bytes + at, length - at, &codepoint);
        if (nashra_is_arabic_mark(codepoint) || codepoint == 0x640 || is_direction(codepoint))
            continue;
        const bool space = codepoint == ' ' || codepoint == '\t' || codepoint == 0xA0 || codepoint == '_';
        if (space && (written == 0 || out[written - 1] == ' '))
            continue;
        if (written + 5 > WORD_MAX)
            return false;
        written += nashra_utf8_encode(space ? ' ' : fold_one(codepoint), out + written);
    }
    while (written > 0 && out[written - 1] == ' ')
        written--;
    out[written] = '\0';
    return true;
}

static int add_word(struct nashra_owner_words *words, const char *spelling, size_t length, const char *name) {
    char folded[WORD_MAX];
    if (!fold(spelling, length, folded))
        return nashra_fail(NASHRA_ECONFIG, "setup.tsv: \"%.*s\" is too long", (int)length, spelling);
    char *key = nashra_arena_copy(words->arena, folded, strlen(folded));
    return key ? nashra_map_put(words->map, key, strlen(key), (intptr_t)name) : NASHRA_ENOMEM;
}

static int read_row(const struct nashra_row *row, void *user) {
    struct nashra_owner_words *words = user;
    const char *spelling = row->fields[1];
    int status = add_word(words, row->fields[0], strlen(row->fields[0]), row->fields[0]);
    while (*spelling && status >= 0) {
        const size_t length = strcspn(spelling, "|");
        status = add_word(words, spelling, length, row->fields[0]);
        spelling += length + (spelling[length] == '|');
    }
    return status;
}

int nashra_owner_words_load(struct nashra_owner_words **out) {
    struct nashra_buffer path = {0};
    struct nashra_owner_words *words = nashra_alloc_zeroed(1, sizeof *words);
    *out = NULL;
    if (!words)
        return NASHRA_ENOMEM;
    words->map = nashra_map_create();
    words->arena = nashra_arena_create();
    int status = words->map && words->arena ? nashra_data_path("setup.tsv", &path) : NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_table_load(path.data, 2, read_row, words, &words->table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_owner_words_destroy(words);
        return status;
    }
    *out = words;
    return NASHRA_OK;
}

void nashra_owner_words_destroy(struct nashra_owner_words *words) {
    if (!words)
        return;
    nashra_map_destroy(words->map);
    nashra_arena_destroy(words->arena);
    nashra_table_destroy(words->table);
    nashra_free(words);
}

/* Our name for what was written; "" when there is none. */
static const char *look_up(const struct nashra_owner_words *words, const char *spelling, size_t length) {
    char folded[WORD_MAX];
    intptr_t name;
    if (!fold(spelling, length, folded) || !nashra_map_get(words->map, folded, strlen(folded), &name))
        return "";
    return (const char *)name;
}

/* Values ---------------------------------------------------------------------------------------------------------- */

static bool is_one_of(const char *word, const char *list) {
    const size_t length = strlen(word);
    for (const char *at = list; length > 0 && (at = strstr(at, word)) != NULL; at++)
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

static enum nashra_prompt set_word(char *setting, const char *word, const char *list) {
    if (!is_one_of(word, list))
        return NASHRA_PROMPT_SETUP_VALUE;
    strcpy(setting, word);
    return NASHRA_PROMPT_COUNT;
}

/* Digits of any script, a per cent sign behind them at most. */
static int read_number(const char *value) {
    const size_t length = strlen(value);
    int number = 0, digits = 0;
    for (size_t at = 0; at < length;) {
        unsigned codepoint;
        at += nashra_utf8_decode(value + at, length - at, &codepoint);
        const int digit = nashra_digit_value(codepoint);
        if (digit < 0 && digits > 0 && (codepoint == '%' || codepoint == 0x66A || codepoint == ' '))
            continue;
        if (digit < 0 || ++digits > 4)
            return NUMBER_WRONG;
        number = number * 10 + digit;
    }
    return digits > 0 ? number : NUMBER_WRONG;
}

static enum nashra_prompt set_number(int *setting, const char *value, int least, int most) {
    const int number = read_number(value);
    if (number < least || number > most)
        return NASHRA_PROMPT_SETUP_VALUE;
    *setting = number;
    return NASHRA_PROMPT_COUNT;
}

bool nashra_owner_has_control(const char *value) {
    for (; *value; value++)
        if ((unsigned char)*value < ' ' || *value == 0x7F)
            return true;
    return false;
}

static enum nashra_prompt set_ssid(struct nashra_owner *owner, const char *value) {
    if (!*value || strlen(value) > NASHRA_OWNER_SSID_MAX)
        return NASHRA_PROMPT_SETUP_VALUE;
    strcpy(owner->ssid, value);
    return NASHRA_PROMPT_COUNT;
}

/* WPA wants 8 to 63 characters of ASCII, or the key itself in 64 hexadecimal digits; most take other bytes, too. */
static enum nashra_prompt set_password(struct nashra_owner *owner, const char *value) {
    const size_t length = strlen(value);
    const bool key = length == 64 && strspn(value, "0123456789abcdefABCDEF") == 64;
    owner->password_refused = nashra_owner_has_control(value) || (length > 0 && !key && (length < 8 || length > 63));
    if (owner->password_refused)
        return NASHRA_PROMPT_SETUP_PASSWORD;
    strcpy(owner->password, value);
    return NASHRA_PROMPT_COUNT;
}

static enum nashra_prompt set_country(struct nashra_owner *owner, const char *value) {
    if (strlen(value) != 2 || !isalpha((unsigned char)value[0]) || !isalpha((unsigned char)value[1]))
        return NASHRA_PROMPT_SETUP_VALUE;
    owner->country[0] = (char)toupper((unsigned char)value[0]);
    owner->country[1] = (char)toupper((unsigned char)value[1]);
    return NASHRA_PROMPT_COUNT;
}

static enum nashra_prompt add_feed(struct nashra_owner *owner, const char *value) {
    const bool web = strncmp(value, "http://", 7) == 0 || strncmp(value, "https://", 8) == 0;
    if (!web || strlen(value) > 2000 || strpbrk(value, " \"<>") || nashra_owner_has_control(value))
        return NASHRA_PROMPT_SETUP_FEED;
    nashra_buffer_add_format(&owner->feeds, "%s\n", value);
    return NASHRA_PROMPT_COUNT;
}

/* NASHRA_PROMPT_COUNT when all is well; else the prompt that says what is not. */
static enum nashra_prompt set_device(struct nashra_owner *owner, const char *name, const char *value,
                                     const char *word) {
    enum nashra_prompt fault = NASHRA_PROMPT_SETUP_NO_NAME;
    if (strcmp(name, "language") == 0)
        fault = set_word(owner->language, word, "ar en");
    else if (strcmp(name, "layout") == 0)
        fault = set_word(owner->layout, word, "one three five twelve encoder");
    else if (strcmp(name, "autoplay") == 0)
        fault = set_word(owner->autoplay, word, "yes no");
    else if (strcmp(name, "volume") == 0)
        fault = set_number(&owner->volume, value, NASHRA_VOLUME_LEAST, 100);
    else if (strcmp(name, "rate") == 0)
        fault = set_number(&owner->rate, value, NASHRA_RATE_LEAST, NASHRA_RATE_MOST);
    owner->settings += fault == NASHRA_PROMPT_COUNT;
    return fault;
}

static enum nashra_prompt set(struct nashra_owner *owner, const struct nashra_owner_words *words, const char *name,
                              const char *value) {
    const char *word = look_up(words, value, strlen(value));
    if (strcmp(name, "wifi") == 0)
        return set_ssid(owner, value);
    if (strcmp(name, "password") == 0)
        return set_password(owner, value);
    if (strcmp(name, "country") == 0)
        return set_country(owner, value);
    if (strcmp(name, "feed") == 0)
        return add_feed(owner, value);
    if (strcmp(name, "hidden") == 0) {
        owner->hidden = strcmp(word, "yes") == 0;
        return owner->hidden || strcmp(word, "no") == 0 ? NASHRA_PROMPT_COUNT : NASHRA_PROMPT_SETUP_VALUE;
    }
    return set_device(owner, name, value, word);
}

/* Lines ----------------------------------------------------------------------------------------------------------- */

/* How many bytes of space and marks of direction the text begins with. */
static size_t blank(const char *text, size_t length) {
    size_t at = 0;
    while (at < length) {
        unsigned codepoint;
        const size_t size = nashra_utf8_decode(text + at, length - at, &codepoint);
        if (codepoint != ' ' && codepoint != '\t' && codepoint != '\r' && codepoint != 0xA0 && !is_direction(codepoint))
            break;
        at += size;
    }
    return at;
}

static size_t without_tail(const char *text, size_t length) {
    for (size_t at = length; at > 0; at--)
        if (((unsigned char)text[at - 1] & 0xC0) != 0x80 && blank(text + at - 1, length - at + 1) == length - at + 1)
            length = at - 1;
        else if (((unsigned char)text[at - 1] & 0xC0) != 0x80)
            break;
    return length;
}

static void note_fault(struct nashra_owner *owner, const char *name, size_t line, enum nashra_prompt cause) {
    nashra_log(NASHRA_LOG_WARNING, "%s:%zu: %s", name, line, nashra_prompt_name(cause));
    if (owner->fault_count < NASHRA_OWNER_FAULTS)
        owner->faults[owner->fault_count] = (struct nashra_owner_fault){line, cause};
    owner->fault_count++;
}

static enum nashra_prompt read_line(struct nashra_owner *owner, const struct nashra_owner_words *words,
                                    const char *line, size_t length, struct nashra_buffer *value) {
    const size_t first = blank(line, length);
    line += first;
    length = without_tail(line, length - first);
    if (length == 0 || line[0] == '#' || line[0] == ';' || line[0] == '[')
        return NASHRA_PROMPT_COUNT;
    const char *equals = memchr(line, '=', length);
    if (!equals)
        return NASHRA_PROMPT_SETUP_NO_EQUALS;
    const char *name = look_up(words, line, (size_t)(equals - line));
    const char *begin = equals + 1 + blank(equals + 1, length - (size_t)(equals - line) - 1);
    size_t left = length - (size_t)(begin - line);
    if (left >= 2 && begin[0] == '"' && begin[left - 1] == '"') {
        begin++;
        left -= 2;
    }
    nashra_buffer_clear(value);
    nashra_buffer_add(value, begin, left);
    return value->failed ? NASHRA_PROMPT_COUNT : set(owner, words, name, nashra_buffer_string(value));
}

static int read_text(struct nashra_owner *owner, const struct nashra_owner_words *words, const char *text,
                     size_t length, const char *name) {
    struct nashra_buffer value = {0};
    size_t number = 1;
    for (size_t at = 0; at < length; number++) {
        const char *end = memchr(text + at, '\n', length - at);
        const size_t line = end ? (size_t)(end - text) - at : length - at;
        const enum nashra_prompt fault = read_line(owner, words, text + at, line, &value);
        if (fault != NASHRA_PROMPT_COUNT)
            note_fault(owner, name, number, fault);
        at += line + 1;
    }
    const bool failed = value.failed || owner->feeds.failed;
    nashra_buffer_finish(&value);
    return failed ? NASHRA_ENOMEM : NASHRA_OK;
}

/* What Windows' editor calls "Unicode" and "ANSI" is turned into UTF-8 by the way of articles. */
int nashra_owner_read(struct nashra_owner *owner, const struct nashra_owner_words *words, const char *bytes,
                      size_t length, const char *name) {
    struct nashra_article *article = NULL;
    if (memchr(bytes, '\0', length) || nashra_utf8_valid_prefix(bytes, length) < length) {
        const int status = nashra_article_from_bytes(bytes, length, name, &article);
        if (status == NASHRA_EDATA) {
            note_fault(owner, name, 1, NASHRA_PROMPT_SETUP_NO_EQUALS);
            return NASHRA_OK;
        }
        if (status < 0)
            return status;
        bytes = nashra_article_text(article, &length);
    }
    const int status = read_text(owner, words, bytes, length, name);
    nashra_article_destroy(article);
    return status;
}

void nashra_owner_finish(struct nashra_owner *owner) {
    nashra_buffer_finish(&owner->feeds);
}

int nashra_owner_write(const struct nashra_owner *owner, struct nashra_buffer *out) {
    nashra_buffer_add_string(out, "; What the owner set by a memory stick.\n[nashrad]\n");
    if (owner->language[0])
        nashra_buffer_add_format(out, "language = %s\n", owner->language);
    if (owner->layout[0])
        nashra_buffer_add_format(out, "layout = %s\n", owner->layout);
    if (owner->autoplay[0])
        nashra_buffer_add_format(out, "autoplay = %s\n", owner->autoplay);
    if (owner->volume)
        nashra_buffer_add_format(out, "volume = %d\n", owner->volume);
    if (owner->rate)
        nashra_buffer_add_format(out, "rate = %d\n", owner->rate);
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
