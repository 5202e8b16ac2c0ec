// SPDX-License-Identifier: GPL-2.0-only
/* links: track */
#include "tests/fuzz/target.h"
#include "track/mail_read.h"
#include "track/review.h"

#include <stdlib.h>
#include <string.h>

/* Names and subjects go to terminals and into other mails: one line, no control characters. */
static void check_line(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			abort();
}

static void check(const struct gcv_reviews *reviews)
{
	uint32_t i, k, sum = 0;

	for (i = 0; i < reviews->nr; i++) {
		const struct gcv_review_series *s = &reviews->list[i];

		check_line(s->title);
		check_line(s->name);
		if (s->nr > s->total || s->reviewed > s->nr || s->acked > s->nr ||
		    s->first + s->nr > reviews->nr_patches)
			abort();
		for (k = 0; k < GCV_REVIEW_STATUSES; k++)
			sum += s->sums[k];
	}
	if (sum != reviews->nr_patches)
		abort();
	for (i = 0; i < reviews->nr_patches; i++)
		for (k = 0; k < reviews->patches[i].nr_tags; k++)
			check_line(reviews->patches[i].tags[k].tag.name);
}

/* Whatever a mailbox holds, each patch is in one series, and the sums are right. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct gcv_review_site site = { "0123456789abcdef", "m.c", "f", "put_page",
					      "converted" };
	struct gcv_mails mails = { 0 };
	struct gcv_reviews reviews;
	static struct gcv_api api;
	uint32_t nr;

	/* Once for all inputs: it takes longer than most of them. */
	if (!api.nr_functions && gcv_api_load(&api, NULL) != GCV_OK)
		abort();
	if (gcv_mail_read_text((const char *)data, size, "fuzz", &api, &mails, &nr, NULL) ==
	    GCV_OK) {
		if (mails.nr > nr)
			abort();
		gcv_reviews_build(&mails, NULL, 0, &reviews);
		gcv_reviews_add_site(&reviews, &site);
		gcv_reviews_finish(&reviews);
		check(&reviews);
		gcv_reviews_release(&reviews);
	}
	gcv_mails_release(&mails);
	return 0;
}
