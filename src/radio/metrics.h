/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts of a run as a Prometheus text file, for node_exporter's textfile collector. */
#ifndef NASHRA_RADIO_METRICS_H
#define NASHRA_RADIO_METRICS_H

#include <nashra/batch.h>

/* Replaces the file as a whole. 0, NASHRA_EIO or NASHRA_ECANTCREATE (reported), NASHRA_ENOMEM. */
int nashra_metrics_write(const char *path, const struct nashra_batch_counts *counts);

#endif
