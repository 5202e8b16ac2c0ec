/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state that the parts of the extraction share: files and places (place.c), symbols and types
 * (symbol.c), nodes (node.c), definitions and the unit (extract.c).
 */
#ifndef GCV_PARSE_CLANG_EXTRACT_STATE_H
#define GCV_PARSE_CLANG_EXTRACT_STATE_H

#include "parse/body.h"
#include "parse/clang/extract.h"

/**
 * struct gcv_place - where a cursor stands
 * @file: file of the use (not of a macro's definition); NULL outside of files
 * @begin: offset of the first byte in it
 * @end: offset behind the last byte
 * @macro: spelled in a macro's body
 */
struct gcv_place {
	CXFile file;
	uint32_t begin, end;
	bool macro;
};

/** GCV_SPOTS - slots for locations that were looked up; a power of two */
#define GCV_SPOTS 1024

/**
 * struct gcv_spot - a location that was looked up
 * @location: libclang's
 * @file: file of the use
 * @offset: offset in it
 * @macro: spelled elsewhere: in a macro's body
 */
struct gcv_spot {
	CXSourceLocation location;
	CXFile file;
	uint32_t offset;
	bool macro;
};

/**
 * struct gcv_seen_file - a file of the unit, found by libclang's handle
 * @handle: libclang's handle
 * @index: index into the facts' files, or GCV_NONE for a file outside the tree
 * @interest: definitions in it are wanted
 * @records: struct definitions in it are wanted
 * @has_text: its bytes were asked for
 * @has_skips: its skipped ranges were asked for
 * @text: its bytes, or NULL where they cannot be read
 * @len: how many
 * @lines: offsets at which its lines begin, once asked for
 * @nr_lines: how many
 */
struct gcv_seen_file {
	CXFile handle;
	uint32_t index;
	bool interest, records, has_text, has_skips;
	const char *text;
	size_t len;
	uint32_t *lines;
	uint32_t nr_lines;
};

/**
 * struct gcv_unit_symbol - a declaration that bodies of this unit refer to
 * @cursor: the declaration
 * @symbol: what bodies keep of it
 * @field: "struct x.y" for a field, else NULL
 * @decl_file: path of the declaration for an API name, else NULL
 * @linkage: of a function
 * @is_api: a function with an API name
 * @is_namesake: no function, but it bears an API name
 * @serial: definition in which @index holds
 * @index: number of the symbol in that definition
 * @member: index of the definition's entry in the facts' members, or GCV_NONE
 */
struct gcv_unit_symbol {
	CXCursor cursor;
	struct gcv_symbol symbol;
	const char *field;
	const char *decl_file;
	enum gcv_linkage linkage;
	bool is_api, is_namesake;
	uint32_t serial, index, member;
};

/**
 * struct gcv_extract - state of one extraction
 * @tu: the unit
 * @options: what to look for
 * @arena: owns the facts
 * @facts: what was found so far
 * @files: files by handle
 * @last_file: the one asked for last, as an index into @files
 * @spots: locations that were looked up; a later one takes the place of an earlier one
 * @symbols: open-addressing table of declarations
 * @writer: body of the current definition
 * @def: index of the current definition
 * @def_file: its file
 * @def_begin: its first byte
 * @serial: counts definitions, for gcv_unit_symbol
 * @counted: names with a counter that macros have made, without it, by definition
 * @counters: for each the number of the next one
 * @in_asm: operands of an asm statement are at hand
 * @depth: nesting of nodes
 * @sink: member or call argument that the current expression is stored in, "" for none
 * @kids: stack of child cursors
 * @inlines: inline functions of headers without interest that definitions here name
 */
struct gcv_extract {
	CXTranslationUnit tu;
	const struct gcv_extract_options *options;
	struct gcv_arena *arena;
	struct gcv_facts *facts;
	uint32_t cap_files, cap_defs, cap_calls, cap_seen, cap_members, cap_addresses, cap_records;
	uint32_t cap_errors, cap_skips, cap_decls, cap_outside;
	struct gcv_seen_file *files;
	uint32_t nr_seen_files, cap_seen_files, last_file;
	struct gcv_spot *spots;
	struct gcv_unit_symbol **symbols;
	uint32_t nr_symbols, cap_symbols;
	struct gcv_body_writer writer;
	uint32_t def;
	CXFile def_file;
	uint32_t def_begin;
	uint32_t serial;
	struct gcv_intern counted;
	uint32_t *counters;
	uint32_t nr_counters, cap_counters;
	bool in_asm;
	unsigned int depth;
	const char *sink;
	CXCursor *kids;
	uint32_t nr_kids, cap_kids;
	CXCursor *inlines;
	uint32_t nr_inlines, cap_inlines;
};

/**
 * GCV_PUSH() - a zeroed new element at the end of one of the facts' arrays
 * @x: the extraction
 * @list: name of the array
 *
 * The arrays grow in malloc()ed memory and move into the arena when the unit is finished.
 */
#define GCV_PUSH(x, list)                                                                       \
	({                                                                                      \
		GCV_GROW((x)->facts->list, (x)->facts->nr_##list, (x)->cap_##list);             \
		memset(&(x)->facts->list[(x)->facts->nr_##list], 0, sizeof(*(x)->facts->list)); \
		&(x)->facts->list[(x)->facts->nr_##list++];                                     \
	})

/**
 * gcv_file_of() - what is known about a file
 * @x: the extraction
 * @file: libclang's handle, not NULL
 *
 * Return: valid until the next call.
 */
struct gcv_seen_file *gcv_file_of(struct gcv_extract *x, CXFile file);

/**
 * gcv_known_file() - what is known about a file, if it was asked for before
 * @x: the extraction
 * @file: libclang's handle, not NULL
 *
 * Return: valid until the next call of gcv_file_of(), or NULL.
 */
struct gcv_seen_file *gcv_known_file(struct gcv_extract *x, CXFile file);

/**
 * gcv_add_fact_file() - list a file among those that were read
 * @x: the extraction
 * @file: libclang's handle
 * @path: relative to the tree, in the arena; or virtual
 * @is_main: the main file
 *
 * Return: its index.
 */
uint32_t gcv_add_fact_file(struct gcv_extract *x, CXFile file, const char *path, bool is_main);

/**
 * gcv_file_text() - the bytes of a file as libclang saw them
 * @x: the extraction
 * @file: libclang's handle
 * @ret_len: how many
 *
 * Return: the bytes, or NULL.
 */
const char *gcv_file_text(struct gcv_extract *x, CXFile file, size_t *ret_len);

/**
 * gcv_place_of() - where a cursor stands
 * @x: the extraction
 * @cursor: the cursor
 *
 * Return: its place, by clang_getFileLocation().
 */
struct gcv_place gcv_place_of(struct gcv_extract *x, CXCursor cursor);

/**
 * gcv_line_of() - line and column of an offset
 * @x: the extraction
 * @file: the file
 * @offset: offset in it
 * @ret_column: column in bytes from 1; may be NULL
 *
 * Return: line from 1.
 */
uint32_t gcv_line_of(struct gcv_extract *x, CXFile file, uint32_t offset, uint32_t *ret_column);

/**
 * gcv_source_text() - source text of a place
 * @x: the extraction
 * @place: the place
 * @cursor: the cursor of that place: its spelling in a macro's body is taken where @place says so
 *
 * Return: the text with runs of white space folded, at most 400 bytes.
 */
const char *gcv_source_text(struct gcv_extract *x, struct gcv_place place, CXCursor cursor);

/**
 * gcv_file_path() - path of a file relative to the tree
 * @x: the extraction
 * @file: libclang's handle
 *
 * Return: the path without "." and ".." and links, in the arena; the path itself for a virtual main
 * file; NULL for a file outside the tree.
 */
const char *gcv_file_path(struct gcv_extract *x, CXFile file);

/**
 * gcv_take_string() - copy a libclang string and dispose of it
 * @x: the extraction
 * @text: the string
 *
 * Return: a copy in the arena in which paths are relative to the tree.
 */
const char *gcv_take_string(struct gcv_extract *x, CXString text);

/**
 * gcv_symbol_of() - the symbol for a declaration
 * @x: the extraction
 * @decl: a declaration or label
 *
 * Return: the symbol, which lives as long as the extraction.
 */
struct gcv_unit_symbol *gcv_symbol_of(struct gcv_extract *x, CXCursor decl);

/**
 * gcv_symbol_index() - number of a symbol in the current definition
 * @x: the extraction
 * @symbol: the symbol; added to the definition where it is new there
 *
 * Return: its number.
 */
uint32_t gcv_symbol_index(struct gcv_extract *x, struct gcv_unit_symbol *symbol);

/**
 * gcv_record_name() - name of a struct or union
 * @x: the extraction
 * @record: its declaration
 *
 * Return: "struct rds_mr"; for a nameless one the name of the outermost named one, with "::" and
 * the name of the member that has the type, where there is one.
 */
const char *gcv_record_name(struct gcv_extract *x, CXCursor record);

/**
 * gcv_linkage_of() - linkage of a function or variable
 * @decl: the declaration
 *
 * Return: the linkage.
 */
enum gcv_linkage gcv_linkage_of(CXCursor decl);

/**
 * gcv_note_seen() - an API name stands for a declaration here
 * @x: the extraction
 * @cursor: the cursor whose location is the name's
 * @kind: as what it was seen
 */
void gcv_note_seen(struct gcv_extract *x, CXCursor cursor, enum gcv_seen_kind kind);

/**
 * enum gcv_role - what the value of an expression is used for
 * @GCV_ROLE_VALUE: its value
 * @GCV_ROLE_CALLEE: it is called
 * @GCV_ROLE_TARGET: it is assigned to
 * @GCV_ROLE_UPDATE: read and assigned to
 * @GCV_ROLE_ADDRESS: its address is taken
 */
enum gcv_role {
	GCV_ROLE_VALUE,
	GCV_ROLE_CALLEE,
	GCV_ROLE_TARGET,
	GCV_ROLE_UPDATE,
	GCV_ROLE_ADDRESS,
};

/**
 * gcv_emit() - write a statement or expression and all below it into the current body
 * @x: the extraction
 * @cursor: statement or expression
 * @role: what its value is used for
 */
void gcv_emit(struct gcv_extract *x, CXCursor cursor, enum gcv_role role);

/**
 * gcv_emit_none() - write an empty slot
 * @x: the extraction
 */
void gcv_emit_none(struct gcv_extract *x);

/**
 * gcv_emit_variable() - write the VAR node of a declared variable
 * @x: the extraction
 * @var: its declaration
 */
void gcv_emit_variable(struct gcv_extract *x, CXCursor var);

/**
 * gcv_note_call() - keep the relational facts of a call
 * @x: the extraction
 * @call: the call expression
 * @callee: the callee without parentheses and conversions
 * @place: place of the call
 * @args: cursors of the arguments
 * @nr_args: how many
 */
void gcv_note_call(struct gcv_extract *x, CXCursor call, CXCursor callee, struct gcv_place place,
		   const CXCursor *args, uint32_t nr_args);

#endif
