/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file audio.h  Where sound goes: the sink contract.
 *
 * A sink takes mono S16 frames at the rate it was opened with and converts them to what its device or file needs.
 * It never blocks but in nashra_sink_wait(), nashra_sink_drain() and nashra_sink_finish().
 */
#ifndef NASHRA_AUDIO_H
#define NASHRA_AUDIO_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/status.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nashra_sink;

/** Opens an ALSA device. @param device a PCM name, or NULL for "default".
 *  @param rate of the frames that will be written. @return 0, NASHRA_ENODEVICE (says which and what to try). */
int nashra_sink_alsa(const char *device, unsigned rate, struct nashra_sink **sink);
/** As nashra_sink_alsa(), for who asks again and again for a card that isn't there: that is told at level DEBUG only. */
int nashra_sink_alsa_retry(const char *device, unsigned rate, struct nashra_sink **sink);

/** Opens a sound file; the format follows the ending: .wav .flac .opus .mp3 (also .ogg for Opus). The sound is written
 *  beside the final name and takes it only in nashra_sink_finish(). "-" writes WAV to stdout.
 *  @return 0, NASHRA_EUSAGE (unknown ending), NASHRA_ECANTCREATE. */
int nashra_sink_file(const char *path, unsigned rate, struct nashra_sink **sink);

/** Faults of the null sink, for tests: at the given frame (0 = never) it behaves as a device would. */
struct nashra_sink_faults {
    uint64_t underrun_at;   /**< recovers by itself, counted */
    uint64_t disconnect_at; /**< NASHRA_ENODEVICE until `reconnect_after` calls of wait */
    unsigned reconnect_after;
    uint64_t fail_at; /**< NASHRA_EIO for good */
    bool paced;       /**< takes frames no faster than a real device */
};

/** A sink that swallows all. @param faults NULL for none. */
int nashra_sink_null(unsigned rate, const struct nashra_sink_faults *faults, struct nashra_sink **sink);

/** Closes it; a file that was not finished is removed. Takes NULL. */
void nashra_sink_destroy(struct nashra_sink *sink);

/** Offers frames. @return how many were taken (0: no room now, wait); NASHRA_ENODEVICE while the card is away (wait
 *  tries to re-open it); NASHRA_EIO (reported, e.g. the disk is full). Underrun and suspend are mended inside. */
ptrdiff_t nashra_sink_write(struct nashra_sink *sink, const int16_t *frames, size_t count);

/** Sleeps until there is room, one of `extra` is ready (their revents are set), or `timeout_ms` has passed (-1: no
 *  limit). @return 1 room, 0 not, NASHRA_ENODEVICE while the card is away, NASHRA_EIO. */
int nashra_sink_wait(struct nashra_sink *sink, struct pollfd *extra, size_t extra_count, int timeout_ms);

/** Pauses or goes on. Within a period. 0 or negative. */
int nashra_sink_pause(struct nashra_sink *sink, bool paused);
/** Forgets what was written and not heard yet; silent within a period. */
int nashra_sink_drop(struct nashra_sink *sink);
/** Waits until all that was written is heard, at most its length and a second. */
int nashra_sink_drain(struct nashra_sink *sink);
/** Frames heard so far, in frames as written, dropped ones not counted. */
uint64_t nashra_sink_heard(struct nashra_sink *sink);
/** Underruns mended so far. */
unsigned nashra_sink_xruns(const struct nashra_sink *sink);
/** Ends it in good order: drains a device, completes a file and gives it its name. 0, NASHRA_EIO, NASHRA_ECANTCREATE.
 */
int nashra_sink_finish(struct nashra_sink *sink);

#ifdef __cplusplus
}
#endif
#endif
