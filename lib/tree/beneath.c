// SPDX-License-Identifier: GPL-2.0-only
#include "tree/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ALWAYS (O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW)

/* openat2() refuses flags that mean nothing. */
#define WITH_O_PATH (O_CLOEXEC | O_NOFOLLOW)

bool gcv_beneath_fold(const char *rel, char ret[PATH_MAX])
{
	size_t used = 0;

	if (*rel == '/') {
		errno = EXDEV;
		return false;
	}
	while (*rel) {
		size_t n = strcspn(rel, "/");

		if (n == 2 && rel[0] == '.' && rel[1] == '.') {
			if (!used) {
				errno = EXDEV;
				return false;
			}
			while (used && ret[--used] != '/')
				;
		} else if (n && !(n == 1 && rel[0] == '.')) {
			if (used + n + 2 > PATH_MAX) {
				errno = ENAMETOOLONG;
				return false;
			}
			if (used)
				ret[used++] = '/';
			memcpy(ret + used, rel, n);
			used += n;
		}
		rel += n;
		rel += strspn(rel, "/");
	}
	if (!used)
		ret[used++] = '.';
	ret[used] = '\0';
	return true;
}

/* O_PATH | O_NOFOLLOW succeeds at a symbolic link and yields the link itself. O_DIRECTORY does not.
 */
static int refuse_link(int fd, int flags)
{
	struct stat st;

	if ((flags & (O_PATH | O_DIRECTORY)) != O_PATH || fstat(fd, &st) || !S_ISLNK(st.st_mode))
		return fd;
	close(fd);
	errno = ELOOP;
	return -1;
}

/* O_DIRECTORY makes the system say ENOTDIR for a symbolic link: tell the two apart. */
static int open_component(int fd, const char *name, int flags)
{
	struct stat st;
	int next = openat(fd, name, flags | ALWAYS);

	if (next < 0 && errno == ENOTDIR && !fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW))
		errno = S_ISLNK(st.st_mode) ? ELOOP : ENOTDIR;
	return next < 0 ? next : refuse_link(next, flags);
}

static int open_folded(int dir_fd, char *path, int flags)
{
	char *component = path;
	int fd = dir_fd;

	for (;;) {
		char *slash = strchr(component, '/');
		int next, saved;

		if (slash)
			*slash = '\0';
		next = open_component(fd, component, slash ? O_PATH | O_DIRECTORY : flags);
		saved = errno;
		if (fd != dir_fd)
			close(fd);
		errno = saved;
		if (next < 0 || !slash)
			return next;
		fd = next;
		component = slash + 1;
	}
}

int gcv_beneath_open_stepwise(int dir_fd, const char *rel, int flags)
{
	char path[PATH_MAX];

	return gcv_beneath_fold(rel, path) ? open_folded(dir_fd, path, flags) : -1;
}

int gcv_beneath_open(int dir_fd, const char *rel, int flags)
{
	struct open_how how = {
		.flags = (unsigned int)flags | (flags & O_PATH ? WITH_O_PATH : ALWAYS),
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};
	char path[PATH_MAX];
	long fd;

	if (!gcv_beneath_fold(rel, path))
		return -1;
	fd = syscall(SYS_openat2, dir_fd, path, &how, sizeof(how));
	if (fd >= 0)
		return refuse_link((int)fd, flags);
	/*
	 * EPERM: sandboxes that do not know the call yet. EAGAIN: a rename on the way. ENOTDIR may
	 * mean a symbolic link, which the steps tell apart.
	 */
	if (fd < 0 && (errno == ENOSYS || errno == EPERM || errno == EAGAIN || errno == ENOTDIR))
		return open_folded(dir_fd, path, flags);
	return (int)fd;
}
