// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tests/fuzz/target.h"
#include "tree/maintainers.h"

#include <stdlib.h>
#include <string.h>

/* Whatever the file says: the order of the matches holds, and only entries of the file come out. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[] = { "mm/gup.c", "drivers/net/foo/bar.c",
					     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" };
	struct gcv_maintainers_match *matches;
	struct gcv_arena arena = { 0 };
	struct gcv_maintainers *m;
	size_t i, k, nr;

	gcv_maintainers_parse((const char *)data, size, &m);
	for (i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		gcv_maintainers_find(m, paths[i], &arena, &matches, &nr);
		for (k = 0; k < nr; k++)
			if (matches[k].entry < m->entries ||
			    matches[k].entry >= m->entries + m->nr ||
			    (k && matches[k].depth > matches[k - 1].depth))
				abort();
	}
	gcv_maintainers_free(m);
	gcv_arena_release(&arena);
	return 0;
}
