// SPDX-License-Identifier: GPL-2.0-only
#include "base/strbuf.h"
#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void grow(struct gcv_strbuf *sb, size_t extra)
{
	size_t need = sb->len + extra + 1;

	if (need <= sb->cap)
		return;
	sb->cap = need > sb->cap * 2 ? need : sb->cap * 2;
	if (sb->cap < 64)
		sb->cap = 64;
	sb->buf = gcv_realloc_array(sb->buf, sb->cap, 1);
}

void gcv_strbuf_add(struct gcv_strbuf *sb, const void *data, size_t len_bytes)
{
	grow(sb, len_bytes);
	if (len_bytes)
		memcpy(sb->buf + sb->len, data, len_bytes);
	sb->len += len_bytes;
	sb->buf[sb->len] = '\0';
}

void gcv_strbuf_addstr(struct gcv_strbuf *sb, const char *text)
{
	gcv_strbuf_add(sb, text, strlen(text));
}

void gcv_strbuf_addch(struct gcv_strbuf *sb, char ch)
{
	gcv_strbuf_add(sb, &ch, 1);
}

void gcv_strbuf_addf(struct gcv_strbuf *sb, const char *fmt, ...)
{
	va_list ap, again;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	grow(sb, (size_t)len);
	vsnprintf(sb->buf + sb->len, (size_t)len + 1, fmt, again);
	va_end(again);
	sb->len += (size_t)len;
}

void gcv_strbuf_clear(struct gcv_strbuf *sb)
{
	sb->len = 0;
	if (sb->buf)
		sb->buf[0] = '\0';
}

char *gcv_strbuf_detach(struct gcv_strbuf *sb)
{
	char *buf = sb->buf ? sb->buf : gcv_strdup("");

	*sb = (struct gcv_strbuf){ 0 };
	return buf;
}

void gcv_strbuf_release(struct gcv_strbuf *sb)
{
	free(sb->buf);
	*sb = (struct gcv_strbuf){ 0 };
}

enum gcv_status gcv_strbuf_read_fd(struct gcv_strbuf *sb, int fd, size_t limit_bytes,
				   const char *name, struct gcv_err *err)
{
	size_t start = sb->len;

	for (;;) {
		ssize_t got;

		grow(sb, 65536);
		got = read(fd, sb->buf + sb->len, sb->cap - sb->len - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return gcv_err_sys(err, "cannot read %s", name);
		sb->len += (size_t)got;
		sb->buf[sb->len] = '\0';
		if (!got)
			return GCV_OK;
		if (sb->len - start > limit_bytes)
			return gcv_err_set(err, GCV_ERR_LIMIT, "%s is larger than %zu bytes", name,
					   limit_bytes);
	}
}

enum gcv_status gcv_strbuf_read_file(struct gcv_strbuf *sb, const char *path, size_t limit_bytes,
				     struct gcv_err *err)
{
	/* O_NONBLOCK: opening a fifo must not wait for a writer */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	enum gcv_status status;
	struct stat st;

	if (fd < 0)
		return gcv_err_sys(err, "cannot open %s", path);
	if (fstat(fd, &st) < 0)
		status = gcv_err_sys(err, "cannot read %s", path);
	else if (!S_ISREG(st.st_mode))
		status = gcv_err_set(err, GCV_ERR_FORMAT, "%s: not a regular file", path);
	else
		status = gcv_strbuf_read_fd(sb, fd, limit_bytes, path, err);
	close(fd);
	return status;
}
