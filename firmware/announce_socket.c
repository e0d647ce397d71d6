/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* struct ucred */
#include "announce_socket.h"

#include <errno.h>
#include <grp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <systemd/sd-daemon.h>

enum {
    CLIENTS = 16,
    CHUNK = 4096,
    CHUNKS_A_TURN = 16,       /* of one client, so that others have their turn */
    UNREAD_MOST = 256 * 1024, /* of a client that doesn't read */
    STALLED_MS = 10000,       /* and for so long */
    RETRY_MS = 50
};

struct client {
    int fd; /* -1: free */
    int64_t source;
    struct nashra_buffer in, out;
    size_t sent;
    int64_t stalled_since; /* 0: it reads */
    bool subscribed;
};

struct nashrad_announce_socket {
    struct nashrad_loop *loop;
    const struct nashrad_requests *requests;
    int fd;                         /* -1: none */
    char path[NASHRAD_SETTING_MAX]; /* to be removed at the end; "": systemd's */
    struct client clients[CLIENTS];
};

static void leave(struct nashrad_announce_socket *sockets, struct client *client) {
    nashrad_loop_remove(sockets->loop, client->fd);
    close(client->fd);
    nashra_buffer_finish(&client->in);
    nashra_buffer_finish(&client->out);
    *client = (struct client){.fd = -1};
}

/* False when the client is gone or not worth waiting for. */
static bool flush(struct client *client, int64_t now) {
    while (client->sent < client->out.length) {
        const ssize_t sent = send(client->fd, client->out.data + client->sent, client->out.length - client->sent,
                                  MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            client->stalled_since = client->stalled_since ? client->stalled_since : now;
            return client->out.length - client->sent <= UNREAD_MOST && now - client->stalled_since < STALLED_MS;
        }
        if (sent < 0)
            return false;
        client->sent += (size_t)sent;
        client->stalled_since = 0;
    }
    nashra_buffer_clear(&client->out);
    client->sent = 0;
    client->stalled_since = 0;
    return true;
}

static bool answer(struct client *client, const json_t *object) {
    char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;
    if (text) {
        nashra_buffer_add_string(&client->out, text);
        nashra_buffer_add(&client->out, "\n", 1);
    }
    free(text);
    return text && !client->out.failed && flush(client, nashrad_now());
}

/* One line. False when the client is to be left. */
static bool serve_line(struct nashrad_announce_socket *sockets, struct client *client, const char *line,
                       size_t length) {
    bool subscribes = false;
    while (length > 0 && (line[length - 1] == '\r' || line[length - 1] == ' '))
        length--;
    if (length == 0)
        return true;
    json_t *object = nashrad_requests_answer(sockets->requests, line, length, client->source, &subscribes);
    client->subscribed = client->subscribed || subscribes;
    const bool good = answer(client, object);
    json_decref(object);
    return good;
}

static bool serve_lines(struct nashrad_announce_socket *sockets, struct client *client) {
    size_t from = 0;
    bool good = true;
    for (const char *end; good && from < client->in.length &&
                          (end = memchr(client->in.data + from, '\n', client->in.length - from)) != NULL;) {
        const size_t to = (size_t)(end - client->in.data);
        good = serve_line(sockets, client, client->in.data + from, to - from);
        from = to + 1;
    }
    memmove(client->in.data, client->in.data + from, client->in.length - from);
    client->in.length -= from;
    if (good && client->in.length > NASHRAD_REQUEST_MOST) {
        json_t *object = json_pack("{s:b, s:{s:s, s:s}}", "ok", 0, "error", "code", "too-long", "message",
                                   "a line has 65536 bytes at most; good-bye");
        answer(client, object);
        json_decref(object);
        return false;
    }
    return good;
}

static void read_client(int fd, void *user) {
    struct nashrad_announce_socket *sockets = user;
    struct client *client = NULL;
    char chunk[CHUNK];
    for (size_t i = 0; i < CLIENTS; i++)
        if (sockets->clients[i].fd == fd)
            client = &sockets->clients[i];
    for (int i = 0; client && i < CHUNKS_A_TURN; i++) {
        const ssize_t got = recv(fd, chunk, sizeof chunk, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        const bool added = got > 0 && nashra_buffer_add(&client->in, chunk, (size_t)got) >= 0;
        if (!added || !serve_lines(sockets, client)) {
            leave(sockets, client);
            return;
        }
    }
}

static int64_t source_of(int fd) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 ? (int64_t)peer.uid : -1;
}

static void take_client(int fd, void *user) {
    struct nashrad_announce_socket *sockets = user;
    struct client *client = NULL;
    const int peer = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (peer < 0)
        return;
    for (size_t i = 0; i < CLIENTS && !client; i++)
        if (sockets->clients[i].fd < 0)
            client = &sockets->clients[i];
    if (!client || nashrad_loop_add(sockets->loop, peer, read_client, sockets) < 0) {
        static const char full[] =
            "{\"ok\":false,\"error\":{\"code\":\"too-many\",\"message\":\"too many clients\"}}\n";
        send(peer, full, sizeof full - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        close(peer);
        return;
    }
    *client = (struct client){.fd = peer, .source = source_of(peer)};
}

/* Making ---------------------------------------------------------------------------------------------------------- */

/* Who is of the group may ask. */
static int give_to_group(const char *path, const char *group) {
    const struct group *entry = *group ? getgrnam(group) : NULL;
    if (*group && !entry)
        return nashra_fail(NASHRA_ECONFIG, "group in [announce]: there is no group \"%s\"", group);
    if (entry && chown(path, (uid_t)-1, entry->gr_gid) != 0)
        return nashra_fail(NASHRA_ECONFIG, "%s can't be given to the group %s: %s", path, group, strerror(errno));
    return NASHRA_OK;
}

static int make_socket(const struct nashrad_announce_settings *settings) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(settings->socket) >= sizeof address.sun_path)
        return nashra_fail(NASHRA_ECONFIG, "socket in [announce]: %s is too long", settings->socket);
    strcpy(address.sun_path, settings->socket);
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return nashra_fail(NASHRA_EINTERNAL, "no socket: %s", strerror(errno));
    unlink(settings->socket);
    /* Owner and group from the first moment, and whatever the mask is; the mask itself is the other threads', too. */
    const bool bound = fchmod(fd, 0660) == 0 && bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
                       chmod(settings->socket, 0660) == 0;
    if (!bound || listen(fd, SOMAXCONN) != 0 || give_to_group(settings->socket, settings->group) < 0) {
        nashra_log(NASHRA_LOG_WARNING, "%s: %s: nobody can ask for announcements", settings->socket, strerror(errno));
        close(fd);
        return NASHRA_EIO;
    }
    return fd;
}

static int find_socket(struct nashrad_announce_socket *sockets, const struct nashrad_announce_settings *settings) {
    if (sd_listen_fds(1) > 0 && sd_is_socket(SD_LISTEN_FDS_START, AF_UNIX, SOCK_STREAM, 1) > 0)
        return SD_LISTEN_FDS_START;
    const int fd = settings->socket[0] ? make_socket(settings) : -1;
    if (fd >= 0)
        strcpy(sockets->path, settings->socket);
    return fd;
}

int nashrad_announce_socket_create(struct nashrad_loop *loop, const struct nashrad_announce_settings *settings,
                                   const struct nashrad_requests *requests, struct nashrad_announce_socket **out) {
    struct nashrad_announce_socket *sockets = nashra_alloc_zeroed(1, sizeof *sockets);
    *out = sockets;
    if (!sockets)
        return NASHRA_ENOMEM;
    sockets->loop = loop;
    sockets->requests = requests;
    for (size_t i = 0; i < CLIENTS; i++)
        sockets->clients[i].fd = -1;
    sockets->fd = find_socket(sockets, settings);
    if (sockets->fd >= 0 && nashrad_loop_add(loop, sockets->fd, take_client, sockets) < 0) {
        close(sockets->fd);
        sockets->fd = -1;
    }
    return NASHRA_OK;
}

void nashrad_announce_socket_destroy(struct nashrad_announce_socket *sockets) {
    if (!sockets)
        return;
    for (size_t i = 0; i < CLIENTS; i++)
        if (sockets->clients[i].fd >= 0)
            leave(sockets, &sockets->clients[i]);
    if (sockets->fd >= 0) {
        nashrad_loop_remove(sockets->loop, sockets->fd);
        close(sockets->fd);
    }
    if (sockets->path[0])
        unlink(sockets->path);
    nashra_free(sockets);
}

/* ----------------------------------------------------------------------------------------------------------------- */

void nashrad_announce_socket_tell(struct nashrad_announce_socket *sockets, const json_t *event) {
    for (size_t i = 0; i < CLIENTS; i++) {
        struct client *client = &sockets->clients[i];
        /* One that is to be left is left at the next turn: it may be asking just now. */
        if (client->fd >= 0 && client->subscribed && !answer(client, event))
            shutdown(client->fd, SHUT_RDWR);
    }
}

int64_t nashrad_announce_socket_due(struct nashrad_announce_socket *sockets, int64_t now) {
    int64_t next = -1;
    for (size_t i = 0; i < CLIENTS; i++) {
        struct client *client = &sockets->clients[i];
        if (client->fd < 0 || client->out.length == 0)
            continue;
        if (!flush(client, now))
            leave(sockets, client);
        else if (client->out.length > 0)
            next = now + RETRY_MS;
    }
    return next;
}
