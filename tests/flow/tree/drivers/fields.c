// SPDX-License-Identifier: GPL-2.0-only
/* Struct fields: told apart by their struct, followed through pointers, arrays and embedded structs. */
#include <linux/annotated.h>

/* Two structs with fields of one name: the first holds users' pages, the second does not. */
struct field_user {
	struct page **pages;
	int nr;
};
struct field_kernel {
	struct page **pages;
	int nr;
};

int field_user_get(struct field_user *f, struct device *dev, unsigned long addr, int n)
{
	f->pages = kcalloc(n, sizeof(*f->pages), GFP_KERNEL);
	if (!f->pages)
		return -ENOMEM;
	f->nr = get_user_pages_fast(addr, n, FOLL_WRITE, f->pages); /* acquire: convertible case=2 longterm releases=field_user_put */
	if (f->nr > 0)
		device_gets(dev, f->pages, f->nr);
	return f->nr < 0 ? f->nr : 0;
}

void field_user_put(struct field_user *f)
{
	int i;

	for (i = 0; i < f->nr; i++)
		put_page(f->pages[i]); /* release: convert provenance=gup pattern=loop reason=count-may-be-negative acquires=field_user_get */
	kfree(f->pages);
}

int field_kernel_get(struct field_kernel *f, int n)
{
	f->pages = kcalloc(n, sizeof(*f->pages), GFP_KERNEL);
	if (!f->pages)
		return -ENOMEM;
	for (f->nr = 0; f->nr < n; f->nr++)
		f->pages[f->nr] = alloc_page(GFP_KERNEL);
	return 0;
}

void field_kernel_put(struct field_kernel *f)
{
	int i;

	for (i = 0; i < f->nr; i++)
		put_page(f->pages[i]); /* release: unrelated provenance=never pattern=loop acquires= */
	kfree(f->pages);
}

/* Arrays of structs, a page each, in a struct in a struct. */
struct field_slot {
	struct page *page;
	bool busy;
};
struct field_ring {
	struct {
		struct field_slot slot[8];
	} half[2];
	struct page *header;
};

int field_slot_fill(struct field_ring *ring, struct device *dev, int k, unsigned long addr)
{
	struct field_slot *slot = &ring->half[1].slot[k];

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &slot->page) != 1) /* acquire: convertible case=2 longterm releases=field_ring_drain */
		return -EFAULT;
	device_gets(dev, &slot->page, 1);
	slot->busy = true;
	return 0;
}

void field_ring_header(struct field_ring *ring)
{
	ring->header = alloc_page(GFP_KERNEL);
}

void field_ring_drain(struct field_ring *ring)
{
	int h, k;

	for (h = 0; h < 2; h++) {
		for (k = 0; k < 8; k++) {
			if (!ring->half[h].slot[k].busy)
				continue;
			put_page(ring->half[h].slot[k].page); /* release: convert provenance=gup acquires=field_slot_fill */
			ring->half[h].slot[k].busy = false;
		}
	}
	put_page(ring->header); /* release: unrelated provenance=never pattern=single acquires= */
}

/* A struct is copied as a whole, and built by an initialiser. */
struct field_pair {
	struct page *first, *second;
};
struct field_box {
	struct field_pair pair;
	int n;
};

int field_pair_make(struct field_box *box, struct device *dev, unsigned long addr)
{
	struct page *page;
	struct field_pair pair;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=2 longterm releases=field_pair_drop */
		return -EFAULT;
	device_gets(dev, &page, 1);
	pair = (struct field_pair){ .first = page, .second = alloc_page(GFP_KERNEL) };
	box->pair = pair;
	return 0;
}

void field_pair_drop(struct field_box *box)
{
	put_page(box->pair.first); /* release: convert provenance=gup acquires=field_pair_make */
	put_page(box->pair.second); /* release: unrelated provenance=never acquires= */
}

/* A variable at file scope. */
static struct page *field_global;

int field_global_set(struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &field_global) != 1) /* acquire: convertible case=2 longterm releases=field_global_drop */
		return -EFAULT;
	device_gets(dev, &field_global, 1);
	return 0;
}

void field_global_drop(void)
{
	put_page(field_global); /* release: convert provenance=gup pattern=single acquires=field_global_set */
	field_global = NULL;
}

/* Handed over as void * by way of private data, and found again by a cast. */
struct field_context {
	struct page **pages;
	int nr;
};
struct field_carrier {
	void *private;
};

int field_void_get(struct field_carrier *carrier, struct device *dev, unsigned long addr)
{
	struct field_context *ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);

	if (!ctx)
		return -ENOMEM;
	ctx->pages = kcalloc(4, sizeof(*ctx->pages), GFP_KERNEL);
	if (!ctx->pages) {
		kfree(ctx);
		return -ENOMEM;
	}
	ctx->nr = get_user_pages_fast(addr, 4, FOLL_WRITE, ctx->pages); /* acquire: convertible case=2 longterm releases=field_void_put */
	if (ctx->nr > 0)
		device_gets(dev, ctx->pages, ctx->nr);
	carrier->private = ctx;
	return 0;
}

void field_void_put(struct field_carrier *carrier)
{
	struct field_context *ctx = carrier->private;

	if (ctx->nr > 0)
		release_pages(ctx->pages, ctx->nr); /* release: convert provenance=gup pattern=release-pages not=count-may-be-negative acquires=field_void_get */
	kfree(ctx->pages);
	kfree(ctx);
}
