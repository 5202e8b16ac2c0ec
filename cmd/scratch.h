/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The folder for the precompiled headers of one scan.
 *
 *	struct gcv_scratch scratch = { 0 };
 *
 *	st = gcv_scratch_make(&scratch, ".gupconv/index.db.pch", err);
 *	…scratch.path…
 *	gcv_scratch_release(&scratch);
 *
 * It has a name of its own, so that what a killed process left is taken over by the next one.
 */
#ifndef GCV_CMD_SCRATCH_H
#define GCV_CMD_SCRATCH_H

#include "base/err.h"

#include <stdbool.h>

/**
 * struct gcv_scratch - a folder; a zeroed one is none
 * @path: absolute path without symbolic links, NULL while there is none
 * @has_lock: @lock_fd is the folder, locked
 * @lock_fd: a descriptor
 */
struct gcv_scratch {
	char *path;
	bool has_lock;
	int lock_fd;
};

/**
 * gcv_scratch_make() - make a folder, or empty the one that is there
 * @scratch: a zeroed one; for gcv_scratch_release()
 * @path: where; whoever calls sees to it that nobody else uses it
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO (it cannot be made, or something else bears the name).
 */
enum gcv_status gcv_scratch_make(struct gcv_scratch *scratch, const char *path,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scratch_make_own() - make a folder that no other process uses
 * @scratch: a zeroed one; for gcv_scratch_release()
 * @path: where, unless another process is there or the folder above cannot be written: then it is
 * one in $TMPDIR
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO (it cannot be made there either).
 */
enum gcv_status gcv_scratch_make_own(struct gcv_scratch *scratch, const char *path,
				     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scratch_make_here() - make a folder that no other process uses, here and nowhere else
 * @scratch: a zeroed one; for gcv_scratch_release()
 * @path: where
 * @err: sentence on failure
 *
 * For what is to be renamed out of it: $TMPDIR may be another file system.
 *
 * Return: GCV_OK, GCV_ERR_BUSY (another process is there), GCV_ERR_IO (it cannot be made or
 * written).
 */
enum gcv_status gcv_scratch_make_here(struct gcv_scratch *scratch, const char *path,
				      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scratch_release() - remove the folder with the files in it
 * @scratch: a zeroed one is allowed
 */
void gcv_scratch_release(struct gcv_scratch *scratch);

#endif
