// SPDX-License-Identifier: GPL-2.0-only
/* The notifier: a file of its own, which names no page function. */
#include "mirror.h"

static bool mirror_invalidate(struct mmu_interval_notifier *notifier,
			      const struct mmu_notifier_range *range, unsigned long seq)
{
	return mover_validate(container_of(notifier, struct mover_object, notifier)) == 0;
}

static const struct mmu_interval_notifier_ops mirror_notifier_ops = {
	.invalidate = mirror_invalidate,
};

int mirror_watch(struct mirror *m, struct mm_struct *mm, unsigned long addr)
{
	return mmu_interval_notifier_insert(&m->object.notifier, mm, addr, 8 * PAGE_SIZE,
					    &mirror_notifier_ops);
}
