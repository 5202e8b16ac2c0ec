/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files go into one patch: those of one driver or subsystem.
 *
 *	struct gcv_group *groups;
 *
 *	gcv_group_files(maintainers, paths, nr, ties, nr_ties, &arena, &groups, &nr_groups);
 *	for (i = 0; i < nr_groups; i++)
 *		for (k = 0; k < groups[i].nr; k++)
 *			puts(paths[groups[i].files[k]]);
 */
#ifndef GCV_EDIT_GROUP_H
#define GCV_EDIT_GROUP_H

#include "base/alloc.h"
#include "tree/maintainers.h"

/**
 * struct gcv_group - the files of one patch
 * @entry: their MAINTAINERS entry, that of the first file that has one; NULL where none has
 * @files: indices into the paths, sorted by path
 * @nr: how many
 */
struct gcv_group {
	const struct gcv_maintainers_entry *entry;
	size_t *files;
	size_t nr;
};

/**
 * struct gcv_group_tie - two files that must go into the same patch
 * @a: index of one
 * @b: index of the other
 */
struct gcv_group_tie {
	size_t a, b;
};

/**
 * gcv_group_files() - group files by driver or subsystem
 * @m: MAINTAINERS; may be NULL
 * @paths: the files, below the tree's root
 * @nr: how many
 * @ties: files that cannot be parted, for example since pages go from one to the other
 * @nr_ties: how many
 * @arena: owns the result
 * @ret: the groups, sorted by their first path
 * @ret_nr: how many
 *
 * Together are: files of the same MAINTAINERS entry and the same area by path (gcv_area_of_path());
 * files of the same folder and area; a header below include/ and the only group of its entry; and
 * whatever is tied.
 */
void gcv_group_files(const struct gcv_maintainers *m, const char *const *paths, size_t nr,
		     const struct gcv_group_tie *ties, size_t nr_ties, struct gcv_arena *arena,
		     struct gcv_group **ret, size_t *ret_nr);

#endif
