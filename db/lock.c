// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A scan goes over many transactions and in the end deletes units that no snapshot refers to: a
 * second scan must not run beside it. SQLite's own locks last for one transaction, and flock() on
 * the database itself would cost SQLite its locks at close(). So a file of its own is locked; it
 * is removed when done, and a process that dies loses the lock.
 */

/* Is the file that we have locked still the one that others would open? */
static bool is_still_there(int fd, const char *path)
{
	struct stat ours, now;

	return fstat(fd, &ours) == 0 && lstat(path, &now) == 0 && ours.st_ino == now.st_ino &&
	       ours.st_dev == now.st_dev;
}

enum gcv_status gcv_db_lock(struct gcv_db *db, struct gcv_err *err)
{
	struct gcv_strbuf path = { 0 };

	gcv_strbuf_addf(&path, "%s-lock", db->path);
	db->lock_path = gcv_strbuf_detach(&path);
	for (;;) {
		int fd = open(db->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
		int failed;

		if (fd < 0)
			return gcv_err_sys(err, "cannot open %s", db->lock_path);
		do
			failed = flock(fd, LOCK_EX | LOCK_NB);
		while (failed && errno == EINTR);
		if (failed) {
			int saved = errno;

			close(fd);
			errno = saved;
			if (errno == EWOULDBLOCK)
				return gcv_err_set(err, GCV_ERR_BUSY,
						   "%s is in use by another gupconv", db->path);
			return gcv_err_sys(err, "cannot lock %s", db->lock_path);
		}
		if (is_still_there(fd, db->lock_path)) {
			db->lock_fd = fd;
			return GCV_OK;
		}
		close(fd);
	}
}

void gcv_db_unlock(struct gcv_db *db)
{
	if (db->lock_fd >= 0) {
		unlink(db->lock_path);
		close(db->lock_fd);
		db->lock_fd = -1;
	}
	free(db->lock_path);
	db->lock_path = NULL;
}
