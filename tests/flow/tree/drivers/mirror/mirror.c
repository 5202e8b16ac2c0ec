// SPDX-License-Identifier: GPL-2.0-only
/*
 * Case 3 in three files: the notifier of mirror_mn.c has mover/mover.c take the pages away, which
 * calls back through a table. None of the two names a page function.
 */
#include "mirror.h"

static void mirror_unbind(struct mover_object *object)
{
	struct mirror *m = container_of(object, struct mirror, object);

	release_pages(m->pages, m->nr); /* release: keep provenance=gup acquires=mirror_bind */
	m->nr = 0;
}

static const struct mover_ops mirror_ops = {
	.unbind = mirror_unbind,
};

int mirror_bind(struct mirror *m, struct device *dev, struct mm_struct *mm, unsigned long addr)
{
	int ret = mirror_watch(m, mm, addr);

	if (ret)
		return ret;
	ret = get_user_pages_fast(addr, 8, FOLL_WRITE, m->pages); /* acquire: keep case=3 reason=case-3-notifier not=unseen-code releases=mirror_unbind */
	if (ret <= 0)
		return -EFAULT;
	m->nr = ret;
	m->object.ops = &mirror_ops;
	device_gets(dev, m->pages, ret);
	return 0;
}
