/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Line numbers and texts of lines, from offsets in files of a tree. Files are read once.
 *
 *	struct gcv_lines lines;
 *
 *	gcv_lines_init(&lines, &tree);
 *	line = gcv_lines_at(&lines, "mm/gup.c", offset);
 *	text = gcv_lines_text(&lines, "mm/gup.c", line, &len);
 *	gcv_lines_release(&lines);
 */
#ifndef GCV_REPORT_LINES_H
#define GCV_REPORT_LINES_H

#include "base/intern.h"
#include "base/strbuf.h"
#include "tree/hash.h"
#include "tree/tree.h"

struct gcv_lines_file;

/**
 * struct gcv_lines - see above
 * @tree: where the files are
 * @paths: paths of the files read
 * @files: by number of the path
 * @cap_files: private
 */
struct gcv_lines {
	const struct gcv_tree *tree;
	struct gcv_intern paths;
	struct gcv_lines_file *files;
	uint32_t cap_files;
};

/**
 * gcv_lines_init() - start with no file
 * @lines: for gcv_lines_release()
 * @tree: must outlive it
 */
void gcv_lines_init(struct gcv_lines *lines, const struct gcv_tree *tree);

/**
 * gcv_lines_at() - line of an offset
 * @lines: the lines
 * @path: relative to the tree
 * @offset: in bytes from the start of the file
 *
 * Return: line from 1, or 0 where the file cannot be read or is shorter.
 */
uint32_t gcv_lines_at(struct gcv_lines *lines, const char *path, uint32_t offset);

/**
 * gcv_lines_column() - column of an offset
 * @lines: the lines
 * @path: relative to the tree
 * @offset: in bytes from the start of the file
 *
 * Return: column from 1 in bytes, or 0 where the file cannot be read or is shorter.
 */
uint32_t gcv_lines_column(struct gcv_lines *lines, const char *path, uint32_t offset);

/**
 * gcv_lines_text() - text of a line
 * @lines: the lines
 * @path: relative to the tree
 * @line: from 1
 * @ret_len: its length in bytes without the newline
 *
 * Return: its first byte, not terminated, or NULL where there is no such line.
 */
const char *gcv_lines_text(struct gcv_lines *lines, const char *path, uint32_t line,
			   size_t *ret_len);

/**
 * gcv_lines_all() - text of a whole file
 * @lines: the lines
 * @path: relative to the tree
 * @ret_len: its length in bytes
 *
 * Return: its first byte, not terminated, or NULL where it cannot be read or is empty.
 */
const char *gcv_lines_all(struct gcv_lines *lines, const char *path, size_t *ret_len);

/**
 * gcv_lines_hash() - hash of a file
 * @lines: the lines
 * @path: relative to the tree
 * @ret_hash: XXH3 128 of its bytes
 *
 * Return: true, or false where the file cannot be read.
 */
bool gcv_lines_hash(struct gcv_lines *lines, const char *path, struct gcv_hash *ret_hash);

/**
 * gcv_lines_release() - free them
 * @lines: the lines
 */
void gcv_lines_release(struct gcv_lines *lines);

#endif
