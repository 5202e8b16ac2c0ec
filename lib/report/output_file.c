// SPDX-License-Identifier: GPL-2.0-only
#include "report/output_file.h"
#include "base/alloc.h"
#include "base/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* More files of that name can only be left by processes that were killed and had the same id. */
#define MOST_TRIES 100

/* mkstemp() would take away what the umask allows to others. */
static int create_temporary(const char *path, char **ret_name)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };
	unsigned int i;
	int fd = -1;

	for (i = 0; i < MOST_TRIES; i++) {
		gcv_strbuf_clear(&name);
		gcv_strbuf_addf(&name, "%s.%ld-%u.tmp", path, (long)getpid(), i);
		fd = open(name.buf, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			break;
	}
	if (fd >= 0)
		*ret_name = gcv_strbuf_detach(&name);
	return fd;
}

static void release(struct gcv_output_file *file)
{
	free(file->path);
	free(file->temporary);
	*file = (struct gcv_output_file){ 0 };
}

enum gcv_status gcv_output_file_open(const char *path, struct gcv_output_file *ret_file,
				     struct gcv_err *err)
{
	struct gcv_output_file file = { 0 };
	struct stat st;
	bool exists = stat(path, &st) == 0, replaces = !exists || S_ISREG(st.st_mode);
	enum gcv_status status;
	int fd;

	file.path = exists && replaces ? realpath(path, NULL) : gcv_strdup(path);
	if (!file.path)
		return gcv_err_sys(err, "cannot resolve %s", path);
	if (replaces)
		fd = create_temporary(file.path, &file.temporary);
	else
		fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	file.out = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (file.out && exists && replaces && fchmod(fd, st.st_mode & 0777) != 0)
		status = gcv_err_sys(err, "cannot set the mode of %s", file.temporary);
	else if (!file.out)
		status = gcv_err_sys(err, "cannot write %s", path);
	else
		status = GCV_OK;
	if (status == GCV_OK) {
		*ret_file = file;
		return GCV_OK;
	}
	if (!file.out && fd >= 0)
		close(fd);
	gcv_output_file_discard(&file);
	return status;
}

enum gcv_status gcv_output_file_commit(struct gcv_output_file *file, struct gcv_err *err)
{
	bool failed;
	enum gcv_status st;

	errno = 0;
	failed = fflush(file->out) != 0 || ferror(file->out);
	/* A name that is on the disk must not stand for contents that are not. */
	if (!failed && file->temporary)
		failed = fsync(fileno(file->out)) != 0;
	if (!failed) {
		failed = fclose(file->out) != 0;
		file->out = NULL;
	}
	if (!failed && file->temporary)
		failed = rename(file->temporary, file->path) != 0;
	if (failed) {
		if (errno)
			st = gcv_err_sys(err, "cannot write %s", file->path);
		else
			st = gcv_err_set(err, GCV_ERR_IO, "cannot write %s", file->path);
		gcv_output_file_discard(file);
		return st;
	}
	release(file);
	return GCV_OK;
}

void gcv_output_file_discard(struct gcv_output_file *file)
{
	if (file->out)
		fclose(file->out);
	if (file->temporary)
		unlink(file->temporary);
	release(file);
}
