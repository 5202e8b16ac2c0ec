#include "../names.h"
#include "../sub/../names.h"
#include "near.h"
#include "../../outside.h"
void paths(struct page *page)
{
	put_page(page);
}
