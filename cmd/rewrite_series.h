/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of gcv_rewrite_series(): a series in the making.
 *
 *	st = gcv_sending_add_patch(s, i, series, err);		for each group of files
 *	series->cover = gcv_sending_say_cover(s, batch);
 *	series->refusals = gcv_sending_say_refusals(s);
 *	series->changes = gcv_sending_say_changes(s);
 */
#ifndef GCV_CMD_REWRITE_SERIES_H
#define GCV_CMD_REWRITE_SERIES_H

#include "cmd/rewrite.h"
#include "db/series.h"
#include "edit/area.h"
#include "edit/group.h"
#include "edit/mailmap.h"
#include "edit/series.h"

/**
 * struct gcv_sending - a run that makes a series
 * @r: the command
 * @arena: owns texts
 * @log: history of the tree
 * @mailmap: addresses that people have now
 * @groups: files of each patch
 * @nr_groups: how many
 * @patches: what is remembered of each
 * @before: the version before
 * @has_before: there is one
 * @batches: the series
 * @nr_batches: how many
 * @version: of this series
 * @max_patches: patches of one of them at most
 * @scope: paths and entry that it is restricted to
 */
struct gcv_sending {
	struct gcv_rewrite *r;
	struct gcv_arena arena;
	struct gcv_area_log *log;
	struct gcv_mailmap *mailmap;
	struct gcv_group *groups;
	size_t nr_groups;
	struct gcv_series_record_patch *patches;
	struct gcv_series_record before;
	bool has_before;
	struct gcv_series *batches;
	size_t nr_batches;
	long version, max_patches;
	const char *scope;
};

/**
 * gcv_sending_take() - move a text into the arena
 * @s: the run
 * @text: emptied
 *
 * Return: the text.
 */
const char *gcv_sending_take(struct gcv_sending *s, struct gcv_strbuf *text);

/**
 * gcv_sending_is_converted() - does the series convert a site?
 * @r: the command
 * @site: index of the site
 *
 * Return: true where it does.
 */
bool gcv_sending_is_converted(const struct gcv_rewrite *r, uint32_t site);

/**
 * gcv_sending_shared_files() - files that two patches change
 * @a: a patch
 * @b: another
 *
 * Return: how many they are.
 */
uint32_t gcv_sending_shared_files(const struct gcv_series_record_patch *a,
				  const struct gcv_series_record_patch *b);

/**
 * gcv_sending_before() - the patch of the last version that changed most of the same files
 * @s: the run
 * @patch: a patch of this version
 *
 * Return: the patch, or NULL.
 */
const struct gcv_series_record_patch *
gcv_sending_before(const struct gcv_sending *s, const struct gcv_series_record_patch *patch);

/**
 * gcv_sending_add_patch() - make the patch of a group of files
 * @s: the run
 * @at: number of the group; @patches of @s is filled in there
 * @series: where it goes
 * @err: sentence on failure
 *
 * Return: GCV_OK, or a failure of store or git.
 */
enum gcv_status gcv_sending_add_patch(struct gcv_sending *s, size_t at, struct gcv_series *series,
				      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_sending_say_refusals() - what was refused and why, in one paragraph
 * @s: the run
 *
 * Return: the text, or NULL where nothing was refused.
 */
const char *gcv_sending_say_refusals(struct gcv_sending *s);

/**
 * gcv_sending_say_cover() - what the series is about
 * @s: the run
 * @batch: number of the series, from 0
 *
 * Return: the text.
 */
const char *gcv_sending_say_cover(struct gcv_sending *s, size_t batch);

/**
 * gcv_sending_say_changes() - what the last version had, and this one has not
 * @s: the run; all patches are made
 *
 * Return: the text, or NULL for a first version.
 */
const char *gcv_sending_say_changes(struct gcv_sending *s);

#endif
