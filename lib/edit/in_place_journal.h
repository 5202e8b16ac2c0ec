/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a replacement of files is about to do, kept in the tree while it does it, so that a process
 * that was killed half way leaves the way back.
 *
 *	status = gcv_journal_write(&tree, files, nr, err);	on the disk when it returns
 *	…
 *	status = gcv_journal_remove(&tree, err);
 *
 *	struct gcv_journal journal;
 *
 *	status = gcv_journal_read(&tree, &journal, err);	GCV_ERR_NOT_FOUND: none
 *	gcv_journal_release(&journal);
 */
#ifndef GCV_EDIT_IN_PLACE_JOURNAL_H
#define GCV_EDIT_IN_PLACE_JOURNAL_H

#include "edit/in_place.h"

/** GCV_JOURNAL_NAME - the file at the top of the tree */
#define GCV_JOURNAL_NAME ".gupconv-rewrite"

/**
 * struct gcv_journal - a journal that was read
 * @text: its text; owns what @files refer to, paths apart
 * @arena: owns the paths
 * @files: what was to be done
 * @nr: how many
 */
struct gcv_journal {
	struct gcv_strbuf text;
	struct gcv_arena arena;
	struct gcv_replaced_file *files;
	uint32_t nr;
};

/**
 * gcv_journal_write() - note what is to be done
 * @tree: the tree
 * @files: the files with their old and new texts
 * @nr: how many
 * @err: sentence on failure
 *
 * It appears as a whole or not at all.
 *
 * Return: GCV_OK, GCV_ERR_IO.
 */
enum gcv_status gcv_journal_write(const struct gcv_tree *tree,
				  const struct gcv_replaced_file *files, uint32_t nr,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_journal_exists() - is something half done?
 * @tree: the tree
 *
 * Return: whether there is a journal.
 */
bool gcv_journal_exists(const struct gcv_tree *tree);

/**
 * gcv_journal_read() - read what was to be done
 * @tree: the tree
 * @ret: the journal
 * @err: sentence on failure
 *
 * Trees are untrusted, and so is what stands there: paths lead nowhere but below the tree, once
 * each.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (there is none), GCV_ERR_FORMAT, GCV_ERR_LIMIT, GCV_ERR_IO.
 */
enum gcv_status gcv_journal_read(const struct gcv_tree *tree, struct gcv_journal *ret,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_journal_remove() - it is done, or undone
 * @tree: the tree
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO.
 */
enum gcv_status gcv_journal_remove(const struct gcv_tree *tree, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_journal_release() - free everything
 * @journal: a zeroed one is allowed
 */
void gcv_journal_release(struct gcv_journal *journal);

#endif
