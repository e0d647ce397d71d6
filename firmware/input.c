/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* struct timeval in struct input_event */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/input.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEVICES = 16, BURST = 32, STEPS_MOST = 10 };

struct device {
    int fd; /* -1: free */
    char path[NASHRAD_TEXT_MAX];
};

struct nashrad_input {
    struct nashrad_loop *loop;
    const struct nashrad_config *config;
    const struct nashra_layout *layout;
    struct nashrad_input_events events;
    void *user;
    int inotify;
    struct device devices[DEVICES];
};

/* Events ---------------------------------------------------------------------------------------------------------- */

static void press(struct nashrad_input *input, const struct nashrad_binding *binding, const struct input_event *event) {
    const int key = nashra_layout_find(input->layout, binding->key);
    if (key < 0)
        return;
    if (binding->type == EV_KEY) {
        if (event->value == 0 || event->value == 1) /* 2: the keyboard repeats it */
            input->events.key(input->user, (size_t)key, event->value == 1);
        return;
    }
    /* A turn is a press for each step. */
    const int steps = abs(event->value) < STEPS_MOST ? abs(event->value) : STEPS_MOST;
    for (int i = 0; i < steps && (event->value > 0) == (binding->sign > 0); i++) {
        input->events.key(input->user, (size_t)key, true);
        input->events.key(input->user, (size_t)key, false);
    }
}

static void take(struct nashrad_input *input, const struct input_event *event) {
    if (event->type == EV_SW && event->code == SW_HEADPHONE_INSERT)
        input->events.plug(input->user, event->value != 0);
    for (size_t i = 0; i < input->config->binding_count; i++) {
        const struct nashrad_binding *binding = &input->config->bindings[i];
        if (binding->type == event->type && binding->code == event->code)
            press(input, binding, event);
    }
}

static struct device *find(struct nashrad_input *input, int fd) {
    for (size_t i = 0; i < DEVICES; i++)
        if (input->devices[i].fd == fd)
            return &input->devices[i];
    return NULL;
}

static void close_device(struct nashrad_input *input, struct device *device) {
    nashrad_loop_remove(input->loop, device->fd);
    close(device->fd);
    device->fd = -1;
}

static void read_device(int fd, void *user) {
    struct nashrad_input *input = user;
    struct input_event events[BURST];
    const ssize_t got = read(fd, events, sizeof events);
    for (ssize_t i = 0; got > 0 && i < got / (ssize_t)sizeof *events; i++)
        take(input, &events[i]);
    struct device *device = find(input, fd);
    if (!device || got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR)))
        return;
    nashra_log(NASHRA_LOG_INFO, "%s is gone", device->path);
    close_device(input, device);
    input->events.gone(input->user);
}

/* Devices --------------------------------------------------------------------------------------------------------- */

static bool has_bit(const unsigned char *bits, unsigned bit) {
    return bits[bit / 8] >> (bit % 8) & 1;
}

/* Where a headphone's plug is seen; what it says now is told at once. */
static bool tells_plug(const struct nashrad_input *input, int fd) {
    unsigned char switches[SW_MAX / 8 + 1] = {0};
    if (!input->config->services.kiosk.enabled || ioctl(fd, EVIOCGBIT(EV_SW, sizeof switches), switches) < 0 ||
        !has_bit(switches, SW_HEADPHONE_INSERT))
        return false;
    memset(switches, 0, sizeof switches);
    if (ioctl(fd, EVIOCGSW(sizeof switches), switches) >= 0 && has_bit(switches, SW_HEADPHONE_INSERT))
        input->events.plug(input->user, true);
    return true;
}

/* A device that has none of our keys may be somebody else's keyboard. */
static bool is_wanted(const struct nashrad_input *input, int fd) {
    unsigned char keys[KEY_MAX / 8 + 1] = {0}, wheels[REL_MAX / 8 + 1] = {0};
    if (ioctl(fd, EVIOCGBIT(EV_KEY, sizeof keys), keys) < 0)
        return false;
    ioctl(fd, EVIOCGBIT(EV_REL, sizeof wheels), wheels);
    for (size_t i = 0; i < input->config->binding_count; i++) {
        const struct nashrad_binding *binding = &input->config->bindings[i];
        if (has_bit(binding->type == EV_KEY ? keys : wheels, binding->code))
            return true;
    }
    return false;
}

static int open_path(const struct nashrad_input *input, const char *path) {
    struct stat about;
    if (stat(path, &about) != 0 || (!S_ISCHR(about.st_mode) && !S_ISFIFO(about.st_mode)))
        return -1;
    /* A FIFO that is open for writing here as well does not end when its other writers go. */
    const int fd = open(path, (S_ISFIFO(about.st_mode) ? O_RDWR : O_RDONLY) | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        nashra_log(NASHRA_LOG_WARNING, "%s: %s", path, strerror(errno));
        return -1;
    }
    if (S_ISFIFO(about.st_mode))
        return fd;
    if (!is_wanted(input, fd)) {
        if (tells_plug(input, fd))
            return fd; /* not grabbed: the sound server may look at it, too */
        close(fd);
        return -1;
    }
    tells_plug(input, fd);
    ioctl(fd, EVIOCGRAB, 1); /* its keys are ours: none of them types on the console */
    return fd;
}

static bool is_open(const struct nashrad_input *input, const char *path) {
    for (size_t i = 0; i < DEVICES; i++)
        if (input->devices[i].fd >= 0 && strcmp(input->devices[i].path, path) == 0)
            return true;
    return false;
}

static void open_device(struct nashrad_input *input, const char *path) {
    struct device *device = find(input, -1);
    if (!device || strlen(path) >= sizeof device->path || is_open(input, path))
        return;
    const int fd = open_path(input, path);
    if (fd < 0)
        return;
    if (nashrad_loop_add(input->loop, fd, read_device, input) < 0) {
        close(fd);
        return;
    }
    device->fd = fd;
    strcpy(device->path, path);
    nashra_log(NASHRA_LOG_INFO, "%s has keys of ours", path);
}

static void open_all(struct nashrad_input *input) {
    for (size_t i = 0; i < input->config->devices.count; i++) {
        glob_t found;
        if (glob(input->config->devices.items[i], 0, NULL, &found) != 0)
            continue;
        for (size_t k = 0; k < found.gl_pathc; k++)
            open_device(input, found.gl_pathv[k]);
        globfree(&found);
    }
}

/* Something appeared in a folder of devices, or got its permissions. */
static void notice(int fd, void *user) {
    char events[4096];
    while (read(fd, events, sizeof events) > 0) {
    }
    open_all(user);
}

static void watch_folders(struct nashrad_input *input) {
    for (size_t i = 0; i < input->config->devices.count; i++) {
        char folder[NASHRAD_TEXT_MAX];
        strcpy(folder, input->config->devices.items[i]);
        char *slash = strrchr(folder, '/');
        if (!slash)
            continue;
        slash[slash == folder] = '\0';
        if (inotify_add_watch(input->inotify, folder, IN_CREATE | IN_ATTRIB | IN_MOVED_TO) < 0)
            nashra_log(NASHRA_LOG_WARNING, "%s can't be watched for new devices: %s", folder, strerror(errno));
    }
}

int nashrad_input_create(struct nashrad_loop *loop, const struct nashrad_config *config,
                         const struct nashra_layout *layout, const struct nashrad_input_events *events, void *user,
                         struct nashrad_input **out) {
    struct nashrad_input *input = nashra_alloc_zeroed(1, sizeof *input);
    *out = NULL;
    if (!input)
        return NASHRA_ENOMEM;
    *input = (struct nashrad_input){.loop = loop, .config = config, .layout = layout, .events = *events, .user = user};
    for (size_t i = 0; i < DEVICES; i++)
        input->devices[i].fd = -1;
    input->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    int status = input->inotify < 0 ? nashra_fail(NASHRA_EINTERNAL, "no inotify: %s", strerror(errno))
                                    : nashrad_loop_add(loop, input->inotify, notice, input);
    if (status < 0) {
        nashrad_input_destroy(input);
        return status;
    }
    watch_folders(input);
    open_all(input);
    *out = input;
    return NASHRA_OK;
}

void nashrad_input_destroy(struct nashrad_input *input) {
    if (!input)
        return;
    for (size_t i = 0; i < DEVICES; i++)
        if (input->devices[i].fd >= 0)
            close_device(input, &input->devices[i]);
    if (input->inotify >= 0) {
        nashrad_loop_remove(input->loop, input->inotify);
        close(input->inotify);
    }
    nashra_free(input);
}

size_t nashrad_input_count(const struct nashrad_input *input) {
    size_t count = 0;
    for (size_t i = 0; i < DEVICES; i++)
        count += input->devices[i].fd >= 0;
    return count;
}
