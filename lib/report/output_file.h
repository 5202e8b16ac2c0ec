/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file that is written in full or not at all.
 *
 *	struct gcv_output_file file;
 *
 *	st = gcv_output_file_open("report.json", &file, err);
 *	…fprintf(file.out, …)…
 *	st = gcv_output_file_commit(&file, err);	or gcv_output_file_discard(&file)
 *
 * Until it is committed the file of that name is as it was. What is no regular file (/dev/stdout, a
 * pipe) cannot be replaced and is written as it comes.
 */
#ifndef GCV_REPORT_OUTPUT_FILE_H
#define GCV_REPORT_OUTPUT_FILE_H

#include "base/err.h"

#include <stdio.h>

/**
 * struct gcv_output_file - a file on its way
 * @out: to write to; no need to look at errors before the end
 * @path: its name in the end, symbolic links resolved
 * @temporary: its name until then, in the same folder; NULL where there is none
 */
struct gcv_output_file {
	FILE *out;
	char *path;
	char *temporary;
};

/**
 * gcv_output_file_open() - begin to write a file
 * @path: its name; a symbolic link stays, what it leads to is replaced
 * @ret_file: for gcv_output_file_commit() or gcv_output_file_discard()
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_IO.
 */
enum gcv_status gcv_output_file_open(const char *path, struct gcv_output_file *ret_file,
				     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_output_file_commit() - give the file its name
 * @file: the file, which is closed and freed whatever the outcome
 * @err: names the file
 *
 * Return: GCV_OK, or GCV_ERR_IO: not all could be written, and nothing was changed.
 */
enum gcv_status gcv_output_file_commit(struct gcv_output_file *file,
				       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_output_file_discard() - forget what was written
 * @file: the file
 */
void gcv_output_file_discard(struct gcv_output_file *file);

#endif
