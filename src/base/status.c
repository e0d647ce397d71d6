/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/status.h>

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

struct status_row {
    int status;
    int exit_code;
    const char *name;
};

static const struct status_row statuses[] = {
    {NASHRA_OK, 0, "success"},
    {NASHRA_EUSAGE, 64, "wrong usage"},
    {NASHRA_EDATA, 65, "unreadable input"},
    {NASHRA_ENOINPUT, 66, "missing input"},
    {NASHRA_ENODEVICE, 69, "no sound device"},
    {NASHRA_EINTERNAL, 70, "internal fault"},
    {NASHRA_ENOMEM, 70, "out of memory"},
    {NASHRA_ECANTCREATE, 73, "output can't be created"},
    {NASHRA_EIO, 74, "input or output failed"},
    {NASHRA_EAGAIN, 75, "try again later"},
    {NASHRA_ECONFIG, 78, "configuration or data files"},
    {NASHRA_STOPPED, 0, "stopped"},
};

static const struct status_row *find_status(int status) {
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (statuses[i].status == status)
            return &statuses[i];
    return NULL;
}

int nashra_exit_code(int status) {
    if (status >= 0)
        return 0;
    const struct status_row *row = find_status(status);
    return row ? row->exit_code : 70;
}

const char *nashra_status_name(int status) {
    const struct status_row *row = find_status(status < 0 ? status : NASHRA_OK);
    return row ? row->name : "unknown status";
}

static nashra_log_fn log_handler;
static void *log_user;
static _Atomic int log_level = NASHRA_LOG_WARNING;

void nashra_log_set_handler(nashra_log_fn handler, void *user) {
    log_handler = handler;
    log_user = user;
}

void nashra_log_set_level(enum nashra_log_level level) {
    log_level = (int)level;
}

static void log_message(enum nashra_log_level level, const char *format, va_list arguments) {
    char message[1024];
    if ((int)level > log_level)
        return;
    vsnprintf(message, sizeof message, format, arguments);
    if (log_handler)
        log_handler(level, message, log_user);
    else
        fprintf(stderr, "nashra: %s%s\n", level == NASHRA_LOG_WARNING ? "warning: " : "", message);
}

void nashra_log(enum nashra_log_level level, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    log_message(level, format, arguments);
    va_end(arguments);
}

int nashra_fail(enum nashra_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    log_message(NASHRA_LOG_ERROR, format, arguments);
    va_end(arguments);
    return (int)status;
}
