// SPDX-License-Identifier: GPL-2.0-only
#include "tree/walk_reader.h"
#include "tree/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define THREADS_MAX 64

static void make_room(struct gcv_reader *reader, size_t need)
{
	if (need <= reader->cap)
		return;
	/* The old contents are of no use: no realloc(), which would copy them. */
	free(reader->buf);
	reader->cap = need < 65536 ? 65536 : need + need / 2;
	reader->buf = gcv_malloc(reader->cap);
}

/* The reader's buffer holds @size bytes and one more, so that a file that grows is noticed. */
static const char *read_all(struct gcv_reader *reader, int fd, size_t size)
{
	reader->len = 0;
	for (;;) {
		ssize_t got = read(fd, reader->buf + reader->len, reader->cap - reader->len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return strerrordesc_np(errno);
		reader->len += (size_t)got;
		if (!got || reader->len == size)
			return NULL;
		if (reader->len == reader->cap)
			return "it grows while it is read";
	}
}

static const char *read_open(struct gcv_reader *reader, int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		return strerrordesc_np(errno);
	if (!S_ISREG(st.st_mode))
		return "it is not a regular file";
	if ((uint64_t)st.st_size > GCV_WALK_FILE_MAX)
		return "it is larger than 256 MiB";
	make_room(reader, (size_t)st.st_size + 1);
	return read_all(reader, fd, (size_t)st.st_size);
}

static void take_text(struct gcv_reader *reader, const char *text, size_t len)
{
	make_room(reader, len + 1);
	memcpy(reader->buf, text, len);
	reader->len = len;
}

const char *gcv_reader_read(struct gcv_reader *reader, const struct gcv_overlay *overlay,
			    const char *path, int dir_fd)
{
	const struct gcv_overlay_file *memory = gcv_overlay_find(overlay, path);
	const char *slash = strrchr(path, '/'), *error;
	int fd;

	if (memory) {
		take_text(reader, memory->text, memory->len);
		return NULL;
	}
	fd = openat(dir_fd, slash ? slash + 1 : path,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return strerrordesc_np(errno);
	error = read_open(reader, fd);
	close(fd);
	return error;
}

static void close_folder(struct gcv_reader *reader)
{
	if (reader->folder)
		close(reader->folder_fd);
	reader->folder = NULL;
}

/* Open the folder of @path unless it is the last one. Return: its descriptor or -1. */
static int open_folder(struct gcv_reader *reader, const struct gcv_tree *tree, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	char folder[PATH_MAX];
	int fd;

	if (reader->folder && len == reader->folder_len && !memcmp(reader->folder, path, len))
		return reader->folder_fd;
	close_folder(reader);
	if (len >= sizeof(folder)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(folder, path, len);
	folder[len] = '\0';
	fd = gcv_beneath_open(tree->fd, folder, O_RDONLY | O_DIRECTORY);
	if (fd < 0)
		return -1;
	reader->folder = path;
	reader->folder_len = len;
	reader->folder_fd = fd;
	return fd;
}

const char *gcv_reader_read_path(struct gcv_reader *reader, const struct gcv_tree *tree,
				 const char *path)
{
	int fd = open_folder(reader, tree, path);

	return fd < 0 ? strerrordesc_np(errno) : gcv_reader_read(reader, tree->overlay, path, fd);
}

const struct gcv_lexed *gcv_reader_lex(const struct gcv_reader *reader,
				       const struct gcv_names *names, enum gcv_walk_kind kind,
				       struct gcv_arena *arena)
{
	struct gcv_lexed *lexed;
	size_t pos = 0, offset;
	uint32_t name;

	if (!gcv_names_next(names, reader->buf, reader->len, &pos, &name, &offset))
		return NULL;
	lexed = gcv_arena_alloc(arena, sizeof(*lexed));
	gcv_lex(names, gcv_walk_language(kind), reader->buf, reader->len, arena, lexed);
	return lexed;
}

void gcv_reader_take(const struct gcv_reader *reader, const struct gcv_names *names,
		     const struct gcv_intern *hash_paths, struct gcv_arena *arena,
		     struct gcv_walk_file *file)
{
	const char *path = file->path;

	file->size_bytes = reader->len;
	file->lexed = gcv_reader_lex(reader, names, file->kind, arena);
	file->has_hash =
		file->lexed ||
		(hash_paths && gcv_intern_find(hash_paths, path, strlen(path)) != GCV_INTERN_NONE);
	if (file->has_hash)
		file->hash = gcv_hash_bytes(reader->buf, reader->len);
}

void gcv_reader_release(struct gcv_reader *reader)
{
	close_folder(reader);
	free(reader->buf);
	*reader = (struct gcv_reader){ 0 };
}

static void keep(struct gcv_arena **arenas, uint32_t *nr, struct gcv_arena arena)
{
	if (!arena.head)
		return;
	*arenas = gcv_realloc_array(*arenas, *nr + 1u, sizeof(**arenas));
	(*arenas)[(*nr)++] = arena;
}

void gcv_walk_keep(struct gcv_walk *walk, struct gcv_arena texts, struct gcv_arena words)
{
	keep(&walk->arenas, &walk->nr_arenas, texts);
	keep(&walk->word_arenas, &walk->nr_word_arenas, words);
}

void gcv_walk_tally_add(struct gcv_walk_tally *tally, uint64_t bytes, bool tell)
{
	uint64_t sum = atomic_fetch_add(&tally->bytes, bytes) + bytes;
	uint64_t files = atomic_fetch_add(&tally->files, 1) + 1;

	if (tell && tally->progress && tally->progress->report && files % 64 < 2)
		tally->progress->report(tally->progress->ctx, files, sum);
}

unsigned int gcv_walk_threads(unsigned int threads)
{
	long online = sysconf(_SC_NPROCESSORS_ONLN);

	if (!threads)
		threads = online > 0 ? (unsigned int)online : 1;
	return threads < THREADS_MAX ? threads : THREADS_MAX;
}

void gcv_walk_run(void *(*run)(void *worker), void *workers, size_t size_bytes, unsigned int nr)
{
	pthread_t threads[THREADS_MAX];
	unsigned int i, started = 1;

	for (i = 1; i < nr && i < THREADS_MAX; i++, started++)
		if (pthread_create(&threads[i], NULL, run, (char *)workers + i * size_bytes))
			break;
	run(workers);
	for (i = 1; i < started; i++)
		pthread_join(threads[i], NULL);
}
