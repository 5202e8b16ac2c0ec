// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static void drop_locked(struct box *b)
{
	put_page(b->page); /* in: spinlock */
}

static void drop_free(struct box *b)
{
	put_page(b->page); /* in: none */
}

void caller(struct box *b)
{
	drop_free(b);
	spin_lock(&b->lock);
	drop_locked(b);
	spin_unlock(&b->lock);
	drop_free(b);
}

static void drop_deep(struct box *b)
{
	put_page(b->page); /* in: rcu */
}

static void middle(struct box *b)
{
	drop_deep(b);
}

void far_caller(struct box *b)
{
	rcu_read_lock();
	middle(b);
	rcu_read_unlock();
}

/* Wrappers. */
static void box_lock(struct box *b)
{
	spin_lock(&b->lock);
}

static void box_unlock(struct box *b)
{
	spin_unlock(&b->lock);
}

static void box_lock_twice_removed(struct box *b)
{
	work(b);
	box_lock(b);
}

static int box_trylock(struct box *b)
{
	if (!spin_trylock(&b->lock))
		return 0;
	work(b);
	return 1;
}

static int box_trylock_short(struct box *b)
{
	return spin_trylock(&b->lock);
}

static int box_lock_or_error(struct box *b)
{
	int err = work(b);

	if (err)
		return err;
	spin_lock(&b->lock);
	return 0;
}

static struct page *box_lock_page(struct box *b)
{
	if (work(b))
		return ERR_PTR(-1);
	lock_page(b->page);
	return b->page;
}

static void box_unlock_if(struct box *b, int unlock)
{
	if (unlock)
		spin_unlock(&b->lock);
}

static void box_lock_maybe(struct box *b)
{
	if (b->flags)
		spin_lock(&b->lock);
}

static void box_unlock_maybe(struct box *b)
{
	if (b->flags)
		spin_unlock(&b->lock);
}

void wrapped(struct box *b)
{
	box_lock(b);
	put_page(b->page); /* in: spinlock */
	box_unlock(b);
	put_page(b->page); /* in: none */
}

void wrapped_deeper(struct box *b)
{
	box_lock_twice_removed(b);
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
}

void wrapped_trylock(struct box *b)
{
	if (box_trylock(b)) {
		put_page(b->page); /* in: spinlock */
		box_unlock(b);
	}
	put_page(b->page); /* in: none */
}

void wrapped_trylock_short(struct box *b)
{
	if (!box_trylock_short(b))
		return;
	put_page(b->page); /* in: spinlock */
	box_unlock(b);
	put_page(b->page); /* in: none */
}

int wrapped_error(struct box *b)
{
	int err = box_lock_or_error(b);

	if (err) {
		put_page(b->page); /* in: none */
		return err;
	}
	put_page(b->page); /* in: spinlock */
	box_unlock(b);
	return 0;
}

int wrapped_pointer(struct box *b)
{
	struct page *page = box_lock_page(b);

	if (IS_ERR(page)) {
		put_page(b->page); /* in: none */
		return -1;
	}
	put_page(b->page); /* in: page-lock */
	unlock_page(page);
	put_page(b->page); /* in: none */
	return 0;
}

void parameter_decides(struct box *b)
{
	box_lock(b);
	box_unlock_if(b, 0);
	put_page(b->page); /* in: spinlock */
	box_unlock_if(b, 1);
	put_page(b->page); /* in: none */
}

void perhaps(struct box *b)
{
	box_lock_maybe(b);
	put_page(b->page); /* in: spinlock */
	box_unlock_maybe(b);
	put_page(b->page); /* in: none */
}

void perhaps_not_the_same(struct box *b)
{
	spin_lock(&b->lock);
	box_unlock_maybe(b);
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
}

/* The caller's lock is dropped. */
static void drops_it(struct box *b)
{
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
	spin_lock(&b->lock);
	put_page(b->page); /* in: spinlock */
}

static void drops_it_in_a_loop(struct box *b)
{
	while (work(b)) {
		put_page(b->page); /* in: spinlock */
		spin_unlock(&b->lock);
		put_page(b->page); /* in: none */
		spin_lock(&b->lock);
	}
}

static void drops_one_of_two(struct box *b)
{
	spin_unlock(&b->lock);
	put_page(b->page); /* in: spinlock */
	spin_lock(&b->lock);
}

void calls_who_drops(struct box *b)
{
	spin_lock(&b->lock);
	drops_it(b);
	drops_it_in_a_loop(b);
	spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
	spin_lock(&b->other);
	spin_lock(&b->lock);
	drops_one_of_two(b);
	spin_unlock(&b->lock);
	spin_unlock(&b->other);
}

/* Through a member. */
static void ops_drop(struct box *b)
{
	put_page(b->page); /* in: spinlock */
}

static void ops_end(struct box *b)
{
	put_page(b->page); /* in: softirq */
}

static void ops_work(struct box *b)
{
	put_page(b->page); /* in: may-sleep */
}

static void ops_release(struct box *b)
{
	put_page(b->page); /* in: notifier */
}

static const struct box_ops ops = {
	.drop = ops_drop,
	.end = ops_end,
	.work = ops_work,
	.release = ops_release,
};

void through_a_member(const struct box_ops *o, struct box *b)
{
	spin_lock(&b->lock);
	o->drop(b);
	o->work(b);
	spin_unlock(&b->lock);
}

/* Callbacks. */
static void of_the_handler(struct box *b)
{
	put_page(b->page); /* in: hardirq */
}

static int handler(int irq, void *data)
{
	of_the_handler(data);
	return 0;
}

static int quick(int irq, void *data)
{
	struct box *b = data;

	put_page(b->page); /* in: hardirq */
	return 1;
}

static int thread(int irq, void *data)
{
	struct box *b = data;

	put_page(b->page); /* in: may-sleep */
	return 0;
}

static int not_stored(int irq, void *data)
{
	struct box *b = data;

	put_page(b->page); /* in: none */
	return 0;
}

int start(struct box *b)
{
	request_irq(1, handler, b);
	return request_threaded_irq(2, quick, thread, b);
}

int not_started(struct box *b)
{
	return not_stored(0, b);
}

/* A function that is handed over and called at once. */
static void for_all(struct box *b, void (*fn)(struct box *b))
{
	spin_lock(&b->lock);
	for (; b; b = b->next)
		fn(b);
	spin_unlock(&b->lock);
}

static void one_of_all(struct box *b)
{
	put_page(b->page); /* in: spinlock */
}

static void one_elsewhere(struct box *b)
{
	put_page(b->page); /* in: none */
}

void use_for_all(struct box *b)
{
	for_all(b, one_of_all);
	iterate(one_elsewhere, b);
}

/* What sleeps cannot have been called in atomic context. */
static void sleeps_first(struct box *b)
{
	mutex_lock(&b->other);
	put_page(b->page); /* in: none */
	mutex_unlock(&b->other);
}

static void sleeps_later(struct box *b)
{
	put_page(b->page); /* in: none */
	sleeps_first(b);
}

static void sleeps_on_one_path(struct box *b)
{
	if (test(1))
		mutex_lock(&b->other);
	put_page(b->page); /* in: spinlock */
}

static void sleeps_when_dropped(struct box *b)
{
	spin_unlock(&b->lock);
	mutex_lock(&b->other);
	mutex_unlock(&b->other);
	spin_lock(&b->lock);
	put_page(b->page); /* in: spinlock */
}

void calls_who_sleeps(struct box *b)
{
	spin_lock(&b->lock);
	sleeps_first(b);
	sleeps_later(b);
	sleeps_on_one_path(b);
	sleeps_when_dropped(b);
	spin_unlock(&b->lock);
}

static void page_lock_stays(struct box *b)
{
	mutex_lock(&b->other);
	put_page(b->page); /* in: page-lock */
}

void calls_with_page_lock(struct box *b)
{
	lock_page(b->page);
	page_lock_stays(b);
	unlock_page(b->page);
}

/* A namesake of a function of the table. */
static int lock_of_table_of_mine;

static void local_bh_disable(void)
{
	lock_of_table_of_mine++;
}

void no_identity(struct box *b)
{
	local_bh_disable();
	put_page(b->page); /* in: none */
}

/* Recursion ends. */
static void left(struct box *b);

static void right(struct box *b)
{
	spin_lock(&b->lock);
	left(b);
	spin_unlock(&b->lock);
}

static void left(struct box *b)
{
	put_page(b->page); /* in: spinlock */
	if (b->next)
		right(b->next);
}

void recursion(struct box *b)
{
	left(b);
}
