/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the explanation: what its parts share while it is made.
 *
 *	gcv_explain_place(&state, "mm/gup.c", 7, "f", &place);
 *	gcv_explain_tree(&state, steps, nr, &way);
 *	site->sentence = gcv_explain_sentence(&state, site);
 */
#ifndef GCV_REPORT_EXPLAIN_STATE_H
#define GCV_REPORT_EXPLAIN_STATE_H

#include "base/intern.h"
#include "report/explain.h"

/**
 * struct gcv_explain_state - an explanation that is made
 * @source: where it is taken from
 * @query: of what
 * @explain: the result
 * @all: all sites of the snapshot
 * @nr_all: how many
 * @cap_all: allocated length
 * @numbers: for the number of a site its index in @all plus 1, or 0
 * @nr_numbers: length of @numbers
 * @declared: names that the tree declares
 * @files: paths that were compared with what was scanned
 */
struct gcv_explain_state {
	const struct gcv_explain_source *source;
	const struct gcv_explain_query *query;
	struct gcv_explain *explain;
	const struct gcv_site **all;
	uint32_t nr_all, cap_all;
	uint32_t *numbers;
	uint32_t nr_numbers;
	struct gcv_intern declared, files;
};

/**
 * gcv_explain_place() - look a place up in the tree
 * @s: the state
 * @file: path, or ""
 * @line: line, or 0
 * @function: function, or ""
 * @ret: the place
 * @err: sentence on failure
 *
 * Return: GCV_OK or what the source returned.
 */
enum gcv_status gcv_explain_place(struct gcv_explain_state *s, const char *file, uint32_t line,
				  const char *function, struct gcv_explain_place *ret,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_explain_tree() - put steps into the order in which they are read
 * @s: the state
 * @steps: steps of a result; those of kind "use" are left out
 * @nr: how many
 * @ret: the way
 * @err: sentence on failure
 *
 * Depth first; steps on one line that follow each other become one.
 *
 * Return: GCV_OK or what the source returned.
 */
enum gcv_status gcv_explain_tree(struct gcv_explain_state *s, const struct gcv_result_step *steps,
				 uint32_t nr, struct gcv_explain_way *ret,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_explain_path() - the steps that lead to one
 * @s: the state
 * @steps: steps of a result
 * @leaf: index of the last
 * @ret: the way
 * @err: sentence on failure
 *
 * Return: GCV_OK or what the source returned.
 */
enum gcv_status gcv_explain_path(struct gcv_explain_state *s, const struct gcv_result_step *steps,
				 uint32_t leaf, struct gcv_explain_way *ret,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_explain_uses() - the steps of kind "use", by place
 * @s: the state
 * @steps: steps of a result
 * @nr: how many
 * @ret: the way
 * @err: sentence on failure
 *
 * Return: GCV_OK or what the source returned.
 */
enum gcv_status gcv_explain_uses(struct gcv_explain_state *s, const struct gcv_result_step *steps,
				 uint32_t nr, struct gcv_explain_way *ret,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_explain_main_reason() - the reason that says most about a verdict
 * @result: the result
 *
 * Return: the first one; of what is kept the one for which it is; NULL where there is none.
 */
const struct gcv_result_reason *gcv_explain_main_reason(const struct gcv_result *result);

/**
 * gcv_explain_sentence() - the verdict of a site in a sentence
 * @s: the state
 * @site: the site
 *
 * Return: the sentence with a full stop.
 */
const char *gcv_explain_sentence(struct gcv_explain_state *s, const struct gcv_site *site);

/**
 * gcv_explain_summary() - a site in a few words
 * @s: the state
 * @site: the site
 *
 * Return: of a release its shape, its provenance and its verdict, of an acquire its verdict; ""
 * where there is no result.
 */
const char *gcv_explain_summary(struct gcv_explain_state *s, const struct gcv_site *site);

/**
 * gcv_explain_use() - the case of pin_user_pages.rst of a site in a sentence
 * @site: the site
 *
 * Return: a constant, "" where no case is known.
 */
const char *gcv_explain_use(const struct gcv_site *site);

#endif
