// SPDX-License-Identifier: GPL-2.0-only
/* A driver's own function of an API's name: no site. */
struct page;
static int pin_user_pages(unsigned long first, struct page **pages, int nr)
{
	pages[nr - 1] = (struct page *)first;
	return nr;
}

int namesake_use(struct page **pages)
{
	return pin_user_pages(4096, pages, 1);
}
