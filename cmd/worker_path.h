/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the parsing program is: beside this one in a build folder, else in libexec.
 *
 *	char *path;
 *
 *	if (gcv_worker_path(&path, &err) != GCV_OK)
 *		return gcv_cli_fail(cli, &err);
 *	…
 *	free(path);
 */
#ifndef GCV_CMD_WORKER_PATH_H
#define GCV_CMD_WORKER_PATH_H

#include "base/err.h"

/**
 * gcv_worker_path() - find gupconv-parse
 * @ret_path: absolute path for the caller to free()
 * @err: sentence on failure
 *
 * The place is derived from where this program itself is, so that an installation can be moved or
 * unpacked below another prefix. The environment and the working directory have no say.
 *
 * Return: GCV_OK, GCV_ERR_IO (this program's own path is unknown) or GCV_ERR_NOT_FOUND.
 */
enum gcv_status gcv_worker_path(char **ret_path, struct gcv_err *err) GCV_MUST_CHECK;

#endif
