// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/worker/reading.h"
#include "parse/inline_body.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* pread() has no other way to know. */
static const struct gcv_session *reader;

void gcv_reading_start(const struct gcv_session *session)
{
	reader = session;
}

/* Is it a header of the tree of which no facts are wanted? */
static bool is_unwanted(int fd)
{
	const struct gcv_setup *setup = gcv_session_setup(reader);
	size_t root_len = setup ? strlen(setup->root) : 0;
	char link[32], path[PATH_MAX];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = setup ? readlink(link, path, sizeof(path)) : -1;
	if (len < (ssize_t)root_len + 3 || len == sizeof(path) ||
	    memcmp(path, setup->root, root_len) != 0 || path[root_len] != '/' ||
	    memcmp(path + len - 2, ".h", 2) != 0)
		return false;
	return gcv_intern_find(&setup->candidates, path + root_len + 1,
			       (size_t)len - root_len - 1) == GCV_INTERN_NONE;
}

ssize_t pread(int fd, void *buf, size_t size, off_t offset)
{
	ssize_t got = syscall(SYS_pread64, fd, buf, size, offset);

	if (reader && got > 0 && offset == 0 && gcv_inline_body_any(buf, (size_t)got) &&
	    is_unwanted(fd))
		gcv_inline_body_blank(buf, (size_t)got);
	return got;
}
