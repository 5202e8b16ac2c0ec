// SPDX-License-Identifier: GPL-2.0-only
/* Data that is copied byte by byte brings no page along; words may. */
#include <linux/annotated.h>

struct bytes_pin {
	struct page **pages;
	int nr;
};

struct bytes_own {
	struct page **pages;
	int nr;
};

static void copy_last_byte(char *dst, const char *src, size_t count)
{
	*(dst + count) = *(src + count);
}

int bytes_pin(struct bytes_pin *pin, struct device *dev, unsigned long addr, int n)
{
	pin->nr = get_user_pages_fast(addr, n, FOLL_WRITE, pin->pages); /* acquire: convertible releases=bytes_unpin */
	if (pin->nr <= 0)
		return -EFAULT;
	device_gets(dev, pin->pages, pin->nr);
	return 0;
}

void bytes_fill(struct bytes_own *own)
{
	own->pages[0] = alloc_page(GFP_KERNEL);
}

void bytes_mix(struct bytes_pin *pin, struct bytes_own *own)
{
	copy_last_byte((char *)pin->pages, (char *)own->pages, 7);
}

void bytes_unpin(struct bytes_pin *pin)
{
	release_pages(pin->pages, pin->nr); /* release: convert provenance=gup acquires=bytes_pin */
}

/* Twin: whole words. */
struct words_pin {
	struct page **pages;
	int nr;
};

struct words_own {
	struct page **pages;
	int nr;
};

static void copy_last_word(unsigned long *dst, const unsigned long *src, size_t count)
{
	*(dst + count) = *(src + count);
}

int words_pin(struct words_pin *pin, struct device *dev, unsigned long addr, int n)
{
	pin->nr = get_user_pages_fast(addr, n, FOLL_WRITE, pin->pages); /* acquire: refused releases=words_unpin */
	if (pin->nr <= 0)
		return -EFAULT;
	device_gets(dev, pin->pages, pin->nr);
	return 0;
}

void words_fill(struct words_own *own)
{
	own->pages[0] = alloc_page(GFP_KERNEL);
}

void words_mix(struct words_pin *pin, struct words_own *own)
{
	copy_last_word((unsigned long *)pin->pages, (unsigned long *)own->pages, 7);
}

void words_unpin(struct words_pin *pin)
{
	release_pages(pin->pages, pin->nr); /* release: refuse provenance=mixed reason=mixed-provenance acquires=words_pin */
}
