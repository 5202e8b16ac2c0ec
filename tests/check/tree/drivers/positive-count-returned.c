// SPDX-License-Identifier: GPL-2.0-only
/* A number of pages is returned as a status. */
#include <linux/annotated.h>

int positive_wrong(struct device *dev, unsigned long addr, int n, struct page **pages)
{
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	if (ret != n) {
		if (ret > 0)
			unpin_user_pages(pages, ret);
		return ret; /* gupconv: finding positive-count-returned high */
	}
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_pages(pages, n);
	return 0;
}

/* Twin. */
int positive_right(struct device *dev, unsigned long addr, int n, struct page **pages)
{
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	if (ret != n) {
		if (ret > 0)
			unpin_user_pages(pages, ret);
		return ret < 0 ? ret : -EFAULT;
	}
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_pages(pages, n);
	return 0;
}

/* At the end, by a label. */
int positive_label(struct device *dev, unsigned long addr, int n, struct page **pages)
{
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	if (ret < 0)
		return ret;
	if (ret < n) {
		unpin_user_pages(pages, ret);
		goto out;
	}
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_pages(pages, n);
	ret = 0;
out:
	return ret; /* gupconv: finding positive-count-returned high */
}

/* Callers are told how many. */
int positive_count(unsigned long addr, int n, struct page **pages)
{
	return pin_user_pages_fast(addr, n, 0, pages);
}

int positive_caller(struct device *dev, unsigned long addr, struct page **pages)
{
	int n = positive_count(addr, 4, pages);

	if (n <= 0)
		return n;
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_pages(pages, n);
	return 0;
}

static int positive_start(struct device *dev, struct page *page)
{
	int ret = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE) ? 0 : -EIO;

	unpin_user_page(page);
	return ret;
}

/* Success is what another call says, which is asked for nothing but 0. */
int positive_passed_on(struct device *dev, unsigned long addr)
{
	struct page *pages[2];
	int ret = pin_user_pages_fast(addr, 2, 0, pages);

	if (ret != 2)
		goto out;
	unpin_user_page(pages[1]);
	ret = positive_start(dev, pages[0]);
	return ret;
out:
	if (ret > 0)
		unpin_user_pages(pages, ret);
	return ret; /* gupconv: finding positive-count-returned high */
}

/* Twin. */
int positive_passed_on_right(struct device *dev, unsigned long addr)
{
	struct page *pages[2];
	int ret = pin_user_pages_fast(addr, 2, 0, pages);

	if (ret != 2)
		goto out;
	unpin_user_page(pages[1]);
	ret = positive_start(dev, pages[0]);
	return ret;
out:
	if (ret > 0) {
		unpin_user_pages(pages, ret);
		ret = -EFAULT;
	}
	return ret;
}

/* An array of an object: what came is given back, and its number is handed on. */
struct positive_map {
	struct page **pages;
	int nr;
};

int positive_object(struct positive_map *map, struct device *dev, unsigned long addr)
{
	int rc;

	map->pages = kmalloc_array(map->nr, sizeof(*map->pages), 0);
	if (!map->pages)
		return -ENOMEM;
	rc = pin_user_pages_fast(addr, map->nr, FOLL_WRITE | FOLL_LONGTERM, map->pages);
	if (rc < 0)
		goto free;
	if (rc < map->nr) {
		unpin_user_pages(map->pages, rc);
		goto free;
	}
	device_gets(dev, map->pages, map->nr);
	return 0;
free:
	kfree(map->pages);
	map->pages = NULL;
	return rc; /* gupconv: finding positive-count-returned high */
}

void positive_object_end(struct positive_map *map)
{
	unpin_user_pages_dirty_lock(map->pages, map->nr, true);
	kfree(map->pages);
}

/* Twin. */
int positive_object_right(struct positive_map *map, struct device *dev, unsigned long addr)
{
	int rc;

	map->pages = kmalloc_array(map->nr, sizeof(*map->pages), 0);
	if (!map->pages)
		return -ENOMEM;
	rc = pin_user_pages_fast(addr, map->nr, FOLL_WRITE | FOLL_LONGTERM, map->pages);
	if (rc < 0)
		goto free;
	if (rc < map->nr) {
		unpin_user_pages(map->pages, rc);
		rc = -EFAULT;
		goto free;
	}
	device_gets(dev, map->pages, map->nr);
	return 0;
free:
	kfree(map->pages);
	map->pages = NULL;
	return rc;
}
