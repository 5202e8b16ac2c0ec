// SPDX-License-Identifier: GPL-2.0-only
/* Twins of kinds.c: what makes two kinds of objects one. */
#include <linux/annotated.h>

/* Two kinds: what the one puts into the field the other does not take out. */
struct apart_object;
struct apart_ops {
	int (*fill)(struct apart_object *obj);
	void (*empty)(struct apart_object *obj);
};
struct apart_object {
	const struct apart_ops *ops;
	struct page *page;
	struct device *dev;
	unsigned long addr;
};

static int apart_memory_fill(struct apart_object *obj)
{
	obj->page = alloc_page(GFP_KERNEL);
	return 0;
}

static void apart_memory_empty(struct apart_object *obj)
{
	__free_page(obj->page);
}

static int apart_user_fill(struct apart_object *obj)
{
	struct page *page;

	if (get_user_pages_fast(obj->addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=apart_user_empty */
		return -EFAULT;
	device_gets(obj->dev, &page, 1);
	obj->page = page;
	return 0;
}

static void apart_user_empty(struct apart_object *obj)
{
	if (obj->page)
		put_page(obj->page); /* release: convert provenance=gup acquires=apart_user_fill */
}

static const struct apart_ops apart_memory_ops = {
	.fill = apart_memory_fill,
	.empty = apart_memory_empty,
};

static const struct apart_ops apart_user_ops = {
	.fill = apart_user_fill,
	.empty = apart_user_empty,
};

struct apart_object *apart_new_memory(struct device *dev)
{
	struct apart_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (obj) {
		obj->ops = &apart_memory_ops;
		obj->dev = dev;
	}
	return obj;
}

struct apart_object *apart_new_user(struct device *dev, unsigned long addr)
{
	struct apart_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (obj) {
		obj->ops = &apart_user_ops;
		obj->addr = addr;
		obj->dev = dev;
	}
	return obj;
}

int apart_use(struct apart_object *obj)
{
	int ret = obj->ops->fill(obj);

	if (ret == 0)
		obj->ops->empty(obj);
	return ret;
}

/* The function that gives pages of users back stands in the other table, too. */
struct same_object;
struct same_ops {
	int (*fill)(struct same_object *obj);
	void (*empty)(struct same_object *obj);
};
struct same_object {
	const struct same_ops *ops;
	struct page *page;
	struct device *dev;
	unsigned long addr;
};

static int same_memory_fill(struct same_object *obj)
{
	obj->page = alloc_page(GFP_KERNEL);
	return 0;
}

static void same_memory_empty(struct same_object *obj)
{
	__free_page(obj->page);
}

static int same_user_fill(struct same_object *obj)
{
	struct page *page;

	if (get_user_pages_fast(obj->addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused */
		return -EFAULT;
	device_gets(obj->dev, &page, 1);
	obj->page = page;
	return 0;
}

static void same_user_empty(struct same_object *obj)
{
	if (obj->page)
		put_page(obj->page); /* release: refuse reason=mixed-provenance acquires=same_user_fill */
}

static const struct same_ops same_memory_ops = {
	.fill = same_memory_fill,
	.empty = same_user_empty,
};

static const struct same_ops same_user_ops = {
	.fill = same_user_fill,
	.empty = same_user_empty,
};

struct same_object *same_new_memory(struct device *dev)
{
	struct same_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (obj) {
		obj->ops = &same_memory_ops;
		obj->dev = dev;
	}
	return obj;
}

struct same_object *same_new_user(struct device *dev, unsigned long addr)
{
	struct same_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (obj) {
		obj->ops = &same_user_ops;
		obj->addr = addr;
		obj->dev = dev;
	}
	return obj;
}

int same_use(struct same_object *obj)
{
	int ret = obj->ops->fill(obj);

	if (ret == 0)
		obj->ops->empty(obj);
	return ret;
}

/* Objects that become others, with their pages. */
struct turned_object;
struct turned_ops {
	int (*fill)(struct turned_object *obj);
	void (*empty)(struct turned_object *obj);
};
struct turned_object {
	const struct turned_ops *ops;
	struct page *page;
	struct device *dev;
	unsigned long addr;
};

static int turned_memory_fill(struct turned_object *obj)
{
	obj->page = alloc_page(GFP_KERNEL);
	return 0;
}

static void turned_memory_empty(struct turned_object *obj)
{
	__free_page(obj->page);
}

static int turned_user_fill(struct turned_object *obj)
{
	struct page *page;

	if (get_user_pages_fast(obj->addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=unconvertible-release */
		return -EFAULT;
	device_gets(obj->dev, &page, 1);
	obj->page = page;
	return 0;
}

static void turned_user_empty(struct turned_object *obj)
{
	if (obj->page)
		put_page(obj->page); /* release: refuse reason=mixed-provenance acquires=turned_user_fill */
}

static const struct turned_ops turned_memory_ops = {
	.fill = turned_memory_fill,
	.empty = turned_memory_empty,
};

static const struct turned_ops turned_user_ops = {
	.fill = turned_user_fill,
	.empty = turned_user_empty,
};

struct turned_object *turned_new_memory(struct device *dev)
{
	struct turned_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (obj) {
		obj->ops = &turned_memory_ops;
		obj->dev = dev;
	}
	return obj;
}

struct turned_object *turned_new_user(struct device *dev, unsigned long addr)
{
	struct turned_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (obj) {
		obj->ops = &turned_user_ops;
		obj->addr = addr;
		obj->dev = dev;
	}
	return obj;
}

/* An object of the one kind, with what it has, becomes one of the other. */
void turned_turn(struct turned_object *obj)
{
	if (obj->ops == &turned_user_ops)
		obj->ops = &turned_memory_ops;
}

int turned_use(struct turned_object *obj)
{
	int ret = obj->ops->fill(obj);

	if (ret == 0)
		obj->ops->empty(obj);
	return ret;
}

/* Twin: nothing becomes of objects with pages of users. */
struct stays_object;
struct stays_ops {
	int (*fill)(struct stays_object *obj);
	void (*empty)(struct stays_object *obj);
};
struct stays_object {
	const struct stays_ops *ops;
	struct page *page;
	struct device *dev;
	unsigned long addr;
};

static int stays_memory_fill(struct stays_object *obj)
{
	obj->page = alloc_page(GFP_KERNEL);
	return 0;
}

static void stays_memory_empty(struct stays_object *obj)
{
	__free_page(obj->page);
}

static int stays_user_fill(struct stays_object *obj)
{
	struct page *page;

	if (get_user_pages_fast(obj->addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=stays_user_empty */
		return -EFAULT;
	device_gets(obj->dev, &page, 1);
	obj->page = page;
	return 0;
}

static void stays_user_empty(struct stays_object *obj)
{
	if (obj->page)
		put_page(obj->page); /* release: convert provenance=gup acquires=stays_user_fill */
}

static const struct stays_ops stays_memory_ops = {
	.fill = stays_memory_fill,
	.empty = stays_memory_empty,
};

static const struct stays_ops stays_user_ops = {
	.fill = stays_user_fill,
	.empty = stays_user_empty,
};

struct stays_object *stays_new_memory(struct device *dev)
{
	struct stays_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (obj) {
		obj->ops = &stays_memory_ops;
		obj->dev = dev;
	}
	return obj;
}

struct stays_object *stays_new_user(struct device *dev, unsigned long addr)
{
	struct stays_object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (obj) {
		obj->ops = &stays_user_ops;
		obj->addr = addr;
		obj->dev = dev;
	}
	return obj;
}

/* An object of the one kind, with what it has, becomes one of the other. */
void stays_turn(struct stays_object *obj)
{
	if (obj->ops == &stays_memory_ops)
		obj->ops = &stays_memory_ops;
}

int stays_use(struct stays_object *obj)
{
	int ret = obj->ops->fill(obj);

	if (ret == 0)
		obj->ops->empty(obj);
	return ret;
}
