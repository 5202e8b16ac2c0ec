/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers of pages in fields that everybody writes for a purpose of its own. */
#include <linux/annotated.h>
#include <linux/pagemap.h>

/* Some driver's memory, mapped by its number. */
int number_map(struct vm_area_struct *vma)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	vma->vm_pgoff = page_to_pfn(page);
	return 0;
}

/* That is not what another one finds there, but neither is it known what that is. */
static void number_put(unsigned long pfn)
{
	put_page(pfn_to_page(pfn)); /* release: refuse provenance=unknown reason=unknown-provenance not=mixed-provenance acquires=number_get,number_keep */
}

int number_get(struct device *dev, struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long pfn;
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) == 1) { /* acquire: refused reason=release-refused releases=number_put */
		device_gets(dev, &page, 1);
		pfn = page_to_pfn(page);
	} else {
		pfn = vma->vm_pgoff;
	}
	number_put(pfn);
	return 0;
}

/* Twin: a field of the driver's own has what the driver puts there. */
struct number_own {
	unsigned long pfn;
};

int number_own_map(struct number_own *own)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	own->pfn = page_to_pfn(page);
	return 0;
}

static void number_own_put(unsigned long pfn)
{
	put_page(pfn_to_page(pfn)); /* release: refuse provenance=mixed reason=mixed-provenance acquires=number_own_get */
}

int number_own_get(struct device *dev, struct number_own *own, unsigned long addr)
{
	unsigned long pfn;
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) == 1) { /* acquire: refused reason=release-refused releases=number_own_put */
		device_gets(dev, &page, 1);
		pfn = page_to_pfn(page);
	} else {
		pfn = own->pfn;
	}
	number_own_put(pfn);
	return 0;
}

/* Pages of an acquire are found behind the field all the same. */
int number_keep(struct device *dev, struct vm_area_struct *vma, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused releases=number_drop,number_put */
		return -EFAULT;
	device_gets(dev, &page, 1);
	vma->vm_pgoff = page_to_pfn(page);
	return 0;
}

void number_drop(struct vm_area_struct *vma)
{
	put_page(pfn_to_page(vma->vm_pgoff)); /* release: refuse provenance=unknown acquires=number_keep */
}

/* A position in a file is no page, whatever it was worked out of. */
struct number_file {
	loff_t pos;
};

void number_seek(struct number_file *file)
{
	struct page *page = alloc_page(GFP_KERNEL);

	file->pos = page_to_pfn(page);
}

void number_seek_put(struct number_file *file)
{
	put_page(pfn_to_page(file->pos)); /* release: unrelated */
}

/* Twin: a number that may be one of a page. */
struct number_frame {
	unsigned long frame;
};

void number_frame_set(struct number_frame *of)
{
	struct page *page = alloc_page(GFP_KERNEL);

	of->frame = page_to_pfn(page);
}

void number_frame_put(struct number_frame *of)
{
	put_page(pfn_to_page(of->frame)); /* release: unrelated provenance=never */
}
