// SPDX-License-Identifier: GPL-2.0-only
#include "edit/diff_lines.h"

#include "base/alloc.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

static enum gcv_status fail(const char *what, enum gcv_status status, struct gcv_err *err)
{
	const git_error *cause = git_error_last();

	return gcv_err_set(err, status, "%s: %s", what,
			   cause && cause->message ? cause->message : "libgit2 failed");
}

static int take_file(const git_diff_delta *delta, float progress, void *data)
{
	struct gcv_diff_lines *lines = data;
	const char *path = delta->new_file.path;

	(void)progress;
	gcv_intern_add(&lines->files, path, strlen(path));
	return 0;
}

static int take_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *data)
{
	struct gcv_diff_lines *lines = data;
	const char *path = delta->new_file.path;
	uint32_t first = (uint32_t)hunk->new_start, nr = (uint32_t)hunk->new_lines;

	GCV_GROW(lines->ranges, lines->nr, lines->cap);
	lines->ranges[lines->nr++] = (struct gcv_diff_range){
		.file = gcv_intern_add(&lines->files, path, strlen(path)),
		.first = first,
		.last = nr ? first + nr - 1 : first + 1,
	};
	return 0;
}

static int by_place(const void *a, const void *b)
{
	const struct gcv_diff_range *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

static enum gcv_status compare(git_repository *repository, git_tree *tree,
			       struct gcv_diff_lines *lines, struct gcv_err *err)
{
	git_diff_options options;
	enum gcv_status st = GCV_OK;
	git_diff *diff = NULL;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.context_lines = 0;
	if (git_diff_tree_to_workdir_with_index(&diff, repository, tree, &options) != 0 ||
	    git_diff_foreach(diff, take_file, NULL, take_hunk, NULL, lines) != 0)
		st = fail("cannot compare the work tree", GCV_ERR_IO, err);
	git_diff_free(diff);
	if (lines->nr)
		qsort(lines->ranges, lines->nr, sizeof(*lines->ranges), by_place);
	return st;
}

static enum gcv_status read_revision(git_repository *repository, const char *revision,
				     struct gcv_diff_lines *lines, struct gcv_err *err)
{
	git_object *object = NULL, *tree = NULL;
	enum gcv_status st;

	if (git_revparse_single(&object, repository, revision) != 0 ||
	    git_object_peel(&tree, object, GIT_OBJECT_TREE) != 0)
		st = fail(revision, GCV_ERR_NOT_FOUND, err);
	else
		st = compare(repository, (git_tree *)tree, lines, err);
	git_object_free(tree);
	git_object_free(object);
	return st;
}

enum gcv_status gcv_diff_lines_read(const char *root, const char *revision,
				    struct gcv_diff_lines *lines, struct gcv_err *err)
{
	git_repository *repository = NULL;
	enum gcv_status st;

	if (git_libgit2_init() < 0)
		return gcv_err_set(err, GCV_ERR_IO, "libgit2 does not start");
	if (git_repository_open_ext(&repository, root, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) != 0)
		st = fail("no git repository", GCV_ERR_NOT_FOUND, err);
	else
		st = read_revision(repository, revision, lines, err);
	git_repository_free(repository);
	git_libgit2_shutdown();
	return st;
}

bool gcv_diff_lines_have(const struct gcv_diff_lines *lines, const char *file, uint32_t line)
{
	uint32_t number = gcv_intern_find(&lines->files, file, strlen(file)), low = 0,
		 high = lines->nr;

	if (number == GCV_INTERN_NONE)
		return false;
	/* The last range that begins at the line or before. */
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		const struct gcv_diff_range *range = &lines->ranges[mid];

		if (range->file < number || (range->file == number && range->first <= line))
			low = mid + 1;
		else
			high = mid;
	}
	return low && lines->ranges[low - 1].file == number && line <= lines->ranges[low - 1].last;
}

void gcv_diff_lines_release(struct gcv_diff_lines *lines)
{
	gcv_intern_release(&lines->files);
	free(lines->ranges);
}
