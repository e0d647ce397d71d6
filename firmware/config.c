/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glob.h>
#include <ini.h>
#include <linux/input.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nashra/reader.h>
#include <nashra/table.h>

#include "keycodes.h"

struct reading {
    struct nashrad_config *config;
    const char *path;
    FILE *file;
    int line;
    int status;
    /* A list in a later file replaces that of the earlier ones. */
    bool folders_begun, devices_begun, bindings_begun, lines_begun;
};

static int fault(struct reading *reading, const char *section, const char *key, const char *cause) {
    reading->status =
        nashra_fail(NASHRA_ECONFIG, "%s:%d: %s in [%s]: %s", reading->path, reading->line, key, section, cause);
    return 1; /* the rest of the file is read */
}

static bool set_text(char *text, const char *value) {
    if (strlen(value) >= NASHRAD_TEXT_MAX)
        return false;
    strcpy(text, value);
    return true;
}

static bool set_switch(bool *setting, const char *value) {
    const bool on = strcmp(value, "yes") == 0;
    if (!on && strcmp(value, "no") != 0)
        return false;
    *setting = on;
    return true;
}

static bool set_number(int *setting, const char *value, int least, int most) {
    char *end;
    const long number = strtol(value, &end, 10);
    if (end == value || *end || number < least || number > most)
        return false;
    *setting = (int)number;
    return true;
}

static bool add_to_list(struct nashrad_list *list, bool *begun, const char *value) {
    if (!*begun)
        list->count = 0;
    *begun = true;
    return list->count < NASHRAD_LIST_MAX && set_text(list->items[list->count++], value);
}

/* Sections -------------------------------------------------------------------------------------------------------- */

/* What is taken as it stands. */
static const struct text_setting {
    const char *section, *key;
    size_t offset;
    bool is_needed;
} text_settings[] = {
    {"nashrad", "journal", offsetof(struct nashrad_config, journal), true},
    {"nashrad", "layout", offsetof(struct nashrad_config, layout), true},
    {"nashrad", "prompts", offsetof(struct nashrad_config, prompts), false},
    {"nashrad", "lexicon", offsetof(struct nashrad_config, lexicon), false},
    {"nashrad", "notices", offsetof(struct nashrad_config, notices), false},
    {"library", "stick", offsetof(struct nashrad_config, stick), false},
    {"sound", "device", offsetof(struct nashrad_config, sound), true},
    {"power", "alarm", offsetof(struct nashrad_config, alarm), false},
    {"power", "battery", offsetof(struct nashrad_config, battery), false},
};

static const struct text_setting *find_text(const char *section, const char *key) {
    for (size_t i = 0; i < sizeof text_settings / sizeof *text_settings; i++)
        if (strcmp(text_settings[i].section, section) == 0 && strcmp(text_settings[i].key, key) == 0)
            return &text_settings[i];
    return NULL;
}

static int take_text(struct reading *reading, const struct text_setting *text, const char *value) {
    struct nashrad_config *config = reading->config;
    char *setting = (char *)config + text->offset;
    if (text->is_needed && !*value)
        return fault(reading, text->section, text->key, "a value is wanted");
    if (!set_text(setting, value))
        return fault(reading, text->section, text->key, "too long");
    if (setting == config->layout)
        snprintf(config->layout_where, sizeof config->layout_where, "%.200s:%d", reading->path, reading->line);
    return 1;
}

static int set_language(struct reading *reading, const char *key, const char *value) {
    if (strcmp(value, "ar") != 0 && strcmp(value, "en") != 0)
        return fault(reading, "nashrad", key, "ar or en is wanted");
    reading->config->language = value[0] == 'e' ? NASHRA_PROMPT_ENGLISH : NASHRA_PROMPT_ARABIC;
    return 1;
}

static int set_nashrad(struct reading *reading, const char *key, const char *value) {
    struct nashrad_config *config = reading->config;
    if (strcmp(key, "language") == 0)
        return set_language(reading, key, value);
    if (strcmp(key, "autoplay") == 0)
        return set_switch(&config->autoplay, value) ? 1 : fault(reading, "nashrad", key, "yes or no is wanted");
    if (strcmp(key, "volume") == 0)
        return set_number(&config->volume, value, NASHRA_VOLUME_LEAST, 100)
                   ? 1
                   : fault(reading, "nashrad", key, "a number from 10 to 100 is wanted");
    if (strcmp(key, "rate") == 0)
        return set_number(&config->rate, value, NASHRA_RATE_LEAST, NASHRA_RATE_MOST)
                   ? 1
                   : fault(reading, "nashrad", key, "words a minute, from 85 to 445, are wanted");
    return fault(reading, "nashrad", key, "there is no such setting");
}

/* KEY_PLAYPAUSE = play; REL_DIAL+ = right */
static int set_binding(struct reading *reading, const char *code, const char *key) {
    struct nashrad_config *config = reading->config;
    char name[64];
    const size_t length = strcspn(code, "+-");
    const bool turn = strncmp(code, "REL_", 4) == 0;
    if (!reading->bindings_begun)
        config->binding_count = 0;
    reading->bindings_begun = true;
    if (config->binding_count == NASHRAD_KEYS_MAX)
        return fault(reading, "keys", code, "too many keys");
    if (length >= sizeof name || strlen(key) >= sizeof config->bindings[0].key)
        return fault(reading, "keys", code, "too long");
    if (turn != (code[length] != '\0'))
        return fault(reading, "keys", code, "a wheel needs + or - behind its name, and only a wheel");
    snprintf(name, sizeof name, "%.*s", (int)length, code);
    const int number = nashrad_keycode(name);
    if (number < 0)
        return fault(reading, "keys", code, "there is no such key; see linux/input-event-codes.h");
    struct nashrad_binding *binding = &config->bindings[config->binding_count++];
    *binding = (struct nashrad_binding){.type = turn ? EV_REL : EV_KEY, .code = (unsigned)number};
    binding->sign = code[length] == '-' ? -1 : 1;
    strcpy(binding->key, key);
    snprintf(binding->where, sizeof binding->where, "%.200s:%d", reading->path, reading->line);
    return 1;
}

/* line17 = play */
static int set_gpio(struct reading *reading, const char *key, const char *value) {
    struct nashrad_config *config = reading->config;
    int offset;
    if (strcmp(key, "chip") == 0)
        return set_text(config->chip, value) ? 1 : fault(reading, "gpio", key, "too long");
    if (strcmp(key, "debounce_ms") == 0)
        return set_number(&config->debounce_ms, value, 0, 100)
                   ? 1
                   : fault(reading, "gpio", key, "a number from 0 to 100 is wanted");
    if (strcmp(key, "active_low") == 0)
        return set_switch(&config->gpio_active_low, value) ? 1 : fault(reading, "gpio", key, "yes or no is wanted");
    if (strncmp(key, "line", 4) != 0 || !set_number(&offset, key + 4, 0, 1023))
        return fault(reading, "gpio", key, "there is no such setting");
    if (!reading->lines_begun)
        config->line_count = 0;
    reading->lines_begun = true;
    if (config->line_count == NASHRAD_KEYS_MAX || strlen(value) >= sizeof config->lines[0].key)
        return fault(reading, "gpio", key, "too many lines, or too long a name");
    struct nashrad_line *line = &config->lines[config->line_count++];
    *line = (struct nashrad_line){.offset = (unsigned)offset};
    strcpy(line->key, value);
    snprintf(line->where, sizeof line->where, "%.200s:%d", reading->path, reading->line);
    return 1;
}

static int set_one(struct reading *reading, const char *section, const char *key, const char *value) {
    struct nashrad_config *config = reading->config;
    const struct text_setting *text = find_text(section, key);
    if (text)
        return take_text(reading, text, value);
    if (strcmp(section, "nashrad") == 0)
        return set_nashrad(reading, key, value);
    if (strcmp(section, "library") == 0 && strcmp(key, "folder") == 0)
        return add_to_list(&config->folders, &reading->folders_begun, value)
                   ? 1
                   : fault(reading, section, key, "too many folders, or too long a name");
    if (strcmp(section, "input") == 0 && strcmp(key, "device") == 0)
        return add_to_list(&config->devices, &reading->devices_begun, value)
                   ? 1
                   : fault(reading, section, key, "too many devices, or too long a name");
    if (strcmp(section, "keys") == 0)
        return set_binding(reading, key, value);
    if (strcmp(section, "gpio") == 0)
        return set_gpio(reading, key, value);
    if (nashrad_services_has(section)) {
        const char *wrong = nashrad_services_set(&config->services, section, key, value);
        return wrong ? fault(reading, section, key, wrong) : 1;
    }
    return fault(reading, section, key, "there is no such setting");
}

/* A board.ini carries facts of the board for people and tests; they are not the program's business. */
static int take(void *user, const char *section, const char *key, const char *value) {
    struct reading *reading = user;
    if (strcmp(section, "board") == 0)
        return 1;
    return set_one(reading, section, key, value);
}

/* ----------------------------------------------------------------------------------------------------------------- */

void nashrad_config_init(struct nashrad_config *config) {
    *config = (struct nashrad_config){.autoplay = true, .debounce_ms = 8, .gpio_active_low = true};
    nashrad_services_init(&config->services);
    strcpy(config->journal, "/var/lib/nashra/journal");
    strcpy(config->layout, "five");
    strcpy(config->sound, "default");
    strcpy(config->prompts, NASHRAD_DATA);
    strcpy(config->notices, "/run/nashra/notices");
    strcpy(config->stick, "/var/lib/nashra/articles");
    strcpy(config->alarm, "/sys/class/hwmon/hwmon*/in0_lcrit_alarm");
    strcpy(config->battery, "/sys/class/power_supply/*");
    strcpy(config->folders.items[0], "/srv/nashra/articles");
    config->folders.count = 1;
    strcpy(config->devices.items[0], "/dev/input/event*");
    config->devices.count = 1;
}

/* inih doesn't tell its handler the line: it is counted here. A line that is too long for it would come in pieces, the
 * value cut, the rest a line of its own: it is refused. */
static char *read_line(char *line, int room, void *user) {
    struct reading *reading = user;
    reading->line++;
    if (!fgets(line, room, reading->file))
        return NULL;
    if (strchr(line, '\n') || feof(reading->file))
        return line;
    for (int c = 0; c != EOF && c != '\n';)
        c = fgetc(reading->file);
    const char first = line[strspn(line, " \t")];
    if (first != ';' && first != '#')
        reading->status =
            nashra_fail(NASHRA_ECONFIG, "%s:%d: longer than %d bytes", reading->path, reading->line, room - 2);
    *line = '\0';
    return line;
}

int nashrad_config_read(struct nashrad_config *config, const char *path) {
    struct reading reading = {.config = config, .path = path, .file = fopen(path, "r")};
    if (!reading.file)
        return nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno));
    const int line = ini_parse_stream(read_line, &reading, take, &reading);
    if (ferror(reading.file))
        reading.status = nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno));
    fclose(reading.file);
    if (line > 0)
        return nashra_fail(NASHRA_ECONFIG, "%s:%d: neither [section] nor name = value", path, line);
    return reading.status;
}

int nashrad_config_read_if_there(struct nashrad_config *config, const char *path) {
    return access(path, F_OK) == 0 ? nashrad_config_read(config, path) : NASHRA_OK;
}

int nashrad_config_read_drop_ins(struct nashrad_config *config, const char *path) {
    char pattern[NASHRAD_TEXT_MAX + 8];
    glob_t found;
    int status = NASHRA_OK;
    if ((size_t)snprintf(pattern, sizeof pattern, "%s.d/*.ini", path) >= sizeof pattern)
        return nashra_fail(NASHRA_ECONFIG, "%s: the name is too long", path);
    if (glob(pattern, 0, NULL, &found) != 0)
        return NASHRA_OK;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const int one = nashrad_config_read(config, found.gl_pathv[i]);
        status = one < 0 ? one : status;
    }
    globfree(&found);
    return status;
}

int nashrad_layout_open(const char *name, struct nashra_layout **layout) {
    struct nashra_buffer path = {0}, file = {0};
    int status = NASHRA_OK;
    if (strchr(name, '/'))
        return nashra_layout_load(name, layout);
    nashra_buffer_add_format(&file, "layouts/%s.tsv", name);
    status = file.failed ? NASHRA_ENOMEM : nashra_data_path(file.data, &path);
    if (status >= 0)
        status = nashra_layout_load(path.data, layout);
    nashra_buffer_finish(&path);
    nashra_buffer_finish(&file);
    return status;
}

static int unknown_key(const struct nashra_layout *layout, const char *key, const char *where) {
    if (nashra_layout_find(layout, key) >= 0)
        return NASHRA_OK;
    return nashra_fail(NASHRA_ECONFIG, "%s: the layout has no key \"%s\"", where, key);
}

int nashrad_config_check_keys(struct nashrad_config *config, const struct nashra_layout *layout) {
    int status = NASHRA_OK;
    size_t kept = 0;
    for (size_t i = 0; i < config->binding_count; i++)
        if (unknown_key(layout, config->bindings[i].key, config->bindings[i].where) < 0)
            status = NASHRA_ECONFIG;
        else
            config->bindings[kept++] = config->bindings[i];
    config->binding_count = kept;
    kept = 0;
    for (size_t i = 0; i < config->line_count; i++)
        if (unknown_key(layout, config->lines[i].key, config->lines[i].where) < 0)
            status = NASHRA_ECONFIG;
        else
            config->lines[kept++] = config->lines[i];
    config->line_count = kept;
    return status;
}
