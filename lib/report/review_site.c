// SPDX-License-Identifier: GPL-2.0-only
#include "report/review_site.h"

enum gcv_status gcv_review_site_take(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	const struct gcv_review_site review = {
		.id = site->id,
		.file = site->file,
		.function = site->function,
		.api = site->api,
		.verdict = site->result ? site->result->verdict : "",
	};

	(void)err;
	if (!site->homonym)
		gcv_reviews_add_site(data, &review);
	return GCV_OK;
}
