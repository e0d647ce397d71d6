#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cross.sh arm64|armhf: builds for a board, runs the unit tests on the emulated processor, and holds the program's
# output for every sample article against the native build's, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/.."

case ${1:-} in
  arm64) triplet=aarch64-linux-gnu qemu=qemu-aarch64-static ;;
  armhf) triplet=arm-linux-gnueabihf qemu=qemu-arm-static ;;
  *)
    echo "usage: tests/cross.sh arm64|armhf" >&2
    exit 64
    ;;
esac
architecture=$1
sysroot=${NASHRA_SYSROOTS:-$PWD/build/sysroot}/$architecture
folder=build/$architecture
work=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)")
trap 'rm -rf "$work"' EXIT

# The log is shown where something fails, not before.
quietly() {
  local log=$work/log
  "$@" >"$log" 2>&1 || {
    cat "$log" >&2
    echo "cross.sh: failed: $*" >&2
    exit 1
  }
  if grep -q 'warning:' "$log"; then
    cat "$log" >&2
    echo "cross.sh: warnings from: $*" >&2
    exit 1
  fi
}

for tool in "$triplet-gcc" "$qemu" cmake ninja; do
  command -v "$tool" >/dev/null || {
    echo "cross.sh: $tool is missing; './dev test --all' installs what it needs" >&2
    exit 69
  }
done

quietly tools/sysroot.sh "$architecture" "$sysroot"
quietly cmake --preset "$architecture" -DNASHRA_TESTS=ON
quietly cmake --build "$folder"

# QEMU 7.2 doesn't look for access(2) in the sysroot, and 32-bit programs can't read folders of large inode numbers:
# eSpeak's data is given by a real path, on tmpfs.
cp -r "$sysroot/usr/lib/$triplet/espeak-ng-data" "$work/"
export ESPEAK_DATA_PATH=$work

# The test card plays in real time, which no emulated processor keeps up with to the frame; and the store's hundreds of
# power cuts take minutes here that say nothing about the processor.
echo "cross $architecture: unit.sink_alsa and unit.store_power are left out"
status=0
ctest --test-dir "$folder" -R '^unit\.' -E '^unit\.(sink_alsa|store_power)$' -j "$(nproc)" --output-on-failure | grep -v '^ *Start ' || status=1

quietly cmake --preset release
quietly cmake --build build --target nashra
compared=0
for article in tests/articles/*.txt; do
  case $article in *.spoken.txt) continue ;; esac
  for options in "text --marks none" "text --marks full" "text --ipa" "text --format jsonl" "explain"; do
    # shellcheck disable=SC2086
    build/nashra $options "$article" >"$work/native" 2>"$work/native.err" || echo "exit $?" >>"$work/native"
    # shellcheck disable=SC2086
    "$qemu" -L "$sysroot" "$folder/nashra" $options "$article" >"$work/foreign" 2>"$work/foreign.err" ||
      echo "exit $?" >>"$work/foreign"
    compared=$((compared + 1))
    cmp -s "$work/native" "$work/foreign" && [ -s "$work/native" ] || {
      echo "cross.sh: nashra $options $article differs:" >&2
      diff "$work/native" "$work/foreign" | head -5 >&2 || true
      cat "$work/foreign.err" >&2
      status=1
    }
  done
done
[ "$compared" -gt 0 ] || status=1
echo "cross $architecture: $compared outputs compared with the native build's"
exit "$status"
