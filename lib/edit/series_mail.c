// SPDX-License-Identifier: GPL-2.0-only
#include "edit/diffstat.h"
#include "edit/mail.h"
#include "edit/series.h"
#include "tree/hash.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Where git wraps a shortlog, and how far it indents it. */
#define SHORTLOG_COLUMNS 72
#define HASH_DIGITS	 16

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* "net/rds: convert put_page()", in UTF-8. */
static void add_subject(struct gcv_strbuf *out, const struct gcv_series_patch *patch)
{
	if (*patch->area) {
		gcv_mail_utf8(out, patch->area, strlen(patch->area));
		gcv_strbuf_addstr(out, ": ");
	}
	gcv_mail_utf8(out, patch->title, strlen(patch->title));
}

/*
 * An id that the same series has again, and no other: a reader's mailer threads by it. The address
 * has only characters that an id may have, or it were none.
 */
static void add_id(const struct gcv_series *series, size_t index, struct gcv_strbuf *out)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	char hex[GCV_HASH_HEX_BYTES];
	struct gcv_hash hash;
	size_t i, k;

	gcv_strbuf_addf(&text, "%u %zu %s\n", series->version, index, series->title);
	for (i = 0; i < series->nr; i++) {
		const struct gcv_series_patch *patch = series->patches[i];

		if (index && index != i + 1)
			continue;
		add_subject(&text, patch);
		gcv_strbuf_addstr(&text, or_empty(patch->body));
		for (k = 0; k < patch->nr_files; k++)
			gcv_strbuf_add(&text, patch->files[k].diff.text,
				       patch->files[k].diff.len_bytes);
	}
	hash = gcv_hash_bytes(text.buf, text.len);
	gcv_strbuf_addf(out, "<%s%.*s.%" PRId64 ".gupconv.%s>", index ? "" : "cover.", HASH_DIGITS,
			gcv_hash_hex(&hash, hex), series->from.when_s, series->from.address.email);
}

static void add_threading(const struct gcv_series *series, size_t index, struct gcv_strbuf *out)
{
	GCV_STRBUF_AUTO struct gcv_strbuf before = { 0 }, cover = { 0 };

	if (series->in_reply_to)
		gcv_strbuf_addf(&before, "<%s>", series->in_reply_to);
	if (index)
		add_id(series, 0, &cover);
	gcv_strbuf_addstr(out, "Message-Id: ");
	add_id(series, index, out);
	gcv_strbuf_addch(out, '\n');
	if (!index && !before.len)
		return;
	gcv_strbuf_addf(out, "In-Reply-To: %s\n", index ? cover.buf : before.buf);
	gcv_strbuf_addf(out, "References: %s%s%s\n", before.len ? before.buf : "",
			before.len && index ? "\n " : "", index ? cover.buf : "");
}

/* "[PATCH v2 03/34] " with as many digits as the last number has. */
static void add_subject_header(const struct gcv_series *series, size_t index,
			       struct gcv_strbuf *out)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 }, last = { 0 };

	gcv_strbuf_addf(&last, "%zu", series->nr);
	gcv_strbuf_addf(&text, "[%s", series->prefix ? series->prefix : "PATCH");
	if (series->version > 1)
		gcv_strbuf_addf(&text, " v%u", series->version);
	gcv_strbuf_addf(&text, " %0*zu/%s] ", (int)last.len, index, last.buf);
	if (index)
		add_subject(&text, series->patches[index - 1]);
	else
		gcv_strbuf_addstr(&text, series->title);
	gcv_mail_header(out, "Subject", text.buf);
}

static void add_people(const struct gcv_series *series, size_t index, struct gcv_strbuf *out)
{
	struct gcv_recipients all = { 0 };
	size_t i;

	if (index) {
		gcv_recipients_header(&series->patches[index - 1]->people, out);
		return;
	}
	gcv_recipients_merge(&all, &series->people);
	for (i = 0; i < series->nr; i++)
		gcv_recipients_merge(&all, &series->patches[i]->people);
	gcv_recipients_header(&all, out);
	gcv_recipients_release(&all);
}

static void add_headers(const struct gcv_series *series, size_t index, struct gcv_strbuf *out)
{
	/* git's own mark of a patch that never was a commit here. */
	gcv_strbuf_addstr(
		out, "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n");
	add_threading(series, index, out);
	gcv_mail_addresses(out, "From", &series->from.address, 1);
	gcv_mail_date(out, series->from.when_s, series->from.offset_min);
	add_subject_header(series, index, out);
	add_people(series, index, out);
}

/* A paragraph in UTF-8 with an empty line before it where it is not the first. */
static void add_paragraph(struct gcv_strbuf *out, const char *text)
{
	size_t len = text ? strlen(text) : 0;

	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	if (!len)
		return;
	if (out->len)
		gcv_strbuf_addch(out, '\n');
	gcv_mail_utf8(out, text, len);
	gcv_strbuf_addch(out, '\n');
}

static void add_patch_stat(const struct gcv_series_patch *patch, struct gcv_strbuf *out)
{
	struct gcv_diffstat_file *files = gcv_zalloc(patch->nr_files, sizeof(*files));
	size_t i;

	for (i = 0; i < patch->nr_files; i++)
		files[i] = (struct gcv_diffstat_file){ patch->files[i].path,
						       patch->files[i].diff.nr_insertions,
						       patch->files[i].diff.nr_deletions };
	gcv_diffstat(files, patch->nr_files, out);
	free(files);
}

static void add_signature(const struct gcv_series *series, struct gcv_strbuf *out)
{
	if (series->signature && *series->signature)
		gcv_strbuf_addf(out, "-- \n%s\n\n", series->signature);
}

static void add_tags(const struct gcv_series *series, const struct gcv_series_patch *patch,
		     struct gcv_strbuf *out)
{
	GCV_STRBUF_AUTO struct gcv_strbuf own = { 0 };
	bool has_own = false;
	size_t i;

	gcv_strbuf_addstr(&own, "Signed-off-by: ");
	gcv_mail_address(&own, &series->from.address);
	if (out->len && (patch->nr_tags || series->sign_off))
		gcv_strbuf_addch(out, '\n');
	for (i = 0; i < patch->nr_tags; i++) {
		gcv_strbuf_addf(out, "%s\n", patch->tags[i]);
		has_own = has_own || strcmp(patch->tags[i], own.buf) == 0;
	}
	if (series->sign_off && !has_own)
		gcv_strbuf_addf(out, "%s\n", own.buf);
}

/*
 * "git am" takes a message up to the first line that could begin a patch, and takes headers from
 * its first line (patchbreak() and check_inbody_header() of git's mailinfo.c).
 */
static bool ends_message(const char *line)
{
	return strncmp(line, "diff -", 6) == 0 || strncmp(line, "Index: ", 7) == 0 ||
	       (strncmp(line, "---", 3) == 0 && (!line[3] || isspace((unsigned char)line[3])));
}

static enum gcv_status check_message(const char *message, const char *subject, struct gcv_err *err)
{
	static const char *const heads[] = { "From:", "Subject:", "Date:", ">From", "[PATCH]" };
	const char *at;
	size_t i;

	for (i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (strncasecmp(message, heads[i], strlen(heads[i])) == 0)
			return gcv_err_set(
				err, GCV_ERR_FORMAT,
				"%s: git am would take the first line of the message for "
				"a header: '%.60s'",
				subject, message);
	for (at = message; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (ends_message(at))
			return gcv_err_set(err, GCV_ERR_FORMAT,
					   "%s: git am would end the message at the line '%.*s'",
					   subject, (int)strcspn(at, "\n"), at);
	}
	return GCV_OK;
}

/* Below "---" any text may stand that is no diff. */
static enum gcv_status check_changes(const char *changes, const char *subject, struct gcv_err *err)
{
	const char *at;

	for (at = changes; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strncmp(at, "diff ", 5) == 0 || strncmp(at, "--- ", 4) == 0 ||
		    strncmp(at, "@@ -", 4) == 0)
			return gcv_err_set(err, GCV_ERR_FORMAT,
					   "%s: git am would take a line of the notes for a diff: "
					   "'%.*s'",
					   subject, (int)strcspn(at, "\n"), at);
	}
	return GCV_OK;
}

static enum gcv_status add_patch(const struct gcv_series *series, size_t index,
				 struct gcv_strbuf *body, struct gcv_err *err)
{
	const struct gcv_series_patch *patch = series->patches[index - 1];
	GCV_STRBUF_AUTO struct gcv_strbuf notes = { 0 };
	enum gcv_status status;
	size_t i;

	if (!patch->nr_files)
		return gcv_err_set(err, GCV_ERR_USAGE, "patch %zu (%s) changes nothing", index,
				   patch->title);
	add_paragraph(body, patch->body);
	add_tags(series, patch, body);
	status = check_message(body->len ? body->buf : "", patch->title, err);
	add_paragraph(&notes, patch->changes);
	if (status == GCV_OK && notes.len)
		status = check_changes(notes.buf, patch->title, err);
	if (status != GCV_OK)
		return status;
	gcv_strbuf_addstr(body, "---\n");
	if (notes.len)
		gcv_strbuf_addf(body, "\n%s\n", notes.buf);
	add_patch_stat(patch, body);
	gcv_strbuf_addch(body, '\n');
	for (i = 0; i < patch->nr_files; i++)
		gcv_strbuf_add(body, patch->files[i].diff.text, patch->files[i].diff.len_bytes);
	add_signature(series, body);
	return GCV_OK;
}

/* "  subject" wrapped at blanks, further lines with two blanks more. */
static void add_wrapped(struct gcv_strbuf *out, const char *text)
{
	size_t column = 2;
	bool is_first = true;

	gcv_strbuf_addstr(out, "  ");
	while (*text) {
		size_t word = strcspn(text, " ");

		if (!is_first && column + 1 + word > SHORTLOG_COLUMNS) {
			gcv_strbuf_addstr(out, "\n    ");
			column = 4;
		} else if (!is_first) {
			gcv_strbuf_addch(out, ' ');
			column++;
		}
		gcv_strbuf_add(out, text, word);
		column += word;
		text += word;
		text += strspn(text, " ");
		is_first = false;
	}
	gcv_strbuf_addch(out, '\n');
}

static void add_shortlog(const struct gcv_series *series, struct gcv_strbuf *out)
{
	const struct gcv_address *who = &series->from.address;
	size_t i;

	gcv_strbuf_addf(out, "\n%s (%zu):\n", *who->name ? who->name : who->email, series->nr);
	for (i = 0; i < series->nr; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf subject = { 0 };

		add_subject(&subject, series->patches[i]);
		add_wrapped(out, subject.buf);
	}
}

static int compare_files(const void *a, const void *b)
{
	const struct gcv_diffstat_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* All files of all patches, each once. */
static void add_series_stat(const struct gcv_series *series, struct gcv_strbuf *out)
{
	struct gcv_diffstat_file *files = NULL;
	size_t nr = 0, cap = 0, i, k, kept = 0;

	for (i = 0; i < series->nr; i++)
		for (k = 0; k < series->patches[i]->nr_files; k++) {
			const struct gcv_series_file *file = &series->patches[i]->files[k];

			GCV_GROW(files, nr, cap);
			files[nr++] = (struct gcv_diffstat_file){ file->path,
								  file->diff.nr_insertions,
								  file->diff.nr_deletions };
		}
	if (nr)
		qsort(files, nr, sizeof(*files), compare_files);
	for (i = 0; i < nr; i++) {
		if (kept && strcmp(files[kept - 1].path, files[i].path) == 0) {
			files[kept - 1].nr_insertions += files[i].nr_insertions;
			files[kept - 1].nr_deletions += files[i].nr_deletions;
		} else {
			files[kept++] = files[i];
		}
	}
	gcv_strbuf_addch(out, '\n');
	gcv_diffstat(files, kept, out);
	free(files);
}

static void add_cover(const struct gcv_series *series, struct gcv_strbuf *body)
{
	add_paragraph(body, series->cover);
	add_paragraph(body, series->refusals);
	add_paragraph(body, series->changes);
	add_shortlog(series, body);
	add_series_stat(series, body);
	if (series->base_commit)
		gcv_strbuf_addf(body, "\nbase-commit: %s\n", series->base_commit);
	else
		gcv_strbuf_addch(body, '\n');
	add_signature(series, body);
}

static bool is_one_line(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

static bool is_commit_id(const char *text)
{
	size_t len = strspn(text, "0123456789abcdef");

	return !text[len] && (len == 40 || len == 64);
}

static enum gcv_status check_series(const struct gcv_series *series, size_t index,
				    struct gcv_err *err)
{
	const char *id = or_empty(series->in_reply_to), *title = or_empty(series->title),
		   *area = "";

	if (index > series->nr || !series->from.address.email)
		return gcv_err_set(err, GCV_ERR_USAGE, "a series without patch %zu or author",
				   index);
	if (index) {
		title = series->patches[index - 1]->title;
		area = series->patches[index - 1]->area;
	}
	if (!*title || !is_one_line(title) || !is_one_line(area) ||
	    !is_one_line(or_empty(series->prefix)) || !is_one_line(or_empty(series->signature)))
		return gcv_err_set(err, GCV_ERR_FORMAT, "a subject is one line of text: '%.100s'",
				   title);
	if (!is_one_line(id) || strpbrk(id, "<> "))
		return gcv_err_set(err, GCV_ERR_FORMAT, "'%.100s' is no id of a mail", id);
	if (series->base_commit && !is_commit_id(series->base_commit))
		return gcv_err_set(err, GCV_ERR_FORMAT, "'%.100s' is no id of a commit",
				   series->base_commit);
	return GCV_OK;
}

enum gcv_status gcv_series_mail(const struct gcv_series *series, size_t index,
				struct gcv_strbuf *ret, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf body = { 0 };
	enum gcv_status status = check_series(series, index, err);

	if (status != GCV_OK)
		return status;
	if (index)
		status = add_patch(series, index, &body, err);
	else
		add_cover(series, &body);
	if (status != GCV_OK)
		return status;
	add_headers(series, index, ret);
	gcv_mail_body(ret, body.buf, body.len);
	return GCV_OK;
}
