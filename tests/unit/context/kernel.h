/* SPDX-License-Identifier: GPL-2.0-only */
/* What the functions of this folder call; the table of test_context.c says what it means. */
struct page {
	unsigned long flags;
};
struct lock {
	int held;
};
struct box {
	struct lock lock, other;
	struct page *page, *pages[8];
	struct box *next;
	int flags, nr;
};
typedef int irq_handler(int irq, void *data);
struct box_ops {
	void (*drop)(struct box *b);
	void (*end)(struct box *b);
	void (*work)(struct box *b);
	void (*release)(struct box *b);
};

void put_page(struct page *page);
void spin_lock(struct lock *lock);
void spin_unlock(struct lock *lock);
int spin_trylock(struct lock *lock);
int lock_if_zero(struct lock *lock);
struct lock *lock_of_table(int nr);
unsigned long spin_lock_irqsave(struct lock *lock);
void spin_unlock_irqrestore(struct lock *lock, unsigned long flags);
struct lock *lock_check(struct lock *lock);
void local_irq_disable(void);
void local_irq_enable(void);
void rcu_read_lock(void);
void rcu_read_unlock(void);
void *kmap_atomic(struct page *page);
void kunmap_atomic(void *addr);
void lock_page(struct page *page);
void unlock_page(struct page *page);
int trylock_page(struct page *page);
void mutex_lock(struct lock *lock);
void mutex_unlock(struct lock *lock);
struct lock *guard_ctor(struct lock *lock);
int request_irq(int irq, irq_handler *handler, void *data);
int request_threaded_irq(int irq, irq_handler *handler, irq_handler *thread, void *data);
void iterate(void (*fn)(struct box *b), struct box *b);
int work(struct box *b);
int test(int bit);
void *ERR_PTR(long error);
int IS_ERR(const void *ptr);
