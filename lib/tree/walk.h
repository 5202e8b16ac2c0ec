/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One walk over a tree: every source file is read once, and what holds an API name is lexed.
 *
 *	struct gcv_walk_options options = { .threads = 2 };
 *	struct gcv_walk walk;
 *
 *	if (gcv_walk(&tree, names, &options, &walk, err) != GCV_OK)
 *		…
 *	for (i = 0; i < walk.nr_files; i++)
 *		if (walk.files[i].lexed)
 *			…
 *	gcv_walk_release(&walk);
 *
 * Where other names are to be found in C files too, and the headers tell which: with options.defer
 * the walk leaves those files for gcv_walk_finish(), so that they still are read only once.
 *
 * Symbolic links are not followed, special files are not opened, and names that begin with a dot
 * are passed over. What cannot be read is recorded, and the walk goes on.
 */
#ifndef GCV_TREE_WALK_H
#define GCV_TREE_WALK_H

#include "base/intern.h"
#include "tree/lex.h"
#include "tree/names.h"
#include "tree/tree.h"
#include "tree/words.h"

/** GCV_WALK_FILE_MAX - a larger file is not read, but recorded as a failure; in bytes */
#define GCV_WALK_FILE_MAX ((uint64_t)256 << 20)

/**
 * enum gcv_walk_kind - what a file is, by its name
 * @GCV_WALK_C: *.c
 * @GCV_WALK_H: *.h
 * @GCV_WALK_ASM: *.S
 * @GCV_WALK_INC: *.inc, which is included by C
 * @GCV_WALK_KCONFIG: Kconfig*
 * @GCV_WALK_MAKEFILE: Makefile* and Kbuild*
 * @GCV_WALK_NOT_SOURCE: none of these; such files are not looked at
 */
enum gcv_walk_kind {
	GCV_WALK_C,
	GCV_WALK_H,
	GCV_WALK_ASM,
	GCV_WALK_INC,
	GCV_WALK_KCONFIG,
	GCV_WALK_MAKEFILE,
	GCV_WALK_NOT_SOURCE,
};

/**
 * struct gcv_walk_file - a source file
 * @path: below the root of the tree; any bytes but NUL
 * @kind: what it is
 * @apart: below tools/ or Documentation/, whose sums are kept apart
 * @deferred: left to gcv_walk_finish()
 * @has_hash: @hash is set
 * @size_bytes: its size as read
 * @hash: of its contents, for candidates and where it was asked for
 * @lexed: the names in it and its conditional branches; NULL where it holds no name
 * @words: its identifiers, for gcv_walk_search(); NULL where they are not known
 * @error: why it could not be read; NULL where it could
 */
struct gcv_walk_file {
	const char *path;
	enum gcv_walk_kind kind;
	bool apart, deferred, has_hash;
	uint64_t size_bytes;
	struct gcv_hash hash;
	const struct gcv_lexed *lexed;
	const struct gcv_words *words;
	const char *error;
};

/**
 * struct gcv_walk_failure - a file or folder that could not be read
 * @path: which
 * @text: why
 */
struct gcv_walk_failure {
	const char *path;
	const char *text;
};

/**
 * struct gcv_walk_progress - who wants to know how far it is
 * @report: called now and then, from the thread that called gcv_walk() only; may be NULL
 * @ctx: for @report
 */
struct gcv_walk_progress {
	void (*report)(void *ctx, uint64_t nr_files, uint64_t nr_bytes);
	void *ctx;
};

/**
 * struct gcv_walk_options - how to walk
 * @paths: files and folders to restrict the walk to
 * @nr_paths: how many; 0 is the whole tree
 * @hash_paths: files to hash although they may be no candidates; NULL for none
 * @defer: list the C files that are not apart, but leave their contents to gcv_walk_finish()
 * @words: with @defer: other names are going to be searched for in the C files
 * @threads: threads that read, this one included; 0 is one for each processor
 * @progress: who wants to know
 */
struct gcv_walk_options {
	const char *const *paths;
	size_t nr_paths;
	const struct gcv_intern *hash_paths;
	bool defer, words;
	unsigned int threads;
	struct gcv_walk_progress progress;
};

/**
 * struct gcv_walk - what a walk found
 * @files: all source files, sorted by path (by byte value)
 * @nr_files: how many
 * @nr_candidates: how many of them hold a name
 * @nr_bytes: sum of their sizes
 * @digest: stands for paths and contents of all files that gcv_walk_finish() read
 * @failures: what could not be read, sorted by path
 * @nr_failures: how many
 * @nr_links: symbolic links with the name of a source file, which were passed over
 * @arenas: own the texts
 * @nr_arenas: how many
 * @word_arenas: own the identifiers of the files
 * @nr_word_arenas: how many
 */
struct gcv_walk {
	struct gcv_walk_file *files;
	uint32_t nr_files, nr_candidates;
	uint64_t nr_bytes, digest;
	struct gcv_walk_failure *failures;
	uint32_t nr_failures;
	uint32_t nr_links;
	struct gcv_arena *arenas;
	uint32_t nr_arenas;
	struct gcv_arena *word_arenas;
	uint32_t nr_word_arenas;
};

/**
 * struct gcv_walk_hits - the files that gcv_walk_finish() or gcv_walk_search() found
 * @lexed: by the index of the file in the walk; NULL for all other files; owned by the walk
 * @nr: how many are not NULL
 */
struct gcv_walk_hits {
	const struct gcv_lexed **lexed;
	uint32_t nr;
};

/**
 * gcv_walk_kind_of() - what a file is by its name
 * @name: without folder
 *
 * Return: the kind.
 */
enum gcv_walk_kind gcv_walk_kind_of(const char *name);

/**
 * gcv_walk_language() - how a file of a kind is lexed
 * @kind: a source kind
 *
 * Return: the language.
 */
enum gcv_lex_language gcv_walk_language(enum gcv_walk_kind kind);

/**
 * gcv_walk() - walk a tree and find names
 * @tree: the tree
 * @names: what to look for
 * @options: how
 * @ret: the result, for gcv_walk_release()
 * @err: sentence on failure
 *
 * Return: GCV_OK (also where single files could not be read), GCV_ERR_NOT_FOUND (one of the paths
 * is not in the tree).
 */
enum gcv_status gcv_walk(const struct gcv_tree *tree, const struct gcv_names *names,
			 const struct gcv_walk_options *options, struct gcv_walk *ret,
			 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_walk_find() - a file of the walk
 * @walk: the walk
 * @path: its path
 *
 * Return: the file or NULL.
 */
const struct gcv_walk_file *gcv_walk_find(const struct gcv_walk *walk, const char *path);

/**
 * gcv_walk_finish() - read the files that a walk deferred
 * @tree: the tree
 * @walk: the walk; afterwards it is as if nothing had been deferred
 * @names: what to look for
 * @others: what else to look for in the files that hold none of @names
 * @options: as for the walk
 * @ret: files that hold one of @others, with the names by their numbers there; these files are
 * hashed, but are no candidates of @walk; for gcv_walk_hits_release()
 */
void gcv_walk_finish(const struct gcv_tree *tree, struct gcv_walk *walk,
		     const struct gcv_names *names, const struct gcv_names *others,
		     const struct gcv_walk_options *options, struct gcv_walk_hits *ret);

/**
 * gcv_walk_search() - find other names in the C files of a walk that are not apart
 * @tree: the tree
 * @walk: the walk, with all files read
 * @names: what to look for
 * @only: by index in the walk: look at this file; NULL for all
 * @threads: as for the walk
 * @ret: files that hold one of @names, with the names by their numbers there; these files are
 * hashed; for gcv_walk_hits_release()
 *
 * A file is read again unless it is known that it has none of the names, and then it is known for
 * the next time. One that cannot be read holds none.
 */
void gcv_walk_search(const struct gcv_tree *tree, struct gcv_walk *walk,
		     const struct gcv_names *names, const bool *only, unsigned int threads,
		     struct gcv_walk_hits *ret);

/**
 * gcv_walk_rest() - what stands for all files of a walk but its candidates
 * @walk: the walk, finished
 *
 * Return: its digest without theirs; 0 where nothing was deferred, and it cannot be told.
 */
uint64_t gcv_walk_rest(const struct gcv_walk *walk);

/**
 * gcv_walk_forget_words() - free what was kept for gcv_walk_search()
 * @walk: the walk
 */
void gcv_walk_forget_words(struct gcv_walk *walk);

/**
 * gcv_walk_release() - free the result of a walk
 * @walk: the result; a zeroed one is allowed
 */
void gcv_walk_release(struct gcv_walk *walk);

/**
 * gcv_walk_digest() - what a file that gcv_walk_finish() reads adds to the walk's digest
 * @path: its path
 * @hash: of its contents
 *
 * Return: a summand.
 */
uint64_t gcv_walk_digest(const char *path, const struct gcv_hash *hash);

/**
 * gcv_walk_hits_release() - free the result of a search
 * @hits: the result; a zeroed one is allowed
 */
void gcv_walk_hits_release(struct gcv_walk_hits *hits);

#endif
