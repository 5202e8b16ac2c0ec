/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The architectures of the kernel as clang sees them, and which one a file is parsed for.
 *
 *	const struct gcv_arch *arch = gcv_arch_pick(&tree, "drivers/net/tun.c", text, len);
 *
 *	printf("--target=%s\n", arch->target64);
 *
 * A few architectures have no clang target. Another target of the same width and byte order stands
 * in for them: types and layouts are right, inline assembler is not looked at (arch_standin.c).
 */
#ifndef GCV_PARSE_ARCH_H
#define GCV_PARSE_ARCH_H

#include "tree/tree.h"

#include <stdint.h>

/** GCV_ARCH_MAX - upper limit of the number of architectures; a set of them fits in 64 bits */
#define GCV_ARCH_MAX 64

/**
 * struct gcv_arch - one architecture
 * @name: folder below arch/
 * @target64: clang target where CONFIG_64BIT is set; NULL where there is no such variant
 * @target32: clang target otherwise; NULL where there is no such variant
 * @is_stand_in: the targets are those of another architecture
 * @flags: further flags, separated by blanks
 * @flags64: the same, only with CONFIG_64BIT
 * @flags32: the same, only without
 * @includes: folders behind the usual ones, separated by blanks, relative to the root
 * @host: architecture whose headers and Kconfig files are used as well (um), or NULL
 * @wants_compiler_headers: includes headers that come with the compiler
 */
struct gcv_arch {
	const char *name, *target64, *target32;
	bool is_stand_in;
	const char *flags, *flags64, *flags32, *includes, *host;
	bool wants_compiler_headers;
};

/**
 * gcv_arch_find() - an architecture by name
 * @name: folder below arch/
 * @len_bytes: length of the name
 *
 * Return: the architecture or NULL.
 */
const struct gcv_arch *gcv_arch_find(const char *name, size_t len_bytes);

/**
 * gcv_arch_table() - all architectures, the likeliest first
 * @ret_nr: how many, at most GCV_ARCH_MAX
 *
 * Return: the array.
 */
const struct gcv_arch *gcv_arch_table(size_t *ret_nr);

/**
 * gcv_arch_exists() - does the tree have an architecture?
 * @tree: the tree
 * @arch: the architecture
 *
 * Return: true where there is arch/NAME/include.
 */
bool gcv_arch_exists(const struct gcv_tree *tree, const struct gcv_arch *arch);

/**
 * gcv_arch_of_path() - the architecture that owns a path
 * @rel: path relative to the root
 *
 * Below arch/X it is X, but um for a folder arch/X/um.
 *
 * Return: the architecture; NULL for a path that no architecture (or an unknown one) owns.
 */
const struct gcv_arch *gcv_arch_of_path(const char *rel);

/**
 * gcv_arch_pick() - the architecture that a file is best parsed for
 * @tree: the tree
 * @rel: path of the file
 * @text: its contents
 * @len_bytes: length of the contents
 *
 * The one that owns the path, else the first in the table that has every <asm/…> header (and every
 * header that only some architecture has) that the file includes, else the one that lacks fewest. A
 * tree without any known architecture gets x86.
 *
 * Return: the architecture, never NULL.
 */
const struct gcv_arch *gcv_arch_pick(const struct gcv_tree *tree, const char *rel, const char *text,
				     size_t len_bytes);

/**
 * gcv_arch_standin_header() - what a file must see first where a target stands in
 * @arch: the architecture
 *
 * Return: text of a header that makes inline assembler vanish and declares the builtins of the real
 * compiler; NULL where the architecture has a target of its own.
 */
const char *gcv_arch_standin_header(const struct gcv_arch *arch);

struct gcv_arch_symbols;

/**
 * gcv_arch_symbols_new() - which architectures declare which Kconfig symbols
 * @tree: the tree; used only during the call
 *
 * Reads arch/X/Kconfig of all architectures and what these source below arch/X.
 *
 * Return: the index, for gcv_arch_symbols_free().
 */
struct gcv_arch_symbols *gcv_arch_symbols_new(const struct gcv_tree *tree);

/**
 * gcv_arch_symbols_find() - the architectures that declare a symbol
 * @symbols: the index
 * @name: the symbol, with or without "CONFIG_"
 *
 * Return: a set of bits; bit n is entry n of gcv_arch_table(). 0 where none does.
 */
uint64_t gcv_arch_symbols_find(const struct gcv_arch_symbols *symbols, const char *name);

/**
 * gcv_arch_symbols_free() - free the index
 * @symbols: may be NULL
 */
void gcv_arch_symbols_free(struct gcv_arch_symbols *symbols);

#endif
