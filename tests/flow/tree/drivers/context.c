// SPDX-License-Identifier: GPL-2.0-only
/* Where a release may run: the page lock is not to be taken everywhere. */
#include <linux/annotated.h>
#include <linux/interrupt.h>
#include <linux/mmu_notifier.h>
#include <linux/pagemap.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct context_dev {
	spinlock_t lock;
	struct work_struct work;
	struct mmu_notifier notifier;
	struct tasklet_struct tasklet;
	struct page *plain, *locked, *irq, *threaded, *worked, *notified, *page_locked, *deep;
};

static int context_pin(struct device *dev, unsigned long addr, struct page **page)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, page) != 1) /* acquire: convertible releases=context_deep_put,context_irq,context_locked,context_notified,context_page_locked,context_plain,context_swap,context_thread,context_work */
		return -EFAULT;
	device_gets(dev, page, 1);
	return 0;
}

int context_start(struct context_dev *c, struct device *dev, unsigned long addr)
{
	return context_pin(dev, addr, &c->plain) || context_pin(dev, addr, &c->locked) ||
	       context_pin(dev, addr, &c->irq) || context_pin(dev, addr, &c->threaded) ||
	       context_pin(dev, addr, &c->worked) || context_pin(dev, addr, &c->notified) ||
	       context_pin(dev, addr, &c->page_locked) || context_pin(dev, addr, &c->deep);
}

/* Process context: may take the page lock. */
void context_plain(struct context_dev *c)
{
	set_page_dirty(c->plain);
	put_page(c->plain); /* release: convert provenance=gup pattern=single-dirty not=atomic-context,page-lock-may-be-held acquires=context_pin */
}

/* Under a spinlock: the put may be swapped, the dirty call must stay. */
void context_locked(struct context_dev *c)
{
	spin_lock(&c->lock);
	set_page_dirty(c->locked);
	put_page(c->locked); /* release: convert provenance=gup reason=atomic-context acquires=context_pin */
	spin_unlock(&c->lock);
}

/* Twin: the lock is dropped before. */
void context_swap(struct context_dev *c)
{
	struct page *page;
	unsigned long flags;

	spin_lock_irqsave(&c->lock, flags);
	page = c->locked;
	c->locked = NULL;
	spin_unlock_irqrestore(&c->lock, flags);
	set_page_dirty(page);
	put_page(page); /* release: convert provenance=gup not=atomic-context acquires=context_pin */
}

static irqreturn_t context_irq(int irq, void *data)
{
	struct context_dev *c = data;

	set_page_dirty(c->irq);
	put_page(c->irq); /* release: convert provenance=gup reason=atomic-context acquires=context_pin */
	return IRQ_WAKE_THREAD;
}

/* Twin: the handler's thread may sleep. */
static irqreturn_t context_thread(int irq, void *data)
{
	struct context_dev *c = data;

	set_page_dirty(c->threaded);
	put_page(c->threaded); /* release: convert provenance=gup not=atomic-context acquires=context_pin */
	return IRQ_HANDLED;
}

static void context_work(struct work_struct *work)
{
	struct context_dev *c = container_of(work, struct context_dev, work);

	set_page_dirty(c->worked);
	put_page(c->worked); /* release: convert provenance=gup not=atomic-context acquires=context_pin */
}

/* Two calls deep below a tasklet. */
static void context_deep_put(struct context_dev *c)
{
	set_page_dirty(c->deep);
	put_page(c->deep); /* release: convert provenance=gup reason=atomic-context acquires=context_pin */
}

static void context_deeper(struct context_dev *c)
{
	context_deep_put(c);
}

static void context_tasklet(struct tasklet_struct *t)
{
	context_deeper(container_of(t, struct context_dev, tasklet));
}

/* A notifier may run inside try_to_unmap(), which holds the page lock. */
static int context_notified(struct mmu_notifier *subscription,
			    const struct mmu_notifier_range *range)
{
	struct context_dev *c = container_of(subscription, struct context_dev, notifier);

	set_page_dirty(c->notified);
	put_page(c->notified); /* release: convert provenance=gup reason=page-lock-may-be-held acquires=context_pin */
	return 0;
}

static const struct mmu_notifier_ops context_notifier_ops = {
	.invalidate_range_start = context_notified,
};

void context_page_locked(struct context_dev *c)
{
	lock_page(c->page_locked);
	set_page_dirty(c->page_locked);
	put_page(c->page_locked); /* release: convert provenance=gup reason=page-lock-may-be-held acquires=context_pin */
	unlock_page(c->page_locked);
}

int context_register(struct context_dev *c, struct mm_struct *mm)
{
	c->notifier.ops = &context_notifier_ops;
	INIT_WORK(&c->work, context_work);
	tasklet_setup(&c->tasklet, context_tasklet);
	if (request_threaded_irq(1, context_irq, context_thread, 0, "context", c))
		return -EIO;
	return mmu_notifier_register(&c->notifier, mm);
}

/* A plain release under a spinlock takes no page lock: nothing to remark. */
int context_plain_put(struct context_dev *c, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=context_plain_put */
		return -EFAULT;
	device_gets(dev, &page, 1);
	spin_lock(&c->lock);
	put_page(page); /* release: convert provenance=gup pattern=single acquires=context_plain_put */
	spin_unlock(&c->lock);
	return 0;
}
