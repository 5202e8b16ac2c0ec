// SPDX-License-Identifier: GPL-2.0-only
/* A function becomes one call in its caller: what its parameters stand for goes into the condition. */
#include <linux/annotated.h>

#define N 16

static void argument_drop(struct page **pages, int n, int is_write, int used)
{
	int i;

	for (i = 0; i < n; i++) {
		if (!is_write && used > 0)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

int argument_run(struct device *dev, unsigned long addr, int is_write, int *used)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, is_write ? 0 : FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	*used = run_device(dev);
	argument_drop(pages, got, is_write, *used);
	return 0;
}

struct argument_box {
	int used;
};

static void argument_close(struct page **pages, int n, struct argument_box *box)
{
	int i;

	for (i = 0; i < n; i++) {
		if (box->used)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

/* Where -> binds closer than * the parentheses stay. */
int argument_box(struct device *dev, unsigned long addr, struct argument_box **box)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	argument_close(pages, got, *box);
	return 0;
}
