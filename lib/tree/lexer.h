/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lexer's state, shared by its parts: lex.c (text), lex_directive.c (preprocessor lines) and
 * lex_build.c (Kconfig, Makefile). Everybody else uses lex.h.
 *
 *	gcv_lexer_word(), gcv_lexer_directive() and gcv_lexer_newline() are called by lex.c
 *	as it meets a word, a "#" at the beginning of a line, the end of a line;
 *	gcv_lexer_take() reports the names in a stretch of text and counts its lines.
 */
#ifndef GCV_TREE_LEXER_H
#define GCV_TREE_LEXER_H

#include "tree/lex.h"

/**
 * struct gcv_lexer_place - where in braces and functions the text is
 * @brace: open {
 * @paren: open (
 * @function: a word that may name the function; an empty one begins at its end
 * @function_end: where that word ends
 * @in_function: the brace behind it was seen
 */
struct gcv_lexer_place {
	uint32_t brace, paren;
	uint32_t function, function_end;
	bool in_function;
};

/**
 * struct gcv_lexer_group - a conditional group that is still open
 * @first: place at its #if
 * @branch: its newest branch
 * @group: its number
 * @never: its only branch so far is "#if 0"
 */
struct gcv_lexer_group {
	struct gcv_lexer_place first;
	int32_t branch;
	uint32_t group;
	bool never;
};

/**
 * struct gcv_lexer - all that is known while a text is read
 * @names: what to look for
 * @language: how to read
 * @arena: owns texts
 * @buf: the text
 * @len: its length
 * @pos: what is read next
 * @line: line of @mark, from 1
 * @line_start: where that line begins
 * @mark: up to here newlines are counted and names reported
 * @hit: offset of the next name that is not reported yet; @len where there is none
 * @hit_name: its number
 * @hit_pos: where the search goes on
 * @bol: nothing but blanks and comments on this line so far
 * @at: place
 * @word: the last word at file level
 * @word_end: its end
 * @pending: occurrence that waits for the token behind it, or UINT32_MAX
 * @directive: part of the directive that is being read
 * @macro: where the name of the macro stands that is being defined
 * @macro_end: its end; 0 where none is
 * @macro_text: copy of the name, once it was needed
 * @in_directive: reading one
 * @defining: it is a #define or #undef whose name has not come yet
 * @undefining: it is an #undef
 * @current: branch whose directive is being read, or -1
 * @function_text: copy of the name of the function around
 * @function_at: which one that is
 * @occurrences: the result so far
 * @nr: how many
 * @cap: allocated
 * @branches: the result so far
 * @nr_branches: how many
 * @cap_branches: allocated
 * @stack: open groups
 * @depth: how many
 * @cap_stack: allocated
 * @nr_groups: groups seen
 */
struct gcv_lexer {
	const struct gcv_names *names;
	enum gcv_lex_language language;
	struct gcv_arena *arena;
	const char *buf;
	size_t len, pos;

	uint32_t line;
	size_t line_start, mark;
	size_t hit, hit_pos;
	uint32_t hit_name;

	bool bol;
	struct gcv_lexer_place at;
	uint32_t word, word_end;
	uint32_t pending;

	enum gcv_lex_directive directive;
	uint32_t macro, macro_end;
	const char *macro_text;
	bool in_directive, defining, undefining;
	int32_t current;

	const char *function_text;
	uint32_t function_at;

	struct gcv_lex_occurrence *occurrences;
	uint32_t nr, cap;
	struct gcv_lex_branch *branches;
	uint32_t nr_branches, cap_branches;
	struct gcv_lexer_group *stack;
	uint32_t depth, cap_stack;
	uint32_t nr_groups;
};

/**
 * gcv_lexer_take() - report the names between the mark and an offset, and move the mark there
 * @lx: the lexer
 * @to: the offset
 * @class: what that stretch is
 */
void gcv_lexer_take(struct gcv_lexer *lx, size_t to, enum gcv_lex_class class);

/**
 * gcv_lexer_splice() - is there a backslash that continues the line?
 * @lx: the lexer
 * @pos: offset of the backslash
 *
 * Return: offset behind the newline, or 0.
 */
size_t gcv_lexer_splice(const struct gcv_lexer *lx, size_t pos);

/**
 * gcv_lexer_comment_end() - the end of a comment
 * @lx: the lexer
 * @pos: offset of its slash
 *
 * Return: offset behind the comment (of the newline for one of C++'s), or 0 where there is none.
 */
size_t gcv_lexer_comment_end(const struct gcv_lexer *lx, size_t pos);

/**
 * gcv_lexer_is_word() - can a byte be part of an identifier or number?
 * @c: the byte
 *
 * Return: true where it can.
 */
bool gcv_lexer_is_word(char c);

/**
 * gcv_lexer_directive() - begin a preprocessor directive
 * @lx: the lexer; its position is at the "#", afterwards behind the directive's keyword
 *
 * Return: false where an assembler comment begins there instead (nothing is consumed).
 */
bool gcv_lexer_directive(struct gcv_lexer *lx);

/**
 * gcv_lexer_directive_word() - a word in a directive, before it is reported
 * @lx: the lexer
 * @start: where it begins
 * @end: where it ends
 */
void gcv_lexer_directive_word(struct gcv_lexer *lx, size_t start, size_t end);

/**
 * gcv_lexer_directive_end() - the newline (or end of text) behind a directive was reached
 * @lx: the lexer; its position is at the newline
 */
void gcv_lexer_directive_end(struct gcv_lexer *lx);

/**
 * gcv_lexer_close_groups() - end the groups that have no #endif
 * @lx: the lexer, at the end of the text
 */
void gcv_lexer_close_groups(struct gcv_lexer *lx);

/**
 * gcv_lexer_build() - read a Kconfig or Makefile
 * @lx: the lexer
 */
void gcv_lexer_build(struct gcv_lexer *lx);

#endif
