/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A shared library wants a source of its own; all code comes from the rooms. */
typedef int nashra_nothing;
