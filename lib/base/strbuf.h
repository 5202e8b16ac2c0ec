/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A byte string that grows.
 *
 *	struct gcv_strbuf sb = { 0 };
 *
 *	gcv_strbuf_addf(&sb, "%s:%u", path, line);
 *	puts(sb.buf);
 *	gcv_strbuf_release(&sb);
 *
 * buf is NULL until something was added, and NUL-terminated from then on.
 */
#ifndef GCV_BASE_STRBUF_H
#define GCV_BASE_STRBUF_H

#include "base/err.h"
#include <stddef.h>

/**
 * struct gcv_strbuf - a growing byte string; a zeroed one is ready for use
 * @buf: the bytes, with a NUL behind them that is not counted; NULL while nothing was added
 * @len: bytes in use
 * @cap: bytes allocated
 */
struct gcv_strbuf {
	char *buf;
	size_t len, cap;
};

/** GCV_STRBUF_AUTO - release the string when the variable goes out of scope */
#define GCV_STRBUF_AUTO __attribute__((cleanup(gcv_strbuf_release)))

/**
 * gcv_strbuf_add() - append bytes
 * @sb: the string
 * @data: bytes; may hold NULs
 * @len_bytes: how many
 */
void gcv_strbuf_add(struct gcv_strbuf *sb, const void *data, size_t len_bytes);

/**
 * gcv_strbuf_addstr() - append a NUL-terminated string
 * @sb: the string
 * @text: what to append
 */
void gcv_strbuf_addstr(struct gcv_strbuf *sb, const char *text);

/**
 * gcv_strbuf_addch() - append one byte
 * @sb: the string
 * @ch: the byte
 */
void gcv_strbuf_addch(struct gcv_strbuf *sb, char ch);

/**
 * gcv_strbuf_addf() - append formatted text
 * @sb: the string
 * @fmt: printf format
 */
void gcv_strbuf_addf(struct gcv_strbuf *sb, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * gcv_strbuf_clear() - make it empty, keep the memory
 * @sb: the string
 */
void gcv_strbuf_clear(struct gcv_strbuf *sb);

/**
 * gcv_strbuf_detach() - take the bytes out; the string is empty afterwards
 * @sb: the string
 *
 * Return: a NUL-terminated string for the caller to free(), never NULL.
 */
char *gcv_strbuf_detach(struct gcv_strbuf *sb);

/**
 * gcv_strbuf_release() - free the memory; the string can be used again
 * @sb: the string
 */
void gcv_strbuf_release(struct gcv_strbuf *sb);

/**
 * gcv_strbuf_read_fd() - append everything that a file descriptor still yields
 * @sb: the string
 * @fd: open for reading
 * @limit_bytes: more than this is refused
 * @name: the file's name for the message
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO (read failed) or GCV_ERR_LIMIT. On failure what was read stays in @sb.
 */
enum gcv_status gcv_strbuf_read_fd(struct gcv_strbuf *sb, int fd, size_t limit_bytes,
				   const char *name, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_strbuf_read_file() - append a file that the user names
 * @sb: the string
 * @path: of the file, links are followed; a fifo or a device is refused, and not waited for
 * @limit_bytes: more than this is refused
 * @err: names the file
 *
 * Return: GCV_OK, GCV_ERR_IO, GCV_ERR_FORMAT (no regular file) or GCV_ERR_LIMIT. On failure what
 * was read stays in @sb.
 */
enum gcv_status gcv_strbuf_read_file(struct gcv_strbuf *sb, const char *path, size_t limit_bytes,
				     struct gcv_err *err) GCV_MUST_CHECK;

#endif
