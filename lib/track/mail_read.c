// SPDX-License-Identifier: GPL-2.0-only
#include "track/mail_read.h"

#include "base/strbuf.h"
#include "edit/address.h"
#include "track/mbox.h"
#include "track/patch_text.h"
#include "track/reply_text.h"
#include "track/subject.h"

#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

/** PARTS - a mail with more parts than that is read no further: no person writes it */
#define PARTS 64
/** SUBJECT_BYTES - a subject is cut there */
#define SUBJECT_BYTES 500
/** NAME_BYTES - a name, address or id is cut there */
#define NAME_BYTES 250
/** LAST_SECOND - of the year 9999 */
#define LAST_SECOND 253402300799

/** struct reading - mails while they are read */
struct reading {
	const struct gcv_api *api;
	struct gcv_mails *mails;
};

static const char *clean(struct gcv_arena *arena, const char *text, size_t most)
{
	return text ? gcv_address_clean_name(text, strnlen(text, most), arena) : "";
}

/* Text of a part as UTF-8. Charsets that nobody knows are taken as they are. */
static void add_part(GMimePart *part, struct gcv_strbuf *out)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	const char *charset =
		g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
	GMimeStream *stream, *filtered;
	GMimeFilter *filter = NULL;
	const GByteArray *bytes;
	size_t i;

	if (!content)
		return;
	stream = g_mime_stream_mem_new();
	filtered = g_mime_stream_filter_new(stream);
	if (charset && strcasecmp(charset, "utf-8") != 0 && strcasecmp(charset, "us-ascii") != 0)
		filter = g_mime_filter_charset_new(charset, "UTF-8");
	if (filter) {
		g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered), filter);
		g_object_unref(filter);
	}
	g_mime_data_wrapper_write_to_stream(content, filtered);
	g_mime_stream_flush(filtered);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	for (i = 0; i < bytes->len; i++) {
		char ch = (char)bytes->data[i];

		if (ch == '\r' && i + 1 < bytes->len && bytes->data[i + 1] == '\n' && filter)
			continue;
		gcv_strbuf_addch(out, ch ? ch : '?');
	}
	gcv_strbuf_addch(out, '\n');
	g_object_unref(filtered);
	g_object_unref(stream);
}

/* Plain text and patches, also attached ones; what is forwarded is not what the sender says. */
static void add_text(GMimeObject *object, unsigned int *left, struct gcv_strbuf *out)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);
	int i;

	if (!*left)
		return;
	--*left;
	if (GMIME_IS_MULTIPART(object)) {
		GMimeMultipart *parts = GMIME_MULTIPART(object);

		for (i = 0; i < g_mime_multipart_get_count(parts) && *left; i++)
			add_text(g_mime_multipart_get_part(parts, i), left, out);
	} else if (GMIME_IS_PART(object) &&
		   (!type || (g_mime_content_type_is_type(type, "text", "*") &&
			      !g_mime_content_type_is_type(type, "text", "html")))) {
		add_part(GMIME_PART(object), out);
	}
}

static void add_references(struct gcv_arena *arena, const char *text, bool is_last_first,
			   struct gcv_mail *ret)
{
	GMimeReferences *list = text ? g_mime_references_parse(NULL, text) : NULL;
	int nr = list ? g_mime_references_length(list) : 0, i;

	for (i = 0; i < nr && ret->nr_references < GCV_MAIL_REFERENCES; i++) {
		const char *id =
			g_mime_references_get_message_id(list, is_last_first ? nr - 1 - i : i);

		if (id && *id && strcmp(id, ret->message_id) != 0)
			ret->references[ret->nr_references++] = clean(arena, id, NAME_BYTES);
	}
	if (list)
		g_mime_references_free(list);
}

static void read_head(GMimeMessage *message, struct gcv_arena *arena, struct gcv_mail *ret)
{
	InternetAddressList *from = g_mime_message_get_from(message);
	GDateTime *date = g_mime_message_get_date(message);
	InternetAddress *first = NULL;
	gint64 when = date ? g_date_time_to_unix(date) : 0;

	if (from && internet_address_list_length(from) > 0)
		first = internet_address_list_get_address(from, 0);
	*ret = (struct gcv_mail){
		.message_id = clean(arena, g_mime_message_get_message_id(message), NAME_BYTES),
		.subject = clean(arena, g_mime_message_get_subject(message), SUBJECT_BYTES),
		.name = clean(arena, first ? internet_address_get_name(first) : NULL, NAME_BYTES),
		.address = "",
		.date_s = when > 0 && when <= LAST_SECOND ? when : 0,
	};
	if (first && INTERNET_ADDRESS_IS_MAILBOX(first))
		ret->address = clean(
			arena, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)),
			NAME_BYTES);
	ret->references = gcv_arena_alloc(arena, sizeof(*ret->references) * GCV_MAIL_REFERENCES);
	add_references(arena, g_mime_object_get_header(GMIME_OBJECT(message), "In-Reply-To"), false,
		       ret);
	add_references(arena, g_mime_object_get_header(GMIME_OBJECT(message), "References"), true,
		       ret);
}

static void read_body(GMimeMessage *message, const struct gcv_api *api, struct gcv_arena *arena,
		      struct gcv_mail *ret)
{
	GMimeObject *body = g_mime_message_get_mime_part(message);
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	unsigned int left = PARTS;
	struct gcv_subject s;

	if (body)
		add_text(body, &left, &text);
	if (!text.len)
		return;
	gcv_subject_parse(ret->subject, &s);
	if (s.is_patch && !s.is_reply) {
		gcv_patch_text_read(text.buf, api, arena, ret);
		gcv_reply_text_tags(text.buf, arena, ret);
	} else {
		gcv_reply_text_read(text.buf, arena, ret);
	}
}

/* Types of parts that have parts within: the parser calls itself for each. */
static bool is_nesting(const char *mail, const char *slash)
{
	static const char *const words[] = { "multipart/", "message/" };
	size_t i;

	for (i = 0; i < 2; i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(slash - mail) + 1 >= n && strncasecmp(slash + 1 - n, words[i], n) == 0)
			return true;
	}
	return false;
}

/* Where a mail is to be cut that has more parts, in each other or in a row, than people make. A
 * line of two dashes may part them, though not that of a signature or of a diff. */
static size_t sound_length(const char *mail, size_t len)
{
	unsigned int nr_nesting = 0, nr_rows = 0;
	size_t i;

	for (i = 1; i + 2 < len; i++) {
		if (mail[i] == '/' && is_nesting(mail, mail + i) && ++nr_nesting > PARTS)
			return i;
		if (mail[i - 1] == '\n' && mail[i] == '-' && mail[i + 1] == '-' && nr_nesting &&
		    mail[i + 2] != ' ' && strncmp(mail + i, "--- ", 4) != 0 &&
		    strncmp(mail + i, "---\n", 4) != 0 && ++nr_rows > 16 * PARTS)
			return i;
	}
	return len;
}

/* A mail without an id gets one of its bytes, so that it is known again. */
static const char *make_id(struct gcv_arena *arena, const char *bytes, size_t len)
{
	struct gcv_hash hash = gcv_hash_bytes(bytes, len);
	char hex[GCV_HASH_HEX_BYTES];

	return gcv_arena_printf(arena, "%s" GCV_MAIL_NO_ID, gcv_hash_hex(&hash, hex));
}

static enum gcv_status take_mail(void *data, const char *bytes, size_t len, struct gcv_err *err)
{
	struct reading *r = data;
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, sound_length(bytes, len));
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	struct gcv_mail mail;

	(void)err;
	if (message) {
		read_head(message, &r->mails->arena, &mail);
		if (!*mail.message_id)
			mail.message_id = make_id(&r->mails->arena, bytes, len);
		if (*mail.subject && gcv_mails_find(r->mails, mail.message_id) == GCV_INTERN_NONE) {
			read_body(message, r->api, &r->mails->arena, &mail);
			gcv_mails_add(r->mails, &mail);
		}
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	return GCV_OK;
}

/* GMime cannot be begun anew once it was shut down, so it stays until the process ends. */
enum gcv_status gcv_mail_read_path(const char *path, const struct gcv_api *api,
				   struct gcv_mails *mails, uint32_t *ret_nr, struct gcv_err *err)
{
	struct reading r = { api, mails };
	enum gcv_status st;

	g_mime_init();
	st = gcv_mbox_each(path, take_mail, &r, ret_nr, err);
	return st;
}

enum gcv_status gcv_mail_read_text(const char *text, size_t len_bytes, const char *name,
				   const struct gcv_api *api, struct gcv_mails *mails,
				   uint32_t *ret_nr, struct gcv_err *err)
{
	struct reading r = { api, mails };
	enum gcv_status st;

	g_mime_init();
	st = gcv_mbox_each_of_text(text, len_bytes, name, take_mail, &r, ret_nr, err);
	return st;
}
