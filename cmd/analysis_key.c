// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/analysis_key.h"

#include "base/alloc.h"
#include "base/strbuf.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** LARGEST - bytes of a program or a table at most */
#define LARGEST ((size_t)1 << 30)

static bool hash_file(const char *path, struct gcv_hash *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf bytes = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct gcv_err ignored;
	bool is_read;

	if (fd < 0)
		return false;
	is_read = gcv_strbuf_read_fd(&bytes, fd, LARGEST, path, &ignored) == GCV_OK;
	close(fd);
	if (is_read)
		*ret = gcv_hash_bytes(bytes.buf ? bytes.buf : "", bytes.len);
	return is_read;
}

void gcv_analysis_basis_init(struct gcv_analysis_basis *basis)
{
	basis->is_known = hash_file("/proc/self/exe", &basis->hash);
}

void gcv_analysis_basis_add(struct gcv_analysis_basis *basis, const char *path)
{
	struct gcv_hash both[2] = { basis->hash };

	basis->is_known = basis->is_known && hash_file(path, &both[1]);
	basis->hash = gcv_hash_bytes(both, sizeof(both));
}

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

bool gcv_analysis_key(const struct gcv_analysis_basis *basis, const struct gcv_scan *scan,
		      const int64_t *units, uint32_t nr_units, struct gcv_hash *ret_key)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	GCV_AUTOFREE int64_t *sorted = NULL;
	uint32_t i;

	if (!basis->is_known)
		return false;
	sorted = gcv_zalloc(nr_units + 1, sizeof(*sorted));
	if (nr_units) {
		memcpy(sorted, units, sizeof(*sorted) * nr_units);
		qsort(sorted, nr_units, sizeof(*sorted), by_number);
	}
	gcv_strbuf_add(&text, basis->hash.b, sizeof(basis->hash.b));
	gcv_strbuf_addf(&text, " %" PRIu64 " %u", scan->walk.digest, scan->sums.units_failed);
	for (i = 0; i < nr_units; i++)
		if (!i || sorted[i] != sorted[i - 1])
			gcv_strbuf_addf(&text, " %lld", (long long)sorted[i]);
	*ret_key = gcv_hash_bytes(text.buf, text.len);
	return true;
}
