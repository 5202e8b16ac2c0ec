/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the checks: errors that something else is written over.
 *
 *	gcv_check_overwritten(s, acquire, &walk->paths, variable);
 */
#ifndef GCV_CHECK_OVERWRITTEN_H
#define GCV_CHECK_OVERWRITTEN_H

#include "check/check_state.h"
#include "flow/paths.h"

/**
 * gcv_check_overwritten() - is the error of an acquire lost before it is returned?
 * @s: the state
 * @acquire: the acquire, in a function that returns a status
 * @paths: its paths
 * @result: symbol of the variable that its result is stored in, or GCV_NONE
 *
 * Told is error-overwritten: where nobody reads an error that was put into the variable that is
 * returned, and where all that is returned is what another call said.
 */
void gcv_check_overwritten(struct gcv_check_state *s, const struct gcv_flow_acquire *acquire,
			   const struct gcv_paths *paths, uint32_t result);

#endif
