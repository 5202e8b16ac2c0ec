// SPDX-License-Identifier: GPL-2.0-only
#include "track/mail.h"

#include <stdlib.h>
#include <string.h>

bool gcv_mails_add(struct gcv_mails *mails, const struct gcv_mail *mail)
{
	uint32_t before = mails->ids.nr;

	gcv_intern_add(&mails->ids, mail->message_id, strlen(mail->message_id));
	if (mails->ids.nr == before)
		return false;
	GCV_GROW(mails->by_id, before, mails->cap_by_id);
	mails->by_id[before] = mails->nr;
	GCV_GROW(mails->list, mails->nr, mails->cap);
	mails->list[mails->nr++] = *mail;
	return true;
}

uint32_t gcv_mails_find(const struct gcv_mails *mails, const char *message_id)
{
	uint32_t id = gcv_intern_find(&mails->ids, message_id, strlen(message_id));

	return id == GCV_INTERN_NONE ? GCV_INTERN_NONE : mails->by_id[id];
}

void gcv_mails_release(struct gcv_mails *mails)
{
	free(mails->list);
	free(mails->by_id);
	gcv_intern_release(&mails->ids);
	gcv_arena_release(&mails->arena);
	*mails = (struct gcv_mails){ 0 };
}
