// SPDX-License-Identifier: GPL-2.0-only
#include "tree/hash.h"

#include <string.h>
#include <xxhash.h>

struct gcv_hash gcv_hash_bytes(const void *data, size_t len_bytes)
{
	XXH128_canonical_t canonical;
	struct gcv_hash hash;

	XXH128_canonicalFromHash(&canonical, XXH3_128bits(data, len_bytes));
	memcpy(hash.b, canonical.digest, sizeof(hash.b));
	return hash;
}

const char *gcv_hash_hex(const struct gcv_hash *hash, char ret[GCV_HASH_HEX_BYTES])
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < sizeof(hash->b); i++) {
		ret[2 * i] = digits[hash->b[i] >> 4];
		ret[2 * i + 1] = digits[hash->b[i] & 15];
	}
	ret[2 * i] = '\0';
	return ret;
}

bool gcv_hash_equal(const struct gcv_hash *a, const struct gcv_hash *b)
{
	return !memcmp(a->b, b->b, sizeof(a->b));
}
