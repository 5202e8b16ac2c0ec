// SPDX-License-Identifier: GPL-2.0-only
/* Twin of mirror_blob.c: the notifier calls nobody. */
#include "../mover/mover.h"

struct mirror_still {
	struct mmu_interval_notifier notifier;
	struct page *pages[8];
	int nr;
	bool stale;
};

struct mirror_still_ops {
	void (*unbind)(struct mirror_still *m);
};

static void mirror_still_unbind(struct mirror_still *m)
{
	release_pages(m->pages, m->nr); /* release: convert provenance=gup acquires=mirror_still_bind */
	m->nr = 0;
}

const struct mirror_still_ops mirror_still_table = {
	.unbind = mirror_still_unbind,
};

static bool mirror_still_invalidate(struct mmu_interval_notifier *notifier,
				   const struct mmu_notifier_range *range, unsigned long seq)
{
	struct mirror_still *m = container_of(notifier, struct mirror_still, notifier);

	m->stale = true;
	return true;
}

static const struct mmu_interval_notifier_ops mirror_still_notifier_ops = {
	.invalidate = mirror_still_invalidate,
};

int mirror_still_bind(struct mirror_still *m, struct device *dev, struct mm_struct *mm,
		     unsigned long addr)
{
	int ret = mmu_interval_notifier_insert(&m->notifier, mm, addr, 8 * PAGE_SIZE,
					       &mirror_still_notifier_ops);

	if (ret)
		return ret;
	ret = get_user_pages_fast(addr, 8, FOLL_WRITE, m->pages); /* acquire: convertible case=2 longterm not=unseen-code releases=mirror_still_unbind */
	if (ret <= 0)
		return -EFAULT;
	m->nr = ret;
	device_gets(dev, m->pages, ret);
	return 0;
}
