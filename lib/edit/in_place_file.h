/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One file that is replaced: a new one is written beside it and takes its place.
 *
 *	struct gcv_place place;
 *
 *	status = gcv_place_open(&place, tree_fd, "mm/gup.c", err);
 *	status = gcv_place_read(&place, &text, err);		what it holds
 *	status = gcv_place_write(&place, new_text, len, err);	.gup.c.gupconv-new, on the disk
 *	status = gcv_place_swap(&place, err);			mm/gup.c, the old one beside it
 *	gcv_place_close(&place);
 */
#ifndef GCV_EDIT_IN_PLACE_FILE_H
#define GCV_EDIT_IN_PLACE_FILE_H

#include "base/strbuf.h"

#include <stdbool.h>
#include <sys/types.h>

/**
 * struct gcv_place - where a file is replaced
 * @path: relative to the tree, the caller's
 * @name: without folder, part of @path
 * @fresh: name of the file with the new text, beside it; always the same one, so that what a
 *	process that was killed left there does not add up
 * @folder: the folder, open
 * @mode: of the file, from gcv_place_read() on
 * @is_written: there is a file @fresh of ours
 * @is_exchanged: it is the one that was replaced; swapping again takes that back
 */
struct gcv_place {
	const char *path;
	const char *name;
	char *fresh;
	int folder;
	mode_t mode;
	bool is_written, is_exchanged;
};

/**
 * gcv_place_open() - find the folder of a file
 * @place: set; for gcv_place_close() on failure, too
 * @tree_fd: the tree
 * @path: relative to it; no component but the last may be a link
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO.
 */
enum gcv_status gcv_place_open(struct gcv_place *place, int tree_fd, const char *path,
			       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_place_read() - what the file holds, and its mode
 * @place: an open one
 * @ret_text: it is appended here
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO (also for what is no regular file), GCV_ERR_LIMIT.
 */
enum gcv_status gcv_place_read(struct gcv_place *place, struct gcv_strbuf *ret_text,
			       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_place_write() - write and flush the new text beside the file
 * @place: gcv_place_read() was called
 * @text: the text
 * @len: its length in bytes
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO.
 */
enum gcv_status gcv_place_write(struct gcv_place *place, const char *text, size_t len,
				struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_place_swap() - let the new file take the place of the old one
 * @place: gcv_place_write() was called
 * @err: sentence on failure
 *
 * The old one is kept beside it, so that putting it back needs no room on the disk, until it is
 * discarded or the place closed. A file system that cannot exchange two names does without.
 *
 * Return: GCV_OK, GCV_ERR_IO.
 */
enum gcv_status gcv_place_swap(struct gcv_place *place, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_place_discard() - remove the file beside it, whoever left it there
 * @place: an open one
 * @err: sentence on failure
 *
 * Return: GCV_OK, also where there is none, GCV_ERR_IO.
 */
enum gcv_status gcv_place_discard(struct gcv_place *place, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_place_close() - remove what was written and has not taken its place, and free
 * @place: a zeroed one is not allowed, one with @folder -1 is
 */
void gcv_place_close(struct gcv_place *place);

/**
 * gcv_place_write_all() - write bytes, in as many calls as it takes
 * @fd: where to
 * @text: the bytes
 * @len: how many
 *
 * Return: false with errno on failure.
 */
bool gcv_place_write_all(int fd, const char *text, size_t len);

/**
 * gcv_place_sync() - flush a folder
 * @fd: the folder; a file system that cannot do that has it done
 *
 * Return: false with errno on failure.
 */
bool gcv_place_sync(int fd);

#endif
