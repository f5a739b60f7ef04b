# virga_library(name SOURCES … LINKS … [PRIVATE_LINKS …] [APART …] [GENERATED]): one static library per folder, warnings as
# errors, the standard headers precompiled once and reused. GENERATED leaves our warnings out: for code that a tool wrote.
# APART: see virga_together.

add_library(virga_flags INTERFACE)
target_include_directories(virga_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
if(VIRGA_SANITIZE)
  target_compile_options(virga_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  target_link_options(virga_flags INTERFACE -fsanitize=address,undefined)
endif()
# Counts of what ran, for the fuzz targets: in the libraries alone, since tests and tools only take longer with them.
add_library(virga_counted INTERFACE)
if(VIRGA_FUZZ)
  target_compile_options(virga_counted INTERFACE -fsanitize=fuzzer-no-link)
endif()

add_library(virga_warnings INTERFACE)
target_compile_options(virga_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
if(VIRGA_TOGETHER)
  target_compile_options(virga_warnings INTERFACE -Wno-shadow)   # of names of another file that is compiled with this one
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these inside libstdc++ itself when it inlines std::variant and std::string.
  target_compile_options(virga_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-array-bounds -Wno-stringop-overread -Wno-stringop-overflow
    -Wno-missing-field-initializers)
else()
  target_compile_options(virga_warnings INTERFACE -Wno-missing-field-initializers)
endif()

file(WRITE ${PROJECT_BINARY_DIR}/pch.cpp.in "#include <string>\n")
configure_file(${PROJECT_BINARY_DIR}/pch.cpp.in ${PROJECT_BINARY_DIR}/pch.cpp COPYONLY)
add_library(virga_pch OBJECT ${PROJECT_BINARY_DIR}/pch.cpp)
target_link_libraries(virga_pch PRIVATE virga_flags virga_counted virga_warnings fmt::fmt)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(virga_flags INTERFACE -fpch-preprocess)   # for ccache
endif()
target_precompile_headers(virga_pch PRIVATE
  <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map>
  <utility> <variant> <vector> <fmt/format.h>)

# virga_together(target [files …]): its files are compiled VIRGA_TOGETHER at once, which takes a third of the time, as most of
# it goes into what each of them includes and instantiates; the files named here alone. They have a name of their own, in an
# unnamed namespace, that another file of the target has as well: whoever adds such a name sees a redefinition, renames it or
# names the file here. Another preset compiles each file by itself, and so shows that each includes what it needs.
function(virga_together target)
  if(VIRGA_TOGETHER)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${VIRGA_TOGETHER})
    virga_apart(${target} ${ARGN})
  endif()
endfunction()

# virga_apart(target files …): these are compiled alone even there.
function(virga_apart target)
  set_source_files_properties(${ARGN} TARGET_DIRECTORY ${target} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# virga_generated(target file): a source that a tool makes; it waits for the tool alone, and no other file with it.
function(virga_generated target file)
  target_sources(${target} PRIVATE ${file})
  virga_apart(${target} ${file})
endfunction()

function(virga_library name)
  cmake_parse_arguments(ARG "GENERATED" "" "SOURCES;LINKS;PRIVATE_LINKS;APART" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC virga_flags fmt::fmt ${ARG_LINKS} PRIVATE virga_counted)
  if(ARG_GENERATED)
    target_compile_options(${name} PRIVATE -w)
  else()
    target_link_libraries(${name} PRIVATE virga_warnings ${ARG_PRIVATE_LINKS})
    target_precompile_headers(${name} REUSE_FROM virga_pch)
    virga_together(${name} ${ARG_APART})
  endif()
endfunction()

# virga_embed(target NAMESPACE VARIABLE FILES … BASE dir): the bytes of files, compiled in, as
# `std::span<const virga::EmbeddedFile> NAMESPACE::VARIABLE()`.
function(virga_embed target)
  cmake_parse_arguments(ARG "" "NAMESPACE;VARIABLE;BASE" "FILES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${ARG_VARIABLE}_embedded.cpp)
  string(REPLACE ";" "|" files "${ARG_FILES}")
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${ARG_NAMESPACE} -DVARIABLE=${ARG_VARIABLE} -DBASE=${ARG_BASE}
            "-DFILES=${files}" -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${ARG_FILES} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake VERBATIM)
  virga_generated(${target} ${out})
endfunction()
