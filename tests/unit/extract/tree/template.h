/* def pin32 int (struct page **) from-macro */ /* def pin64 int (struct page **) from-macro */
int NAME(pin)(struct page **pages)
{
	/* call get_user_pages_fast(SIZE, 1, 0, pages) in pin32 */
	/* call get_user_pages_fast(SIZE, 1, 0, pages) in pin64 */
	/* seen get_user_pages_fast call */
	return get_user_pages_fast(SIZE, 1, 0, pages);
}
