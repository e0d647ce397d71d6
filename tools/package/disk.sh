#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a computer with Nashra on it, to be started by QEMU: disk.sh PACKAGES ROOT DIR. Needs root.
#   PACKAGES  a folder of .deb files, made by tools/package/build.sh
#   ROOT      a bare Debian 12, made by tools/package/root.sh, and left as it was
#   DIR       gets vmlinuz, initrd and disk.img, with systemd, nashrad, a number pad's board.ini and two articles
set -euo pipefail
[ $# -eq 3 ] || { echo "usage: disk.sh PACKAGES ROOT DIR" >&2; exit 64; }
packages=$(realpath "$1")
base=$(realpath "$2")
mkdir -p "$3"
out=$(realpath "$3")
source=$(realpath "$(dirname "$0")/../..")
root=$(mktemp -d)
finish() {
  umount "$root/proc" 2>/dev/null || true
  rm -rf "$root"
}
trap finish EXIT

within() {
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# As an owner does it: docs/START-BOX.md, boards/generic-usb-keypad.
install_system() {
  mkdir "$root/packages"
  cp "$packages"/{nashra,nashrad,nashra-data,libnashra0}_*.deb "$root/packages"
  within apt-get update -qq
  within apt-get install -y -qq systemd-sysv udev dbus kmod initramfs-tools zstd linux-image-amd64 network-manager wpasupplicant rfkill iw \
    >/dev/null
  within sh -c 'apt-get install -y -qq /packages/*.deb' >/dev/null
  within systemctl -q enable nashrad.service nashra-setup.path nashra-setup.service nashra-feeds.timer
  install -D -m 644 "$source/boards/generic-usb-keypad/board.ini" "$root/etc/nashra/nashrad.ini.d/10-board.ini"
  install -D -m 644 -t "$root/srv/nashra/articles" "$source"/tests/board/articles/*.txt
  rm -rf "$root/packages" "$root"/var/cache/apt/archives/*.deb "$root/usr/sbin/policy-rc.d"
}

# For the tests alone: a Wi-Fi to be joined, what the box does on the serial line, and a shell there.
equip() {
  within apt-get install -y -qq hostapd dnsmasq-base iproute2 >/dev/null
  within systemctl -q mask hostapd.service
  install -m 755 "$source/tests/system/access-point.sh" "$root/usr/local/sbin/access-point"
  local unit=$root/etc/systemd/system
  mkdir -p "$unit/nashrad.service.d" "$root/etc/systemd/journald.conf.d"
  printf '[Service]\nExecStart=\n%s\n' "$(grep '^ExecStart=' "$root"/lib/systemd/system/nashrad.service) --verbose" \
    >"$unit/nashrad.service.d/90-verbose.conf"
  printf '[Journal]\nForwardToConsole=yes\nMaxLevelConsole=info\nTTYPath=/dev/ttyS0\n' \
    >"$root/etc/systemd/journald.conf.d/90-console.conf"
  cat >"$unit/console-shell.service" <<'UNIT'
[Unit]
Description=A shell on the serial line
[Service]
ExecStart=/bin/sh
StandardInput=tty-force
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0
Restart=always
KillSignal=SIGKILL
[Install]
WantedBy=multi-user.target
UNIT
  within systemctl -q enable console-shell.service
  within systemctl -q mask serial-getty@ttyS0.service
}

cp -a "$base/." "$root"
mount --bind /proc "$root/proc"
install_system
equip
umount "$root/proc"
cp "$(ls "$root"/boot/vmlinuz-* | tail -1)" "$out/vmlinuz"
cp "$(ls "$root"/boot/initrd.img-* | tail -1)" "$out/initrd"
rm -f "$out/disk.img"
truncate -s 3G "$out/disk.img"
mke2fs -q -t ext4 -F -d "$root" "$out/disk.img"
echo "disk.sh: $(du -m "$out/disk.img" | cut -f 1) MiB on the disk"
