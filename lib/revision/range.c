// SPDX-License-Identifier: GPL-2.0-only
#include "base/intern.h"
#include "revision/handle.h"
#include "revision/repository.h"

#include <stdlib.h>
#include <string.h>

/* As many digits as the kernel's own tools write. */
#define LABEL_DIGITS 12

/** struct line - commits from the newest to the oldest, and those of all tags */
struct line {
	git_oid *commits, *tagged;
	uint32_t nr, cap, nr_tagged, cap_tagged;
};

static enum gcv_status resolve(const struct gcv_repository *repository, const char *name,
			       git_oid *ret, struct gcv_err *err)
{
	git_object *object = NULL, *commit = NULL;
	int code = git_revparse_single(&object, repository->git, name);

	if (code == 0)
		code = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
	if (code == 0)
		*ret = *git_object_id(commit);
	git_object_free(commit);
	git_object_free(object);
	if (code == 0)
		return GCV_OK;
	return gcv_err_set(err, GCV_ERR_NOT_FOUND, "the repository has no revision '%.200s'", name);
}

static enum gcv_status resolve_range(const struct gcv_repository *repository, const char *range,
				     git_oid *ret_old, git_oid *ret_new, struct gcv_err *err)
{
	const char *dots = strstr(range, "..");
	GCV_AUTOFREE char *old = gcv_strdup(range);
	enum gcv_status st;

	if (!*range || dots == range || (dots && (!dots[2] || strstr(dots + 1, ".."))))
		return gcv_err_set(err, GCV_ERR_USAGE,
				   "'%.200s' is no range of revisions: OLD..NEW is one", range);
	if (dots)
		old[dots - range] = '\0';
	st = resolve(repository, old, ret_old, err);
	if (st == GCV_OK)
		st = resolve(repository, dots ? dots + 2 : range, ret_new, err);
	return st;
}

/* The first parent; *ret_is_root where there is none. */
static enum gcv_status first_parent(const struct gcv_repository *repository, const git_oid *oid,
				    git_oid *ret, bool *ret_is_root, struct gcv_err *err)
{
	git_commit *commit = NULL;
	int code = git_commit_lookup(&commit, repository->git, oid);

	if (code == GIT_ENOTFOUND)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "the repository lacks commit %s%s",
				   git_oid_tostr_s(oid),
				   git_repository_is_shallow(repository->git) == 1
					   ? ": it is shallow, and its history ends there"
					   : "");
	if (code)
		return gcv_git_failed(err, code, "commit %s", git_oid_tostr_s(oid));
	*ret_is_root = git_commit_parentcount(commit) == 0;
	if (!*ret_is_root)
		*ret = *git_commit_parent_id(commit, 0);
	git_commit_free(commit);
	return GCV_OK;
}

static enum gcv_status follow(const struct gcv_repository *repository, const char *range,
			      const git_oid *old, const git_oid *new, struct line *line,
			      struct gcv_err *err)
{
	git_oid at = *new;
	enum gcv_status st = GCV_OK;
	bool is_root = false;

	while (st == GCV_OK && !is_root) {
		GCV_GROW(line->commits, line->nr, line->cap);
		line->commits[line->nr++] = at;
		if (git_oid_equal(&at, old))
			return GCV_OK;
		st = first_parent(repository, &at, &at, &is_root, err);
	}
	if (st != GCV_OK)
		return st;
	return gcv_err_set(
		err, GCV_ERR_USAGE,
		"%.200s: the first parents of the newer one do not lead to the older one", range);
}

static int by_oid(const void *a, const void *b)
{
	return git_oid_cmp(a, b);
}

/* A tag that leads to no commit, or to one that is not there, is no revision. */
static enum gcv_status find_tags(const struct gcv_repository *repository, struct line *line,
				 struct gcv_err *err)
{
	git_reference_iterator *iterator;
	git_reference *reference;
	int code = git_reference_iterator_glob_new(&iterator, repository->git, "refs/tags/*");

	if (code)
		return gcv_git_failed(err, code, "cannot read the tags");
	while ((code = git_reference_next(&reference, iterator)) == 0) {
		git_object *commit;

		if (git_reference_peel(&commit, reference, GIT_OBJECT_COMMIT) == 0) {
			GCV_GROW(line->tagged, line->nr_tagged, line->cap_tagged);
			line->tagged[line->nr_tagged++] = *git_object_id(commit);
			git_object_free(commit);
		}
		git_reference_free(reference);
	}
	git_reference_iterator_free(iterator);
	if (code != GIT_ITEROVER)
		return gcv_git_failed(err, code, "cannot read the tags");
	if (line->nr_tagged)
		qsort(line->tagged, line->nr_tagged, sizeof(*line->tagged), by_oid);
	return GCV_OK;
}

static bool is_wanted(const struct line *line, uint32_t age, uint32_t every)
{
	const git_oid *oid = &line->commits[line->nr - 1 - age];

	if (age == 0 || age == line->nr - 1)
		return true;
	if (every)
		return age % every == 0;
	return line->nr_tagged && bsearch(oid, line->tagged, line->nr_tagged, sizeof(*oid), by_oid);
}

/* NULL where no tag leads there. */
static const char *by_tag(const struct gcv_repository *repository, const git_oid *oid,
			  struct gcv_arena *arena)
{
	git_describe_options options;
	git_describe_format_options format;
	git_describe_result *result = NULL;
	git_object *commit = NULL;
	git_buf text = { 0 };
	const char *ret = NULL;

	if (git_describe_options_init(&options, GIT_DESCRIBE_OPTIONS_VERSION) != 0 ||
	    git_describe_format_options_init(&format, GIT_DESCRIBE_FORMAT_OPTIONS_VERSION) != 0)
		return NULL;
	options.describe_strategy = GIT_DESCRIBE_TAGS;
	format.abbreviated_size = LABEL_DIGITS;
	if (git_object_lookup(&commit, repository->git, oid, GIT_OBJECT_COMMIT) == 0 &&
	    git_describe_commit(&result, commit, &options) == 0 &&
	    git_describe_format(&text, result, &format) == 0 && text.size)
		ret = gcv_arena_strdup(arena, text.ptr);
	git_buf_dispose(&text);
	git_describe_result_free(result);
	git_object_free(commit);
	return ret;
}

const char *gcv_repository_describe(const struct gcv_repository *repository,
				    struct gcv_arena *arena)
{
	git_oid oid;

	if (git_reference_name_to_id(&oid, repository->git, "HEAD") != 0)
		return NULL;
	return by_tag(repository, &oid, arena);
}

static const char *describe(const struct gcv_repository *repository, const git_oid *oid,
			    struct gcv_arena *arena)
{
	const char *label = by_tag(repository, oid, arena);

	return label ? label : gcv_arena_strndup(arena, git_oid_tostr_s(oid), LABEL_DIGITS);
}

/* A tag may call itself like another one: what is there twice gets its commit behind it. */
static void name_all(const struct gcv_repository *repository, struct gcv_arena *arena,
		     struct gcv_revision *revisions, uint32_t nr)
{
	struct gcv_intern names = { 0 };
	uint32_t i;

	for (i = 0; i < nr; i++) {
		struct gcv_revision *r = &revisions[i];
		const char *label;
		uint32_t before = names.nr;
		git_oid oid;

		if (git_oid_fromstr(&oid, r->id) != 0)
			continue;
		label = describe(repository, &oid, arena);
		if (gcv_intern_add(&names, label, strlen(label)) < before)
			label = gcv_arena_printf(arena, "%s (%.*s)", label, LABEL_DIGITS, r->id);
		r->label = label;
	}
	gcv_intern_release(&names);
}

static struct gcv_revision *choose(const struct line *line, uint32_t every, struct gcv_arena *arena,
				   uint32_t *ret_nr)
{
	struct gcv_revision *ret;
	uint32_t age, nr = 0;

	for (age = 0; age < line->nr; age++)
		nr += is_wanted(line, age, every);
	ret = gcv_arena_alloc(arena, sizeof(*ret) * nr);
	nr = 0;
	for (age = 0; age < line->nr; age++)
		if (is_wanted(line, age, every))
			git_oid_tostr(ret[nr++].id, sizeof(ret->id),
				      &line->commits[line->nr - 1 - age]);
	*ret_nr = nr;
	return ret;
}

enum gcv_status gcv_repository_range(const struct gcv_repository *repository, const char *range,
				     uint32_t every, struct gcv_arena *arena,
				     struct gcv_revision **ret, uint32_t *ret_nr,
				     struct gcv_err *err)
{
	struct line line = { 0 };
	git_oid old, new;
	enum gcv_status st = resolve_range(repository, range, &old, &new, err);

	if (st == GCV_OK)
		st = follow(repository, range, &old, &new, &line, err);
	if (st == GCV_OK && !every)
		st = find_tags(repository, &line, err);
	if (st == GCV_OK) {
		*ret = choose(&line, every, arena, ret_nr);
		name_all(repository, arena, *ret, *ret_nr);
	}
	free(line.commits);
	free(line.tagged);
	return st;
}
