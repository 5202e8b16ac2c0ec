// SPDX-License-Identifier: GPL-2.0-only
#include "tree/walk_listed.h"
#include "tree/beneath.h"
#include "tree/walk_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** struct listed - a file of the list, and whether it is to be read */
struct listed {
	const char *path;
	bool is_read;
};

static int by_path(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : y->is_read - x->is_read;
}

/* Each path once, sorted; one that is to be read comes before the same that is only known. */
static struct listed *sort_list(const struct gcv_walk_list *list, uint32_t *ret_nr)
{
	struct listed *all = gcv_zalloc((size_t)list->nr_read + list->nr_known + 1, sizeof(*all));
	uint32_t i, nr = 0, kept = 0;

	for (i = 0; i < list->nr_read; i++)
		all[nr++] = (struct listed){ list->read[i], true };
	for (i = 0; i < list->nr_known; i++)
		all[nr++] = (struct listed){ list->known[i], false };
	if (nr)
		qsort(all, nr, sizeof(*all), by_path);
	for (i = 0; i < nr; i++)
		if (!kept || strcmp(all[kept - 1].path, all[i].path) != 0)
			all[kept++] = all[i];
	*ret_nr = kept;
	return all;
}

static bool is_apart(const char *path)
{
	return strncmp(path, "tools/", 6) == 0 || strncmp(path, "Documentation/", 14) == 0;
}

static const char *read_file(const struct gcv_tree *tree, struct gcv_reader *reader,
			     const char *path)
{
	const char *slash = strrchr(path, '/'), *error;
	GCV_AUTOFREE char *folder = gcv_strdup(slash ? path : ".");
	int fd;

	if (slash)
		folder[slash - path] = '\0';
	fd = gcv_beneath_open(tree->fd, folder, O_RDONLY | O_DIRECTORY);
	if (fd < 0)
		return strerrordesc_np(errno);
	error = gcv_reader_read(reader, tree->overlay, path, fd);
	close(fd);
	return error;
}

static void add_failure(struct gcv_walk *walk, const char *path, const char *text)
{
	size_t cap = walk->nr_failures;

	GCV_GROW(walk->failures, walk->nr_failures, cap);
	walk->failures[walk->nr_failures++] = (struct gcv_walk_failure){ path, text };
}

void gcv_walk_listed(const struct gcv_tree *tree, const struct gcv_names *names,
		     const struct gcv_walk_list *list, const struct gcv_walk_options *options,
		     struct gcv_walk *ret)
{
	struct gcv_walk walk = { .nr_arenas = 1, .arenas = gcv_zalloc(1, sizeof(*walk.arenas)) };
	struct gcv_reader reader = { 0 };
	uint32_t nr, i;
	GCV_AUTOFREE struct listed *all = sort_list(list, &nr);

	walk.files = gcv_zalloc((size_t)nr + 1, sizeof(*walk.files));
	for (i = 0; i < nr; i++) {
		const char *slash = strrchr(all[i].path, '/');
		struct gcv_walk_file *file = &walk.files[walk.nr_files];

		file->kind = gcv_walk_kind_of(slash ? slash + 1 : all[i].path);
		if (file->kind == GCV_WALK_NOT_SOURCE)
			continue;
		file->path = gcv_arena_strdup(&walk.arenas[0], all[i].path);
		file->apart = is_apart(file->path);
		file->deferred = all[i].is_read && options->defer && file->kind == GCV_WALK_C &&
				 !file->apart;
		walk.nr_files++;
		if (!all[i].is_read || file->deferred)
			continue;
		file->error = read_file(tree, &reader, file->path);
		if (file->error)
			add_failure(&walk, file->path, file->error);
		else
			gcv_reader_take(&reader, names, options->hash_paths, &walk.arenas[0], file);
		walk.nr_bytes += file->size_bytes;
		walk.nr_candidates += file->lexed != NULL;
	}
	gcv_reader_release(&reader);
	*ret = walk;
}
