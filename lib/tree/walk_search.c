// SPDX-License-Identifier: GPL-2.0-only
#include "tree/beneath.h"
#include "tree/walk.h"
#include "tree/walk_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* So many neighbours in the list are read by one thread: they share folders. */
#define CHUNK 64

struct job {
	const struct gcv_tree *tree;
	const struct gcv_walk *walk;
	const struct gcv_names *names;
	atomic_uint_least32_t next;
	struct gcv_walk_tally tally;
};

/* @folder: the folder that @folder_fd is open on, and its length; -1 for none. */
struct worker {
	struct job *job;
	bool first;
	struct gcv_arena arena;
	struct gcv_reader reader;
	const char *folder;
	size_t folder_len;
	int folder_fd;
	struct gcv_walk_hit *hits;
	uint32_t nr_hits, cap_hits;
	struct gcv_walk_failure *failures;
	uint32_t nr_failures, cap_failures;
};

/* Open the folder of @path unless it is the last one. Return: its descriptor or -1. */
static int open_folder(struct worker *worker, const char *path, const char **ret_name)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	char folder[PATH_MAX];

	*ret_name = slash ? slash + 1 : path;
	if (worker->folder_fd >= 0) {
		if (len == worker->folder_len && !memcmp(worker->folder, path, len))
			return worker->folder_fd;
		close(worker->folder_fd);
		worker->folder_fd = -1;
	}
	if (len >= sizeof(folder)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(folder, path, len);
	folder[len] = '\0';
	worker->folder = path;
	worker->folder_len = len;
	worker->folder_fd = gcv_beneath_open(worker->job->tree->fd, folder, O_RDONLY | O_DIRECTORY);
	return worker->folder_fd;
}

static void search_file(struct worker *worker, uint32_t index)
{
	const struct gcv_walk_file *file = &worker->job->walk->files[index];
	const struct gcv_lexed *lexed;
	const char *name, *error;
	int fd;

	/* What could not be read at first is known already. */
	if (file->error)
		return;
	fd = open_folder(worker, file->path, &name);
	error = fd < 0 ? strerrordesc_np(errno) : gcv_reader_read(&worker->reader, fd, name);
	if (error) {
		GCV_GROW(worker->failures, worker->nr_failures, worker->cap_failures);
		worker->failures[worker->nr_failures++] =
			(struct gcv_walk_failure){ file->path, error };
		return;
	}
	lexed = gcv_reader_lex(&worker->reader, worker->job->names, file->kind, &worker->arena);
	if (lexed) {
		GCV_GROW(worker->hits, worker->nr_hits, worker->cap_hits);
		worker->hits[worker->nr_hits++] = (struct gcv_walk_hit){
			.file = index,
			.hash = gcv_hash_bytes(worker->reader.buf, worker->reader.len),
			.lexed = lexed,
		};
	}
	gcv_walk_tally_add(&worker->job->tally, worker->reader.len, worker->first);
}

static void *work(void *arg)
{
	struct worker *worker = arg;
	uint32_t nr = worker->job->walk->nr_files, from, i;

	while ((from = atomic_fetch_add(&worker->job->next, CHUNK)) < nr)
		for (i = from; i < nr && i < from + CHUNK; i++)
			search_file(worker, i);
	if (worker->folder_fd >= 0)
		close(worker->folder_fd);
	gcv_reader_release(&worker->reader);
	return NULL;
}

static int by_file(const void *a, const void *b)
{
	uint32_t x = ((const struct gcv_walk_hit *)a)->file;
	uint32_t y = ((const struct gcv_walk_hit *)b)->file;

	return (x > y) - (x < y);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct gcv_walk_failure *)a)->path,
		      ((const struct gcv_walk_failure *)b)->path);
}

static void collect(struct worker *workers, unsigned int nr, struct gcv_walk_hits *ret)
{
	struct gcv_walk_hits all = { .nr_arenas = nr };
	unsigned int i;

	for (i = 0; i < nr; i++) {
		all.nr += workers[i].nr_hits;
		all.nr_failures += workers[i].nr_failures;
	}
	all.hits = gcv_zalloc(all.nr, sizeof(*all.hits));
	all.failures = gcv_zalloc(all.nr_failures, sizeof(*all.failures));
	all.arenas = gcv_zalloc(nr, sizeof(*all.arenas));
	all.nr = all.nr_failures = 0;
	for (i = 0; i < nr; i++) {
		const struct worker *worker = &workers[i];

		if (worker->nr_hits)
			memcpy(all.hits + all.nr, worker->hits,
			       worker->nr_hits * sizeof(*all.hits));
		if (worker->nr_failures)
			memcpy(all.failures + all.nr_failures, worker->failures,
			       worker->nr_failures * sizeof(*all.failures));
		all.nr += worker->nr_hits;
		all.nr_failures += worker->nr_failures;
		all.arenas[i] = worker->arena;
		free(worker->hits);
		free(worker->failures);
	}
	qsort(all.hits, all.nr, sizeof(*all.hits), by_file);
	qsort(all.failures, all.nr_failures, sizeof(*all.failures), by_path);
	*ret = all;
}

void gcv_walk_search(const struct gcv_tree *tree, const struct gcv_walk *walk,
		     const struct gcv_names *names, unsigned int threads,
		     const struct gcv_walk_progress *progress, struct gcv_walk_hits *ret)
{
	unsigned int i, nr = gcv_walk_threads(threads);
	GCV_AUTOFREE struct worker *workers = gcv_zalloc(nr, sizeof(*workers));
	struct job job = {
		.tree = tree,
		.walk = walk,
		.names = names,
		.tally = { .progress = progress },
	};

	for (i = 0; i < nr; i++)
		workers[i] = (struct worker){ .job = &job, .first = !i, .folder_fd = -1 };
	gcv_walk_run(work, workers, sizeof(*workers), nr);
	collect(workers, nr, ret);
}

void gcv_walk_hits_release(struct gcv_walk_hits *hits)
{
	uint32_t i;

	for (i = 0; i < hits->nr_arenas; i++)
		gcv_arena_release(&hits->arenas[i]);
	free(hits->arenas);
	free(hits->hits);
	free(hits->failures);
	*hits = (struct gcv_walk_hits){ 0 };
}
