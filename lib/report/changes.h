/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What changed between two snapshots: acquires that came, went, moved, were converted, or fell
 *back.
 *
 *	st = gcv_report_changes_collect(&source, "6.1", "6.12", &filter, &changes, err);
 *	for (i = 0; i < changes.nr; i++)
 *		…changes.changes[i].kind, .file, .before, .after…
 *	gcv_report_changes_release(&changes);
 *
 * Sites are matched by their id (file, function, API name and ordinal). Of those that are left,
 *calls of other names that stand in the same function, as many as before, are the same ones where
 *one side is converted: pin_user_pages() in place of get_user_pages(). What is left of both sides
 *then and agrees in function, API name and ordinal, with one candidate each, has moved to another
 *file.
 */
#ifndef GCV_REPORT_CHANGES_H
#define GCV_REPORT_CHANGES_H

#include "report/source.h"

/**
 * enum gcv_change_kind - what became of an acquire
 * @GCV_CHANGE_CONVERTED: it is converted, and was there before without being so
 * @GCV_CHANGE_REGRESSED: it was converted, and is not
 * @GCV_CHANGE_APPEARED: it was not there
 * @GCV_CHANGE_GONE: it is not there any more
 * @GCV_CHANGE_MOVED: it is in another file; its verdict may have changed, too
 * @GCV_CHANGE_VERDICT: another change of the verdict
 * @GCV_CHANGES: number of kinds
 */
enum gcv_change_kind {
	GCV_CHANGE_CONVERTED,
	GCV_CHANGE_REGRESSED,
	GCV_CHANGE_APPEARED,
	GCV_CHANGE_GONE,
	GCV_CHANGE_MOVED,
	GCV_CHANGE_VERDICT,
	GCV_CHANGES,
};

/**
 * struct gcv_report_change - a change
 * @kind: what
 * @id: of the site; of a moved one the new id
 * @file: where it is, or was
 * @line: line there
 * @function: function that holds it
 * @api: what is called
 * @before: verdict before, or ""
 * @after: verdict after, or ""
 * @old_file: of a moved one the file where it was, else ""
 */
struct gcv_report_change {
	enum gcv_change_kind kind;
	const char *id;
	const char *file;
	uint32_t line;
	const char *function;
	const char *api;
	const char *before, *after;
	const char *old_file;
};

/**
 * struct gcv_report_changes - the changes between two snapshots
 * @arena: owns the strings
 * @before: label of the earlier snapshot
 * @changes: by kind, then by path and line
 * @nr: how many
 * @cap: room
 * @sums: how many of each kind
 * @is_same_conversion: verdicts of both are for the same conversion; else only the kinds appeared,
 * gone and moved mean anything, and there are no others
 */
struct gcv_report_changes {
	struct gcv_arena arena;
	const char *before;
	struct gcv_report_change *changes;
	uint32_t nr, cap;
	uint32_t sums[GCV_CHANGES];
	bool is_same_conversion;
};

/**
 * gcv_change_name() - stable name of a kind
 * @kind: the kind
 *
 * Return: "converted", "regressed", "appeared", "gone", "moved", "verdict".
 */
const char *gcv_change_name(enum gcv_change_kind kind);

/**
 * gcv_report_changes_collect() - compare the acquires of two snapshots
 * @source: where they come from
 * @before: label of the earlier one
 * @after: label of the later one
 * @filter: which sites; its role is not looked at; NULL for all
 * @ret: for gcv_report_changes_release()
 * @err: sentence on failure
 *
 * Return: GCV_OK or what the source returned.
 */
enum gcv_status gcv_report_changes_collect(const struct gcv_report_source *source,
					   const char *before, const char *after,
					   const struct gcv_site_filter *filter,
					   struct gcv_report_changes *ret,
					   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_report_changes_release() - free them
 * @changes: the changes; zeroed ones are allowed
 */
void gcv_report_changes_release(struct gcv_report_changes *changes);

#endif
