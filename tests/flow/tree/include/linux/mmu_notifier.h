/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MMU_NOTIFIER_H
#define _LINUX_MMU_NOTIFIER_H
#include <linux/mm.h>
struct mmu_notifier;
struct mmu_notifier_range {
	struct mm_struct *mm;
	unsigned long start, end;
};
struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *subscription, struct mm_struct *mm);
	int (*invalidate_range_start)(struct mmu_notifier *subscription,
				      const struct mmu_notifier_range *range);
};
struct mmu_notifier {
	const struct mmu_notifier_ops *ops;
	struct mm_struct *mm;
};
int mmu_notifier_register(struct mmu_notifier *subscription, struct mm_struct *mm);
struct mmu_interval_notifier;
struct mmu_interval_notifier_ops {
	bool (*invalidate)(struct mmu_interval_notifier *interval_sub,
			   const struct mmu_notifier_range *range, unsigned long cur_seq);
};
struct mmu_interval_notifier {
	const struct mmu_interval_notifier_ops *ops;
	struct mm_struct *mm;
	unsigned long invalidate_seq;
};
int mmu_interval_notifier_insert(struct mmu_interval_notifier *interval_sub, struct mm_struct *mm,
				 unsigned long start, unsigned long length,
				 const struct mmu_interval_notifier_ops *ops);
unsigned long mmu_interval_read_begin(struct mmu_interval_notifier *interval_sub);
static inline bool mmu_interval_check_retry(struct mmu_interval_notifier *interval_sub,
					    unsigned long seq)
{
	return interval_sub->invalidate_seq != seq;
}
void mmu_interval_notifier_remove(struct mmu_interval_notifier *interval_sub);
#endif
