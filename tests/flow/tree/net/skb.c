// SPDX-License-Identifier: GPL-2.0-only
/* References that move to another counted owner: report only. */
#include <linux/annotated.h>
#include <linux/pipe_fs_i.h>
#include <linux/skbuff.h>

int skb_send_user(struct sk_buff *skb, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: refused reason=ownership-transferred */
		return -EFAULT;
	skb_fill_page_desc(skb, skb_shinfo(skb)->nr_frags++, page, 0, PAGE_SIZE);
	return 0;
}

/* With a failing path that puts the page itself: still nobody else's to unpin later. */
int skb_send_checked(struct sk_buff *skb, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: refused reason=ownership-transferred releases=skb_send_checked */
		return -EFAULT;
	if (skb_shinfo(skb)->nr_frags >= 17) {
		put_page(page); /* release: refuse provenance=gup acquires=skb_send_checked reason=release-refused */
		return -EINVAL;
	}
	skb_fill_page_desc(skb, skb_shinfo(skb)->nr_frags++, page, 0, PAGE_SIZE);
	return 0;
}

/* Twin: the device gets the page; nobody else owns it. */
int skb_send_device(struct device *dev, struct sk_buff *skb, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: convertible case=1 releases=skb_send_device */
		return -EFAULT;
	if (skb_shinfo(skb)->nr_frags >= 17) {
		put_page(page); /* release: convert provenance=gup acquires=skb_send_device */
		return -EINVAL;
	}
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	put_page(page); /* release: convert provenance=gup acquires=skb_send_device */
	return 0;
}

/* A frag's page belongs to the skb. */
void skb_drop_frag(struct sk_buff *skb)
{
	put_page(skb_frag_page(&skb_shinfo(skb)->frags[0])); /* release: unrelated acquires= */
}

/* A pipe buffer owns its page. */
ssize_t skb_to_pipe(struct pipe_inode_info *pipe, unsigned long addr)
{
	struct pipe_buffer buf = { .len = PAGE_SIZE };

	if (get_user_pages_fast(addr, 1, 0, &buf.page) != 1) /* acquire: refused reason=ownership-transferred */
		return -EFAULT;
	return add_to_pipe(pipe, &buf);
}
