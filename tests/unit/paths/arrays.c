/* Arrays of pages; see test_paths.c for the comments. */
struct page;
struct request {
	struct page **pages;
	int nr;
	unsigned int limit;
};

int get_pages(struct page **pages, int n);
int get_all(struct page **pages, int n);
int get_some(struct page **pages, int n);
void put_page(struct page *page);
void put_pages(struct page **pages, long n);
void put_all(struct request *req);
void keep(struct page **pages);
int use(struct page **pages);

/*
 * a part: released by put_pages(pages, got) of returned at return -14
 * all: released by put_pages(pages, n) of requested at return 0
 */
int right(struct page **pages, int n)
{
	int got = get_pages(pages, n);

	if (got < 0)
		return got;
	if (got < n) {
		put_pages(pages, got);
		return -14;
	}
	use(pages);
	put_pages(pages, n);
	return 0;
}

/*
 * a part: leaked at return -14
 * all: released by put_pages(pages, n) of requested at return 0
 */
int partial_leaks(struct page **pages, int n)
{
	int got = get_pages(pages, n);

	if (got != n)
		return -14;
	use(pages);
	put_pages(pages, n);
	return 0;
}

/*
 * a part: released by put_pages(pages, n) of requested too many at return 0
 * all: released by put_pages(pages, n) of requested at return 0
 */
int requested_count(struct page **pages, int n)
{
	int got = get_pages(pages, n);

	if (got <= 0)
		return -14;
	put_pages(pages, n);
	return 0;
}

/*
 * error: released nothing by put_pages(pages, got) of returned too many negative at return -14
 * a part: released by put_pages(pages, got) of returned at return -14
 * all: leaked at return 0
 */
int negative_count(struct page **pages, int n)
{
	int got = get_pages(pages, n);

	if (got != n) {
		put_pages(pages, got);
		return -14;
	}
	return 0;
}

/*
 * a part: released by put_pages(pages, got) of returned at return -14
 * all: leaked at return 0
 */
int positive_count(struct page **pages, int n)
{
	int got = get_pages(pages, n);

	if (got != n) {
		if (got > 0)
			put_pages(pages, got);
		return -14;
	}
	return 0;
}

/*
 * error: nothing by put_page(pages[i]) of returned too many negative at end
 * a part: released by put_page(pages[i]) of returned at end
 * all: released by put_page(pages[i]) of returned at end
 */
void negative_in_loop(struct page **pages, int n)
{
	int got = get_pages(pages, n), i;

	for (i = 0; i < got; i++)
		put_page(pages[i]);
}

/*
 * error: released nothing by put_page(pages[i]) of returned too many negative at end
 * a part: released by put_page(pages[i]) of returned at end
 * all: released by put_page(pages[i]) of returned at end
 */
void negative_as_unsigned(struct page **pages, int n)
{
	unsigned int got = get_pages(pages, n), i;

	for (i = 0; i < got; i++)
		put_page(pages[i]);
}

/*
 * a part: leaked at return -14
 * all: released by put_pages(pages, n) of requested at return 0
 * error: released nothing by put_pages(pages, n) of requested too many at return 0
 */
int unsigned_compare(struct page **pages, unsigned long n)
{
	long got = get_pages(pages, n);

	if (got < n)
		return -14;
	put_pages(pages, n);
	return 0;
}

/*
 * a part: leaked at return -14
 * all: released by put_pages(pages, n) of requested at return 0
 */
int signed_compare(struct page **pages, int n)
{
	long got = get_pages(pages, n);

	if (got < n)
		return -14;
	put_pages(pages, n);
	return 0;
}

/*
 * a part: released by put_pages(pages, got) of returned at return err
 * all: released by put_pages(pages, got) of returned at return err
 */
int unwinding(struct page **pages, int n)
{
	int err = -12, got = 0;

	if (!pages)
		goto out;
	got = get_pages(pages, n);
	if (got < 0) {
		err = got;
		goto out;
	}
	if (got < n) {
		err = -14;
		goto put;
	}
	err = use(pages);
put:
	put_pages(pages, got);
out:
	return err;
}

/*
 * a part: released by put_pages(pages, got) of returned at return err
 * all: released by put_pages(pages, got) of returned at return err
 * all: leaked at return err
 */
int status(struct page **pages, int n)
{
	int err = 0, got = get_pages(pages, n);

	if (got != n) {
		if (got < 0)
			return got;
		err = -14;
		goto out;
	}
	err = use(pages);
out:
	if (err && got)
		put_pages(pages, got);
	return err;
}

/*
 * a part: released twice by put_pages(pages, got) of returned at return -14
 * all: released by put_pages(pages, got) of returned at return 0
 */
int twice(struct page **pages, int n)
{
	int got = get_pages(pages, n);

	if (got <= 0)
		return got;
	if (got < n)
		put_pages(pages, got);
	put_pages(pages, got);
	if (got < n)
		return -14;
	return 0;
}

/*
 * a part: released by put_pages(req->pages, req->nr) of returned at return -14
 * all: handed over kept by req->pages = pages at return 0
 */
int in_struct(struct request *req, struct page **pages, int n)
{
	req->nr = get_pages(pages, n);
	if (req->nr < 0)
		return req->nr;
	if (req->nr != n) {
		put_pages(req->pages, req->nr);
		return -14;
	}
	req->pages = pages;
	return 0;
}

/*
 * a part: leaked at return -14
 * all: handed over kept by keep(pages) at return 0
 * all: released by put_pages(pages, n) of requested kept by keep(pages) at return -5
 */
int kept(struct page **pages, int n)
{
	if (get_pages(pages, n) != n)
		return -14;
	keep(pages);
	if (use(pages)) {
		put_pages(pages, n);
		return -5;
	}
	return 0;
}

/*
 * all: leaked at return -5
 * all: released by put_pages(pages, n) of requested at return 0
 */
int zero_or_error(struct page **pages, int n)
{
	int ret = get_all(pages, n);

	if (ret)
		return ret;
	if (use(pages))
		return -5;
	put_pages(pages, n);
	return 0;
}

/*
 * a part: released by put_all(req) of all at return 0
 * all: released by put_all(req) of all at return 0
 */
int container(struct request *req, struct page **pages, int n)
{
	get_pages(pages, n);
	put_all(req);
	return 0;
}

/*
 * a part: leaked at return 0
 * all: released by put_pages(pages, 16) of requested at return 0
 */
int constant_count(struct page **pages)
{
	int got = get_pages(pages, 16);

	if (got < 16)
		return 0;
	put_pages(pages, 16);
	return 0;
}

/*
 * a part: released by put_pages(pages, 8) of constant unknown at return 0
 * all: released by put_pages(pages, 8) of constant too few at return 0
 */
int other_constant(struct page **pages)
{
	if (get_pages(pages, 16) > 0)
		put_pages(pages, 8);
	return 0;
}

/*
 * a part: released by put_pages(pages, n) of requested too many at return 0
 * all: released by put_pages(pages, n) of requested at return 0
 * nothing: released nothing by put_pages(pages, n) of requested too many at return 0
 */
int never_negative(struct page **pages, int n)
{
	get_some(pages, n);
	put_pages(pages, n);
	return 0;
}

/*
 * a part: released by put_pages(pages, n) of other unknown at return 0
 * all: released by put_pages(pages, n) of other unknown at return 0
 */
int changed_count(struct page **pages, int n)
{
	int got = get_pages(pages, n);

	n = use(pages);
	if (got > 0)
		put_pages(pages, n);
	return 0;
}

/*
 * a part: released by put_page(pages[i]) of requested too many checked at return 0
 * all: released by put_page(pages[i]) of requested at return 0
 */
int null_checked(struct page **pages, int n)
{
	int i, got = get_pages(pages, n);

	if (got <= 0)
		return 0;
	for (i = 0; i < n; i++)
		if (pages[i])
			put_page(pages[i]);
	return 0;
}

/*
 * error: nothing by put_page(pages[got]) of returned too many negative at return -14
 * a part: released by put_page(pages[got]) of returned at return -14
 * all: leaked at return 0
 */
int counting_down(struct page **pages, int n)
{
	int got = get_pages(pages, n);

	if (got == n)
		return 0;
	while (--got >= 0)
		put_page(pages[got]);
	return -14;
}

/*
 * a part: released by put_pages(pages, got > 0 ? got : 0) of returned at end
 * all: released by put_pages(pages, got > 0 ? got : 0) of returned at end
 */
void clamped(struct page **pages, int n)
{
	int got = get_pages(pages, n);

	put_pages(pages, got > 0 ? got : 0);
}

/*
 * a part: leaked at end
 * all: released by put_pages(pages, req->limit - 1) of requested at end
 */
void expression_count(struct request *req, struct page **pages)
{
	int got = get_pages(pages, req->limit - 1);

	if (got == req->limit - 1)
		put_pages(pages, req->limit - 1);
}

/*
 * a part: released by put_pages(pages, got) of returned at end
 * all: released by put_pages(pages, got) of returned at end
 * all: leaked at end
 */
void flag(struct page **pages, int n, int put)
{
	int got = get_pages(pages, n);
	int is_short = got < n;

	if (got < 0)
		return;
	if (is_short || put)
		put_pages(pages, got);
}
