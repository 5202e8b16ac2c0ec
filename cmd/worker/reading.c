// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/worker/reading.h"
#include "cmd/worker/headers.h"
#include "parse/inline_body.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/** KEPT_FD - descriptors from here on are no open files but numbers of headers */
#define KEPT_FD (1 << 24)

/** enum use - what LLVM was seen to do with the first header that it opened */
enum use {
	USE_STAT = 1,
	USE_READ = 2,
	USE_CLOSE = 4,
	USE_ALL = 7,
};

/*
 * The functions of the C library that are ours have no other way to know. That LLVM asks us to
 * open a header does not say that it will ask us to read it, too: another release may do so by
 * other means. The first header is watched, and none is told from memory before.
 */
static struct {
	struct gcv_headers *headers;
	int watched; /* descriptor of the first header, or -1 */
	unsigned int uses;
} reader = { .watched = -1 };

void gcv_reading_start(const struct gcv_session *session)
{
	reader.headers = gcv_headers_new(session);
}

void gcv_reading_end(void)
{
	gcv_headers_free(reader.headers);
	reader.headers = NULL;
}

static void note_use(int fd, enum use use)
{
	if (fd >= 0 && fd == reader.watched)
		reader.uses |= use;
}

/* The header that a descriptor stands for, or NULL. */
static const struct gcv_header_state *kept(int fd)
{
	return reader.headers && fd >= KEPT_FD
		       ? gcv_headers_at(reader.headers, (uint32_t)(fd - KEPT_FD))
		       : NULL;
}

int open(const char *path, int flags, ...)
{
	uint32_t id = GCV_HEADERS_NONE;
	mode_t mode = 0;
	va_list list;
	int fd;

	if (flags & (O_CREAT | O_TMPFILE)) {
		va_start(list, flags);
		mode = va_arg(list, mode_t);
		va_end(list);
	}
	/* Our own code opens without blocking, and means the file as it is now. */
	if (reader.headers && (flags & ~O_CLOEXEC) == O_RDONLY) {
		const struct gcv_header_state *state = gcv_headers_state(reader.headers, path);

		if (state && state->error) {
			errno = state->error;
			return -1;
		}
		id = state ? gcv_headers_find(reader.headers, path) : GCV_HEADERS_NONE;
	}
	if (id != GCV_HEADERS_NONE &&
	    (reader.uses == USE_ALL || gcv_headers_at(reader.headers, id)->is_outside))
		return KEPT_FD + (int)id;
	fd = openat(AT_FDCWD, path, flags, mode);
	if (id != GCV_HEADERS_NONE && reader.watched < 0)
		reader.watched = fd;
	return fd;
}

int close(int fd)
{
	if (kept(fd))
		return 0;
	if (fd >= 0 && fd == reader.watched) {
		note_use(fd, USE_CLOSE);
		/* What is not known by now will not be: another one is watched. */
		reader.watched = -1;
		if (reader.uses != USE_ALL)
			reader.uses = 0;
	}
	return (int)syscall(SYS_close, fd);
}

int fstat(int fd, struct stat *st)
{
	const struct gcv_header_state *state = kept(fd);

	if (state) {
		*st = state->st;
		return 0;
	}
	note_use(fd, USE_STAT);
	return fstatat(fd, "", st, AT_EMPTY_PATH);
}

/* Where a long is as wide as an offset these are two names for the same. */
int fstat64(int fd, struct stat64 *st)
{
	const struct gcv_header_state *state = kept(fd);

	_Static_assert(sizeof(*st) == sizeof(state->st) || sizeof(long) < 8, "two kinds of stat");
	if (state && sizeof(*st) == sizeof(state->st)) {
		memcpy(st, &state->st, sizeof(state->st));
		return 0;
	}
	return fstatat64(fd, "", st, AT_EMPTY_PATH);
}

int stat(const char *restrict path, struct stat *restrict st)
{
	const struct gcv_header_state *state =
		reader.headers ? gcv_headers_state(reader.headers, path) : NULL;

	if (!state || (reader.uses != USE_ALL && !state->is_outside))
		return fstatat(AT_FDCWD, path, st, 0);
	if (state->error) {
		errno = state->error;
		return -1;
	}
	*st = state->st;
	return 0;
}

ssize_t readlink(const char *restrict path, char *restrict buf, size_t size)
{
	static const char folder[] = "/proc/self/fd/";
	const char *real;
	size_t len;
	int fd;

	if (!reader.headers || strncmp(path, folder, sizeof(folder) - 1) != 0 ||
	    sscanf(path + sizeof(folder) - 1, "%9d", &fd) != 1 || !kept(fd))
		return readlinkat(AT_FDCWD, path, buf, size);
	real = gcv_headers_real_path(reader.headers, (uint32_t)(fd - KEPT_FD));
	len = strlen(real) < size ? strlen(real) : size;
	memcpy(buf, real, len);
	return (ssize_t)len;
}

static ssize_t read_kept(int fd, char *buf, size_t size, off_t offset)
{
	const char *text;
	size_t len;
	int error = gcv_headers_text(reader.headers, (uint32_t)(fd - KEPT_FD), &text, &len);

	if (error) {
		errno = error;
		return -1;
	}
	if (offset < 0 || (size_t)offset >= len)
		return 0;
	len = len - (size_t)offset < size ? len - (size_t)offset : size;
	memcpy(buf, text + offset, len);
	return (ssize_t)len;
}

static bool is_unwanted(int fd)
{
	char link[32], path[PATH_MAX];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlinkat(AT_FDCWD, link, path, sizeof(path) - 1);
	if (len <= 0)
		return false;
	path[len] = '\0';
	return gcv_headers_is_unwanted(reader.headers, path);
}

ssize_t pread(int fd, void *buf, size_t size, off_t offset)
{
	ssize_t got;

	if (kept(fd))
		return read_kept(fd, buf, size, offset);
	note_use(fd, USE_READ);
	got = syscall(SYS_pread64, fd, buf, size, offset);
	if (reader.headers && got > 0 && offset == 0 && gcv_inline_body_any(buf, (size_t)got) &&
	    is_unwanted(fd))
		gcv_inline_body_blank(buf, (size_t)got);
	return got;
}

/* LLVM keeps signals away while it closes a file. None has a handler here but those of a crash. */
int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict ret_old)
{
	(void)how;
	(void)set;
	if (ret_old)
		sigemptyset(ret_old);
	return 0;
}
