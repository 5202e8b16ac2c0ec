/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lexical side of the ledger: where names stand in a file, and under which #if lines. Works on
 * any bytes, in linear time, and needs no other file.
 *
 *	struct gcv_arena arena = { 0 };
 *	struct gcv_lexed lexed;
 *
 *	gcv_lex(names, GCV_LEX_C, buf, len, &arena, &lexed);
 *	for (i = 0; i < lexed.nr_occurrences; i++)
 *		…lexed.occurrences[i].line…
 *	gcv_arena_release(&arena);
 *
 * It knows nothing of macros: "code" means that it is neither comment nor string nor directive.
 */
#ifndef GCV_TREE_LEX_H
#define GCV_TREE_LEX_H

#include "base/alloc.h"
#include "tree/names.h"

/** GCV_LEX_BYTES_MAX - the longest text that can be lexed: offsets have 32 bits */
#define GCV_LEX_BYTES_MAX ((size_t)INT32_MAX)

/**
 * enum gcv_lex_language - how a file is read
 * @GCV_LEX_C: C, headers and what is included into them
 * @GCV_LEX_ASM: assembler that goes through the preprocessor; comment signs differ by machine
 * @GCV_LEX_BUILD: Kconfig and Makefile: comments begin with '#', the rest is plain
 */
enum gcv_lex_language {
	GCV_LEX_C,
	GCV_LEX_ASM,
	GCV_LEX_BUILD,
};

/**
 * enum gcv_lex_class - what an occurrence is part of
 * @GCV_LEX_CODE: program text
 * @GCV_LEX_COMMENT: a comment, also one inside a directive
 * @GCV_LEX_STRING: a string or character constant, also one inside a directive
 * @GCV_LEX_DIRECTIVE: a preprocessor directive
 * @GCV_LEX_PLAIN: text of a Kconfig or Makefile
 */
enum gcv_lex_class {
	GCV_LEX_CODE,
	GCV_LEX_COMMENT,
	GCV_LEX_STRING,
	GCV_LEX_DIRECTIVE,
	GCV_LEX_PLAIN,
};

/**
 * enum gcv_lex_directive - which part of which directive
 * @GCV_LEX_NO_DIRECTIVE: none
 * @GCV_LEX_DEFINE_NAME: the name that a #define defines or an #undef takes away
 * @GCV_LEX_DEFINE_BODY: parameters or replacement of a #define
 * @GCV_LEX_CONDITION: expression of #if, #ifdef, #ifndef, #elif, #elifdef, #elifndef
 * @GCV_LEX_INCLUDE: #include or #include_next
 * @GCV_LEX_OTHER_DIRECTIVE: #error, #pragma, text behind #else and so on
 */
enum gcv_lex_directive {
	GCV_LEX_NO_DIRECTIVE,
	GCV_LEX_DEFINE_NAME,
	GCV_LEX_DEFINE_BODY,
	GCV_LEX_CONDITION,
	GCV_LEX_INCLUDE,
	GCV_LEX_OTHER_DIRECTIVE,
};

/**
 * struct gcv_lex_occurrence - one place where a name stands
 * @name: its number in the set of names
 * @offset: where it begins, in bytes from 0
 * @line: line, from 1
 * @column: column in bytes, from 1
 * @branch: index of the innermost conditional branch around it, or -1. For a name in a condition:
 *	the branch around the whole group
 * @brace_depth: open { around it; each branch of a conditional begins with the depth of the first
 * @paren_depth: open ( around it
 * @class: what it is part of
 * @directive: part of which directive; for a string in a directive too
 * @followed_by_paren: the next token is "(" (only for code and define bodies)
 * @macro: for a define: name of the macro; else NULL
 * @function: a guess at the enclosing function by the text: identifier before the "(" that comes
 *	before the "{"; NULL at file level
 */
struct gcv_lex_occurrence {
	uint32_t name;
	uint32_t offset, line, column;
	int32_t branch;
	uint32_t brace_depth, paren_depth;
	enum gcv_lex_class class;
	enum gcv_lex_directive directive;
	bool followed_by_paren;
	const char *macro;
	const char *function;
};

/** enum gcv_lex_condition - the directive that opens a branch */
enum gcv_lex_condition {
	GCV_LEX_IF,
	GCV_LEX_IFDEF,
	GCV_LEX_IFNDEF,
	GCV_LEX_ELIF,
	GCV_LEX_ELIFDEF,
	GCV_LEX_ELIFNDEF,
	GCV_LEX_ELSE,
};

/**
 * struct gcv_lex_branch - a branch of a conditional group (#if … #elif … #else … #endif)
 * @kind: the directive that opens it
 * @line: its line, from 1
 * @text: its expression without comments, continuation lines and needless blanks; "" for #else
 * @start: offset of its "#"
 * @keyword: offset of "if", "ifdef", …
 * @expression: offset of the first byte of the expression; equal to @end where there is none
 * @end: offset of the newline that ends the directive, behind all continuation lines
 * @body_end: offset of the "#" of the directive that ends the branch (or the end of the text); the
 *	body is what lies between @end and this
 * @parent: branch around the group, or -1
 * @previous: the branch before it in the group, or -1
 * @group: number of the group, in the order of their #if lines
 * @index: 0 for the #if, then counted up
 *
 * Branches are in the order of the text, a parent is before its children.
 */
struct gcv_lex_branch {
	enum gcv_lex_condition kind;
	uint32_t line;
	const char *text;
	uint32_t start, keyword, expression, end, body_end;
	int32_t parent, previous;
	uint32_t group, index;
};

/**
 * struct gcv_lexed - what is known of a text
 * @occurrences: the names in it, by offset
 * @nr_occurrences: how many
 * @branches: its conditional branches; only of C and assembler
 * @nr_branches: how many
 * @nr_lines: number of newlines
 */
struct gcv_lexed {
	const struct gcv_lex_occurrence *occurrences;
	uint32_t nr_occurrences;
	const struct gcv_lex_branch *branches;
	uint32_t nr_branches;
	uint32_t nr_lines;
};

/**
 * gcv_lex() - find names and conditional branches
 * @names: the names that matter; NULL gives the branches only
 * @language: how to read it
 * @buf: the text; any bytes
 * @len: how many; what is behind GCV_LEX_BYTES_MAX is not looked at
 * @arena: owns the result
 * @ret: the result
 */
void gcv_lex(const struct gcv_names *names, enum gcv_lex_language language, const char *buf,
	     size_t len, struct gcv_arena *arena, struct gcv_lexed *ret);

#endif
