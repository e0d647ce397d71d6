# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the table of key names from the kernel's header: cmake -DHEADER=… -DOUT=… -P keycodes.cmake
file(STRINGS ${HEADER} lines REGEX "^#define[ \t]+(KEY|BTN|REL)_[A-Z0-9_]+[ \t]+(0x[0-9a-fA-F]+|[0-9]+)")
set(rows "")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "^#define[ \t]+([A-Z0-9_]+).*" "\\1" name "${line}")
  if(NOT name MATCHES "_(MAX|CNT|RESERVED)$")
    # A cross compiler may bring headers of another age than the ones that were found.
    string(APPEND rows "#ifdef ${name}\n    {\"${name}\", ${name}},\n#endif\n")
  endif()
endforeach()
if(NOT rows MATCHES "KEY_PLAYPAUSE")
  message(FATAL_ERROR "${HEADER} has no key codes")
endif()
file(WRITE ${OUT} "${rows}")
