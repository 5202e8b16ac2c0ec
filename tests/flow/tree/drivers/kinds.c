// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects of one record and of several kinds, each made and served by a table of functions of its
 * own: what one kind has in a field is not what another one has there.
 */
#include <linux/annotated.h>

struct kind_object;
struct kind_ops {
	int (*get_pages)(struct kind_object *obj);
	void (*release)(struct kind_object *obj);
};
struct kind_object {
	const struct kind_ops *ops;
	struct page **pages;
	struct device *dev;
	unsigned long addr;
	int nr;
};

int kind_get(struct kind_object *obj)
{
	return obj->ops->get_pages(obj);
}

void kind_release(struct kind_object *obj)
{
	obj->ops->release(obj);
	kfree(obj);
}

/* What serves all kinds reads the pages of all. */
void kind_map(struct kind_object *obj)
{
	device_gets(obj->dev, obj->pages, obj->nr);
}

/* Memory of the driver. */
static int kind_memory_get(struct kind_object *obj)
{
	struct page **pages = kvmalloc_array(obj->nr, sizeof(*pages), GFP_KERNEL);
	int i;

	if (!pages)
		return -ENOMEM;
	for (i = 0; i < obj->nr; i++)
		pages[i] = alloc_page(GFP_KERNEL);
	obj->pages = pages;
	return 0;
}

/* A helper that only this kind has. */
static void kind_memory_free(struct kind_object *obj)
{
	int i;

	for (i = 0; i < obj->nr; i++)
		__free_page(obj->pages[i]);
	kvfree(obj->pages);
}

static void kind_memory_release(struct kind_object *obj)
{
	if (obj->pages)
		kind_memory_free(obj);
}

static const struct kind_ops kind_memory_ops = {
	.get_pages = kind_memory_get,
	.release = kind_memory_release,
};

/* Memory of users. */
static int kind_user_get(struct kind_object *obj)
{
	struct page **pages = kvmalloc_array(obj->nr, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(obj->addr, obj->nr, FOLL_WRITE, pages); /* acquire: convertible case=2 longterm releases=kind_user_get,kind_user_release */
	if (got < obj->nr) {
		if (got > 0)
			release_pages(pages, got); /* release: convert provenance=gup acquires=kind_user_get */
		kvfree(pages);
		return -EFAULT;
	}
	obj->pages = pages;
	return 0;
}

static void kind_user_release(struct kind_object *obj)
{
	if (obj->pages) {
		release_pages(obj->pages, obj->nr); /* release: convert provenance=gup acquires=kind_user_get */
		kvfree(obj->pages);
	}
}

static const struct kind_ops kind_user_ops = {
	.get_pages = kind_user_get,
	.release = kind_user_release,
};

/* Pages of somebody else, whom nobody sees. */
int kind_import_pages(struct page **pages, int nr);

static void kind_import_release(struct kind_object *obj)
{
	kvfree(obj->pages);
}

static const struct kind_ops kind_import_ops = {
	.release = kind_import_release,
};

static struct kind_object *kind_new(struct device *dev, int nr, const struct kind_ops *ops)
{
	struct kind_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (!obj)
		return NULL;
	obj->ops = ops;
	obj->dev = dev;
	obj->nr = nr;
	return obj;
}

struct kind_object *kind_new_memory(struct device *dev, int nr)
{
	return kind_new(dev, nr, &kind_memory_ops);
}

struct kind_object *kind_new_user(struct device *dev, unsigned long addr, int nr)
{
	struct kind_object *obj = kind_new(dev, nr, &kind_user_ops);

	if (obj)
		obj->addr = addr;
	return obj;
}

/* The table that the object is made with tells its kind. */
struct kind_object *kind_import(struct device *dev, struct page **theirs, int nr)
{
	struct kind_object *obj = kind_new(dev, nr, &kind_import_ops);

	if (!obj)
		return NULL;
	obj->pages = theirs;
	return obj;
}
