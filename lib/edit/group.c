// SPDX-License-Identifier: GPL-2.0-only
#include "edit/group.h"

#include "edit/area.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What is known of one file while groups come to be. */
struct member {
	const char *path, *area;
	size_t folder_len, index; /* of the path; in what the caller gave */
	const struct gcv_maintainers_entry *entry;
	size_t parent; /* disjoint sets: one more step to the group's first file */
};

static size_t root_of(struct member *members, size_t i)
{
	while (members[i].parent != i) {
		members[i].parent = members[members[i].parent].parent;
		i = members[i].parent;
	}
	return i;
}

/* The smaller index stays the root, so that a group is named after its first file. */
static void join(struct member *members, size_t a, size_t b)
{
	a = root_of(members, a);
	b = root_of(members, b);
	if (a < b)
		members[b].parent = a;
	else
		members[a].parent = b;
}

static int compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

static struct member *make_members(const struct gcv_maintainers *m, const char *const *paths,
				   size_t nr, struct gcv_arena *arena)
{
	struct member *members = gcv_arena_alloc(arena, nr * sizeof(*members));
	size_t i;

	for (i = 0; i < nr; i++) {
		const char *slash = strrchr(paths[i], '/');

		members[i].path = paths[i];
		members[i].area = gcv_area_of_path(paths[i], arena);
		members[i].folder_len = slash ? (size_t)(slash - paths[i]) : 0;
		members[i].index = i;
		members[i].entry = m ? gcv_maintainers_subsystem(m, paths[i]) : NULL;
	}
	if (nr)
		qsort(members, nr, sizeof(*members), compare_members);
	for (i = 0; i < nr; i++)
		members[i].parent = i;
	return members;
}

static bool is_same_driver(const struct member *a, const struct member *b)
{
	if (strcmp(a->area, b->area) != 0)
		return false;
	return (a->entry && a->entry == b->entry) ||
	       (a->folder_len == b->folder_len && memcmp(a->path, b->path, a->folder_len) == 0);
}

static bool is_header(const struct member *member)
{
	return strncmp(member->path, "include/", strlen("include/")) == 0;
}

/* The only group, headers apart, of a header's entry; the header itself where there is none or
 * more. */
static size_t group_of_header(struct member *members, size_t nr, size_t header)
{
	size_t i, found = header;

	for (i = 0; i < nr && members[header].entry; i++) {
		size_t root = root_of(members, i);

		if (is_header(&members[i]) || members[i].entry != members[header].entry ||
		    root == found)
			continue;
		if (found != header)
			return header;
		found = root;
	}
	return found;
}

static void join_ties(struct member *members, size_t nr, const struct gcv_group_tie *ties,
		      size_t nr_ties, struct gcv_arena *arena)
{
	size_t *place = gcv_arena_alloc(arena, nr * sizeof(*place)), i;

	for (i = 0; i < nr; i++)
		place[members[i].index] = i;
	for (i = 0; i < nr_ties; i++)
		join(members, place[ties[i].a], place[ties[i].b]);
}

static void collect(struct member *members, size_t nr, struct gcv_arena *arena,
		    struct gcv_group **ret, size_t *ret_nr)
{
	struct gcv_group *groups = gcv_arena_alloc(arena, nr * sizeof(*groups));
	size_t *group_of = gcv_arena_alloc(arena, nr * sizeof(*group_of)), i, nr_groups = 0;

	for (i = 0; i < nr; i++) {
		size_t root = root_of(members, i);

		if (root == i)
			group_of[i] = nr_groups++;
		groups[group_of[root]].nr++;
	}
	for (i = 0; i < nr_groups; i++) {
		groups[i].files = gcv_arena_alloc(arena, groups[i].nr * sizeof(*groups[i].files));
		groups[i].nr = 0;
	}
	for (i = 0; i < nr; i++) {
		struct gcv_group *group = &groups[group_of[root_of(members, i)]];

		group->files[group->nr++] = members[i].index;
		if (!group->entry)
			group->entry = members[i].entry;
	}
	*ret = groups;
	*ret_nr = nr_groups;
}

void gcv_group_files(const struct gcv_maintainers *m, const char *const *paths, size_t nr,
		     const struct gcv_group_tie *ties, size_t nr_ties, struct gcv_arena *arena,
		     struct gcv_group **ret, size_t *ret_nr)
{
	struct member *members = make_members(m, paths, nr, arena);
	size_t i, k;

	for (i = 0; i < nr; i++)
		for (k = i + 1; k < nr; k++)
			if (is_same_driver(&members[i], &members[k]))
				join(members, i, k);
	join_ties(members, nr, ties, nr_ties, arena);
	for (i = 0; i < nr; i++)
		if (is_header(&members[i]))
			join(members, i, group_of_header(members, nr, i));
	collect(members, nr, arena, ret, ret_nr);
}
