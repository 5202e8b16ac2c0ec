// SPDX-License-Identifier: GPL-2.0-only
/* Pages in scatterlists and sg tables: acquired in one function, released in another. */
#include <linux/annotated.h>

struct sg_mr {
	struct scatterlist *sgl;
	struct sg_table table;
	unsigned int nents;
	struct device *dev;
};

#define N 16

int sg_mr_pin(struct sg_mr *mr, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=2 longterm releases=sg_mr_pin,sg_mr_unpin */
	if (got != n) {
		for (i = 0; i < got; i++)
			put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=sg_mr_pin */
		return -EFAULT;
	}
	mr->sgl = kcalloc(n, sizeof(*mr->sgl), GFP_KERNEL);
	if (!mr->sgl) {
		release_pages(pages, n); /* release: convert provenance=gup pattern=release-pages acquires=sg_mr_pin */
		return -ENOMEM;
	}
	sg_init_table(mr->sgl, n);
	for (i = 0; i < n; i++)
		sg_set_page(&mr->sgl[i], pages[i], PAGE_SIZE, 0);
	mr->nents = n;
	return dma_map_sg(mr->dev, mr->sgl, n, DMA_BIDIRECTIONAL);
}

void sg_mr_unpin(struct sg_mr *mr)
{
	struct scatterlist *sg;
	int i;

	dma_unmap_sg(mr->dev, mr->sgl, mr->nents, DMA_BIDIRECTIONAL);
	for_each_sg(mr->sgl, sg, mr->nents, i)
		put_page(sg_page(sg)); /* release: convert provenance=gup pattern=sg-loop acquires=sg_mr_pin */
	kfree(mr->sgl);
}

/* An sg table made from the array, walked page by page, dirtied if the device wrote. */
int sg_table_pin(struct sg_mr *mr, unsigned long addr, int n)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int got, ret;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=2 longterm releases=sg_table_pin,sg_table_unpin */
	if (got != n) {
		ret = -EFAULT;
		goto out;
	}
	ret = sg_alloc_table_from_pages(&mr->table, pages, n, 0, (unsigned long)n * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		goto out;
	kvfree(pages);
	return dma_map_sgtable(mr->dev, &mr->table, DMA_BIDIRECTIONAL, 0);
out:
	if (got > 0)
		release_pages(pages, got); /* release: convert provenance=gup pattern=release-pages acquires=sg_table_pin not=count-may-be-negative */
	kvfree(pages);
	return ret;
}

void sg_table_unpin(struct sg_mr *mr, bool written)
{
	struct sg_page_iter iter;

	for_each_sgtable_page(&mr->table, &iter, 0) {
		struct page *page = sg_page_iter_page(&iter);

		if (written)
			set_page_dirty_lock(page);
		put_page(page); /* release: convert provenance=gup pattern=sg-loop acquires=sg_table_pin */
	}
	sg_free_table(&mr->table);
}

/* Twin of sg_mr: its pages are allocated. The record has the same fields under another name. */
struct sg_pool {
	struct scatterlist *sgl;
	unsigned int nents;
};

int sg_pool_fill(struct sg_pool *pool, int n)
{
	int i;

	pool->sgl = kcalloc(n, sizeof(*pool->sgl), GFP_KERNEL);
	if (!pool->sgl)
		return -ENOMEM;
	for (i = 0; i < n; i++)
		sg_set_page(&pool->sgl[i], alloc_page(GFP_KERNEL), PAGE_SIZE, 0);
	pool->nents = n;
	return 0;
}

void sg_pool_drain(struct sg_pool *pool)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(pool->sgl, sg, pool->nents, i)
		put_page(sg_page(sg)); /* release: unrelated provenance=never pattern=sg-loop acquires= */
}

/* The list is local: two users of scatterlists in one function are told apart. */
int sg_two_lists(struct device *dev, unsigned long addr)
{
	struct scatterlist user[1], own[1];
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=sg_two_lists */
		return -EFAULT;
	sg_init_table(user, 1);
	sg_set_page(user, page, PAGE_SIZE, 0);
	sg_init_table(own, 1);
	sg_set_page(own, alloc_page(GFP_KERNEL), PAGE_SIZE, 0);
	dma_map_sg(dev, user, 1, DMA_BIDIRECTIONAL);
	put_page(sg_page(own)); /* release: unrelated provenance=never acquires= */
	put_page(sg_page(user)); /* release: convert provenance=gup acquires=sg_two_lists */
	return 0;
}

/* Twin: one token, and one list has both. */
int sg_one_list(struct device *dev, unsigned long addr)
{
	struct scatterlist list[2];
	struct page *page;
	int i;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused releases=sg_one_list */
		return -EFAULT;
	sg_init_table(list, 2);
	sg_set_page(&list[0], page, PAGE_SIZE, 0);
	sg_set_page(&list[1], alloc_page(GFP_KERNEL), PAGE_SIZE, 0);
	dma_map_sg(dev, list, 2, DMA_BIDIRECTIONAL);
	for (i = 0; i < 2; i++)
		put_page(sg_page(&list[i])); /* release: refuse provenance=mixed reason=mixed-provenance acquires=sg_one_list */
	return 0;
}
