#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the build into a folder and compiles a stranger's program against it: headers, library, nashra.pc and data.
set -euo pipefail
build=$1 compiler=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cmake --install "$build" --prefix "$root" >/dev/null
# nashra.pc holds the configured prefix; a stranger who moves it says so to pkg-config.
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$root" -name nashra.pc)")
library=$(dirname "$(find "$root" -name libnashra.so)")
"$compiler" -std=c11 -Wall -Wextra -Werror "$here/stranger.c" -o "$root/stranger" \
  $(pkg-config --define-variable=includedir="$root/include" --define-variable=libdir="$library" --cflags --libs nashra)
unset NASHRA_DATA
export LD_LIBRARY_PATH=$library NASHRA_DATA=$root/share/nashra
test "$("$root/stranger")" = "ثلاث وعشرون"
test "$(echo "في 3 أيام." | "$root/bin/nashra" text -)" = "في ثلاثة أيام."
for header in "$root"/include/nashra/*.h; do
  echo "#include <nashra/$(basename "$header")>" | "$compiler" -std=c11 -Wall -Wextra -Werror -I"$root/include" -fsyntax-only -x c -
done
echo "installed, compiled against, ran"
