// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/scratch.h"
#include "base/alloc.h"
#include "base/strbuf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Also of what a process that was killed left there. */
static void empty_folder(const char *path)
{
	DIR *dir = opendir(path);
	int fd = dir ? dirfd(dir) : -1;
	struct dirent *entry;

	while (fd >= 0 && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			unlinkat(fd, entry->d_name, 0);
	if (dir)
		closedir(dir);
}

enum gcv_status gcv_scratch_make(struct gcv_scratch *scratch, const char *path, struct gcv_err *err)
{
	struct stat st;

	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return gcv_err_sys(err, "cannot create %s", path);
	if (lstat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return gcv_err_set(err, GCV_ERR_IO, "%s is not a folder", path);
	empty_folder(path);
	scratch->path = realpath(path, NULL);
	return scratch->path ? GCV_OK : gcv_err_sys(err, "cannot resolve %s", path);
}

/* Is the folder ours alone? If not, errno tells why. The lock goes with the process. */
static bool lock_folder(struct gcv_scratch *scratch, const char *path)
{
	int fd, error;

	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return false;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return false;
	if (flock(fd, LOCK_EX | LOCK_NB) != 0 || faccessat(fd, ".", W_OK, 0) != 0) {
		error = errno;
		close(fd);
		errno = error;
		return false;
	}
	scratch->lock_fd = fd;
	scratch->has_lock = true;
	return true;
}

enum gcv_status gcv_scratch_make_own(struct gcv_scratch *scratch, const char *path,
				     struct gcv_err *err)
{
	const char *folder = getenv("TMPDIR");
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };

	if (lock_folder(scratch, path))
		return gcv_scratch_make(scratch, path, err);
	gcv_strbuf_addf(&name, "%s/gupconv-XXXXXX", folder && *folder ? folder : "/tmp");
	if (!mkdtemp(name.buf))
		return gcv_err_sys(err, "cannot create %s", name.buf);
	return gcv_scratch_make(scratch, name.buf, err);
}

enum gcv_status gcv_scratch_make_here(struct gcv_scratch *scratch, const char *path,
				      struct gcv_err *err)
{
	if (lock_folder(scratch, path))
		return gcv_scratch_make(scratch, path, err);
	if (errno == EWOULDBLOCK)
		return gcv_err_set(err, GCV_ERR_BUSY, "%s is in use by another gupconv", path);
	return gcv_err_sys(err, "cannot create %s", path);
}

void gcv_scratch_release(struct gcv_scratch *scratch)
{
	if (scratch->path) {
		empty_folder(scratch->path);
		rmdir(scratch->path);
	}
	if (scratch->has_lock)
		close(scratch->lock_fd);
	free(scratch->path);
	*scratch = (struct gcv_scratch){ 0 };
}
