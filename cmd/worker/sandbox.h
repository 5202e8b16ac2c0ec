/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a worker must not do although it reads what anybody may have written: a process of which
 * libclang has lost control can compute, read the tree and answer, and nothing else.
 *
 *	gcv_sandbox_begin();			before libclang is used
 *	gcv_sandbox_enter(setup, missing);	when it is known what the worker works on
 *
 * The guards, each by itself as far as the kernel has it: resource limits; Landlock (files below
 * the tree, libclang's headers, the scratch folder and the build folder, nothing else, written in
 * the scratch folder only; no TCP, no signals to others); seccomp (a list of the system calls that
 * libclang and the C library need, among them none that start a program or a process, or that open
 * a connection).
 */
#ifndef GCV_CMD_WORKER_SANDBOX_H
#define GCV_CMD_WORKER_SANDBOX_H

#include "parse/protocol.h"

/** GCV_SANDBOX_MISSING_MAX - no list of what is missing is longer, its NUL included */
#define GCV_SANDBOX_MISSING_MAX 64

/**
 * gcv_sandbox_begin() - let go of what the parent left: open files, variables that libclang obeys
 *
 * The worker dies with its parent from now on, and leaves no core file.
 */
void gcv_sandbox_begin(void);

/**
 * gcv_sandbox_enter() - give up, for good, what a worker has no need of
 * @setup: the tree, the scratch and the build folder, and how much memory there is
 * @ret_missing: "", or the names of the guards that the kernel does not have
 */
void gcv_sandbox_enter(const struct gcv_setup *setup, char ret_missing[GCV_SANDBOX_MISSING_MAX]);

#endif
