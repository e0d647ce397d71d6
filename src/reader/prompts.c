/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/prompts.h>

#include <stdbool.h>
#include <string.h>

#include <nashra/table.h>

#define WHAT(command) (NASHRA_PROMPT_WHAT + NASHRA_COMMAND_##command)

/* Names and how many numbers the text takes. */
static const struct {
    const char *name;
    size_t numbers;
} kinds[NASHRA_PROMPT_COUNT] = {
    [NASHRA_PROMPT_READY] = {"ready", 0},
    [NASHRA_PROMPT_GOODBYE] = {"goodbye", 0},
    [NASHRA_PROMPT_LIBRARY_EMPTY] = {"library.empty", 0},
    [NASHRA_PROMPT_LIBRARY_UNREADABLE] = {"library.unreadable", 0},
    [NASHRA_PROMPT_LIBRARY_FILLED] = {"library.filled", 1},
    [NASHRA_PROMPT_LIBRARY_END] = {"library.end", 0},
    [NASHRA_PROMPT_NEW_COUNT] = {"new.count", 1},
    [NASHRA_PROMPT_NEW_NONE] = {"new.none", 0},
    [NASHRA_PROMPT_ARTICLE_GONE] = {"article.gone", 0},
    [NASHRA_PROMPT_ARTICLE_UNREADABLE] = {"article.unreadable", 0},
    [NASHRA_PROMPT_ARTICLE_END] = {"article.end", 0},
    [NASHRA_PROMPT_FIRST] = {"edge.first", 0},
    [NASHRA_PROMPT_LAST] = {"edge.last", 0},
    [NASHRA_PROMPT_WRAP_FIRST] = {"wrap.first", 0},
    [NASHRA_PROMPT_WRAP_LAST] = {"wrap.last", 0},
    [NASHRA_PROMPT_WHERE_ARTICLE] = {"where.article", 2},
    [NASHRA_PROMPT_WHERE_PARAGRAPH] = {"where.paragraph", 2},
    [NASHRA_PROMPT_LEVEL_ARTICLE] = {"level.article", 0},
    [NASHRA_PROMPT_LEVEL_HEADING] = {"level.heading", 0},
    [NASHRA_PROMPT_LEVEL_PARAGRAPH] = {"level.paragraph", 0},
    [NASHRA_PROMPT_LEVEL_SENTENCE] = {"level.sentence", 0},
    [NASHRA_PROMPT_LEVEL_WORD] = {"level.word", 0},
    [NASHRA_PROMPT_LEVEL_LETTER] = {"level.letter", 0},
    [NASHRA_PROMPT_SLOWER] = {"rate.slower", 0},
    [NASHRA_PROMPT_FASTER] = {"rate.faster", 0},
    [NASHRA_PROMPT_SLOWEST] = {"rate.slowest", 0},
    [NASHRA_PROMPT_FASTEST] = {"rate.fastest", 0},
    [NASHRA_PROMPT_VOLUME] = {"volume.level", 1},
    [NASHRA_PROMPT_SOFTEST] = {"volume.softest", 0},
    [NASHRA_PROMPT_LOUDEST] = {"volume.loudest", 0},
    [NASHRA_PROMPT_SLEEP_MINUTES] = {"sleep.minutes", 1},
    [NASHRA_PROMPT_SLEEP_LONGER] = {"sleep.longer", 0},
    [NASHRA_PROMPT_SLEEP_OFF] = {"sleep.off", 0},
    [NASHRA_PROMPT_UNDO] = {"undo.done", 0},
    [NASHRA_PROMPT_UNDO_NONE] = {"undo.none", 0},
    [NASHRA_PROMPT_BOOKMARK_SET] = {"bookmark.set", 0},
    [NASHRA_PROMPT_BOOKMARK_REMOVED] = {"bookmark.removed", 0},
    [NASHRA_PROMPT_BOOKMARK_NONE] = {"bookmark.none", 0},
    [NASHRA_PROMPT_BOOKMARK_FULL] = {"bookmark.full", 0},
    [NASHRA_PROMPT_SKIM_ALL] = {"skim.all", 0},
    [NASHRA_PROMPT_SKIM_TITLES] = {"skim.titles", 0},
    [NASHRA_PROMPT_SKIM_OPENINGS] = {"skim.openings", 0},
    [NASHRA_PROMPT_SKIM_END] = {"skim.end", 0},
    [NASHRA_PROMPT_DESCRIBE_ON] = {"describe.on", 0},
    [NASHRA_PROMPT_DESCRIBE_OFF] = {"describe.off", 0},
    [NASHRA_PROMPT_KEY_LONG] = {"key.long", 0},
    [NASHRA_PROMPT_KEY_CANCELLED] = {"key.cancelled", 0},
    [NASHRA_PROMPT_FAULT_CARD] = {"fault.card", 0},
    [NASHRA_PROMPT_FAULT_VOICE] = {"fault.voice", 0},
    [NASHRA_PROMPT_FAULT_VOICE_LOST] = {"fault.voice-lost", 0},
    [NASHRA_PROMPT_FAULT_JOURNAL] = {"fault.journal", 0},
    [NASHRA_PROMPT_FAULT_FULL] = {"fault.full", 0},
    [NASHRA_PROMPT_FAULT_STORE] = {"fault.store", 0},
    [NASHRA_PROMPT_FAULT_FOLDER] = {"fault.folder", 0},
    [NASHRA_PROMPT_FAULT_CONFIG] = {"fault.config", 0},
    [NASHRA_PROMPT_FAULT_POWER] = {"fault.power", 0},
    [NASHRA_PROMPT_BATTERY] = {"battery.low", 1},
    [NASHRA_PROMPT_BATTERY_EMPTY] = {"battery.empty", 0},
    [NASHRA_PROMPT_STICK] = {"stick.found", 0},
    [NASHRA_PROMPT_STICK_DONE] = {"stick.done", 0},
    [NASHRA_PROMPT_STICK_NOTHING] = {"stick.nothing", 0},
    [NASHRA_PROMPT_STICK_UNREADABLE] = {"stick.unreadable", 0},
    [NASHRA_PROMPT_STICK_PULLED] = {"stick.pulled", 0},
    [NASHRA_PROMPT_STICK_ARTICLES] = {"stick.articles", 1},
    [NASHRA_PROMPT_STICK_KNOWN] = {"stick.known", 1},
    [NASHRA_PROMPT_STICK_FAILED] = {"stick.failed", 1},
    [NASHRA_PROMPT_STICK_FULL] = {"stick.full", 0},
    [NASHRA_PROMPT_SETUP_TAKEN] = {"setup.taken", 0},
    [NASHRA_PROMPT_SETUP_SAME] = {"setup.same", 0},
    [NASHRA_PROMPT_SETUP_FEEDS] = {"setup.feeds", 1},
    [NASHRA_PROMPT_SETUP_UNSAVED] = {"setup.unsaved", 0},
    [NASHRA_PROMPT_SETUP_LINE] = {"setup.line", 1},
    [NASHRA_PROMPT_SETUP_NO_EQUALS] = {"setup.no-equals", 0},
    [NASHRA_PROMPT_SETUP_NO_NAME] = {"setup.no-name", 0},
    [NASHRA_PROMPT_SETUP_VALUE] = {"setup.value", 0},
    [NASHRA_PROMPT_SETUP_PASSWORD] = {"setup.password", 0},
    [NASHRA_PROMPT_SETUP_FEED] = {"setup.feed", 0},
    [NASHRA_PROMPT_SETUP_LAYOUT] = {"setup.layout", 0},
    [NASHRA_PROMPT_WIFI_JOINING] = {"wifi.joining", 0},
    [NASHRA_PROMPT_WIFI_JOINED] = {"wifi.joined", 0},
    [NASHRA_PROMPT_WIFI_PASSWORD] = {"wifi.password", 0},
    [NASHRA_PROMPT_WIFI_MISSING] = {"wifi.missing", 0},
    [NASHRA_PROMPT_WIFI_NONE] = {"wifi.none", 0},
    [NASHRA_PROMPT_WIFI_FAILED] = {"wifi.failed", 0},
    [NASHRA_PROMPT_KIOSK_WELCOME] = {"kiosk.welcome", 0},
    [NASHRA_PROMPT_KIOSK_WARNING] = {"kiosk.warning", 1},
    [NASHRA_PROMPT_KIOSK_EXTENDED] = {"kiosk.extended", 0},
    [NASHRA_PROMPT_KIOSK_OVER] = {"kiosk.over", 0},
    [WHAT(NONE)] = {"what.nothing", 0},
    [WHAT(PLAY)] = {"what.play", 0},
    [WHAT(NEXT)] = {"what.next", 0},
    [WHAT(PREVIOUS)] = {"what.previous", 0},
    [WHAT(NEXT_ARTICLE)] = {"what.next-article", 0},
    [WHAT(PREVIOUS_ARTICLE)] = {"what.previous-article", 0},
    [WHAT(LEVEL_UP)] = {"what.level-up", 0},
    [WHAT(LEVEL_DOWN)] = {"what.level-down", 0},
    [WHAT(REPEAT)] = {"what.repeat", 0},
    [WHAT(WHERE)] = {"what.where", 0},
    [WHAT(SLOWER)] = {"what.slower", 0},
    [WHAT(FASTER)] = {"what.faster", 0},
    [WHAT(LOUDER)] = {"what.louder", 0},
    [WHAT(SOFTER)] = {"what.softer", 0},
    [WHAT(SLEEP)] = {"what.sleep", 0},
    [WHAT(UNDO)] = {"what.undo", 0},
    [WHAT(BOOKMARK)] = {"what.bookmark", 0},
    [WHAT(NEXT_BOOKMARK)] = {"what.next-bookmark", 0},
    [WHAT(SKIM)] = {"what.skim", 0},
    [WHAT(NEW)] = {"what.new", 0},
    [WHAT(DESCRIBE)] = {"what.describe", 0},
    [WHAT(OFF)] = {"what.off", 0},
    [WHAT(HELP)] = {"what.help", 0},
};

static const char *const number_marks[] = {"{1}", "{2}"};

struct nashra_prompts {
    struct nashra_table *table; /* holds the texts */
    const char *texts[NASHRA_PROMPT_COUNT][NASHRA_PROMPT_LANGUAGES];
};

enum nashra_prompt nashra_prompt_what(enum nashra_command command) {
    return (enum nashra_prompt)(NASHRA_PROMPT_WHAT + (int)command);
}

size_t nashra_prompt_numbers(enum nashra_prompt prompt) {
    return prompt < NASHRA_PROMPT_COUNT ? kinds[prompt].numbers : 0;
}

const char *nashra_prompt_name(enum nashra_prompt prompt) {
    return prompt < NASHRA_PROMPT_COUNT ? kinds[prompt].name : "";
}

void nashra_prompts_destroy(struct nashra_prompts *prompts) {
    if (!prompts)
        return;
    nashra_table_destroy(prompts->table);
    nashra_free(prompts);
}

static int find_prompt(const char *name) {
    for (int i = 0; i < NASHRA_PROMPT_COUNT; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return i;
    return -1;
}

/* The text must hold the marks of its numbers once each, and no brace beside them. */
static bool takes_numbers(const char *text, size_t numbers) {
    size_t braces = 0;
    for (const char *at = text; (at = strchr(at, '{')) != NULL; at++)
        braces++;
    for (size_t i = 0; i < numbers; i++)
        if (!strstr(text, number_marks[i]))
            return false;
    return braces == numbers;
}

static int read_row(const struct nashra_row *row, void *user) {
    struct nashra_prompts *prompts = user;
    const int prompt = find_prompt(row->fields[0]);
    if (prompt < 0)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: there is no prompt \"%s\"", row->file, row->line, row->fields[0]);
    if (row->count < 1 + NASHRA_PROMPT_LANGUAGES)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: name, Arabic and English are needed", row->file, row->line);
    if (prompts->texts[prompt][0])
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" is there twice", row->file, row->line, row->fields[0]);
    for (size_t i = 0; i < NASHRA_PROMPT_LANGUAGES; i++) {
        const char *text = row->fields[1 + i];
        if (!*text || !takes_numbers(text, kinds[prompt].numbers))
            return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" needs a text with %zu numbers as {1} {2}", row->file,
                               row->line, row->fields[0], kinds[prompt].numbers);
        prompts->texts[prompt][i] = text;
    }
    return NASHRA_OK;
}

static int check_complete(const struct nashra_prompts *prompts, const char *path) {
    for (int i = 0; i < NASHRA_PROMPT_COUNT; i++)
        if (!prompts->texts[i][0])
            return nashra_fail(NASHRA_ECONFIG, "%s: the prompt \"%s\" is missing", path, kinds[i].name);
    return NASHRA_OK;
}

int nashra_prompts_load(const char *path, struct nashra_prompts **out) {
    *out = NULL;
    struct nashra_prompts *prompts = nashra_alloc_zeroed(1, sizeof *prompts);
    if (!prompts)
        return NASHRA_ENOMEM;
    int status = nashra_table_load(path, 1, read_row, prompts, &prompts->table);
    if (status >= 0)
        status = check_complete(prompts, path);
    if (status < 0) {
        nashra_prompts_destroy(prompts);
        return status;
    }
    *out = prompts;
    return NASHRA_OK;
}

const char *nashra_prompts_text(const struct nashra_prompts *prompts, enum nashra_prompt prompt,
                                enum nashra_prompt_language language) {
    return prompts->texts[prompt][language];
}

int nashra_prompts_fill(const struct nashra_prompts *prompts, enum nashra_prompt prompt,
                        enum nashra_prompt_language language, const size_t *numbers, struct nashra_buffer *out) {
    const char *at = prompts->texts[prompt][language];
    for (const char *brace; (brace = strchr(at, '{')) != NULL; at = brace + strlen(number_marks[0])) {
        nashra_buffer_add(out, at, (size_t)(brace - at));
        nashra_buffer_add_format(out, "%zu", numbers[brace[1] - '1']);
    }
    nashra_buffer_add_string(out, at);
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
