// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/place.h"
#include "base/alloc.h"
#include "cmd/terminal.h"
#include "db/store.h"
#include "edit/in_place.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum gcv_status gcv_open_tree(const struct gcv_cli *cli, struct gcv_tree *ret_tree,
			      struct gcv_err *err)
{
	const char *path = gcv_cli_value(cli, "tree");

	return gcv_tree_open(path ? path : ".", !path, ret_tree, err);
}

void gcv_warn_unfinished(const struct gcv_cli *cli, const struct gcv_tree *tree)
{
	if (gcv_in_place_is_unfinished(tree))
		gcv_cli_warn(cli,
			     "an earlier 'rewrite --in-place' has not ended: some files may be new "
			     "and some old, until 'rewrite --in-place' puts them in order");
}

enum gcv_status gcv_database_path(const struct gcv_cli *cli, const struct gcv_tree *tree,
				  bool create, char **ret_path, struct gcv_err *err)
{
	const char *given = gcv_cli_value(cli, "db");
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 };
	struct stat st;

	if (given) {
		*ret_path = gcv_strdup(given);
		return GCV_OK;
	}
	gcv_strbuf_addf(&path, "%s/.gupconv", tree->root);
	if (create && mkdir(path.buf, 0777) != 0 && errno != EEXIST)
		return gcv_err_sys(err, "cannot create %s", path.buf);
	/* A link in an untrusted tree must not lead the database elsewhere. */
	if (lstat(path.buf, &st) == 0 && !S_ISDIR(st.st_mode))
		return gcv_err_set(err, GCV_ERR_IO, "%s is not a folder", path.buf);
	gcv_strbuf_addstr(&path, "/index.db");
	*ret_path = gcv_strbuf_detach(&path);
	return GCV_OK;
}

enum gcv_status gcv_database_open_read(const struct gcv_cli *cli, struct gcv_db **ret_db,
				       struct gcv_err *err)
{
	struct gcv_tree tree = { .fd = -1 };
	GCV_AUTOFREE char *path = NULL;
	bool needs_tree = !gcv_cli_given(cli, "db");
	enum gcv_status st = needs_tree ? gcv_open_tree(cli, &tree, err) : GCV_OK;

	if (st == GCV_OK)
		st = gcv_database_path(cli, &tree, false, &path, err);
	if (st == GCV_OK) {
		st = gcv_db_open(path, GCV_DB_READ, ret_db, err);
		if (st == GCV_ERR_NOT_FOUND)
			gcv_err_set(err, st, "there is no database %s: run 'gupconv scan' first",
				    path);
	}
	if (needs_tree)
		gcv_tree_release(&tree);
	return st;
}
