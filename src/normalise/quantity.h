/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits with their separators and scale words, and what is counted with them. */
#ifndef NASHRA_NORMALISE_QUANTITY_H
#define NASHRA_NORMALISE_QUANTITY_H

#include "scan.h"

/* Reads the number whose digits begin at `at`. False when the token is no number, or when dots part it into more than a
 *  number (a date, a version). A failed allocation goes to `status`. */
bool nashra_quantity_at(const struct nashra_scan *scan, size_t at, struct nashra_quantity *quantity, int *status);

/* The same without scale words. */
bool nashra_quantity_digits_at(const struct nashra_scan *scan, size_t at, struct nashra_quantity *quantity,
                               int *status);

/* A whole number without a separator: its value, or -1. */
long nashra_quantity_plain(const struct nashra_scan *scan, size_t at);

/* The quantity at `at` with what is counted. */
bool nashra_amount_at(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount, int *status);
/* Finds what is counted at token `thing`, for a quantity that is known. */
int nashra_amount_find_thing(const struct nashra_scan *scan, size_t thing, struct nashra_amount *amount);

/* The currency whose sign or ISO code stands at `at` before a number, or NULL; the number's token. */
const struct nashra_currency *nashra_currency_before(const struct nashra_scan *scan, size_t at, size_t *number);

/* Does the currency's sign or code at `at` have to be read with its country (£: جنيه إسترليني)? */
bool nashra_currency_needs_country(const struct nashra_scan *scan, size_t at, const struct nashra_currency *currency);

/* Has the noun the very form that the number asks for (14 شرطا, 5 أيام)? Then it is surely counted. */
bool nashra_amount_is_counted(const struct nashra_amount *amount);

/* A unit's name is put into the form that its number asks for; any other noun stays as it was written. */
bool nashra_amount_is_unit_name(const struct nashra_scan *scan, const struct nashra_amount *amount);

/* The gender that a number takes from what is counted; masculine when that is nothing. */
enum nashra_gender nashra_amount_gender(const struct nashra_amount *amount);

/* Writes the amount; `without_thing` leaves out what is counted (the first number of a range). */
int nashra_amount_speak(struct nashra_scan *scan, const struct nashra_amount *amount, enum nashra_case grammatical_case,
                        bool without_thing);

#endif
