/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Status codes and messages.
 *
 *	struct gcv_err err = { 0 };
 *
 *	if (gcv_tree_open(path, &tree, &err) != GCV_OK)
 *		fprintf(stderr, "gupconv: %s\n", err.text);
 *
 * A function that can fail returns enum gcv_status and puts the sentence for a person into its last
 * parameter. Only cmd/ prints it and chooses an exit status.
 */
#ifndef GCV_BASE_ERR_H
#define GCV_BASE_ERR_H

#include <stdarg.h>

/**
 * enum gcv_status - outcome of a call; 0 is success, every failure is negative
 * @GCV_OK: done
 * @GCV_ERR_IO: the operating system refused an input or output operation
 * @GCV_ERR_FORMAT: an input is damaged or not in the form that was expected
 * @GCV_ERR_USAGE: the caller asked for something that does not exist
 * @GCV_ERR_NOT_FOUND: what was looked for is not there
 * @GCV_ERR_BUSY: somebody else holds a lock for longer than we wait
 * @GCV_ERR_NEWER: written by a newer version of the program
 * @GCV_ERR_FOREIGN: belongs to another program
 * @GCV_ERR_LIMIT: a stated limit was exceeded
 * @GCV_ERR_CRASH: a worker process died
 * @GCV_ERR_TIMEOUT: a worker process did not answer in time
 * @GCV_ERR_CHANGED: a file is not, or no longer, what the scan has seen
 */
enum gcv_status {
	GCV_OK = 0,
	GCV_ERR_IO = -1,
	GCV_ERR_FORMAT = -2,
	GCV_ERR_USAGE = -3,
	GCV_ERR_NOT_FOUND = -4,
	GCV_ERR_BUSY = -5,
	GCV_ERR_NEWER = -6,
	GCV_ERR_FOREIGN = -7,
	GCV_ERR_LIMIT = -8,
	GCV_ERR_CRASH = -9,
	GCV_ERR_TIMEOUT = -10,
	GCV_ERR_CHANGED = -11,
};

/** GCV_MUST_CHECK - the result of the function must be looked at */
#define GCV_MUST_CHECK __attribute__((warn_unused_result))

/**
 * struct gcv_err - the sentence that goes with a failure
 * @text: NUL-terminated; names the file (and line) that the failure is about; cut where too long
 */
struct gcv_err {
	char text[1024];
};

/**
 * gcv_err_text() - fill @err
 * @err: where the sentence goes; may be NULL
 * @fmt: printf format of the sentence, without a trailing full stop or newline
 */
void gcv_err_text(struct gcv_err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/**
 * gcv_err_text_sys() - like gcv_err_text() with the text of errno behind the sentence
 * @err: where the sentence goes; may be NULL
 * @fmt: printf format, for example "cannot open %s"
 */
void gcv_err_text_sys(struct gcv_err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Macros, so that every caller, and who analyses its paths, sees which status comes back.
 */

/**
 * gcv_err_set() - fill @err and hand the status back, for use in a return statement
 * @err: where the sentence goes; may be NULL
 * @status: the status to return
 * @...: printf format of the sentence, without a trailing full stop or newline, and its values
 *
 * Return: @status.
 */
#define gcv_err_set(err, status, ...)                   \
	({                                              \
		enum gcv_status gcv_set_st_ = (status); \
		gcv_err_text((err), __VA_ARGS__);       \
		gcv_set_st_;                            \
	})

/**
 * gcv_err_sys() - like gcv_err_set() with the text of errno behind the sentence
 * @err: where the sentence goes; may be NULL
 * @...: printf format, for example "cannot open %s", and its values
 *
 * Return: GCV_ERR_IO.
 */
#define gcv_err_sys(err, ...)                         \
	({                                            \
		gcv_err_text_sys((err), __VA_ARGS__); \
		GCV_ERR_IO;                           \
	})

#endif
