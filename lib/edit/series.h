/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A series of patches as mails: 0000-cover-letter.patch, 0001-….patch, as "git format-patch
 * --cover-letter --thread" would write them. "git am" and b4 take them.
 *
 *	struct gcv_series series = { .title = "mm: convert put_page()", .version = 1, .from = me };
 *	struct gcv_series_patch *patch;
 *
 *	patch = gcv_series_add(&series, "net/rds", "convert put_page() to put_user_page*()");
 *	patch->body = "For pages that were retained via get_user_pages*() …";
 *	gcv_series_add_diff(&series, patch, "mm/gup.c", &diff);
 *	gcv_recipients_add_matches(&patch->people, matches, nr, &series.arena, NULL);
 *	if (gcv_series_write(&series, 1, "outgoing", err) != GCV_OK)
 *		…
 *	gcv_series_release(&series);
 *
 * Strings that are put into the structures must live as long as the series: constants, or copies in
 * series.arena.
 */
#ifndef GCV_EDIT_SERIES_H
#define GCV_EDIT_SERIES_H

#include "base/strbuf.h"
#include "edit/diff.h"
#include "edit/identity.h"
#include "edit/recipients.h"

#include <stdbool.h>

/**
 * struct gcv_series_file - one file of a patch
 * @path: below the tree's root
 * @diff: what changes in it
 */
struct gcv_series_file {
	const char *path;
	struct gcv_diff diff;
};

/**
 * struct gcv_series_patch - one patch
 * @area: prefix of the subject, without the colon behind it: "net/rds", "media: ivtv"
 * @title: the rest of the subject
 * @body: paragraphs of the message, without trailing newline; may be NULL
 * @changes: what changed since the last version, goes below "---"; may be NULL
 * @files: the files, sorted by path
 * @nr_files: how many
 * @cap_files: allocated
 * @tags: lines "Acked-by: …" that are carried over
 * @nr_tags: how many
 * @cap_tags: allocated
 * @people: who gets it
 */
struct gcv_series_patch {
	const char *area, *title, *body, *changes;
	struct gcv_series_file *files;
	size_t nr_files, cap_files;
	const char **tags;
	size_t nr_tags, cap_tags;
	struct gcv_recipients people;
};

/**
 * struct gcv_series - a series; a zeroed one with a title is ready for use
 * @title: subject of the cover letter
 * @cover: its paragraphs, without trailing newline; may be NULL
 * @refusals: the paragraph on what was refused and why; may be NULL
 * @changes: what changed since the last version; may be NULL
 * @prefix: what stands in the brackets of the subject; NULL is "PATCH"
 * @version: 1 for the first, 2 for "[PATCH v2 …]"; 0 is 1
 * @base_commit: 40 or 64 hexadecimal digits for the trailer; may be NULL
 * @in_reply_to: id of a mail that the cover letter answers, without angle brackets; may be NULL
 * @signature: the line below "-- "; may be NULL
 * @from: author of all patches
 * @sign_off: add Signed-off-by of @from to each patch
 * @people: who gets the cover letter in addition to all who get a patch
 * @patches: in order
 * @nr: how many
 * @cap: allocated
 * @arena: owns what the add functions copy
 */
struct gcv_series {
	const char *title, *cover, *refusals, *changes;
	const char *prefix;
	unsigned int version;
	const char *base_commit, *in_reply_to, *signature;
	struct gcv_identity from;
	bool sign_off;
	struct gcv_recipients people;
	struct gcv_series_patch **patches;
	size_t nr, cap;
	struct gcv_arena arena;
};

/**
 * gcv_series_add() - add a patch
 * @series: the series
 * @area: prefix of its subject; "" for none
 * @title: rest of its subject
 *
 * Return: the patch, owned by the series, for the caller to fill in.
 */
struct gcv_series_patch *gcv_series_add(struct gcv_series *series, const char *area,
					const char *title);

/**
 * gcv_series_add_diff() - add a file to a patch
 * @series: the series
 * @patch: one of its patches
 * @path: the file, below the tree's root
 * @diff: what changes; copied, nothing is added where it has no hunk
 */
void gcv_series_add_diff(struct gcv_series *series, struct gcv_series_patch *patch,
			 const char *path, const struct gcv_diff *diff);

/**
 * gcv_series_add_tag() - add a tag that is carried over
 * @series: the series
 * @patch: one of its patches
 * @tag: for example "Acked-by: Name <local@domain>"; a tag that the patch has is not added again
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (not of the form Word-word: text, or with control characters).
 */
enum gcv_status gcv_series_add_tag(struct gcv_series *series, struct gcv_series_patch *patch,
				   const char *tag, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_series_file_name() - name of a mail's file
 * @series: the series
 * @index: 0 is the cover letter, 1 the first patch
 * @ret: "0001-net-rds-convert-put_page.patch" or, from version 2 on, "v2-0001-…" is appended
 */
void gcv_series_file_name(const struct gcv_series *series, size_t index, struct gcv_strbuf *ret);

/**
 * gcv_series_mail() - one mail
 * @series: the series
 * @index: 0 is the cover letter, 1 the first patch
 * @ret: the mail is appended, from its "From " line on
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_USAGE (no such patch), GCV_ERR_FORMAT (a text that a mail cannot hold; a
 * message that "git am" would cut: a line "---" or "diff " in a body).
 */
enum gcv_status gcv_series_mail(const struct gcv_series *series, size_t index,
				struct gcv_strbuf *ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_series_write() - write all mails, or none
 * @batches: one series or several that were cut out of a long one
 * @nr: how many
 * @dir: the folder, which is made; one that exists must be empty. Several series go to folders of
 *       their own in it, "1", "2", …
 * @err: sentence on failure
 *
 * All files are written and flushed to a folder beside @dir, which then takes its place.
 *
 * Return: GCV_OK, GCV_ERR_USAGE (@dir exists and is not an empty folder), GCV_ERR_IO, and what
 * gcv_series_mail() returns. On failure @dir is as it was.
 */
enum gcv_status gcv_series_write(const struct gcv_series *batches, size_t nr, const char *dir,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_series_release() - free what the series owns
 * @series: the series
 */
void gcv_series_release(struct gcv_series *series);

#endif
