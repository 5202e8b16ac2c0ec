/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mail addresses, as MAINTAINERS, git's configuration and tags have them, and lists of them.
 *
 *	struct gcv_recipients people = { 0 };
 *
 *	if (gcv_recipients_add(&people, GCV_RECIPIENT_CC, "Jörg X. <j@example.org>", &arena, err) !=
 *GCV_OK) … gcv_recipients_add_matches(&people, matches, nr, &arena, &nr_skipped);
 *
 * Nothing that is not one address gets in: no line break, no second address, no control character.
 */
#ifndef GCV_EDIT_ADDRESS_H
#define GCV_EDIT_ADDRESS_H

#include "base/alloc.h"
#include "base/err.h"
#include "tree/maintainers.h"

/**
 * struct gcv_address - one mail address
 * @name: the person's name in UTF-8, without quotes; "" where there is none
 * @email: local@domain in ASCII
 */
struct gcv_address {
	const char *name, *email;
};

/**
 * enum gcv_recipient - the header that a recipient stands in
 * @GCV_RECIPIENT_TO: To
 * @GCV_RECIPIENT_CC: Cc
 */
enum gcv_recipient { GCV_RECIPIENT_TO, GCV_RECIPIENT_CC };

/**
 * struct gcv_recipients - who gets a mail; a zeroed one is empty
 * @list: the addresses; GCV_RECIPIENT_TO and GCV_RECIPIENT_CC are the indices
 * @nr: how many
 * @cap: allocated
 *
 * No address is in it twice (letters compared without case); To beats Cc. Mailing lists stand
 * behind people, in the order in which they came.
 */
struct gcv_recipients {
	struct gcv_address *list[2];
	size_t nr[2], cap[2];
};

/**
 * gcv_address_parse() - read an address
 * @text: "Name <local@domain>", "local@domain" or either with a comment behind it; the name may
 * stand in quotes and may be anything: bytes that are no UTF-8 are taken for ISO 8859-1, control
 *        characters become blanks
 * @arena: owns the result
 * @ret: the address
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (no address, or one with blanks, control characters, angle
 * brackets, commas or bytes that are not ASCII, which headers cannot hold).
 */
enum gcv_status gcv_address_parse(const char *text, struct gcv_arena *arena,
				  struct gcv_address *ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_recipients_add() - add an address
 * @people: the list
 * @where: To or Cc
 * @text: as for gcv_address_parse()
 * @arena: owns what is kept
 * @err: sentence on failure
 *
 * Return: what gcv_address_parse() returns.
 */
enum gcv_status gcv_recipients_add(struct gcv_recipients *people, enum gcv_recipient where,
				   const char *text, struct gcv_arena *arena,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_recipients_merge() - add the addresses of another list
 * @people: the list
 * @other: what is added
 */
void gcv_recipients_merge(struct gcv_recipients *people, const struct gcv_recipients *other);

/**
 * gcv_recipients_add_matches() - add the people and lists of MAINTAINERS entries
 * @people: the list
 * @matches: what gcv_maintainers_find() gave for a file
 * @nr: how many
 * @arena: owns what is kept
 * @ret_nr_damaged: incremented for each address that is none; may be NULL
 *
 * Maintainers go To; reviewers and lists go Cc, the lists of the least specific entry (the kernel's
 * own) last. Lists that take mail from subscribers only are left out, and so are the people of
 * entries for the rest of the tree, as get_maintainer.pl does. Where no match has a maintainer, the
 * first list goes To.
 */
void gcv_recipients_add_matches(struct gcv_recipients *people,
				const struct gcv_maintainers_match *matches, size_t nr,
				struct gcv_arena *arena, size_t *ret_nr_damaged);

/**
 * gcv_recipients_release() - free the list
 * @people: the list; a zeroed one is allowed
 */
void gcv_recipients_release(struct gcv_recipients *people);

#endif
