// SPDX-License-Identifier: GPL-2.0-only
#include "revision/repository.h"
#include "revision/handle.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum gcv_status gcv_git_failed(struct gcv_err *err, int code, const char *fmt, ...)
{
	const git_error *said = git_error_last();
	char text[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return gcv_err_set(err, code == GIT_ENOTFOUND ? GCV_ERR_NOT_FOUND : GCV_ERR_IO, "%s: %s",
			   text, said && said->message ? said->message : "libgit2 failed");
}

enum gcv_status gcv_repository_open(const char *path, bool search_parents,
				    struct gcv_repository **ret, struct gcv_err *err)
{
	unsigned int flags = search_parents ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH;
	git_repository *git;
	int code;

	if (git_libgit2_init() < 0)
		return gcv_err_set(err, GCV_ERR_IO, "libgit2 does not start");
	/* As git: whether an object has the hash that names it is a question for fsck. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	code = git_repository_open_ext(&git, path, flags, NULL);
	if (code == 0) {
		*ret = gcv_zalloc(1, sizeof(**ret));
		(*ret)->git = git;
		return GCV_OK;
	}
	if (code == GIT_ENOTFOUND)
		gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s is not a git repository", path);
	else
		gcv_git_failed(err, code, "cannot open the repository %s", path);
	git_libgit2_shutdown();
	return code == GIT_ENOTFOUND ? GCV_ERR_NOT_FOUND : GCV_ERR_IO;
}

const char *gcv_repository_work_tree(const struct gcv_repository *repository)
{
	return git_repository_workdir(repository->git);
}

void gcv_repository_free(struct gcv_repository *repository)
{
	if (!repository)
		return;
	git_repository_free(repository->git);
	free(repository);
	git_libgit2_shutdown();
}
