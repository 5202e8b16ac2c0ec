// SPDX-License-Identifier: GPL-2.0-only
#include "revision/checkout.h"
#include "revision/handle.h"
#include "revision/remove.h"
#include "tree/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders within folders; a file descriptor is open for each. */
#define DEPTH_MAX 128

#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/** struct place - a folder that is being brought up to date */
struct place {
	struct gcv_checkout *checkout;
	int fd;
	unsigned int depth;
};

static bool is_folder(const git_tree_entry *entry)
{
	return git_tree_entry_filemode_raw(entry) == GIT_FILEMODE_TREE;
}

static bool is_regular(const git_tree_entry *entry)
{
	return (git_tree_entry_filemode_raw(entry) & S_IFMT) == S_IFREG;
}

/* May the name stand in a folder? */
static bool is_name(const char *name)
{
	return *name && strcmp(name, ".") && strcmp(name, "..") && strcasecmp(name, ".git") &&
	       !strchr(name, '/') && strlen(name) <= NAME_MAX;
}

/* Is it text for people or for other tools, which no C file includes and no scan reads? */
static bool is_for_others(const git_tree_entry *entry)
{
	static const char *const suffixes[] = { ".rst",	 ".json", ".yaml", ".dts", ".dtsi",
						".dtso", ".svg",  ".py",   ".pl",  ".sh" };
	const char *suffix = strrchr(git_tree_entry_name(entry), '.');
	size_t i;

	for (i = 0; suffix && is_regular(entry) && i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (strcmp(suffix, suffixes[i]) == 0)
			return true;
	return false;
}

static bool is_kept(const git_tree_entry *entry)
{
	return (is_folder(entry) || is_regular(entry)) && is_name(git_tree_entry_name(entry)) &&
	       !is_for_others(entry);
}

static bool is_same(const git_tree_entry *a, const git_tree_entry *b)
{
	return is_folder(a) == is_folder(b) && is_regular(a) == is_regular(b) &&
	       git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b));
}

static enum gcv_status write_all(int fd, const char *bytes, size_t len, const char *name,
				 struct gcv_err *err)
{
	while (len) {
		ssize_t nr = write(fd, bytes, len);

		if (nr < 0 && errno == EINTR)
			continue;
		if (nr < 0)
			return gcv_err_sys(err, "cannot write %s", name);
		bytes += nr;
		len -= (size_t)nr;
	}
	return GCV_OK;
}

static enum gcv_status write_blob(const struct place *place, const char *name, git_blob *blob,
				  struct gcv_err *err)
{
	int fd =
		openat(place->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	enum gcv_status st;

	if (fd < 0)
		return gcv_err_sys(err, "cannot create %s", name);
	st = write_all(fd, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob), name, err);
	if (close(fd) != 0 && st == GCV_OK)
		st = gcv_err_sys(err, "cannot write %s", name);
	return st;
}

static enum gcv_status put_file(const struct place *place, const git_tree_entry *entry,
				struct gcv_err *err)
{
	git_repository *git = place->checkout->repository->git;
	const git_oid *oid = git_tree_entry_id(entry);
	const char *name = git_tree_entry_name(entry);
	git_blob *blob = NULL;
	git_object_t type;
	git_odb *odb = NULL;
	enum gcv_status st;
	size_t len = 0;
	int code = git_repository_odb(&odb, git);

	if (code == 0)
		code = git_odb_read_header(&len, &type, odb, oid);
	git_odb_free(odb);
	if (code == 0 && len > GCV_WALK_FILE_MAX) {
		place->checkout->nr_odd++;
		return GCV_OK;
	}
	if (code == 0)
		code = git_blob_lookup(&blob, git, oid);
	if (code)
		return gcv_git_failed(err, code, "%s", name);
	st = write_blob(place, name, blob, err);
	git_blob_free(blob);
	return st;
}

static enum gcv_status put_tree(const struct place *place, git_tree *old, git_tree *new,
				struct gcv_err *err);

static enum gcv_status put_folder(const struct place *place, const git_tree_entry *old,
				  const git_tree_entry *new, struct gcv_err *err)
{
	git_repository *git = place->checkout->repository->git;
	const char *name = git_tree_entry_name(new);
	struct place below = { place->checkout, -1, place->depth + 1 };
	git_tree *old_tree = NULL, *new_tree = NULL;
	enum gcv_status st;
	int code = git_tree_lookup(&new_tree, git, git_tree_entry_id(new));

	if (code == 0 && old)
		code = git_tree_lookup(&old_tree, git, git_tree_entry_id(old));
	if (code)
		st = gcv_git_failed(err, code, "%s", name);
	else if (below.depth > DEPTH_MAX)
		st = gcv_err_set(err, GCV_ERR_LIMIT, "%s lies in more than %d folders", name,
				 DEPTH_MAX);
	else if (!old && mkdirat(place->fd, name, 0700) != 0)
		st = gcv_err_sys(err, "cannot create %s", name);
	else if ((below.fd = openat(place->fd, name, OPEN_FOLDER)) < 0)
		st = gcv_err_sys(err, "cannot open %s", name);
	else
		st = put_tree(&below, old_tree, new_tree, err);
	if (below.fd >= 0)
		close(below.fd);
	git_tree_free(old_tree);
	git_tree_free(new_tree);
	return st;
}

static enum gcv_status put_entry(const struct place *place, const git_tree_entry *old,
				 const git_tree_entry *new, struct gcv_err *err)
{
	const char *name = git_tree_entry_name(new);
	enum gcv_status st = GCV_OK;

	if (old && is_same(old, new))
		return GCV_OK;
	if (old && !(is_folder(old) && is_folder(new))) {
		st = gcv_remove_at(place->fd, name, err);
		old = NULL;
	}
	if (st != GCV_OK)
		return st;
	return is_folder(new) ? put_folder(place, old, new, err) : put_file(place, new, err);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(git_tree_entry_name(*(const git_tree_entry *const *)a),
		      git_tree_entry_name(*(const git_tree_entry *const *)b));
}

/* What is kept of a tree, sorted: the order in an object is not to be relied upon. */
static enum gcv_status list_kept(const git_tree *tree, const git_tree_entry ***ret, size_t *ret_nr,
				 size_t *ret_odd, struct gcv_err *err)
{
	size_t all = tree ? git_tree_entrycount(tree) : 0, nr = 0, odd = 0, i;
	const git_tree_entry **kept = gcv_zalloc(all + 1, sizeof(*kept));

	for (i = 0; i < all; i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);

		if (is_kept(entry))
			kept[nr++] = entry;
		odd += !is_name(git_tree_entry_name(entry));
	}
	if (nr)
		qsort(kept, nr, sizeof(*kept), by_name);
	for (i = 1; i < nr; i++)
		if (by_name(&kept[i - 1], &kept[i]) == 0) {
			gcv_err_set(err, GCV_ERR_FORMAT, "a tree of the repository names %s twice",
				    git_tree_entry_name(kept[i]));
			free(kept);
			return GCV_ERR_FORMAT;
		}
	*ret = kept;
	*ret_nr = nr;
	*ret_odd = odd;
	return GCV_OK;
}

static enum gcv_status put_entries(const struct place *place, const git_tree_entry **old,
				   size_t nr_old, const git_tree_entry **new, size_t nr_new,
				   struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	size_t i = 0, k = 0;

	while (st == GCV_OK && (i < nr_old || k < nr_new)) {
		int order = i == nr_old ? 1 : k == nr_new ? -1 : by_name(&old[i], &new[k]);

		if (order < 0)
			st = gcv_remove_at(place->fd, git_tree_entry_name(old[i]), err);
		else
			st = put_entry(place, order == 0 ? old[i] : NULL, new[k], err);
		i += order <= 0;
		k += order >= 0;
	}
	return st;
}

/* A folder holds @old, or nothing for NULL, and shall hold @new. */
static enum gcv_status put_tree(const struct place *place, git_tree *old, git_tree *new,
				struct gcv_err *err)
{
	GCV_AUTOFREE const git_tree_entry **olds = NULL;
	GCV_AUTOFREE const git_tree_entry **news = NULL;
	size_t nr_old, nr_new, odd;
	enum gcv_status st = list_kept(old, &olds, &nr_old, &odd, err);

	if (st == GCV_OK)
		st = list_kept(new, &news, &nr_new, &odd, err);
	if (st != GCV_OK)
		return st;
	place->checkout->nr_odd += (uint32_t)odd;
	return put_entries(place, olds, nr_old, news, nr_new, err);
}

static git_tree *tree_of(git_repository *git, const char *id)
{
	git_tree *ret = NULL;
	git_oid oid;

	if (*id && git_oid_fromstr(&oid, id) == 0 && git_tree_lookup(&ret, git, &oid) == 0)
		return ret;
	return NULL;
}

static int tree_of_commit(git_repository *git, const char *id, git_tree **ret)
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

enum gcv_status gcv_checkout_update(struct gcv_checkout *checkout, const char *id,
				    struct gcv_err *err)
{
	git_repository *git = checkout->repository->git;
	const struct place top = { checkout, checkout->fd, 0 };
	git_tree *old = tree_of(git, checkout->tree), *new = NULL;
	int code = tree_of_commit(git, id, &new);
	enum gcv_status st;

	checkout->nr_odd = 0;
	if (code) {
		git_tree_free(old);
		return gcv_git_failed(err, code, "commit %s", id);
	}
	/* While it is neither the one nor the other, it is nothing that could be built upon. */
	checkout->tree[0] = '\0';
	st = old ? GCV_OK : gcv_remove_below(checkout->fd, err);
	if (st == GCV_OK)
		st = put_tree(&top, old, new, err);
	if (st == GCV_OK)
		git_oid_tostr(checkout->tree, sizeof(checkout->tree), git_tree_id(new));
	git_tree_free(old);
	git_tree_free(new);
	return st;
}

enum gcv_status gcv_checkout_init(struct gcv_checkout *checkout,
				  const struct gcv_repository *repository, const char *path,
				  struct gcv_err *err)
{
	struct gcv_checkout c = { .repository = repository };
	enum gcv_status st;

	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return gcv_err_sys(err, "cannot create %s", path);
	c.fd = open(path, OPEN_FOLDER);
	if (c.fd < 0)
		return gcv_err_sys(err, "cannot open the folder %s", path);
	st = gcv_remove_below(c.fd, err);
	if (st == GCV_OK) {
		c.path = realpath(path, NULL);
		st = c.path ? GCV_OK : gcv_err_sys(err, "cannot resolve %s", path);
	}
	if (st == GCV_OK)
		*checkout = c;
	else
		close(c.fd);
	return st;
}

void gcv_checkout_release(struct gcv_checkout *checkout)
{
	struct gcv_err ignored;

	if (!checkout->path)
		return;
	if (gcv_remove_below(checkout->fd, &ignored) == GCV_OK)
		rmdir(checkout->path);
	close(checkout->fd);
	free(checkout->path);
	*checkout = (struct gcv_checkout){ .fd = -1 };
}
