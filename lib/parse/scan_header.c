// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers that are new since the tree was last scanned as a whole. A unit that looked for a header
 * of this name in vain, or found another one, may find the new one now, though none of the files
 * that it read has changed.
 */
#include "parse/scan_state.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static int by_value(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void gcv_scan_new_headers(struct gcv_scan_state *s, struct gcv_intern *ret_names)
{
	const struct gcv_stored_units *stored = s->options->stored;
	const struct gcv_walk *walk = &s->scan->walk;
	struct gcv_scan *scan = s->scan;
	uint32_t i;

	/* What a part of the tree lacks tells nothing. */
	if (s->options->nr_paths || s->options->base)
		return;
	scan->headers = gcv_arena_alloc(&scan->arena, sizeof(*scan->headers) * walk->nr_files);
	for (i = 0; i < walk->nr_files; i++) {
		const char *path = walk->files[i].path;
		uint64_t hash = XXH3_64bits(path, strlen(path));

		if (walk->files[i].kind != GCV_WALK_H && walk->files[i].kind != GCV_WALK_INC)
			continue;
		scan->headers[scan->nr_headers++] = hash;
		if (stored && stored->nr_headers &&
		    !bsearch(&hash, stored->headers, stored->nr_headers, sizeof(hash), by_value))
			gcv_intern_add(ret_names, base_name(path), strlen(base_name(path)));
	}
	if (scan->nr_headers)
		qsort(scan->headers, scan->nr_headers, sizeof(*scan->headers), by_value);
}

bool gcv_scan_is_shadowed(const struct gcv_intern *names, const char *path)
{
	const char *name = base_name(path);

	return names->nr && gcv_intern_find(names, name, strlen(name)) != GCV_INTERN_NONE;
}

bool gcv_scan_missed(const struct gcv_intern *names, const struct gcv_stored_unit *unit)
{
	const char *at = names->nr ? unit->missed : "";
	const char *open, *close;

	/* A line is "'mach/dma.h' file not found". */
	while ((open = strchr(at, '\'')) && (close = strchr(open + 1, '\''))) {
		const char *name = memrchr(open, '/', (size_t)(close - open));

		name = name ? name + 1 : open + 1;
		if (gcv_intern_find(names, name, (size_t)(close - name)) != GCV_INTERN_NONE)
			return true;
		at = close + 1;
	}
	return false;
}
