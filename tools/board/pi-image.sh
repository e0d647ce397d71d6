#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Puts Nashra into Raspberry Pi OS Lite (64-bit, Bookworm), so that the card speaks when it is first switched on, without
# a network, a screen or a keyboard.
#
#   pi-image.sh overlay BOARD DIR     makes DIR/root, what is added to the system, and DIR/boot, what is to be copied onto
#                                     the card's first partition (the one that every computer sees)
#   pi-image.sh image BOARD IMAGE     the same, and copies it into an image, in place; or into the first partition itself
#
# BOARD is a folder of boards/. What it takes comes from the environment:
#   SYSROOT  libraries of the board's architecture (build/sysroot/arm64, made by tools/sysroot.sh)
#   BUILD    Nashra built for it with CMAKE_INSTALL_PREFIX=/usr; without it, it is built into build/pi
#   PACKS    where the prompts were rendered (build)
# ./dev board makes sysroot and prompts. Needs cmake, dpkg-deb, xz, readelf; for an image mtools and fdisk.
set -euo pipefail

source=$(realpath "$(dirname "$0")/../..")
SYSROOT=${SYSROOT:-$source/build/sysroot/arm64} BUILD=${BUILD:-} PACKS=${PACKS:-$source/build}

fail() {
  echo "pi-image.sh: $*" >&2
  exit 1
}

# Every Raspberry Pi OS Lite has these; libraries that others of its programs need must be its own.
base='^(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|gcc_s|stdc\+\+|systemd|udev|asound|z|lzma|zstd|lz4|bz2|cap|gcrypt|gpg-error|mount|blkid|selinux|crypt)\.so.*)$'

find_library() {
  find "$SYSROOT"/usr/lib "$SYSROOT"/lib -name "$1" -print -quit 2>/dev/null
}

# The libraries that a program needs and the system lacks, and theirs.
copy_libraries() {
  local needed found
  readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | while read -r needed; do
    [[ $needed =~ $base ]] && continue
    [ -e "$libraries/$needed" ] && continue
    found=$(find_library "$needed")
    [ -n "$found" ] || fail "$needed, which $(basename "$1") needs, is not in $SYSROOT"
    install -m 644 "$(realpath "$found")" "$libraries/$needed"
    copy_libraries "$libraries/$needed"
  done
}

build_nashra() {
  if [ -z "$BUILD" ]; then
    BUILD=$source/build/pi
    (cd "$source" && cmake --preset arm64 -B "$BUILD" -DCMAKE_INSTALL_PREFIX=/usr -DNASHRA_TESTS=OFF && cmake --build "$BUILD") \
      >"$source/build/pi.log" 2>&1 || fail "$(tail -3 "$source/build/pi.log")"
  fi
  [ -x "$BUILD/nashrad" ] || fail "$BUILD/nashrad is missing"
  grep -q '^CMAKE_INSTALL_PREFIX:.*=/usr$' "$BUILD/CMakeCache.txt" || fail "$BUILD must be configured with CMAKE_INSTALL_PREFIX=/usr"
}

# Nashra as it is installed, without what only programmers want.
copy_nashra() {
  DESTDIR=$root cmake --install "$BUILD" --strip >"$out/install.log" || fail "$(tail -1 "$out/install.log")"
  # A cross build has no prompts of its own.
  cp "$PACKS"/prompts-*.pack "$root/usr/share/nashra/"
  rm -rf "$root"/usr/include "$root"/usr/share/nashra/boards "$root"/usr/lib/*/pkgconfig "$root"/usr/lib/*/cmake
  find "$root" \( -name '*.a' -o -name 'libnashra.so*' \) -delete
}

# The voice: the tuned one that the native build made, which is the same for every processor of low byte order; else eSpeak's
# own data, as much as Arabic and English take.
copy_voice() {
  local data=$PACKS/voice/espeak-ng-data to=$root/usr/share/nashra/espeak-ng-data
  [ -d "$data" ] || data=$(find "$SYSROOT/usr/lib" "$SYSROOT/usr/share" -type d -name espeak-ng-data -print -quit)
  rm -rf "$to"
  mkdir -p "$to"
  (cd "$data" && cp -r phondata phonindex phontab intonations ar_dict en_dict lang "$to/")
  [ ! -d "$data/voices" ] || cp -r "$data/voices" "$to/"
}

# Programs find the libraries by the environment: the system's own are left as they are.
write_settings() {
  local unit
  for unit in "$root"/usr/lib/systemd/system/*.service "$root"/lib/systemd/system/*.service; do
    [ -e "$unit" ] || continue
    mkdir -p "$root/etc/systemd/system/$(basename "$unit").d"
    cat >"$root/etc/systemd/system/$(basename "$unit").d/10-libraries.conf" <<'CONF'
[Service]
Environment=LD_LIBRARY_PATH=/usr/lib/nashra
CONF
  done
  mkdir -p "$root/etc/nashra/nashrad.ini.d" "$root/usr/local/bin"
  cp "$source/boards/$board/board.ini" "$root/etc/nashra/nashrad.ini.d/10-board.ini"
  cat >"$root/usr/local/bin/nashra" <<'RUN'
#!/bin/sh
LD_LIBRARY_PATH=/usr/lib/nashra exec /usr/bin/nashra "$@"
RUN
  chmod 755 "$root/usr/local/bin/nashra"
}

write_boot() {
  local sum
  mkdir -p "$out/boot"
# A .deb, since every Debian can unpack one; it is not installed as a package.
  mkdir -p "$root/DEBIAN"
  printf 'Package: nashra-box\nVersion: 0\nArchitecture: all\nMaintainer: Nashra\nDescription: Nashra on a card\n' >"$root/DEBIAN/control"
  SOURCE_DATE_EPOCH=0 dpkg-deb --root-owner-group -Zxz -b "$root" "$out/boot/nashra.deb" >"$out/install.log" || fail "$(tail -1 "$out/install.log")"
  rm -r "$root/DEBIAN"
  sum=$(sha256sum <"$out/boot/nashra.deb" | cut -d ' ' -f 1)
  cp "$source/boards/$board/config.txt" "$out/boot/nashra-config.txt"
  sed "s/@SUM@/$sum/" >"$out/boot/nashra-first.sh" <<'FIRST'
#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs once, at the first start that systemd makes, and takes its own call out of cmdline.txt.
boot=$(dirname "$0")
sed -i 's| systemd.run=[^ ]*nashra-first.sh systemd.run_success_action=reboot systemd.unit=kernel-command-line.target||' \
  "$boot/cmdline.txt"
echo "@SUM@  $boot/nashra.deb" | sha256sum -c >/dev/null || { echo "nashra.deb is damaged: copy it anew" >&2; exit 1; }
dpkg-deb --fsys-tarfile "$boot/nashra.deb" | tar -x -C / --keep-directory-symlink --no-overwrite-dir || exit 1
systemd-sysusers && systemd-tmpfiles --create nashra.conf && systemctl daemon-reload
systemctl enable nashrad.service nashra-setup.path nashra-setup.service nashra-feeds.timer
udevadm control --reload 2>/dev/null
rm -f "$boot/nashra.deb" "$boot/nashra-first.sh" "$boot/nashra-config.txt"
sync
FIRST
  chmod 755 "$out/boot/nashra-first.sh"
}

report() {
  local all icu
  all=$(stat -c %s "$out/boot/nashra.deb")
  icu=$(cd "$root" && find . -name 'libicu*' -print0 | tar --null -T - -cf - | xz -6 | wc -c)
  echo "pi-image.sh: $board: $((all / 1024)) KiB compressed, of which ICU $((icu / 1024)) KiB;" \
    "$(du -sk "$root" | cut -f 1) KiB on the card"
}

make_overlay() {
  [ -f "$source/boards/$board/config.txt" ] || fail "boards/$board is no Raspberry Pi"
  build_nashra
  mkdir -p "$1"
  out=$(realpath "$1") root=$out/root libraries=$out/root/usr/lib/nashra
  rm -rf "$out/root" "$out/boot"
  mkdir -p "$root/usr/share/nashra" "$libraries"
  copy_nashra
  for program in "$root"/usr/bin/nashra* "$root"/usr/libexec/nashra/*; do
    [ ! -f "$program" ] || [ "$(head -c 4 "$program" | tail -c 3)" != ELF ] || copy_libraries "$program"
  done
  copy_voice
  write_settings
  write_boot
  report
}

# Where the first partition of an image begins, in bytes; 0 for a partition by itself.
partition_of() {
  local start
  start=$(sfdisk --json "$1" 2>/dev/null | sed -n 's/.*"start": *\([0-9]*\).*/\1/p' | head -1)
  echo $((${start:-0} * 512))
}

# What is read from the partition is changed here and written back: config.txt, and the kernel's command line.
fill_image() {
  local at work name
  [ -f "$1" ] || [ -b "$1" ] || fail "$1: there is no such image; unpack IMAGE.img.xz first"
  at=$1@@$(partition_of "$1")
  work=$(mktemp -d)
  mcopy -n -i "$at" ::/config.txt ::/cmdline.txt "$work/" || fail "$1 is no image of Raspberry Pi OS: config.txt or cmdline.txt is missing"
  if ! grep -q 'tools/board/wiring.py' "$work/config.txt"; then
    printf '\n' >>"$work/config.txt"
    cat "$out/boot/nashra-config.txt" >>"$work/config.txt"
  fi
  # An image that the Raspberry Pi Imager has prepared calls a script of its own: then ours is called by that one.
  if mcopy -n -i "$at" ::/firstrun.sh "$work/" 2>/dev/null; then
    grep -q nashra-first "$work/firstrun.sh" || sed -i '1a sh /boot/firmware/nashra-first.sh' "$work/firstrun.sh"
  elif ! grep -q nashra-first "$work/cmdline.txt"; then
    sed -i '1s|$| systemd.run=/boot/firmware/nashra-first.sh systemd.run_success_action=reboot systemd.unit=kernel-command-line.target|' "$work/cmdline.txt"
  fi
  for name in "$work"/* "$out"/boot/*; do
    mcopy -o -i "$at" "$name" ::/ || fail "$1: no room for $(basename "$name")"
  done
  rm -r "$work"
  echo "pi-image.sh: $1 speaks when it is first switched on"
}

[ $# -eq 3 ] || { sed -n '3,16s/^# \{0,1\}//p' "$0" >&2; exit 64; }
board=$2
case $1 in
  overlay) make_overlay "$3" ;;
  image)
    make_overlay "$source/build/pi-$board"
    fill_image "$3"
    ;;
  *) fail "$1? overlay or image is wanted" ;;
esac
