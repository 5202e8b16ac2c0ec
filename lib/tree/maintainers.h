/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tree's MAINTAINERS: which entry a file belongs to, and who is to be told of a change. What
 * matches is what scripts/get_maintainer.pl of the trees says, without git, keywords and fallbacks.
 *
 *	struct gcv_maintainers *m;
 *	struct gcv_maintainers_match *matches;
 *
 *	if (gcv_maintainers_load(&tree, &m, err) != GCV_OK)
 *		…
 *	gcv_maintainers_find(m, "mm/gup.c", &arena, &matches, &nr);
 *	for (i = 0; i < nr; i++)
 *		puts(matches[i].entry->title);
 *	gcv_maintainers_free(m);
 *
 * The file is untrusted: damaged lines are counted and skipped, a pattern costs time in proportion
 * to its length and the path's, and a regular expression has a bound on its work. Text is handed
 *out as the bytes that the file has, which need not be UTF-8.
 */
#ifndef GCV_TREE_MAINTAINERS_H
#define GCV_TREE_MAINTAINERS_H

#include "base/alloc.h"
#include "tree/tree.h"

/** GCV_MAINTAINERS_VALUE_MAX - longest value of a line, in bytes; longer ones are damage */
#define GCV_MAINTAINERS_VALUE_MAX 1024

/**
 * enum gcv_upkeep - what an entry's S: says, in its own order of merit
 * @GCV_UPKEEP_UNKNOWN: no S:, or none of these words
 * @GCV_UPKEEP_SUPPORTED: somebody is paid for it
 * @GCV_UPKEEP_MAINTAINED: somebody looks after it
 * @GCV_UPKEEP_ODD_FIXES: somebody takes patches
 * @GCV_UPKEEP_ORPHAN: nobody does
 * @GCV_UPKEEP_OBSOLETE: replaced by something else
 */
enum gcv_upkeep {
	GCV_UPKEEP_UNKNOWN,
	GCV_UPKEEP_SUPPORTED,
	GCV_UPKEEP_MAINTAINED,
	GCV_UPKEEP_ODD_FIXES,
	GCV_UPKEEP_ORPHAN,
	GCV_UPKEEP_OBSOLETE,
};

/**
 * struct gcv_maintainers_field - one line of an entry
 * @letter: 'M', 'R', 'L', 'S', 'T', 'F', 'X', 'N', …
 * @line: where it stands in the file, from 1
 * @value: what stands behind the colon, without blanks around it
 * @regex: of an 'N'; private
 */
struct gcv_maintainers_field {
	char letter;
	unsigned int line;
	const char *value;
	void *regex;
};

/**
 * struct gcv_maintainers_entry - one entry
 * @title: its first line
 * @line: where that stands in the file, from 1
 * @upkeep: what S: says
 * @fields: its lines, in the file's order
 * @nr_fields: how many
 */
struct gcv_maintainers_entry {
	const char *title;
	unsigned int line;
	enum gcv_upkeep upkeep;
	struct gcv_maintainers_field *fields;
	size_t nr_fields;
};

/**
 * struct gcv_maintainers - a MAINTAINERS file
 * @arena: owns what the entries point to
 * @entries: the entries, in the file's order
 * @nr: how many
 * @nr_damaged: lines that were skipped: too long, NUL in them, or a regular expression that is none
 * @damaged_line: the first of them, 0 where there is none
 */
struct gcv_maintainers {
	struct gcv_arena arena;
	struct gcv_maintainers_entry *entries;
	size_t nr;
	size_t nr_damaged;
	unsigned int damaged_line;
};

/**
 * struct gcv_maintainers_match - an entry that speaks of a path
 * @entry: the entry
 * @pattern: its most specific F: or N: that matches
 * @depth: how specific: folders named by the F:, one more for a file; 0 for an N:; -1 for a pattern
 *         that begins with a star ("*" and the like: the rest of the tree)
 */
struct gcv_maintainers_match {
	const struct gcv_maintainers_entry *entry;
	const char *pattern;
	int depth;
};

/**
 * gcv_maintainers_parse() - read a MAINTAINERS file from memory
 * @text: its bytes
 * @len_bytes: how many
 * @ret: the entries, for gcv_maintainers_free()
 *
 * Every text is one: what is no entry gives none, and damage is counted.
 */
void gcv_maintainers_parse(const char *text, size_t len_bytes, struct gcv_maintainers **ret);

/**
 * gcv_maintainers_load() - read the MAINTAINERS file of a tree
 * @tree: the tree
 * @ret: the entries, for gcv_maintainers_free()
 * @err: sentence on failure
 *
 * Return: what gcv_tree_read() returns.
 */
enum gcv_status gcv_maintainers_load(const struct gcv_tree *tree, struct gcv_maintainers **ret,
				     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_maintainers_find() - the entries that speak of a path
 * @m: the entries
 * @path: a file's path below the tree's root
 * @arena: owns the result
 * @ret: the entries, the most specific first; entries of the same depth by the length of the
 *       pattern, then as they stand in the file
 * @ret_nr: how many
 *
 * F: ending in a slash is a folder with all below it, other patterns match as many path components
 * as they have; "*" and "?" stay within these, "**" does not. N: is a Perl regular expression on
 * the path. An X: that matches takes the entry out. Source: file_match_pattern() and
 * get_maintainers() of scripts/get_maintainer.pl.
 */
void gcv_maintainers_find(const struct gcv_maintainers *m, const char *path,
			  struct gcv_arena *arena, struct gcv_maintainers_match **ret,
			  size_t *ret_nr);

/**
 * gcv_maintainers_subsystem() - the entry that a path belongs to
 * @m: the entries
 * @path: a file's path below the tree's root
 *
 * Return: the most specific entry; NULL where only entries for the rest of the tree match, or none.
 */
const struct gcv_maintainers_entry *gcv_maintainers_subsystem(const struct gcv_maintainers *m,
							      const char *path);

/**
 * gcv_maintainers_free() - free everything
 * @m: the entries; may be NULL
 */
void gcv_maintainers_free(struct gcv_maintainers *m);

#endif
