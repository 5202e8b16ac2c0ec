/* Code with errors: what is left of it is kept, and marked. */
#include "names.h"
#include "nowhere.h" /* error 'nowhere.h' file not found */

/* def good void (struct page *) */
void good(struct page *p)
{
	put_page(p); /* call put_page(p) */ /* seen put_page call */
}

/* def bad void (struct page *) has-error */
void bad(struct page *p)
{
	unknown_type x; /* error use of undeclared identifier 'unknown_type' */
	put_page(p); /* call put_page(p) */ /* seen put_page call */
	p->nothing = 1; /* error incomplete definition of type 'struct page' */
	put_page(p); /* call put_page(p) */ /* seen put_page call */
}
