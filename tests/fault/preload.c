// SPDX-License-Identifier: GPL-2.0-only
/*
 * A library that is loaded before all others (LD_PRELOAD) and makes a program fail where it changes
 * files, or where it asks for memory. For tests.
 *
 *	GCV_FAULT_PROGRAM=gupconv	name of the program that it is about; others go on
 *	GCV_FAULT=KIND:N		what happens at the Nth call of its sort, counted from 1
 *	GCV_FAULT_COUNT=FILE		how many calls there were is written there in the end
 *
 * Kinds: "kill" (the process is gone before the call), "torn" (the same, in the middle of a write),
 * "eio" (the call fails), "full" (the call fails, and from then on no file is made and none grows),
 * "stop" (the process stops before the call, until it gets SIGCONT), "memory" (an allocation
 *fails), "none". Calls that change: those that make, write, truncate, sync, rename or remove a file
 *or folder, standard streams and pipes apart.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { NONE, KILL, TORN, EIO_ONCE, FULL, STOP, MEMORY };

static struct {
	enum kind kind;
	unsigned long at;
	const char *count_file;
	bool active;
	atomic_bool full;
	atomic_ulong nr_changes, nr_allocations;
} fault;

/* What the name stands for in the libraries behind this one. */
#define REAL(name, ...)                                                        \
	({                                                                     \
		static typeof(name) *real_##name;                              \
		if (!real_##name)                                              \
			real_##name = (typeof(name) *)dlsym(RTLD_NEXT, #name); \
		real_##name(__VA_ARGS__);                                      \
	})

__attribute__((constructor)) static void set_up(void)
{
	static const char *const kinds[] = {
		"none", "kill", "torn", "eio", "full", "stop", "memory"
	};
	const char *program = getenv("GCV_FAULT_PROGRAM"), *text = getenv("GCV_FAULT");
	const char *colon = text ? strchr(text, ':') : NULL;
	size_t i;

	if (!program || !colon || strcmp(program, program_invocation_short_name) != 0)
		return;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strncmp(text, kinds[i], (size_t)(colon - text)) == 0)
			fault.kind = (enum kind)i;
	fault.at = strtoul(colon + 1, NULL, 10);
	fault.count_file = getenv("GCV_FAULT_COUNT");
	fault.active = true;
}

__attribute__((destructor)) static void tell(void)
{
	char text[64];
	int fd, len;

	if (!fault.active || !fault.count_file)
		return;
	len = snprintf(text, sizeof(text), "%lu %lu\n", fault.nr_changes, fault.nr_allocations);
	fd = (int)syscall(SYS_openat, AT_FDCWD, fault.count_file, O_WRONLY | O_CREAT | O_TRUNC,
			  0666);
	if (fd >= 0 && syscall(SYS_write, fd, text, (size_t)len) == len)
		syscall(SYS_close, fd);
}

static _Noreturn void die(void)
{
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

/* Count a change. Return: 0, or the error that it fails with. */
static int change(void)
{
	if (!fault.active || atomic_fetch_add(&fault.nr_changes, 1) + 1 != fault.at)
		return 0;
	switch (fault.kind) {
	case KILL:
	case TORN:
		die();
	case EIO_ONCE:
		return EIO;
	case FULL:
		fault.full = true;
		return ENOSPC;
	case STOP:
		raise(SIGSTOP);
		return 0;
	default:
		return 0;
	}
}

static int fails(int error)
{
	errno = error;
	return -1;
}

/* Of a change that needs room. */
static int growth(void)
{
	int error = change();

	return error ? error : fault.full ? ENOSPC : 0;
}

static bool is_file(int fd)
{
	struct stat st;

	return fault.active && fd > STDERR_FILENO && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/* A write of @len at @offset, -1: where the file stands. *@ret_half: half of it is to be done, and
 * then comes the end. */
static int check_write(int fd, off_t offset, size_t len, bool *ret_half)
{
	struct stat st;
	int error;

	*ret_half = false;
	if (!is_file(fd))
		return 0;
	if (fault.kind == TORN && fault.nr_changes + 1 == fault.at) {
		*ret_half = true;
		return 0;
	}
	error = change();
	if (error || !fault.full || fstat(fd, &st) != 0)
		return error;
	if (offset < 0)
		offset = lseek(fd, 0, SEEK_CUR);
	return offset + (off_t)len > st.st_size ? ENOSPC : 0;
}

ssize_t write(int fd, const void *data, size_t len)
{
	bool half;
	int error = check_write(fd, -1, len, &half);
	ssize_t nr;

	if (error)
		return fails(error);
	nr = REAL(write, fd, data, half ? len / 2 : len);
	if (half)
		die();
	return nr;
}

static ssize_t write_at(int fd, const void *data, size_t len, off_t offset)
{
	bool half;
	int error = check_write(fd, offset, len, &half);
	ssize_t nr;

	if (error)
		return fails(error);
	nr = syscall(SYS_pwrite64, fd, data, half ? len / 2 : len, offset);
	if (half)
		die();
	return nr;
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t offset)
{
	return write_at(fd, data, len, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t offset)
{
	return write_at(fd, data, len, offset);
}

static bool creates(int folder, const char *path, int flags)
{
	struct stat st;

	return fault.active && flags & O_CREAT && fstatat(folder, path, &st, 0) != 0;
}

static int open_at(int folder, const char *path, int flags, mode_t mode)
{
	int error = creates(folder, path, flags) ? growth() : 0;

	if (error)
		return fails(error);
	return (int)syscall(SYS_openat, folder, path, flags, mode);
}

static mode_t mode_of(int flags, va_list args)
{
	return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(args, int) : 0;
}

#define OPEN(name, ...)                                        \
	int name(__VA_ARGS__ const char *path, int flags, ...) \
	{                                                      \
		mode_t mode;                                   \
		va_list args;                                  \
		va_start(args, flags);                         \
		mode = mode_of(flags, args);                   \
		va_end(args);                                  \
		return open_at(FOLDER, path, flags, mode);     \
	}
#define FOLDER AT_FDCWD
OPEN(open, )
OPEN(open64, )
#undef FOLDER
#define COMMA  ,
#define FOLDER folder
OPEN(openat, int folder COMMA)
OPEN(openat64, int folder COMMA)

#define CHANGE(error_of, name, params, ...)                            \
	int name params                                                \
	{                                                              \
		int error = error_of();                                \
                                                                       \
		return error ? fails(error) : REAL(name, __VA_ARGS__); \
	}
CHANGE(change, ftruncate, (int fd, off_t size), fd, size)
CHANGE(change, ftruncate64, (int fd, off64_t size), fd, size)
CHANGE(change, fsync, (int fd), fd)
CHANGE(change, fdatasync, (int fd), fd)
CHANGE(change, unlink, (const char *path), path)
CHANGE(change, unlinkat, (int folder, const char *path, int flags), folder, path, flags)
CHANGE(change, rmdir, (const char *path), path)
CHANGE(change, rename, (const char *from, const char *to), from, to)
CHANGE(change, renameat2,
       (int from_folder, const char *from, int to_folder, const char *to, unsigned int flags),
       from_folder, from, to_folder, to, flags)
CHANGE(change, renameat, (int from_folder, const char *from, int to_folder, const char *to),
       from_folder, from, to_folder, to)
CHANGE(growth, mkdir, (const char *path, mode_t mode), path, mode)
CHANGE(growth, mkdirat, (int folder, const char *path, mode_t mode), folder, path, mode)
CHANGE(change, fchmod, (int fd, mode_t mode), fd, mode)

static ssize_t stream_write(void *cookie, const char *data, size_t len)
{
	ssize_t nr = write((int)(long)cookie, data, len);

	return nr < 0 ? 0 : nr;
}

static int stream_close(void *cookie)
{
	return close((int)(long)cookie);
}

/* The C library writes its streams by a call that nobody can come between: they get one of ours. */
FILE *fdopen(int fd, const char *mode)
{
	const cookie_io_functions_t calls = { .write = stream_write, .close = stream_close };
	FILE *stream;

	if (!is_file(fd) || *mode != 'w')
		return REAL(fdopen, fd, mode);
	stream = fopencookie((void *)(long)fd, mode, calls);
	/* So that fileno() works. */
	if (stream)
		stream->_fileno = fd;
	return stream;
}

#ifdef GCV_FAULT_MEMORY
/* dlsym() asks for memory itself. */
static char first_bytes[4096];
static size_t first_used;

static bool is_first(const void *data)
{
	return (const char *)data >= first_bytes &&
	       (const char *)data < first_bytes + sizeof(first_bytes);
}

static bool allocation_fails(void)
{
	return fault.active && atomic_fetch_add(&fault.nr_allocations, 1) + 1 == fault.at &&
	       fault.kind == MEMORY;
}

#define ALLOCATE(name, params, ...)             \
	void *name params                       \
	{                                       \
		if (allocation_fails()) {       \
			errno = ENOMEM;         \
			return NULL;            \
		}                               \
		return REAL(name, __VA_ARGS__); \
	}
ALLOCATE(malloc, (size_t len), len)
ALLOCATE(realloc, (void *data, size_t len), data, len)
ALLOCATE(reallocarray, (void *data, size_t nr, size_t len), data, nr, len)

void *calloc(size_t nr, size_t len)
{
	static typeof(calloc) *real;
	static bool looks;

	if (!real) {
		if (looks) {
			first_used += (nr * len + 15) / 16 * 16;
			return first_bytes + first_used - (nr * len + 15) / 16 * 16;
		}
		looks = true;
		real = (typeof(calloc) *)dlsym(RTLD_NEXT, "calloc");
	}
	if (allocation_fails()) {
		errno = ENOMEM;
		return NULL;
	}
	return real(nr, len);
}

void free(void *data)
{
	if (!is_first(data))
		REAL(free, data);
}
#endif
