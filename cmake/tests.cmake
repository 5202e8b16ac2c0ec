# SPDX-License-Identifier: GPL-2.0-only
# Unit tests: each tests/unit/test_NAME.c is a cmocka program. Its comment "links: tree parse" names
# the libraries under test (base is always there), its comment "sources: cmd/option.c" files of cmd/,
# which is no library, its comment "helpers: tests/fault/vfs.c" files of other folders of tests/, and
# its comment "packages: SECCOMP" what pkg-config found. tests/unit/NAME/ is handed over as
# GCV_TEST_DATA.
pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)

# gcv_link_as_told(TARGET FILE): link the libraries that a comment "links: tree parse" names.
function(gcv_link_as_told name file)
	file(STRINGS ${file} links REGEX "links:")
	string(REGEX MATCHALL "[a-z]+" words "${links}")
	list(REMOVE_ITEM words links)
	foreach(word ${words})
		target_link_libraries(${name} PRIVATE gcv_${word})
	endforeach()
endfunction()

file(GLOB unit_tests CONFIGURE_DEPENDS tests/unit/test_*.c)
foreach(file ${unit_tests})
	cmake_path(GET file STEM name)
	string(REPLACE "test_" "" short ${name})
	add_executable(${name} ${file})
	target_link_libraries(${name} PRIVATE gcv_base PkgConfig::CMOCKA)
	gcv_link_as_told(${name} ${file})
	file(STRINGS ${file} sources REGEX "^/\\* sources:")
	string(REGEX MATCHALL "cmd/[a-z_/]+\\.c" sources "${sources}")
	list(TRANSFORM sources PREPEND ${PROJECT_SOURCE_DIR}/)
	target_sources(${name} PRIVATE ${sources})
	file(STRINGS ${file} helpers REGEX "^/\\* helpers:")
	string(REGEX MATCHALL "tests/[a-z_/]+\\.c" helpers "${helpers}")
	list(TRANSFORM helpers PREPEND ${PROJECT_SOURCE_DIR}/)
	target_sources(${name} PRIVATE ${helpers})
	if(sources)
		target_compile_definitions(${name} PRIVATE
			$<TARGET_PROPERTY:gupconv,COMPILE_DEFINITIONS>)
		add_dependencies(${name} gupconv-parse)
	endif()
	file(STRINGS ${file} packages REGEX "^/\\* packages:")
	string(REGEX MATCHALL "[A-Z0-9]+" packages "${packages}")
	foreach(package ${packages})
		target_link_libraries(${name} PRIVATE PkgConfig::${package})
	endforeach()
	target_compile_definitions(${name} PRIVATE
		GCV_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/unit/${short}"
		GCV_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
	add_test(NAME unit/${short} COMMAND ${name})
	set_tests_properties(unit/${short} PROPERTIES TIMEOUT 120)
endforeach()

# Its allocations can be made to fail.
target_link_options(test_memory PRIVATE
	-Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc -Wl,--wrap=reallocarray)

# Some hundred databases are disturbed and looked at.
set_tests_properties(unit/store_crash PROPERTIES TIMEOUT 600)

# What makes programs fail, loaded before all else; with the sanitizer memory is the sanitizer's.
add_library(gupconv-fault MODULE tests/fault/preload.c)
set_target_properties(gupconv-fault PROPERTIES PREFIX "")
target_link_libraries(gupconv-fault PRIVATE ${CMAKE_DL_LIBS})
if(GCV_SANITIZE)
	target_compile_options(gupconv-fault PRIVATE -fno-sanitize=all)
	target_link_options(gupconv-fault PRIVATE -fno-sanitize=all)
else()
	target_compile_definitions(gupconv-fault PRIVATE GCV_FAULT_MEMORY)
endif()

# What runs a program on a kernel with fewer guards.
add_executable(gupconv-withhold tests/fault/withhold.c)
target_link_libraries(gupconv-withhold PRIVATE PkgConfig::SECCOMP)

# Command tests: NAME.test in tests/cli, db, flow, check, rewrite and real are sh scripts that get GUPCONV,
# BUILD and SOURCE in their environment and a scratch folder as working directory. Exit status 77 is
# a skip.
function(gcv_script_tests folder timeout_s)
	file(GLOB scripts CONFIGURE_DEPENDS tests/${folder}/*.test)
	foreach(file ${scripts})
		cmake_path(GET file STEM LAST_ONLY short)
		add_test(NAME ${folder}/${short}
			COMMAND sh ${PROJECT_SOURCE_DIR}/tests/run-script ${file})
		set_tests_properties(${folder}/${short} PROPERTIES TIMEOUT ${timeout_s}
			SKIP_RETURN_CODE 77
			ENVIRONMENT "GUPCONV=$<TARGET_FILE:gupconv>;BUILD=${PROJECT_BINARY_DIR};SOURCE=${PROJECT_SOURCE_DIR}")
	endforeach()
endfunction()
gcv_script_tests(cli 300)
gcv_script_tests(db 120)
# With GCV_FAULT_POINTS=200 it takes minutes.
set_tests_properties(db/disturbed PROPERTIES TIMEOUT 3600)
gcv_script_tests(flow 300)
gcv_script_tests(check 300)
gcv_script_tests(rewrite 300)
gcv_script_tests(real 900)

# Layout (clang-format), cppcheck and shellcheck.
add_test(NAME sources COMMAND ${PROJECT_SOURCE_DIR}/scripts/check-sources)
set_tests_properties(sources PROPERTIES TIMEOUT 300)

# clang-tidy, without the checks that walk over paths.
add_test(NAME tidy COMMAND ${PROJECT_SOURCE_DIR}/scripts/check-tidy ${PROJECT_BINARY_DIR})
set_tests_properties(tidy PROPERTIES TIMEOUT 600 SKIP_RETURN_CODE 77)

# Fuzz targets: libFuzzer programs with the fuzz preset; else CTest runs them over the kept corpus.
file(GLOB fuzz_targets CONFIGURE_DEPENDS tests/fuzz/fuzz_*.c)
foreach(file ${fuzz_targets})
	cmake_path(GET file STEM LAST_ONLY name)
	string(REPLACE "fuzz_" "" short ${name})
	add_executable(${name} ${file})
	gcv_link_as_told(${name} ${file})
	if(GCV_FUZZ)
		target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
		target_link_options(${name} PRIVATE -fsanitize=fuzzer)
	else()
		target_sources(${name} PRIVATE tests/fuzz/replay.c)
		file(GLOB corpus CONFIGURE_DEPENDS tests/fuzz/corpus/${short}/*)
		add_test(NAME fuzz/${short} COMMAND ${name} ${corpus})
	endif()
endforeach()
