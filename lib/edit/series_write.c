// SPDX-License-Identifier: GPL-2.0-only
#include "edit/series.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How often another name for the folder beside is tried. */
#define NAMES_MAX 1000

/* A folder being filled, and the paths in it, for the way back. */
struct draft {
	char *path; /* the folder beside the one that is wanted */
	char **made;
	size_t nr, cap;
};

static void remember(struct draft *draft, const struct gcv_strbuf *path)
{
	GCV_GROW(draft->made, draft->nr, draft->cap);
	draft->made[draft->nr++] = gcv_strdup(path->buf);
}

/* Take back everything, the newest first, so that folders are empty when their turn comes. */
static void discard(struct draft *draft)
{
	while (draft->nr) {
		remove(draft->made[--draft->nr]);
		free(draft->made[draft->nr]);
	}
	if (draft->path)
		rmdir(draft->path);
}

static void release(struct draft *draft)
{
	size_t i;

	for (i = 0; i < draft->nr; i++)
		free(draft->made[i]);
	free(draft->made);
	free(draft->path);
}

/* "DIR.tmp-1234-0": on the same file system, with the rights that a new folder gets. */
static enum gcv_status make_beside(const char *dir, struct draft *draft, struct gcv_err *err)
{
	unsigned int i;

	for (i = 0; i < NAMES_MAX; i++) {
		struct gcv_strbuf name = { 0 };

		gcv_strbuf_addf(&name, "%s.tmp-%ld-%u", dir, (long)getpid(), i);
		if (mkdir(name.buf, 0777) == 0) {
			draft->path = gcv_strbuf_detach(&name);
			return GCV_OK;
		}
		gcv_strbuf_release(&name);
		if (errno != EEXIST)
			break;
	}
	return gcv_err_sys(err, "cannot make a folder beside %s", dir);
}

static enum gcv_status sync_folder(const char *path, struct gcv_err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum gcv_status status = GCV_OK;

	if (fd < 0)
		return gcv_err_sys(err, "cannot open %s", path);
	if (fsync(fd) != 0 && errno != EINVAL)
		status = gcv_err_sys(err, "cannot write %s", path);
	close(fd);
	return status;
}

static enum gcv_status write_all(int fd, const char *path, const char *text, size_t len,
				 struct gcv_err *err)
{
	while (len) {
		ssize_t nr = write(fd, text, len);

		if (nr < 0 && errno == EINTR)
			continue;
		if (nr < 0)
			return gcv_err_sys(err, "cannot write %s", path);
		text += nr;
		len -= (size_t)nr;
	}
	if (fsync(fd) != 0)
		return gcv_err_sys(err, "cannot write %s", path);
	return GCV_OK;
}

static enum gcv_status write_mail(struct draft *draft, const char *folder,
				  const struct gcv_series *series, size_t index,
				  struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf mail = { 0 }, path = { 0 };
	enum gcv_status status = gcv_series_mail(series, index, &mail, err);
	int fd;

	if (status != GCV_OK)
		return status;
	gcv_strbuf_addf(&path, "%s/", folder);
	gcv_series_file_name(series, index, &path);
	fd = open(path.buf, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return gcv_err_sys(err, "cannot make %s", path.buf);
	remember(draft, &path);
	status = write_all(fd, path.buf, mail.buf, mail.len, err);
	if (close(fd) != 0 && status == GCV_OK)
		status = gcv_err_sys(err, "cannot write %s", path.buf);
	return status;
}

static enum gcv_status write_series(struct draft *draft, const char *folder,
				    const struct gcv_series *series, struct gcv_err *err)
{
	enum gcv_status status = GCV_OK;
	size_t i;

	for (i = 0; i <= series->nr && status == GCV_OK; i++)
		status = write_mail(draft, folder, series, i, err);
	return status == GCV_OK ? sync_folder(folder, err) : status;
}

static enum gcv_status write_batches(struct draft *draft, const struct gcv_series *batches,
				     size_t nr, struct gcv_err *err)
{
	enum gcv_status status = GCV_OK;
	size_t i;

	if (nr == 1)
		return write_series(draft, draft->path, batches, err);
	for (i = 0; i < nr && status == GCV_OK; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf folder = { 0 };

		gcv_strbuf_addf(&folder, "%s/%zu", draft->path, i + 1);
		if (mkdir(folder.buf, 0777) != 0)
			return gcv_err_sys(err, "cannot make %s", folder.buf);
		remember(draft, &folder);
		status = write_series(draft, folder.buf, &batches[i], err);
	}
	return status == GCV_OK ? sync_folder(draft->path, err) : status;
}

/* rename() replaces an empty folder, and nothing else. */
static enum gcv_status put_in_place(const struct draft *draft, const char *dir, struct gcv_err *err)
{
	if (rename(draft->path, dir) == 0)
		return GCV_OK;
	if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
		return gcv_err_set(err, GCV_ERR_USAGE,
				   "%s is there already and is no empty folder: it stays as it is",
				   dir);
	return gcv_err_sys(err, "cannot make %s", dir);
}

enum gcv_status gcv_series_write(const struct gcv_series *batches, size_t nr, const char *dir,
				 struct gcv_err *err)
{
	GCV_AUTOFREE char *name = gcv_strdup(dir);
	struct draft draft = { 0 };
	enum gcv_status status;
	size_t len = strlen(name);

	while (len > 1 && name[len - 1] == '/')
		name[--len] = '\0';
	status = make_beside(name, &draft, err);
	if (!draft.path)
		return status;
	status = write_batches(&draft, batches, nr, err);
	if (status == GCV_OK)
		status = put_in_place(&draft, name, err);
	if (status != GCV_OK)
		discard(&draft);
	release(&draft);
	return status;
}
