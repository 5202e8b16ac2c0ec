/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The era of a tree: which functions of the API table it declares, with which parameters. It is
 * found from the declarations in the tree's own headers (gcv_api.headers), never from its version.
 * This is a pure model; who parses the headers hands the declarations over.
 *
 *	struct gcv_era era;
 *
 *	gcv_era_match(&api, decls, nr_decls, constants, nr_constants, &era);
 *	entry = gcv_era_find(&era, "get_user_pages", 14);
 *	if (entry && entry->signature)
 *		pages = entry->signature->arg[GCV_API_ARG_PAGES];
 *	gcv_era_release(&era);
 *
 * Internal functions are not in the headers; gcv_era_signature() answers for a declaration that was
 * met later, in a source file.
 */
#ifndef GCV_PARSE_ERA_H
#define GCV_PARSE_ERA_H

#include "tree/api.h"

/**
 * struct gcv_era_decl - a function or macro that a header declares
 * @name: identifier
 * @result: result type as C spells it; NULL for a macro
 * @types: parameter types
 * @params: parameter names; the array or single ones may be NULL
 * @nr_params: how many
 * @file: tree-relative path
 * @line: 1-based
 * @is_variadic: ends with ...
 * @is_inline: a static inline definition rather than a declaration
 * @is_macro: a #define; the other members about types are empty
 */
struct gcv_era_decl {
	const char *name;
	const char *result;
	const char *const *types;
	const char *const *params;
	size_t nr_params;
	const char *file;
	unsigned int line;
	bool is_variadic;
	bool is_inline;
	bool is_macro;
};

/**
 * struct gcv_era_constant - an enum constant or macro with an integer value
 * @name: identifier, for example "FOLL_WRITE"
 * @value: its value
 * @file: tree-relative path
 * @line: 1-based
 * @is_macro: a #define rather than an enum constant
 */
struct gcv_era_constant {
	const char *name;
	int64_t value;
	const char *file;
	unsigned int line;
	bool is_macro;
};

/**
 * enum gcv_era_state - how a name of the table stands in the tree's headers
 * @GCV_ERA_ABSENT: not declared
 * @GCV_ERA_KNOWN: declared with a signature of the table
 * @GCV_ERA_CHANGED: declared with another; the roles of its parameters are guessed
 * @GCV_ERA_MACRO: only a macro of this name
 */
enum gcv_era_state { GCV_ERA_ABSENT, GCV_ERA_KNOWN, GCV_ERA_CHANGED, GCV_ERA_MACRO };

/**
 * struct gcv_era_entry - one name of the table
 * @function: the name
 * @state: how it stands
 * @signature: from the table (GCV_ERA_KNOWN) or guessed (GCV_ERA_CHANGED), else NULL
 * @decl: the declaration that decided, or NULL
 * @differs: the headers also declare it otherwise, for example under another #if
 */
struct gcv_era_entry {
	const struct gcv_api_function *function;
	enum gcv_era_state state;
	const struct gcv_api_signature *signature;
	const struct gcv_era_decl *decl;
	bool differs;
};

/**
 * struct gcv_era_unknown - a declared name that looks like the family but is not in the table
 * @decl: its declaration
 * @prefix: the prefix of the table that it begins with
 * @signature: guessed; NULL for a macro
 */
struct gcv_era_unknown {
	const struct gcv_era_decl *decl;
	const char *prefix;
	const struct gcv_api_signature *signature;
};

/**
 * struct gcv_era_flag - a FOLL_ flag
 * @flag: from the table, or NULL for a flag that the table does not have
 * @constant: from the tree, or NULL where the tree does not have it
 */
struct gcv_era_flag {
	const struct gcv_api_flag *flag;
	const struct gcv_era_constant *constant;
};

/**
 * struct gcv_era - what the tree has
 * @arena: owns the arrays
 * @api: the table
 * @entries: one for each function of the table, in its order
 * @nr_entries: how many
 * @unknown: unknown API, by file and line, each name once
 * @nr_unknown: how many
 * @flags: the table's flags in its order, then those of the tree alone
 * @nr_flags: how many
 */
struct gcv_era {
	struct gcv_arena arena;
	const struct gcv_api *api;
	struct gcv_era_entry *entries;
	size_t nr_entries;
	struct gcv_era_unknown *unknown;
	size_t nr_unknown;
	struct gcv_era_flag *flags;
	size_t nr_flags;
};

/**
 * gcv_era_match() - compare the table with what the headers declare
 * @api: the table; must outlive @ret
 * @decls: declarations in any order, several for one name allowed; must outlive @ret
 * @nr_decls: how many
 * @constants: constants that begin with FOLL_; others are ignored; must outlive @ret
 * @nr_constants: how many
 * @ret: the era, for gcv_era_release()
 */
void gcv_era_match(const struct gcv_api *api, const struct gcv_era_decl *decls, size_t nr_decls,
		   const struct gcv_era_constant *constants, size_t nr_constants,
		   struct gcv_era *ret);

/**
 * gcv_era_find() - the entry of a name
 * @era: the era
 * @name: bytes, not necessarily terminated
 * @len_bytes: how many
 *
 * Return: the entry, also where its state is GCV_ERA_ABSENT; NULL for a name that the table lacks.
 */
const struct gcv_era_entry *gcv_era_find(const struct gcv_era *era, const char *name,
					 size_t len_bytes);

/**
 * gcv_era_has() - does the tree declare a function with a known signature?
 * @era: the era
 * @name: NUL-terminated
 *
 * Return: true where a conversion may use it.
 */
bool gcv_era_has(const struct gcv_era *era, const char *name);

/**
 * gcv_era_pair_in_force() - can a pair of a conversion be used in this tree?
 * @era: the era
 * @pair: the pair
 *
 * Its replacement and its guard must be declared with known signatures, and the replacement must
 * have the parameter that the pair needs.
 *
 * Return: true where it can.
 */
bool gcv_era_pair_in_force(const struct gcv_era *era, const struct gcv_api_pair *pair);

/**
 * gcv_era_signature() - the signature of the table that a declaration has
 * @function: name of the table
 * @decl: a declaration of this name
 *
 * Return: the signature, or NULL where none fits.
 */
const struct gcv_api_signature *gcv_era_signature(const struct gcv_api_function *function,
						  const struct gcv_era_decl *decl);

/**
 * gcv_era_guess() - a signature from the types and names of parameters alone
 * @arena: owns the result
 * @function: supplies the meaning of the result where the type fits; may be NULL
 * @decl: the declaration
 *
 * Return: a signature with era "guessed".
 */
const struct gcv_api_signature *gcv_era_guess(struct gcv_arena *arena,
					      const struct gcv_api_function *function,
					      const struct gcv_era_decl *decl);

/**
 * gcv_era_prototype() - a declaration as text
 * @arena: owns the result
 * @decl: the declaration
 *
 * Return: for example "long f(unsigned long start, struct page **)", or the name of a macro.
 */
const char *gcv_era_prototype(struct gcv_arena *arena, const struct gcv_era_decl *decl);

/**
 * gcv_era_release() - free an era
 * @era: the era; a zeroed one is allowed
 */
void gcv_era_release(struct gcv_era *era);

#endif
