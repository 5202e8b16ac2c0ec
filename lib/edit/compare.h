/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What edits did to a tree, by comparing what was found before them with what is found afterwards.
 *
 *	struct gcv_edit_input input = { &before, &after, edits, nr_edits };
 *
 *	gcv_edit_compare(&input, &arena, &findings, &nr);
 *	for (i = 0; i < nr; i++)
 *		…findings[i].group is not to be kept, for findings[i].text…
 *
 * Nothing is asked of a database or a parser: whoever calls fills plain structures.
 */
#ifndef GCV_EDIT_COMPARE_H
#define GCV_EDIT_COMPARE_H

#include "classify/words.h"
#include "edit/change.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * struct gcv_edit_site - an acquire or release with its verdict
 * @file: relative to the tree
 * @function: function that holds it
 * @api: name of the function called
 * @name: what stands at @offset: @api, or the macro that makes the call
 * @offset: of that, in the text of its time
 * @line: of @offset
 * @is_acquire: else a release
 * @verdict: GCV_VERDICTS where there is no result
 * @reason: code of its first reason, or ""
 * @group: before the edits: number of the group that converts it, or GCV_NONE; one without changes
 * does not count. Sites whose name a change touches need not be marked, nor what is tied to them
 * and convertible. Not used afterwards.
 * @partners: indices of sites of the same state: releases of an acquire, acquires of a release
 * @nr_partners: how many
 */
struct gcv_edit_site {
	const char *file;
	const char *function;
	const char *api;
	const char *name;
	uint32_t offset, line;
	bool is_acquire;
	enum gcv_verdict verdict;
	const char *reason;
	uint32_t group;
	const uint32_t *partners;
	uint32_t nr_partners;
};

/**
 * struct gcv_edit_unit - a file that was parsed in a configuration
 * @main: its main file
 * @config: the configuration; its first word is the environment
 * @nr_errors: errors in the main file, GCV_NONE where it could not be parsed at all
 * @nr_all: errors in all; where more than are kept, the first ones are
 * @cause: why it could not, or ""
 */
struct gcv_edit_unit {
	const char *main;
	const char *config;
	uint32_t nr_errors, nr_all;
	const char *cause;
};

/**
 * struct gcv_edit_error - an error in a unit
 * @main: main file of the unit
 * @config: configuration of the unit
 * @file: where the error is, "" where that is not known
 * @line: line there, in the text of its time
 * @text: the message
 */
struct gcv_edit_error {
	const char *main;
	const char *config;
	const char *file;
	uint32_t line;
	const char *text;
};

/**
 * struct gcv_edit_place - a line
 * @file: relative to the tree
 * @function: function that it is in, or ""
 * @line: line there, in the text of its time; 0 where it is not known
 */
struct gcv_edit_place {
	const char *file;
	const char *function;
	uint32_t line;
};

/**
 * struct gcv_edit_fault - what a check found
 * @check: name of the check
 * @text: what is wrong, in a sentence without a full stop
 * @is_told: sure enough to be told of when it is new, and something that edits can bring about
 * @places: where it stands, then the way there
 * @nr_places: how many, at least 1
 */
struct gcv_edit_fault {
	const char *check;
	const char *text;
	bool is_told;
	const struct gcv_edit_place *places;
	uint32_t nr_places;
};

/**
 * struct gcv_edit_state - what was found in a tree
 * @sites: sorted by file and offset; homonyms left out
 * @units: units of source files and of headers, precompiled ones too, in any order
 * @errors: errors that were kept of them, in any order
 * @faults: what the checks found, in any order
 * @nr_sites: how many
 * @nr_units: how many
 * @nr_errors: how many
 * @nr_faults: how many
 */
struct gcv_edit_state {
	struct gcv_edit_site *sites;
	struct gcv_edit_unit *units;
	struct gcv_edit_error *errors;
	struct gcv_edit_fault *faults;
	uint32_t nr_sites, nr_units, nr_errors, nr_faults;
};

/**
 * enum gcv_finding_kind - what is wrong with an edit
 * @GCV_FINDING_ERROR: the compiler finds an error that was not there
 * @GCV_FINDING_LOST: a site that was not to be touched is gone, or a converted one left nothing
 * @GCV_FINDING_VERDICT: a site that was not to be touched has another verdict
 * @GCV_FINDING_NOT_CONVERTED: an edited site, or a new one, is not in the form that was wanted
 * @GCV_FINDING_FAULT: a check finds what it did not find before
 */
enum gcv_finding_kind {
	GCV_FINDING_ERROR,
	GCV_FINDING_LOST,
	GCV_FINDING_VERDICT,
	GCV_FINDING_NOT_CONVERTED,
	GCV_FINDING_FAULT,
};

/**
 * struct gcv_finding - something that the edits must not do
 * @kind: what
 * @group: number of the group of changes that does it, GCV_NONE where that cannot be told
 * @file: where
 * @line: line there, in the text before the edits; 0 where it is not known
 * @text: a sentence without a full stop
 * @function: function that it is about, or ""
 */
struct gcv_finding {
	enum gcv_finding_kind kind;
	uint32_t group;
	const char *file;
	uint32_t line;
	const char *text;
	const char *function;
};

/**
 * struct gcv_edit_input - what is compared
 * @before: found in the tree as it is
 * @after: found with the edits
 * @edits: the edits, each file once, in any order
 * @nr_edits: how many
 */
struct gcv_edit_input {
	const struct gcv_edit_state *before, *after;
	const struct gcv_file_edit *edits;
	uint32_t nr_edits;
};

/**
 * gcv_edit_compare() - find what the edits did that they must not do
 * @input: what is compared
 * @arena: owns the findings; their files are those of @input
 * @ret: the findings, by file and line
 * @ret_nr: how many; 0 is what is hoped for
 *
 * Edited sites, which are those of a group, must be `converted` where they stand now, or a change
 * of their group must have put a site of their role somewhere. Every site that a change put
 * somewhere must be `converted`. All other sites must stand where they stood, with the verdict that
 * they had; that they are `converted` now is allowed where they serve the pages of edited ones. No
 * unit may have an error in its main file or in an edited one that it had not. No file may have
 * more faults of a check than it had, in a function that has more of them.
 */
void gcv_edit_compare(const struct gcv_edit_input *input, struct gcv_arena *arena,
		      struct gcv_finding **ret, uint32_t *ret_nr);

#endif
