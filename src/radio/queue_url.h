/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a queue is: redis://[[USER]:PASSWORD@]HOST[:PORT][/DB][?name=QUEUE], unix:PATH[?name=…&db=…&user=…&password=…],
 * or @FILE, whose first line is one of these. */
#ifndef NASHRA_RADIO_QUEUE_URL_H
#define NASHRA_RADIO_QUEUE_URL_H

struct nashra_queue_url {
    char host[256]; /* "" for a socket */
    char path[108]; /* of the socket */
    int port;
    int database;
    char user[128]; /* "" for none: the password alone */
    char password[512];
    char name[128]; /* of the queue */
};

/* 0, NASHRA_EUSAGE or, for @FILE, NASHRA_ENOINPUT, NASHRA_EDATA, NASHRA_EIO: reported, without the password. */
int nashra_queue_url_parse(const char *text, struct nashra_queue_url *url);

#endif
