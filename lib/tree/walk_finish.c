// SPDX-License-Identifier: GPL-2.0-only
#include "tree/walk.h"
#include "tree/walk_reader.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

/* So many neighbours in the list are read by one thread: they share folders. */
#define CHUNK 64

/* @todo: indices of the files in the walk; @hits: as in struct gcv_walk_hits. */
struct job {
	const struct gcv_tree *tree;
	struct gcv_walk *walk;
	const struct gcv_names *names, *others;
	const struct gcv_intern *hash_paths;
	bool want_words;
	uint32_t *todo, nr_todo;
	const struct gcv_lexed **hits;
	atomic_uint_least32_t next;
	atomic_uint_least64_t digest;
	struct gcv_walk_tally tally;
};

struct worker {
	struct job *job;
	bool first;
	struct gcv_arena arena, words;
	struct gcv_reader reader;
};

/* The sum does not depend on the order in which the files are read. */
uint64_t gcv_walk_digest(const char *path, const struct gcv_hash *hash)
{
	struct gcv_hash both[2] = { gcv_hash_bytes(path, strlen(path)), *hash };
	struct gcv_hash sum = gcv_hash_bytes(both, sizeof(both));
	uint64_t number;

	memcpy(&number, sum.b, sizeof(number));
	return le64toh(number);
}

uint64_t gcv_walk_rest(const struct gcv_walk *walk)
{
	uint64_t rest = walk->digest;
	uint32_t i;

	for (i = 0; walk->digest && i < walk->nr_files; i++) {
		const struct gcv_walk_file *file = &walk->files[i];

		if (file->lexed && file->kind == GCV_WALK_C && !file->apart && file->has_hash)
			rest -= gcv_walk_digest(file->path, &file->hash);
	}
	return rest;
}

static void read_file(struct worker *worker, uint32_t index)
{
	struct job *job = worker->job;
	struct gcv_walk_file *file = &job->walk->files[index];
	struct gcv_hash hash;

	file->deferred = false;
	file->error = gcv_reader_read_path(&worker->reader, job->tree, file->path);
	if (!file->error) {
		gcv_reader_take(&worker->reader, job->names, job->hash_paths, &worker->arena, file);
		if (!file->lexed)
			job->hits[index] = gcv_reader_lex(&worker->reader, job->others, file->kind,
							  &worker->arena);
		hash = file->has_hash ? file->hash
				      : gcv_hash_bytes(worker->reader.buf, worker->reader.len);
		if (job->hits[index] && !file->has_hash) {
			file->has_hash = true;
			file->hash = hash;
		}
		if (job->want_words)
			file->words = gcv_words_new(worker->reader.buf, worker->reader.len,
						    &worker->words);
		atomic_fetch_add(&job->digest, gcv_walk_digest(file->path, &hash));
	}
	gcv_walk_tally_add(&job->tally, file->size_bytes, worker->first);
}

static void *work(void *arg)
{
	struct worker *worker = arg;
	struct job *job = worker->job;
	uint32_t from, i;

	while ((from = atomic_fetch_add(&job->next, CHUNK)) < job->nr_todo)
		for (i = from; i < job->nr_todo && i < from + CHUNK; i++)
			read_file(worker, job->todo[i]);
	gcv_reader_release(&worker->reader);
	return NULL;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct gcv_walk_failure *)a)->path,
		      ((const struct gcv_walk_failure *)b)->path);
}

/* Bring the walk's sums up to date. */
static void count(struct job *job, struct gcv_walk_hits *ret)
{
	struct gcv_walk *walk = job->walk;
	size_t cap = walk->nr_failures;
	uint32_t i, before = walk->nr_failures;

	for (i = 0; i < job->nr_todo; i++) {
		const struct gcv_walk_file *file = &walk->files[job->todo[i]];

		walk->nr_bytes += file->size_bytes;
		walk->nr_candidates += file->lexed != NULL;
		ret->nr += job->hits[job->todo[i]] != NULL;
		if (!file->error)
			continue;
		GCV_GROW(walk->failures, walk->nr_failures, cap);
		walk->failures[walk->nr_failures++] =
			(struct gcv_walk_failure){ file->path, file->error };
	}
	if (walk->nr_failures != before)
		qsort(walk->failures, walk->nr_failures, sizeof(*walk->failures), by_path);
}

void gcv_walk_finish(const struct gcv_tree *tree, struct gcv_walk *walk,
		     const struct gcv_names *names, const struct gcv_names *others,
		     const struct gcv_walk_options *options, struct gcv_walk_hits *ret)
{
	unsigned int i, nr = gcv_walk_threads(options->threads);
	GCV_AUTOFREE struct worker *workers = gcv_zalloc(nr, sizeof(*workers));
	GCV_AUTOFREE uint32_t *todo = gcv_zalloc(walk->nr_files, sizeof(*todo));
	struct job job = {
		.tree = tree,
		.walk = walk,
		.names = names,
		.others = others,
		.hash_paths = options->hash_paths,
		.want_words = options->words,
		.todo = todo,
		.hits = gcv_zalloc(walk->nr_files, sizeof(*job.hits)),
		.tally = { .progress = &options->progress },
	};
	uint32_t k;

	for (k = 0; k < walk->nr_files; k++)
		if (walk->files[k].deferred)
			todo[job.nr_todo++] = k;
	atomic_store(&job.tally.files, walk->nr_files - job.nr_todo);
	atomic_store(&job.tally.bytes, walk->nr_bytes);
	for (i = 0; i < nr; i++)
		workers[i] = (struct worker){ .job = &job, .first = !i };
	gcv_walk_run(work, workers, sizeof(*workers), nr);
	for (i = 0; i < nr; i++)
		gcv_walk_keep(walk, workers[i].arena, workers[i].words);
	*ret = (struct gcv_walk_hits){ .lexed = job.hits };
	walk->digest = atomic_load(&job.digest);
	count(&job, ret);
	if (options->progress.report)
		options->progress.report(options->progress.ctx, walk->nr_files, walk->nr_bytes);
}

void gcv_walk_hits_release(struct gcv_walk_hits *hits)
{
	free(hits->lexed);
	*hits = (struct gcv_walk_hits){ 0 };
}
