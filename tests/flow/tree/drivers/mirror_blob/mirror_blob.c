// SPDX-License-Identifier: GPL-2.0-only
/* Whoever calls the table is not in the tree, and the notifier calls what is not in the tree either. */
#include "../mover/mover.h"

void blob_stop(void *m);

struct mirror_blob {
	struct mmu_interval_notifier notifier;
	struct page *pages[8];
	int nr;
	bool stale;
};

struct mirror_blob_ops {
	void (*unbind)(struct mirror_blob *m);
};

static void mirror_blob_unbind(struct mirror_blob *m)
{
	release_pages(m->pages, m->nr); /* release: refuse provenance=gup acquires=mirror_blob_bind */
	m->nr = 0;
}

const struct mirror_blob_ops mirror_blob_table = {
	.unbind = mirror_blob_unbind,
};

static bool mirror_blob_invalidate(struct mmu_interval_notifier *notifier,
				   const struct mmu_notifier_range *range, unsigned long seq)
{
	struct mirror_blob *m = container_of(notifier, struct mirror_blob, notifier);

	blob_stop(m);
	return true;
}

static const struct mmu_interval_notifier_ops mirror_blob_notifier_ops = {
	.invalidate = mirror_blob_invalidate,
};

int mirror_blob_bind(struct mirror_blob *m, struct device *dev, struct mm_struct *mm,
		     unsigned long addr)
{
	int ret = mmu_interval_notifier_insert(&m->notifier, mm, addr, 8 * PAGE_SIZE,
					       &mirror_blob_notifier_ops);

	if (ret)
		return ret;
	ret = get_user_pages_fast(addr, 8, FOLL_WRITE, m->pages); /* acquire: refused reason=unseen-code releases=mirror_blob_unbind */
	if (ret <= 0)
		return -EFAULT;
	m->nr = ret;
	device_gets(dev, m->pages, ret);
	return 0;
}
