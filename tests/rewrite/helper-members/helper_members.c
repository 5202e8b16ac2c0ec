// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

struct members {
	struct page *pages[N];
	unsigned int nr;
};

struct request {
	struct members in, out;
};

/* Goes with the function below. */
static void members_put(struct members *m, bool dirty)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++) {
		if (dirty)
			set_page_dirty_lock(m->pages[i]);
		put_page(m->pages[i]);
	}
}

static int members_get(struct members *m, unsigned long addr)
{
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, m->pages);

	if (got <= 0)
		return -EFAULT;
	m->nr = got;
	return 0;
}

int members_use(struct device *dev, struct request *req, unsigned long addr)
{
	if (members_get(&req->in, addr))
		return -EFAULT;
	if (members_get(&req->out, addr)) {
		members_put(&req->in, false);
		return -EFAULT;
	}
	device_gets(dev, req->in.pages, req->in.nr);
	members_put(&req->in, addr > 4096);
	members_put(&req->out, true);
	return 0;
}
