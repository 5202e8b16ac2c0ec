// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/worker/headers.h"
#include "base/alloc.h"
#include "base/intern.h"
#include "parse/inline_body.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define VIRTUAL "/gupconv-virtual/"

/** FILE_MAX_BYTES - a larger file is no header; no larger source file is parsed either */
#define FILE_MAX_BYTES ((off_t)64 << 20)

/** TEXT_MAX - no more bytes of text than this are kept; other headers are left to the kernel */
#define TEXT_MAX ((size_t)48 << 20)

/* @real: where it lies, NULL where nobody knows; @text: NULL until it was read */
struct header {
	struct gcv_header_state state;
	char *real, *text;
};

struct gcv_headers {
	const struct gcv_session *session;
	struct gcv_intern paths;
	struct header *list;
	uint32_t nr, cap;
	size_t kept_bytes;
};

struct gcv_headers *gcv_headers_new(const struct gcv_session *session)
{
	struct gcv_headers *headers = gcv_zalloc(1, sizeof(*headers));

	headers->session = session;
	return headers;
}

void gcv_headers_free(struct gcv_headers *headers)
{
	uint32_t i;

	if (!headers)
		return;
	for (i = 0; i < headers->nr; i++) {
		free(headers->list[i].real);
		free(headers->list[i].text);
	}
	free(headers->list);
	gcv_intern_release(&headers->paths);
	free(headers);
}

static bool is_header(const char *path, size_t len)
{
	return len > 2 && memcmp(path + len - 2, ".h", 2) == 0;
}

static bool lies_below(const char *path, const char *root)
{
	size_t len = strlen(root);

	return strncmp(path, root, len) == 0 && path[len] == '/';
}

/*
 * Headers and folders, whose names have no dot: precompiled headers and databases come and go, the
 * tree's folders do not.
 */
static bool is_kept(const struct gcv_headers *headers, const char *path)
{
	const struct gcv_setup *setup = gcv_session_setup(headers->session);
	const char *name = strrchr(path, '/');

	if (!setup || !name || (strchr(name, '.') && !is_header(path, strlen(path))))
		return false;
	return lies_below(path, setup->root) || strncmp(path, VIRTUAL, strlen(VIRTUAL)) == 0;
}

/* What the kernel says an open file is called. */
static char *real_path_of(int fd)
{
	char link[32], path[PATH_MAX];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlinkat(AT_FDCWD, link, path, sizeof(path) - 1);
	if (len <= 0 || len == sizeof(path) - 1)
		return NULL;
	path[len] = '\0';
	return gcv_strdup(path);
}

/* Where a path leads to and what is there. Nothing is opened: no fifo is waited for. */
static char *resolve(const char *path, struct stat *ret_st)
{
	int fd = openat(AT_FDCWD, path, O_PATH | O_CLOEXEC);
	char *real = NULL;

	if (fd < 0)
		return NULL;
	if (fstatat(fd, "", ret_st, AT_EMPTY_PATH) == 0)
		real = real_path_of(fd);
	syscall(SYS_close, fd);
	return real;
}

/* The folders that a worker may read; NULL and "" stand for none. */
static bool may_read(const struct gcv_headers *headers, const char *real)
{
	const struct gcv_setup *setup = gcv_session_setup(headers->session);
	const char *const roots[] = { setup->root, setup->build, setup->scratch,
				      GCV_CLANG_RESOURCE_INCLUDE };
	size_t i;

	for (i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		if (roots[i] && *roots[i] && lies_below(real, roots[i]))
			return true;
	return false;
}

/* Does a path that is not kept lead to a file that is not to be read, or to no file at all? */
static bool leads_astray(const struct gcv_headers *headers, const char *path)
{
	const struct gcv_setup *setup = gcv_session_setup(headers->session);
	GCV_AUTOFREE char *real = NULL;
	struct stat st;

	if (!setup || strncmp(path, VIRTUAL, strlen(VIRTUAL)) == 0 ||
	    (setup->scratch && *setup->scratch && lies_below(path, setup->scratch)) ||
	    strncmp(path, GCV_CLANG_RESOURCE_INCLUDE, strlen(GCV_CLANG_RESOURCE_INCLUDE)) == 0)
		return false;
	real = resolve(path, &st);
	return real && !S_ISDIR(st.st_mode) &&
	       (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX_BYTES || !may_read(headers, real));
}

/*
 * What lies outside is an empty file: that it is named is told to the user, what stands in it to
 * nobody. A fifo or a device is not there, and what is too large cannot be opened.
 */
static void settle(const struct gcv_headers *headers, struct header *header, const char *path)
{
	if (!S_ISREG(header->state.st.st_mode)) {
		header->state.error = ENOENT;
		return;
	}
	header->real = resolve(path, &header->state.st);
	if (header->real && header->state.st.st_size > FILE_MAX_BYTES)
		header->state.error = EFBIG;
	if (!header->real || may_read(headers, header->real))
		return;
	header->state.error = 0;
	header->state.is_outside = true;
	header->state.st.st_size = 0;
	header->text = gcv_strdup("");
}

static uint32_t look_up(struct gcv_headers *headers, const char *path)
{
	uint32_t id = gcv_intern_add(&headers->paths, path, strlen(path));
	struct header *header;

	if (id < headers->nr)
		return id;
	GCV_GROW(headers->list, headers->nr, headers->cap);
	header = &headers->list[headers->nr++];
	*header = (struct header){ 0 };
	if (fstatat(AT_FDCWD, path, &header->state.st, 0) != 0)
		header->state.error = errno;
	else if (!S_ISDIR(header->state.st.st_mode))
		settle(headers, header, path);
	return id;
}

const struct gcv_header_state *gcv_headers_state(struct gcv_headers *headers, const char *path)
{
	int before = errno;
	uint32_t id = GCV_HEADERS_NONE;

	if (is_kept(headers, path) || leads_astray(headers, path))
		id = look_up(headers, path);
	errno = before;
	if (id == GCV_HEADERS_NONE)
		return NULL;
	return &headers->list[id].state;
}

uint32_t gcv_headers_find(struct gcv_headers *headers, const char *path)
{
	struct header *header;
	uint32_t id;

	if (!(is_header(path, strlen(path)) && is_kept(headers, path)) &&
	    !leads_astray(headers, path))
		return GCV_HEADERS_NONE;
	id = look_up(headers, path);
	header = &headers->list[id];
	if (header->state.error || !S_ISREG(header->state.st.st_mode) || !header->real)
		return GCV_HEADERS_NONE;
	if (!header->text && headers->kept_bytes + (size_t)header->state.st.st_size > TEXT_MAX)
		return GCV_HEADERS_NONE;
	return id;
}

const struct gcv_header_state *gcv_headers_at(const struct gcv_headers *headers, uint32_t id)
{
	return id < headers->nr && headers->list[id].real ? &headers->list[id].state : NULL;
}

const char *gcv_headers_real_path(const struct gcv_headers *headers, uint32_t id)
{
	return headers->list[id].real;
}

bool gcv_headers_is_unwanted(const struct gcv_headers *headers, const char *real)
{
	const struct gcv_setup *setup = gcv_session_setup(headers->session);
	const char *inside;

	if (!setup || !lies_below(real, setup->root) || !is_header(real, strlen(real)))
		return false;
	inside = real + strlen(setup->root) + 1;
	return gcv_inline_body_is_public(inside) &&
	       gcv_intern_find(&setup->candidates, inside, strlen(inside)) == GCV_INTERN_NONE;
}

/* Shorter than it was said to be: as much as there is, filled up with blanks. */
static int read_text(const struct header *header, const char *path, char *text)
{
	size_t size = (size_t)header->state.st.st_size, len = 0;
	int fd = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 1;

	if (fd < 0)
		return errno;
	while (len < size && n > 0) {
		n = syscall(SYS_pread64, fd, text + len, size - len, (off_t)len);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n > 0)
			len += (size_t)n;
	}
	syscall(SYS_close, fd);
	memset(text + len, ' ', size - len);
	return n < 0 ? EIO : 0;
}

int gcv_headers_text(struct gcv_headers *headers, uint32_t id, const char **ret_text,
		     size_t *ret_len)
{
	struct header *header = &headers->list[id];
	size_t size = (size_t)header->state.st.st_size;

	if (!header->text) {
		char *text = gcv_zalloc(size + 1, 1);
		int error = read_text(header, gcv_intern_str(&headers->paths, id), text);

		if (error) {
			free(text);
			return error;
		}
		if (gcv_headers_is_unwanted(headers, header->real) &&
		    gcv_inline_body_any(text, size))
			gcv_inline_body_blank(text, size);
		header->text = text;
		headers->kept_bytes += size;
	}
	*ret_text = header->text;
	*ret_len = size;
	return 0;
}
