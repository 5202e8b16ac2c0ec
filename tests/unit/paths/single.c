/* Single pages; see test_paths.c for the comments. */
struct page;
struct request {
	struct page *page;
};

int get_pages(struct page **pages, int n);
struct page *get_page(int address);
struct page *get_page_err(int address);
void put_page(struct page *page);
int use(struct page *page);
_Bool IS_ERR(const void *ptr);
long PTR_ERR(const void *ptr);
#define IS_ERR_VALUE(x) __builtin_expect(!!((unsigned long)(void *)(x) >= (unsigned long)-4095), 0)

/*
 * all: released by put_page(page) of constant at return 0
 */
int right(void)
{
	struct page *page;

	if (get_pages(&page, 1) != 1)
		return -14;
	put_page(page);
	return 0;
}

/*
 * all: released by put_page(page) of constant at return ret
 */
int less_than_one(int n)
{
	struct page *page = 0;
	int ret;

	ret = get_pages(&page, 1);
	if (ret < 1)
		goto out;
	ret = use(page);
out:
	if (page)
		put_page(page);
	return ret;
}

/*
 * error: released nothing by put_page(page) of constant too many at return ret
 * nothing: released nothing by put_page(page) of constant too many at return ret
 * all: released by put_page(page) of constant at return ret
 */
int without_null(int n)
{
	struct page *page;
	int ret;

	ret = get_pages(&page, 1);
	if (ret < 1)
		goto out;
	ret = use(page);
out:
	if (page)
		put_page(page);
	return ret;
}

/*
 * all: released by put_page(page) of constant at return 0
 */
int or_null(void)
{
	struct page *page = get_page(1);

	if (!page)
		return -14;
	put_page(page);
	return 0;
}

/*
 * all: released by put_page(page) of constant at return 0
 * all: leaked at return -5
 */
int or_error(void)
{
	struct page *page = get_page_err(1);

	if (IS_ERR(page))
		return PTR_ERR(page);
	if (use(page))
		return -5;
	put_page(page);
	return 0;
}

/*
 * error: released nothing by put_page(page) of constant too many at return 0
 * all: released by put_page(page) of constant at return 0
 */
int error_taken_for_page(void)
{
	struct page *page = get_page_err(1);

	if (!page)
		return -14;
	put_page(page);
	return 0;
}

/*
 * all: handed over kept by return page at return page
 */
struct page *returned(void)
{
	struct page *page = get_page_err(1);

	if (IS_ERR_VALUE(page))
		return 0;
	return page;
}

/*
 * all: handed over kept by req->page = page at return 0
 */
int stored(struct request *req)
{
	struct page *page = get_page(1);

	if (page)
		req->page = page;
	return 0;
}

/*
 * all: released by put_page(page) of constant at return 1
 * all: leaked at return 2
 * all: leaked at return 3
 */
int switched(void)
{
	struct page *page;
	int ret = get_pages(&page, 1);

	switch (ret) {
	case 1:
		if (!use(page))
			break;
		put_page(page);
		return 1;
	case 0:
		return 0;
	default:
		return 4;
	}
	if (use(page))
		return 2;
	return 3;
}

/*
 * all: released by put_page(page) of constant at return ret
 * all: released by put_page(page) of constant at return 0
 */
int asked_twice(void)
{
	struct page *page = get_page(1);
	int ret;

	if (!page)
		return -12;
	ret = use(page);
	if (ret < 0) {
		if (ret == 0) /* never */
			return 1;
		put_page(page);
		return ret;
	}
	put_page(page);
	return 0;
}

/*
 * all: released by put_page(page) of constant at return 0
 */
int jump_before(void)
{
	struct page *page;

	asm goto("nop" : : : : fault);
	if (get_pages(&page, 1) != 1)
		return -14;
	put_page(page);
	return 0;
fault:
	return -1;
}

/*
 * all: released by put_page(page) of constant at return 0
 * all: leaked at return -1
 * incomplete
 */
int jump_behind(void)
{
	struct page *page;

	if (get_pages(&page, 1) != 1)
		return -14;
	asm goto("nop" : : : : fault);
	put_page(page);
	return 0;
fault:
	return -1;
}
