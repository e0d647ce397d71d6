# SPDX-License-Identifier: GPL-3.0-or-later
# What the toolchain files have in common; they set NASHRA_ARCH (Debian's name), NASHRA_TRIPLET and NASHRA_QEMU.
# The sysroot is made by tools/sysroot.sh; $NASHRA_SYSROOTS names the folder that holds one an architecture.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_C_COMPILER ${NASHRA_TRIPLET}-gcc)

# Kept in the cache, so that a build that configures itself again finds it without the environment.
set(NASHRA_SYSROOTS "$ENV{NASHRA_SYSROOTS}" CACHE PATH "Folder of the sysroots, one an architecture")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES NASHRA_SYSROOTS)
if(NOT NASHRA_SYSROOTS)
  get_filename_component(NASHRA_SYSROOTS ${CMAKE_CURRENT_LIST_DIR}/../build/sysroot ABSOLUTE)
endif()
set(CMAKE_SYSROOT ${NASHRA_SYSROOTS}/${NASHRA_ARCH})
if(NOT EXISTS ${CMAKE_SYSROOT}/.complete)
  message(FATAL_ERROR "There is no sysroot in ${CMAKE_SYSROOT}: run tools/sysroot.sh ${NASHRA_ARCH} ${CMAKE_SYSROOT}")
endif()

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_LIBRARY_ARCHITECTURE ${NASHRA_TRIPLET})
set(ENV{PKG_CONFIG_DIR} "")
set(ENV{PKG_CONFIG_LIBDIR} ${CMAKE_SYSROOT}/usr/lib/${NASHRA_TRIPLET}/pkgconfig:${CMAKE_SYSROOT}/usr/share/pkgconfig)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${CMAKE_SYSROOT})

# Tests run here, on the emulated processor.
set(CMAKE_CROSSCOMPILING_EMULATOR ${NASHRA_QEMU} -L ${CMAKE_SYSROOT})
