#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the emulated board: image.sh SYSROOT BUILD PACKS DIR
#   SYSROOT  of arm64, made by tools/sysroot.sh; its apt fetches the kernel and busybox
#   BUILD    where nashrad, nashra-setup and nashra were built for arm64
#   PACKS    where the prompts were rendered
#   DIR      gets vmlinuz, initrd, board.dtb and state.img
set -euo pipefail

[ $# -eq 4 ] || { echo "usage: image.sh SYSROOT BUILD PACKS DIR" >&2; exit 64; }
sysroot=$(realpath "$1") build=$(realpath "$2") packs=$(realpath "$3")
mkdir -p "$4"
out=$(realpath "$4")
source=$(realpath "$(dirname "$0")/../..")
root=$out/root
triplet=aarch64-linux-gnu

modules=(virtio_pci virtio_blk ext4 snd_hda_codec_generic snd_hda_intel gpio_keys evdev
  xhci_pci snd_usb_audio usb_storage sd_mod vfat nls_cp437 nls_ascii nls_utf8)

# Debian's kernel and a static busybox; kept from one call to the next.
fetch() {
  local kernel
  mkdir -p "$out/packages"
  export APT_CONFIG=$sysroot/.apt/apt.conf
  kernel=$(apt-cache depends linux-image-arm64 | sed -n 's/.*Depends: //p' | head -1)
  if [ "$(cat "$out/packages/.complete" 2>/dev/null)" != "$kernel" ]; then
    rm -rf "$out/packages" "$out/kernel"
    mkdir -p "$out/packages" "$out/kernel"
    (cd "$out/packages" && apt-get download -qq "$kernel" busybox-static)
    for package in "$out"/packages/*.deb; do
      dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$out/kernel"
    done
    echo "$kernel" >"$out/packages/.complete"
  fi
  version=${kernel#linux-image-}
  unset APT_CONFIG
  cp "$out/kernel/boot/vmlinuz-$version" "$out/vmlinuz"
}

# In the order in which they can be loaded.
copy_modules() {
  local module path
  depmod -b "$out/kernel" "$version"
  mkdir -p "$root/modules"
  : >"$root/modules/order"
  for module in "${modules[@]}"; do
    modprobe -d "$out/kernel" -S "$version" --show-depends "$module" | sed -n 's/^insmod //p' | while read -r path _; do
      grep -qx "$(basename "$path")" "$root/modules/order" && continue
      cp "$path" "$root/modules/"
      basename "$path" >>"$root/modules/order"
    done
  done
}

# A program with all the libraries that it needs, and they.
copy_program() {
  local file=$1 needed found
  cp -n "$file" "$2"
  "$triplet-readelf" -d "$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | while read -r needed; do
    [ -e "$root/lib/$needed" ] && continue
    found=$(find "$sysroot/usr/lib/$triplet" -maxdepth 2 -name "$needed" | head -1)
    [ -n "$found" ] || { echo "image.sh: $needed is not in the sysroot" >&2; exit 1; }
    copy_program "$(realpath "$found")" "$root/lib/$needed"
  done
}

copy_files() {
  mkdir -p "$root"/{bin,lib,proc,sys,dev,run,tmp,state,mnt,articles,usr/share,usr/lib/$triplet/alsa-lib,etc}
  cp "$(find "$out/kernel" -path '*bin/busybox' | head -1)" "$root/bin/busybox"
  for program in nashrad nashra-setup nashra; do
    copy_program "$build/$program" "$root/bin/"
    "$triplet-strip" "$root/bin/$program"
  done
  copy_program "$sysroot/usr/lib/$triplet/ld-linux-aarch64.so.1" "$root/lib/"
  cp -r "$source/data" "$root/usr/share/nashra"
  cp "$packs"/prompts-*.pack "$root/usr/share/nashra/"
  cp -r "$sysroot/usr/share/alsa" "$root/usr/share/"
  mkdir "$root/usr/lib/$triplet/espeak-ng-data"
  (cd "$sysroot/usr/lib/$triplet/espeak-ng-data" &&
    cp -r phondata phonindex phontab intonations ar_dict en_dict lang "$root/usr/lib/$triplet/espeak-ng-data/")
  cp "$source/boards/qemu-virt/board.ini" "$source/boards/qemu-virt/nashrad.ini" "$root/etc/"
  install -m 755 "$source/boards/qemu-virt/init" "$root/init"
  cp "$source"/tests/board/articles/*.txt "$root/articles/"
  cp "$source/tests/articles/bulletin.txt" "$root/bulletin.txt"
}

# The machine's own device tree with five buttons on its PL061: lines 0, 1, 2, 4 and 5 (3 is its power button). They are
# active high, so that they are up when the machine starts.
make_tree() {
  local phandle name line code
  qemu-system-aarch64 -M "virt,dumpdtb=$out/board.dtb" -seed 1 -cpu cortex-a53 -smp 2 -m 512 -nodefaults -display none 2>/dev/null
  phandle=$(fdtget -t x "$out/board.dtb" /pl061@9030000 phandle)
  while read -r name line code; do
    fdtput -c "$out/board.dtb" "/gpio-keys/$name"
    fdtput -t x "$out/board.dtb" "/gpio-keys/$name" gpios "$phandle" "$line" 0
    fdtput -t i "$out/board.dtb" "/gpio-keys/$name" linux,code "$code"
    fdtput -t s "$out/board.dtb" "/gpio-keys/$name" label "$name"
    fdtput -t i "$out/board.dtb" "/gpio-keys/$name" debounce-interval 5
  done <<KEYS
up 0 103
down 1 108
left 2 105
right 4 106
play 5 164
KEYS
}

rm -rf "$root"
mkdir -p "$root"
fetch
copy_modules
copy_files
(cd "$root" && find . | LC_ALL=C sort | cpio -o -H newc --quiet --reproducible) | zstd -q -9 -f -o "$out/initrd"
make_tree
rm -f "$out/state.img"
truncate -s 16M "$out/state.img"
mke2fs -q -t ext4 -F "$out/state.img"
echo "image.sh: initrd of $(($(stat -c %s "$out/initrd") / 1024)) KiB, kernel $version"
