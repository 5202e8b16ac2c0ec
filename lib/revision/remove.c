// SPDX-License-Identifier: GPL-2.0-only
#include "revision/remove.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum gcv_status gcv_remove_at(int folder_fd, const char *name, struct gcv_err *err)
{
	enum gcv_status st;
	int fd;

	if (unlinkat(folder_fd, name, 0) == 0 || errno == ENOENT)
		return GCV_OK;
	if (errno != EISDIR && errno != EPERM)
		return gcv_err_sys(err, "cannot remove %s", name);
	fd = openat(folder_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return gcv_err_sys(err, "cannot open the folder %s", name);
	st = gcv_remove_below(fd, err);
	close(fd);
	if (st == GCV_OK && unlinkat(folder_fd, name, AT_REMOVEDIR) != 0)
		st = gcv_err_sys(err, "cannot remove %s", name);
	return st;
}

enum gcv_status gcv_remove_below(int folder_fd, struct gcv_err *err)
{
	int fd = openat(folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	enum gcv_status st = GCV_OK;
	struct dirent *entry;

	if (!dir) {
		st = gcv_err_sys(err, "cannot list a folder");
		if (fd >= 0)
			close(fd);
		return st;
	}
	while (st == GCV_OK && (entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			st = gcv_remove_at(fd, entry->d_name, err);
	closedir(dir);
	return st;
}
