/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of a mail as "git format-patch" writes them: headers that are folded and encoded (RFC
 * 2047), addresses, dates, bodies.
 *
 *	gcv_mail_header(&mail, "Subject", "[PATCH 1/2] mm: convert");
 *	gcv_mail_addresses(&mail, "Cc", people.list[GCV_RECIPIENT_CC], people.nr[GCV_RECIPIENT_CC]);
 *	gcv_mail_body(&mail, body.buf, body.len);
 *
 * Text is UTF-8; what is not is taken for ISO 8859-1.
 */
#ifndef GCV_EDIT_MAIL_H
#define GCV_EDIT_MAIL_H

#include "base/strbuf.h"
#include "edit/address.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * gcv_mail_utf8() - append text in which every byte is UTF-8
 * @out: where it goes
 * @text: bytes; those that are no UTF-8 are taken for ISO 8859-1
 * @len_bytes: how many
 */
void gcv_mail_utf8(struct gcv_strbuf *out, const char *text, size_t len_bytes);

/**
 * gcv_mail_header() - append a header of free text
 * @out: the mail
 * @name: "Subject" or the like
 * @text: its text; control characters become blanks
 *
 * It stays on one line, which at least b4 0.12 wants of a subject, as far as RFC 5322 lets it (998
 * bytes). Text that is not ASCII becomes encoded words (RFC 2047).
 */
void gcv_mail_header(struct gcv_strbuf *out, const char *name, const char *text);

/**
 * gcv_mail_addresses() - append a header of addresses, one a line as git does
 * @out: the mail
 * @name: "To", "Cc" or "From"
 * @list: the addresses; nothing is appended where there is none
 * @nr: how many
 *
 * A single one of ASCII stays on one line, which b4 0.12 wants of a sender.
 */
void gcv_mail_addresses(struct gcv_strbuf *out, const char *name, const struct gcv_address *list,
			size_t nr);

/**
 * gcv_mail_address() - append an address as it stands in a body or a tag, "Name <local@domain>"
 * @out: where it goes
 * @address: the address
 */
void gcv_mail_address(struct gcv_strbuf *out, const struct gcv_address *address);

/**
 * gcv_mail_date() - append a Date header
 * @out: the mail
 * @when_s: seconds since 1970
 * @offset_min: the zone's minutes east of Greenwich
 */
void gcv_mail_date(struct gcv_strbuf *out, int64_t when_s, int offset_min);

/**
 * gcv_mail_body() - append MIME headers where the body needs them, an empty line, and the body
 * @out: the mail, with its other headers
 * @body: the body
 * @len_bytes: its length
 *
 * ASCII needs none. UTF-8 goes as 8bit. A body with carriage returns, with lines above SMTP's 998
 * bytes or with bytes that are no UTF-8 goes as quoted-printable, from which "git am" restores
 * every byte.
 */
void gcv_mail_body(struct gcv_strbuf *out, const char *body, size_t len_bytes);

#endif
