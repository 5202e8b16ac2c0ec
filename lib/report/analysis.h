/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a classification to results that can be stored and reported: nodes become files and lines,
 * words become text, and the flow of each acquire becomes steps.
 *
 *	gcv_analysis_results(classification, &lines, &arena, &set);
 *	st = gcv_db_results_put(db, label, &set, err);
 */
#ifndef GCV_REPORT_ANALYSIS_H
#define GCV_REPORT_ANALYSIS_H

#include "classify/classify.h"
#include "report/lines.h"
#include "report/result.h"

/** GCV_ANALYSIS_STEPS - steps that are kept for an acquire */
#define GCV_ANALYSIS_STEPS 400

/**
 * gcv_analysis_results() - make results of a classification
 * @classification: the classification
 * @lines: lines of the tree that was scanned
 * @arena: owns the result
 * @ret_set: without @files
 */
void gcv_analysis_results(const struct gcv_classification *classification, struct gcv_lines *lines,
			  struct gcv_arena *arena, struct gcv_result_set *ret_set);

#endif
