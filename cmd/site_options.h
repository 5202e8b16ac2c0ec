/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options of all commands that choose among sites, for their option tables.
 *
 *	const struct gcv_option gcv_list_options[] = {
 *		GCV_SITE_OPTIONS,
 *		{ 0 },
 *	};
 *
 *	struct gcv_site_filter filter = gcv_site_options_filter(cli);
 */
#ifndef GCV_CMD_SITE_OPTIONS_H
#define GCV_CMD_SITE_OPTIONS_H

#include "cmd/option.h"
#include "report/site.h"

/* clang-format off */
/** GCV_SITE_OPTIONS - by what the analysis found out, and by whose code it is */
#define GCV_SITE_OPTIONS                                                                           \
	{ "conversion", 0, GCV_ARG_REQUIRED, "NAME", "verdicts for the conversion NAME",           \
	  GCV_COMPLETE_NONE, NULL, false },                                                        \
	{ "pattern", 0, GCV_ARG_REQUIRED, "PATTERN", "only sites whose releases have this shape",  \
	  GCV_COMPLETE_WORDS,                                                                      \
	  "none single single-dirty loop loop-dirty loop-conditional-dirty "                       \
	  "loop-null-check loop-clear loop-kept count-down release-pages "                         \
	  "array-at-offset if-dirty sg-loop bvec-loop number wrapper container",                   \
	  false },                                                                                 \
	{ "verdict", 0, GCV_ARG_REQUIRED, "VERDICT", "only sites with this verdict",               \
	  GCV_COMPLETE_WORDS,                                                                      \
	  "refused converted convertible keep nothing-acquired convert refuse unrelated", false }, \
	{ "reason", 0, GCV_ARG_REQUIRED, "REASON", "only sites with this reason",                  \
	  GCV_COMPLETE_WORDS,                                                                      \
	  "never-gup mixed-provenance flagged-provenance unknown-provenance "                      \
	  "release-not-found release-refused unconvertible-release partial-array holes-possible "  \
	  "count-may-be-negative count-not-the-returned-one atomic-context "                       \
	  "page-lock-may-be-held page-lock-may-be-taken own-reference ownership-transferred "      \
	  "ownership-leaves-kernel-view guarded-release unseen-code address-taken "                \
	  "wrapper-needs-callers case-3-notifier case-4-struct-page-only "                         \
	  "read-only-peek mm-internal remote-access no-page-array already-converted "              \
	  "family-mismatch no-replacement no-case is-wrapper limit-reached",                       \
	  false },                                                                                 \
	{ "subsystem", 0, GCV_ARG_REQUIRED, "TITLE", "only what this entry of MAINTAINERS has",    \
	  GCV_COMPLETE_NONE, NULL, false },                                                        \
	{ "maintainer", 0, GCV_ARG_REQUIRED, "TEXT", "only entries with TEXT in an address",       \
	  GCV_COMPLETE_NONE, NULL, false },                                                        \
	{ "status", 0, GCV_ARG_REQUIRED, "STATUS", "only entries of this status",                  \
	  GCV_COMPLETE_WORDS, "supported maintained orphan obsolete odd", false }
/* clang-format on */

/**
 * gcv_site_options_filter() - what these options ask for
 * @cli: the command line, which owns the strings
 *
 * Return: the filter; its role, API name and paths are not set.
 */
struct gcv_site_filter gcv_site_options_filter(const struct gcv_cli *cli);

#endif
