/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state of review as JSON, see gupconv-report(5).
 *
 *	gcv_json_open(&stream, "series", '[');
 *	gcv_review_json_put(&stream, &reviews, &reviews.list[0]);
 *	gcv_json_close(&stream);
 */
#ifndef GCV_REPORT_REVIEW_JSON_H
#define GCV_REPORT_REVIEW_JSON_H

#include "report/json_stream.h"
#include "track/review.h"

/**
 * gcv_review_json_put() - write a series into the list that is open
 * @s: the document
 * @reviews: the state of review, finished
 * @series: one of its series
 */
void gcv_review_json_put(struct gcv_json_stream *s, const struct gcv_reviews *reviews,
			 const struct gcv_review_series *series);

#endif
