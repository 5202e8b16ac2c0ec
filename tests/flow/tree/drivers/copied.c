/* SPDX-License-Identifier: GPL-2.0-only */
/* A flag tells pages of two kinds apart, and the release asks a copy of it. */
#include <linux/annotated.h>

#define COPIED_KERNEL 0x20

struct copied_pin {
	struct page **pages;
	int nr;
	int flags;
};

int copied_user(struct copied_pin *pin, struct device *dev, unsigned long addr, int n)
{
	pin->nr = get_user_pages_fast(addr, n, FOLL_WRITE, pin->pages); /* acquire: convertible case=2 longterm releases=copied_put */
	pin->flags = 0;
	if (pin->nr > 0)
		device_gets(dev, pin->pages, pin->nr);
	return 0;
}

int copied_kernel(struct copied_pin *pin)
{
	for (pin->nr = 0; pin->nr < 8; pin->nr++)
		pin->pages[pin->nr] = alloc_page(GFP_KERNEL);
	pin->flags = COPIED_KERNEL;
	return 0;
}

void copied_put(struct copied_pin *pin)
{
	int kernel = COPIED_KERNEL & pin->flags;
	int i;

	for (i = 0; i < pin->nr; i++) {
		if (pin->pages[i] && !kernel)
			put_page(pin->pages[i]); /* release: convert provenance=flagged reason=flagged-provenance acquires=copied_user */
	}
}

/* Twin: the copy is of before the answer is there. */
struct copied_early {
	struct page **pages;
	int nr;
	int flags;
};

int copied_early_kernel(struct copied_early *pin)
{
	for (pin->nr = 0; pin->nr < 8; pin->nr++)
		pin->pages[pin->nr] = alloc_page(GFP_KERNEL);
	pin->flags = COPIED_KERNEL;
	return 0;
}

int copied_early_user(struct copied_early *pin, struct device *dev, unsigned long addr, int n)
{
	int kernel = COPIED_KERNEL & pin->flags;
	int i;

	pin->nr = get_user_pages_fast(addr, n, FOLL_WRITE, pin->pages); /* acquire: refused reason=release-refused releases=copied_early_user */
	pin->flags = 0;
	if (pin->nr <= 0)
		return -EFAULT;
	device_gets(dev, pin->pages, pin->nr);
	for (i = 0; i < pin->nr; i++) {
		if (pin->pages[i] && !kernel)
			put_page(pin->pages[i]); /* release: refuse provenance=mixed reason=mixed-provenance acquires=copied_early_user */
	}
	return 0;
}

/* Twin: the copy is changed. */
struct copied_changed {
	struct page **pages;
	int nr;
	int flags;
};

int copied_changed_user(struct copied_changed *pin, struct device *dev, unsigned long addr, int n)
{
	pin->nr = get_user_pages_fast(addr, n, FOLL_WRITE, pin->pages); /* acquire: refused reason=release-refused releases=copied_changed_put */
	pin->flags = 0;
	if (pin->nr > 0)
		device_gets(dev, pin->pages, pin->nr);
	return 0;
}

int copied_changed_kernel(struct copied_changed *pin)
{
	for (pin->nr = 0; pin->nr < 8; pin->nr++)
		pin->pages[pin->nr] = alloc_page(GFP_KERNEL);
	pin->flags = COPIED_KERNEL;
	return 0;
}

void copied_changed_put(struct copied_changed *pin)
{
	int kernel = COPIED_KERNEL & pin->flags;
	int i;

	if (pin->nr == 1)
		kernel = 0;
	for (i = 0; i < pin->nr; i++) {
		if (pin->pages[i] && !kernel)
			put_page(pin->pages[i]); /* release: refuse provenance=mixed reason=mixed-provenance acquires=copied_changed_user */
	}
}
