/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "module.h"

#include <string.h>

/* What goes to the server in one piece. More would have to be played out after a stop. */
enum { WAITING_MOST = 1024 };

/* What the lines up to a lone dot belong to. */
enum block { NO_BLOCK, SETTINGS, AUDIO, LOGLEVEL, MESSAGE };

struct spd_module {
    const struct nashra_pipeline_options *options;
    struct spd_output *output;
    struct spd_composer *composer;
    struct spd_voice *voice; /* NULL before INIT */
    struct spd_settings settings;
    enum block block;
    enum spd_message kind;
    struct nashra_buffer message;
    const char *error; /* the answer to a block with something wrong in it */
    bool speaking;
    bool pausing;                  /* at the next mark */
    struct nashra_buffer document; /* what is spoken, to be said again by a new voice */
    struct nashra_voice said_with;
    bool tone;
    bool heard;    /* some of it has been handed on */
    bool repeated; /* it has cost a voice already */
};

int spd_module_create(const struct nashra_pipeline_options *options, struct spd_output *output,
                      struct spd_module **out) {
    struct spd_module *module = nashra_alloc_zeroed(1, sizeof *module);
    *out = NULL;
    if (!module)
        return NASHRA_ENOMEM;
    module->options = options;
    module->output = output;
    *out = module;
    return NASHRA_OK;
}

void spd_module_destroy(struct spd_module *module) {
    if (!module)
        return;
    spd_voice_destroy(module->voice);
    spd_composer_destroy(module->composer);
    nashra_buffer_finish(&module->message);
    nashra_buffer_finish(&module->document);
    nashra_free(module);
}

static void say(struct spd_module *module, const char *line) {
    nashra_buffer_add_format(&module->output->out, "%s\n", line);
}

/* Speech ---------------------------------------------------------------------------------------------------------- */

static void end_speech(struct spd_module *module, const char *event) {
    if (!module->speaking)
        return;
    module->speaking = false;
    say(module, event);
}

static void interrupt(struct spd_module *module, const char *event) {
    if (module->speaking)
        spd_voice_cancel(module->voice);
    end_speech(module, event);
}

static int ask(struct spd_module *module) {
    module->heard = false;
    return spd_voice_speak(module->voice, &module->said_with, module->tone, &module->document);
}

/* The wish for a wider or a narrower melody goes around the whole document. */
static const char *range_name(int range) {
    return range < -60 ? "x-low" : range < -20 ? "low" : range > 60 ? "x-high" : range > 20 ? "high" : NULL;
}

static void set_range(struct spd_module *module) {
    const char *range = range_name(module->settings.range);
    const char *end = module->document.length > 0 ? memchr(module->document.data, '>', module->document.length) : NULL;
    static const char close[] = "</speak>";
    const size_t tail = sizeof close - 1, length = module->document.length;
    if (!range || !end || length < tail || strcmp(module->document.data + length - tail, close) != 0)
        return;
    struct nashra_buffer ranged = {0};
    const size_t head = (size_t)(end - module->document.data) + 1;
    nashra_buffer_add(&ranged, module->document.data, head);
    nashra_buffer_add_format(&ranged, "<prosody range=\"%s\">", range);
    nashra_buffer_add(&ranged, end + 1, length - head - tail);
    nashra_buffer_add_format(&ranged, "</prosody>%s", close);
    nashra_buffer_finish(&module->document);
    module->document = ranged;
}

static int speak(struct spd_module *module) {
    const char *text = nashra_buffer_string(&module->message);
    const size_t length = module->message.length;
    if (length == 0 || !module->voice) {
        say(module, "301 ERROR CANT SPEAK");
        return NASHRA_OK;
    }
    interrupt(module, "703 STOP");
    nashra_buffer_clear(&module->document);
    int status = spd_compose(module->composer, module->kind, &module->settings, text, length, &module->document);
    if (status < 0)
        return status;
    set_range(module);
    module->said_with = spd_voice(&module->settings);
    module->tone = spd_wants_tone(module->kind, &module->settings, text, length);
    module->repeated = false;
    if (module->document.failed || ask(module) < 0) {
        say(module, "301 ERROR CANT SPEAK");
        return NASHRA_OK;
    }
    module->speaking = true;
    module->pausing = false;
    say(module, "200 OK SPEAKING");
    say(module, "701 BEGIN");
    return NASHRA_OK;
}

static void hand_on(struct spd_module *module, const struct nashra_wire *head, const char *bytes) {
    struct nashra_buffer *out = &module->output->out;
    if (head->kind == SPD_WIRE_FRAMES) {
        spd_output_sound(module->output, bytes, head->length / 2, spd_voice_rate(module->voice));
        module->heard = true;
    } else if (head->kind == SPD_WIRE_MARK) {
        nashra_buffer_add_format(out, "700-%.*s\n700 INDEX MARK\n", (int)head->length, bytes);
        if (module->pausing)
            interrupt(module, "704 PAUSE");
    } else if (head->kind == SPD_WIRE_DONE)
        end_speech(module, "702 END");
}

static bool is_full(const struct spd_module *module) {
    return spd_output_waiting(module->output) >= WAITING_MOST;
}

int spd_module_fd(const struct spd_module *module) {
    return module->speaking && !is_full(module) ? spd_voice_fd(module->voice) : -1;
}

bool spd_module_waits(const struct spd_module *module) {
    return spd_module_fd(module) >= 0;
}

int spd_module_listen(struct spd_module *module) {
    struct nashra_wire head;
    const char *bytes;
    int status = NASHRA_OK, some = 0;
    while (spd_module_waits(module) && (status = spd_voice_next(module->voice, &head, &bytes)) == 1) {
        hand_on(module, &head, bytes);
        some = 1;
    }
    return status == NASHRA_ENOMEM ? status : status < 0 ? spd_module_revive(module) : some || is_full(module);
}

int spd_module_revive(struct spd_module *module) {
    nashra_log(NASHRA_LOG_ERROR, "the voice was stuck or gone; it is started anew");
    int status = spd_voice_restart(module->voice);
    /* What has been heard in part isn't said twice; what fails twice is passed over. */
    if (status >= 0 && !module->heard && !module->repeated) {
        module->repeated = true;
        return ask(module);
    }
    end_speech(module, "702 END");
    return status;
}

/* Commands -------------------------------------------------------------------------------------------------------- */

static int initialise(struct spd_module *module) {
    int status = module->composer ? NASHRA_OK : spd_composer_create(&module->composer);
    if (status >= 0 && !module->voice)
        status = spd_voice_create(module->options, &module->voice);
    say(module,
        status < 0 ? "399-Nashra: the voice can't be opened; the module's log says why" : "299-Nashra " NASHRA_VERSION);
    say(module, status < 0 ? "399 ERR CANT INIT MODULE" : "299 OK LOADED SUCCESSFULLY");
    return status < 0 ? NASHRA_STOPPED : NASHRA_OK;
}

static int quit(struct spd_module *module) {
    interrupt(module, "703 STOP");
    say(module, "210 OK QUIT");
    return NASHRA_STOPPED;
}

static int stop(struct spd_module *module) {
    interrupt(module, "703 STOP");
    return NASHRA_OK;
}

/* The server remembers the last mark, and asks again from there when the listener goes on: so it is paused at a mark.
 */
static int pause_speech(struct spd_module *module) {
    module->pausing = module->speaking;
    return NASHRA_OK;
}

static int list_voices(struct spd_module *module) {
    say(module, "200-Nashra\tar\tnone");
    say(module, "200 OK VOICE LIST SENT");
    return NASHRA_OK;
}

static int open_block(struct spd_module *module, enum block block, const char *answer) {
    module->block = block;
    module->error = NULL;
    nashra_buffer_clear(&module->message);
    say(module, answer);
    return NASHRA_OK;
}

static int open_message(struct spd_module *module, enum spd_message kind) {
    module->kind = kind;
    return open_block(module, MESSAGE, "202 OK RECEIVING MESSAGE");
}

static int command(struct spd_module *module, const char *line) {
    static const struct {
        const char *name;
        int (*run)(struct spd_module *module);
    } simple[] = {
        {"INIT", initialise}, {"QUIT", quit}, {"STOP", stop}, {"PAUSE", pause_speech}, {"LIST VOICES", list_voices}};
    static const struct {
        const char *name;
        enum spd_message kind;
    } messages[] = {{"SPEAK", SPD_TEXT}, {"CHAR", SPD_CHARACTER}, {"KEY", SPD_KEY}, {"SOUND_ICON", SPD_ICON}};
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        if (strcmp(line, simple[i].name) == 0)
            return simple[i].run(module);
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (strcmp(line, messages[i].name) == 0)
            return open_message(module, messages[i].kind);
    if (strcmp(line, "SET") == 0)
        return open_block(module, SETTINGS, "207 OK RECEIVING SETTINGS");
    if (strcmp(line, "AUDIO") == 0)
        return open_block(module, AUDIO, "207 OK RECEIVING AUDIO SETTINGS");
    if (strcmp(line, "LOGLEVEL") == 0)
        return open_block(module, LOGLEVEL, "207 OK RECEIVING LOGLEVEL SETTINGS");
    /* What there is to tell goes to the server's log anyway. */
    say(module, strncmp(line, "DEBUG", 5) == 0 ? "200 OK DEBUGGING OFF" : "300 ERR UNKNOWN COMMAND");
    return NASHRA_OK;
}

/* Blocks ---------------------------------------------------------------------------------------------------------- */

static int close_block(struct spd_module *module) {
    static const char *const answers[] = {[SETTINGS] = "203 OK SETTINGS RECEIVED",
                                          [AUDIO] = "203 OK AUDIO INITIALIZED",
                                          [LOGLEVEL] = "203 OK LOGLEVEL SET"};
    const enum block block = module->block;
    module->block = NO_BLOCK;
    if (block == MESSAGE)
        return speak(module);
    say(module, module->error ? module->error : answers[block]);
    return NASHRA_OK;
}

static void take_setting(struct spd_module *module, char *line) {
    char *value = strchr(line, '=');
    if (!value) {
        module->error = "302 ERROR BAD SYNTAX";
        return;
    }
    *value++ = '\0';
    bool known = true;
    if (module->block == SETTINGS)
        known = spd_set(&module->settings, line, value);
    else if (module->block == AUDIO) /* sound always goes through the server, as it asks first */
        known = strcmp(line, "audio_output_method") == 0 && strcmp(value, "server") == 0;
    if (!known)
        module->error = "303 ERROR INVALID PARAMETER OR VALUE";
}

static int take_block_line(struct spd_module *module, char *line, size_t length) {
    if (strcmp(line, ".") == 0)
        return close_block(module);
    if (module->block != MESSAGE) {
        take_setting(module, line);
        return NASHRA_OK;
    }
    const size_t stuffed = line[0] == '.' ? 1 : 0;
    if (module->message.length > 0)
        nashra_buffer_add(&module->message, "\n", 1);
    return nashra_buffer_add(&module->message, line + stuffed, length - stuffed);
}

int spd_module_line(struct spd_module *module, char *line, size_t length) {
    return module->block == NO_BLOCK ? command(module, line) : take_block_line(module, line, length);
}
