/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the sites of a snapshot to the state of review, which knows no results.
 *
 *	gcv_reviews_build(&facts.mails, facts.records, facts.nr_records, &reviews);
 *	st = gcv_db_sites(db, NULL, NULL, gcv_review_site_take, &reviews, err);
 *	gcv_reviews_finish(&reviews);
 */
#ifndef GCV_REPORT_REVIEW_SITE_H
#define GCV_REPORT_REVIEW_SITE_H

#include "report/site.h"
#include "track/review.h"

/**
 * gcv_review_site_take() - tell the state of review of a site
 * @data: the struct gcv_reviews
 * @site: the site; calls of functions that merely bear an API's name are left out
 * @err: not used
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_review_site_take(void *data, const struct gcv_site *site, struct gcv_err *err);

#endif
