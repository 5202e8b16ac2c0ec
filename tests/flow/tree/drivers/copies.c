// SPDX-License-Identifier: GPL-2.0-only
/* Containers that are copied: what the one holds the other one holds then, too. */
#include <linux/annotated.h>
#include <linux/bio.h>

/* Through pointers. */
struct copy_pointer_source {
	struct bio_vec bv[4];
};
struct copy_pointer_target {
	struct bio_vec bv[4];
};

int copy_pointer_fill(struct copy_pointer_source *src, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=copy_pointer_drop */
		return -EFAULT;
	device_gets(dev, &page, 1);
	bvec_set_page(&src->bv[0], page, PAGE_SIZE, 0);
	return 0;
}

void copy_pointer_move(struct copy_pointer_target *to, struct copy_pointer_source *from)
{
	struct bio_vec *a = to->bv, *b = from->bv;

	*a = *b;
}

void copy_pointer_drop(struct copy_pointer_target *to)
{
	if (to->bv[0].bv_page)
		put_page(to->bv[0].bv_page); /* release: convert provenance=gup acquires=copy_pointer_fill */
}

/* Elements of arrays. */
struct copy_element_source {
	struct bio_vec bv[4];
};
struct copy_element_target {
	struct bio_vec bv[4];
};

int copy_element_fill(struct copy_element_source *src, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=copy_element_drop */
		return -EFAULT;
	device_gets(dev, &page, 1);
	bvec_set_page(&src->bv[0], page, PAGE_SIZE, 0);
	return 0;
}

void copy_element_move(struct copy_element_target *to, struct copy_element_source *from)
{
	to->bv[0] = from->bv[0];
}

void copy_element_drop(struct copy_element_target *to)
{
	if (to->bv[0].bv_page)
		put_page(to->bv[0].bv_page); /* release: convert provenance=gup acquires=copy_element_fill */
}

/* By way of a variable. */
struct copy_local_source {
	struct bio_vec bv[4];
};
struct copy_local_target {
	struct bio_vec bv[4];
};

int copy_local_fill(struct copy_local_source *src, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=copy_local_drop */
		return -EFAULT;
	device_gets(dev, &page, 1);
	bvec_set_page(&src->bv[0], page, PAGE_SIZE, 0);
	return 0;
}

void copy_local_move(struct copy_local_target *to, struct copy_local_source *from)
{
	struct bio_vec bv = from->bv[0];

	to->bv[0] = bv;
}

void copy_local_drop(struct copy_local_target *to)
{
	if (to->bv[0].bv_page)
		put_page(to->bv[0].bv_page); /* release: convert provenance=gup acquires=copy_local_fill */
}

/* By way of a variable that is assigned to. */
struct copy_late_source {
	struct bio_vec bv[4];
};
struct copy_late_target {
	struct bio_vec bv[4];
};

int copy_late_fill(struct copy_late_source *src, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=copy_late_drop */
		return -EFAULT;
	device_gets(dev, &page, 1);
	bvec_set_page(&src->bv[0], page, PAGE_SIZE, 0);
	return 0;
}

void copy_late_move(struct copy_late_target *to, struct copy_late_source *from)
{
	struct bio_vec bv;

	bv = from->bv[0];
	bvec_set_page(&to->bv[0], bv.bv_page, bv.bv_len, bv.bv_offset);
}

void copy_late_drop(struct copy_late_target *to)
{
	if (to->bv[0].bv_page)
		put_page(to->bv[0].bv_page); /* release: convert provenance=gup acquires=copy_late_fill */
}

/* The structure around them. */
struct copy_whole_source {
	struct bio_vec bv[4];
};
struct copy_whole_target {
	struct bio_vec bv[4];
};

int copy_whole_fill(struct copy_whole_source *src, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=copy_whole_drop */
		return -EFAULT;
	device_gets(dev, &page, 1);
	bvec_set_page(&src->bv[0], page, PAGE_SIZE, 0);
	return 0;
}

void copy_whole_move(struct copy_whole_target *to, struct copy_whole_source *from)
{
	struct bio_vec *a = to->bv, *b = from->bv;

	memcpy(a, b, 4 * sizeof(*a));
}

void copy_whole_drop(struct copy_whole_target *to)
{
	if (to->bv[0].bv_page)
		put_page(to->bv[0].bv_page); /* release: convert provenance=gup acquires=copy_whole_fill */
}

/* Twin: the other way round. */
struct copy_back_source {
	struct bio_vec bv[4];
};
struct copy_back_target {
	struct bio_vec bv[4];
};

int copy_back_fill(struct copy_back_source *src, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-not-found releases= */
		return -EFAULT;
	device_gets(dev, &page, 1);
	bvec_set_page(&src->bv[0], page, PAGE_SIZE, 0);
	return 0;
}

void copy_back_move(struct copy_back_target *to, struct copy_back_source *from)
{
	struct bio_vec *a = to->bv, *b = from->bv;

	*b = *a;
}

void copy_back_drop(struct copy_back_target *to)
{
	if (to->bv[0].bv_page)
		put_page(to->bv[0].bv_page); /* release: unrelated acquires= */
}
