/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From what the checks found to what can be stored and reported: nodes become files, lines and
 * columns, each fault gets an id, and the comments that silence faults are read.
 *
 *	gcv_check(classification, &faults);
 *	gcv_analysis_faults(classification, &faults, &lines, &arena, &set);
 *	st = gcv_db_faults_put(db, label, &set, err);
 */
#ifndef GCV_REPORT_FAULTS_H
#define GCV_REPORT_FAULTS_H

#include "check/check.h"
#include "report/lines.h"
#include "report/result.h"

/**
 * gcv_analysis_faults() - make results of faults
 * @classification: what was checked
 * @faults: what was found
 * @lines: lines of the tree that was scanned
 * @arena: owns the result
 * @ret_set: without @key
 *
 * What several forms of a function have at the same place is told once, with the best confidence.
 */
void gcv_analysis_faults(const struct gcv_classification *classification,
			 const struct gcv_faults *faults, struct gcv_lines *lines,
			 struct gcv_arena *arena, struct gcv_result_fault_set *ret_set);

#endif
