/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is kept of a mail about patches, and a set of such mails, each once.
 *
 *	struct gcv_mails mails = { 0 };
 *
 *	st = gcv_mail_read_path("threads.mbox", &api, &mails, err);
 *	for (i = 0; i < mails.nr; i++)
 *		puts(mails.list[i].subject);
 *	gcv_mails_release(&mails);
 *
 * Texts are UTF-8 without control characters, and never NULL.
 */
#ifndef GCV_TRACK_MAIL_H
#define GCV_TRACK_MAIL_H

#include "base/alloc.h"
#include "base/intern.h"
#include "tree/hash.h"

#include <stdbool.h>

/** GCV_MAIL_REFERENCES - so many of the mails that a mail refers to are kept, the nearest ones */
#define GCV_MAIL_REFERENCES 16
/** GCV_MAIL_NO_ID - the end of ids that are made for mails without one */
#define GCV_MAIL_NO_ID "@no-id"
/** GCV_MAIL_TAGS - so many tags of a mail are kept */
#define GCV_MAIL_TAGS 64

/**
 * struct gcv_mail_tag - a line like "Acked-by: Name <local@domain>"
 * @key: "Acked-by", "Reviewed-by", "Tested-by" or "Nacked-by"
 * @name: who; may be ""
 * @address: local@domain, or ""
 */
struct gcv_mail_tag {
	const char *key, *name, *address;
};

/**
 * struct gcv_mail_change - changed lines of a patch that have the name of an API function
 * @file: path
 * @function: the function that they are in, or "" where the patch does not tell
 * @api: the name
 * @removed: how many lines with it are taken out
 * @added: how many are put in
 */
struct gcv_mail_change {
	const char *file, *function, *api;
	uint32_t removed, added;
};

/**
 * struct gcv_mail - a mail
 * @message_id: without angle brackets; made of its bytes where it has none
 * @subject: as sent
 * @name: name of the sender, or ""
 * @address: address of the sender, or ""
 * @date_s: seconds since 1970; 0 where it is not known
 * @references: ids of the mails that it refers to, the nearest first
 * @has_diff: it has a patch
 * @has_text: it has lines of its own, quotes and tags apart
 * @is_taken: it says that somebody has applied or queued patches
 * @is_nak: it says NAK
 * @hash: of the lines that the patch takes out and puts in, as struct gcv_series_record_patch has
 * it
 * @files: paths that the patch changes
 * @changes: changed lines with API names
 * @tags: tags that are no quotes
 * @taken: numbers of the patches that it says are applied; with none it is the one replied to
 * @nr_references: how many
 * @nr_files: how many
 * @nr_changes: how many
 * @nr_tags: how many
 * @nr_taken: how many
 */
struct gcv_mail {
	const char *message_id, *subject, *name, *address;
	int64_t date_s;
	const char **references;
	bool has_diff, has_text, is_taken, is_nak;
	struct gcv_hash hash;
	const char **files;
	struct gcv_mail_change *changes;
	struct gcv_mail_tag *tags;
	uint32_t *taken;
	uint32_t nr_references, nr_files, nr_changes, nr_tags, nr_taken;
};

/**
 * struct gcv_mails - a set of mails; a zeroed one is empty
 * @arena: owns what the mails point to
 * @ids: their ids
 * @by_id: by the number of the id the index of its mail
 * @list: the mails
 * @nr: how many
 * @cap: allocated length of @list
 * @cap_by_id: allocated length of @by_id
 */
struct gcv_mails {
	struct gcv_arena arena;
	struct gcv_intern ids;
	uint32_t *by_id;
	struct gcv_mail *list;
	uint32_t nr, cap, cap_by_id;
};

/**
 * gcv_mails_add() - put a mail into the set
 * @mails: the set
 * @mail: the mail; what it points to belongs to @mails->arena
 *
 * Of several mails with one id the first stays: copies come by several lists, and a later one may
 * be a forgery.
 *
 * Return: true where it was new.
 */
bool gcv_mails_add(struct gcv_mails *mails, const struct gcv_mail *mail);

/**
 * gcv_mails_find() - a mail by its id
 * @mails: the set
 * @message_id: without angle brackets
 *
 * Return: index of the mail, or GCV_INTERN_NONE.
 */
uint32_t gcv_mails_find(const struct gcv_mails *mails, const char *message_id);

/**
 * gcv_mails_release() - free a set and make it empty
 * @mails: the set
 */
void gcv_mails_release(struct gcv_mails *mails);

#endif
