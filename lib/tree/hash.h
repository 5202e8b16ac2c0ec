/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Identity of contents: XXH3, 128 bits, in canonical (big endian) byte order, so that it is the
 *same on every machine. It tells versions of a file apart; it is no protection against forgery.
 *
 *	struct gcv_hash hash = gcv_hash_bytes(text, len);
 *	char hex[GCV_HASH_HEX_BYTES];
 *
 *	puts(gcv_hash_hex(&hash, hex));
 */
#ifndef GCV_TREE_HASH_H
#define GCV_TREE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** GCV_HASH_HEX_BYTES - length of a hash in hexadecimal digits with the NUL behind it */
#define GCV_HASH_HEX_BYTES 33

/**
 * struct gcv_hash - 128 bits that stand for some bytes
 * @b: the canonical form
 */
struct gcv_hash {
	uint8_t b[16];
};

/**
 * gcv_hash_bytes() - hash of bytes
 * @data: the bytes
 * @len_bytes: how many
 *
 * Return: the hash.
 */
struct gcv_hash gcv_hash_bytes(const void *data, size_t len_bytes);

/**
 * gcv_hash_hex() - a hash as 32 hexadecimal digits
 * @hash: the hash
 * @ret: where the digits and a NUL go
 *
 * Return: @ret.
 */
const char *gcv_hash_hex(const struct gcv_hash *hash, char ret[GCV_HASH_HEX_BYTES]);

/**
 * gcv_hash_equal() - are two hashes the same?
 * @a: one
 * @b: the other
 *
 * Return: true where they are.
 */
bool gcv_hash_equal(const struct gcv_hash *a, const struct gcv_hash *b);

#endif
