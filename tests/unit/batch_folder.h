/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder for one test, and what was said during it. */
#ifndef TESTS_UNIT_BATCH_FOLDER_H
#define TESTS_UNIT_BATCH_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <nashra/status.h>

static char folder[64];
static char messages[16000];

static void keep_message(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)user;
    size_t length = strlen(messages);
    snprintf(messages + length, sizeof messages - length, "%s\n", message);
}

static int create_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/nashra-batch-XXXXXX");
    messages[0] = '\0';
    nashra_log_set_handler(keep_message, NULL);
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    char command[100];
    (void)state;
    nashra_log_set_handler(NULL, NULL);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static const char *in_folder(const char *name) {
    static char path[4][300];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static void write_file(const char *name, const char *content) {
    FILE *file = fopen(in_folder(name), "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

#endif
