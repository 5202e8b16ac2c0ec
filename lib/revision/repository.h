/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A git repository and the revisions of a range, read only: objects and references are looked up,
 * and neither work tree nor index nor references are touched. Nothing is fetched or executed.
 *
 *	struct gcv_repository *repository;
 *	struct gcv_revision *revisions;
 *	uint32_t nr;
 *
 *	st = gcv_repository_open("linux", false, &repository, err);
 *	st = gcv_repository_range(repository, "v6.1..v6.12", 0, &arena, &revisions, &nr, err);
 *	…revisions[0].label is "v6.1"…
 *	gcv_repository_free(repository);
 */
#ifndef GCV_REVISION_REPOSITORY_H
#define GCV_REVISION_REPOSITORY_H

#include "base/alloc.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/** GCV_REVISION_ID_CHARS - hexadecimal digits of a commit */
#define GCV_REVISION_ID_CHARS 40

struct gcv_repository;

/**
 * struct gcv_revision - a commit
 * @id: hexadecimal
 * @label: its tag, else the nearest tag before it with the distance and 12 digits of @id (as of
 * git describe --tags), else these digits alone; any bytes that a reference may have
 */
struct gcv_revision {
	char id[GCV_REVISION_ID_CHARS + 1];
	const char *label;
};

/**
 * gcv_repository_open() - open a repository
 * @path: its work tree, or a repository without one
 * @search_parents: take the nearest folder above @path that has one where @path is none
 * @ret: for gcv_repository_free()
 * @err: sentence on failure
 *
 * A repository that belongs to another user is refused, as git does.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (there is none), GCV_ERR_IO (libgit2 refuses it).
 */
enum gcv_status gcv_repository_open(const char *path, bool search_parents,
				    struct gcv_repository **ret,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_repository_work_tree() - where the work tree is
 * @repository: the repository
 *
 * Return: its path, owned by @repository; NULL for a repository without one.
 */
const char *gcv_repository_work_tree(const struct gcv_repository *repository);

/**
 * gcv_repository_range() - the revisions of a range, the oldest first
 * @repository: the repository
 * @range: "OLD..NEW", or one revision; as of gitrevisions(7)
 * @every: take every so-manieth commit from the first on; 0: those that have a tag
 * @arena: owns the result
 * @ret: the revisions; the first and the last of the range are always there
 * @ret_nr: how many, at least 1
 * @err: sentence on failure
 *
 * The line from the newest to the oldest goes over the first parent of each commit. Labels are
 * distinct.
 *
 * Return: GCV_OK, GCV_ERR_USAGE (not in that form, or no line leads from one to the other),
 * GCV_ERR_NOT_FOUND (no such revision, or the history ends before, as that of a shallow clone),
 * GCV_ERR_IO.
 */
enum gcv_status gcv_repository_range(const struct gcv_repository *repository, const char *range,
				     uint32_t every, struct gcv_arena *arena,
				     struct gcv_revision **ret, uint32_t *ret_nr,
				     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_repository_describe() - the nearest tag before HEAD
 * @repository: the repository
 * @arena: owns the result
 *
 * Return: as the label of struct gcv_revision, or NULL where no tag leads there.
 */
const char *gcv_repository_describe(const struct gcv_repository *repository,
				    struct gcv_arena *arena);

/**
 * gcv_repository_free() - close a repository
 * @repository: the repository; NULL is allowed
 */
void gcv_repository_free(struct gcv_repository *repository);

#endif
