#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the build into a folder that it was not configured for, moves that, and compiles a stranger's program against
# it: headers, library, nashra.pc, data and voice are found from where they stand.
set -euo pipefail
build=$1 compiler=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset NASHRA_DATA
cmake --install "$build" --prefix "$work/first" >/dev/null
root=$work/moved
mv "$work/first" "$root"

expect() { # what wanted got
  [ "$2" = "$3" ] || { printf '%s: wanted %s, got %s\n' "$@"; exit 1; }
}

PKG_CONFIG_PATH=$(dirname "$(find "$root" -name nashra.pc)")
LD_LIBRARY_PATH=$(dirname "$(find "$root" -name libnashra.so)")
export PKG_CONFIG_PATH LD_LIBRARY_PATH
# shellcheck disable=SC2046
"$compiler" -std=c11 -Wall -Wextra -Werror "$here/stranger.c" -o "$root/bin/stranger" $(pkg-config --cflags --libs nashra)
expect "a stranger's program" "ثلاث وعشرون" "$("$root/bin/stranger")"
expect "the moved program" "في ثلاثة أيام." "$(echo "في 3 أيام." | "$root/bin/nashra" text -)"
# The moved data is read, not that of the source tree.
printf 'xqz\tكَلِمَة\n' >>"$root/share/nashra/latin-words.tsv"
expect "the moved data" "كلمة." "$(echo "XQZ." | "$root/bin/nashra" text -)"
for header in "$root"/include/nashra/*.h; do
  echo "#include <nashra/$(basename "$header")>" | "$compiler" -std=c11 -Wall -Wextra -Werror -I"$root/include" -fsyntax-only -x c -
done
echo "installed, moved, compiled against, ran"
