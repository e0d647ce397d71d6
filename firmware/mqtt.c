/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* pthread_timedjoin_np() */
#include "mqtt.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <mosquitto.h>

#include <nashra/memory.h>

enum { WAITING = 32, MESSAGE_MOST = 64 * 1024, TOPIC_MOST = 3 * NASHRAD_SETTING_MAX, QOS = 1, UNSENT_MOST = 100 };
enum { FIRST_RETRY_S = 1, LAST_RETRY_S = 30, PASSWORD_MOST = 256, GOODBYE_S = 2 };

static const char *const NAMES[] = {"state", "answer", "event", "error"};
static const char GONE[] = "{\"online\":false}";

struct message {
    char *bytes;
    size_t length;
};

struct nashrad_mqtt {
    struct nashrad_loop *loop;
    const struct nashrad_mqtt_settings *settings;
    nashrad_mqtt_fn command;
    void *user;
    struct mosquitto *client;
    char device[NASHRAD_SETTING_MAX];
    int event; /* readable when a message waits */
    int wake;  /* readable when it is over */
    pthread_t thread;
    bool running;

    pthread_mutex_t lock; /* over what follows */
    struct message waiting[WAITING];
    size_t first, count;
    char *state; /* the last one */
    bool connected, quit;
};

static void topic_of(const struct nashrad_mqtt *mqtt, const char *name, char topic[TOPIC_MOST]) {
    snprintf(topic, TOPIC_MOST, "%s/%s/%s", mqtt->settings->topic, mqtt->device, name);
}

static void send_to(struct nashrad_mqtt *mqtt, const char *name, const char *message, bool retain) {
    char topic[TOPIC_MOST];
    topic_of(mqtt, name, topic);
    mosquitto_publish(mqtt->client, NULL, topic, (int)strlen(message), message, QOS, retain);
}

/* The library's thread ----------------------------------------------------------------------------------------------
 */

static void connected(struct mosquitto *client, void *user, int code) {
    struct nashrad_mqtt *mqtt = user;
    char topic[TOPIC_MOST];
    if (code != 0) {
        nashra_log(NASHRA_LOG_WARNING, "MQTT: %s refuses: %s", mqtt->settings->host, mosquitto_connack_string(code));
        return;
    }
    nashra_log(NASHRA_LOG_INFO, "MQTT: %s is there", mqtt->settings->host);
    topic_of(mqtt, "command", topic);
    mosquitto_subscribe(client, NULL, topic, QOS);
    pthread_mutex_lock(&mqtt->lock);
    mqtt->connected = true;
    send_to(mqtt, NAMES[NASHRAD_MQTT_STATE], mqtt->state ? mqtt->state : "{\"online\":true}", true);
    pthread_mutex_unlock(&mqtt->lock);
}

static void disconnected(struct mosquitto *client, void *user, int code) {
    struct nashrad_mqtt *mqtt = user;
    (void)client;
    pthread_mutex_lock(&mqtt->lock);
    mqtt->connected = false;
    pthread_mutex_unlock(&mqtt->lock);
    if (code != 0)
        nashra_log(NASHRA_LOG_INFO, "MQTT: %s is away", mqtt->settings->host);
}

/* What a flood brings beyond the queue is left out. */
static void received(struct mosquitto *client, void *user, const struct mosquitto_message *message) {
    struct nashrad_mqtt *mqtt = user;
    const uint64_t one = 1;
    (void)client;
    /* A command that the broker kept is of yesterday. */
    if (message->retain || message->payloadlen <= 0 || message->payloadlen > MESSAGE_MOST)
        return;
    const size_t length = (size_t)message->payloadlen;
    char *bytes = nashra_alloc(length);
    pthread_mutex_lock(&mqtt->lock);
    const bool kept = bytes && mqtt->count < WAITING;
    if (kept) {
        memcpy(bytes, message->payload, length);
        mqtt->waiting[(mqtt->first + mqtt->count++) % WAITING] = (struct message){bytes, length};
    }
    pthread_mutex_unlock(&mqtt->lock);
    if (!kept)
        nashra_free(bytes);
    const ssize_t written = write(mqtt->event, &one, sizeof one);
    (void)written;
}

/* The loop's --------------------------------------------------------------------------------------------------------
 */

static bool take(struct nashrad_mqtt *mqtt, struct message *message) {
    pthread_mutex_lock(&mqtt->lock);
    const bool there = mqtt->count > 0;
    if (there) {
        *message = mqtt->waiting[mqtt->first];
        mqtt->first = (mqtt->first + 1) % WAITING;
        mqtt->count--;
    }
    pthread_mutex_unlock(&mqtt->lock);
    return there;
}

static void serve(int fd, void *user) {
    struct nashrad_mqtt *mqtt = user;
    struct message message;
    uint64_t count;
    const ssize_t got = read(fd, &count, sizeof count);
    (void)got;
    while (take(mqtt, &message)) {
        mqtt->command(mqtt->user, message.bytes, message.length);
        nashra_free(message.bytes);
    }
}

void nashrad_mqtt_publish(struct nashrad_mqtt *mqtt, enum nashrad_mqtt_topic topic, const char *message) {
    if (!mqtt)
        return;
    pthread_mutex_lock(&mqtt->lock);
    const bool there = mqtt->connected;
    if (topic == NASHRAD_MQTT_STATE) {
        char *copy = nashra_alloc(strlen(message) + 1);
        if (copy)
            strcpy(copy, message);
        nashra_free(mqtt->state);
        mqtt->state = copy;
    }
    pthread_mutex_unlock(&mqtt->lock);
    if (there)
        send_to(mqtt, NAMES[topic], message, topic == NASHRAD_MQTT_STATE);
}

/* Making ------------------------------------------------------------------------------------------------------------
 */

/* A password on the command line or in a settings file that all may read is none. */
static int set_password(struct nashrad_mqtt *mqtt) {
    const struct nashrad_mqtt_settings *s = mqtt->settings;
    char password[PASSWORD_MOST] = "";
    if (!s->user[0])
        return NASHRA_OK;
    FILE *file = s->password_file[0] ? fopen(s->password_file, "r") : NULL;
    if (s->password_file[0] && (!file || !fgets(password, sizeof password, file))) {
        const int cause = errno;
        if (file)
            fclose(file);
        return nashra_fail(NASHRA_ECONFIG, "password_file in [mqtt]: %s: %s", s->password_file, strerror(cause));
    }
    if (file)
        fclose(file);
    password[strcspn(password, "\r\n")] = '\0';
    const int error = mosquitto_username_pw_set(mqtt->client, s->user, password[0] ? password : NULL);
    explicit_bzero(password, sizeof password);
    return error ? nashra_fail(NASHRA_ECONFIG, "user in [mqtt]: %s", mosquitto_strerror(error)) : NASHRA_OK;
}

static int set_tls(struct nashrad_mqtt *mqtt) {
    const struct nashrad_mqtt_settings *s = mqtt->settings;
    const char *cert = s->cert_file[0] ? s->cert_file : NULL, *key = s->key_file[0] ? s->key_file : NULL;
    if (!s->ca_file[0])
        return cert || key ? nashra_fail(NASHRA_ECONFIG, "[mqtt]: cert_file and key_file need a ca_file") : NASHRA_OK;
    int error = mosquitto_tls_set(mqtt->client, s->ca_file, NULL, cert, key, NULL);
    if (!error && s->insecure)
        error = mosquitto_tls_insecure_set(mqtt->client, true);
    return error ? nashra_fail(NASHRA_ECONFIG, "[mqtt]: TLS by %s: %s", s->ca_file,
                               error == MOSQ_ERR_ERRNO ? strerror(errno) : mosquitto_strerror(error))
                 : NASHRA_OK;
}

static int check_topic(const struct nashrad_mqtt *mqtt) {
    char topic[TOPIC_MOST];
    topic_of(mqtt, "state", topic);
    if (mosquitto_pub_topic_check(topic) == MOSQ_ERR_SUCCESS && !strchr(mqtt->device, '/') && mqtt->device[0])
        return NASHRA_OK;
    return nashra_fail(NASHRA_ECONFIG,
                       "[mqtt]: topic \"%s\" and device \"%s\" make no topic: no + and no #, no / in the "
                       "device",
                       mqtt->settings->topic, mqtt->device);
}

static int set_client(struct nashrad_mqtt *mqtt) {
    char topic[TOPIC_MOST];
    int status = check_topic(mqtt);
    if (status < 0)
        return status;
    topic_of(mqtt, NAMES[NASHRAD_MQTT_STATE], topic);
    mosquitto_connect_callback_set(mqtt->client, connected);
    mosquitto_disconnect_callback_set(mqtt->client, disconnected);
    mosquitto_message_callback_set(mqtt->client, received);
    mosquitto_reconnect_delay_set(mqtt->client, FIRST_RETRY_S, LAST_RETRY_S, true);
    mosquitto_max_inflight_messages_set(mqtt->client, UNSENT_MOST);
    if (mosquitto_will_set(mqtt->client, topic, sizeof GONE - 1, GONE, QOS, true) != MOSQ_ERR_SUCCESS)
        return NASHRA_ENOMEM;
    status = set_password(mqtt);
    return status < 0 ? status : set_tls(mqtt);
}

static bool is_over(struct nashrad_mqtt *mqtt) {
    pthread_mutex_lock(&mqtt->lock);
    const bool quit = mqtt->quit;
    pthread_mutex_unlock(&mqtt->lock);
    return quit;
}

/* The library comes back to a broker that it has met, but not to one that wasn't there at first. */
static void *keep_trying(void *user) {
    struct nashrad_mqtt *mqtt = user;
    const struct nashrad_mqtt_settings *s = mqtt->settings;
    int pause_s = FIRST_RETRY_S;
    bool told = false;
    while (!is_over(mqtt)) {
        if (mosquitto_connect(mqtt->client, s->host, s->port, s->keepalive_s) == MOSQ_ERR_SUCCESS) {
            pause_s = FIRST_RETRY_S;
            mosquitto_loop_forever(mqtt->client, -1, 1);
        } else if (!told) {
            told = true;
            nashra_log(NASHRA_LOG_INFO, "MQTT: %s isn't there yet", s->host);
        }
        struct pollfd wake = {.fd = mqtt->wake, .events = POLLIN};
        poll(&wake, 1, pause_s * 1000);
        pause_s = 2 * pause_s < LAST_RETRY_S ? 2 * pause_s : LAST_RETRY_S;
    }
    return NULL;
}

/* A broker that isn't there is no error. */
static int start(struct nashrad_mqtt *mqtt) {
    sigset_t all, before;
    mosquitto_threaded_set(mqtt->client, true);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int error = pthread_create(&mqtt->thread, NULL, keep_trying, mqtt);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error)
        return nashra_fail(NASHRA_EINTERNAL, "MQTT: no thread: %s", strerror(error));
    mqtt->running = true;
    return nashrad_loop_add(mqtt->loop, mqtt->event, serve, mqtt);
}

static void name_device(struct nashrad_mqtt *mqtt) {
    if (mqtt->settings->device[0])
        strcpy(mqtt->device, mqtt->settings->device);
    else if (gethostname(mqtt->device, sizeof mqtt->device - 1) != 0)
        strcpy(mqtt->device, "nashra");
}

int nashrad_mqtt_create(struct nashrad_loop *loop, const struct nashrad_mqtt_settings *settings,
                        nashrad_mqtt_fn command, void *user, struct nashrad_mqtt **out) {
    *out = NULL;
    if (!settings->host[0])
        return NASHRA_OK;
    struct nashrad_mqtt *mqtt = nashra_alloc_zeroed(1, sizeof *mqtt);
    if (!mqtt)
        return NASHRA_ENOMEM;
    mqtt->loop = loop;
    mqtt->settings = settings;
    mqtt->command = command;
    mqtt->user = user;
    mqtt->event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    mqtt->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    pthread_mutex_init(&mqtt->lock, NULL);
    name_device(mqtt);
    mosquitto_lib_init();
    mqtt->client = mosquitto_new(NULL, true, mqtt);
    int status = mqtt->client && mqtt->event >= 0 && mqtt->wake >= 0 ? set_client(mqtt) : NASHRA_ENOMEM;
    if (status >= 0)
        status = start(mqtt);
    if (status < 0) {
        nashrad_mqtt_destroy(mqtt);
        return status;
    }
    *out = mqtt;
    return NASHRA_OK;
}

/* Whoever waits for the broker is not waited for. False when its thread still does. */
static bool stop(struct nashrad_mqtt *mqtt) {
    const uint64_t one = 1;
    struct timespec till;
    pthread_mutex_lock(&mqtt->lock);
    const bool there = mqtt->connected;
    mqtt->quit = true;
    pthread_mutex_unlock(&mqtt->lock);
    if (there)
        send_to(mqtt, NAMES[NASHRAD_MQTT_STATE], GONE, true);
    mosquitto_disconnect(mqtt->client);
    const ssize_t written = write(mqtt->wake, &one, sizeof one);
    (void)written;
    clock_gettime(CLOCK_REALTIME, &till);
    till.tv_sec += GOODBYE_S;
    return pthread_timedjoin_np(mqtt->thread, NULL, &till) == 0;
}

void nashrad_mqtt_destroy(struct nashrad_mqtt *mqtt) {
    struct message message;
    if (!mqtt)
        return;
    if (mqtt->running && !stop(mqtt))
        return; /* what the thread needs goes with the process */
    if (mqtt->client)
        mosquitto_destroy(mqtt->client);
    mosquitto_lib_cleanup();
    while (take(mqtt, &message))
        nashra_free(message.bytes);
    if (mqtt->event >= 0) {
        nashrad_loop_remove(mqtt->loop, mqtt->event);
        close(mqtt->event);
    }
    if (mqtt->wake >= 0)
        close(mqtt->wake);
    pthread_mutex_destroy(&mqtt->lock);
    nashra_free(mqtt->state);
    nashra_free(mqtt);
}
