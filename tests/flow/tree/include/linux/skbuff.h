/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SKBUFF_H
#define _LINUX_SKBUFF_H
#include <linux/mm.h>
typedef struct skb_frag {
	struct page *netmem;
	unsigned int len;
	unsigned int offset;
} skb_frag_t;
struct skb_shared_info {
	u8 nr_frags;
	skb_frag_t frags[17];
};
struct sk_buff {
	unsigned int len, data_len;
	struct skb_shared_info shinfo;
};
#define skb_shinfo(skb) (&(skb)->shinfo)
void skb_fill_page_desc(struct sk_buff *skb, int i, struct page *page, int off, int size);
void kfree_skb(struct sk_buff *skb);
static inline struct page *skb_frag_page(const skb_frag_t *frag)
{
	return frag->netmem;
}
#endif
