/* Acquires in loops; see test_paths.c for the comments. */
struct page;
struct request {
	struct page **pages;
	int nr;
};

int get_pages(struct page **pages, int n);
void put_page(struct page *page);
void put_pages(struct page **pages, long n);
int use(struct page *page);

/*
 * a part: released by put_pages(pages, pinned) of returned at return -14
 * a part: released by put_pages(pages, pinned) of sum at return -14
 * a part: leaked at return 0
 * all: released by put_pages(pages, pinned) of returned at return -14
 * all: released by put_pages(pages, pinned) of sum at return -14
 * all: leaked at return 0
 */
int summing(struct page **pages, int n)
{
	int got, pinned = 0;

	while (pinned < n) {
		got = get_pages(pages + pinned, n - pinned);
		if (got <= 0)
			goto fail;
		pinned += got;
	}
	return 0;
fail:
	put_pages(pages, pinned);
	return -14;
}

/*
 * all: released by put_page(page) of constant at call
 * all: released by put_page(page) of constant at return 0
 */
int one_by_one(int n)
{
	struct page *page;
	int i;

	for (i = 0; i < n; i++) {
		if (get_pages(&page, 1) != 1)
			return -14;
		use(page);
		put_page(page);
	}
	return 0;
}

/*
 * all: leaked at call
 * all: leaked at return 0
 * all: released by put_page(page) of constant at call
 * all: released by put_page(page) of constant at return 0
 */
int one_by_one_leaks(int n)
{
	struct page *page;
	int i;

	for (i = 0; i < n; i++) {
		if (get_pages(&page, 1) != 1)
			return -14;
		if (use(page))
			continue;
		put_page(page);
	}
	return 0;
}

/*
 * all: released by put_page(pages[i]) of other unknown at return -14
 * all: leaked at return 0
 */
int unwinding_loop(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (get_pages(&pages[i], 1) != 1)
			goto fail;
	return 0;
fail:
	while (--i >= 0)
		put_page(pages[i]);
	return -14;
}

/*
 * a part: released by put_pages(pages, got) of returned at call
 * all: released by put_pages(pages, got) of returned at return 0
 */
int retry(struct page **pages, int n)
{
	int got;

again:
	got = get_pages(pages, n);
	if (got < 0)
		return got;
	put_pages(pages, got);
	if (got < n)
		goto again;
	return 0;
}

/* More flags than can be told apart: what they have to do with each other is forgotten, no path is. */
/*
 * all: leaked at end
 * all: released by put_pages(pages, n) of requested at end
 * a part: leaked at end
 * a part: released by put_pages(pages, n) of requested too many at end
 * inexact
 */
void many_flags(struct page **pages, int n, int a, int b, int c, int d, int e, int f, int g, int h)
{
	int got = get_pages(pages, n);

	if (got <= 0)
		return;
	if (a)
		use(pages);
	if (b)
		use(pages);
	if (c)
		use(pages);
	if (d)
		use(pages);
	if (e)
		use(pages);
	if (f)
		use(pages);
	if (g)
		use(pages);
	if (h)
		use(pages);
	if (a + b + c + d + e + f + g + h)
		put_pages(pages, n);
}
