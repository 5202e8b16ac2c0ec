// SPDX-License-Identifier: GPL-2.0-only
#include "parse/clang/filehash.h"
#include "base/strbuf.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

/** FILE_MAX - libclang itself takes no larger file */
#define FILE_MAX ((size_t)1 << 31)

struct gcv_filehash_entry {
	time_t mtime;
	uint8_t hash[16];
	bool known;
};

static bool read_hash(const char *path, struct gcv_filehash_entry *entry)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	XXH128_canonical_t canonical;
	struct stat st;
	bool sound;

	if (fd < 0)
		return false;
	sound = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
		gcv_strbuf_read_fd(&text, fd, FILE_MAX, path, NULL) == GCV_OK;
	close(fd);
	if (!sound)
		return false;
	XXH128_canonicalFromHash(&canonical, XXH3_128bits(text.buf, text.len));
	memcpy(entry->hash, canonical.digest, sizeof(entry->hash));
	entry->mtime = st.st_mtime;
	entry->known = true;
	return true;
}

bool gcv_filehash_get(struct gcv_filehash *cache, const char *path, time_t mtime,
		      uint8_t ret_hash[16])
{
	uint32_t before = cache->paths.nr;
	uint32_t id = gcv_intern_add(&cache->paths, path, strlen(path));
	struct gcv_filehash_entry *entry;

	GCV_GROW(cache->entries, id, cache->cap);
	entry = &cache->entries[id];
	if (id == before)
		*entry = (struct gcv_filehash_entry){ 0 };
	if ((!entry->known || entry->mtime != mtime) && !read_hash(path, entry))
		return false;
	if (entry->mtime != mtime)
		return false;
	memcpy(ret_hash, entry->hash, sizeof(entry->hash));
	return true;
}

void gcv_filehash_release(struct gcv_filehash *cache)
{
	gcv_intern_release(&cache->paths);
	free(cache->entries);
	*cache = (struct gcv_filehash){ 0 };
}
