/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a parsed translation unit to facts.
 *
 *	struct gcv_extract_options options = { .root = "/src/linux", .names = &names, … };
 *
 *	gcv_extract_unit(tu, &options, &arena, &facts);
 *	gcv_facts_encode(&facts, &out);
 *	gcv_arena_release(&arena);
 */
#ifndef GCV_PARSE_CLANG_EXTRACT_H
#define GCV_PARSE_CLANG_EXTRACT_H

#include "base/intern.h"
#include "parse/clang/filehash.h"
#include "parse/facts.h"
#include "parse/protocol.h"

#include <clang-c/Index.h>

/**
 * struct gcv_extract_options - what to look for
 * @root: absolute real path of the tree, without a trailing slash
 * @main_path: main file relative to the tree, or a virtual path
 * @names: the API names
 * @candidates: paths (relative to the tree) of headers whose definitions are wanted too
 * @prefixes: prefixes of names that @want_decls reports
 * @hashes: cache of file hashes
 * @overlay: files of the tree that libclang saw in another form
 * @texts: texts that libclang saw instead of files or of those of @overlay
 * @nr_texts: how many
 * @want_decls: also report the functions, enum constants and macros that are declared
 * @files_only: no definitions: only the files that were read, the errors and, if asked for,
 * declarations
 */
struct gcv_extract_options {
	const char *root;
	const char *main_path;
	const struct gcv_intern *names;
	const struct gcv_intern *candidates;
	const struct gcv_intern *prefixes;
	struct gcv_filehash *hashes;
	const struct gcv_overlay *overlay;
	const struct gcv_memory_file *texts;
	uint32_t nr_texts;
	bool want_decls, files_only;
};

/**
 * gcv_extract_unit() - collect the facts of a translation unit
 * @tu: the unit
 * @options: what to look for
 * @arena: owns everything in the result
 * @ret_facts: the facts
 */
void gcv_extract_unit(CXTranslationUnit tu, const struct gcv_extract_options *options,
		      struct gcv_arena *arena, struct gcv_facts *ret_facts);

#endif
