# SPDX-License-Identifier: GPL-3.0-or-later
# 64-bit boards: Raspberry Pi 3 and later, Zero 2 W.
set(NASHRA_ARCH arm64)
set(NASHRA_TRIPLET aarch64-linux-gnu)
set(NASHRA_QEMU qemu-aarch64-static)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
include(${CMAKE_CURRENT_LIST_DIR}/cross.cmake)
