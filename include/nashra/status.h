/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file status.h  The one idiom for errors.
 *
 * A function that can fail returns an int: 0 or more is success, a negative
 * enum nashra_status is failure. The cause is reported once, through
 * nashra_fail(), by the code that knows it; callers only pass the status on.
 */
#ifndef NASHRA_STATUS_H
#define NASHRA_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

enum nashra_status {
    NASHRA_OK = 0,
    NASHRA_EUSAGE = -1,      /**< wrong arguments                     exit 64 */
    NASHRA_EDATA = -2,       /**< input that can't be read            exit 65 */
    NASHRA_ENOINPUT = -3,    /**< missing file, directory             exit 66 */
    NASHRA_ENODEVICE = -4,   /**< no sound card                       exit 69 */
    NASHRA_EINTERNAL = -5,   /**< a fault of Nashra's own             exit 70 */
    NASHRA_ENOMEM = -6,      /**< out of memory                       exit 70 */
    NASHRA_ECANTCREATE = -7, /**< output can't be created             exit 73 */
    NASHRA_EIO = -8,         /**< read or write failed, disk full     exit 74 */
    NASHRA_EAGAIN = -9,      /**< try again later                     exit 75 */
    NASHRA_ECONFIG = -10,    /**< configuration, tables or model      exit 78 */
    NASHRA_STOPPED = -11     /**< the caller's callback asked to stop: not an error, never logged */
};

enum nashra_log_level { NASHRA_LOG_ERROR, NASHRA_LOG_WARNING, NASHRA_LOG_INFO, NASHRA_LOG_DEBUG };

/** Receives every message: UTF-8, no line end, valid during the call only. May be called from any thread. */
typedef void (*nashra_log_fn)(enum nashra_log_level level, const char *message, void *user);

/** Replaces the process-wide handler; NULL restores the default, which writes "nashra: message" to stderr. */
void nashra_log_set_handler(nashra_log_fn handler, void *user);

/** Messages above `level` are dropped. The default is NASHRA_LOG_WARNING. */
void nashra_log_set_level(enum nashra_log_level level);

#if defined(__GNUC__)
#define NASHRA_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define NASHRA_PRINTF(f, a)
#endif

/** Reports one message; it names file, line and value at fault where there are such. */
void nashra_log(enum nashra_log_level level, const char *format, ...) NASHRA_PRINTF(2, 3);

/** Reports an error and returns `status`, so that a failing function ends in `return nashra_fail(…)`. */
int nashra_fail(enum nashra_status status, const char *format, ...) NASHRA_PRINTF(2, 3);

/** The process exit code (sysexits.h) of a status; 0 for success. */
int nashra_exit_code(int status);

/** A short English name of a status, for messages; never NULL. */
const char *nashra_status_name(int status);

#ifdef __cplusplus
}
#endif
#endif
