// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Also of what a process that was killed left there. */
static void empty_folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(dir), entry->d_name, 0);
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

void gcv_scratch_release(struct gcv_scratch *scratch)
{
	if (scratch->path) {
		empty_folder(scratch->path);
		rmdir(scratch->path);
	}
	free(scratch->path);
	scratch->path = NULL;
}
