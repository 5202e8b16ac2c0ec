/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The headers of the tree as libclang gets to see them, kept for the life of a worker.
 *
 * A unit looks at some 300 headers, the next one at nearly the same, and each is opened, asked for
 * its real path and its size, read and closed. What was learned once is told from memory.
 *
 *	struct gcv_headers *headers = gcv_headers_new(session);
 *	uint32_t id = gcv_headers_find(headers, path);
 *	gcv_headers_text(headers, id, &text, &len);
 *	gcv_headers_free(headers);
 *
 * A file that changes meanwhile stays what it was for this worker, its time included; the hash that
 * a unit notes for it is told apart by that time (parse/clang/filehash.h).
 */
#ifndef GCV_CMD_WORKER_HEADERS_H
#define GCV_CMD_WORKER_HEADERS_H

#include "parse/clang/session.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/** GCV_HEADERS_NONE - no header of the tree, or none that is kept */
#define GCV_HEADERS_NONE UINT32_MAX

struct gcv_headers;

/**
 * struct gcv_header_state - what is known of a path
 * @error: errno where there is nothing, else 0
 * @st: what stat() says where there is something
 * @is_outside: it lies neither in the tree nor in another folder that the worker may read; it is
 *	an empty file for libclang
 */
struct gcv_header_state {
	int error;
	struct stat st;
	bool is_outside;
};

/**
 * gcv_headers_new() - begin with nothing known
 * @session: tells what the tree is and which headers are wanted whole; must live as long
 *
 * Return: the cache; gcv_headers_free() it.
 */
struct gcv_headers *gcv_headers_new(const struct gcv_session *session);

/**
 * gcv_headers_free() - forget everything
 * @headers: the cache, or NULL
 */
void gcv_headers_free(struct gcv_headers *headers);

/**
 * gcv_headers_state() - is there something at a path?
 * @headers: the cache
 * @path: absolute
 *
 * Return: what stat() says or said, or NULL for a path that is not kept: it is no header and, by
 * its name, no folder of the tree or of the virtual headers, and leads to nothing outside of them.
 */
const struct gcv_header_state *gcv_headers_state(struct gcv_headers *headers, const char *path);

/**
 * gcv_headers_find() - a header that can be told from memory
 * @headers: the cache
 * @path: absolute
 *
 * Return: its number, or GCV_HEADERS_NONE for what is not kept, not there, no ordinary file, or one
 * too much.
 */
uint32_t gcv_headers_find(struct gcv_headers *headers, const char *path);

/**
 * gcv_headers_at() - what is known of a header
 * @headers: the cache
 * @id: number from gcv_headers_find(), or any other
 *
 * Return: what stat() said, or NULL where there is no header of that number.
 */
const struct gcv_header_state *gcv_headers_at(const struct gcv_headers *headers, uint32_t id);

/**
 * gcv_headers_real_path() - where a header lies when links are followed
 * @headers: the cache
 * @id: number from gcv_headers_find()
 *
 * Return: the absolute path.
 */
const char *gcv_headers_real_path(const struct gcv_headers *headers, uint32_t id);

/**
 * gcv_headers_is_unwanted() - is a file one of the tree's headers of which no facts are wanted?
 * @headers: the cache
 * @real: real path of the file
 *
 * Return: true where the bodies of its inline functions may be left out.
 */
bool gcv_headers_is_unwanted(const struct gcv_headers *headers, const char *real);

/**
 * gcv_headers_text() - the text of a header, without the bodies that nobody wants
 * @headers: the cache
 * @id: number from gcv_headers_find()
 * @ret_text: the text, not terminated; valid as long as @headers
 * @ret_len: its length in bytes
 *
 * Return: 0, or errno.
 */
int gcv_headers_text(struct gcv_headers *headers, uint32_t id, const char **ret_text,
		     size_t *ret_len);

#endif
