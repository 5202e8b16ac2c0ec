/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The makers of single headers. Internal to virtual*.c.
 *
 *	gcv_virtual_add(v, "gen/generated/utsversion.h", text, len);
 *
 * The first maker of a path wins.
 */
#ifndef GCV_PARSE_VIRTUAL_MAKE_H
#define GCV_PARSE_VIRTUAL_MAKE_H

#include "parse/virtual.h"

/**
 * gcv_virtual_add() - add a header
 * @v: the headers
 * @rel: path below the architecture's virtual folder
 * @text: contents, copied
 * @len: length in bytes
 */
void gcv_virtual_add(struct gcv_virtual *v, const char *rel, const char *text, size_t len);

/**
 * gcv_virtual_has() - is there such a header already?
 * @v: the headers
 * @rel: path below the architecture's virtual folder
 *
 * Return: true where there is.
 */
bool gcv_virtual_has(const struct gcv_virtual *v, const char *rel);

/**
 * gcv_virtual_read() - read a file of the tree by lines
 * @v: the headers
 * @path: path relative to the root
 * @fn: called for each line, without newline; it may change the line
 * @ctx: passed to @fn
 *
 * Return: false where the file cannot be read.
 */
bool gcv_virtual_read(const struct gcv_virtual *v, const char *path,
		      void (*fn)(void *ctx, char *line), void *ctx);

/**
 * gcv_virtual_add_constants() - generated/bounds.h, timeconst.h and asm-offsets.h
 * @v: the headers
 *
 * Source: Kbuild, kernel/bounds.c, kernel/time/timeconst.bc, arch/X/kernel/asm-offsets.c.
 */
void gcv_virtual_add_constants(struct gcv_virtual *v);

/**
 * gcv_virtual_add_tables() - headers from tables of one architecture: cpucaps.h, sysreg-defs.h,
 * mach-types.h, facility-defs.h
 * @v: the headers
 *
 * Source: arch/arm64/tools, arch/arm/tools, arch/sh/tools, arch/s390/tools.
 */
void gcv_virtual_add_tables(struct gcv_virtual *v);

/**
 * gcv_virtual_add_syscalls() - asm/unistd_*.h and asm/syscall_table*.h
 * @v: the headers
 * @name: file name, for example "unistd_64.h"
 * @rel_folder: virtual folder of the header, for example "gen/uapi/asm"
 * @arch: architecture whose table is used
 *
 * Source: scripts/syscallhdr.sh, scripts/Makefile.asm-headers, arch/X/kernel/syscalls/Makefile.
 *
 * Return: false where no table fits the name.
 */
bool gcv_virtual_add_syscalls(struct gcv_virtual *v, const char *name, const char *rel_folder,
			      const char *arch);

/**
 * gcv_virtual_add_asm() - wrappers of asm-generic headers and all that arch/X/include/asm/Kbuild
 * says is generated
 * @v: the headers
 *
 * Source: scripts/Makefile.asm-headers (before: Makefile.asm-generic).
 */
void gcv_virtual_add_asm(struct gcv_virtual *v);

#endif
