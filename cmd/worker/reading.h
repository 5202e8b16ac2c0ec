/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What libclang gets to read of the tree's headers: all but the bodies of inline functions, where
 * no facts are wanted of the header. libclang has an option to skip bodies, but only for all of a
 * translation unit, or for none; and its interface cannot be given a file system. So pread(), by
 * which LLVM reads files, is ours in this program.
 *
 *	gcv_reading_start(session);
 */
#ifndef GCV_CMD_WORKER_READING_H
#define GCV_CMD_WORKER_READING_H

#include "parse/clang/session.h"

/**
 * gcv_reading_start() - begin to leave out bodies
 * @session: tells what the tree is, and what headers are wanted; must live as long as libclang is
 * used
 *
 * If LLVM reads by other means, nothing is left out, and all works the same, but slower.
 */
void gcv_reading_start(const struct gcv_session *session);

#endif
