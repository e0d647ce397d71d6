#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Copies the parts of eSpeak NG's data that Nashra needs, and changes its Arabic phonemes as data/voice-tuning.tsv says.
#
#   tune.sh ESPEAK_NG_DATA TABLE OUT      makes OUT/espeak-ng-data; use it with ESPEAK_DATA_PATH=OUT
#
# Fails, and leaves no OUT/espeak-ng-data, when a byte isn't as the table says: the data is of another version.
set -eu
from=$1 table=$2 out=$3
work=$out/espeak-ng-data.part

fail() {
    echo "tune.sh: $1" >&2
    rm -rf "$work"
    exit 1
}

bytes_at() { # file offset count
    od -An -v -tx1 -j "$2" -N "$3" "$1" | tr -d ' \n'
}

put_bytes() { # file offset hex
    escaped=
    rest=$3
    while [ -n "$rest" ]; do
        pair=${rest%"${rest#??}"}
        escaped="$escaped\\0$(printf '%o' "0x$pair")"
        rest=${rest#??}
    done
    printf '%b' "$escaped" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

[ -f "$from/phontab" ] || fail "$from/phontab: no such file; apt-get install espeak-ng-data"
rm -rf "$work" "$out/espeak-ng-data"
mkdir -p "$work"
for name in phontab phonindex phondata intonations ar_dict en_dict lang voices; do
    if [ -e "$from/$name" ]; then
        cp -RL "$from/$name" "$work/"
    fi
done
chmod -R u+w "$work"

tab=$(printf '\t')
changes=0
while IFS="$tab" read -r file offset old new note; do
    case $file in '#'* | '') continue ;; esac
    found=$(bytes_at "$work/$file" "$offset" $((${#old} / 2)))
    [ "$found" = "$old" ] || fail "$from/$file: $found at $offset, not $old (${note%%:*}): not eSpeak NG 1.51's"
    put_bytes "$work/$file" "$offset" "$new"
    changes=$((changes + 1))
done <"$table"
[ "$changes" -gt 0 ] || fail "$table: no rows"
mv "$work" "$out/espeak-ng-data"
echo "$out/espeak-ng-data: $changes changes"
