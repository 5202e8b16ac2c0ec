/* SPDX-License-Identifier: GPL-2.0-only */
/* One condition of a function stands before the acquire and before the release. */
#include <linux/annotated.h>
#include <linux/bio.h>

/* Who did not acquire does not release. */
int exclusive_pages(struct device *dev, unsigned long addr, bool is_user)
{
	struct page *page;

	if (is_user) {
		if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=exclusive_pages not=unconvertible-release */
			return -EFAULT;
	} else {
		page = alloc_page(GFP_KERNEL);
	}
	device_gets(dev, &page, 1);
	if (is_user)
		put_page(page); /* release: convert provenance=gup acquires=exclusive_pages not=mixed-provenance */
	else
		__free_page(page);
	return 0;
}

/* Twin: the condition changes on the way. */
int exclusive_changed(struct device *dev, unsigned long addr, bool is_user)
{
	struct page *page;

	if (is_user) {
		if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=unconvertible-release releases=exclusive_changed */
			return -EFAULT;
	} else {
		page = alloc_page(GFP_KERNEL);
	}
	device_gets(dev, &page, 1);
	is_user = addr & 1;
	if (is_user)
		put_page(page); /* release: refuse provenance=mixed acquires=exclusive_changed */
	else
		__free_page(page);
	return 0;
}

/* Twin: it is asked anew in each round. */
int exclusive_rounds(struct device *dev, unsigned long addr, int n)
{
	struct page *page = NULL;
	int i;

	for (i = 0; i < n; i++) {
		bool is_user = (addr >> i) & 1;

		if (page && !is_user)
			put_page(page); /* release: refuse provenance=mixed acquires=exclusive_rounds */
		if (is_user) {
			if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused releases=exclusive_rounds */
				return -EFAULT;
		} else {
			page = alloc_page(GFP_KERNEL);
		}
		device_gets(dev, &page, 1);
	}
	return 0;
}

/* Another call of the function may find what this one has stored. */
struct exclusive_slot {
	struct page *page;
};

int exclusive_stored(struct exclusive_slot *slot, struct device *dev, unsigned long addr, bool is_on)
{
	if (is_on) {
		if (get_user_pages_fast(addr, 1, FOLL_WRITE, &slot->page) != 1) /* acquire: refused reason=release-not-found releases=exclusive_stored */
			return -EFAULT;
		device_gets(dev, &slot->page, 1);
	}
	if (!is_on)
		put_page(slot->page); /* release: refuse provenance=gup acquires=exclusive_stored */
	return 0;
}

/* Pages that a caller brings, or pages of the function's own, which it frees where it fails. */
struct exclusive_map {
	struct page **pages;
	int nr;
};

struct bio *exclusive_copy(struct exclusive_map *map, int n)
{
	struct bio *bio = bio_alloc(NULL, n, 0, GFP_KERNEL);
	struct page *page;
	int i;

	if (!bio)
		return NULL;
	for (i = 0; i < n; i++) {
		if (map) {
			page = map->pages[i];
		} else {
			page = alloc_page(GFP_KERNEL);
			if (!page)
				goto out;
		}
		if (!bio_add_page(bio, page, PAGE_SIZE, 0)) {
			if (!map)
				__free_page(page);
			goto out;
		}
	}
	return bio;
out:
	if (!map)
		bio_free_pages(bio);
	bio_put(bio);
	return NULL;
}

int exclusive_user(struct exclusive_map *map, struct device *dev, unsigned long addr, int n)
{
	struct bio *bio;
	int i;

	map->nr = get_user_pages_fast(addr, n, FOLL_WRITE, map->pages); /* acquire: convertible case=1 releases=exclusive_user not=unconvertible-release */
	if (map->nr <= 0)
		return -EFAULT;
	device_gets(dev, map->pages, map->nr);
	bio = exclusive_copy(map, map->nr);
	for (i = 0; i < map->nr; i++)
		put_page(map->pages[i]); /* release: convert provenance=gup acquires=exclusive_user */
	return bio ? 0 : -ENOMEM;
}

struct bio *exclusive_own(int n)
{
	return exclusive_copy(NULL, n);
}

/* Twin: freed, whoever brought them. */
struct exclusive_any {
	struct page **pages;
	int nr;
};

struct bio *exclusive_any_copy(struct exclusive_any *map, int n)
{
	struct bio *bio = bio_alloc(NULL, n, 0, GFP_KERNEL);
	struct page *page;
	int i;

	if (!bio)
		return NULL;
	for (i = 0; i < n; i++) {
		if (map)
			page = map->pages[i];
		else
			page = alloc_page(GFP_KERNEL);
		if (!bio_add_page(bio, page, PAGE_SIZE, 0))
			goto out;
	}
	return bio;
out:
	bio_free_pages(bio);
	bio_put(bio);
	return NULL;
}

int exclusive_any_user(struct exclusive_any *map, struct device *dev, unsigned long addr, int n)
{
	struct bio *bio;
	int i;

	map->nr = get_user_pages_fast(addr, n, FOLL_WRITE, map->pages); /* acquire: refused reason=unconvertible-release releases=exclusive_any_user */
	if (map->nr <= 0)
		return -EFAULT;
	device_gets(dev, map->pages, map->nr);
	bio = exclusive_any_copy(map, map->nr);
	for (i = 0; i < map->nr; i++)
		put_page(map->pages[i]); /* release: refuse provenance=gup acquires=exclusive_any_user */
	return bio ? 0 : -ENOMEM;
}
