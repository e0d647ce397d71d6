#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the build into a folder that it was not configured for, moves that, and compiles a stranger's programs against
# it: headers, library, nashra.pc, data and voice are found from where they stand. The programs are those of examples/.
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
for source in "$here/stranger.c" "$here"/../../examples/*.c; do
  # shellcheck disable=SC2046
  "$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror "$source" -o "$root/bin/$(basename "$source" .c)" \
    $(pkg-config --cflags --libs nashra)
done
expect "a stranger's program" "ثلاث وعشرون" "$("$root/bin/stranger")"
echo "كتب الولد الدرس." >"$work/article.txt"
expect "vowels" "$("$root/bin/nashra" diacritise "$work/article.txt")" "$("$root/bin/vowels" <"$work/article.txt")"
"$root/bin/render" "$work/article.txt" "$work/example.wav"
"$root/bin/nashra" render "$work/article.txt" -o "$work/program.wav"
cmp "$work/example.wav" "$work/program.wav"
status=0
"$root/bin/render" "$work/missing.txt" "$work/none.wav" 2>"$work/message" || status=$?
expect "a missing article" 66 "$status"
grep -q missing.txt "$work/message"
expect "the moved program" "في ثلاثة أيام." "$(echo "في 3 أيام." | "$root/bin/nashra" text -)"
# The moved data is read, not that of the source tree.
printf 'xqz\tكَلِمَة\n' >>"$root/share/nashra/latin-words.tsv"
expect "the moved data" "كلمة." "$(echo "XQZ." | "$root/bin/nashra" text -)"
# What the manual pages point to is there.
for page in $(sed 's/\\-/-/g' "$root"/share/man/man1/*.1 | grep -o '[A-Z-]*\.md' | sort -u); do
  [ -s "$root/share/doc/nashra/$page" ] || { echo "$page isn't installed"; exit 1; }
done
# Each header stands by itself, in C and in C++.
for header in "$root"/include/nashra/*.h; do
  echo "#include <nashra/$(basename "$header")>" >"$work/header.c"
  "$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$root/include" -fsyntax-only "$work/header.c"
  if command -v clang >/dev/null; then
    clang -x c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -I"$root/include" -fsyntax-only "$work/header.c"
  fi
done
# What a page or a feed says must not depend on the locale of the program that reads it.
if nm -D --undefined-only "$LD_LIBRARY_PATH/libnashra.so" |
  grep -E ' (setlocale|strn?casecmp|to(lower|upper)|__ctype_.*_loc|strto(d|f|ld)|atof)(@|$)'; then
  echo "the library follows the locale"
  exit 1
fi
# The program's own numbers and letters are those of the locale that every program begins in.
if nm -D --undefined-only "$root/bin/nashra" | grep -E ' setlocale(@|$)'; then
  echo "nashra chooses a locale"
  exit 1
fi
echo "installed, moved, compiled against, ran"
