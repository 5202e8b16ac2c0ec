/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is kept of one translation unit in one configuration: the facts that flow analysis,
 * classification and rewriting run from, without libclang.
 *
 *	worker:	gcv_facts_encode(&facts, &out);
 *	parent:	gcv_facts_decode(bytes, len, &arena, &facts, &err);
 *		…hand them to the store…
 *		gcv_arena_release(&arena);
 *
 * All strings are NUL-terminated and never NULL; all arrays live in the arena. Byte offsets count
 * from the start of the file; lines and columns from 1. A function's body is a byte string of its
 * own (parse/body.h).
 */
#ifndef GCV_PARSE_FACTS_H
#define GCV_PARSE_FACTS_H

#include "base/alloc.h"
#include "base/err.h"
#include "base/strbuf.h"
#include <stdbool.h>

/** GCV_FACTS_VERSION - form of facts and bodies, on the wire and in the store */
#define GCV_FACTS_VERSION 1

/**
 * GCV_FACTS_CONTENT - what facts hold, in whatever form; a stored unit of another is parsed again
 *
 * 2: inline functions of a driver's own headers, where the driver calls them.
 */
#define GCV_FACTS_CONTENT 2

/** GCV_NONE - the index of nothing */
#define GCV_NONE UINT32_MAX

/**
 * struct gcv_fact_file - a file that the translation unit read
 * @path: relative to the tree; the virtual main file of a header unit starts with '/'
 * @hash: XXH3 128 of the bytes that libclang saw
 * @is_main: the main file
 */
struct gcv_fact_file {
	const char *path;
	uint8_t hash[16];
	bool is_main;
};

/**
 * enum gcv_linkage - who can see a function or variable
 * @GCV_LINKAGE_EXTERNAL: everybody
 * @GCV_LINKAGE_STATIC: this file
 * @GCV_LINKAGE_STATIC_INLINE: this file; typically one copy for each includer
 * @GCV_LINKAGE_EXTERN_INLINE: inline without static
 */
enum gcv_linkage {
	GCV_LINKAGE_EXTERNAL,
	GCV_LINKAGE_STATIC,
	GCV_LINKAGE_STATIC_INLINE,
	GCV_LINKAGE_EXTERN_INLINE,
};

/**
 * enum gcv_def_kind - what a definition defines
 * @GCV_DEF_FUNCTION: a function with its body
 * @GCV_DEF_VARIABLE: a file-scope variable with its initialiser (ops tables)
 */
enum gcv_def_kind { GCV_DEF_FUNCTION, GCV_DEF_VARIABLE };

/**
 * struct gcv_fact_def - a definition: a function, or a variable whose initialiser names functions
 * @kind: which of the two
 * @name: its name, after macro expansion
 * @file: index into @files
 * @begin: offset of the first byte of the definition
 * @end: offset behind its last byte
 * @body_begin: offset of the opening brace (functions)
 * @line: line of the name
 * @end_line: line of the last byte
 * @linkage: who can see it
 * @from_macro: the definition or its name is made by a macro (SYSCALL_DEFINE, template headers)
 * @has_error: libclang reported an error inside, so that statements or types may be missing
 * @type: type as libclang prints it, "int (struct page **, int)"
 * @attributes: space-separated attribute names in source order ("__must_check" →
 * "warn_unused_result")
 * @body: the body, see parse/body.h
 * @body_len: its length in bytes
 */
struct gcv_fact_def {
	enum gcv_def_kind kind;
	const char *name;
	uint32_t file;
	uint32_t begin, end, body_begin;
	uint32_t line, end_line;
	enum gcv_linkage linkage;
	bool from_macro, has_error;
	const char *type;
	const char *attributes;
	const char *body;
	size_t body_len;
};

/**
 * struct gcv_fact_arg - an argument of a call of an API function
 * @text: source text, runs of white space folded to one blank
 * @type: type before implicit conversion
 * @begin: offset of its first byte
 * @end: offset behind its last byte
 */
struct gcv_fact_arg {
	const char *text;
	const char *type;
	uint32_t begin, end;
};

/**
 * struct gcv_fact_call - a call in the body of a definition
 * @def: index of the definition that holds it
 * @callee: name of the function; for a call through a member "struct ops.member"; else ""
 * @is_direct: a function is named
 * @begin: offset of the first byte of the call expression
 * @end: offset behind its last byte
 * @name_offset: offset of the callee's name at the use (of the macro's name, for a macro's call)
 * @line: line of @name_offset
 * @column: column of @name_offset in bytes
 * @macro: name of the outermost macro whose body makes the call; "" for a call written out
 * @macro_file: index of the file where the call is spelled in that case, else GCV_NONE
 * @macro_line: line there
 * @macro_offset: offset there
 * @nr_args: number of arguments
 * @args: the arguments for calls of API names, else NULL
 * @is_api: the callee's name is one of the API names
 * @decl_file: path of the callee's declaration for API names: relative to the tree, or ""
 * @decl_type: type of the callee for API names
 * @decl_linkage: linkage of the callee for API names
 */
struct gcv_fact_call {
	uint32_t def;
	const char *callee;
	bool is_direct;
	uint32_t begin, end, name_offset, line, column;
	const char *macro;
	uint32_t macro_file, macro_line, macro_offset;
	uint32_t nr_args;
	struct gcv_fact_arg *args;
	bool is_api;
	const char *decl_file;
	const char *decl_type;
	enum gcv_linkage decl_linkage;
};

/**
 * enum gcv_seen_kind - as what an API name was seen in the syntax tree
 * @GCV_SEEN_CALL: callee of a call
 * @GCV_SEEN_DECLARATION: declared
 * @GCV_SEEN_DEFINITION: defined
 * @GCV_SEEN_ADDRESS: named without being called
 * @GCV_SEEN_MACRO: in the body of a macro that was used; the use has an entry of its own
 * @GCV_SEEN_OTHER: a field, variable, parameter or label that bears the name
 */
enum gcv_seen_kind {
	GCV_SEEN_CALL,
	GCV_SEEN_DECLARATION,
	GCV_SEEN_DEFINITION,
	GCV_SEEN_ADDRESS,
	GCV_SEEN_MACRO,
	GCV_SEEN_OTHER,
};

/**
 * struct gcv_fact_seen - one textual occurrence of an API name that the syntax tree accounts for
 * @file: index into @files
 * @offset: where the name is spelled
 * @kind: as what
 */
struct gcv_fact_seen {
	uint32_t file, offset;
	enum gcv_seen_kind kind;
};

/**
 * enum gcv_access - how a definition touches a field
 * @GCV_ACCESS_READ: value used
 * @GCV_ACCESS_WRITE: assigned, or set by an initialiser
 * @GCV_ACCESS_ADDRESS: address taken
 */
enum gcv_access { GCV_ACCESS_READ = 1, GCV_ACCESS_WRITE = 2, GCV_ACCESS_ADDRESS = 4 };

/**
 * struct gcv_fact_member - that a definition touches a field, once for each field
 * @def: index of the definition
 * @field: "struct rds_mr.r_sg"
 * @access: or-ed enum gcv_access
 */
struct gcv_fact_member {
	uint32_t def;
	const char *field;
	unsigned int access;
};

/**
 * struct gcv_fact_address - a function's address is taken
 * @def: index of the definition in which this happens
 * @function: name of the function
 * @field: "struct file_operations.mmap" where it is stored in a member, else ""
 * @offset: where the name stands
 * @line: its line
 */
struct gcv_fact_address {
	uint32_t def;
	const char *function;
	const char *field;
	uint32_t offset, line;
};

/**
 * struct gcv_fact_field - a field of a struct or union
 * @name: its name
 * @type: type as declared
 * @canonical: the same with typedefs resolved
 */
struct gcv_fact_field {
	const char *name;
	const char *type;
	const char *canonical;
};

/**
 * struct gcv_fact_record - a struct or union that is defined in a file of interest
 * @name: "struct rds_mr", "union foo", or for a nameless one the path of its owner
 * @file: index into @files
 * @offset: of the definition
 * @line: its line
 * @nr_fields: how many
 * @fields: in the order of declaration
 */
struct gcv_fact_record {
	const char *name;
	uint32_t file, offset, line;
	uint32_t nr_fields;
	struct gcv_fact_field *fields;
};

/**
 * struct gcv_fact_error - an error that libclang reported
 * @file: index into @files or GCV_NONE
 * @line: line
 * @text: message
 */
struct gcv_fact_error {
	uint32_t file, line;
	const char *text;
};

/**
 * struct gcv_fact_skip - a range that the preprocessor left out, in the main file or a candidate
 * @file: index into @files
 * @begin: offset of the directive that starts it
 * @end: offset behind the range
 */
struct gcv_fact_skip {
	uint32_t file, begin, end;
};

/**
 * struct gcv_fact_decl - a function or macro declared in a header, for finding the era
 * @name: its name
 * @file: index into @files
 * @line: its line
 * @type: function type as libclang prints it; "" for a macro
 * @nr_params: number of parameters
 * @param_names: their names, "" where there is none
 * @param_types: their types
 * @result: result type
 * @is_macro: an object-like or function-like macro
 * @value: for an enum constant (FOLL_WRITE), its value
 * @is_enum: an enum constant
 */
struct gcv_fact_decl {
	const char *name;
	uint32_t file, line;
	const char *type;
	uint32_t nr_params;
	const char **param_names, **param_types;
	const char *result;
	bool is_macro, is_enum;
	int64_t value;
};

/**
 * struct gcv_facts - the facts of one translation unit in one configuration
 * @files: files read (those of a precompiled header are listed with that header), main file first
 * @defs: definitions in the main file and in candidate headers
 * @calls: calls in the order of the definitions and of the source
 * @seen: API names seen
 * @members: fields touched
 * @addresses: functions whose address is taken
 * @records: structs and unions defined in the files of interest
 * @errors: errors, at most GCV_FACTS_MAX_ERRORS, then warnings that were asked for
 * @nr_errors_all: number of errors in all
 * @nr_errors_main: of these in the main file
 * @skips: ranges left out
 * @decls: declarations, only in answer to a request for the era
 * @outside: absolute paths of files that were read from outside the tree, as a warning
 */
struct gcv_facts {
	struct gcv_fact_file *files;
	struct gcv_fact_def *defs;
	struct gcv_fact_call *calls;
	struct gcv_fact_seen *seen;
	struct gcv_fact_member *members;
	struct gcv_fact_address *addresses;
	struct gcv_fact_record *records;
	struct gcv_fact_error *errors;
	struct gcv_fact_skip *skips;
	struct gcv_fact_decl *decls;
	const char **outside;
	uint32_t nr_files, nr_defs, nr_calls, nr_seen, nr_members, nr_addresses, nr_records;
	uint32_t nr_errors, nr_skips, nr_decls, nr_outside;
	uint32_t nr_errors_all, nr_errors_main;
};

/** GCV_FACTS_MAX_WARNINGS - warnings kept of one translation unit, beside its errors */
#define GCV_FACTS_MAX_WARNINGS 60

/**
 * gcv_facts_warnings - options of the warnings that count when an edited tree is parsed, up to NULL
 *
 * They are asked for as errors then, and kept among @errors of struct gcv_facts behind the errors;
 * " [-W…]" stands behind their text. They are not counted. Source: -Wall of the kernel's Makefile.
 */
extern const char *const gcv_facts_warnings[];

/** GCV_FACTS_MAX_ERRORS - errors kept of one translation unit */
#define GCV_FACTS_MAX_ERRORS 20

/**
 * gcv_facts_encode() - append the bytes of facts
 * @facts: the facts
 * @out: where
 */
void gcv_facts_encode(const struct gcv_facts *facts, struct gcv_strbuf *out);

/**
 * gcv_facts_decode() - read facts from bytes that are not trusted
 * @data: bytes
 * @len_bytes: how many
 * @arena: owns everything in the result
 * @ret_facts: the facts; every index in it is in range and every body is well-formed
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_FORMAT.
 */
enum gcv_status gcv_facts_decode(const char *data, size_t len_bytes, struct gcv_arena *arena,
				 struct gcv_facts *ret_facts, struct gcv_err *err) GCV_MUST_CHECK;

#endif
