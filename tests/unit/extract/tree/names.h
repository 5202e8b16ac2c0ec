#ifndef NAMES_H
#define NAMES_H
struct page;
/* seen put_page declaration */
void put_page(struct page *page);
/* seen get_user_pages_fast declaration */
int get_user_pages_fast(unsigned long start, int nr, unsigned int flags, struct page **pages);
/* seen pin_user_page definition */
static inline struct page *pin_user_page(unsigned long start) /* def pin_user_page struct page *(unsigned long) linkage 2 */
{
	return 0;
}
enum { FOLL_WRITE = 1, FOLL_FORCE = 16, FOLL_BIG = 1 << 16 };
#endif
