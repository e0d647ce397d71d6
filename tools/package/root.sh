#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a bare Debian 12 in a folder: root.sh DIR. Needs root and debootstrap. A second call returns at once.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: root.sh DIR" >&2; exit 64; }
[ "$(id -u)" -eq 0 ] || { echo "root.sh: only root can make a root file system" >&2; exit 77; }
[ -e "$1/.complete" ] && exit 0
rm -rf "$1"
mkdir -p "$1"
mirror=$(grep -rhoE 'https?://[^ ]+/debian/? ' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -1 || true)
debootstrap --variant=minbase --include=ca-certificates bookworm "$1" ${mirror:-http://deb.debian.org/debian} >"$1.log" 2>&1 || {
  tail -5 "$1.log" >&2
  exit 1
}
echo 'Acquire::Languages "none";' >"$1/etc/apt/apt.conf.d/90nashra"
echo 'Dpkg::Use-Pty "false";' >>"$1/etc/apt/apt.conf.d/90nashra"
echo 'APT::Install-Recommends "false";' >>"$1/etc/apt/apt.conf.d/90nashra"
# Nothing is started in there.
printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d"
chmod +x "$1/usr/sbin/policy-rc.d"
touch "$1/.complete"
