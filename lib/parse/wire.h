/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bytes between the processes and in the database: unsigned numbers as LEB128, signed ones
 * zigzag-coded, strings with their length in front.
 *
 *	struct gcv_strbuf out = { 0 };
 *	gcv_wire_put_uint(&out, 300);
 *	gcv_wire_put_str(&out, "put_page");
 *
 *	struct gcv_wire in = { .pos = out.buf, .end = out.buf + out.len };
 *	uint64_t n = gcv_wire_get_uint(&in);
 *	const char *s = gcv_wire_get_str(&in, &arena);
 *	if (in.failed) …	(looked at once, at the end)
 *
 * A reader never runs over its end: after damage it hands out zeros and empty strings.
 */
#ifndef GCV_PARSE_WIRE_H
#define GCV_PARSE_WIRE_H

#include "base/alloc.h"
#include "base/strbuf.h"
#include <stdbool.h>

/**
 * struct gcv_wire - a reader over bytes that are not trusted
 * @pos: next byte
 * @end: behind the last one
 * @failed: set for good by the first read that does not fit
 */
struct gcv_wire {
	const char *pos, *end;
	bool failed;
};

/**
 * gcv_wire_put_uint() - append an unsigned number
 * @out: where
 * @value: the number
 */
void gcv_wire_put_uint(struct gcv_strbuf *out, uint64_t value);

/**
 * gcv_wire_put_int() - append a signed number
 * @out: where
 * @value: the number
 */
void gcv_wire_put_int(struct gcv_strbuf *out, int64_t value);

/**
 * gcv_wire_put_bytes() - append bytes with their length in front
 * @out: where
 * @data: the bytes
 * @len_bytes: how many
 */
void gcv_wire_put_bytes(struct gcv_strbuf *out, const void *data, size_t len_bytes);

/**
 * gcv_wire_put_str() - append a string with its length in front
 * @out: where
 * @text: NUL-terminated; NULL counts as ""
 */
void gcv_wire_put_str(struct gcv_strbuf *out, const char *text);

/**
 * gcv_wire_get_uint() - read an unsigned number
 * @in: the reader
 *
 * Return: the number; 0 after damage.
 */
uint64_t gcv_wire_get_uint(struct gcv_wire *in);

/**
 * gcv_wire_get_u32() - read an unsigned number that must fit into 32 bits
 * @in: the reader; damaged where the number is larger
 *
 * Return: the number; 0 after damage.
 */
uint32_t gcv_wire_get_u32(struct gcv_wire *in);

/**
 * gcv_wire_get_int() - read a signed number
 * @in: the reader
 *
 * Return: the number; 0 after damage.
 */
int64_t gcv_wire_get_int(struct gcv_wire *in);

/**
 * gcv_wire_get_count() - read the number of things that follow
 * @in: the reader; damaged where fewer than @min_bytes bytes a thing are left
 * @min_bytes: least size of one thing, at least 1
 *
 * Return: the count, which is safe to allocate for; 0 after damage.
 */
uint32_t gcv_wire_get_count(struct gcv_wire *in, size_t min_bytes);

/**
 * gcv_wire_get_bytes() - read bytes with their length in front
 * @in: the reader
 * @ret_len_bytes: how many
 *
 * Return: a pointer into the reader's buffer, not terminated.
 */
const char *gcv_wire_get_bytes(struct gcv_wire *in, size_t *ret_len_bytes);

/**
 * gcv_wire_get_str() - read a string
 * @in: the reader
 * @arena: owns the copy
 *
 * Return: NUL-terminated; "" after damage. A NUL inside cuts it.
 */
const char *gcv_wire_get_str(struct gcv_wire *in, struct gcv_arena *arena);

#endif
