# SPDX-License-Identifier: GPL-2.0-only
# What makes a fault harder to use: the programs read trees, mails and databases of others. The test
# cli/hardening reads the programs that were built.
include(CheckCCompilerFlag)
include(CheckPIESupported)

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
check_pie_supported(LANGUAGES C)
add_link_options(-Wl,-z,relro,-z,now -Wl,-z,noexecstack)
add_compile_options(-fstack-protector-strong)

# Returns and indirect calls, where the machine can check them.
foreach(option -fstack-clash-protection -fcf-protection -mbranch-protection=standard)
	string(MAKE_C_IDENTIFIER "GCV_HAS${option}" has)
	check_c_compiler_flag(${option} ${has})
	if(${has})
		add_compile_options(${option})
	endif()
endforeach()

# Needs an optimizing compiler, and gets into the way of the sanitizers.
if(NOT GCV_SANITIZE AND CMAKE_BUILD_TYPE MATCHES "^(Release|RelWithDebInfo|MinSizeRel)$")
	add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
endif()
