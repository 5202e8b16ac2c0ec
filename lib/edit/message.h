/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a patch says of itself: its title and body, from the sites that it converts.
 *
 *	struct gcv_message message = { .conversion = conversion };
 *
 *	gcv_message_add(&message, &site);	once for each site
 *	gcv_message_title(&message, &title);
 *	gcv_message_body(&message, &body);
 *	gcv_message_release(&message);
 */
#ifndef GCV_EDIT_MESSAGE_H
#define GCV_EDIT_MESSAGE_H

#include "base/strbuf.h"
#include "tree/api.h"

#include <stdbool.h>

/** GCV_MESSAGE_COLUMNS - columns of a body: Documentation/process/submitting-patches */
#define GCV_MESSAGE_COLUMNS 75

/**
 * struct gcv_message_site - a site that is converted
 * @is_acquire: else a release
 * @function: function that holds it
 * @from: API that was called there
 * @case_nr: of an acquire: case of pin_user_pages.rst, or 0
 * @is_longterm: of an acquire: FOLL_LONGTERM is due
 */
struct gcv_message_site {
	bool is_acquire;
	const char *function;
	const char *from;
	unsigned int case_nr;
	bool is_longterm;
};

/**
 * struct gcv_message - a message in the making
 * @conversion: what it is about
 * @has_longterm: FOLL_LONGTERM was added where it is due
 * @nr_folded: loops, or releases with their dirtying, that became one call
 * @sites: the sites
 * @nr_sites: how many
 * @cap_sites: room
 */
struct gcv_message {
	const struct gcv_api_conversion *conversion;
	bool has_longterm;
	uint32_t nr_folded;
	struct gcv_message_site *sites;
	uint32_t nr_sites, cap_sites;
};

/**
 * gcv_message_add() - add a site
 * @message: the message
 * @site: copied; its strings are not
 */
void gcv_message_add(struct gcv_message *message, const struct gcv_message_site *site);

/**
 * gcv_message_title() - append the subject behind the area
 * @message: the message
 * @out: "convert put_page() to put_user_page*()"
 */
void gcv_message_title(const struct gcv_message *message, struct gcv_strbuf *out);

/**
 * gcv_message_body() - append the body
 * @message: the message
 * @out: paragraphs, lines of at most GCV_MESSAGE_COLUMNS, without a newline at the end
 */
void gcv_message_body(const struct gcv_message *message, struct gcv_strbuf *out);

/**
 * gcv_message_wrap() - append a paragraph
 * @text: words separated by blanks
 * @out: where; an empty line goes before it where there is something already
 */
void gcv_message_wrap(const char *text, struct gcv_strbuf *out);

/**
 * gcv_message_release() - free a message
 * @message: a zeroed one is allowed
 */
void gcv_message_release(struct gcv_message *message);

#endif
