/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Removing folders with what is in them, without following a symbolic link.
 *
 *	st = gcv_remove_at(folder_fd, "drivers", err);
 */
#ifndef GCV_REVISION_REMOVE_H
#define GCV_REVISION_REMOVE_H

#include "base/err.h"

/**
 * gcv_remove_at() - remove a file, or a folder with all that is in it
 * @folder_fd: where it is
 * @name: a name without slashes; one that is not there is no failure
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_IO.
 */
enum gcv_status gcv_remove_at(int folder_fd, const char *name, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_remove_below() - empty a folder
 * @folder_fd: the folder
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_IO.
 */
enum gcv_status gcv_remove_below(int folder_fd, struct gcv_err *err) GCV_MUST_CHECK;

#endif
