/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a scenario of the reader: a Markdown page with articles and a table of what happens and what the box does.
 * tests/reader/README.md says how they are written. Exit 0: all as written; 1: not; 2: the page can't be run. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/reader.h>
#include <nashra/table.h>

enum { ARTICLES = 12, SEGMENTS = 64, CELLS = 3 };

struct fixture {
    struct nashra_buffer text, edited;
    struct nashra_segment segments[SEGMENTS];
    size_t count;
    bool present, fresh, unreadable, declared;
    char left[64]; /* the word where it was left */
    size_t place;  /* SAVE was told */
};

struct scene {
    const char *file;
    size_t line;
    struct fixture articles[ARTICLES]; /* 1 … 11 by their id */
    struct nashra_layout *layout;
    struct nashra_keys *keys;
    struct nashra_reader *reader;
    int64_t now;
    bool begun;
    size_t first, last; /* of a run of fades; 0: none */
    struct nashra_buffer got;
    size_t rows, failed;
};

static int complain(const struct scene *scene, const char *what, const char *value) {
    printf("%s:%zu: %s%s\n", scene->file, scene->line, what, value);
    return 2;
}

/* Articles -------------------------------------------------------------------------------------------------------- */

static void add_segment(struct fixture *it, size_t from, size_t to, enum nashra_sentence_kind kind, size_t paragraph) {
    if (from >= to || it->count == SEGMENTS)
        return;
    it->segments[it->count++] = (struct nashra_segment){.span = {from, to}, .kind = kind, .paragraph = paragraph};
}

/* "# " begins the title, "## " a heading; every other line is a paragraph, a full stop ends a sentence. */
static void split(struct fixture *it) {
    const char *text = nashra_buffer_string(&it->text);
    size_t paragraph = 0;
    it->count = 0;
    for (size_t at = 0, end; at < it->text.length; at = end + 1) {
        end = at + strcspn(text + at, "\n");
        if (end == at)
            continue;
        const size_t marks = strspn(text + at, "#");
        const enum nashra_sentence_kind kind = marks == 1 ? NASHRA_TITLE : marks == 2 ? NASHRA_HEADING : NASHRA_TEXT;
        size_t from = at + (marks ? marks + 1 : 0);
        for (size_t i = from; i < end && kind == NASHRA_TEXT; i++)
            if (text[i] == '.') {
                add_segment(it, from, i + 1, kind, paragraph);
                from = i + 1 + (i + 1 < end);
            }
        add_segment(it, from, end, kind, paragraph++);
    }
}

static size_t find_word(const struct fixture *it, const char *word, size_t from) {
    const char *text = nashra_buffer_string(&it->text);
    const size_t length = strlen(word);
    for (const char *at = text + from; (at = strstr(at, word)) != NULL; at++) {
        const bool begins = at == text || strchr(" \n", at[-1]);
        if (begins && strchr(" \n.", at[length]))
            return (size_t)(at - text);
    }
    return from == 0 ? SIZE_MAX : find_word(it, word, 0);
}

/* ```article 2 new absent left=word */
static int read_article(struct scene *scene, FILE *file, const char *head) {
    const long id = strtol(head, NULL, 10);
    char *line = NULL;
    size_t room = 0;
    if (id < 1 || id >= ARTICLES)
        return complain(scene, "no number of an article: ", head);
    struct fixture *it = &scene->articles[id];
    struct nashra_buffer *text = strstr(head, "edited") ? &it->edited : &it->text;
    it->declared = true;
    it->present = !strstr(head, "absent");
    it->fresh = strstr(head, "new") != NULL;
    if (strstr(head, "left="))
        sscanf(strstr(head, "left="), "left=%63s", it->left);
    while (getline(&line, &room, file) >= 0 && strncmp(line, "```", 3) != 0) {
        scene->line++;
        nashra_buffer_add_string(text, line);
    }
    scene->line++;
    free(line);
    split(it);
    if (it->left[0] && text == &it->text)
        it->place = find_word(it, it->left, 0);
    return 0;
}

/* Actions in words ------------------------------------------------------------------------------------------------ */

static void say(struct scene *scene, const char *words) {
    if (scene->got.length > 0)
        nashra_buffer_add_string(&scene->got, "; ");
    nashra_buffer_add_string(&scene->got, words);
}

static const char *word_at(const struct fixture *it, size_t at, char word[64]) {
    const char *text = nashra_buffer_string(&it->text);
    if (it->count == 0 || at >= it->segments[it->count - 1].span.to)
        return "end";
    while (strchr("# \n", text[at]))
        at++;
    snprintf(word, 64, "%.*s", (int)strcspn(text + at, " \n."), text + at);
    return word;
}

static const char *last_word(const struct fixture *it, struct nashra_span span, char word[64]) {
    const char *text = nashra_buffer_string(&it->text);
    size_t to = span.to;
    while (to > span.from && strchr(". \n", text[to - 1]))
        to--;
    size_t from = to;
    while (from > span.from && !strchr(" \n", text[from - 1]))
        from--;
    snprintf(word, 64, "%.*s", (int)(to - from), text + from);
    return word;
}

static void say_span(struct scene *scene, const char *what, const struct nashra_action *action) {
    const struct fixture *it = &scene->articles[action->article];
    char first[64], last[64], words[200];
    word_at(it, action->span.from, first);
    last_word(it, action->span, last);
    if (strcmp(first, last) == 0 || action->kind == NASHRA_ACTION_SPELL)
        snprintf(words, sizeof words, "%s %s", what, last);
    else
        snprintf(words, sizeof words, "%s %s … %s", what, first, last);
    say(scene, words);
}

static void say_place(struct scene *scene, const char *what, const struct nashra_action *action) {
    char word[64], words[200];
    snprintf(words, sizeof words, "%s %d at %s", what, (int)action->article,
             word_at(&scene->articles[action->article], action->span.from, word));
    say(scene, words);
}

static void say_number(struct scene *scene, const char *what, int value) {
    char words[100];
    snprintf(words, sizeof words, "%s %d", what, value);
    say(scene, words);
}

static void say_prompt(struct scene *scene, const struct nashra_action *action) {
    char words[100];
    int at = snprintf(words, sizeof words, "[%s", nashra_prompt_name(action->prompt));
    for (size_t i = 0; i < nashra_prompt_numbers(action->prompt); i++)
        at += snprintf(words + at, sizeof words - (size_t)at, " %zu", action->numbers[i]);
    snprintf(words + at, sizeof words - (size_t)at, "]");
    say(scene, words);
}

static void say_fades(struct scene *scene) {
    char words[100];
    if (scene->first == 0)
        return;
    if (scene->first == scene->last)
        snprintf(words, sizeof words, "fade %zu", scene->first - 1);
    else
        snprintf(words, sizeof words, "fade %zu … %zu", scene->first - 1, scene->last - 1);
    scene->first = 0;
    say(scene, words);
}

static void feed(struct scene *scene, struct nashra_reader_event event);

static void answer(struct scene *scene, nashra_article_id id) {
    const struct fixture *it = &scene->articles[id];
    const struct nashra_reader_document document = {
        .id = id,
        .text = nashra_buffer_string(&it->text),
        .length = it->text.length,
        .segments = it->segments,
        .count = it->count,
        .place = it->place,
    };
    feed(scene, it->unreadable ? (struct nashra_reader_event){.kind = NASHRA_EVENT_UNREADABLE, .article = id}
                               : (struct nashra_reader_event){.kind = NASHRA_EVENT_DOCUMENT, .document = &document});
}

static void say_action(struct scene *scene, const struct nashra_action *action) {
    static const char *const levels[] = {"article", "heading", "paragraph", "sentence", "word", "letter"};
    if (action->kind == NASHRA_ACTION_FADE && action->value < 100) {
        scene->last = (size_t)action->value + 1;
        scene->first = scene->first ? scene->first : scene->last;
        return;
    }
    say_fades(scene);
    switch (action->kind) {
    case NASHRA_ACTION_CLICK:
        say(scene, "click");
        break;
    case NASHRA_ACTION_STOP:
        say(scene, "stop");
        break;
    case NASHRA_ACTION_READ:
        say_span(scene, "read", action);
        break;
    case NASHRA_ACTION_ASIDE:
        say_span(scene, "say", action);
        break;
    case NASHRA_ACTION_SPELL:
        say_span(scene, "spell", action);
        break;
    case NASHRA_ACTION_PROMPT:
        say_prompt(scene, action);
        break;
    case NASHRA_ACTION_OPEN:
        say_number(scene, "open", (int)action->article);
        break;
    case NASHRA_ACTION_RATE:
        say_number(scene, "rate", action->value);
        break;
    case NASHRA_ACTION_VOLUME:
        say_number(scene, "volume", action->value);
        break;
    case NASHRA_ACTION_LEVEL:
        say(scene, levels[action->value]);
        break;
    case NASHRA_ACTION_FADE:
        say_number(scene, "fade", action->value);
        break;
    case NASHRA_ACTION_SAVE:
        say_place(scene, "save", action);
        scene->articles[action->article].place = action->span.from;
        break;
    case NASHRA_ACTION_HEARD:
        say_number(scene, "heard", (int)action->article);
        break;
    case NASHRA_ACTION_SEEN:
        say_number(scene, "seen", (int)action->article);
        break;
    case NASHRA_ACTION_BOOKMARK:
        say_place(scene, "bookmark", action);
        break;
    case NASHRA_ACTION_UNBOOKMARK:
        say_place(scene, "unbookmark", action);
        break;
    case NASHRA_ACTION_OFF:
        say(scene, "off");
    }
}

static void feed(struct scene *scene, struct nashra_reader_event event) {
    struct nashra_actions actions;
    nashra_article_id asked = 0;
    event.now = scene->now;
    nashra_reader_step(scene->reader, &event, &actions);
    for (size_t i = 0; i < actions.count; i++) {
        say_action(scene, &actions.list[i]);
        if (actions.list[i].kind == NASHRA_ACTION_OPEN)
            asked = actions.list[i].article;
    }
    if (asked)
        answer(scene, asked);
}

/* What happens ---------------------------------------------------------------------------------------------------- */

static void feed_library(struct scene *scene) {
    struct nashra_reader_entry entries[ARTICLES];
    size_t count = 0;
    for (int id = 1; id < ARTICLES; id++)
        if (scene->articles[id].declared && scene->articles[id].present)
            entries[count++] = (struct nashra_reader_entry){.id = id, .fresh = scene->articles[id].fresh};
    feed(scene, (struct nashra_reader_event){.kind = NASHRA_EVENT_LIBRARY, .entries = entries, .count = count});
}

static void feed_keys(struct scene *scene, const struct nashra_key_events *events) {
    for (size_t i = 0; i < events->count; i++)
        feed(scene, (struct nashra_reader_event){.kind = NASHRA_EVENT_KEY, .key = events->list[i]});
}

static int64_t sooner(int64_t a, int64_t b) {
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* Lets the time pass: all that is due is done when it is due. */
static void pass_time(struct scene *scene, int64_t until) {
    for (;;) {
        const int64_t keys = scene->keys ? nashra_keys_deadline(scene->keys) : -1;
        const int64_t next = sooner(nashra_reader_deadline(scene->reader), keys);
        if (next < 0 || next > until)
            break;
        scene->now = next > scene->now ? next : scene->now;
        struct nashra_key_events events = {.count = 0};
        if (keys == next)
            nashra_keys_tick(scene->keys, scene->now, &events);
        feed_keys(scene, &events);
        feed(scene, (struct nashra_reader_event){.kind = NASHRA_EVENT_TICK});
    }
    scene->now = until;
}

static int press(struct scene *scene, const char *name) {
    struct nashra_reader_event event = {.kind = NASHRA_EVENT_KEY, .key = {.kind = NASHRA_KEY_PRESSED}};
    for (int i = 1; i < NASHRA_COMMAND_COUNT; i++)
        if (strcmp(nashra_command_name((enum nashra_command)i), name) == 0) {
            feed(scene, event);
            event.key = (struct nashra_key_event){.kind = NASHRA_KEY_COMMANDED, .command = (enum nashra_command)i};
            feed(scene, event);
            return 0;
        }
    return complain(scene, "no such command: ", name);
}

static int change_key(struct scene *scene, const char *name, bool down) {
    struct nashra_key_events events;
    const int key = scene->layout ? nashra_layout_find(scene->layout, name) : -1;
    if (key < 0)
        return complain(scene, "no such key: ", name);
    nashra_keys_change(scene->keys, (size_t)key, down, scene->now, &events);
    feed_keys(scene, &events);
    return 0;
}

static int hear(struct scene *scene, const char *word) {
    const struct nashra_reader_view view = nashra_reader_view(scene->reader);
    const size_t at = find_word(&scene->articles[view.article], word, view.offset);
    if (at == SIZE_MAX)
        return complain(scene, "no such word: ", word);
    feed(scene, (struct nashra_reader_event){.kind = NASHRA_EVENT_PROGRESS, .ticket = view.ticket, .offset = at});
    return 0;
}

static int64_t read_duration(const char *text) {
    char unit[16] = "";
    double value = 0;
    if (sscanf(text, "%lf %15s", &value, unit) < 2)
        return -1;
    return (int64_t)(value * (unit[0] == 'h' ? 3600e3 : unit[0] == 'm' ? 60e3 : unit[0] == 'd' ? 86400e3 : 1e3));
}

/* "start", "start playing", "start playing 2 after 3 h" */
static int start(struct scene *scene, const char *how) {
    const char *after = strstr(how, "after");
    const char *playing = strstr(how, "playing");
    const char *digit = strpbrk(how, "0123456789");
    const bool given = digit && (!after || digit < after);
    feed_library(scene);
    feed(scene, (struct nashra_reader_event){.kind = NASHRA_EVENT_START,
                                             .play = playing != NULL,
                                             .article = given ? strtol(digit, NULL, 10) : 0,
                                             .absence = after ? read_duration(after + strlen("after")) : -1});
    return 0;
}

static int change_article(struct scene *scene, const char *what, const char *number) {
    const long id = strtol(number, NULL, 10);
    if (id < 1 || id >= ARTICLES || !scene->articles[id].declared)
        return complain(scene, "no such article: ", number);
    struct fixture *it = &scene->articles[id];
    if (strcmp(what, "spoil") == 0) {
        it->unreadable = true;
        return 0;
    }
    if (strcmp(what, "edit") == 0) {
        char word[64] = "";
        word_at(it, nashra_reader_view(scene->reader).offset, word);
        nashra_buffer_finish(&it->text);
        it->text = it->edited;
        it->edited = (struct nashra_buffer){0};
        split(it);
        /* The store's part: the same word, or the end of what is left. */
        const size_t at = find_word(it, word, 0);
        it->place = at == SIZE_MAX ? it->text.length : at;
        answer(scene, id);
        return 0;
    }
    it->present = strcmp(what, "add") == 0;
    feed_library(scene);
    return 0;
}

static int fault(struct scene *scene, const char *name) {
    for (int i = 0; i < NASHRA_PROMPT_COUNT; i++)
        if (strcmp(nashra_prompt_name((enum nashra_prompt)i), name) == 0) {
            feed(scene, (struct nashra_reader_event){.kind = NASHRA_EVENT_FAULT, .prompt = (enum nashra_prompt)i});
            return 0;
        }
    return complain(scene, "no such prompt: ", name);
}

static int happen(struct scene *scene, char *what) {
    char *rest = strchr(what, ' ');
    if (rest)
        *rest++ = '\0';
    else
        rest = what + strlen(what);
    if (strcmp(what, "start") == 0)
        return start(scene, rest);
    if (strcmp(what, "press") == 0)
        return press(scene, rest);
    if (strcmp(what, "down") == 0 || strcmp(what, "up") == 0)
        return change_key(scene, rest, what[0] == 'd');
    if (strcmp(what, "hear") == 0)
        return hear(scene, rest);
    if (strcmp(what, "fault") == 0)
        return fault(scene, rest);
    if (strcmp(what, "hold") == 0 || strcmp(what, "release") == 0 || strcmp(what, "reset") == 0) {
        feed(scene, (struct nashra_reader_event){.kind = what[0] == 'h'   ? NASHRA_EVENT_HOLD
                                                         : what[2] == 'l' ? NASHRA_EVENT_RELEASE
                                                                          : NASHRA_EVENT_RESET,
                                                 .play = strcmp(rest, "paused") != 0});
        return 0;
    }
    if (strcmp(what, "finished") == 0)
        feed(scene, (struct nashra_reader_event){.kind = NASHRA_EVENT_FINISHED,
                                                 .ticket = nashra_reader_view(scene->reader).ticket});
    else if (strcmp(what, "wait") != 0)
        return change_article(scene, what, rest);
    return 0;
}

/* The page -------------------------------------------------------------------------------------------------------- */

/* 1:02:03.5 is an hour, two minutes and three and a half seconds; an empty cell is "at once". */
static int64_t read_time(const char *cell, int64_t now) {
    double total = 0;
    if (!*cell)
        return now;
    for (const char *at = cell; at; at = strchr(at, ':') ? strchr(at, ':') + 1 : NULL)
        total = total * 60 + strtod(at, NULL);
    return (int64_t)(total * 1000 + 0.5);
}

static char *trim(char *cell) {
    cell += strspn(cell, " ");
    for (size_t n = strlen(cell); n > 0 && isspace((unsigned char)cell[n - 1]);)
        cell[--n] = '\0';
    return cell;
}

static int run_row(struct scene *scene, char *line) {
    char *cells[CELLS] = {NULL};
    char *at = line + 1;
    for (size_t i = 0; i < CELLS; i++) {
        char *bar = strchr(at, '|');
        if (!bar)
            return complain(scene, "three cells are needed", "");
        *bar = '\0';
        cells[i] = trim(at);
        at = bar + 1;
    }
    nashra_buffer_clear(&scene->got);
    pass_time(scene, read_time(cells[0], scene->now));
    const int status = happen(scene, cells[1]);
    say_fades(scene);
    scene->rows++;
    if (status != 0 || strcmp(cells[2], nashra_buffer_string(&scene->got)) == 0)
        return status;
    scene->failed++;
    printf("%s:%zu: not as written\n  written  %s\n  got      %s\n", scene->file, scene->line, cells[2],
           nashra_buffer_string(&scene->got));
    return 0;
}

static int open_layout(struct scene *scene, const char *name) {
    char path[200];
    struct nashra_buffer full = {0};
    snprintf(path, sizeof path, "layouts/%.*s.tsv", (int)strcspn(name, " "), name);
    int status = nashra_data_path(path, &full);
    if (status >= 0)
        status = nashra_layout_load(nashra_buffer_string(&full), &scene->layout);
    if (status >= 0)
        status = nashra_keys_create(scene->layout, &scene->keys);
    nashra_buffer_finish(&full);
    return status < 0 ? 2 : 0;
}

static int begin_section(struct scene *scene) {
    const struct nashra_reader_settings settings = {.level = NASHRA_LEVEL_SENTENCE};
    nashra_reader_destroy(scene->reader);
    scene->now = 0;
    for (size_t i = 0; i < ARTICLES; i++) {
        nashra_buffer_finish(&scene->articles[i].text);
        nashra_buffer_finish(&scene->articles[i].edited);
        scene->articles[i] = (struct fixture){.declared = false};
    }
    return nashra_reader_create(&settings, &scene->reader) < 0 ? 2 : 0;
}

static int run_page(struct scene *scene, FILE *file) {
    char *line = NULL;
    size_t room = 0, table_line = 0;
    int status = begin_section(scene);
    while (status == 0 && getline(&line, &room, file) >= 0) {
        scene->line++;
        table_line = line[0] == '|' ? table_line + 1 : 0;
        if (strncmp(line, "## ", 3) == 0)
            status = begin_section(scene);
        else if (strncmp(line, "```article ", 11) == 0)
            status = read_article(scene, file, line + 11);
        else if (strncmp(line, "<!-- layout: ", 13) == 0)
            status = open_layout(scene, line + 13);
        else if (table_line > 2)
            status = run_row(scene, line);
    }
    free(line);
    return status;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s SCENARIO.md\n", argv[0]);
        return 2;
    }
    struct scene *scene = calloc(1, sizeof *scene);
    FILE *file = fopen(argv[1], "r");
    int status = 2;
    if (!file)
        perror(argv[1]);
    if (scene && file) {
        scene->file = argv[1];
        status = run_page(scene, file);
        printf("%s: %zu rows, %zu not as written\n", scene->file, scene->rows, scene->failed);
        status = status != 0 || scene->rows == 0 ? 2 : scene->failed > 0;
        begin_section(scene);
        nashra_reader_destroy(scene->reader);
        nashra_keys_destroy(scene->keys);
        nashra_layout_destroy(scene->layout);
        nashra_buffer_finish(&scene->got);
    }
    if (file)
        fclose(file);
    free(scene);
    return status;
}
