/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of gcv_reviews_build(), for the files review*.c only.
 *
 *	gcv_review_replies_sort(&b);
 *	for each patch
 *		gcv_review_replies_add(&b, patch, mail);
 */
#ifndef GCV_TRACK_REVIEW_BUILD_H
#define GCV_TRACK_REVIEW_BUILD_H

#include "track/lineage.h"
#include "track/review.h"

/** GCV_REVIEW_COVER_TAGS - of the replies to a cover letter with tags so many count for each patch
 */
#define GCV_REVIEW_COVER_TAGS 32
/** GCV_REVIEW_COVER_REPLIES - among so many they are looked for */
#define GCV_REVIEW_COVER_REPLIES 4096
/** GCV_REVIEW_OLDER - so many earlier versions of a patch are looked at */
#define GCV_REVIEW_OLDER 64

/**
 * struct gcv_review_link - a patch that a key belongs to
 * @patch: index of the patch
 * @next: the next of the same key, plus 1; 0 for none
 * @function: the function that a change is in; "" where that is not known
 * @is_record: the key is the id of a site
 */
struct gcv_review_link {
	uint32_t patch, next;
	const char *function;
	bool is_record;
};

/**
 * struct gcv_review_replies - the replies of a mail, in a list of all
 * @first: index of the first
 * @nr: how many
 */
struct gcv_review_replies {
	uint32_t first, nr;
};

/**
 * struct gcv_review_build - reviews in the making
 * @mails: the mails
 * @threads: how they hang together
 * @lineages: versions of series
 * @reviews: the result
 * @of: by index of a mail its replies
 * @replies: indexes of replies, by what they are about and by date
 * @people: keys of a patch and an address
 * @state: by the number of such a key whether that person waits for an answer
 * @cap_state: allocated length
 * @tags: keys of a patch and a tag
 * @taken: keys of postings and patches that a mail says are applied
 * @records: series of ours
 * @nr_records: how many
 * @same: keys of diffs with their files
 * @same_heads: by the number of a key the first of @same_next, plus 1
 * @same_links: patches of ours with this key
 * @cap_same: allocated length of @same_heads
 * @nr_same: length of @same_links
 * @cap_links: allocated length
 * @is_sent: by the number of a key whether a mail has it
 */
struct gcv_review_build {
	const struct gcv_mails *mails;
	struct gcv_threads threads;
	struct gcv_lineages lineages;
	struct gcv_reviews *reviews;
	struct gcv_review_replies *of;
	uint32_t *replies;
	struct gcv_intern people, tags, taken;
	uint8_t *state;
	uint32_t cap_state;
	const struct gcv_series_record *records;
	uint32_t nr_records;
	struct gcv_intern same;
	uint32_t *same_heads;
	struct gcv_review_same {
		struct gcv_review_record record;
		uint32_t next;
	} * same_links;
	bool *is_sent;
	uint32_t cap_same, nr_same, cap_links;
};

/**
 * gcv_review_replies_sort() - list the replies of each mail, and what they say was applied
 * @b: with mails, threads and lineages
 */
void gcv_review_replies_sort(struct gcv_review_build *b);

/**
 * gcv_review_replies_add() - tell of a patch what was said of one of its versions
 * @b: the reviews
 * @at: index of the patch
 * @mail: a version of it with the same diff: index of the mail
 */
void gcv_review_replies_add(struct gcv_review_build *b, uint32_t at, uint32_t mail);

/**
 * gcv_review_replies_count() - count who waits for an answer, in a patch's newest version
 * @b: the reviews
 * @at: index of the patch
 * @mail: the mail
 */
void gcv_review_replies_count(struct gcv_review_build *b, uint32_t at, uint32_t mail);

/**
 * gcv_review_records_sort() - find the patches of ours by their diffs
 * @b: with records
 */
void gcv_review_records_sort(struct gcv_review_build *b);

/**
 * gcv_review_records_add() - tell of a patch which of ours it is
 * @b: the reviews
 * @patch: the patch
 */
void gcv_review_records_add(struct gcv_review_build *b, struct gcv_review_patch *patch);

/**
 * gcv_review_records_left() - make a series of the patches of ours that no mail has
 * @b: the reviews, with all that was sent
 */
void gcv_review_records_left(struct gcv_review_build *b);

/**
 * gcv_review_sites_link() - note what sites a patch is about
 * @reviews: the reviews
 * @at: index of the patch
 */
void gcv_review_sites_link(struct gcv_reviews *reviews, uint32_t at);

#endif
