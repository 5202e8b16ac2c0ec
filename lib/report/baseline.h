/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The findings of an earlier document, which need not be told again.
 *
 *	st = gcv_baseline_read("last.json", &ids, err);
 *	filter.known = &ids;
 */
#ifndef GCV_REPORT_BASELINE_H
#define GCV_REPORT_BASELINE_H

#include "base/err.h"
#include "base/intern.h"

/**
 * gcv_baseline_read() - read the ids of the findings of a document
 * @path: what "gupconv check --json" or "gupconv report --json" wrote
 * @ids: they are added; for gcv_intern_release() also after a failure
 * @err: names the file, and the line where it is no JSON
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND or GCV_ERR_IO (cannot be read), GCV_ERR_FORMAT (is no such
 * document).
 */
enum gcv_status gcv_baseline_read(const char *path, struct gcv_intern *ids,
				  struct gcv_err *err) GCV_MUST_CHECK;

#endif
