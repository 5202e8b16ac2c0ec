// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/check_diff.h"

#include "base/strbuf.h"
#include "cmd/place.h"
#include "db/store.h"
#include "tree/api.h"
#include "tree/hash.h"
#include "tree/names.h"

#include <stdlib.h>
#include <string.h>

/**
 * struct state - what was scanned, against what is there
 * @tree: the tree
 * @db: the database
 * @names: the API names
 * @ledger: files with API names when the tree was scanned
 * @hashes: of them, by their number
 * @cap: room
 */
struct state {
	struct gcv_tree tree;
	struct gcv_db *db;
	struct gcv_names *names;
	struct gcv_intern ledger;
	struct gcv_hash *hashes;
	uint32_t cap;
};

static enum gcv_status take_occurrence(void *data, const struct gcv_occurrence_row *row,
				       struct gcv_err *err)
{
	struct state *s = data;
	uint32_t nr = gcv_intern_add(&s->ledger, row->file, strlen(row->file));

	(void)err;
	GCV_GROW(s->hashes, nr, s->cap);
	memcpy(s->hashes[nr].b, row->hash, sizeof(s->hashes[nr].b));
	return GCV_OK;
}

static enum gcv_status load(struct state *s, struct gcv_err *err)
{
	struct gcv_api api = { 0 };
	enum gcv_status st = gcv_api_load(&api, err);

	if (st == GCV_OK)
		st = gcv_names_new((const char *const *)api.names, (uint32_t)api.nr_functions,
				   &s->names, err);
	if (st == GCV_OK)
		st = gcv_db_occurrences(s->db, NULL, NULL, take_occurrence, s, err);
	gcv_api_release(&api);
	return st;
}

static bool has_name(const struct state *s, const struct gcv_strbuf *text)
{
	size_t pos = 0, offset;
	uint32_t name;

	return text->len && gcv_names_next(s->names, text->buf, text->len, &pos, &name, &offset);
}

/* What the ledger leaves out is as it was, as far as that matters. */
static bool is_apart(const char *path)
{
	return strncmp(path, "tools/", 6) == 0 || strncmp(path, "Documentation/", 14) == 0;
}

/* The hash that the file had: by a unit that read it, else by the ledger. */
static enum gcv_status find_hash(struct state *s, const char *path, struct gcv_hash *ret,
				 bool *ret_found, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_file_hash(s->db, NULL, path, ret->b, ret_found, err);
	uint32_t nr = gcv_intern_find(&s->ledger, path, strlen(path));

	if (st == GCV_OK && !*ret_found && nr != GCV_INTERN_NONE) {
		*ret = s->hashes[nr];
		*ret_found = true;
	}
	return st;
}

static enum gcv_status check_file(struct state *s, const char *path, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_hash then = { 0 }, now;
	struct gcv_err ignored;
	bool was_there = false, is_there, is_same;
	enum gcv_status st = find_hash(s, path, &then, &was_there, err);

	if (st != GCV_OK)
		return st;
	is_there = gcv_tree_read(&s->tree, path, &text, &ignored) == GCV_OK;
	now = gcv_hash_bytes(text.buf ? text.buf : "", text.len);
	if (was_there)
		is_same = is_there && gcv_hash_equal(&now, &then);
	else
		is_same = !is_there || is_apart(path) || !has_name(s, &text);
	if (is_same)
		return GCV_OK;
	return gcv_err_set(err, GCV_ERR_IO,
			   "%s has changed since the scan: run 'gupconv scan' again", path);
}

static bool is_source(const char *path)
{
	size_t len = strlen(path);

	return len > 2 && path[len - 2] == '.' && strchr("chS", path[len - 1]);
}

static enum gcv_status compare(struct state *s, const char *revision, struct gcv_diff_lines *lines,
			       struct gcv_err *err)
{
	enum gcv_status st = gcv_diff_lines_read(s->tree.root, revision, lines, err);
	uint32_t i;

	if (st == GCV_OK)
		st = load(s, err);
	for (i = 0; i < lines->files.nr && st == GCV_OK; i++)
		if (is_source(gcv_intern_str(&lines->files, i)))
			st = check_file(s, gcv_intern_str(&lines->files, i), err);
	return st;
}

enum gcv_status gcv_check_diff_read(const struct gcv_cli *cli, struct gcv_db *db,
				    const char *revision, struct gcv_diff_lines *lines,
				    struct gcv_err *err)
{
	struct state s = { .db = db };
	enum gcv_status st = gcv_open_tree(cli, &s.tree, err);

	if (st != GCV_OK)
		return st;
	st = compare(&s, revision, lines, err);
	gcv_names_free(s.names);
	gcv_intern_release(&s.ledger);
	free(s.hashes);
	gcv_tree_release(&s.tree);
	return st;
}
