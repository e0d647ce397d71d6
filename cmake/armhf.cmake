# SPDX-License-Identifier: GPL-3.0-or-later
# 32-bit boards with an ARMv7 processor and NEON or not, as Debian's armhf is built.
set(NASHRA_ARCH armhf)
set(NASHRA_TRIPLET arm-linux-gnueabihf)
set(NASHRA_QEMU qemu-arm-static)
set(CMAKE_SYSTEM_PROCESSOR armv7l)
include(${CMAKE_CURRENT_LIST_DIR}/cross.cmake)
