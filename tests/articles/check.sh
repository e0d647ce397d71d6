#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check.sh NASHRA NAME: NAME.txt, read by `nashra text --marks none`, must give NAME.spoken.txt line by line.
set -u
nashra=$1
name=$2
folder=$(dirname "$0")
got=$(mktemp) || exit 2
trap 'rm -f "$got"' EXIT
if ! "$nashra" text --marks none "$folder/$name.txt" >"$got"; then
    echo "$name: nashra text failed"
    exit 1
fi
# diff: < expected, > got.
diff "$folder/$name.spoken.txt" "$got" && echo "$name: $(wc -l <"$got") sentences as expected"
