// SPDX-License-Identifier: GPL-2.0-only
#include "tree/walk.h"
#include "tree/beneath.h"
#include "tree/walk_reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders that wait to be read. The walk is over when none waits and nobody is reading one. */
struct queue {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	const char **folders;
	size_t nr, cap;
	unsigned int busy;
};

struct job {
	const struct gcv_tree *tree;
	const struct gcv_names *names;
	const struct gcv_intern *hash_paths;
	bool defer;
	char (*paths)[PATH_MAX];
	size_t nr_paths;
	struct queue queue;
	struct gcv_walk_tally tally;
};

struct worker {
	struct job *job;
	bool first;
	struct gcv_arena arena;
	struct gcv_reader reader;
	struct gcv_walk_file *files;
	uint32_t nr_files, cap_files;
	struct gcv_walk_failure *failures;
	uint32_t nr_failures, cap_failures;
	uint32_t nr_links;
};

static bool ends_with(const char *name, const char *tail)
{
	size_t name_len = strlen(name), tail_len = strlen(tail);

	return name_len > tail_len && !strcmp(name + name_len - tail_len, tail);
}

static bool begins_with(const char *name, const char *head)
{
	return !strncmp(name, head, strlen(head));
}

enum gcv_walk_kind gcv_walk_kind_of(const char *name)
{
	if (ends_with(name, ".c"))
		return GCV_WALK_C;
	if (ends_with(name, ".h"))
		return GCV_WALK_H;
	if (ends_with(name, ".S"))
		return GCV_WALK_ASM;
	if (ends_with(name, ".inc"))
		return GCV_WALK_INC;
	if (begins_with(name, "Kconfig"))
		return GCV_WALK_KCONFIG;
	if (begins_with(name, "Makefile") || begins_with(name, "Kbuild"))
		return GCV_WALK_MAKEFILE;
	return GCV_WALK_NOT_SOURCE;
}

enum gcv_lex_language gcv_walk_language(enum gcv_walk_kind kind)
{
	switch (kind) {
	case GCV_WALK_ASM:
		return GCV_LEX_ASM;
	case GCV_WALK_KCONFIG:
	case GCV_WALK_MAKEFILE:
		return GCV_LEX_BUILD;
	default:
		return GCV_LEX_C;
	}
}

/* Is @path @folder or below it? */
static bool is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	if (!strcmp(folder, "."))
		return true;
	return !strncmp(path, folder, len) && (!path[len] || path[len] == '/');
}

static bool is_wanted_file(const struct job *job, const char *path)
{
	size_t i;

	for (i = 0; i < job->nr_paths; i++)
		if (is_below(path, job->paths[i]))
			return true;
	return !job->nr_paths;
}

static bool is_wanted_folder(const struct job *job, const char *path)
{
	size_t i;

	for (i = 0; i < job->nr_paths; i++)
		if (is_below(job->paths[i], path))
			return true;
	return is_wanted_file(job, path);
}

static void queue_push(struct queue *queue, const char *folder)
{
	pthread_mutex_lock(&queue->lock);
	GCV_GROW(queue->folders, queue->nr, queue->cap);
	queue->folders[queue->nr++] = folder;
	pthread_cond_signal(&queue->changed);
	pthread_mutex_unlock(&queue->lock);
}

/* Wait for a folder; NULL where the walk is over. The taker is busy until queue_done(). */
static const char *queue_take(struct queue *queue)
{
	const char *folder = NULL;

	pthread_mutex_lock(&queue->lock);
	while (!queue->nr && queue->busy)
		pthread_cond_wait(&queue->changed, &queue->lock);
	if (queue->nr) {
		folder = queue->folders[--queue->nr];
		queue->busy++;
	}
	pthread_mutex_unlock(&queue->lock);
	return folder;
}

static void queue_done(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	if (!--queue->busy && !queue->nr)
		pthread_cond_broadcast(&queue->changed);
	pthread_mutex_unlock(&queue->lock);
}

static void record_failure(struct worker *worker, const char *path, const char *text)
{
	GCV_GROW(worker->failures, worker->nr_failures, worker->cap_failures);
	worker->failures[worker->nr_failures++] = (struct gcv_walk_failure){ path, text };
}

static void read_file(struct worker *worker, int dir_fd, const char *path, enum gcv_walk_kind kind)
{
	struct job *job = worker->job;
	struct gcv_walk_file file = {
		.path = path,
		.kind = kind,
		.apart = begins_with(path, "tools/") || begins_with(path, "Documentation/"),
	};

	file.deferred = job->defer && kind == GCV_WALK_C && !file.apart;
	if (!file.deferred) {
		file.error = gcv_reader_read(&worker->reader, job->tree->overlay, path, dir_fd);
		if (file.error)
			record_failure(worker, path, file.error);
		else
			gcv_reader_take(&worker->reader, job->names, job->hash_paths,
					&worker->arena, &file);
		gcv_walk_tally_add(&job->tally, file.size_bytes, worker->first);
	}
	GCV_GROW(worker->files, worker->nr_files, worker->cap_files);
	worker->files[worker->nr_files++] = file;
}

static const char *join(struct gcv_arena *arena, const char *folder, const char *name)
{
	size_t folder_len = strlen(folder), name_len = strlen(name);
	char *path;

	if (!strcmp(folder, "."))
		return gcv_arena_strndup(arena, name, name_len);
	path = gcv_arena_alloc(arena, folder_len + name_len + 2);
	memcpy(path, folder, folder_len + 1);
	path[folder_len] = '/';
	memcpy(path + folder_len + 1, name, name_len + 1);
	return path;
}

static void visit(struct worker *worker, int dir_fd, const char *folder, const struct dirent *entry)
{
	enum gcv_walk_kind kind = gcv_walk_kind_of(entry->d_name);
	unsigned char type = entry->d_type;
	const char *path;
	struct stat st;

	if (entry->d_name[0] == '.')
		return;
	if (type == DT_UNKNOWN && !fstatat(dir_fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
		type = IFTODT(st.st_mode);
	if (type != DT_DIR && kind == GCV_WALK_NOT_SOURCE)
		return;
	worker->nr_links += type == DT_LNK;
	if (type != DT_DIR && type != DT_REG)
		return;
	path = join(&worker->arena, folder, entry->d_name);
	if (type == DT_DIR && is_wanted_folder(worker->job, path))
		queue_push(&worker->job->queue, path);
	else if (type == DT_REG && is_wanted_file(worker->job, path))
		read_file(worker, dir_fd, path, kind);
}

static void read_folder(struct worker *worker, const char *folder)
{
	int fd = gcv_beneath_open(worker->job->tree->fd, folder, O_RDONLY | O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!dir) {
		record_failure(worker, folder, strerrordesc_np(errno));
		if (fd >= 0)
			close(fd);
		return;
	}
	while (errno = 0, (entry = readdir(dir)))
		visit(worker, fd, folder, entry);
	if (errno)
		record_failure(worker, folder, strerrordesc_np(errno));
	closedir(dir);
}

static void *work(void *arg)
{
	struct worker *worker = arg;
	const char *folder;

	while ((folder = queue_take(&worker->job->queue))) {
		read_folder(worker, folder);
		queue_done(&worker->job->queue);
	}
	gcv_reader_release(&worker->reader);
	return NULL;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct gcv_walk_file *)a)->path,
		      ((const struct gcv_walk_file *)b)->path);
}

static int by_failed_path(const void *a, const void *b)
{
	return strcmp(((const struct gcv_walk_failure *)a)->path,
		      ((const struct gcv_walk_failure *)b)->path);
}

static void count_worker(struct gcv_walk *walk, const struct worker *worker)
{
	uint32_t i;

	walk->nr_files += worker->nr_files;
	walk->nr_failures += worker->nr_failures;
	walk->nr_links += worker->nr_links;
	for (i = 0; i < worker->nr_files; i++) {
		walk->nr_candidates += worker->files[i].lexed != NULL;
		walk->nr_bytes += worker->files[i].size_bytes;
	}
}

/* Append @nr elements of @size bytes to what is at @to; @from is freed. */
static void *move(void *to, void *from, size_t nr, size_t size)
{
	if (nr)
		memcpy(to, from, nr * size);
	free(from);
	return (char *)to + nr * size;
}

/* Put together what the workers found, and free them. */
static void collect(struct worker *workers, unsigned int nr, struct gcv_walk *ret)
{
	struct gcv_walk walk = { .nr_arenas = nr };
	struct gcv_walk_failure *failure;
	struct gcv_walk_file *file;
	unsigned int i;

	for (i = 0; i < nr; i++)
		count_worker(&walk, &workers[i]);
	file = walk.files = gcv_zalloc(walk.nr_files, sizeof(*file));
	failure = walk.failures = gcv_zalloc(walk.nr_failures, sizeof(*failure));
	walk.arenas = gcv_zalloc(nr, sizeof(*walk.arenas));
	for (i = 0; i < nr; i++) {
		file = move(file, workers[i].files, workers[i].nr_files, sizeof(*file));
		failure = move(failure, workers[i].failures, workers[i].nr_failures,
			       sizeof(*failure));
		walk.arenas[i] = workers[i].arena;
	}
	qsort(walk.files, walk.nr_files, sizeof(*file), by_path);
	qsort(walk.failures, walk.nr_failures, sizeof(*failure), by_failed_path);
	*ret = walk;
}

static enum gcv_status fold_paths(struct job *job, const struct gcv_walk_options *options,
				  struct gcv_err *err)
{
	size_t i;

	for (i = 0; i < options->nr_paths; i++)
		if (!gcv_beneath_fold(options->paths[i], job->paths[i]) ||
		    !gcv_tree_exists(job->tree, job->paths[i]))
			return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s is not in the tree %s",
					   options->paths[i], job->tree->root);
	return GCV_OK;
}

enum gcv_status gcv_walk(const struct gcv_tree *tree, const struct gcv_names *names,
			 const struct gcv_walk_options *options, struct gcv_walk *ret,
			 struct gcv_err *err)
{
	unsigned int i, nr = gcv_walk_threads(options->threads);
	GCV_AUTOFREE struct worker *workers = gcv_zalloc(nr, sizeof(*workers));
	GCV_AUTOFREE char(*paths)[PATH_MAX] = gcv_zalloc(options->nr_paths, sizeof(*paths));
	struct job job = {
		.tree = tree,
		.names = names,
		.hash_paths = options->hash_paths,
		.defer = options->defer,
		.paths = paths,
		.nr_paths = options->nr_paths,
		.queue = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER },
		.tally = { .progress = &options->progress },
	};
	enum gcv_status status = fold_paths(&job, options, err);

	if (status != GCV_OK)
		return status;
	for (i = 0; i < nr; i++)
		workers[i] = (struct worker){ .job = &job, .first = !i };
	queue_push(&job.queue, ".");
	gcv_walk_run(work, workers, sizeof(*workers), nr);
	free(job.queue.folders);
	collect(workers, nr, ret);
	if (options->progress.report && !options->defer)
		options->progress.report(options->progress.ctx, ret->nr_files, ret->nr_bytes);
	return GCV_OK;
}

const struct gcv_walk_file *gcv_walk_find(const struct gcv_walk *walk, const char *path)
{
	struct gcv_walk_file key = { .path = path };

	return bsearch(&key, walk->files, walk->nr_files, sizeof(key), by_path);
}

void gcv_walk_forget_words(struct gcv_walk *walk)
{
	uint32_t i;

	for (i = 0; i < walk->nr_files; i++)
		walk->files[i].words = NULL;
	for (i = 0; i < walk->nr_word_arenas; i++)
		gcv_arena_release(&walk->word_arenas[i]);
	free(walk->word_arenas);
	walk->word_arenas = NULL;
	walk->nr_word_arenas = 0;
}

void gcv_walk_release(struct gcv_walk *walk)
{
	uint32_t i;

	gcv_walk_forget_words(walk);
	for (i = 0; i < walk->nr_arenas; i++)
		gcv_arena_release(&walk->arenas[i]);
	free(walk->arenas);
	free(walk->files);
	free(walk->failures);
	*walk = (struct gcv_walk){ 0 };
}
