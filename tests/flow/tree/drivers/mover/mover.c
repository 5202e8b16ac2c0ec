// SPDX-License-Identifier: GPL-2.0-only
/* No page is named here; the way from a notifier to the pages of mirror/mirror.c leads through. */
#include "mover.h"

static void mover_evict(struct mover_object *object)
{
	object->ops->unbind(object);
}

int mover_validate(struct mover_object *object)
{
	if (!object->ops)
		return -EINVAL;
	mover_evict(object);
	return 0;
}
