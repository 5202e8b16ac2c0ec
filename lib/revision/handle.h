/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of this folder share, and nobody else sees: libgit2's types.
 *
 *	code = git_commit_lookup(&commit, repository->git, &oid);
 *	if (code)
 *		return gcv_git_failed(err, code, "revision %s", id);
 */
#ifndef GCV_REVISION_HANDLE_H
#define GCV_REVISION_HANDLE_H

#include "base/err.h"

#include <git2.h>

/**
 * struct gcv_repository - an open repository
 * @git: libgit2's handle
 */
struct gcv_repository {
	git_repository *git;
};

/**
 * gcv_git_failed() - fill @err with a sentence and what libgit2 said last
 * @err: where it goes; may be NULL
 * @code: what the call returned
 * @fmt: printf format of the sentence
 *
 * Return: GCV_ERR_NOT_FOUND where libgit2 says that something is not there, else GCV_ERR_IO.
 */
enum gcv_status gcv_git_failed(struct gcv_err *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
