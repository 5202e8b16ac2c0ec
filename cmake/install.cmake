# SPDX-License-Identifier: GPL-2.0-only
# What is installed where, the completions that are made for it, and the Debian package.

# From the program to its worker, so that the same build runs below any prefix.
file(RELATIVE_PATH libexec_from_bin ${CMAKE_INSTALL_FULL_BINDIR}
	${CMAKE_INSTALL_FULL_LIBEXECDIR}/gupconv)
target_compile_definitions(gupconv PRIVATE GCV_LIBEXEC_FROM_BIN="${libexec_from_bin}")

install(TARGETS gupconv RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS gupconv-parse RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/gupconv)

# Debian's folders; other distributions can set their own.
set(GCV_BASH_COMPLETIONS_DIR ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
	CACHE STRING "Where completions for bash go")
set(GCV_ZSH_COMPLETIONS_DIR ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions
	CACHE STRING "Where completions for zsh go")
set(GCV_FISH_COMPLETIONS_DIR ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
	CACHE STRING "Where completions for fish go")

set(completions "")
function(gcv_completion shell file destination)
	set(out ${PROJECT_BINARY_DIR}/completions/${file})
	add_custom_command(OUTPUT ${out}
		COMMAND gupconv completion ${shell} > ${out}
		DEPENDS gupconv VERBATIM)
	install(FILES ${out} DESTINATION ${destination})
	set(completions ${completions} ${out} PARENT_SCOPE)
endfunction()
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/completions)
gcv_completion(bash gupconv ${GCV_BASH_COMPLETIONS_DIR})
gcv_completion(zsh _gupconv ${GCV_ZSH_COMPLETIONS_DIR})
gcv_completion(fish gupconv.fish ${GCV_FISH_COMPLETIONS_DIR})
add_custom_target(completions ALL DEPENDS ${completions})

foreach(section 1 5)
	file(GLOB pages CONFIGURE_DEPENDS man/*.${section})
	install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
file(GLOB schemas CONFIGURE_DEPENDS data/*.schema.json)
install(FILES ${schemas} DESTINATION ${CMAKE_INSTALL_DATADIR}/gupconv)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES cmake/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gupconv)
set(CPACK_PACKAGE_CONTACT "The gupconv developers <gupconv@localhost>" CACHE STRING
	"Maintainer of the Debian package")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "find and convert get_user_pages() call sites")
set(CPACK_PACKAGE_DESCRIPTION
	"Reads a bare Linux kernel source tree and finds every place where pages of user\nmemory are acquired by get_user_pages() and its relatives, and every place where\nsuch pages are released.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The worker needs the compiler's own headers (stdarg.h, …), of the very version it was built for.
string(REGEX MATCH "llvm-([0-9]+)" llvm "${CLANG_RESOURCE_INCLUDE}")
if(llvm)
	set(CPACK_DEBIAN_PACKAGE_DEPENDS "libclang-common-${CMAKE_MATCH_1}-dev")
endif()
include(CPack)
