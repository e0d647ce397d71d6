#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a sysroot of Debian 12 for a cross build: sysroot.sh ARCH DIR, ARCH as Debian names it (arm64, armhf).
# Nothing is installed on this machine; apt works in a root of its own under DIR/.apt, which also keeps the downloads.
# A second call for the same packages returns at once. Delete DIR to begin anew.
set -euo pipefail

# The libraries are those of the native build: ./dev holds the one list.
eval "$(sed -n '/^build_packages=(/,/)/p' "$(dirname "$0")/../dev")"
packages=(libcmocka-dev)
for package in "${build_packages[@]}"; do
  case $package in *-dev | *-data) packages+=("$package") ;; esac
done

fail() {
  echo "sysroot.sh: $*" >&2
  exit 1
}

# The machine's own Debian mirrors, but nothing else that is set up there.
write_sources() {
  local found
  mkdir -p "$apt/sources.d"
  for found in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list.d/debian.list; do
    if [ -f "$found" ] && grep -q bookworm "$found"; then
      cp "$found" "$apt/sources.d/debian-$(basename "$found" | sed 's/^sources.list$/main.list/')"
    fi
  done
  if [ -z "$(ls "$apt/sources.d")" ]; then
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main" \
      >"$apt/sources.d/debian.list"
  fi
}

# An apt that believes to be on an empty machine of the other architecture.
write_configuration() {
  mkdir -p "$apt"/{state/lists/partial,cache/archives/partial}
  : >"$apt/status"
  cat >"$apt/apt.conf" <<CONF
Dir::State "$apt/state";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$apt/sources.d";
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
APT::Keep-Downloaded-Packages "true";
Binary::apt-get::APT::Keep-Downloaded-Packages "true";
Acquire::Languages "none";
Acquire::Retries "3";
CONF
}

# A mirror that is just being renewed is inconsistent for minutes; without its updates Debian 12 is complete all the same,
# and if it is not, fetching the packages says so.
fetch_lists() {
  local try
  for try in 1 2 3; do
    if apt-get update -qq 2>"$apt/log"; then
      return
    fi
    sleep "$try"
  done
  grep '^E: Failed' "$apt/log" >&2 || cat "$apt/log" >&2
  echo "sysroot.sh: going on without these package lists" >&2
}

# Debian 12 is usr-merged: without these links first, packages would make real folders of them.
make_folders() {
  local name
  for name in bin lib sbin; do
    mkdir -p "$root/usr/$name"
    [ -e "$root/$name" ] || ln -s "usr/$name" "$root/$name"
  done
}

# Links that name a place from the top would lead out of the sysroot.
mend_links() {
  local link target
  find "$root" -path "$apt" -prune -o -type l -lname '/*' -print | while read -r link; do
    target=$(readlink "$link")
    ln -sfn "$(realpath -m --relative-to "$(dirname "$link")" "$root$target")" "$link"
  done
}

[ $# -eq 2 ] || fail "usage: sysroot.sh arm64|armhf DIR"
architecture=$1
case $architecture in
  arm64 | armhf) ;;
  *) fail "no such architecture here: $architecture (arm64 or armhf)" ;;
esac
mkdir -p "$2"
root=$(realpath "$2")
apt=$root/.apt
wanted="$architecture ${packages[*]}"
if [ "$(cat "$root/.complete" 2>/dev/null)" = "$wanted" ]; then
  exit 0
fi

rm -f "$root/.complete"
write_sources
write_configuration
export APT_CONFIG=$apt/apt.conf
fetch_lists
apt-get install -qq --download-only --yes "${packages[@]}" >"$apt/log" 2>&1 || {
  cat "$apt/log" >&2
  fail "the packages can't be fetched"
}
make_folders
for package in "$apt"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$root"
done
mend_links
printf '%s' "$wanted" >"$root/.complete"
