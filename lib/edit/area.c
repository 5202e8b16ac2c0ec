// SPDX-License-Identifier: GPL-2.0-only
#include "edit/area.h"

#include "base/intern.h"

#include <ctype.h>
#include <git2.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/*
 * Commits that are counted for a file or a folder, and those looked at in all: nine months of the
 * kernel's history, some four seconds. The bound in time is for slow disks; were it the usual one,
 * subjects would depend on what else the machine does.
 */
#define COMMITS_MAX 50
#define WALK_MAX    60000
/* How often the clock is looked at. */
#define CLOCK_EVERY 32
/* A prefix that occurs less often may be anybody's. */
#define COUNT_MIN 2
/* "ARM: dts: am335x: x" is the longest chain that is usual. */
#define SEGMENT_BYTES_MAX 40
#define SEGMENTS_MAX	  4

/* Prefixes of the commits that touched a file or folder. */
struct tally {
	struct {
		uint32_t prefix, nr;
	} * counts;
	size_t nr, cap;
	size_t nr_commits;
};

/* A file or folder that is asked for, or a folder on the way to one. */
struct node {
	const char *name;
	struct node *child, *next;
	bool is_asked;
	struct tally tally;
};

struct gcv_area_log {
	struct gcv_arena arena;
	struct gcv_intern prefixes;
	struct node *root;
	size_t nr_asked,
		nr_full; /* nodes that are asked for, and of them those with enough commits */
	char head[GIT_OID_HEXSZ + 1];
};

/* The node of a path's first @len bytes, below @node. */
static struct node *find(struct node *node, const char *path, size_t len)
{
	const char *end = path + len;

	while (node && path < end) {
		const char *slash = memchr(path, '/', (size_t)(end - path));
		size_t part = (size_t)((slash ? slash : end) - path);

		for (node = node->child; node; node = node->next)
			if (strlen(node->name) == part && memcmp(node->name, path, part) == 0)
				break;
		path += part + !!slash;
	}
	return node;
}

static void ask(struct gcv_area_log *log, const char *path, size_t len)
{
	struct node *node = log->root;
	size_t at, part;

	for (at = 0; at < len; at += part + 1) {
		struct node *child;

		part = strcspn(path + at, "/");
		child = find(log->root, path, at + part);
		if (!child) {
			child = gcv_arena_alloc(&log->arena, sizeof(*child));
			child->name = gcv_arena_strndup(&log->arena, path + at, part);
			child->next = node->child;
			node->child = child;
		}
		node = child;
	}
	log->nr_asked += !node->is_asked;
	node->is_asked = true;
}

static size_t folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) : 0;
}

static bool is_segment(const char *text, size_t len)
{
	size_t i, blanks = 0;

	if (!len || len > SEGMENT_BYTES_MAX)
		return false;
	for (i = 0; i < len; i++) {
		blanks += text[i] == ' ';
		if (!isalnum((unsigned char)text[i]) && !(text[i] && strchr(" _-/.,+*&", text[i])))
			return false;
	}
	/* "mm, oom" or "ARM/dts at91", but not half a sentence */
	return blanks <= 1 && text[0] != ' ';
}

static bool names_everything(const char *text, size_t len)
{
	static const char *const words[] = { "treewide", "tree-wide", "Revert", "fix", "Merge" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i]) == len && strncasecmp(words[i], text, len) == 0)
			return true;
	return false;
}

/* Where the prefix begins, and its length, 0 where there is none. */
static const char *find_prefix(const char *subject, size_t *ret_len)
{
	size_t line = strcspn(subject, "\n"), len = 0, at = 0, nr;

	/* as media's log had it once: "[media] ivtv: x" */
	if (*subject == '[') {
		size_t close = strcspn(subject, "]\n");

		*ret_len = 0;
		if (subject[close] != ']')
			return subject;
		subject += close + 1;
		subject += strspn(subject, " ");
		line = strcspn(subject, "\n");
	}
	for (nr = 0; nr < SEGMENTS_MAX; nr++) {
		const char *colon = memchr(subject + at, ':', line - at);
		size_t end = colon ? (size_t)(colon - subject) : 0;

		if (!colon || !is_segment(subject + at, end - at))
			break;
		at = end + 1;
		while (at < line && subject[at] == ' ')
			at++;
		/* a blank behind the colon, and something behind that */
		if (at == end + 1 || at == line)
			break;
		len = end;
	}
	*ret_len = names_everything(subject, strcspn(subject, ":")) ? 0 : len;
	return subject;
}

const char *gcv_area_of_subject(const char *subject, struct gcv_arena *arena)
{
	size_t len;

	subject = find_prefix(subject, &len);
	return len ? gcv_arena_strndup(arena, subject, len) : NULL;
}

static void count(struct tally *tally, uint32_t prefix)
{
	size_t i;

	for (i = 0; i < tally->nr; i++)
		if (tally->counts[i].prefix == prefix) {
			tally->counts[i].nr++;
			return;
		}
	GCV_GROW(tally->counts, tally->nr, tally->cap);
	tally->counts[tally->nr].prefix = prefix;
	tally->counts[tally->nr++].nr = 1;
}

/* One commit and its parent: the prefix of its subject counts for all that differs. */
struct step {
	struct gcv_area_log *log;
	git_repository *repository;
	uint32_t prefix;
};

static void compare(struct step *step, struct node *node, const git_tree *now,
		    const git_tree *before);

static void compare_entry(struct step *step, struct node *node, const git_tree *now,
			  const git_tree *before)
{
	const git_tree_entry *a = now ? git_tree_entry_byname(now, node->name) : NULL;
	const git_tree_entry *b = before ? git_tree_entry_byname(before, node->name) : NULL;
	git_tree *a_tree = NULL, *b_tree = NULL;

	if ((!a && !b) || (a && b && git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b))))
		return;
	if (node->is_asked && node->tally.nr_commits < COMMITS_MAX) {
		step->log->nr_full += ++node->tally.nr_commits == COMMITS_MAX;
		if (step->prefix != GCV_INTERN_NONE)
			count(&node->tally, step->prefix);
	}
	if (!node->child)
		return;
	if (a && git_tree_entry_type(a) == GIT_OBJECT_TREE)
		git_tree_lookup(&a_tree, step->repository, git_tree_entry_id(a));
	if (b && git_tree_entry_type(b) == GIT_OBJECT_TREE)
		git_tree_lookup(&b_tree, step->repository, git_tree_entry_id(b));
	compare(step, node, a_tree, b_tree);
	git_tree_free(a_tree);
	git_tree_free(b_tree);
}

static void compare(struct step *step, struct node *node, const git_tree *now,
		    const git_tree *before)
{
	struct node *child;

	for (child = node->child; child; child = child->next)
		compare_entry(step, child, now, before);
}

static uint32_t prefix_of(struct gcv_area_log *log, const git_commit *commit)
{
	const char *message = git_commit_message(commit);
	size_t len = 0;

	if (message)
		message = find_prefix(message, &len);
	return len ? gcv_intern_add(&log->prefixes, message, len) : GCV_INTERN_NONE;
}

/* Merges say nothing of an area; the first commit and the edge of a shallow clone have no parent.
 */
static void take_commit(struct gcv_area_log *log, git_repository *repository, const git_oid *id)
{
	struct step step = { .log = log, .repository = repository };
	git_commit *commit = NULL, *parent = NULL;
	git_tree *now = NULL, *before = NULL;

	if (git_commit_lookup(&commit, repository, id) != 0)
		return;
	if (git_commit_parentcount(commit) == 1 && git_commit_parent(&parent, commit, 0) == 0 &&
	    !git_oid_equal(git_commit_tree_id(commit), git_commit_tree_id(parent)) &&
	    git_commit_tree(&now, commit) == 0 && git_commit_tree(&before, parent) == 0) {
		step.prefix = prefix_of(log, commit);
		compare(&step, log->root, now, before);
	}
	git_tree_free(now);
	git_tree_free(before);
	git_commit_free(parent);
	git_commit_free(commit);
}

static int64_t now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void walk(struct gcv_area_log *log, git_repository *repository, unsigned int timeout_ms)
{
	int64_t end_ms = now_ms() + timeout_ms;
	git_revwalk *revwalk = NULL;
	size_t nr;
	git_oid id;

	if (git_revwalk_new(&revwalk, repository) == 0 &&
	    git_revwalk_sorting(revwalk, GIT_SORT_TIME) == 0 && git_revwalk_push_head(revwalk) == 0)
		for (nr = 0;
		     nr < WALK_MAX && log->nr_full < log->nr_asked &&
		     (nr % CLOCK_EVERY || now_ms() < end_ms) && git_revwalk_next(&id, revwalk) == 0;
		     nr++)
			take_commit(log, repository, &id);
	git_revwalk_free(revwalk);
}

void gcv_area_log_read(const char *root, const char *const *paths, size_t nr,
		       unsigned int timeout_ms, struct gcv_area_log **ret)
{
	struct gcv_area_log *log = gcv_zalloc(1, sizeof(*log));
	git_repository *repository = NULL;
	git_oid head;
	size_t i;

	log->root = gcv_arena_alloc(&log->arena, sizeof(*log->root));
	*ret = log;
	for (i = 0; i < nr; i++) {
		ask(log, paths[i], strlen(paths[i]));
		if (folder_len(paths[i]))
			ask(log, paths[i], folder_len(paths[i]));
	}
	if (git_libgit2_init() < 0)
		return;
	/* The folder itself: a repository around it would have other paths. */
	if (git_repository_open_ext(&repository, root, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) == 0 &&
	    git_reference_name_to_id(&head, repository, "HEAD") == 0) {
		git_oid_tostr(log->head, sizeof(log->head), &head);
		walk(log, repository, timeout_ms);
	}
	git_repository_free(repository);
	git_libgit2_shutdown();
}

const char *gcv_area_log_head(const struct gcv_area_log *log)
{
	return log && *log->head ? log->head : NULL;
}

/* Is the folder of a path that of the path before it? It counts once. */
static bool is_same_folder(const char *const *paths, size_t i)
{
	return i && folder_len(paths[i]) == folder_len(paths[i - 1]) &&
	       memcmp(paths[i], paths[i - 1], folder_len(paths[i])) == 0;
}

/* The prefix that most commits have, of several files or folders; NULL where it is too rare. */
static const char *most_frequent(const struct gcv_area_log *log, const char *const *paths,
				 size_t nr, bool of_folders)
{
	struct tally sum = { 0 };
	const char *best = NULL;
	size_t i, k, most = COUNT_MIN - 1;

	for (i = 0; i < nr; i++) {
		size_t len = of_folders ? folder_len(paths[i]) : strlen(paths[i]);
		const struct node *node = len ? find(log->root, paths[i], len) : NULL;

		if (of_folders && is_same_folder(paths, i))
			continue;
		for (k = 0; node && k < node->tally.nr; k++) {
			uint32_t times = node->tally.counts[k].nr;

			while (times--)
				count(&sum, node->tally.counts[k].prefix);
		}
	}
	/* Of equals that which was seen first: the newest. */
	for (i = 0; i < sum.nr; i++)
		if (sum.counts[i].nr > most) {
			most = sum.counts[i].nr;
			best = gcv_intern_str(&log->prefixes, sum.counts[i].prefix);
		}
	free(sum.counts);
	return best;
}

const char *gcv_area_of_files(const struct gcv_area_log *log, const char *const *paths, size_t nr,
			      struct gcv_arena *arena)
{
	const char *found = NULL;

	if (log && log->prefixes.nr) {
		found = most_frequent(log, paths, nr, false);
		if (!found)
			found = most_frequent(log, paths, nr, true);
	}
	return found ? gcv_arena_strdup(arena, found) : gcv_area_of_path(paths[0], arena);
}

static void release_tallies(struct node *node)
{
	struct node *child;

	for (child = node->child; child; child = child->next) {
		release_tallies(child);
		free(child->tally.counts);
	}
}

void gcv_area_log_free(struct gcv_area_log *log)
{
	if (!log)
		return;
	release_tallies(log->root);
	gcv_intern_release(&log->prefixes);
	gcv_arena_release(&log->arena);
	free(log);
}
