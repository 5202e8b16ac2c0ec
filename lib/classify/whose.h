/* SPDX-License-Identifier: GPL-2.0-only */
/* Whose memory a call asks for: that of the caller's process, of another one, or of no process. */
#ifndef GCV_CLASSIFY_WHOSE_H
#define GCV_CLASSIFY_WHOSE_H

#include "flow/flow.h"

/** GCV_WHOSE_DEPTH - functions, fields and variables that are looked through */
#define GCV_WHOSE_DEPTH 4

/**
 * gcv_whose_is_remote() - does an acquire ask for another process's memory?
 * @flow: the flow
 * @acquire: the acquire
 * @may_write: it may ask for FOLL_WRITE
 *
 * The struct mm_struct that it names decides: current->mm, also by way of a variable, a parameter
 * all of whose callers are in view, or a field that is never set to anything else, is the caller's
 * own. Without such an argument it is the caller's own, too, but for a core dump.
 *
 * Return: true where it may be another process's; also for a call that names a struct mm_struct but
 * does not ask to write: that is a look, whoever's memory it is.
 */
bool gcv_whose_is_remote(const struct gcv_flow *flow, const struct gcv_flow_acquire *acquire,
			 bool may_write);

/**
 * gcv_whose_is_kernels() - does an acquire ask an iterator that never is one over user memory?
 * @flow: the flow
 * @acquire: the acquire
 *
 * Return: true for a local iterator that the function, or functions in view that get its address,
 * set up over kernel memory and never over a user's.
 */
bool gcv_whose_is_kernels(const struct gcv_flow *flow, const struct gcv_flow_acquire *acquire);

#endif
