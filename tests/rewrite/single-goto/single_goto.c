// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

int start_device(struct device *dev, struct page *page);

int single_goto(struct device *dev, unsigned long first, unsigned long second)
{
	struct page *head, *tail;
	int ret = -EFAULT;

	if (get_user_pages_fast(first, 1, FOLL_WRITE, &head) != 1)
		return ret;
	if (get_user_pages_fast(second, 1, 0, &tail) != 1)
		goto out_head;
	device_gets(dev, &head, 1);
	device_gets(dev, &tail, 1);
	ret = dev->driver_data ? 0 : -EINVAL;
	if (ret)
		goto out_tail;
	cond_resched();

out_tail:
	put_page(tail);
out_head:
	put_page(head);
	return ret;
}
