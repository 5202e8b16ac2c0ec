// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

struct layout_descriptor {
	struct page **pages;
	unsigned int number_of_pages;
};

struct layout_transfer {
	struct layout_descriptor descriptor;
};

/* Lines that were aligned with the old name, and lines that become too long. */
int layout_pin(struct layout_transfer *transfer, struct device *dev,
	       unsigned long addr, int n)
{
	int got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE,
				  transfer->descriptor.pages);
	if (got != n)
		goto out;
	transfer->descriptor.number_of_pages = n;
	device_gets(dev, transfer->descriptor.pages, n);
	return 0;
out:
	if (got > 0)
		release_pages(transfer->descriptor.pages,
			      got);
	return -EFAULT;
}

void layout_unpin(struct layout_transfer *transfer)
{
	if (transfer)
		release_pages(transfer->descriptor.pages,
			      transfer->descriptor.number_of_pages);
}

struct layout_one {
	struct layout_descriptor *descriptor_of_transfer;
	struct page *page_of_transfer;
};

int layout_one_pin(struct layout_one *one, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &one->page_of_transfer) != 1)
		return -EFAULT;
	device_gets(dev, &one->page_of_transfer, 1);
	return 0;
}

void layout_one_unpin(struct layout_one *one, bool was_written, bool is_broken)
{
	if (!is_broken) {
		if (was_written && one->descriptor_of_transfer->number_of_pages)
			set_page_dirty_lock(one->page_of_transfer);
		put_page(one->page_of_transfer);
	}
}

int layout_wide(struct device *dev, unsigned long addr, int number_of_pages_wanted)
{
	struct page *pages_of_the_transfer[16];
	int number_of_pages_got;

	number_of_pages_got = get_user_pages_fast(addr, number_of_pages_wanted,
						  FOLL_WRITE,
						  pages_of_the_transfer);
	if (number_of_pages_got > 0) {
		device_gets(dev, pages_of_the_transfer, number_of_pages_got);
		if (number_of_pages_got == number_of_pages_wanted) {
			if (dev->driver_data) {
				release_pages(pages_of_the_transfer, number_of_pages_got);
				return 0;
			}
		}
		release_pages(pages_of_the_transfer, number_of_pages_got);
	}
	return 0;
}

/* No room for the page on the line of the call: the lines stay broken as they are. */
int layout_deep(struct device *dev, unsigned long addr, int wanted, int allowed)
{
	struct page *page_of_the_transfer;

	if (get_user_pages_fast(addr, 1, 0, &page_of_the_transfer) == 1) {
		if (wanted) {
			if (wanted < allowed) {
				if (dev->driver_data) {
					if (dma_map_page(dev, page_of_the_transfer, 0, PAGE_SIZE,
							 DMA_TO_DEVICE)) {
						if (allowed > 1) {
							put_page(
							page_of_the_transfer);
							return 0;
						}
					}
				}
			}
		}
		put_page(page_of_the_transfer);
	}
	return 0;
}
