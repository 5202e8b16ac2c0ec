// SPDX-License-Identifier: GPL-2.0-only
#include "revision/change.h"
#include "revision/handle.h"

#include <sys/stat.h>

static int tree_of(git_repository *git, const char *id, git_tree **ret)
{
	git_commit *commit = NULL;
	git_oid oid;
	int code = git_oid_fromstr(&oid, id);

	if (code == 0)
		code = git_commit_lookup(&commit, git, &oid);
	if (code == 0)
		code = git_commit_tree(ret, commit);
	git_commit_free(commit);
	return code;
}

static bool is_regular(const git_diff_file *file)
{
	return (file->mode & S_IFMT) == S_IFREG;
}

static void list(const git_diff *diff, struct gcv_arena *arena, struct gcv_revision_change **ret,
		 uint32_t *ret_nr)
{
	size_t all = git_diff_num_deltas(diff), i;
	struct gcv_revision_change *changes = gcv_arena_alloc(arena, sizeof(*changes) * (all + 1));
	uint32_t nr = 0;

	for (i = 0; i < all; i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);
		const git_diff_file *old = &delta->old_file, *new = &delta->new_file;
		bool is_text = delta->status == GIT_DELTA_MODIFIED && is_regular(old) &&
			       is_regular(new);
		struct gcv_revision_change *change = &changes[nr];

		if (is_text && git_oid_equal(&old->id, &new->id))
			continue;
		change->path = gcv_arena_strdup(arena, new->path ? new->path : old->path);
		change->kind = is_text ? GCV_CHANGED_TEXT : GCV_CHANGED_OTHER;
		git_oid_tostr(change->old_id, sizeof(change->old_id), &old->id);
		git_oid_tostr(change->new_id, sizeof(change->new_id), &new->id);
		nr++;
	}
	*ret = changes;
	*ret_nr = nr;
}

enum gcv_status gcv_repository_changes(const struct gcv_repository *repository, const char *old_id,
				       const char *new_id, struct gcv_arena *arena,
				       struct gcv_revision_change **ret, uint32_t *ret_nr,
				       struct gcv_err *err)
{
	git_tree *old = NULL, *new = NULL;
	git_diff *diff = NULL;
	enum gcv_status st = GCV_OK;
	int code = tree_of(repository->git, old_id, &old);

	if (code == 0)
		code = tree_of(repository->git, new_id, &new);
	if (code == 0)
		code = git_diff_tree_to_tree(&diff, repository->git, old, new, NULL);
	if (code)
		st = gcv_git_failed(err, code, "cannot compare %s with %s", old_id, new_id);
	else
		list(diff, arena, ret, ret_nr);
	git_diff_free(diff);
	git_tree_free(new);
	git_tree_free(old);
	return st;
}

enum gcv_status gcv_repository_text(const struct gcv_repository *repository, const char *id,
				    struct gcv_strbuf *ret, struct gcv_err *err)
{
	git_blob *blob = NULL;
	git_oid oid;
	int code = git_oid_fromstr(&oid, id);

	if (code == 0)
		code = git_blob_lookup(&blob, repository->git, &oid);
	if (code)
		return gcv_git_failed(err, code, "object %s", id);
	gcv_strbuf_add(ret, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	return GCV_OK;
}
