/* A header that is included twice, and functions that macros name. */
#include "names.h"
#define SIZE 32
#define NAME(x) x##32
#include "template.h"
#undef SIZE
#undef NAME
#define SIZE 64
#define NAME(x) x##64
#include "template.h"

#define DEFINE_CALL(name, ...) long sys_##name(__VA_ARGS__)
/* def sys_release long (struct page *) from-macro */
DEFINE_CALL(release, struct page *page)
{
	put_page(page); /* call put_page(page) in sys_release */ /* seen put_page call */
	return 0;
}
