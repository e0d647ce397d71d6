# SPDX-License-Identifier: GPL-3.0-or-later
# libnashra gathers the rooms behind the public headers; everything installable is installed here.
# A room comes before those that it uses, since each is taken whole, and once.
set(rooms nashra_pipeline nashra_reader nashra_news nashra_store nashra_announce nashra_audio nashra_lexicon nashra_article
  nashra_normalise nashra_diacritise nashra_nn nashra_phonemise nashra_synth nashra_base)
add_library(nashra_shared SHARED cmake/empty.c)
target_link_libraries(nashra_shared PRIVATE ${rooms})
foreach(room ${rooms})
  set_property(TARGET nashra_shared PROPERTY LINK_LIBRARY_OVERRIDE_${room} WHOLE_ARCHIVE)
endforeach()

# What leaves the library is what its headers declare, and the function that keeps libespeak-ng from opening a sound card
# (src/synth/espeak.c).
file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/nashra/*.h)
set(NASHRA_SYMBOLS "create_audio_device_object;")
foreach(header ${headers})
  file(STRINGS ${header} declarations REGEX "^[a-z].*[ *]nashra_[a-z0-9_]+\\(")
  list(FILTER declarations EXCLUDE REGEX "^(static|typedef)")
  foreach(declaration ${declarations})
    string(REGEX REPLACE ".*[ *](nashra_[a-z0-9_]+)\\(.*" "\\1" name "${declaration}")
    string(APPEND NASHRA_SYMBOLS " ${name};")
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
endforeach()
configure_file(cmake/libnashra.map.in libnashra.map @ONLY)
target_link_options(nashra_shared PRIVATE -Wl,--version-script=${CMAKE_CURRENT_BINARY_DIR}/libnashra.map)
target_include_directories(nashra_shared PUBLIC include)
set_target_properties(nashra_shared PROPERTIES OUTPUT_NAME nashra VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR} LINK_DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/libnashra.map)

# An installation may be moved: nashra.pc counts from its own place.
file(RELATIVE_PATH NASHRA_UP_FROM_PC /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/nashra.pc.in nashra.pc @ONLY)
install(TARGETS nashra_shared LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
# Bulletins and batches are the program's alone: nobody who links the library should need loudness meters and queues.
install(DIRECTORY include/nashra DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} PATTERN bulletin.h EXCLUDE PATTERN batch.h EXCLUDE)
install(DIRECTORY data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/nashra)
install(FILES ${CMAKE_BINARY_DIR}/nashra.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(GLOB manuals docs/man/*.1)
install(FILES ${manuals} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES packaging/nashra.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME nashra)

if(NASHRA_TESTS)
  add_test(NAME install.library COMMAND ${PROJECT_SOURCE_DIR}/tests/install/check.sh ${CMAKE_BINARY_DIR} ${CMAKE_C_COMPILER})
  set_tests_properties(install.library PROPERTIES LABELS once TIMEOUT 120)
endif()
