#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the Debian packages of the last commit: build.sh ARCH OUT [ROOT], ARCH as Debian names it. For another
# architecture than this machine's they are cross-built in the bare Debian under ROOT (root.sh), without nashra-data,
# which is the same everywhere.
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: build.sh ARCH OUT [ROOT]" >&2; exit 64; }
architecture=$1
mkdir -p "$2"
out=$(realpath "$2")
cd "$(dirname "$0")/../.."

check() {
  lintian --fail-on error,warning "$out"/nashra_*_"$architecture".changes
}

native() {
  local work
  work=$(mktemp -d)
  trap 'rm -rf "$work"' RETURN
  mkdir "$work/nashra"
  git archive HEAD | tar -x -C "$work/nashra"
  (cd "$work/nashra" && dpkg-buildpackage -us -uc -b >"$out/$architecture.log" 2>&1) || { tail -20 "$out/$architecture.log"; exit 1; }
  mv "$work"/*.deb "$work"/*.changes "$work"/*.buildinfo "$out"
}

within() { # a command in the other root
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

cross() {
  root=$(realpath "$1")
  rm -rf "$root/src"
  mkdir -p "$root/src/nashra"
  git archive HEAD | tar -x -C "$root/src/nashra"
  mount --bind /proc "$root/proc"
  trap 'umount "$root/proc"' EXIT
  {
    within dpkg --add-architecture "$architecture"
    within apt-get update -qq
    within apt-get install -y -qq "crossbuild-essential-$architecture" dpkg-dev
    within sh -c "cd /src/nashra && apt-get build-dep -y -qq --host-architecture $architecture -Pcross ./"
    within sh -c "cd /src/nashra && dpkg-buildpackage -us -uc -B -a$architecture -Pcross"
  } >"$out/$architecture.log" 2>&1 || { tail -20 "$out/$architecture.log"; exit 1; }
  mv "$root"/src/*.deb "$root"/src/*.changes "$root"/src/*.buildinfo "$out"
  rm -rf "$root/src"
}

if [ "$architecture" = "$(dpkg --print-architecture)" ]; then
  native
else
  [ $# -eq 3 ] || { echo "build.sh: a cross build needs a ROOT" >&2; exit 64; }
  cross "$3"
fi
check
ls "$out"/*_"$architecture".deb
