/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client of nashrad's local interface. */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <jansson.h>

static const char help[] = "Usage: nashra announce [OPTION…] TEXT | --file FILE\n"
                           "       nashra announce [OPTION…] --template NAME [--slot NAME=VALUE]…\n"
                           "       nashra announce --cancel ID | --status | --history | --templates\n"
                           "       nashra announce --command NAME\n"
                           "\n"
                           "Has nashrad, the device, say something beside what it reads. A text may be SSML.\n"
                           "\n"
                           "  --socket PATH    (default: $NASHRA_ANNOUNCE, else /run/nashra/announce)\n"
                           "  --priority 0…9   the higher comes first (default 5)\n"
                           "  --manner interrupt|wait|yield   cut off what sounds; wait for the sentence's\n"
                           "                   end (default); wait until nothing sounds, and give way\n"
                           "  --drop           what it interrupts is not taken up again\n"
                           "  --insistent      a key of the listener doesn't cut it off\n"
                           "  --private        only where one person hears it\n"
                           "  --chime          a sound before it\n"
                           "  --output NAME    main, or one of [outputs] in nashrad.ini; also more than once\n"
                           "  --at TIME, --in MS   not before: 2026-11-28T12:00:00Z, or from now\n"
                           "  --expires MS     not later than so long after that\n"
                           "  --repeat N, --every MS   so often again, and how long after each end\n"
                           "  --wait           until it is over; exit code 75 when it was not spoken\n"
                           "The answer is a JSON object. Example:\n"
                           "  nashra announce --template train --slot platform=3 --slot number=305 --chime\n";

struct request {
    const char *socket;
    json_t *object, *slots, *outputs;
    bool wait, help;
};

enum {
    OPT_SOCKET = 256,
    OPT_FILE,
    OPT_TEMPLATE,
    OPT_SLOT,
    OPT_CANCEL,
    OPT_STATUS,
    OPT_HISTORY,
    OPT_TEMPLATES,
    OPT_COMMAND,
    OPT_PRIORITY,
    OPT_MANNER,
    OPT_DROP,
    OPT_INSISTENT,
    OPT_PRIVATE,
    OPT_CHIME,
    OPT_OUTPUT,
    OPT_AT,
    OPT_IN,
    OPT_EXPIRES,
    OPT_REPEAT,
    OPT_EVERY,
    OPT_WAIT
};

static const struct option OPTIONS[] = {{"socket", 1, NULL, OPT_SOCKET},
                                        {"file", 1, NULL, OPT_FILE},
                                        {"template", 1, NULL, OPT_TEMPLATE},
                                        {"slot", 1, NULL, OPT_SLOT},
                                        {"cancel", 1, NULL, OPT_CANCEL},
                                        {"status", 0, NULL, OPT_STATUS},
                                        {"history", 0, NULL, OPT_HISTORY},
                                        {"templates", 0, NULL, OPT_TEMPLATES},
                                        {"command", 1, NULL, OPT_COMMAND},
                                        {"priority", 1, NULL, OPT_PRIORITY},
                                        {"manner", 1, NULL, OPT_MANNER},
                                        {"drop", 0, NULL, OPT_DROP},
                                        {"insistent", 0, NULL, OPT_INSISTENT},
                                        {"private", 0, NULL, OPT_PRIVATE},
                                        {"chime", 0, NULL, OPT_CHIME},
                                        {"output", 1, NULL, OPT_OUTPUT},
                                        {"at", 1, NULL, OPT_AT},
                                        {"in", 1, NULL, OPT_IN},
                                        {"expires", 1, NULL, OPT_EXPIRES},
                                        {"repeat", 1, NULL, OPT_REPEAT},
                                        {"every", 1, NULL, OPT_EVERY},
                                        {"wait", 0, NULL, OPT_WAIT},
                                        {"help", 0, NULL, 'h'},
                                        {NULL, 0, NULL, 0}};

static int set_string(json_t *object, const char *name, const char *value) {
    if (json_object_set_new(object, name, json_string(value)) == 0)
        return NASHRA_OK;
    return nashra_fail(NASHRA_EUSAGE, "announce: \"%s\" is not UTF-8", name);
}

static int set_number(json_t *object, const char *name, const char *option, const char *value) {
    char *end;
    errno = 0;
    const long long number = strtoll(value, &end, 10);
    if (errno || end == value || *end || number < 0)
        return nashra_fail(NASHRA_EUSAGE, "announce: --%s %s: it must be a whole number", option, value);
    return json_object_set_new(object, name, json_integer(number)) == 0 ? NASHRA_OK : NASHRA_ENOMEM;
}

static int set_slot(json_t *slots, const char *value) {
    char name[64];
    const size_t length = strcspn(value, "=");
    if (!value[length] || length == 0 || length >= sizeof name)
        return nashra_fail(NASHRA_EUSAGE, "announce: --slot %s: write NAME=VALUE", value);
    memcpy(name, value, length);
    name[length] = '\0';
    return set_string(slots, name, value + length + 1);
}

static int set_file(json_t *object, const char *path) {
    struct nashra_buffer text = {0};
    char block[4096];
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!file)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        nashra_buffer_add(&text, block, got);
    int status = ferror(file) ? nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(errno)) : NASHRA_OK;
    if (file != stdin)
        fclose(file);
    if (status >= 0 && (text.failed || strlen(nashra_buffer_string(&text)) != text.length))
        status = nashra_fail(NASHRA_EDATA, "%s: holds no text", path);
    if (status >= 0)
        status = set_string(object, "text", nashra_buffer_string(&text));
    nashra_buffer_finish(&text);
    return status;
}

static int set_command(json_t *object, const char *command) {
    const char *before = json_string_value(json_object_get(object, "cmd"));
    if (before && strcmp(before, "say") != 0)
        return nashra_fail(NASHRA_EUSAGE, "announce: one thing at a time: %s or %s", before, command);
    return set_string(object, "cmd", command);
}

/* Options that stand for a command of the interface, or carry a flag. */
static int apply_plain(int option, const char *value, struct request *request) {
    json_t *o = request->object;
    switch (option) {
    case OPT_CANCEL: {
        const int status = set_command(o, "cancel");
        return status < 0 ? status : set_number(o, "id", "cancel", value);
    }
    case OPT_STATUS:
        return set_command(o, "status");
    case OPT_HISTORY:
        return set_command(o, "history");
    case OPT_TEMPLATES:
        return set_command(o, "templates");
    case OPT_COMMAND:
        return set_command(o, value);
    case OPT_DROP:
        return set_string(o, "interrupted", "drop");
    case OPT_INSISTENT:
        return json_object_set_new(o, "insistent", json_true());
    case OPT_PRIVATE:
        return json_object_set_new(o, "private", json_true());
    case OPT_CHIME:
        return json_object_set_new(o, "chime", json_true());
    case OPT_WAIT:
        request->wait = true;
        return NASHRA_OK;
    default:
        request->help = true;
        return NASHRA_OK;
    }
}

static int apply(int option, const char *value, struct request *request) {
    json_t *o = request->object;
    switch (option) {
    case OPT_SOCKET:
        request->socket = value;
        return NASHRA_OK;
    case OPT_FILE:
        return set_file(o, value);
    case OPT_TEMPLATE:
        return set_string(o, "template", value);
    case OPT_SLOT:
        return set_slot(request->slots, value);
    case OPT_PRIORITY:
        return set_number(o, "priority", "priority", value);
    case OPT_MANNER:
        return set_string(o, "manner", value);
    case OPT_OUTPUT:
        return json_array_append_new(request->outputs, json_string(value)) == 0
                   ? NASHRA_OK
                   : nashra_fail(NASHRA_EUSAGE, "announce: --output: it is not UTF-8");
    case OPT_AT:
        return set_string(o, "at", value);
    case OPT_IN:
        return set_number(o, "in_ms", "in", value);
    case OPT_EXPIRES:
        return set_number(o, "expires_ms", "expires", value);
    case OPT_REPEAT:
        return set_number(o, "repeat", "repeat", value);
    case OPT_EVERY:
        return set_number(o, "every_ms", "every", value);
    default:
        return apply_plain(option, value, request);
    }
}

static int complete(int argc, char **argv, struct request *request) {
    json_t *o = request->object;
    if (argc - optind > 1)
        return nashra_fail(NASHRA_EUSAGE, "announce: one text at a time; put quotation marks around it");
    if (optind < argc) {
        const int status = set_string(o, "text", argv[optind]);
        if (status < 0)
            return status;
    }
    if (json_object_size(request->slots) > 0)
        json_object_set(o, "slots", request->slots);
    if (json_array_size(request->outputs) > 0)
        json_object_set(o, "outputs", request->outputs);
    const bool says = json_object_get(o, "text") || json_object_get(o, "template");
    if (!json_object_get(o, "cmd") && !says)
        return nashra_fail(NASHRA_EUSAGE, "announce: which text? `nashra announce TEXT`; --help tells more");
    return json_object_get(o, "cmd") ? NASHRA_OK : set_command(o, "say");
}

static int parse(int argc, char **argv, struct request *request) {
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":h", OPTIONS, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (option == ':' || option == '?')
            return nashra_fail(NASHRA_EUSAGE,
                               option == ':' ? "announce: %s needs a value"
                                             : "announce: there is no option %s; `nashra announce --help` lists them",
                               given);
        const int status = apply(option, optarg, request);
        if (status < 0 || request->help)
            return status;
    }
    return complete(argc, argv, request);
}

/* Talking --------------------------------------------------------------------------------------------------------- */

static int connect_to(const char *path, FILE **stream) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const struct timeval patience = {.tv_sec = 10};
    if (strlen(path) >= sizeof address.sun_path)
        return nashra_fail(NASHRA_EUSAGE, "announce: %s: the path is too long", path);
    strcpy(address.sun_path, path);
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        const int cause = errno;
        if (fd >= 0)
            close(fd);
        return nashra_fail(NASHRA_ENODEVICE, "%s: %s; is nashrad running, and are you of its socket's group?", path,
                           strerror(cause));
    }
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    *stream = fdopen(fd, "r+");
    if (*stream)
        return NASHRA_OK;
    close(fd);
    return NASHRA_ENOMEM;
}

static int send_object(FILE *stream, const json_t *object) {
    if (json_dumpf(object, stream, JSON_COMPACT) == 0 && fputc('\n', stream) != EOF && fflush(stream) == 0)
        return NASHRA_OK;
    return nashra_fail(NASHRA_EIO, "nashrad: %s", strerror(errno));
}

/* The next object that isn't an event, or with `id` the end of that announcement. NULL: it is gone. */
static json_t *receive(FILE *stream, json_int_t id) {
    char *line = NULL;
    size_t room = 0;
    json_t *object = NULL;
    while (!object && getline(&line, &room, stream) > 0) {
        object = json_loads(line, 0, NULL);
        const char *state = json_string_value(json_object_get(object, "state"));
        const bool event = json_object_get(object, "event") != NULL;
        const bool end = event && state && json_integer_value(json_object_get(object, "id")) == id &&
                         strcmp(state, "speaking") != 0 && strcmp(state, "waiting") != 0;
        if (object && (id ? !end : event)) {
            json_decref(object);
            object = NULL;
        }
    }
    free(line);
    return object;
}

static int show(const json_t *object, bool pretty) {
    json_dumpf(object, stdout, pretty ? JSON_INDENT(2) : JSON_COMPACT);
    putchar('\n');
    return NASHRA_OK;
}

static int report(const json_t *answer) {
    const json_t *error = json_object_get(answer, "error");
    const char *code = json_string_value(json_object_get(error, "code"));
    if (!error)
        return NASHRA_OK;
    return nashra_fail(code && (strcmp(code, "too-many") == 0 || strcmp(code, "not-private") == 0) ? NASHRA_EAGAIN
                                                                                                   : NASHRA_EDATA,
                       "nashrad: %s (%s)", json_string_value(json_object_get(error, "message")), code ? code : "?");
}

static int wait_for_end(FILE *stream, json_int_t id) {
    json_t *end = receive(stream, id);
    if (!end)
        return nashra_fail(NASHRA_EIO, "nashrad went away");
    const bool spoken = strcmp(json_string_value(json_object_get(end, "state")), "spoken") == 0;
    show(end, false);
    json_decref(end);
    return spoken ? NASHRA_OK : NASHRA_EAGAIN;
}

static int talk(FILE *stream, const struct request *request) {
    json_t *subscribe = json_pack("{s:s}", "cmd", "subscribe"), *answer = NULL;
    int status = request->wait ? send_object(stream, subscribe) : NASHRA_OK;
    json_decref(subscribe);
    if (status >= 0 && request->wait)
        json_decref(receive(stream, 0));
    if (status >= 0)
        status = send_object(stream, request->object);
    if (status >= 0 && !(answer = receive(stream, 0)))
        status = nashra_fail(NASHRA_EIO, "nashrad went away without an answer");
    if (status >= 0)
        status = report(answer);
    if (status >= 0)
        show(answer, !json_object_get(answer, "id"));
    const json_int_t id = json_integer_value(json_object_get(answer, "id"));
    if (status >= 0 && request->wait && id)
        status = wait_for_end(stream, id);
    json_decref(answer);
    return status;
}

static int ask(const struct request *request) {
    const char *path = request->socket ? request->socket : getenv("NASHRA_ANNOUNCE");
    FILE *stream = NULL;
    int status = connect_to(path && *path ? path : "/run/nashra/announce", &stream);
    if (status >= 0)
        status = talk(stream, request);
    if (stream)
        fclose(stream);
    return status;
}

int nashra_cmd_announce(int argc, char **argv) {
    struct request request = {.object = json_object(), .slots = json_object(), .outputs = json_array()};
    int status = request.object && request.slots && request.outputs ? parse(argc, argv, &request) : NASHRA_ENOMEM;
    signal(SIGPIPE, SIG_IGN);
    if (status >= 0 && request.help)
        fputs(help, stdout);
    else if (status >= 0)
        status = ask(&request);
    json_decref(request.object);
    json_decref(request.slots);
    json_decref(request.outputs);
    return nashra_cli_finish(status);
}
