// SPDX-License-Identifier: GPL-2.0-only
#include "db/reviews.h"

#include "db/handle.h"
#include "db/series.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/**
 * struct reading - mails on their way out of the store; the rows of all lists come by mail
 * @mails: the result
 * @ids: by index of a mail its id, ascending
 * @at: the mail that the last row belonged to
 * @add: puts a row at the end of the list that is read
 * @references: of all mails, in their order; so are those that follow
 */
struct reading {
	struct gcv_mails *mails;
	int64_t *ids;
	uint32_t at;
	void (*add)(struct reading *r, struct gcv_mail *mail, const struct gcv_row *row);
	const char **references, **files;
	struct gcv_mail_change *changes;
	struct gcv_mail_tag *tags;
	uint32_t *taken;
	uint32_t cap_ids, nr_references, cap_references, nr_files, cap_files, nr_changes,
		cap_changes, nr_tags, cap_tags, nr_taken, cap_taken;
};

static const char *copy(struct reading *r, const struct gcv_row *row, int column)
{
	return gcv_arena_strdup(&r->mails->arena, gcv_row_text(row, column));
}

static enum gcv_status take_mail(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_mail mail = {
		.message_id = copy(r, row, 1),
		.subject = copy(r, row, 2),
		.name = copy(r, row, 3),
		.address = copy(r, row, 4),
		.date_s = gcv_row_int(row, 5),
		.has_text = gcv_row_int(row, 6) != 0,
		.is_nak = gcv_row_int(row, 7) != 0,
		.is_taken = gcv_row_int(row, 8) != 0,
		.has_diff = !gcv_row_is_null(row, 9),
	};

	(void)err;
	gcv_row_hash(row, 9, mail.hash.b);
	if (gcv_mails_add(r->mails, &mail)) {
		GCV_GROW(r->ids, r->mails->nr - 1, r->cap_ids);
		r->ids[r->mails->nr - 1] = gcv_row_int(row, 0);
	}
	return GCV_OK;
}

/* The mail that a row belongs to, or NULL. */
static struct gcv_mail *mail_of(struct reading *r, const struct gcv_row *row)
{
	int64_t id = gcv_row_int(row, 0);

	while (r->at < r->mails->nr && r->ids[r->at] < id)
		r->at++;
	if (r->at == r->mails->nr || r->ids[r->at] != id)
		return NULL;
	return &r->mails->list[r->at];
}

static void add_reference(struct reading *r, struct gcv_mail *mail, const struct gcv_row *row)
{
	mail->nr_references++;
	GCV_GROW(r->references, r->nr_references, r->cap_references);
	r->references[r->nr_references++] = copy(r, row, 1);
}

static void add_file(struct reading *r, struct gcv_mail *mail, const struct gcv_row *row)
{
	mail->nr_files++;
	GCV_GROW(r->files, r->nr_files, r->cap_files);
	r->files[r->nr_files++] = copy(r, row, 1);
}

static void add_change(struct reading *r, struct gcv_mail *mail, const struct gcv_row *row)
{
	mail->nr_changes++;
	GCV_GROW(r->changes, r->nr_changes, r->cap_changes);
	r->changes[r->nr_changes++] = (struct gcv_mail_change){
		copy(r, row, 1),     copy(r, row, 2),	  copy(r, row, 3),
		gcv_row_u32(row, 4), gcv_row_u32(row, 5),
	};
}

static void add_tag(struct reading *r, struct gcv_mail *mail, const struct gcv_row *row)
{
	mail->nr_tags++;
	GCV_GROW(r->tags, r->nr_tags, r->cap_tags);
	r->tags[r->nr_tags++] =
		(struct gcv_mail_tag){ copy(r, row, 1), copy(r, row, 2), copy(r, row, 3) };
}

static void add_taken(struct reading *r, struct gcv_mail *mail, const struct gcv_row *row)
{
	mail->nr_taken++;
	GCV_GROW(r->taken, r->nr_taken, r->cap_taken);
	r->taken[r->nr_taken++] = gcv_row_u32(row, 1);
}

/* A row of a list, for the mail that it names; one that names none is left out. */
static enum gcv_status take_part(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_mail *mail = mail_of(r, row);

	(void)err;
	if (mail)
		r->add(r, mail, row);
	return GCV_OK;
}

static void *to_arena(struct gcv_arena *arena, const void *array, size_t nr, size_t size_bytes)
{
	void *ret = gcv_arena_alloc(arena, (nr + 1) * size_bytes);

	if (nr)
		memcpy(ret, array, nr * size_bytes);
	return ret;
}

/* Each mail gets its parts of the lists. */
static void deal_out(struct reading *r)
{
	struct gcv_arena *arena = &r->mails->arena;
	const char **references =
		to_arena(arena, r->references, r->nr_references, sizeof(*r->references));
	const char **files = to_arena(arena, r->files, r->nr_files, sizeof(*r->files));
	struct gcv_mail_change *changes =
		to_arena(arena, r->changes, r->nr_changes, sizeof(*r->changes));
	struct gcv_mail_tag *tags = to_arena(arena, r->tags, r->nr_tags, sizeof(*r->tags));
	uint32_t *taken = to_arena(arena, r->taken, r->nr_taken, sizeof(*r->taken)), i;

	for (i = 0; i < r->mails->nr; i++) {
		struct gcv_mail *mail = &r->mails->list[i];

		mail->references = references;
		references += mail->nr_references;
		mail->files = files;
		files += mail->nr_files;
		mail->changes = changes;
		changes += mail->nr_changes;
		mail->tags = tags;
		tags += mail->nr_tags;
		mail->taken = taken;
		taken += mail->nr_taken;
	}
}

static enum gcv_status read_mails(struct gcv_db *db, struct gcv_mails *mails, struct gcv_err *err)
{
	static const struct {
		enum gcv_stmt stmt;
		void (*add)(struct reading *r, struct gcv_mail *mail, const struct gcv_row *row);
	} lists[] = {
		{ GCV_STMT_MAIL_REFERENCES, add_reference }, { GCV_STMT_MAIL_FILES, add_file },
		{ GCV_STMT_MAIL_CHANGES, add_change },	     { GCV_STMT_MAIL_TAGS, add_tag },
		{ GCV_STMT_MAIL_TAKENS, add_taken },
	};
	struct reading r = { .mails = mails };
	enum gcv_status st = gcv_stmt_each(db, GCV_STMT_MAILS, take_mail, &r, err, NULL, 0);
	size_t i;

	for (i = 0; st == GCV_OK && i < sizeof(lists) / sizeof(lists[0]); i++) {
		r.at = 0;
		r.add = lists[i].add;
		st = gcv_stmt_each(db, lists[i].stmt, take_part, &r, err, NULL, 0);
	}
	deal_out(&r);
	free(r.ids);
	free(r.references);
	free(r.files);
	free(r.changes);
	free(r.tags);
	free(r.taken);
	return st;
}

enum gcv_status gcv_db_review_facts(struct gcv_db *db, struct gcv_review_facts *ret,
				    struct gcv_err *err)
{
	enum gcv_status st;
	bool begun;

	*ret = (struct gcv_review_facts){ 0 };
	st = gcv_db_begin_reading(db, &begun, err);
	if (st != GCV_OK)
		return st;
	st = read_mails(db, &ret->mails, err);
	if (st == GCV_OK)
		st = gcv_db_series_all(db, &ret->arena, &ret->records, &ret->nr_records, err);
	st = gcv_db_end_reading(db, begun, st, err);
	if (st != GCV_OK)
		gcv_review_facts_release(ret);
	return st;
}

static enum gcv_status put_lists(struct gcv_db *db, int64_t id, const struct gcv_mail *mail,
				 struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < mail->nr_references; i++)
		st = GCV_RUN(db, GCV_STMT_MAIL_REFERENCE_ADD, err, GCV_INT(id), GCV_INT(i),
			     GCV_TEXT(mail->references[i]));
	for (i = 0; st == GCV_OK && i < mail->nr_files; i++)
		st = GCV_RUN(db, GCV_STMT_MAIL_FILE_ADD, err, GCV_INT(id), GCV_INT(i),
			     GCV_TEXT(mail->files[i]));
	for (i = 0; st == GCV_OK && i < mail->nr_changes; i++) {
		const struct gcv_mail_change *c = &mail->changes[i];

		st = GCV_RUN(db, GCV_STMT_MAIL_CHANGE_ADD, err, GCV_INT(id), GCV_INT(i),
			     GCV_TEXT(c->file), GCV_OPTIONAL_TEXT(c->function), GCV_TEXT(c->api),
			     GCV_INT(c->removed), GCV_INT(c->added));
	}
	for (i = 0; st == GCV_OK && i < mail->nr_tags; i++)
		st = GCV_RUN(db, GCV_STMT_MAIL_TAG_ADD, err, GCV_INT(id), GCV_INT(i),
			     GCV_TEXT(mail->tags[i].key), GCV_OPTIONAL_TEXT(mail->tags[i].name),
			     GCV_TEXT(mail->tags[i].address));
	for (i = 0; st == GCV_OK && i < mail->nr_taken; i++)
		st = GCV_RUN(db, GCV_STMT_MAIL_TAKEN_ADD, err, GCV_INT(id), GCV_INT(i),
			     GCV_INT(mail->taken[i]));
	return st;
}

static enum gcv_status put_mail(struct gcv_db *db, const struct gcv_mail *mail, struct gcv_err *err)
{
	struct gcv_value hash = GCV_BLOB(mail->hash.b, sizeof(mail->hash.b));
	int64_t id = 0;
	enum gcv_status st =
		GCV_LOOK_UP(db, GCV_STMT_MAIL_FIND, &id, err, GCV_TEXT(mail->message_id));

	if (st != GCV_OK || id)
		return st;
	if (!mail->has_diff)
		hash = (struct gcv_value){ .kind = GCV_VALUE_NULL };
	st = GCV_RUN(db, GCV_STMT_MAIL_ADD, err, GCV_TEXT(mail->message_id),
		     GCV_TEXT(mail->subject), GCV_OPTIONAL_TEXT(mail->name),
		     GCV_OPTIONAL_TEXT(mail->address), GCV_ID(mail->date_s),
		     GCV_INT(mail->has_text), GCV_INT(mail->is_nak), GCV_INT(mail->is_taken), hash);
	if (st == GCV_OK)
		st = put_lists(db, sqlite3_last_insert_rowid(db->conn), mail, err);
	return st;
}

enum gcv_status gcv_db_mails_put(struct gcv_db *db, const struct gcv_mails *mails, uint32_t first,
				 const bool *wanted, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_begin_writing(db, err);
	uint32_t i;

	if (st != GCV_OK)
		return st;
	for (i = first; st == GCV_OK && i < mails->nr; i++)
		if (wanted[i])
			st = put_mail(db, &mails->list[i], err);
	return gcv_db_end(db, st, err);
}

/* A tag as a line of a patch. */
static enum gcv_status put_tag(struct gcv_db *db, const struct gcv_review_record *record,
			       const struct gcv_mail_tag *tag, struct gcv_err *err)
{
	const struct gcv_series_record *series = record->series;
	GCV_STRBUF_AUTO struct gcv_strbuf line = { 0 };
	int64_t id = 0;
	enum gcv_status st = GCV_LOOK_UP(db, GCV_STMT_SERIES_BY_VERSION, &id, err,
					 GCV_TEXT(series->conversion), GCV_TEXT(series->scope),
					 GCV_INT(series->version));

	if (st != GCV_OK || !id)
		return st;
	if (*tag->name)
		gcv_strbuf_addf(&line, "%s: %s <%s>", tag->key, tag->name, tag->address);
	else
		gcv_strbuf_addf(&line, "%s: %s", tag->key, tag->address);
	return GCV_RUN(db, GCV_STMT_SERIES_TAG_KEEP, err, GCV_INT(id), GCV_INT(record->number),
		       GCV_TEXT(line.buf));
}

static enum gcv_status put_tags(struct gcv_db *db, const struct gcv_review_patch *patch,
				struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i, k;

	for (i = 0; i < patch->nr_tags; i++)
		for (k = 0; st == GCV_OK && patch->tags[i].counts && k < patch->nr_records; k++)
			st = put_tag(db, &patch->records[k], &patch->tags[i].tag, err);
	return st;
}

enum gcv_status gcv_db_review_tags_put(struct gcv_db *db, const struct gcv_reviews *reviews,
				       struct gcv_err *err)
{
	enum gcv_status st = gcv_db_begin_writing(db, err);
	uint32_t i;

	if (st != GCV_OK)
		return st;
	for (i = 0; st == GCV_OK && i < reviews->nr_patches; i++)
		st = put_tags(db, &reviews->patches[i], err);
	return gcv_db_end(db, st, err);
}
