/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that takes its name only when it is complete. */
#ifndef NASHRA_AUDIO_OUTPUT_H
#define NASHRA_AUDIO_OUTPUT_H

struct nashra_output {
    int fd;
    char *path;  /* the final name, links followed */
    char *draft; /* the name until then: hidden, in the same folder */
    int error;   /* errno of the first write that failed */
};

/* Creates the draft. 0; NASHRA_ECANTCREATE (a directory, a device, no folder, no right), NASHRA_ENOMEM. */
int nashra_output_open(struct nashra_output *output, const char *path);
/* Brings it to the disk; nothing more is written. 0 or NASHRA_EIO. */
int nashra_output_complete(struct nashra_output *output);
/* Gives it its name, once it is complete. 0 or NASHRA_ECANTCREATE. */
int nashra_output_publish(struct nashra_output *output);
/* Closes it; a draft that was not committed is removed. */
void nashra_output_close(struct nashra_output *output);

#endif
