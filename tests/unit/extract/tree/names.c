/* API names that stand for something else. */
#include "names.h"
/* record struct keeper: put_page pages */
struct keeper {
	void (*put_page)(struct page *page); /* seen put_page other */
	struct page **pages;
};

void label(int x)
{
	if (x)
		goto put_page; /* seen put_page other */ /* tree (goto put_page) */
	x++;
put_page: /* seen put_page other */
	x--;
}

void field(struct keeper *k, struct page *p)
{
	k->put_page(p); /* seen put_page other */ /* call struct keeper.put_page/1 */
	*k = (struct keeper){ .put_page = 0 }; /* seen put_page other */
}

int variable(int get_user_pages_fast) /* seen get_user_pages_fast other */
{
	int put_page = get_user_pages_fast; /* seen put_page other */ /* seen get_user_pages_fast other */

	return put_page; /* seen put_page other */
}
