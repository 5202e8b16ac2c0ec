// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

/* All on one line. */
int layout_line(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) put_page(pages[i]);
	return 0;
}

/* Without blanks, and with blanks for tabs. */
int layout_dense(struct device *dev, unsigned long addr, int n)
{
    struct page *pages[N];
    int i,got;

    got=get_user_pages_fast(addr,n,FOLL_WRITE,pages);
    if(got<=0)
        return -EFAULT;
    device_gets(dev,pages,got);
    for(i=0;i<got;i++)
    {
        put_page(pages[i]);
    }
    return 0;
}

/* Behind a label, in a switch, and under an else. */
int layout_branches(struct device *dev, unsigned long addr, int n, int how)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	switch (how) {
	case 0:
		for (i = 0; i < got; i++)
			put_page(pages[i]);
		return 0;
	case 1:
		goto out;
	default:
		break;
	}
	device_gets(dev, pages, got);
	if (how == 2)
		goto out;
	else
		for (i = 0; i < got; i++)
			put_page(pages[i]);
	return 0;
out:
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return -EINVAL;
}

/* A trailing comment belongs to the loop's line. */
int layout_comment(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got; /* pages that were pinned */

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	/* put_page() all of them. */
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}
