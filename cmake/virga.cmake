# virga_library(name SOURCES … LINKS … [PRIVATE_LINKS …] [GENERATED]): one static library per folder, warnings as errors,
# the standard headers precompiled once and reused. GENERATED leaves our warnings out: for code that a tool wrote.

add_library(virga_flags INTERFACE)
target_include_directories(virga_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
if(VIRGA_SANITIZE)
  target_compile_options(virga_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  target_link_options(virga_flags INTERFACE -fsanitize=address,undefined)
endif()
if(VIRGA_FUZZ)
  target_compile_options(virga_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

add_library(virga_warnings INTERFACE)
target_compile_options(virga_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
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
target_link_libraries(virga_pch PRIVATE virga_flags virga_warnings fmt::fmt)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(virga_flags INTERFACE -fpch-preprocess)   # for ccache
endif()
target_precompile_headers(virga_pch PRIVATE
  <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map>
  <utility> <variant> <vector> <fmt/format.h>)

function(virga_library name)
  cmake_parse_arguments(ARG "GENERATED" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC virga_flags fmt::fmt ${ARG_LINKS})
  if(ARG_GENERATED)
    target_compile_options(${name} PRIVATE -w)
  else()
    target_link_libraries(${name} PRIVATE virga_warnings ${ARG_PRIVATE_LINKS})
    target_precompile_headers(${name} REUSE_FROM virga_pch)
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
  target_sources(${target} PRIVATE ${out})
endfunction()
