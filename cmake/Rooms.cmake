# SPDX-License-Identifier: GPL-3.0-or-later
# A room is a folder under src/ and a static library. Its unit tests link it and what it may use, and nothing else,
# so that a call in the wrong direction does not link.
include(CMakeParseArguments)

function(nashra_room name)
  cmake_parse_arguments(ROOM "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.c */*.c)
  add_library(nashra_${name} STATIC ${sources})
  target_include_directories(nashra_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  set_target_properties(nashra_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  foreach(use ${ROOM_USES})
    if(TARGET nashra_${use} OR IS_DIRECTORY ${PROJECT_SOURCE_DIR}/src/${use})
      target_link_libraries(nashra_${name} PUBLIC nashra_${use})
    else()
      target_link_libraries(nashra_${name} PUBLIC ${use})
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY NASHRA_ROOMS nashra_${name})
endfunction()

function(nashra_unit_test room name)
  if(NOT NASHRA_TESTS)
    return()
  endif()
  add_executable(test_${name} ${PROJECT_SOURCE_DIR}/tests/unit/test_${name}.c)
  target_include_directories(test_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/tests/unit)
  target_link_libraries(test_${name} PRIVATE nashra_${room} PkgConfig::CMOCKA)
  # cmocka's macros cast freely.
  target_compile_options(test_${name} PRIVATE -Wno-conversion -Wno-sign-conversion)
  add_test(NAME unit.${name} COMMAND test_${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(unit.${name} PROPERTIES ENVIRONMENT "NASHRA_DATA=${PROJECT_SOURCE_DIR}/data" TIMEOUT 300)
endfunction()

# With clang and NASHRA_LIBFUZZER the target is driven by libFuzzer; otherwise by tests/fuzz/driver.c, which runs the
# seeds and a fixed number of mutations of them, so that the short run needs no clang.
function(nashra_fuzz_target room name)
  if(NOT NASHRA_TESTS)
    return()
  endif()
  add_executable(fuzz_${name} ${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_${name}.c)
  target_include_directories(fuzz_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(fuzz_${name} PRIVATE nashra_${room})
  if(NASHRA_LIBFUZZER)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests/fuzz/driver.c)
    add_test(NAME fuzz.${name} COMMAND fuzz_${name} ${PROJECT_SOURCE_DIR}/tests/fuzz/seeds/${name}
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(fuzz.${name} PROPERTIES ENVIRONMENT "NASHRA_DATA=${PROJECT_SOURCE_DIR}/data" TIMEOUT 300)
  endif()
endfunction()
