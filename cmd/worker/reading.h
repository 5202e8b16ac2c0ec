/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What libclang gets to read of the tree's headers: all but the bodies of inline functions, where
 * no facts are wanted of the header. libclang has an option to skip bodies, but only for all of a
 * translation unit, or for none; and its interface cannot be given a file system. So open(),
 *stat(), pread() and their kin, by which LLVM reads files, are ours in this program. They also tell
 *from memory what they told before: see cmd/worker/headers.h.
 *
 *	gcv_reading_start(session);
 *	gcv_reading_end();
 */
#ifndef GCV_CMD_WORKER_READING_H
#define GCV_CMD_WORKER_READING_H

#include "parse/clang/session.h"

/**
 * gcv_reading_start() - begin to leave out bodies
 * @session: tells what the tree is, and what headers are wanted; must live as long as libclang is
 * used
 *
 * If LLVM reads by other means, nothing is left out or kept, and all works the same, but slower.
 */
void gcv_reading_start(const struct gcv_session *session);

/** gcv_reading_end() - let LLVM read files as they are, and forget what was kept */
void gcv_reading_end(void);

#endif
