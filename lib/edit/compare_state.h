/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of a comparison share: sites (compare.c, compare_group.c), errors
 * (compare_error.c) and faults (compare_fault.c).
 */
#ifndef GCV_EDIT_COMPARE_STATE_H
#define GCV_EDIT_COMPARE_STATE_H

#include "edit/compare.h"
#include "parse/facts.h"

/**
 * struct gcv_comparison - a comparison at work
 * @input: what is compared
 * @arena: owns the texts of findings
 * @groups: by site before the edits the group that it belongs to, or GCV_NONE
 * @now: by site before the edits what it is afterwards: an index, or GCV_NONE
 * @was: by site after the edits what it was before, or GCV_NONE
 * @changed: by site after the edits the group of the change that put it there, or of the edited
 * site that it was, or GCV_NONE
 * @findings: what was found
 * @nr_findings: how many
 * @cap_findings: room
 */
struct gcv_comparison {
	const struct gcv_edit_input *input;
	struct gcv_arena *arena;
	uint32_t *groups, *now, *was, *changed;
	struct gcv_finding *findings;
	uint32_t nr_findings, cap_findings;
};

/**
 * gcv_comparison_add() - note a finding
 * @c: the comparison
 * @finding: without its text
 * @fmt: printf format of the text
 */
void gcv_comparison_add(struct gcv_comparison *c, struct gcv_finding finding, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * gcv_comparison_edit() - the edit of a file
 * @c: the comparison
 * @file: its path
 *
 * Return: the edit; NULL where there is none, or one without changes.
 */
const struct gcv_file_edit *gcv_comparison_edit(const struct gcv_comparison *c, const char *file);

/**
 * gcv_comparison_old_line() - a line of the edited text as a line of the old one
 * @edit: the edit
 * @line: line in the edited text, from 1
 * @ret_change: the change that made something on this line, else the nearest one before it, else
 * the first one
 *
 * Return: the line in the old text where that stood, or where the change is.
 */
uint32_t gcv_comparison_old_line(const struct gcv_file_edit *edit, uint32_t line,
				 const struct gcv_change **ret_change);

/* compare_group.c */

/**
 * gcv_comparison_groups() - find out which sites are edited
 * @c: fills @groups
 */
void gcv_comparison_groups(struct gcv_comparison *c);

/**
 * gcv_comparison_blame() - which group is to blame for what became of a site that is not edited
 * @c: the comparison
 * @before: the site before the edits, or NULL
 * @after: the site after the edits, or NULL
 *
 * That of a site that it is tied to, else of its function, else of its file, else the only one.
 *
 * Return: the group or GCV_NONE.
 */
uint32_t gcv_comparison_blame(const struct gcv_comparison *c, const struct gcv_edit_site *before,
			      const struct gcv_edit_site *after);

/**
 * gcv_comparison_only_group() - the group of an edit, or of all
 * @c: the comparison
 * @edit: the edit, or NULL for all
 *
 * Return: the group that all changes belong to, or GCV_NONE.
 */
uint32_t gcv_comparison_only_group(const struct gcv_comparison *c,
				   const struct gcv_file_edit *edit);

/* compare_error.c */

/**
 * gcv_comparison_errors() - find new errors
 * @c: the comparison
 */
void gcv_comparison_errors(struct gcv_comparison *c);

/* compare_fault.c */

/**
 * gcv_comparison_faults() - find new faults
 * @c: the comparison
 */
void gcv_comparison_faults(struct gcv_comparison *c);

#endif
