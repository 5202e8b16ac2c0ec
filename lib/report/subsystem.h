/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whose code sites stand in: entries of the tree's MAINTAINERS, as plain structures that the store
 * keeps with a snapshot.
 *
 *	gcv_subsystems_of(maintainers, paths, nr_paths, &arena, &all);
 *	st = gcv_db_subsystems_put(db, label, &all, err);
 *	…
 *	subsystem = gcv_subsystems_find(&all, "mm/gup.c");	NULL: no entry has the file
 *	if (gcv_subsystem_has_person(subsystem, "torvalds"))
 *		…
 */
#ifndef GCV_REPORT_SUBSYSTEM_H
#define GCV_REPORT_SUBSYSTEM_H

#include "tree/maintainers.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * struct gcv_subsystem_person - who is to be told
 * @role: "maintainer", "reviewer" or "list"
 * @address: as MAINTAINERS has it
 */
struct gcv_subsystem_person {
	const char *role;
	const char *address;
};

/**
 * struct gcv_subsystem - an entry of MAINTAINERS
 * @title: its title
 * @status: what its S: says, as it is written there; "" where it says nothing
 * @persons: its M:, R: and L: lines, in the file's order
 * @nr_persons: how many
 */
struct gcv_subsystem {
	const char *title;
	const char *status;
	const struct gcv_subsystem_person *persons;
	uint32_t nr_persons;
};

/**
 * struct gcv_subsystem_file - a file and its entry
 * @path: relative to the tree
 * @subsystem: index of the entry
 */
struct gcv_subsystem_file {
	const char *path;
	uint32_t subsystem;
};

/**
 * struct gcv_subsystems - the entries that have files with sites
 * @subsystems: the entries, by title
 * @nr: how many
 * @files: files that have an entry, by path (by byte value), each once
 * @nr_files: how many
 */
struct gcv_subsystems {
	const struct gcv_subsystem *subsystems;
	uint32_t nr;
	const struct gcv_subsystem_file *files;
	uint32_t nr_files;
};

/**
 * gcv_subsystems_of() - the entries of some files
 * @maintainers: MAINTAINERS of the tree
 * @paths: the files; sorted by path, each once
 * @nr_paths: how many
 * @arena: owns the result, which points into nothing of @maintainers
 * @ret: the entries; a file belongs to the one whose pattern is the most specific
 *
 * Source: scripts/get_maintainer.pl. A file that only the entries for the rest of the tree match is
 * in none.
 */
void gcv_subsystems_of(const struct gcv_maintainers *maintainers, const char *const *paths,
		       uint32_t nr_paths, struct gcv_arena *arena, struct gcv_subsystems *ret);

/**
 * gcv_subsystems_find() - the entry of a file
 * @all: the entries
 * @path: relative to the tree
 *
 * Return: the entry or NULL.
 */
const struct gcv_subsystem *gcv_subsystems_find(const struct gcv_subsystems *all, const char *path);

/**
 * gcv_subsystem_has_person() - does an entry name somebody?
 * @subsystem: the entry; NULL names nobody
 * @text: part of an address, in any case
 *
 * Return: true where one of its addresses has @text.
 */
bool gcv_subsystem_has_person(const struct gcv_subsystem *subsystem, const char *text);

#endif
