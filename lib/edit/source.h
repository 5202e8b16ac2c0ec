/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a source file as an editor looks at it: lines, columns, indentation, tokens.
 *
 *	struct gcv_source source = { .path = path, .text = text, .len = len };
 *
 *	begin = gcv_source_line_begin(&source, offset);
 *	if (gcv_source_is_plain(&source, begin, end))
 *		…no comment, no directive: may be written anew…
 *
 * Offsets are in bytes from the start of the file; columns count from 0 with tab stops of eight.
 */
#ifndef GCV_EDIT_SOURCE_H
#define GCV_EDIT_SOURCE_H

#include "base/strbuf.h"
#include <stdbool.h>
#include <stdint.h>

/** GCV_SOURCE_TAB - columns of a tab */
#define GCV_SOURCE_TAB 8

/** GCV_SOURCE_COLUMNS - columns that a line should not exceed: Documentation/process/coding-style
 */
#define GCV_SOURCE_COLUMNS 80

/**
 * struct gcv_source - a file
 * @path: for messages
 * @text: its bytes
 * @len: how many
 */
struct gcv_source {
	const char *path;
	const char *text;
	uint32_t len;
};

/**
 * enum gcv_token_kind - what a token is
 * @GCV_TOKEN_END: there is none left
 * @GCV_TOKEN_WORD: identifier, keyword or number
 * @GCV_TOKEN_STRING: string or character constant
 * @GCV_TOKEN_COMMENT: comment
 * @GCV_TOKEN_DIRECTIVE: a '#' that begins a line; the rest of the line follows as tokens
 * @GCV_TOKEN_SPLICE: a backslash that joins two lines
 * @GCV_TOKEN_OTHER: one byte of anything else
 */
enum gcv_token_kind {
	GCV_TOKEN_END,
	GCV_TOKEN_WORD,
	GCV_TOKEN_STRING,
	GCV_TOKEN_COMMENT,
	GCV_TOKEN_DIRECTIVE,
	GCV_TOKEN_SPLICE,
	GCV_TOKEN_OTHER,
};

/**
 * struct gcv_token - a token
 * @kind: what it is
 * @begin: offset of its first byte
 * @end: offset behind its last one
 */
struct gcv_token {
	enum gcv_token_kind kind;
	uint32_t begin, end;
};

/**
 * gcv_source_next() - the next token
 * @source: the file
 * @pos: where to look; must not stand inside a comment or a string
 * @end: where to stop
 *
 * Return: the token; its @end is where to go on.
 */
struct gcv_token gcv_source_next(const struct gcv_source *source, uint32_t pos, uint32_t end);

/**
 * gcv_source_line_begin() - first byte of a line
 * @source: the file
 * @offset: any byte of the line
 *
 * Return: its offset.
 */
uint32_t gcv_source_line_begin(const struct gcv_source *source, uint32_t offset);

/**
 * gcv_source_line_end() - end of a line
 * @source: the file
 * @offset: any byte of the line
 *
 * Return: offset of the newline, or the length of the file.
 */
uint32_t gcv_source_line_end(const struct gcv_source *source, uint32_t offset);

/**
 * gcv_source_next_line() - first byte of the line behind
 * @source: the file
 * @offset: any byte of a line
 *
 * Return: its offset, or the length of the file.
 */
uint32_t gcv_source_next_line(const struct gcv_source *source, uint32_t offset);

/**
 * gcv_source_line() - number of a line
 * @source: the file
 * @offset: any byte of the line
 *
 * Return: its number, from 1.
 */
uint32_t gcv_source_line(const struct gcv_source *source, uint32_t offset);

/**
 * gcv_source_is_blank() - is there nothing but white space?
 * @source: the file
 * @begin: offset of the first byte
 * @end: offset behind the last one
 *
 * Return: true where there is not.
 */
bool gcv_source_is_blank(const struct gcv_source *source, uint32_t begin, uint32_t end);

/**
 * gcv_source_indent() - append the white space that a line begins with
 * @source: the file
 * @offset: any byte of the line
 * @out: where
 */
void gcv_source_indent(const struct gcv_source *source, uint32_t offset, struct gcv_strbuf *out);

/**
 * gcv_source_column() - column of a byte
 * @source: the file
 * @offset: the byte
 *
 * Return: its column.
 */
unsigned int gcv_source_column(const struct gcv_source *source, uint32_t offset);

/**
 * gcv_source_width() - columns of a text
 * @text: the text, without a newline
 * @len: its length in bytes
 * @column: where it begins
 *
 * Return: column behind it.
 */
unsigned int gcv_source_width(const char *text, size_t len, unsigned int column);

/**
 * gcv_source_starts_line() - is it the first thing on its line?
 * @source: the file
 * @offset: of it
 *
 * Return: true where only white space stands before it.
 */
bool gcv_source_starts_line(const struct gcv_source *source, uint32_t offset);

/**
 * gcv_source_ends_line() - does nothing follow on its line?
 * @source: the file
 * @offset: behind it
 *
 * Return: true where only white space does.
 */
bool gcv_source_ends_line(const struct gcv_source *source, uint32_t offset);

/**
 * gcv_source_statement_end() - the end of a statement with its semicolon
 * @source: the file
 * @offset: behind the statement as the syntax tree has it
 *
 * Return: offset behind the semicolon that follows, or @offset where none does.
 */
uint32_t gcv_source_statement_end(const struct gcv_source *source, uint32_t offset);

/**
 * gcv_source_is_plain() - can a range be written anew without losing anything?
 * @source: the file
 * @begin: offset of the first byte
 * @end: offset behind the last one
 *
 * Return: true where no comment, directive or joined line stands in it.
 */
bool gcv_source_is_plain(const struct gcv_source *source, uint32_t begin, uint32_t end);

/**
 * gcv_source_word() - find an identifier outside of comments and strings
 * @source: the file
 * @begin: where to begin
 * @end: where to stop
 * @word: the identifier
 *
 * Return: its offset, or @end where it does not occur.
 */
uint32_t gcv_source_word(const struct gcv_source *source, uint32_t begin, uint32_t end,
			 const char *word);

/**
 * gcv_source_is_at() - does a word stand at some place?
 * @source: the file
 * @offset: the place
 * @word: the identifier
 *
 * Return: true where it does, as a whole word.
 */
bool gcv_source_is_at(const struct gcv_source *source, uint32_t offset, const char *word);

/**
 * gcv_source_comment_above() - the comment that ends on the line above
 * @source: the file
 * @offset: any byte of the line below
 * @ret_begin: offset of its first byte
 * @ret_end: offset behind its last one
 *
 * Return: false where no such comment ends there.
 */
bool gcv_source_comment_above(const struct gcv_source *source, uint32_t offset, uint32_t *ret_begin,
			      uint32_t *ret_end);

/**
 * gcv_source_fold() - append a range with each run of white space made one blank
 * @source: the file
 * @begin: offset of the first byte
 * @end: offset behind the last one
 * @out: where
 */
void gcv_source_fold(const struct gcv_source *source, uint32_t begin, uint32_t end,
		     struct gcv_strbuf *out);

#endif
