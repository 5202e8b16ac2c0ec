// SPDX-License-Identifier: GPL-2.0-only
#include "tree/tree.h"
#include "base/intern.h"
#include "tree/beneath.h"
#include "tree/overlay.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARKER "include/linux/mm.h"

static enum gcv_status open_failed(const char *rel, struct gcv_err *err)
{
	switch (errno) {
	case ENOENT:
	case ENOTDIR:
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s is not in the tree", rel);
	case EXDEV:
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s leads out of the tree", rel);
	case ELOOP:
		return gcv_err_set(err, GCV_ERR_IO, "%s: symbolic links are not followed", rel);
	default:
		return gcv_err_sys(err, "cannot open %s", rel);
	}
}

static const struct gcv_overlay_file *find_in_memory(const struct gcv_tree *tree, const char *rel)
{
	char folded[PATH_MAX];

	if (!tree->overlay || !gcv_beneath_fold(rel, folded))
		return NULL;
	return gcv_overlay_find(tree->overlay, folded);
}

static void note(const struct gcv_tree *tree, const char *rel)
{
	char folded[PATH_MAX];

	if (tree->noted && gcv_beneath_fold(rel, folded))
		gcv_intern_add(tree->noted, folded, strlen(folded));
}

unsigned int gcv_tree_version_code(const struct gcv_tree *tree)
{
	return (tree->version << 16) + (tree->patchlevel << 8) +
	       (tree->sublevel > 255 ? 255 : tree->sublevel);
}

enum gcv_status gcv_tree_read(const struct gcv_tree *tree, const char *rel, struct gcv_strbuf *ret,
			      struct gcv_err *err)
{
	const struct gcv_overlay_file *memory = find_in_memory(tree, rel);
	size_t before = ret->len;
	enum gcv_status status;
	struct stat st;
	int fd;

	note(tree, rel);
	if (memory && memory->len > GCV_TREE_READ_MAX)
		return gcv_err_set(err, GCV_ERR_LIMIT, "%s is larger than %zu bytes", rel,
				   GCV_TREE_READ_MAX);
	if (memory) {
		gcv_strbuf_add(ret, memory->text, memory->len);
		return GCV_OK;
	}
	fd = gcv_beneath_open(tree->fd, rel, O_RDONLY);
	if (fd < 0)
		return open_failed(rel, err);
	if (fstat(fd, &st))
		status = gcv_err_sys(err, "cannot stat %s", rel);
	else if (!S_ISREG(st.st_mode))
		status = gcv_err_set(err, GCV_ERR_IO, "%s is not a regular file", rel);
	else if ((uintmax_t)st.st_size > GCV_TREE_READ_MAX)
		status = gcv_err_set(err, GCV_ERR_LIMIT, "%s is larger than %zu bytes", rel,
				     GCV_TREE_READ_MAX);
	else
		status = gcv_strbuf_read_fd(ret, fd, GCV_TREE_READ_MAX, rel, err);
	close(fd);
	if (status != GCV_OK && ret->buf) {
		ret->len = before;
		ret->buf[before] = '\0';
	}
	return status;
}

bool gcv_tree_exists(const struct gcv_tree *tree, const char *rel)
{
	int fd = gcv_beneath_open(tree->fd, rel, O_PATH);
	struct stat st;
	bool exists;

	if (fd < 0)
		return false;
	exists = !fstat(fd, &st) && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
	close(fd);
	return exists;
}

/* What an entry is; false where it is neither a regular file nor a folder. */
static bool entry_kind(int fd, const struct dirent *entry, bool *ret_is_folder)
{
	unsigned char type = entry->d_type;
	struct stat st;

	if (type == DT_UNKNOWN && !fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
		type = IFTODT(st.st_mode);
	*ret_is_folder = type == DT_DIR;
	return type == DT_DIR || type == DT_REG;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct gcv_tree_entry *)a)->name,
		      ((const struct gcv_tree_entry *)b)->name);
}

enum gcv_status gcv_tree_list(const struct gcv_tree *tree, const char *rel, struct gcv_arena *arena,
			      struct gcv_tree_entry **ret, size_t *ret_nr, struct gcv_err *err)
{
	GCV_AUTOFREE struct gcv_tree_entry *found = NULL;
	int fd = gcv_beneath_open(tree->fd, rel, O_RDONLY | O_DIRECTORY);
	size_t nr = 0, cap = 0;
	struct dirent *entry;
	DIR *dir;

	if (fd < 0)
		return open_failed(rel, err);
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return gcv_err_sys(err, "cannot list %s", rel);
	}
	while (errno = 0, (entry = readdir(dir))) {
		bool is_folder;

		if (entry->d_name[0] == '.' || !entry_kind(fd, entry, &is_folder))
			continue;
		GCV_GROW(found, nr, cap);
		found[nr++] = (struct gcv_tree_entry){ gcv_arena_strdup(arena, entry->d_name),
						       is_folder };
	}
	if (errno) {
		gcv_err_sys(err, "cannot list %s", rel);
		closedir(dir);
		return GCV_ERR_IO;
	}
	closedir(dir);
	if (nr)
		qsort(found, nr, sizeof(*found), by_name);
	*ret = gcv_arena_alloc(arena, nr * sizeof(*found));
	if (nr)
		memcpy(*ret, found, nr * sizeof(*found));
	*ret_nr = nr;
	return GCV_OK;
}

/* The text of "NAME = text" at the beginning of a line, without blanks at its ends; NULL if none.
 */
static const char *makefile_value(const char *text, const char *name, size_t *ret_len)
{
	size_t name_len = strlen(name);
	const char *line;

	for (line = text; line; line = strchr(line, '\n')) {
		const char *value;
		size_t len;

		if (*line == '\n')
			line++;
		if (strncmp(line, name, name_len))
			continue;
		value = line + name_len;
		value += strspn(value, " \t:");
		if (*value != '=')
			continue;
		value++;
		value += strspn(value, " \t");
		len = strcspn(value, "\r\n#");
		while (len && isspace((unsigned char)value[len - 1]))
			len--;
		*ret_len = len;
		return value;
	}
	return NULL;
}

static enum gcv_status version_part(const char *text, const char *name, unsigned int *ret,
				    struct gcv_err *err)
{
	const char *value;
	size_t len, i;

	value = makefile_value(text, name, &len);
	if (!value)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "Makefile does not set %s", name);
	*ret = 0;
	for (i = 0; i < len && isdigit((unsigned char)value[i]); i++)
		*ret = *ret * 10 + (unsigned int)(value[i] - '0');
	if (!len || i < len || len > 6)
		return gcv_err_set(err, GCV_ERR_FORMAT, "Makefile: %s is not a number: '%.*s'",
				   name, (int)(len > 40 ? 40 : len), value);
	return GCV_OK;
}

/* EXTRAVERSION is free text; what cannot be part of a release name is cut off. */
static size_t extra_len(const char *extra, size_t len)
{
	size_t i;

	for (i = 0; i < len && i < 64; i++)
		if (!isalnum((unsigned char)extra[i]) && !strchr(".+~_-", extra[i]))
			break;
	return i;
}

static enum gcv_status read_version(struct gcv_tree *tree, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 }, release = { 0 };
	enum gcv_status status;
	const char *extra;
	size_t len;

	status = gcv_tree_read(tree, "Makefile", &text, err);
	if (status == GCV_OK)
		status = version_part(text.buf, "VERSION", &tree->version, err);
	if (status == GCV_OK)
		status = version_part(text.buf, "PATCHLEVEL", &tree->patchlevel, err);
	if (status != GCV_OK)
		return status;
	status = version_part(text.buf, "SUBLEVEL", &tree->sublevel, err);
	if (status == GCV_ERR_NOT_FOUND)
		tree->sublevel = 0;
	else if (status != GCV_OK)
		return status;
	gcv_strbuf_addf(&release, "%u.%u.%u", tree->version, tree->patchlevel, tree->sublevel);
	extra = makefile_value(text.buf, "EXTRAVERSION", &len);
	if (extra)
		gcv_strbuf_add(&release, extra, extra_len(extra, len));
	tree->release = gcv_strbuf_detach(&release);
	return GCV_OK;
}

/* Takes the folder as it is; GCV_ERR_NOT_FOUND where it is no kernel tree. */
static enum gcv_status open_root(const char *root, struct gcv_tree *ret, struct gcv_err *err)
{
	struct gcv_tree tree = { .fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
	enum gcv_status status;

	if (tree.fd < 0)
		return gcv_err_sys(err, "cannot open %s", root);
	if (!gcv_tree_exists(&tree, MARKER))
		status = gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s is not a kernel tree (no %s)",
				     root, MARKER);
	else
		status = read_version(&tree, err);
	if (status == GCV_ERR_NOT_FOUND && gcv_tree_exists(&tree, MARKER))
		gcv_err_set(
			err, status,
			"%s is not a kernel tree (no Makefile that sets VERSION and PATCHLEVEL)",
			root);
	if (status != GCV_OK) {
		close(tree.fd);
		return status;
	}
	tree.root = gcv_strdup(root);
	*ret = tree;
	return GCV_OK;
}

enum gcv_status gcv_tree_open(const char *path, bool search_parents, struct gcv_tree *ret,
			      struct gcv_err *err)
{
	GCV_AUTOFREE char *root = realpath(path, NULL);
	struct gcv_err above;
	enum gcv_status status, first;
	char *slash;

	if (!root && (errno == ENOENT || errno == ENOTDIR))
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s does not exist", path);
	if (!root)
		return gcv_err_sys(err, "cannot open %s", path);
	first = open_root(root, ret, err);
	status = first;
	while (search_parents && status == GCV_ERR_NOT_FOUND && strcmp(root, "/")) {
		slash = strrchr(root, '/');
		slash[slash == root] = '\0';
		status = open_root(root, ret, &above);
	}
	return status == GCV_OK ? status : first;
}

void gcv_tree_release(struct gcv_tree *tree)
{
	if (tree->root)
		close(tree->fd);
	free(tree->root);
	free(tree->release);
	*tree = (struct gcv_tree){ .fd = -1 };
}
