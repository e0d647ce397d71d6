#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the packages of a folder into a bare Debian 12, runs debian/tests there, purges them, and looks for what was left
# behind: check.sh PACKAGES ROOT. ROOT is made by tools/package/root.sh and left as it was.
set -euo pipefail
packages=$(realpath "$1")
base=$(realpath "$2")
tests=$(cd "$(dirname "$0")/../../debian/tests" && pwd)
root=$(mktemp -d)
finish() {
  umount "$root/proc" 2>/dev/null || true
  rm -rf "$root"
}
trap finish EXIT
cp -a "$base/." "$root"
mount --bind /proc "$root/proc"

within() {
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
files() { # what is on the disk, less the package manager's own notes
  (cd "$root" && find . -path ./proc -prune -o -path ./packages -prune -o -path ./tests -prune -o -path ./var/lib/apt -prune \
    -o -path ./var/cache -prune -o -path ./var/log -prune -o -path ./var/lib/dpkg -prune -o -path ./tmp -prune -o -print) | sort
}

mkdir "$root/packages" "$root/tests"
cp "$packages"/*.deb "$root/packages"
rm -f "$root"/packages/*-dbgsym_*
cp "$tests"/* "$root/tests"
within apt-get update -qq
# What others' packages leave is theirs: they are there before the first list is made, and stay.
within apt-get install -y -qq gcc libc6-dev pkg-config >/dev/null
within sh -c 'apt-get install -y -qq /packages/*.deb && apt-get purge -y -qq "*nashra*"' >/dev/null
files >"$root/tmp/before"
within sh -c 'apt-get install -y -qq /packages/*.deb' >/dev/null
for test in $(sed -n 's/^Tests: //p' "$tests/control"); do
  within "/tests/$test" || { echo "debian/tests/$test failed"; exit 1; }
  echo "debian/tests/$test passed"
done
within sh -c 'apt-get purge -y -qq "*nashra*"' >/dev/null
files >"$root/tmp/after"
diff "$root/tmp/before" "$root/tmp/after" || { echo "the lines above were left behind or lost"; exit 1; }
echo "installed, tried, purged: nothing left"
