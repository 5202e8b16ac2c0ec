/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A folder that holds the files of one revision after the other.
 *
 *	struct gcv_checkout checkout;
 *
 *	st = gcv_checkout_init(&checkout, repository, ".gupconv/index.db.tree", err);
 *	st = gcv_checkout_update(&checkout, revisions[i].id, err);	for each
 *	gcv_checkout_release(&checkout);
 *
 * What a revision has in common with the one before stays as it is. Revisions are untrusted: only
 * folders and regular files are made, with the bytes of the objects, below the folder and never
 * through a symbolic link. Links and submodules are left out, and so is what no folder can hold or
 * what would lead out of it: the names ".", ".." and ".git", names with a slash, very long ones,
 * and files above GCV_WALK_FILE_MAX; and, since nobody reads them, documentation, device trees and
 * scripts.
 */
#ifndef GCV_REVISION_CHECKOUT_H
#define GCV_REVISION_CHECKOUT_H

#include "revision/repository.h"

/**
 * struct gcv_checkout - the folder
 * @repository: where the revisions are from
 * @path: the folder, absolute and without symbolic links
 * @fd: the folder
 * @tree: id of the tree object that it holds, or ""
 * @nr_odd: entries of the last revision with a name or a size that was left out, of those that
 * were new in it
 */
struct gcv_checkout {
	const struct gcv_repository *repository;
	char *path;
	int fd;
	char tree[GCV_REVISION_ID_CHARS + 1];
	uint32_t nr_odd;
};

/**
 * gcv_checkout_init() - make the folder, or empty the one that is there
 * @checkout: for gcv_checkout_release()
 * @repository: must outlive it
 * @path: where; whoever calls sees to it that nobody else uses it
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO (it cannot be made, or something else bears the name).
 */
enum gcv_status gcv_checkout_init(struct gcv_checkout *checkout,
				  const struct gcv_repository *repository, const char *path,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_checkout_update() - let the folder hold a revision
 * @checkout: the folder
 * @id: the commit
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (an object is not there), GCV_ERR_FORMAT (a tree that names
 * something twice), GCV_ERR_LIMIT (folders above a depth), GCV_ERR_IO.
 */
enum gcv_status gcv_checkout_update(struct gcv_checkout *checkout, const char *id,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_checkout_release() - remove the folder with all that is in it
 * @checkout: the folder; a zeroed one is allowed
 */
void gcv_checkout_release(struct gcv_checkout *checkout);

#endif
