/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock: the kernel's list of the files that a process may open.
 *
 *	struct gcv_landlock lock;
 *
 *	if (!gcv_landlock_begin(&lock))
 *		the kernel has none;
 *	gcv_landlock_allow(&lock, "/src/linux", false);		each of the folders
 *	gcv_landlock_enter(&lock);
 *
 * Debian 12's headers of the kernel are older than some kernels that gupconv runs on, so that what
 * is newer than the first version stands here by number (linux/landlock.h).
 */
#ifndef GCV_CMD_WORKER_LANDLOCK_H
#define GCV_CMD_WORKER_LANDLOCK_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct gcv_landlock - a list that is being made
 * @fd: the rules
 * @handled: the accesses to files that this kernel can refuse
 */
struct gcv_landlock {
	int fd;
	uint64_t handled;
};

/**
 * gcv_landlock_begin() - an empty list: nothing may be opened, no TCP, no signals to others
 * @ret_lock: the list
 *
 * Return: false where the kernel has no Landlock, or it is switched off.
 */
bool gcv_landlock_begin(struct gcv_landlock *ret_lock);

/**
 * gcv_landlock_allow() - let a folder or file be used
 * @lock: the list
 * @path: the folder, with all that is below; nothing happens where it does not exist
 * @write: ordinary files may be made, written, renamed and removed there, too
 */
void gcv_landlock_allow(const struct gcv_landlock *lock, const char *path, bool write);

/**
 * gcv_landlock_enter() - from now on the list holds, for good
 * @lock: the list, which is closed
 *
 * Return: false where the kernel refused.
 */
bool gcv_landlock_enter(struct gcv_landlock *lock);

#endif
