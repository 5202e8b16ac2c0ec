/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state of review: series that were posted, their patches, what people said of them, and the
 * sites that they are about.
 *
 *	struct gcv_reviews reviews;
 *
 *	gcv_reviews_build(&mails, records, nr_records, &reviews);
 *	for each site of the newest snapshot
 *		gcv_reviews_add_site(&reviews, &site);
 *	gcv_reviews_finish(&reviews);
 *	printf("%u of %u reviewed\n", reviews.list[0].reviewed, reviews.list[0].total);
 *	gcv_reviews_release(&reviews);
 *
 * A tag counts where its sender is the one whom it names, or where the patch itself carries it: its
 * author vouches for it then. A tag that somebody gives in another's name is told, and counts for
 * nothing. What was said of an earlier version counts as long as the diff is the same.
 */
#ifndef GCV_TRACK_REVIEW_H
#define GCV_TRACK_REVIEW_H

#include "edit/record.h"
#include "track/mail.h"

/**
 * enum gcv_review_status - how far a patch is; a later one outdoes an earlier one
 * @GCV_REVIEW_NOT_SENT: it was made, and no mail has it
 * @GCV_REVIEW_SENT: nobody gave a tag or asked anything
 * @GCV_REVIEW_ACKED: Acked-by
 * @GCV_REVIEW_REVIEWED: Reviewed-by
 * @GCV_REVIEW_CHANGES_ASKED: somebody objects, or has answered without a tag and gave none since
 * @GCV_REVIEW_APPLIED: its sites are converted in the newest snapshot
 */
enum gcv_review_status {
	GCV_REVIEW_NOT_SENT,
	GCV_REVIEW_SENT,
	GCV_REVIEW_ACKED,
	GCV_REVIEW_REVIEWED,
	GCV_REVIEW_CHANGES_ASKED,
	GCV_REVIEW_APPLIED,
	GCV_REVIEW_STATUSES
};

/**
 * struct gcv_review_tag - a tag of a patch
 * @tag: key, name and address
 * @source: "reply", "cover" (a reply to the cover letter) or "patch" (the patch carries it)
 * @sender: who sent the mail that has it: address, or ""
 * @version: of the patch that it was given to
 * @counts: it was given by the one whom it names, or the patch carries it
 */
struct gcv_review_tag {
	struct gcv_mail_tag tag;
	const char *source, *sender;
	uint32_t version;
	bool counts;
};

/**
 * struct gcv_review_record - a patch that this program made and that is the same
 * @series: its series
 * @number: its number there, from 1
 */
struct gcv_review_record {
	const struct gcv_series_record *series;
	uint32_t number;
};

/**
 * struct gcv_review_patch - a patch in its newest version
 * @number: in its series; 0 where it has none
 * @version: in which it was sent last
 * @title: its subject without brackets
 * @message_id: of the mail; "" where it was not sent
 * @mail: the mail, or NULL
 * @versions: all versions that were seen, ascending
 * @tags: its tags
 * @records: patches of ours that are the same
 * @sites: ids of its sites in the newest snapshot, in the order in which they were added
 * @status: how far it is
 * @replies: mails about this version that are not of its author
 * @asked: people who wait for an answer or a change
 * @converted: of its sites those that are converted
 * @open: of its sites those that have to be
 * @is_acked: a tag that counts says so
 * @is_reviewed: the same
 * @is_tested: the same
 * @is_taken: a mail says that it was applied or queued
 * @nr_versions: how many
 * @nr_tags: how many
 * @cap_tags: allocated length
 * @nr_records: how many
 * @cap_records: allocated length
 * @nr_sites: how many
 * @cap_sites: allocated length
 */
struct gcv_review_patch {
	uint32_t number, version;
	const char *title, *message_id;
	const struct gcv_mail *mail;
	uint32_t *versions;
	struct gcv_review_tag *tags;
	struct gcv_review_record *records;
	const char **sites;
	enum gcv_review_status status;
	uint32_t replies, asked, converted, open;
	bool is_acked, is_reviewed, is_tested, is_taken;
	uint32_t nr_versions, nr_tags, cap_tags, nr_records, cap_records, nr_sites, cap_sites;
};

/**
 * struct gcv_review_series - a series in its newest version
 * @title: of the cover letter, or of its first patch
 * @name: name of its sender, or ""
 * @address: address of its sender; "" where it was not sent
 * @message_id: of the cover letter or first patch; "" where it was not sent
 * @date_s: when that was sent, seconds since 1970; 0 where it is not known
 * @version: the newest version
 * @total: patches that it has, by what it says and by what was seen
 * @first: index of its first patch; the others follow
 * @nr: how many of its patches were seen
 * @reviewed: of these those with a Reviewed-by that counts
 * @acked: the same for Acked-by
 * @sums: patches by status
 */
struct gcv_review_series {
	const char *title, *name, *address, *message_id;
	int64_t date_s;
	uint32_t version, total, first, nr, reviewed, acked;
	uint32_t sums[GCV_REVIEW_STATUSES];
};

/**
 * struct gcv_review_site - a site of the newest snapshot
 * @id: its id
 * @file: where it is
 * @function: the function that holds it
 * @api: the function that it calls
 * @verdict: its verdict, or "" where there is no result
 */
struct gcv_review_site {
	const char *id, *file, *function, *api, *verdict;
};

/**
 * struct gcv_reviews - the state of review
 * @arena: owns the strings that do not belong to mails or records
 * @list: series that have to do with the conversion, the oldest first
 * @patches: their patches, by series and number
 * @keys: file and API name of each change, and ids of sites of records
 * @heads: by the number of a key the first of its @links, plus 1
 * @links: which patch a key belongs to
 * @nr: how many series
 * @cap: allocated length
 * @nr_patches: how many patches
 * @cap_patches: allocated length
 * @cap_heads: allocated length
 * @nr_links: how many
 * @cap_links: allocated length
 * @left_out: series that change no line with an API name
 */
struct gcv_reviews {
	struct gcv_arena arena;
	struct gcv_review_series *list;
	struct gcv_review_patch *patches;
	struct gcv_intern keys;
	uint32_t *heads;
	struct gcv_review_link *links;
	uint32_t nr, cap, nr_patches, cap_patches, cap_heads, nr_links, cap_links, left_out;
};

/**
 * struct gcv_review_facts - what is known to a database; a zeroed one is empty
 * @arena: owns the records
 * @mails: mails that were read
 * @records: series that were made, each version of each
 * @nr_records: how many
 */
struct gcv_review_facts {
	struct gcv_arena arena;
	struct gcv_mails mails;
	const struct gcv_series_record *records;
	uint32_t nr_records;
};

/**
 * gcv_review_facts_release() - free it
 * @facts: the facts; a zeroed one is allowed
 */
void gcv_review_facts_release(struct gcv_review_facts *facts);

/**
 * gcv_reviews_build() - make series of mails
 * @mails: all that is known; must outlive the result
 * @records: series that this program made; must outlive the result
 * @nr_records: how many
 * @ret: for gcv_reviews_release()
 *
 * Series that neither change a line with an API name nor are ours are left out. Of ours, the
 * patches of the newest version that no mail has make a series of their own.
 */
void gcv_reviews_build(const struct gcv_mails *mails, const struct gcv_series_record *records,
		       uint32_t nr_records, struct gcv_reviews *ret);

/**
 * gcv_reviews_add_site() - tell of a site of the newest snapshot
 * @reviews: as built
 * @site: the site; it belongs to the patches that change a line with its API name in its function,
 * and to those of ours that were made for it
 */
void gcv_reviews_add_site(struct gcv_reviews *reviews, const struct gcv_review_site *site);

/**
 * gcv_reviews_finish() - find out how far each patch is
 * @reviews: with all sites
 */
void gcv_reviews_finish(struct gcv_reviews *reviews);

/**
 * gcv_review_status_name() - the word for a status
 * @status: which
 *
 * Return: a constant, "changes-asked".
 */
const char *gcv_review_status_name(enum gcv_review_status status);

/**
 * gcv_reviews_release() - free it
 * @reviews: the state of review; a zeroed one is allowed
 */
void gcv_reviews_release(struct gcv_reviews *reviews);

#endif
