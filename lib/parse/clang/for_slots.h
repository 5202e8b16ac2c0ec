/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which of start, condition and step a for statement has: libclang leaves empty ones out.
 *
 *	uint32_t slots[4];
 *
 *	gcv_for_slots(x, place, kids, nr_kids, slots);
 *	if (slots[1] < nr_kids)
 *		…kids[slots[1]] is the condition…
 */
#ifndef GCV_PARSE_CLANG_FOR_SLOTS_H
#define GCV_PARSE_CLANG_FOR_SLOTS_H

#include "parse/clang/extract_state.h"

/**
 * gcv_for_slots() - sort the children of a for statement into its four slots
 * @x: the extraction
 * @place: place of the statement
 * @kids: its children, the body last
 * @nr_kids: how many, 1 to 4
 * @ret_slots: index into @kids for start, condition, step and body, or GCV_NONE
 *
 * The semicolons of the source decide. Where a macro makes the statement (for_each_sg), the form of
 * the expressions does: an assignment or declaration starts, an assignment or increment steps.
 */
void gcv_for_slots(struct gcv_extract *x, struct gcv_place place, const CXCursor *kids,
		   uint32_t nr_kids, uint32_t ret_slots[4]);

#endif
