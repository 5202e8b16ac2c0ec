/* SPDX-License-Identifier: GPL-2.0-only */
/* A subsystem that calls its drivers back by a table of functions. */
#ifndef MOVER_H
#define MOVER_H
#include <linux/annotated.h>
#include <linux/kernel.h>
#include <linux/mmu_notifier.h>

struct mover_object;
struct mover_ops {
	void (*unbind)(struct mover_object *object);
};
struct mover_object {
	const struct mover_ops *ops;
	struct mmu_interval_notifier notifier;
};
int mover_validate(struct mover_object *object);
#endif
