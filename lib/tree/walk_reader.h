/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the threads of gcv_walk() and gcv_walk_finish() have in common: each has a reader, which
 * reads files into one buffer, and they run side by side.
 *
 *	struct gcv_reader reader = { 0 };
 *	const char *error = gcv_reader_read(&reader, NULL, "mm/gup.c", dir_fd);
 *
 *	if (!error)
 *		…reader.buf, reader.len…
 *	gcv_reader_release(&reader);
 */
#ifndef GCV_TREE_WALK_READER_H
#define GCV_TREE_WALK_READER_H

#include "base/alloc.h"
#include "tree/overlay.h"
#include "tree/walk.h"

#include <stdatomic.h>

/**
 * struct gcv_reader - a buffer that is used again for the next file; a zeroed one is ready for use
 * @buf: contents of the last file
 * @len: its length
 * @cap: allocated
 * @folder: begins with the path of the folder that stays open; NULL for none
 * @folder_len: length of that path
 * @folder_fd: its descriptor
 */
struct gcv_reader {
	char *buf;
	size_t len, cap;
	const char *folder;
	size_t folder_len;
	int folder_fd;
};

/**
 * struct gcv_walk_tally - how far all threads together are
 * @files: files read
 * @bytes: their sizes
 * @progress: whom to tell; may be NULL
 */
struct gcv_walk_tally {
	atomic_uint_least64_t files, bytes;
	const struct gcv_walk_progress *progress;
};

/**
 * gcv_reader_read() - read a regular file whole
 * @reader: where to
 * @overlay: texts that take the place of files; NULL for none
 * @path: its path below the root of the tree
 * @dir_fd: its folder
 *
 * Return: NULL, or what went wrong (a constant text).
 */
const char *gcv_reader_read(struct gcv_reader *reader, const struct gcv_overlay *overlay,
			    const char *path, int dir_fd);

/**
 * gcv_reader_read_path() - read a regular file of a tree whole
 * @reader: where to
 * @tree: the tree
 * @path: of the file; must live until the next file is read: its folder stays open
 *
 * Return: NULL, or what went wrong (a constant text).
 */
const char *gcv_reader_read_path(struct gcv_reader *reader, const struct gcv_tree *tree,
				 const char *path);

/**
 * gcv_reader_lex() - lex what was read, if it holds a name
 * @reader: the file
 * @names: the names
 * @kind: its kind
 * @arena: owns the result
 *
 * Return: the result, or NULL where it holds none.
 */
const struct gcv_lexed *gcv_reader_lex(const struct gcv_reader *reader,
				       const struct gcv_names *names, enum gcv_walk_kind kind,
				       struct gcv_arena *arena);

/**
 * gcv_reader_take() - fill in what the walk keeps of a file that was read
 * @reader: the file
 * @names: the names to look for
 * @hash_paths: files to hash in any case; NULL for none
 * @arena: owns what is found
 * @file: with path and kind
 */
void gcv_reader_take(const struct gcv_reader *reader, const struct gcv_names *names,
		     const struct gcv_intern *hash_paths, struct gcv_arena *arena,
		     struct gcv_walk_file *file);

/**
 * gcv_reader_release() - free the buffer and close the folder
 * @reader: the reader
 */
void gcv_reader_release(struct gcv_reader *reader);

/**
 * gcv_walk_keep() - give the memory of a thread to the walk
 * @walk: the walk
 * @texts: owns what was found
 * @words: owns the identifiers of files
 */
void gcv_walk_keep(struct gcv_walk *walk, struct gcv_arena texts, struct gcv_arena words);

/**
 * gcv_walk_tally_add() - count a file
 * @tally: the sums
 * @bytes: its size
 * @tell: report the sums; true in the caller's thread only
 */
void gcv_walk_tally_add(struct gcv_walk_tally *tally, uint64_t bytes, bool tell);

/**
 * gcv_walk_threads() - number of threads to use
 * @threads: what was asked for; 0 is one for each processor
 *
 * Return: at least 1.
 */
unsigned int gcv_walk_threads(unsigned int threads);

/**
 * gcv_walk_run() - run a function in several threads, this one included, and wait for all
 * @run: the function
 * @workers: array of their arguments
 * @size_bytes: size of an element of @workers
 * @nr: how many; an element whose thread cannot be started is not run, except for the first
 */
void gcv_walk_run(void *(*run)(void *worker), void *workers, size_t size_bytes, unsigned int nr);

#endif
