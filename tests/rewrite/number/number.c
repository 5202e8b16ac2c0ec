// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

struct number_pin {
	unsigned long pfn;
};

int number_pin(struct number_pin *pin, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	pin->pfn = page_to_pfn(page);
	return 0;
}

void number_unpin(struct number_pin *pin, bool dirty)
{
	struct page *page = pfn_to_page(pin->pfn);

	if (dirty)
		set_page_dirty_lock(page);
	put_page(page);
}

struct number_address {
	phys_addr_t phys;
};

int number_map(struct number_address *a, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	a->phys = page_to_phys(page);
	return 0;
}

void number_unmap(struct number_address *a)
{
	put_page(phys_to_page(a->phys));
}
