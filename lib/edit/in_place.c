// SPDX-License-Identifier: GPL-2.0-only
#include "edit/in_place.h"

#include "tree/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** struct place - where a file is replaced */
struct place {
	const struct gcv_replaced_file *file;
	const char *name; /* without folder, part of file->path */
	char *fresh;	  /* name of the file with the new text, beside it */
	int folder;
	mode_t mode;
	bool is_written, is_replaced;
};

static enum gcv_status open_folder(const struct gcv_tree *tree, struct place *p,
				   struct gcv_err *err)
{
	const char *slash = strrchr(p->file->path, '/');
	GCV_AUTOFREE char *folder = slash ? strndup(p->file->path, (size_t)(slash - p->file->path))
					  : strdup(".");

	p->name = slash ? slash + 1 : p->file->path;
	p->folder = folder ? gcv_beneath_open(tree->fd, folder, O_RDONLY | O_DIRECTORY) : -1;
	if (p->folder < 0)
		return gcv_err_sys(err, "cannot open the folder of %s", p->file->path);
	if (asprintf(&p->fresh, ".%s.gupconv-%ld", p->name, (long)getpid()) < 0) {
		p->fresh = NULL;
		return gcv_err_sys(err, "%s", p->file->path);
	}
	return GCV_OK;
}

/* The file must be what the edit was made from, and nothing else than a file. */
static enum gcv_status check_old(struct place *p, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	int fd = openat(p->folder, p->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	enum gcv_status st;
	struct stat info;

	if (fd < 0)
		return gcv_err_sys(err, "cannot open %s", p->file->path);
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
		close(fd);
		return gcv_err_set(err, GCV_ERR_IO, "%s is not a regular file", p->file->path);
	}
	p->mode = info.st_mode & 07777;
	st = gcv_strbuf_read_fd(&text, fd, GCV_TREE_READ_MAX, p->file->path, err);
	close(fd);
	if (st == GCV_OK && (text.len != p->file->old_len ||
			     (text.len && memcmp(text.buf, p->file->old_text, text.len) != 0)))
		return gcv_err_set(err, GCV_ERR_IO, "%s has changed in the meantime",
				   p->file->path);
	return st;
}

static bool write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t done = write(fd, text, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		text += done;
		len -= (size_t)done;
	}
	return true;
}

static enum gcv_status write_fresh(struct place *p, const char *text, size_t len,
				   struct gcv_err *err)
{
	int fd = openat(p->folder, p->fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			0600);
	bool is_good;

	if (fd < 0)
		return gcv_err_sys(err, "cannot write beside %s", p->file->path);
	p->is_written = true;
	is_good = write_all(fd, text, len) && fchmod(fd, p->mode) == 0 && fsync(fd) == 0;
	if (!is_good)
		gcv_err_sys(err, "cannot write beside %s", p->file->path);
	if (close(fd) != 0 && is_good) {
		gcv_err_sys(err, "cannot write beside %s", p->file->path);
		is_good = false;
	}
	return is_good ? GCV_OK : GCV_ERR_IO;
}

static enum gcv_status swap(struct place *p, struct gcv_err *err)
{
	if (renameat(p->folder, p->fresh, p->folder, p->name) != 0)
		return gcv_err_sys(err, "cannot replace %s", p->file->path);
	p->is_written = false;
	return GCV_OK;
}

/* A failure here is worse than the one that led here, so it is the one that is told. */
static void put_back(struct place *places, uint32_t nr, struct gcv_err *err)
{
	uint32_t i;

	for (i = 0; i < nr; i++) {
		struct gcv_err why;

		if (!places[i].is_replaced)
			continue;
		if (write_fresh(&places[i], places[i].file->old_text, places[i].file->old_len,
				&why) != GCV_OK ||
		    swap(&places[i], &why) != GCV_OK)
			gcv_err_set(err, GCV_ERR_IO, "%s was replaced and cannot be put back: %s",
				    places[i].file->path, why.text);
	}
}

static void clean(struct place *places, uint32_t nr)
{
	uint32_t i;

	for (i = 0; i < nr; i++) {
		if (places[i].is_written)
			unlinkat(places[i].folder, places[i].fresh, 0);
		if (places[i].folder >= 0)
			close(places[i].folder);
		free(places[i].fresh);
	}
	free(places);
}

enum gcv_status gcv_in_place_replace(const struct gcv_tree *tree,
				     const struct gcv_replaced_file *files, uint32_t nr,
				     struct gcv_err *err)
{
	struct place *places = gcv_zalloc(nr + 1, sizeof(*places));
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < nr; i++)
		places[i] = (struct place){ .file = &files[i], .folder = -1 };
	for (i = 0; st == GCV_OK && i < nr; i++) {
		st = open_folder(tree, &places[i], err);
		if (st == GCV_OK)
			st = check_old(&places[i], err);
		if (st == GCV_OK)
			st = write_fresh(&places[i], files[i].new_text, files[i].new_len, err);
	}
	for (i = 0; st == GCV_OK && i < nr; i++) {
		st = swap(&places[i], err);
		places[i].is_replaced = st == GCV_OK;
	}
	if (st != GCV_OK)
		put_back(places, nr, err);
	for (i = 0; st == GCV_OK && i < nr; i++)
		fsync(places[i].folder);
	clean(places, nr);
	return st;
}
