/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file system for SQLite that fails when it is told to, and memory that runs out. For tests,
 *which have one thread.
 *
 *	fault_vfs_install();				before SQLite does anything
 *	fault_plan(&(struct fault){ .kind = FAULT_KILL, .at = 7 });
 *	...						work on the database, which fails
 *	fired = fault_end();				the power is back
 */
#ifndef GCV_TESTS_FAULT_VFS_H
#define GCV_TESTS_FAULT_VFS_H

#include <stdbool.h>
#include <stdint.h>

/**
 * enum fault_kind - what goes wrong
 * @FAULT_NONE: nothing; calls are counted
 * @FAULT_EIO: a change fails once: write, truncate, sync, creation, deletion
 * @FAULT_FULL: a change fails, and from then on no file grows
 * @FAULT_SHORT_WRITE: half of a write is done, then it fails; from then on the disk is full
 * @FAULT_KILL: the process is gone before a change: nothing reaches the disk any more
 * @FAULT_TORN: the same in the middle of a write
 * @FAULT_POWER: the same, and what was not synced is lost
 * @FAULT_POWER_SOME: the same, and of what was not synced some sectors are there and some are not
 * @FAULT_READ: a read fails once
 * @FAULT_SHORT_READ: the system reads half of what it was asked for, once
 * @FAULT_MEMORY: an allocation of SQLite fails once
 * @FAULT_NO_MEMORY: from an allocation on none succeeds
 */
enum fault_kind {
	FAULT_NONE,
	FAULT_EIO,
	FAULT_FULL,
	FAULT_SHORT_WRITE,
	FAULT_KILL,
	FAULT_TORN,
	FAULT_POWER,
	FAULT_POWER_SOME,
	FAULT_READ,
	FAULT_SHORT_READ,
	FAULT_MEMORY,
	FAULT_NO_MEMORY,
	FAULT_KINDS
};

/**
 * struct fault - what is to go wrong, and when
 * @kind: what
 * @at: at which call of its sort (changes, reads or allocations), from 1; 0: when all is done,
 * which is for FAULT_POWER
 * @seed: which sectors survive FAULT_POWER_SOME
 */
struct fault {
	enum fault_kind kind;
	uint64_t at;
	uint64_t seed;
};

/**
 * fault_vfs_install() - make it SQLite's default file system, and its memory ours
 */
void fault_vfs_install(void);

/**
 * fault_plan() - begin to count, and to fail
 * @fault: what goes wrong
 */
void fault_plan(const struct fault *fault);

/**
 * fault_end() - end what fault_plan() began; after FAULT_POWER the files lose what they lose
 *
 * All databases that were opened since are closed.
 *
 * Return: was there a call number @at, so that it went wrong?
 */
bool fault_end(void);

/**
 * fault_calls() - how many calls there were since fault_plan()
 * @kind: of the sort that this is about
 *
 * Return: their number.
 */
uint64_t fault_calls(enum fault_kind kind);

/**
 * fault_name() - a kind in words
 * @kind: the kind
 *
 * Return: a constant.
 */
const char *fault_name(enum fault_kind kind);

#endif
