// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/scan_watch.h"

#include <stdlib.h>
#include <string.h>

static void add_all(struct gcv_intern *to, const struct gcv_intern *from)
{
	uint32_t i;

	for (i = 0; i < from->nr; i++)
		gcv_intern_add(to, gcv_intern_str(from, i), gcv_intern_len(from, i));
}

enum gcv_status gcv_scan_watch_init(struct gcv_scan_watch *watch, const struct gcv_scan_tree *scan,
				    const struct gcv_intern *read, struct gcv_err *err)
{
	const struct gcv_api *api = &scan->session->api;
	struct gcv_scan_watch w = { .scan = scan, .read = read };
	GCV_AUTOFREE const char **list = NULL;
	struct gcv_intern names = { 0 };
	enum gcv_status st;
	size_t i;

	for (i = 0; i < api->nr_functions; i++)
		gcv_intern_add(&names, api->names[i], strlen(api->names[i]));
	gcv_scan_macros(&scan->scan->walk, api, &names);
	add_all(&names, &scan->demand.wanted);
	list = gcv_zalloc(names.nr, sizeof(*list));
	for (i = 0; i < names.nr; i++)
		list[i] = gcv_intern_str(&names, (uint32_t)i);
	st = gcv_names_new(list, names.nr, &w.names, err);
	gcv_intern_release(&names);
	if (st == GCV_OK)
		*watch = w;
	return st;
}

static bool is_source(const char *path)
{
	const char *slash = strrchr(path, '/');

	return gcv_walk_kind_of(slash ? slash + 1 : path) != GCV_WALK_NOT_SOURCE;
}

enum gcv_status gcv_scan_watch_path(const struct gcv_scan_watch *watch, const char *path, bool *ret,
				    struct gcv_err *err)
{
	const struct gcv_scan_tree *s = watch->scan;
	const struct gcv_walk_file *file = gcv_walk_find(&s->scan->walk, path);
	uint8_t hash[16];

	*ret = true;
	/* A source file that was not walked is one that is left out: that may end. */
	if (!file && is_source(path))
		return GCV_OK;
	if (gcv_intern_find(watch->read, path, strlen(path)) != GCV_INTERN_NONE)
		return GCV_OK;
	if (file && (file->error || file->lexed))
		return GCV_OK;
	/* What was asked for is not known where the results are those of an earlier scan. */
	if (file && file->kind == GCV_WALK_C && !file->apart && !s->demand.has_asked)
		return GCV_OK;
	return gcv_db_file_hash(s->session->db, s->label, path, hash, ret, err);
}

bool gcv_scan_watch_text(const struct gcv_scan_watch *watch, const struct gcv_strbuf *text)
{
	size_t pos = 0, offset;
	uint32_t name;

	return text->len &&
	       gcv_names_next(watch->names, text->buf, text->len, &pos, &name, &offset);
}

void gcv_scan_watch_release(struct gcv_scan_watch *watch)
{
	gcv_names_free(watch->names);
	*watch = (struct gcv_scan_watch){ 0 };
}
