// SPDX-License-Identifier: GPL-2.0-only
#include "track/mbox.h"

#include "base/alloc.h"
#include "track/mbox_split.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** CHUNK_BYTES - so much is read at once */
#define CHUNK_BYTES (64u << 10)

static enum gcv_status check_packed(const char *bytes, size_t len, const char *name,
				    struct gcv_err *err)
{
	if (len >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0)
		return gcv_err_set(err, GCV_ERR_FORMAT, "%s is compressed: unpack it first", name);
	return GCV_OK;
}

enum gcv_status gcv_mbox_each_of_text(const char *text, size_t len_bytes, const char *name,
				      gcv_mbox_fn *fn, void *data, uint32_t *ret_nr,
				      struct gcv_err *err)
{
	struct gcv_mbox_split s = { .fn = fn, .data = data };
	enum gcv_status st = check_packed(text, len_bytes, name, err);

	if (st == GCV_OK)
		st = gcv_mbox_split_add(&s, text, len_bytes, err);
	if (st == GCV_OK)
		st = gcv_mbox_split_end(&s, err);
	if (st == GCV_OK)
		*ret_nr = s.nr;
	gcv_mbox_split_release(&s);
	return st;
}

static enum gcv_status read_fd(int fd, const char *name, struct gcv_mbox_split *s,
			       struct gcv_err *err)
{
	GCV_AUTOFREE char *chunk = gcv_malloc(CHUNK_BYTES);
	enum gcv_status st = GCV_OK;
	bool is_first = true;
	ssize_t got;

	while (st == GCV_OK && (got = read(fd, chunk, CHUNK_BYTES)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return gcv_err_sys(err, "cannot read %s", name);
		if (is_first)
			st = check_packed(chunk, (size_t)got, name, err);
		is_first = false;
		if (st == GCV_OK)
			st = gcv_mbox_split_add(s, chunk, (size_t)got, err);
	}
	return st == GCV_OK ? gcv_mbox_split_end(s, err) : st;
}

/** struct folder - files of a folder while they are read */
struct folder {
	gcv_mbox_fn *fn;
	void *data;
	uint32_t nr, nr_files;
};

static enum gcv_status read_file(struct folder *f, int fd, const char *name, struct gcv_err *err)
{
	struct gcv_mbox_split s = { .fn = f->fn, .data = f->data };
	enum gcv_status st = read_fd(fd, name, &s, err);

	f->nr += s.nr;
	f->nr_files++;
	gcv_mbox_split_release(&s);
	return st;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_mail_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (strcmp(dot, ".eml") == 0 || strcmp(dot, ".patch") == 0 ||
		       strcmp(dot, ".mbox") == 0);
}

/* Names of a folder that is open; the caller frees them, after a failure too. */
static enum gcv_status list_names(int dir, const char *path, bool is_maildir, char ***ret,
				  size_t *ret_nr, struct gcv_err *err)
{
	int own = fcntl(dir, F_DUPFD_CLOEXEC, 0);
	DIR *stream = own < 0 ? NULL : fdopendir(own);
	const struct dirent *entry;
	char **names = NULL;
	size_t nr = 0, cap = 0;

	if (!stream) {
		gcv_err_sys(err, "cannot read %s", path);
		if (own >= 0)
			close(own);
		return GCV_ERR_IO;
	}
	while (errno = 0, (entry = readdir(stream))) {
		if (*entry->d_name == '.' || (!is_maildir && !is_mail_name(entry->d_name)))
			continue;
		GCV_GROW(names, nr, cap);
		names[nr++] = gcv_strdup(entry->d_name);
	}
	*ret = names;
	*ret_nr = nr;
	if (errno) {
		gcv_err_sys(err, "cannot read %s", path);
		closedir(stream);
		return GCV_ERR_IO;
	}
	closedir(stream);
	if (nr)
		qsort(names, nr, sizeof(*names), by_name);
	return GCV_OK;
}

static enum gcv_status read_named(struct folder *f, int dir, const char *path, const char *name,
				  struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf full = { 0 };
	enum gcv_status st = GCV_OK;
	struct stat stat;
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	gcv_strbuf_addf(&full, "%s/%s", path, name);
	if (fd < 0)
		return errno == ELOOP || errno == ENOENT || errno == ENXIO
			       ? GCV_OK
			       : gcv_err_sys(err, "cannot open %s", full.buf);
	if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode))
		st = read_file(f, fd, full.buf, err);
	close(fd);
	return st;
}

static enum gcv_status read_folder(struct folder *f, int dir, const char *path, bool is_maildir,
				   struct gcv_err *err)
{
	size_t nr = 0, i;
	char **names = NULL;
	enum gcv_status st = list_names(dir, path, is_maildir, &names, &nr, err);

	for (i = 0; i < nr; i++) {
		if (st == GCV_OK)
			st = read_named(f, dir, path, names[i], err);
		free(names[i]);
	}
	free(names);
	return st;
}

/* A maildir has its mails in cur and new. */
static enum gcv_status read_all(struct folder *f, int dir, const char *path, struct gcv_err *err)
{
	static const char *const parts[] = { "cur", "new" };
	enum gcv_status st = GCV_OK;
	bool is_maildir = false;
	size_t i;

	for (i = 0; st == GCV_OK && i < 2; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf full = { 0 };
		int part = openat(dir, parts[i], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		if (part < 0)
			continue;
		is_maildir = true;
		gcv_strbuf_addf(&full, "%s/%s", path, parts[i]);
		st = read_folder(f, part, full.buf, true, err);
		close(part);
	}
	if (!is_maildir)
		st = read_folder(f, dir, path, false, err);
	if (st == GCV_OK && !is_maildir && !f->nr_files)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND,
				   "%s is no maildir, and has no *.eml, *.patch or *.mbox", path);
	return st;
}

enum gcv_status gcv_mbox_each(const char *path, gcv_mbox_fn *fn, void *data, uint32_t *ret_nr,
			      struct gcv_err *err)
{
	struct folder f = { .fn = fn, .data = data };
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	enum gcv_status st;
	struct stat stat;

	if (fd < 0 && errno == ENOENT)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "there is no file %s", path);
	if (fd < 0)
		return gcv_err_sys(err, "cannot open %s", path);
	if (fstat(fd, &stat) == 0 && S_ISDIR(stat.st_mode))
		st = read_all(&f, fd, path, err);
	else
		st = read_file(&f, fd, is_stdin ? "standard input" : path, err);
	if (!is_stdin)
		close(fd);
	if (st == GCV_OK)
		*ret_nr = f.nr;
	return st;
}
