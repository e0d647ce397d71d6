/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* struct timeval in struct input_event */
#include "selftest_box.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <nashra/memory.h>
#include <nashra/table.h>

extern char **environ;

enum {
    PATH_MAX_BYTES = 128,
    ANSWER_MS = 20000,
    START_MS = 60000,
    FIRST_CODE = 0x100 /* BTN_0: no key has a meaning here */
};

static const char *const OUTPUTS[] = {"main", "hall", "headphone"};

static const char ARTICLE[] =
    "عنوان التجربة\n\n"
    "هذه هي الجملة الأولى من نص التجربة، وهي طويلة بما يكفي ليسمعها المستمع بوضوح تام. وهذه هي الجملة الثانية من النص "
    "نفسه، وتأتي بعد الأولى بلا توقف. وهذه هي الجملة الثالثة وفيها كلام كثير عن الطقس والطريق. ثم تأتي الجملة الرابعة "
    "بعدها كلها وتنتهي بها القراءة.\n";

int64_t nashra_selftest_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void nashra_selftest_sleep(int ms) {
    const struct timespec time = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&time, NULL);
}

static void path_of(const struct nashra_selftest_box *box, const char *name, char path[PATH_MAX_BYTES]) {
    snprintf(path, PATH_MAX_BYTES, "%s/%s", box->folder, name);
}

/* Making ---------------------------------------------------------------------------------------------------------- */

static int write_file(const struct nashra_selftest_box *box, const char *name, const char *text) {
    char path[PATH_MAX_BYTES];
    path_of(box, name, path);
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        return nashra_fail(NASHRA_ECANTCREATE, "%s: %s", path, strerror(errno));
    return NASHRA_OK;
}

static int load_layout(struct nashra_selftest_box *box, const char *name) {
    struct nashra_buffer file = {0}, path = {0};
    if (strchr(name, '/'))
        return nashra_layout_load(name, &box->layout);
    nashra_buffer_add_format(&file, "layouts/%s.tsv", name);
    int status = file.failed ? NASHRA_ENOMEM : nashra_data_path(file.data, &path);
    if (status >= 0)
        status = nashra_layout_load(path.data, &box->layout);
    nashra_buffer_finish(&file);
    nashra_buffer_finish(&path);
    return status;
}

/* Each key of the layout gets a code of its own. */
static int write_settings(struct nashra_selftest_box *box, const char *layout, const char *kiosk) {
    struct nashra_buffer text = {0};
    const char *f = box->folder, *prompts = getenv("NASHRA_PROMPTS");
    nashra_buffer_add_format(&text, "[nashrad]\njournal = %s/journal\nlayout = %s\nautoplay = no\nnotices = \n", f,
                             layout);
    if (prompts)
        nashra_buffer_add_format(&text, "prompts = %s\n", prompts);
    nashra_buffer_add_format(&text,
                             "[library]\nfolder = %s/articles\nstick = \n[power]\nalarm = \nbattery = \n"
                             "[sound]\ndevice = record:%s/main\n[input]\ndevice = %s/keys\n"
                             "[announce]\nsocket = %s/socket\nburst = 0\n"
                             "[outputs]\nhall = record:%s/hall\nheadphone = record:%s/headphone\n"
                             "[kiosk]\nenabled = yes\n%s[keys]\n",
                             f, f, f, f, f, f, kiosk);
    for (size_t i = 0; i < nashra_layout_keys(box->layout); i++)
        nashra_buffer_add_format(&text, "BTN_%zu = %s\n", i, nashra_layout_key_name(box->layout, i));
    int status = text.failed ? NASHRA_ENOMEM : write_file(box, "nashrad.ini", text.data);
    nashra_buffer_finish(&text);
    return status;
}

static int make_files(struct nashra_selftest_box *box, const char *layout, const char *kiosk) {
    char path[PATH_MAX_BYTES];
    strcpy(box->folder, "/tmp/nashra-selftest-XXXXXX");
    if (!mkdtemp(box->folder))
        return nashra_fail(NASHRA_ECANTCREATE, "%s: %s", box->folder, strerror(errno));
    path_of(box, "articles", path);
    int status = mkdir(path, 0700) == 0 ? NASHRA_OK : NASHRA_ECANTCREATE;
    path_of(box, "keys", path);
    if (status < 0 || mkfifo(path, 0600) != 0)
        return nashra_fail(NASHRA_ECANTCREATE, "%s: %s", path, strerror(errno));
    box->keys = open(path, O_RDWR | O_CLOEXEC);
    status = box->keys < 0 ? nashra_fail(NASHRA_ECANTCREATE, "%s: %s", path, strerror(errno))
                           : write_file(box, "articles/1.txt", ARTICLE);
    return status < 0 ? status : write_settings(box, layout, kiosk);
}

static int spawn(struct nashra_selftest_box *box, const char *program) {
    char settings[PATH_MAX_BYTES], log[PATH_MAX_BYTES];
    posix_spawn_file_actions_t actions;
    path_of(box, "nashrad.ini", settings);
    path_of(box, "log", log);
    char *const arguments[] = {(char *)program, "--config", settings, "--verbose", NULL};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int error = posix_spawn(&box->pid, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error == 0)
        return NASHRA_OK;
    box->pid = 0;
    return nashra_fail(NASHRA_ENOINPUT, "%s: %s", program, strerror(error));
}

static bool try_connect(struct nashra_selftest_box *box) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", box->folder);
    box->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(box->socket, (const struct sockaddr *)&address, sizeof address) == 0)
        return true;
    close(box->socket);
    box->socket = -1;
    return false;
}

/* It can be asked, and has its article. */
static int wait_for_start(struct nashra_selftest_box *box, const char *program) {
    const int64_t end = nashra_selftest_now() + START_MS;
    while (box->socket < 0 && nashra_selftest_now() < end && waitpid(box->pid, NULL, WNOHANG) == 0)
        if (!try_connect(box))
            nashra_selftest_sleep(20);
    while (box->socket >= 0 && nashra_selftest_now() < end) {
        if (nashra_selftest_mode(box, "paused") && nashra_selftest_silent(box, NASHRA_SELFTEST_MAIN, 400, 10000))
            return NASHRA_OK;
        nashra_selftest_sleep(20);
    }
    return nashra_fail(NASHRA_EINTERNAL, "%s did not start; see what it says with --keep", program);
}

int nashra_selftest_start(struct nashra_selftest_box *box, const char *program, const char *layout, const char *kiosk) {
    *box = (struct nashra_selftest_box){.keys = -1, .socket = -1};
    int status = load_layout(box, layout);
    if (status >= 0)
        status = make_files(box, layout, kiosk);
    if (status >= 0)
        status = spawn(box, program);
    return status < 0 ? status : wait_for_start(box, program);
}

static void remove_folder(const char *path) {
    DIR *folder = opendir(path);
    char file[512];
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        if (unlink(file) != 0)
            remove_folder(file);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

void nashra_selftest_stop(struct nashra_selftest_box *box) {
    if (box->pid > 0) {
        kill(box->pid, SIGKILL);
        waitpid(box->pid, NULL, 0);
    }
    if (box->keys >= 0)
        close(box->keys);
    if (box->socket >= 0)
        close(box->socket);
    nashra_layout_destroy(box->layout);
    if (box->folder[0] && !getenv("NASHRA_SELFTEST_KEEP"))
        remove_folder(box->folder);
}

/* Keys ------------------------------------------------------------------------------------------------------------ */

static void send_event(const struct nashra_selftest_box *box, unsigned type, unsigned code, int value) {
    const struct input_event event = {.type = (uint16_t)type, .code = (uint16_t)code, .value = value};
    if (write(box->keys, &event, sizeof event) != sizeof event)
        nashra_log(NASHRA_LOG_ERROR, "%s/keys: %s", box->folder, strerror(errno));
}

void nashra_selftest_key(struct nashra_selftest_box *box, size_t key, bool down) {
    send_event(box, EV_KEY, FIRST_CODE + (unsigned)key, down);
}

void nashra_selftest_plug(struct nashra_selftest_box *box, bool in) {
    send_event(box, EV_SW, SW_HEADPHONE_INSERT, in);
}

int nashra_selftest_find(const struct nashra_selftest_box *box, enum nashra_command command) {
    for (size_t i = 0; i < nashra_layout_keys(box->layout); i++)
        if (nashra_layout_meaning(box->layout, i, NASHRA_GESTURE_SHORT) == command)
            return (int)i;
    return -1;
}

bool nashra_selftest_press(struct nashra_selftest_box *box, enum nashra_command command) {
    static const int MS[] = {60, NASHRA_KEYS_LONG_MS + 500, NASHRA_KEYS_HELD_MS + 700};
    for (int gesture = NASHRA_GESTURE_SHORT; gesture < NASHRA_GESTURE_COUNT; gesture++)
        for (size_t i = 0; i < nashra_layout_keys(box->layout); i++) {
            if (nashra_layout_meaning(box->layout, i, (enum nashra_gesture)gesture) != command)
                continue;
            nashra_selftest_key(box, i, true);
            nashra_selftest_sleep(MS[gesture]);
            nashra_selftest_key(box, i, false);
            return true;
        }
    return false;
}

/* Requests -------------------------------------------------------------------------------------------------------- */

static json_t *take_line(struct nashra_selftest_box *box) {
    char *end = memchr(box->input, '\n', box->length);
    if (!end)
        return NULL;
    const size_t length = (size_t)(end - box->input);
    json_t *object = json_loadb(box->input, length, 0, NULL);
    box->length -= length + 1;
    memmove(box->input, end + 1, box->length);
    return object;
}

json_t *nashra_selftest_ask(struct nashra_selftest_box *box, const char *request) {
    const int64_t end = nashra_selftest_now() + ANSWER_MS;
    struct pollfd readable = {.fd = box->socket, .events = POLLIN};
    json_t *object = NULL;
    if (send(box->socket, request, strlen(request), MSG_NOSIGNAL) < 0 || send(box->socket, "\n", 1, MSG_NOSIGNAL) < 0)
        return NULL;
    while (!(object = take_line(box)) && nashra_selftest_now() < end) {
        if (poll(&readable, 1, 100) <= 0)
            continue;
        const ssize_t got = recv(box->socket, box->input + box->length, sizeof box->input - box->length, 0);
        if (got <= 0)
            return NULL;
        box->length += (size_t)got;
    }
    return object;
}

long nashra_selftest_reader(struct nashra_selftest_box *box, const char *what) {
    json_t *status = nashra_selftest_ask(box, "{\"cmd\":\"status\"}");
    const long value = (long)json_integer_value(json_object_get(json_object_get(status, "reader"), what));
    json_decref(status);
    return value;
}

bool nashra_selftest_mode(struct nashra_selftest_box *box, const char *mode) {
    json_t *status = nashra_selftest_ask(box, "{\"cmd\":\"status\"}");
    const char *now = json_string_value(json_object_get(json_object_get(status, "reader"), "mode"));
    const bool same = now && strcmp(now, mode) == 0;
    json_decref(status);
    return same;
}

long nashra_selftest_say(struct nashra_selftest_box *box, const char *fields) {
    char request[1024];
    snprintf(request, sizeof request, "{\"cmd\":\"say\",%s}", fields);
    json_t *answer = nashra_selftest_ask(box, request);
    const long id = (long)json_integer_value(json_object_get(answer, "id"));
    json_decref(answer);
    return id;
}

/* Sound ----------------------------------------------------------------------------------------------------------- */

size_t nashra_selftest_heard(const struct nashra_selftest_box *box, enum nashra_selftest_output output) {
    char path[PATH_MAX_BYTES];
    struct stat about;
    path_of(box, OUTPUTS[output], path);
    return stat(path, &about) == 0 ? (size_t)about.st_size / sizeof(int16_t) : 0;
}

double nashra_selftest_loudness(const struct nashra_selftest_box *box, enum nashra_selftest_output output,
                                size_t from) {
    char path[PATH_MAX_BYTES];
    int16_t block[1024];
    double sum = 0;
    size_t count = 0;
    path_of(box, OUTPUTS[output], path);
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    fseek(file, (long)(from * sizeof(int16_t)), SEEK_SET);
    for (size_t got; (got = fread(block, sizeof *block, 1024, file)) > 0; count += got)
        for (size_t i = 0; i < got; i++)
            sum += (double)block[i] * block[i];
    fclose(file);
    return count ? sqrt(sum / (double)count) : 0;
}

bool nashra_selftest_hear(const struct nashra_selftest_box *box, enum nashra_selftest_output output, size_t frames,
                          int ms) {
    const int64_t end = nashra_selftest_now() + ms;
    while (nashra_selftest_heard(box, output) < frames) {
        if (nashra_selftest_now() >= end)
            return false;
        nashra_selftest_sleep(10);
    }
    return true;
}

bool nashra_selftest_silent(const struct nashra_selftest_box *box, enum nashra_selftest_output output, int ms,
                            int within) {
    const int64_t end = nashra_selftest_now() + within;
    int64_t since = nashra_selftest_now();
    size_t before = nashra_selftest_heard(box, output);
    while (nashra_selftest_now() - since < ms) {
        if (nashra_selftest_now() >= end)
            return false;
        nashra_selftest_sleep(10);
        const size_t now = nashra_selftest_heard(box, output);
        since = now > before ? nashra_selftest_now() : since;
        before = now;
    }
    return true;
}

/* The log --------------------------------------------------------------------------------------------------------- */

static size_t count_lines(const struct nashra_selftest_box *box, const char *text, size_t since, size_t *all) {
    char path[PATH_MAX_BYTES], line[1024];
    size_t count = 0;
    path_of(box, "log", path);
    FILE *file = fopen(path, "r");
    *all = 0;
    while (file && fgets(line, sizeof line, file)) {
        count += *all >= since && strstr(line, text) != NULL;
        ++*all;
    }
    if (file)
        fclose(file);
    return count;
}

size_t nashra_selftest_log(const struct nashra_selftest_box *box, const char *text, size_t since) {
    size_t all;
    return count_lines(box, text, since, &all);
}

size_t nashra_selftest_log_end(const struct nashra_selftest_box *box) {
    size_t all;
    count_lines(box, "", 0, &all);
    return all;
}

bool nashra_selftest_told(const struct nashra_selftest_box *box, const char *text, size_t since, int ms) {
    const int64_t end = nashra_selftest_now() + ms;
    while (nashra_selftest_log(box, text, since) == 0) {
        if (nashra_selftest_now() >= end)
            return false;
        nashra_selftest_sleep(20);
    }
    return true;
}
