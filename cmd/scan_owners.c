// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/scan_owners.h"

#include "db/subsystems.h"

#include <stdlib.h>
#include <string.h>

/** struct files - the files that have sites, by path */
struct files {
	struct gcv_arena arena;
	const char **paths;
	uint32_t nr, cap;
};

/* Sites come by path. */
static enum gcv_status take_file(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct files *files = data;

	(void)err;
	if (files->nr && strcmp(files->paths[files->nr - 1], site->file) == 0)
		return GCV_OK;
	GCV_GROW(files->paths, files->nr, files->cap);
	files->paths[files->nr++] = gcv_arena_strdup(&files->arena, site->file);
	return GCV_OK;
}

static enum gcv_status load(const struct gcv_tree *tree, struct gcv_maintainers **ret,
			    struct gcv_err *err)
{
	enum gcv_status st = gcv_maintainers_load(tree, ret, err);

	if (st != GCV_ERR_NOT_FOUND)
		return st;
	gcv_maintainers_parse("", 0, ret);
	return GCV_OK;
}

enum gcv_status gcv_scan_owners_store(struct gcv_db *db, const char *label,
				      const struct gcv_tree *tree, struct gcv_err *err)
{
	struct gcv_maintainers *maintainers = NULL;
	struct gcv_subsystems all;
	struct files files = { 0 };
	enum gcv_status st = gcv_db_sites(db, label, NULL, take_file, &files, err);

	if (st == GCV_OK)
		st = load(tree, &maintainers, err);
	if (st == GCV_OK) {
		gcv_subsystems_of(maintainers, files.paths, files.nr, &files.arena, &all);
		st = gcv_db_subsystems_put(db, label, &all, err);
	}
	gcv_maintainers_free(maintainers);
	gcv_arena_release(&files.arena);
	free(files.paths);
	return st;
}
