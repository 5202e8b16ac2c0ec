/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Faults in how user pages are acquired and released, told from the stored facts and the flow.
 *
 *	gcv_check(classification, &faults);
 *	for (i = 0; i < faults.nr; i++)
 *		…faults.faults[i].check, .function, .node, .notes…
 *	gcv_faults_release(&faults);
 *
 * The same for every conversion: what is wrong today does not depend on what code is to become. A
 * fault is told once, where it stands; notes lead there along the code.
 */
#ifndef GCV_CHECK_CHECK_H
#define GCV_CHECK_CHECK_H

#include "check/words.h"
#include "classify/classify.h"

/**
 * struct gcv_fault_note - a step of the way through the code to a fault
 * @function: index of the function
 * @node: node of its body, or GCV_NONE for the function itself
 * @text: what happens there, in a short sentence without a full stop
 */
struct gcv_fault_note {
	uint32_t function, node;
	const char *text;
};

/**
 * struct gcv_fault - see above
 * @check: which check found it
 * @confidence: how sure that is
 * @site: index of the acquire or release site that it is about
 * @function: index of the function where it stands
 * @node: node of its body where it stands
 * @text: what is wrong there, in a sentence without a full stop
 * @notes: the way there, in the order in which the code runs
 * @nr_notes: how many
 */
struct gcv_fault {
	enum gcv_check_id check;
	enum gcv_confidence confidence;
	uint32_t site;
	uint32_t function, node;
	const char *text;
	struct gcv_fault_note *notes;
	uint32_t nr_notes;
};

/**
 * struct gcv_faults - the faults of a program
 * @arena: owns the strings and notes
 * @faults: by site, then by check; each once
 * @nr: how many
 * @cap: room
 */
struct gcv_faults {
	struct gcv_arena arena;
	struct gcv_fault *faults;
	uint32_t nr, cap;
};

/**
 * gcv_check() - run all checks
 * @classification: of a program, for any conversion; must outlive the result
 * @ret_faults: for gcv_faults_release()
 */
void gcv_check(const struct gcv_classification *classification, struct gcv_faults *ret_faults);

/**
 * gcv_faults_release() - free them
 * @faults: the faults; a zeroed one is allowed
 */
void gcv_faults_release(struct gcv_faults *faults);

#endif
