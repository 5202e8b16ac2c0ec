/* Ops tables and other initialisers; records. */
#include "names.h"
struct file; struct vma;
/* record struct operations: owner mmap fault */
struct operations {
	void *owner;
	int (*mmap)(struct file *file, struct vma *vma);
	int (*fault)(struct vma *vma);
};
/* record struct driver: name ops */
struct driver {
	const char *name;
	struct operations ops;
};
/* record struct mixed: first named x y bits last */
struct mixed {
	int first;
	struct { int inside; } named; /* record struct mixed::named: inside */
	union {
		int x;
		struct { int y; };
	};
	unsigned bits : 4;
	int last[];
};
union both { int a; long b; }; /* record union both: a b */
typedef struct { int t; } typed; /* record struct typed: t */

static int my_mmap(struct file *file, struct vma *vma) { return 0; }
static int my_fault(struct vma *vma) { return 0; }

static const struct operations by_name = { /* def by_name const struct operations linkage 1 */
	.owner = 0,
	.mmap = my_mmap, /* address my_mmap struct operations.mmap */
	.fault = &my_fault, /* address my_fault struct operations.fault */
};
struct operations by_position = { 0, my_mmap, my_fault }; /* address my_mmap struct operations.mmap */ /* address my_fault struct operations.fault */
struct driver nested = {
	.name = "nested",
	.ops = { .mmap = my_mmap }, /* address my_mmap struct operations.mmap */
};
struct driver flat = { .ops.fault = my_fault }; /* address my_fault struct operations.fault */
struct driver *list[] = { &nested, &flat };
int (*pointer)(struct vma *) = my_fault; /* address my_fault */
static void *const exported = (void *)&put_page; /* address put_page */ /* seen put_page address */
static const struct operations table[] = {
	{ .mmap = my_mmap }, /* address my_mmap struct operations.mmap */
	[2] = { .fault = my_fault }, /* address my_fault struct operations.fault */
};
int plain_number = 3;

void at_run_time(struct driver *d)
{
	struct operations local = { .fault = my_fault }; /* address my_fault struct operations.fault */

	d->ops = local;
	d->ops = (struct operations){ .mmap = my_mmap }; /* address my_mmap struct operations.mmap */
	d->ops.fault = d->name ? my_fault : 0; /* address my_fault struct operations.fault */
}
