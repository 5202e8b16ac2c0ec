/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of gupconv-rewrite(1): what it loads, what it plans, and what it does with the result.
 *
 *	struct gcv_rewrite rewrite = { .cli = cli };
 *
 *	st = gcv_rewrite_load(&rewrite, err);		database, tree, era, results
 *	st = gcv_plan_make(&rewrite.plan, err);
 *	…
 *	gcv_rewrite_release(&rewrite);
 */
#ifndef GCV_CMD_REWRITE_H
#define GCV_CMD_REWRITE_H

#include "cmd/option.h"
#include "db/results.h"
#include "edit/plan.h"
#include "flow/accessor.h"
#include "tree/maintainers.h"
#include "tree/tree.h"

/**
 * struct gcv_rewrite_site - what is told of a site in messages
 * @id: its id
 * @verdict: its verdict
 * @reason: code of the first of its reasons, or ""
 * @pin_case: case of pin_user_pages.rst, or 0
 */
struct gcv_rewrite_site {
	const char *id;
	const char *verdict;
	const char *reason;
	unsigned int pin_case;
};

/**
 * struct gcv_rewrite - the command at work
 * @cli: the command line
 * @arena: owns texts
 * @tree: the tree
 * @api: the API table
 * @db: the database
 * @era_arena: owns what @era refers to
 * @era: what the tree declares
 * @accessors: known functions
 * @source: the stored snapshot as a program
 * @program: functions and sites
 * @results: what editing goes by, by site; nothing for a change of a signature
 * @sites: what messages tell, by site
 * @occurrences: the ledger, for a change of a signature
 * @nr_occurrences: how many
 * @nr_sites: how many
 * @conversion: the goal
 * @maintainers: MAINTAINERS, loaded where it is needed
 * @plan: what is to be changed
 * @is_planned: @plan was made
 */
struct gcv_rewrite {
	struct gcv_cli *cli;
	struct gcv_arena arena;
	struct gcv_tree tree;
	struct gcv_api api;
	struct gcv_db *db;
	struct gcv_arena era_arena;
	struct gcv_era era;
	struct gcv_accessors accessors;
	struct gcv_program_source source;
	struct gcv_program *program;
	struct gcv_plan_result *results;
	struct gcv_rewrite_site *sites;
	struct gcv_plan_occurrence *occurrences;
	uint32_t nr_occurrences;
	uint32_t nr_sites;
	const struct gcv_api_conversion *conversion;
	struct gcv_maintainers *maintainers;
	struct gcv_plan plan;
	bool is_planned;
};

/**
 * gcv_rewrite_load() - load what a plan is made from, and find the groups
 * @rewrite: @cli is set
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_USAGE (no such conversion, a path out of the tree), GCV_ERR_NOT_FOUND
 * (nothing was scanned, or not for this conversion), or a failure of store or tree.
 */
enum gcv_status gcv_rewrite_load(struct gcv_rewrite *rewrite, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_rewrite_series() - write the mails of a series, and remember it
 * @rewrite: the plan was made
 * @dir: the folder that is made
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (nobody said who sends it), GCV_ERR_USAGE (the folder exists,
 * nothing to send), or a failure of store or file system.
 */
enum gcv_status gcv_rewrite_series(struct gcv_rewrite *rewrite, const char *dir,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_rewrite_release() - free everything
 * @rewrite: a zeroed one is allowed
 */
void gcv_rewrite_release(struct gcv_rewrite *rewrite);

#endif
