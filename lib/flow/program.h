/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The program: all functions, ops tables and records that a snapshot knows, as the flow analysis
 * reads them. It knows no database; a struct gcv_program_source hands over what is stored.
 *
 *	st = gcv_program_load(&source, &program, err);
 *	fn = &program->facts.functions[i];
 *	st = gcv_program_body(program, fn, &body, err);
 *	targets = gcv_program_callees(program, fn, call);
 *	gcv_program_free(program);
 *
 * A function that several configurations see in different forms is there once for each form. Which
 * form a call means is told by the translation units that saw both.
 */
#ifndef GCV_FLOW_PROGRAM_H
#define GCV_FLOW_PROGRAM_H

#include "base/intern.h"
#include "base/map64.h"
#include "parse/body.h"
#include "parse/facts.h"
#include "tree/hash.h"

/**
 * struct gcv_function - a function, or a variable at file scope with its initialiser
 * @index: its place in the program's array
 * @id: number of the definition in the store
 * @kind: which of the two
 * @name: its name
 * @file: path
 * @type: as libclang prints it, "int (struct page **, int)"
 * @begin: offset of its first byte in the file
 * @end: offset behind its last byte
 * @line: line of the name
 * @end_line: line of the last byte
 * @linkage: who can see it
 * @from_macro: a macro makes it or its name
 * @has_error: something may be missing inside
 * @units: translation units in which it was seen in this form, ascending
 * @nr_units: how many
 * @content: stands for all that is known of it, with its places in the file
 * @body_hash: stands for its body
 * @body: decoded body, or NULL before gcv_program_body()
 */
struct gcv_function {
	uint32_t index;
	int64_t id;
	enum gcv_def_kind kind;
	const char *name;
	const char *file;
	const char *type;
	uint32_t begin, end, line, end_line;
	enum gcv_linkage linkage;
	bool from_macro, has_error;
	const uint32_t *units;
	uint32_t nr_units;
	struct gcv_hash content, body_hash;
	struct gcv_body *body;
};

/**
 * struct gcv_program_address - a function is named without being called
 * @in: index of the function or variable that names it
 * @function: its name
 * @field: "struct file_operations.mmap" where it is stored in a member, "request_irq(1)" where it
 * is an argument of a call, else ""
 * @line: line
 */
struct gcv_program_address {
	uint32_t in;
	const char *function;
	const char *field;
	uint32_t line;
};

/**
 * struct gcv_program_site - a call of an acquire or release function, as struct gcv_site
 * @id: its id
 * @role: "acquire" or "release"
 * @file: path
 * @line: line
 * @function: name of the function that holds the call
 * @api: name of the function called
 * @homonym: another function of that name is meant
 * @nr_calls: forms of the function that hold the call
 * @calls: for each the index of the function in the program
 * @offsets: for each the offset of the call's first byte in the file
 */
struct gcv_program_site {
	const char *id;
	const char *role;
	const char *file;
	uint32_t line;
	const char *function;
	const char *api;
	bool homonym;
	uint32_t nr_calls;
	uint32_t *calls;
	uint32_t *offsets;
};

/**
 * struct gcv_program_facts - what a source hands over
 * @functions: sorted by file, begin, id; @index and @body are not set
 * @addresses: sorted by @in and offset
 * @sites: sorted by file and offset
 * @unit_headers: for each translation unit the one that holds the definitions of the headers that
 * it reads precompiled, or GCV_NONE
 * @nr_functions: how many
 * @nr_addresses: how many
 * @nr_sites: how many
 * @nr_units: how many
 */
struct gcv_program_facts {
	struct gcv_function *functions;
	struct gcv_program_address *addresses;
	struct gcv_program_site *sites;
	const uint32_t *unit_headers;
	uint32_t nr_functions, nr_addresses, nr_sites, nr_units;
};

/**
 * struct gcv_program_source - where a program comes from
 * @load: everything but the bodies, from the arena
 * @body: append the bytes of a definition's body that gcv_body_decode() takes
 * @ctx: first argument of both
 */
struct gcv_program_source {
	enum gcv_status (*load)(void *ctx, struct gcv_arena *arena, struct gcv_program_facts *ret,
				struct gcv_err *err);
	enum gcv_status (*body)(void *ctx, int64_t id, struct gcv_strbuf *out, struct gcv_err *err);
	void *ctx;
};

/**
 * struct gcv_program_targets - functions that a call may reach
 * @functions: indices of functions
 * @nr: how many
 */
struct gcv_program_targets {
	const uint32_t *functions;
	uint32_t nr;
};

/**
 * struct gcv_body_names - the functions that a body names
 * @text: names, each with its terminator
 * @len: how many bytes
 */
struct gcv_body_names {
	const char *text;
	size_t len;
};

/**
 * struct gcv_body_cache - decoded bodies by the number of their definition, for several programs of
 * the same store one after the other; a zeroed one is empty
 * @arena: owns the bodies
 * @index: from the number to the index of the body
 * @bodies: the bodies
 * @nr: how many
 * @cap: room
 * @names_at: from the number to the index of the names of a body that was not decoded
 * @names: the names
 * @nr_names: how many
 * @cap_names: room
 */
struct gcv_body_cache {
	struct gcv_arena arena;
	struct gcv_map64 index;
	struct gcv_body *bodies;
	uint32_t nr, cap;
	struct gcv_map64 names_at;
	struct gcv_body_names *names;
	uint32_t nr_names, cap_names;
};

/**
 * gcv_body_cache_release() - free a cache and make it empty
 * @cache: the cache; no program that uses it may be left
 */
void gcv_body_cache_release(struct gcv_body_cache *cache);

struct gcv_program_index;

/**
 * struct gcv_program - see above
 * @source: where bodies come from
 * @facts: what the source handed over
 * @arena: owns everything, the bodies too
 * @by_name: functions by name, and functions stored in a field by the field's name
 * @cache: where decoded bodies are kept beyond the program, set by the caller; or NULL
 */
struct gcv_program {
	struct gcv_program_source source;
	struct gcv_program_facts facts;
	struct gcv_arena arena;
	struct gcv_program_index *by_name;
	struct gcv_body_cache *cache;
};

/**
 * gcv_program_load() - load a program
 * @source: kept by value; its @ctx must outlive the program
 * @ret_program: for gcv_program_free()
 * @err: sentence on failure
 *
 * Return: GCV_OK or what the source returned.
 */
enum gcv_status gcv_program_load(const struct gcv_program_source *source,
				 struct gcv_program **ret_program,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_program_body() - the body of a function, decoded on first use
 * @program: the program
 * @fn: one of its functions
 * @err: sentence on failure
 *
 * Return: GCV_OK (@fn->body is set), or what the source or gcv_body_decode() returned.
 */
enum gcv_status gcv_program_body(struct gcv_program *program, struct gcv_function *fn,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_program_names() - the functions that a function names
 * @program: the program
 * @fn: one of its functions; its body is not decoded for this
 * @each: called with the name of each, which is not terminated
 * @ctx: first argument of @each
 * @err: sentence on failure
 *
 * Return: as gcv_program_body().
 */
enum gcv_status gcv_program_names(struct gcv_program *program, const struct gcv_function *fn,
				  void (*each)(void *ctx, const char *name, size_t len), void *ctx,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_program_named() - the definitions that a name may mean at some place
 * @program: the program
 * @file: path of the file that uses the name
 * @name: name of a function
 * @is_static: the declaration that the use resolves to is static
 *
 * A static name means the definitions that a translation unit saw that also saw something of @file,
 * or else those in headers; one that is not static means the external definitions of the whole
 * program.
 *
 * Return: the definitions; none where the body was not seen. Valid as long as the program.
 */
struct gcv_program_targets gcv_program_named(const struct gcv_program *program, const char *file,
					     const char *name, bool is_static);

/**
 * gcv_program_stored() - the definitions that are stored in a member
 * @program: the program
 * @field: "struct file_operations.mmap", or "request_irq(1)" for an argument
 *
 * Return: the definitions, each once. Valid as long as the program.
 */
struct gcv_program_targets gcv_program_stored(const struct gcv_program *program, const char *field);

/**
 * gcv_program_callees() - the definitions that a call may reach
 * @program: the program
 * @fn: function whose decoded body holds the call
 * @call: index of a GCV_NODE_CALL in it
 *
 * A direct call means the definition that the translation unit of @fn saw; where it saw none, all
 * external definitions, or those in headers if the function is static. A call through a member is
 * resolved by gcv_program_stored().
 *
 * Return: the definitions. Valid as long as the program.
 */
struct gcv_program_targets gcv_program_callees(const struct gcv_program *program,
					       const struct gcv_function *fn, uint32_t call);

/**
 * gcv_body_callee() - the symbol that a call names
 * @body: the body
 * @call: index of a GCV_NODE_CALL in it
 *
 * Return: symbol of the function or of the member (the called expression without casts, *, &), or
 * NULL for a call of something else.
 */
const struct gcv_symbol *gcv_body_callee(const struct gcv_body *body, uint32_t call);

/**
 * gcv_program_free() - free a program
 * @program: the program; NULL is allowed
 */
void gcv_program_free(struct gcv_program *program);

#endif
