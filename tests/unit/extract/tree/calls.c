/* Calls: by name, by macros, through members; texts and places of the arguments. */
#include "names.h"
typedef int handler(int irq, void *data);
int request(unsigned int irq, handler *fn, void *data);
/* record struct ops: release get */
struct ops { void (*release)(struct page *page); int (*get)(struct page *page); };
/* record struct owner: ops own page */
struct owner { const struct ops *ops; struct ops own; struct page *page; };

#define PUT(p) put_page(p) /* seen put_page macro */
#define PUT_TWICE(p) do { \
	PUT(p); \
	/* seen put_page macro */ put_page(p); \
} while (0)
#define SAME(x) (x)
#define NOTHING(x) do { } while (0)
#define FLAGS (FOLL_WRITE | FOLL_FORCE)
#define WITH(...) get_user_pages_fast(__VA_ARGS__) /* seen get_user_pages_fast macro */

void plain(struct page *p, struct page **pages, unsigned long start, int write)
{
	put_page(p); /* call put_page(p) */ /* seen put_page call */ /* tree (call put_page p) */
	(put_page)(p); /* call put_page(p) */ /* seen put_page call */
	(*put_page)(p); /* call put_page(p) */ /* seen put_page call */
	(&put_page)(p); /* call put_page(p) */ /* seen put_page call */
	put_page /* call put_page(pages[0]) */ /* seen put_page call */
		(
		 pages[0]
		);
	/* call get_user_pages_fast(start & ~4095UL, 1, FOLL_WRITE | FOLL_FORCE, &pages[write]) */
	/* seen get_user_pages_fast call */
	get_user_pages_fast(start & ~4095UL, 1,
			    FOLL_WRITE |
			    FOLL_FORCE, /* a comment */ &pages[write]);
	/* call get_user_pages_fast(start, 1, FLAGS, pages) */ /* seen get_user_pages_fast call */
	get_user_pages_fast(start, 1, FLAGS, pages);
	/* call get_user_pages_fast(start, 1, write ? FOLL_WRITE : 0, 0) */
	/* seen get_user_pages_fast call */
	get_user_pages_fast(start, 1, write ? FOLL_WRITE : 0, 0);
	put_page(pin_user_page(start)); /* call put_page(pin_user_page(start)) */ /* call pin_user_page(start) */ /* seen put_page call */ /* seen pin_user_page call */
}

void macros(struct page *p)
{
	/* call put_page(p) by PUT line 10 */
	PUT(p);
	/* call put_page(p) by PUT_TWICE line 10 */ /* call put_page(p) by PUT_TWICE line 13 */
	PUT_TWICE(p);
	SAME(put_page(p)); /* call put_page(p) */ /* seen put_page call */
	NOTHING(put_page(p));
	WITH(1, 2, FOLL_BIG, &p); /* call get_user_pages_fast(1, 2, FOLL_BIG, &p) by WITH line 18 */
}

/* def through void (struct owner *, handler *) */
void through(struct owner *o, handler *fn)
{
	o->ops->release(o->page); /* call struct ops.release/1 */
	o->own.get(o->page); /* call struct ops.get/1 */
	(*o->ops->get)(o->page); /* call struct ops.get/1 */
	fn(1, o); /* call ?/2 */
	((handler *)fn)(1, o); /* call ?/2 */
}

static int on_irq(int irq, void *data) /* def on_irq int (int, void *) linkage 1 */
{
	return irq;
}

void register_it(struct owner *o, void (**slot)(struct page *))
{
	request(4, on_irq, o); /* call request/3 */ /* address on_irq request(1) */
	request(5, &on_irq, o); /* call request/3 */ /* address on_irq request(1) */
	o->own.release = put_page; /* address put_page struct ops.release */ /* seen put_page address */
	*slot = put_page; /* address put_page */ /* seen put_page address */
}

/* def marked void (void) cold */
__attribute__((cold)) void marked(void)
{
}
