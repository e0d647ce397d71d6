/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes between a parent and the processes that render, over a socket pair: jobs there, results back, in order.
 * Both ends are the same program, so numbers travel as they are. */
#ifndef NASHRA_RADIO_BATCH_WIRE_H
#define NASHRA_RADIO_BATCH_WIRE_H

#include "batch_render.h"

/* False when the other end is gone. */
bool nashra_wire_send_job(int fd, const struct nashra_job_bytes *job);
/* Waits for a job, whose bytes point into `buffer`. False when the other end is gone or memory is out. */
bool nashra_wire_receive_job(int fd, struct nashra_buffer *buffer, struct nashra_job_bytes *job);

bool nashra_wire_send_result(int fd, const struct nashra_job_result *result);
/* Waits for a result, once its first byte is there. False when the other end is gone. */
bool nashra_wire_receive_result(int fd, struct nashra_job_result *result);

#endif
