// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void before_and_after(struct box *b)
{
	put_page(b->page); /* in: none */
	spin_lock(&b->lock);
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
}

int unlock_in_one_arm(struct box *b)
{
	spin_lock(&b->lock);
	if (b->nr) {
		spin_unlock(&b->lock);
		put_page(b->page); /* in: none */
		return 1;
	}
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
	return 0;
}

void unlock_in_one_arm_and_meet(struct box *b)
{
	spin_lock(&b->lock);
	if (work(b))
		spin_unlock(&b->lock);
	put_page(b->page); /* in: spinlock */
}

void unlock_in_both_arms(struct box *b)
{
	spin_lock(&b->lock);
	if (work(b))
		spin_unlock(&b->lock);
	else
		spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
}

void one_of_two_locks(struct box *b)
{
	if (work(b))
		spin_lock(&b->lock);
	else
		spin_lock(&b->other);
	put_page(b->page); /* in: spinlock */
	if (test(1))
		spin_unlock(&b->lock);
	else
		spin_unlock(&b->other);
	put_page(b->page); /* in: none */
}

void same_condition(struct box *b, int locked)
{
	if (!locked)
		spin_lock(&b->lock);
	put_page(b->page); /* in: spinlock */
	if (!locked)
		spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
}

void another_condition(struct box *b, int locked, int done)
{
	if (!locked)
		spin_lock(&b->lock);
	if (!done)
		spin_unlock(&b->lock);
	put_page(b->page); /* in: spinlock */
}

void condition_that_changes(struct box *b, int locked)
{
	if (!locked)
		spin_lock(&b->lock);
	locked = test(1);
	if (!locked)
		spin_unlock(&b->lock);
	put_page(b->page); /* in: spinlock */
}

void remembered_in_a_flag(struct box *b)
{
	int locked = 0;

	if (work(b)) {
		spin_lock(&b->lock);
		locked = 1;
	}
	put_page(b->page); /* in: spinlock */
	if (locked)
		spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
}

void remembered_in_no_flag(struct box *b)
{
	int locked = 0;

	if (work(b)) {
		spin_lock(&b->lock);
		locked = test(1);
	}
	if (locked)
		spin_unlock(&b->lock);
	put_page(b->page); /* in: spinlock */
}

void remembered_in_a_pointer(struct box *b)
{
	struct box *locked = (void *)0;

	if (work(b)) {
		locked = b->next;
		spin_lock(&locked->lock);
	}
	if (locked) {
		spin_unlock(&locked->lock);
		locked = (void *)0;
	}
	put_page(b->page); /* in: none */
}

int trylock(struct box *b)
{
	if (!spin_trylock(&b->lock)) {
		put_page(b->page); /* in: none */
		return 0;
	}
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
	return 1;
}

int trylock_and_variable(struct box *b)
{
	int ret = spin_trylock(&b->lock);

	if (ret == 0) {
		put_page(b->page); /* in: none */
		return 0;
	}
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
	return 1;
}

int trylock_and_another_value(struct box *b)
{
	int ret = spin_trylock(&b->lock);

	ret = test(1);
	if (ret == 0) {
		put_page(b->page); /* in: spinlock */
		return 0;
	}
	return 1;
}

int zero_is_success(struct box *b)
{
	int err;

	err = lock_if_zero(&b->lock);
	if (err < 0) {
		put_page(b->page); /* in: none */
		return err;
	}
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
	return 0;
}

void trylock_in_an_expression(struct box *b)
{
	if (test(1) && spin_trylock(&b->lock)) {
		put_page(b->page); /* in: spinlock */
		spin_unlock(&b->lock);
	}
	put_page(b->page); /* in: none */
}

void nested(struct box *b)
{
	spin_lock(&b->lock);
	spin_lock(&b->other);
	spin_unlock(&b->lock);
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->other);
	put_page(b->page); /* in: none */
}

void nested_without_names(struct box *b)
{
	rcu_read_lock();
	rcu_read_lock();
	rcu_read_unlock();
	put_page(b->page); /* in: rcu */
	rcu_read_unlock();
	put_page(b->page); /* in: none */
}

void irqsave(struct box *b)
{
	unsigned long flags = spin_lock_irqsave(lock_check(&b->lock));

	put_page(b->page); /* in: spinlock irqs-off */
	spin_unlock_irqrestore(&b->lock, flags);
	put_page(b->page); /* in: none */
}

void irqs_stay_off(struct box *b)
{
	local_irq_disable();
	spin_lock(&b->lock);
	put_page(b->page); /* in: spinlock irqs-off */
	spin_unlock(&b->lock);
	put_page(b->page); /* in: irqs-off */
	local_irq_enable();
	put_page(b->page); /* in: none */
}

void atomic_mapping(struct box *b)
{
	void *addr = kmap_atomic(b->page);

	put_page(b->page); /* in: preempt-off */
	kunmap_atomic(addr);
	put_page(b->page); /* in: none */
}

void lock_is_the_result(struct box *b)
{
	struct lock *ptl = lock_of_table(1);

	spin_lock(&b->lock);
	spin_unlock(ptl);
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
}

void two_spellings(struct box *b, struct box *same)
{
	spin_lock(&b->lock);
	spin_unlock(&same->lock);
	put_page(b->page); /* in: none */
}

void two_locks(struct box *b, struct box *c)
{
	spin_lock(&b->lock);
	spin_lock(&c->lock);
	spin_unlock(&c->lock);
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
}

void lock_again_in_the_loop(struct box *b)
{
	spin_lock(&b->lock);
	while (work(b)) {
		spin_unlock(&b->lock);
		put_page(b->page); /* in: none */
		spin_lock(&b->lock);
		put_page(b->page); /* in: spinlock */
	}
	spin_unlock(&b->lock);
	put_page(b->page); /* in: none */
}

int unwinding(struct box *b)
{
	int err = -1;

	if (test(0))
		goto out;
	spin_lock(&b->lock);
	if (test(1))
		goto unlock;
	rcu_read_lock();
	if (test(2))
		goto unlock_rcu;
	put_page(b->page); /* in: spinlock rcu */
	err = 0;
unlock_rcu:
	rcu_read_unlock();
	put_page(b->page); /* in: spinlock */
unlock:
	spin_unlock(&b->lock);
out:
	put_page(b->page); /* in: none */
	return err;
}

int unwinding_that_forgets(struct box *b)
{
	spin_lock(&b->lock);
	if (test(1))
		goto out;
	spin_unlock(&b->lock);
out:
	put_page(b->page); /* in: spinlock */
	return 0;
}

void page_lock(struct box *b)
{
	lock_page(b->page);
	put_page(b->page); /* in: page-lock */
	unlock_page(b->page);
	put_page(b->page); /* in: none */
}

void page_trylock(struct box *b)
{
	if (!trylock_page(b->page))
		return;
	put_page(b->page); /* in: page-lock */
	unlock_page(b->page);
	put_page(b->page); /* in: none */
}

void pages_of_an_array(struct box *b)
{
	int i;

	for (i = 0; i < b->nr; i++)
		lock_page(b->pages[i]);
	put_page(b->page); /* in: page-lock */
	for (i = 0; i < b->nr; i++)
		unlock_page(b->pages[i]);
	put_page(b->page); /* in: none */
}

void one_page_and_a_loop(struct box *b)
{
	int i;

	lock_page(b->page);
	for (i = 0; i < b->nr; i++)
		if (test(i))
			unlock_page(b->page);
	put_page(b->page); /* in: page-lock */
}

void guarded(struct box *b)
{
	put_page(b->page); /* in: none */
	{
		struct lock *scope = guard_ctor(&b->lock);

		put_page(b->page); /* in: spinlock */
		if (test(1))
			return;
	}
	put_page(b->page); /* in: none */
}

void guarded_loop(struct box *b)
{
	for (struct lock *scope = guard_ctor(&b->lock), *done = scope; done; done = 0) {
		if (test(1))
			continue;
		put_page(b->page); /* in: spinlock */
	}
	put_page(b->page); /* in: none */
}

void forever(struct box *b)
{
	for (;;) {
		spin_lock(&b->lock);
		if (work(b))
			break;
		spin_unlock(&b->lock);
	}
	put_page(b->page); /* in: spinlock */
	spin_unlock(&b->lock);
}

void many(struct box *b)
{
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock); spin_lock(&b->lock);
	put_page(b->page); /* in: spinlock */
}
