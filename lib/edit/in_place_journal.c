// SPDX-License-Identifier: GPL-2.0-only
#include "edit/in_place_journal.h"

#include "edit/in_place_file.h"
#include "tree/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * gupconv-rewrite 1 NR LF, then for each file
 * LENGTH-OF-PATH LENGTH-OF-OLD-TEXT LENGTH-OF-NEW-TEXT LF path old text new text LF
 */
#define MAGIC "gupconv-rewrite 1 "

/** UNFINISHED - its name while it is written */
#define UNFINISHED GCV_JOURNAL_NAME ".tmp"

/** MAX_BYTES - the largest journal that is read: old and new texts of a tree-wide change */
#define MAX_BYTES ((size_t)512 << 20)

static void print(const struct gcv_replaced_file *files, uint32_t nr, struct gcv_strbuf *out)
{
	uint32_t i;

	gcv_strbuf_addf(out, MAGIC "%" PRIu32 "\n", nr);
	for (i = 0; i < nr; i++) {
		const struct gcv_replaced_file *f = &files[i];

		gcv_strbuf_addf(out, "%zu %zu %zu\n%s", strlen(f->path), f->old_len, f->new_len,
				f->path);
		gcv_strbuf_add(out, f->old_text, f->old_len);
		gcv_strbuf_add(out, f->new_text, f->new_len);
		gcv_strbuf_addch(out, '\n');
	}
}

enum gcv_status gcv_journal_write(const struct gcv_tree *tree,
				  const struct gcv_replaced_file *files, uint32_t nr,
				  struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	bool is_good;
	int fd;

	print(files, nr, &text);
	unlinkat(tree->fd, UNFINISHED, 0);
	fd = openat(tree->fd, UNFINISHED, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    0600);
	if (fd < 0)
		return gcv_err_sys(err, "cannot write %s/%s", tree->root, UNFINISHED);
	is_good = gcv_place_write_all(fd, text.buf, text.len) && fsync(fd) == 0;
	if (close(fd) != 0)
		is_good = false;
	is_good = is_good && renameat(tree->fd, UNFINISHED, tree->fd, GCV_JOURNAL_NAME) == 0 &&
		  gcv_place_sync(tree->fd);
	if (is_good)
		return GCV_OK;
	gcv_err_sys(err, "cannot write %s/%s", tree->root, GCV_JOURNAL_NAME);
	unlinkat(tree->fd, UNFINISHED, 0);
	unlinkat(tree->fd, GCV_JOURNAL_NAME, 0);
	return GCV_ERR_IO;
}

bool gcv_journal_exists(const struct gcv_tree *tree)
{
	struct stat info;

	return fstatat(tree->fd, GCV_JOURNAL_NAME, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

/** struct reader - where a journal is read */
struct reader {
	const char *at, *end;
};

/* A number and the character behind it. */
static bool take_number(struct reader *r, char behind, size_t *ret)
{
	size_t value = 0;
	const char *at = r->at;

	for (; at < r->end && *at >= '0' && *at <= '9'; at++) {
		if (value > MAX_BYTES)
			return false;
		value = value * 10 + (size_t)(*at - '0');
	}
	if (at == r->at || at == r->end || *at != behind)
		return false;
	r->at = at + 1;
	*ret = value;
	return true;
}

static bool take_bytes(struct reader *r, size_t len, const char **ret)
{
	if (len > (size_t)(r->end - r->at))
		return false;
	*ret = r->at;
	r->at += len;
	return true;
}

static bool take_file(struct reader *r, struct gcv_arena *arena, struct gcv_replaced_file *ret)
{
	size_t path_len;
	const char *path, *line_end;
	char folded[PATH_MAX];

	if (!take_number(r, ' ', &path_len) || !take_number(r, ' ', &ret->old_len) ||
	    !take_number(r, '\n', &ret->new_len) || !take_bytes(r, path_len, &path) ||
	    !take_bytes(r, ret->old_len, &ret->old_text) ||
	    !take_bytes(r, ret->new_len, &ret->new_text) || !take_bytes(r, 1, &line_end))
		return false;
	ret->path = gcv_arena_strndup(arena, path, path_len);
	return *line_end == '\n' && strlen(ret->path) == path_len &&
	       gcv_beneath_fold(ret->path, folded) && strcmp(folded, ret->path) == 0 &&
	       strcmp(folded, ".") != 0;
}

static int compare_paths(const void *a, const void *b)
{
	const struct gcv_replaced_file *const *left = a, *const *right = b;

	return strcmp((*left)->path, (*right)->path);
}

static bool are_different(const struct gcv_replaced_file *files, uint32_t nr)
{
	GCV_AUTOFREE const struct gcv_replaced_file **order =
		gcv_zalloc((size_t)nr + 1, sizeof(*order));
	uint32_t i;

	for (i = 0; i < nr; i++)
		order[i] = &files[i];
	qsort(order, nr, sizeof(*order), compare_paths);
	for (i = 1; i < nr; i++)
		if (compare_paths(&order[i - 1], &order[i]) == 0)
			return false;
	return true;
}

static bool parse(struct gcv_journal *j)
{
	struct reader r = { j->text.buf, j->text.buf + j->text.len };
	const char *magic;
	size_t nr;

	/* A file takes eight bytes at the least: no more memory is asked for than was read. */
	if (!j->text.len || !take_bytes(&r, strlen(MAGIC), &magic) ||
	    memcmp(magic, MAGIC, strlen(MAGIC)) != 0 || !take_number(&r, '\n', &nr) ||
	    nr > j->text.len / 8)
		return false;
	j->files = gcv_zalloc(nr + 1, sizeof(*j->files));
	for (; j->nr < nr; j->nr++)
		if (!take_file(&r, &j->arena, &j->files[j->nr]))
			return false;
	return r.at == r.end && are_different(j->files, j->nr);
}

enum gcv_status gcv_journal_read(const struct gcv_tree *tree, struct gcv_journal *ret,
				 struct gcv_err *err)
{
	int fd = openat(tree->fd, GCV_JOURNAL_NAME,
			O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct gcv_journal journal = { 0 };
	enum gcv_status st;
	struct stat info;

	if (fd < 0 && errno == ENOENT)
		return GCV_ERR_NOT_FOUND;
	if (fd < 0)
		return gcv_err_sys(err, "cannot open %s/%s", tree->root, GCV_JOURNAL_NAME);
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
		st = gcv_err_set(err, GCV_ERR_IO, "%s/%s is not a regular file", tree->root,
				 GCV_JOURNAL_NAME);
	else
		st = gcv_strbuf_read_fd(&journal.text, fd, MAX_BYTES, GCV_JOURNAL_NAME, err);
	close(fd);
	if (st == GCV_OK && !parse(&journal))
		st = gcv_err_set(err, GCV_ERR_FORMAT,
				 "%s/%s is damaged: put the files in order, and delete it",
				 tree->root, GCV_JOURNAL_NAME);
	if (st == GCV_OK)
		*ret = journal;
	else
		gcv_journal_release(&journal);
	return st;
}

enum gcv_status gcv_journal_remove(const struct gcv_tree *tree, struct gcv_err *err)
{
	if (unlinkat(tree->fd, GCV_JOURNAL_NAME, 0) != 0)
		return gcv_err_sys(err, "cannot delete %s/%s", tree->root, GCV_JOURNAL_NAME);
	/* One that comes back with the power does no harm: all files are new, or all old. */
	gcv_place_sync(tree->fd);
	return GCV_OK;
}

void gcv_journal_release(struct gcv_journal *journal)
{
	gcv_strbuf_release(&journal->text);
	gcv_arena_release(&journal->arena);
	free(journal->files);
	*journal = (struct gcv_journal){ 0 };
}
