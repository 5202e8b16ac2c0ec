/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hashes of the files that libclang read. A worker sees the same headers again and again; each is
 * read and hashed once.
 *
 *	struct gcv_filehash cache = { 0 };
 *
 *	if (gcv_filehash_get(&cache, "/src/linux/include/linux/mm.h", mtime, hash))
 *		…
 *	gcv_filehash_release(&cache);
 *
 * clang_getFileContents() would give the very bytes, but with a precompiled header it searches all
 * files of that header for each call, which costs more than the parse.
 */
#ifndef GCV_PARSE_CLANG_FILEHASH_H
#define GCV_PARSE_CLANG_FILEHASH_H

#include "base/intern.h"

#include <stdbool.h>
#include <time.h>

struct gcv_filehash_entry;

/**
 * struct gcv_filehash - a cache; a zeroed one is ready for use
 * @paths: numbers of paths are indices into @entries
 * @entries: what is known of them
 * @cap: allocated length
 */
struct gcv_filehash {
	struct gcv_intern paths;
	struct gcv_filehash_entry *entries;
	uint32_t cap;
};

/**
 * gcv_filehash_get() - hash of a file
 * @cache: the cache
 * @path: absolute path
 * @mtime: time of modification that libclang saw
 * @ret_hash: XXH3 128 of its bytes, canonical
 *
 * Return: false where it cannot be read, or is not the file any more that libclang saw.
 */
bool gcv_filehash_get(struct gcv_filehash *cache, const char *path, time_t mtime,
		      uint8_t ret_hash[16]);

/**
 * gcv_filehash_release() - free the cache
 * @cache: the cache
 */
void gcv_filehash_release(struct gcv_filehash *cache);

#endif
