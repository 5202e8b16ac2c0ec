// SPDX-License-Identifier: GPL-2.0-only
#include "edit/in_place_file.h"

#include "base/alloc.h"
#include "tree/beneath.h"
#include "tree/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum gcv_status gcv_place_open(struct gcv_place *place, int tree_fd, const char *path,
			       struct gcv_err *err)
{
	const char *slash = strrchr(path, '/');
	GCV_AUTOFREE char *folder = gcv_strdup(slash ? path : ".");

	if (slash)
		folder[slash - path] = '\0';
	*place = (struct gcv_place){ .path = path, .name = slash ? slash + 1 : path };
	place->folder = gcv_beneath_open(tree_fd, folder, O_RDONLY | O_DIRECTORY);
	if (place->folder < 0)
		return gcv_err_sys(err, "cannot open the folder of %s", path);
	if (asprintf(&place->fresh, ".%s.gupconv-new", place->name) < 0) {
		place->fresh = NULL;
		return gcv_err_sys(err, "%s", path);
	}
	return GCV_OK;
}

enum gcv_status gcv_place_read(struct gcv_place *place, struct gcv_strbuf *ret_text,
			       struct gcv_err *err)
{
	int fd = openat(place->folder, place->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	enum gcv_status st;
	struct stat info;

	if (fd < 0)
		return gcv_err_sys(err, "cannot open %s", place->path);
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
		close(fd);
		return gcv_err_set(err, GCV_ERR_IO, "%s is not a regular file", place->path);
	}
	place->mode = info.st_mode & 07777;
	st = gcv_strbuf_read_fd(ret_text, fd, GCV_TREE_READ_MAX, place->path, err);
	close(fd);
	return st;
}

bool gcv_place_write_all(int fd, const char *text, size_t len)
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

enum gcv_status gcv_place_write(struct gcv_place *place, const char *text, size_t len,
				struct gcv_err *err)
{
	bool is_good;
	int fd;

	if (unlinkat(place->folder, place->fresh, 0) != 0 && errno != ENOENT)
		return gcv_err_sys(err, "cannot write beside %s", place->path);
	fd = openat(place->folder, place->fresh,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return gcv_err_sys(err, "cannot write beside %s", place->path);
	place->is_written = true;
	place->is_exchanged = false;
	is_good = gcv_place_write_all(fd, text, len) && fchmod(fd, place->mode) == 0 &&
		  fsync(fd) == 0;
	if (!is_good)
		gcv_err_sys(err, "cannot write beside %s", place->path);
	if (close(fd) != 0 && is_good) {
		gcv_err_sys(err, "cannot write beside %s", place->path);
		is_good = false;
	}
	return is_good ? GCV_OK : GCV_ERR_IO;
}

enum gcv_status gcv_place_swap(struct gcv_place *place, struct gcv_err *err)
{
	if (renameat2(place->folder, place->fresh, place->folder, place->name, RENAME_EXCHANGE) ==
	    0) {
		place->is_exchanged = !place->is_exchanged;
		return GCV_OK;
	}
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
		return gcv_err_sys(err, "cannot replace %s", place->path);
	if (renameat(place->folder, place->fresh, place->folder, place->name) != 0)
		return gcv_err_sys(err, "cannot replace %s", place->path);
	place->is_written = place->is_exchanged = false;
	return GCV_OK;
}

enum gcv_status gcv_place_discard(struct gcv_place *place, struct gcv_err *err)
{
	if (unlinkat(place->folder, place->fresh, 0) != 0 && errno != ENOENT)
		return gcv_err_sys(err, "cannot delete what is beside %s", place->path);
	place->is_written = place->is_exchanged = false;
	return GCV_OK;
}

bool gcv_place_sync(int fd)
{
	return fsync(fd) == 0 || errno == EINVAL;
}

void gcv_place_close(struct gcv_place *place)
{
	if (place->is_written)
		unlinkat(place->folder, place->fresh, 0);
	if (place->folder >= 0)
		close(place->folder);
	free(place->fresh);
}
