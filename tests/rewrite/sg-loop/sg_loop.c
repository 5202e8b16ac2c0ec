// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>
#include <linux/scatterlist.h>

struct sg_region {
	struct sg_table table;
	struct device *dev;
};

int sg_region_pin(struct sg_region *r, unsigned long addr, int n)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int got, ret;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got != n) {
		ret = -EFAULT;
		goto out;
	}
	ret = sg_alloc_table_from_pages(&r->table, pages, n, 0,
					(unsigned long)n * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		goto out;
	kvfree(pages);
	return dma_map_sgtable(r->dev, &r->table, DMA_BIDIRECTIONAL, 0);
out:
	if (got > 0)
		release_pages(pages, got);
	kvfree(pages);
	return ret;
}

void sg_region_unpin(struct sg_region *r, bool written)
{
	struct sg_page_iter iter;

	for_each_sgtable_page(&r->table, &iter, 0) {
		struct page *page = sg_page_iter_page(&iter);

		if (written)
			set_page_dirty_lock(page);
		put_page(page);
	}
	sg_free_table(&r->table);
}

struct sg_list {
	struct scatterlist *sgl;
	int nents;
};

int sg_list_pin(struct sg_list *l, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	l->sgl = kcalloc(1, sizeof(*l->sgl), GFP_KERNEL);
	if (!l->sgl) {
		put_page(page);
		return -ENOMEM;
	}
	sg_init_table(l->sgl, 1);
	sg_set_page(l->sgl, page, PAGE_SIZE, 0);
	l->nents = 1;
	return dma_map_sg(dev, l->sgl, 1, DMA_BIDIRECTIONAL);
}

void sg_list_unpin(struct sg_list *l, struct device *dev)
{
	struct scatterlist *sg;
	int i;

	dma_unmap_sg(dev, l->sgl, l->nents, DMA_BIDIRECTIONAL);
	for_each_sg(l->sgl, sg, l->nents, i)
		put_page(sg_page(sg));
	kfree(l->sgl);
}
