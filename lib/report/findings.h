/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What gupconv-check(1) has to say: the faults of a snapshot after the comments in the code, a
 * filter, an earlier document and a diff have had their say.
 *
 *	struct gcv_findings findings = { 0 };
 *
 *	gcv_findings_add(&findings, fault);			for each
 *	gcv_findings_add_ignore(&findings, ignore);		for each
 *	gcv_findings_silence(&findings);
 *	gcv_findings_filter(&findings, &filter);
 *	for (i = 0; i < findings.nr; i++)
 *		…findings.list[i].state == GCV_FAULT_STANDS…
 *	gcv_findings_release(&findings);
 */
#ifndef GCV_REPORT_FINDINGS_H
#define GCV_REPORT_FINDINGS_H

#include "base/intern.h"
#include "check/words.h"
#include "report/result.h"

/**
 * enum gcv_fault_state - what becomes of a fault
 * @GCV_FAULT_STANDS: it is told
 * @GCV_FAULT_SILENCED: a comment in the code silences it
 * @GCV_FAULT_UNSURE: only its confidence is too low
 * @GCV_FAULT_KNOWN: the earlier document has it
 * @GCV_FAULT_OTHER: it was not asked for
 */
enum gcv_fault_state {
	GCV_FAULT_STANDS,
	GCV_FAULT_SILENCED,
	GCV_FAULT_UNSURE,
	GCV_FAULT_KNOWN,
	GCV_FAULT_OTHER,
};

/**
 * struct gcv_told_fault - a fault and what becomes of it
 * @fault: the fault
 * @state: what becomes of it
 * @silenced: reason of the comment that silences it, or NULL
 * @patch: which patch of an audited series it is about, from 1; 0 for none
 */
struct gcv_told_fault {
	struct gcv_result_fault fault;
	enum gcv_fault_state state;
	const char *silenced;
	uint32_t patch;
};

/**
 * struct gcv_told_ignore - a comment and what became of it
 * @ignore: the comment
 * @is_used: it silences something
 */
struct gcv_told_ignore {
	struct gcv_result_ignore ignore;
	bool is_used;
};

/**
 * struct gcv_findings - see above; a zeroed one is empty
 * @arena: owns the strings
 * @list: in the order in which they were added
 * @ignores: the same
 * @nr: how many findings
 * @cap: room
 * @nr_ignores: how many comments
 * @cap_ignores: room
 */
struct gcv_findings {
	struct gcv_arena arena;
	struct gcv_told_fault *list;
	struct gcv_told_ignore *ignores;
	uint32_t nr, cap, nr_ignores, cap_ignores;
};

/**
 * struct gcv_findings_filter - what is asked for
 * @confidence: this sure, or surer
 * @severity: this bad, or worse
 * @checks: names of checks
 * @paths: these files and what is below these folders
 * @nr_checks: how many; 0 stands for all
 * @nr_paths: how many; 0 stands for all
 * @known: ids of findings that need not be told again, or NULL
 * @is_changed: is a line changed? NULL: it does not matter. Only faults that stand in a changed
 * line, or whose way leads through one, are asked for
 * @ctx: its first argument
 */
struct gcv_findings_filter {
	enum gcv_confidence confidence;
	enum gcv_severity severity;
	const char *const *checks;
	const char *const *paths;
	uint32_t nr_checks, nr_paths;
	const struct gcv_intern *known;
	bool (*is_changed)(void *ctx, const char *file, uint32_t line);
	void *ctx;
};

/**
 * gcv_findings_add() - add a fault, which stands until further notice
 * @findings: the findings
 * @fault: copied
 */
void gcv_findings_add(struct gcv_findings *findings, const struct gcv_result_fault *fault);

/**
 * gcv_findings_add_ignore() - add a comment that silences faults
 * @findings: the findings
 * @ignore: copied
 */
void gcv_findings_add_ignore(struct gcv_findings *findings, const struct gcv_result_ignore *ignore);

/**
 * gcv_findings_silence() - let the comments have their say
 * @findings: with all faults and comments
 *
 * A comment without a reason silences nothing.
 */
void gcv_findings_silence(struct gcv_findings *findings);

/**
 * gcv_findings_filter() - tell what was asked for from the rest
 * @findings: the findings
 * @filter: what is asked for
 *
 * A finding that is silenced and asked for stays silenced.
 */
void gcv_findings_filter(struct gcv_findings *findings, const struct gcv_findings_filter *filter);

/**
 * gcv_findings_count() - how many are in a state
 * @findings: the findings
 * @state: the state
 *
 * Return: the number.
 */
uint32_t gcv_findings_count(const struct gcv_findings *findings, enum gcv_fault_state state);

/**
 * gcv_findings_release() - free them
 * @findings: the findings; a zeroed one is allowed
 */
void gcv_findings_release(struct gcv_findings *findings);

#endif
