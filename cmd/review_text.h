/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state of review for a person at a terminal.
 *
 *	gcv_reviews_finish(&reviews);
 *	gcv_review_text_print(cli, &reviews);
 */
#ifndef GCV_CMD_REVIEW_TEXT_H
#define GCV_CMD_REVIEW_TEXT_H

#include "cmd/option.h"
#include "track/review.h"

/**
 * gcv_review_text_print() - print a line for each series, with -v also for each patch
 * @cli: verbosity and colours
 * @reviews: the state of review, finished
 */
void gcv_review_text_print(const struct gcv_cli *cli, const struct gcv_reviews *reviews);

#endif
