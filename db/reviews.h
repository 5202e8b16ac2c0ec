/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mails about series, in the store.
 *
 *	st = gcv_db_review_facts(db, &facts, err);		what is known already
 *	before = facts.mails.nr;
 *	st = gcv_mail_read_path("threads.mbox", &api, &facts.mails, &nr, err);
 *	st = gcv_db_mails_put(db, &facts.mails, before, wanted, err);
 *	gcv_reviews_build(&facts.mails, facts.records, facts.nr_records, &reviews);
 *	st = gcv_db_review_tags_put(db, &reviews, err);		for the next version of a series
 */
#ifndef GCV_DB_REVIEWS_H
#define GCV_DB_REVIEWS_H

#include "db/store.h"
#include "track/review.h"

/**
 * gcv_db_review_facts() - the mails and series that the store has
 * @db: the handle
 * @ret: for gcv_review_facts_release(); empty where there are none, and after a failure
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_db_review_facts(struct gcv_db *db, struct gcv_review_facts *ret,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_mails_put() - store mails
 * @db: the handle, opened for writing
 * @mails: the mails
 * @first: index of the first that is new
 * @wanted: by index, whether a mail is to be stored
 * @err: sentence on failure
 *
 * One transaction. A mail whose id the store has stays as it is.
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_db_mails_put(struct gcv_db *db, const struct gcv_mails *mails, uint32_t first,
				 const bool *wanted, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_review_tags_put() - keep the tags that count with the patches of ours that got them
 * @db: the handle, opened for writing
 * @reviews: the state of review
 * @err: sentence on failure
 *
 * One transaction. gcv_db_series_get() hands them out, so that the next version of a patch whose
 * lines are the same carries them.
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_db_review_tags_put(struct gcv_db *db, const struct gcv_reviews *reviews,
				       struct gcv_err *err) GCV_MUST_CHECK;

#endif
