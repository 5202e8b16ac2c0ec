/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is remembered of a series that was made: enough to tell what changed in the next version,
 * and to tie mails to patches.
 *
 *	struct gcv_series_record record = { .conversion = "pin-user-page", .version = 1, … };
 *
 *	st = gcv_db_series_put(db, &record, err);
 *	st = gcv_db_series_get(db, "pin-user-page", "", 1, &arena, &earlier, err);
 */
#ifndef GCV_EDIT_RECORD_H
#define GCV_EDIT_RECORD_H

#include "tree/hash.h"
#include <stdint.h>

/**
 * struct gcv_series_record_patch - a patch of it
 * @name: what it is about, the same in each version: the folder or entry that groups its files
 * @subject: its subject without "[PATCH …]"
 * @hash: of the lines that it takes out and puts in, wherever these stand
 * @files: paths
 * @sites: ids of the sites that it converts
 * @tags: lines like "Acked-by: …" that people gave it
 * @nr_files: how many
 * @nr_sites: how many
 * @nr_tags: how many
 */
struct gcv_series_record_patch {
	const char *name, *subject;
	struct gcv_hash hash;
	const char *const *files;
	const char *const *sites;
	const char *const *tags;
	uint32_t nr_files, nr_sites, nr_tags;
};

/**
 * struct gcv_series_record - a series
 * @conversion: its conversion
 * @scope: paths that it was restricted to, or ""
 * @version: 1 for the first, 2 for "v2"
 * @kernel: release of the tree
 * @patches: in their order
 * @nr_patches: how many
 */
struct gcv_series_record {
	const char *conversion, *scope;
	uint32_t version;
	const char *kernel;
	const struct gcv_series_record_patch *patches;
	uint32_t nr_patches;
};

#endif
