// SPDX-License-Identifier: GPL-2.0-only
#include "tree/walk.h"
#include "tree/walk_reader.h"

#include <stdlib.h>
#include <string.h>

/* So many neighbours in the list are looked at by one thread: they share folders. */
#define CHUNK 64

/* @hashes: of the names, for struct gcv_words; @hits: as in struct gcv_walk_hits. */
struct job {
	const struct gcv_tree *tree;
	struct gcv_walk *walk;
	const struct gcv_names *names;
	const bool *only;
	uint64_t *hashes;
	const struct gcv_lexed **hits;
	atomic_uint_least32_t next;
};

struct worker {
	struct job *job;
	struct gcv_arena arena, words;
	struct gcv_reader reader;
};

static bool may_have_any(const struct job *job, const struct gcv_words *words)
{
	uint32_t i, nr = gcv_names_nr(job->names);

	for (i = 0; i < nr; i++)
		if (gcv_words_may_have(words, job->hashes[i]))
			return true;
	return false;
}

/* To go by the words of a text costs less than to look for all names in it. */
static void search_file(struct worker *worker, uint32_t index)
{
	struct job *job = worker->job;
	struct gcv_walk_file *file = &job->walk->files[index];
	struct gcv_reader *reader = &worker->reader;

	if ((job->only && !job->only[index]) || file->kind != GCV_WALK_C || file->apart ||
	    file->error || (file->words && !may_have_any(job, file->words)) ||
	    gcv_reader_read_path(reader, job->tree, file->path))
		return;
	if (!file->words && !job->only) {
		file->words = gcv_words_new(reader->buf, reader->len, &worker->words);
		if (!may_have_any(job, file->words))
			return;
	}
	job->hits[index] = gcv_reader_lex(reader, job->names, file->kind, &worker->arena);
	if (job->hits[index] && !file->has_hash) {
		file->hash = gcv_hash_bytes(reader->buf, reader->len);
		file->has_hash = true;
	}
}

static void *work(void *arg)
{
	struct worker *worker = arg;
	struct job *job = worker->job;
	uint32_t from, i;

	while ((from = atomic_fetch_add(&job->next, CHUNK)) < job->walk->nr_files)
		for (i = from; i < job->walk->nr_files && i < from + CHUNK; i++)
			search_file(worker, i);
	gcv_reader_release(&worker->reader);
	return NULL;
}

void gcv_walk_search(const struct gcv_tree *tree, struct gcv_walk *walk,
		     const struct gcv_names *names, const bool *only, unsigned int threads,
		     struct gcv_walk_hits *ret)
{
	unsigned int i, nr = gcv_walk_threads(threads);
	uint32_t k, nr_names = gcv_names_nr(names);
	GCV_AUTOFREE struct worker *workers = gcv_zalloc(nr, sizeof(*workers));
	GCV_AUTOFREE uint64_t *hashes = gcv_zalloc(nr_names, sizeof(*hashes));
	struct job job = {
		.tree = tree,
		.walk = walk,
		.names = names,
		.only = only,
		.hashes = hashes,
		.hits = gcv_zalloc(walk->nr_files, sizeof(*job.hits)),
	};

	for (k = 0; k < nr_names; k++)
		hashes[k] = gcv_words_hash(gcv_names_str(names, k), gcv_names_len(names, k));
	for (i = 0; i < nr; i++)
		workers[i] = (struct worker){ .job = &job };
	gcv_walk_run(work, workers, sizeof(*workers), nr);
	for (i = 0; i < nr; i++)
		gcv_walk_keep(walk, workers[i].arena, workers[i].words);
	*ret = (struct gcv_walk_hits){ .lexed = job.hits };
	for (k = 0; k < walk->nr_files; k++)
		ret->nr += job.hits[k] != NULL;
}
