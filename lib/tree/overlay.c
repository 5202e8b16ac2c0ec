// SPDX-License-Identifier: GPL-2.0-only
#include "tree/overlay.h"
#include "base/alloc.h"
#include "tree/beneath.h"

#include <stdlib.h>
#include <string.h>

/* Index of the first file that does not stand before @path. */
static uint32_t find_place(const struct gcv_overlay *overlay, const char *path)
{
	uint32_t low = 0, high = overlay->nr_files;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (strcmp(overlay->files[mid].path, path) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

enum gcv_status gcv_overlay_add(struct gcv_overlay *overlay, const char *path, const char *text,
				size_t len, struct gcv_err *err)
{
	char folded[PATH_MAX];
	uint32_t at;

	if (!gcv_beneath_fold(path, folded) || strcmp(folded, ".") == 0)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s leads out of the tree", path);
	at = find_place(overlay, folded);
	if (at < overlay->nr_files && strcmp(overlay->files[at].path, folded) == 0)
		return gcv_err_set(err, GCV_ERR_USAGE, "%s is edited twice", folded);
	GCV_GROW(overlay->files, overlay->nr_files, overlay->cap_files);
	memmove(overlay->files + at + 1, overlay->files + at,
		(overlay->nr_files - at) * sizeof(*overlay->files));
	overlay->files[at] = (struct gcv_overlay_file){ gcv_strdup(folded), text, len,
							gcv_hash_bytes(text, len) };
	overlay->nr_files++;
	return GCV_OK;
}

const struct gcv_overlay_file *gcv_overlay_find(const struct gcv_overlay *overlay, const char *path)
{
	uint32_t at = overlay ? find_place(overlay, path) : 0;

	if (!overlay || at == overlay->nr_files || strcmp(overlay->files[at].path, path) != 0)
		return NULL;
	return &overlay->files[at];
}

void gcv_overlay_release(struct gcv_overlay *overlay)
{
	uint32_t i;

	for (i = 0; i < overlay->nr_files; i++)
		free(overlay->files[i].path);
	free(overlay->files);
	*overlay = (struct gcv_overlay){ 0 };
}
