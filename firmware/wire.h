/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What nashrad and its worker tell each other over nashra/wire.h. */
#ifndef NASHRAD_WIRE_H
#define NASHRAD_WIRE_H

#include <nashra/wire.h>

enum nashrad_wire_kind {
    /* to the worker */
    NASHRAD_WIRE_OPEN = 1, /* article `number`; the path follows */
    NASHRAD_WIRE_READ,     /* speak [from, to) of article `number` as `serial` */
    NASHRAD_WIRE_SAY,      /* speak the text that follows as `serial` */
    NASHRAD_WIRE_SPELL,    /* speak the name of the letter that follows as `serial` */
    NASHRAD_WIRE_CANCEL,   /* forget all up to `serial` */
    NASHRAD_WIRE_ANNOUNCE, /* speak the text that follows as `serial`, from its sentence `from` on; marks are sentences
                            */
    NASHRAD_WIRE_RATE,     /* `number` words a minute from the next sentence on */
    /* from the worker */
    NASHRAD_WIRE_READY,      /* it can speak; `number` frames a second */
    NASHRAD_WIRE_DOCUMENT,   /* article `number`: `from` segments, then the text */
    NASHRAD_WIRE_UNREADABLE, /* article `number` */
    NASHRAD_WIRE_MARK,       /* the word at byte `from` begins at the frame that comes next of `serial` */
    NASHRAD_WIRE_FRAMES,     /* of `serial` */
    NASHRAD_WIRE_DONE        /* `serial` is complete */
};

#endif
