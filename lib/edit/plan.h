/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plan of a conversion: which sites are changed together, and what becomes of the text of each
 * file.
 *
 *	struct gcv_plan_input input = { .program = program, .era = &era, … };
 *
 *	gcv_plan_init(&plan, &input);
 *	st = gcv_plan_make(&plan, err);
 *	…plan.files[i]…
 *	gcv_plan_drop(&plan, group, "check-failed", "a line that says why");
 *	st = gcv_plan_make(&plan, err);			once more without it
 *	gcv_plan_release(&plan);
 *
 * Sites that serve the same pages make a group: all of them are changed, in all files, or none is.
 * A conversion that changes the signature of a function makes a single group of the function's
 * declarations, definition and calls.
 */
#ifndef GCV_EDIT_PLAN_H
#define GCV_EDIT_PLAN_H

#include "edit/change.h"
#include "edit/goal.h"
#include "edit/source.h"
#include "flow/accessor.h"
#include "flow/program.h"

/**
 * struct gcv_plan_result - what the classification says of a site, as far as editing goes by it
 * @is_convertible: verdict `convertible` of an acquire, `convert` of a release
 * @may_be_negative: reason `count-may-be-negative`
 * @may_lock: the page lock may be taken at the release, and it may sleep there
 * @is_longterm: FOLL_LONGTERM is due
 * @partners: sites that it is tied to
 * @nr_partners: how many
 */
struct gcv_plan_result {
	bool is_convertible, may_be_negative, may_lock, is_longterm;
	const uint32_t *partners;
	uint32_t nr_partners;
};

/**
 * struct gcv_plan_occurrence - a place where a name stands in the tree
 * @file: path
 * @offset: of the name
 * @line: of the name
 * @name: the name
 * @class_name: class of the ledger, in kebab-case
 */
struct gcv_plan_occurrence {
	const char *file;
	uint32_t offset, line;
	const char *name;
	const char *class_name;
};

/**
 * struct gcv_plan_input - what a plan is made from
 * @program: functions and sites
 * @era: what the tree declares
 * @accessors: known functions
 * @conversion: the goal
 * @results: one for each site of the program; not used for a change of a signature
 * @occurrences: for a change of a signature the ledger, sorted by file and offset; else NULL
 * @nr_occurrences: how many
 * @is_wanted: by site: an acquire that was asked for; NULL for all
 * @longterm: add FOLL_LONGTERM where it is due
 * @read: append a file of the tree; GCV_ERR_CHANGED where it is not what was scanned, for
 *	which its groups are given up
 * @ctx: first argument of @read
 */
struct gcv_plan_input {
	struct gcv_program *program;
	const struct gcv_era *era;
	const struct gcv_accessors *accessors;
	const struct gcv_api_conversion *conversion;
	const struct gcv_plan_result *results;
	const struct gcv_plan_occurrence *occurrences;
	uint32_t nr_occurrences;
	const bool *is_wanted;
	bool longterm;
	enum gcv_status (*read)(void *ctx, const char *path, struct gcv_strbuf *out,
				struct gcv_err *err);
	void *ctx;
};

/**
 * struct gcv_plan_refusal - a group that is not changed although it is convertible
 * @group: the group
 * @site: a site of it, the acquire where there is one; GCV_NONE where it is about no site
 * @file: where that is
 * @line: line there
 * @code: kebab-case code ("not-editable", "check-failed", "source-changed")
 * @text: a sentence
 */
struct gcv_plan_refusal {
	uint32_t group, site;
	const char *file;
	uint32_t line;
	const char *code;
	const char *text;
};

/**
 * struct gcv_plan_file - a file that is changed
 * @edit: its changes; at least one
 * @source: its text
 * @text: owns the text
 */
struct gcv_plan_file {
	struct gcv_file_edit edit;
	struct gcv_source source;
	struct gcv_strbuf text;
};

/**
 * struct gcv_plan - see above
 * @input: what it is made from
 * @arena: owns what follows, but for the files
 * @groups: by site its group, or GCV_NONE for one that is not to be changed
 * @nr_groups: how many groups
 * @files: the files, by path
 * @nr_files: how many
 * @cap_files: room
 * @refusals: groups that were given up
 * @nr_refusals: how many
 * @cap_refusals: room
 * @is_folded: by site: a release whose loop or dirtying was folded into one call
 * @note: why there is nothing to do, for a change of a signature; else NULL
 */
struct gcv_plan {
	struct gcv_plan_input input;
	struct gcv_arena arena;
	uint32_t *groups;
	uint32_t nr_groups;
	struct gcv_plan_file *files;
	uint32_t nr_files, cap_files;
	struct gcv_plan_refusal *refusals;
	uint32_t nr_refusals, cap_refusals;
	bool *is_folded;
	const char *note;
};

/**
 * gcv_plan_init() - find the groups
 * @plan: for gcv_plan_release()
 * @input: copied; what it points to must outlive the plan
 */
void gcv_plan_init(struct gcv_plan *plan, const struct gcv_plan_input *input);

/**
 * gcv_plan_make() - make the changes of all groups that were not given up
 * @plan: the plan; what was made before is thrown away
 * @err: sentence on failure
 *
 * A group that cannot be edited is given up by itself.
 *
 * Return: GCV_OK, or what gcv_program_body() returned.
 */
enum gcv_status gcv_plan_make(struct gcv_plan *plan, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_plan_drop() - give a group up
 * @plan: the plan
 * @group: the group
 * @code: see struct gcv_plan_refusal
 * @text: a sentence, copied
 */
void gcv_plan_drop(struct gcv_plan *plan, uint32_t group, const char *code, const char *text);

/**
 * gcv_plan_drop_at() - give a group up for the sake of some place
 * @plan: the plan
 * @group: the group
 * @site: a site of it, or GCV_NONE
 * @file: the place, copied
 * @line: line there
 * @code: see struct gcv_plan_refusal
 * @text: a sentence, copied
 */
void gcv_plan_drop_at(struct gcv_plan *plan, uint32_t group, uint32_t site, const char *file,
		      uint32_t line, const char *code, const char *text);

/**
 * gcv_plan_find_file() - a file of the plan, read where it was not yet
 * @plan: the plan
 * @path: the file; must outlive the plan
 * @ret: the file; valid until another one is read
 * @err: sentence on failure
 *
 * Return: GCV_OK, or what @input.read returned.
 */
enum gcv_status gcv_plan_find_file(struct gcv_plan *plan, const char *path,
				   struct gcv_plan_file **ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_plan_is_dropped() - was a group given up?
 * @plan: the plan
 * @group: the group
 *
 * Return: true where it was.
 */
bool gcv_plan_is_dropped(const struct gcv_plan *plan, uint32_t group);

/** gcv_plan_function_fn - called for a function of a file that is edited */
typedef enum gcv_status gcv_plan_function_fn(struct gcv_plan *plan, struct gcv_plan_file *file,
					     struct gcv_function *fn, struct gcv_err *err);

/**
 * gcv_plan_each_function() - look at the functions of the files that are edited
 * @plan: the plan
 * @look: called for each, file by file; those that a macro makes are left out, since their text
 * cannot be edited
 * @err: sentence on failure
 *
 * Return: GCV_OK or what @look returned, which ends the looking.
 */
enum gcv_status gcv_plan_each_function(struct gcv_plan *plan, gcv_plan_function_fn *look,
				       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_plan_release() - free a plan
 * @plan: the plan; a zeroed one is allowed
 */
void gcv_plan_release(struct gcv_plan *plan);

#endif
