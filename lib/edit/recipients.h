/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who gets a mail.
 *
 *	struct gcv_recipients people = { 0 };
 *
 *	gcv_maintainers_find(m, path, &arena, &matches, &nr);
 *	gcv_recipients_add_matches(&people, matches, nr, &arena, &nr_damaged);
 *	if (gcv_recipients_add(&people, GCV_RECIPIENT_CC, "x@example.org", &arena, err) != GCV_OK)
 *		…
 *	gcv_recipients_release(&people);
 */
#ifndef GCV_EDIT_RECIPIENTS_H
#define GCV_EDIT_RECIPIENTS_H

#include "base/strbuf.h"
#include "edit/address.h"
#include "tree/maintainers.h"

/**
 * enum gcv_recipient - where a recipient stands
 * @GCV_RECIPIENT_TO: in To
 * @GCV_RECIPIENT_CC: a person in Cc
 * @GCV_RECIPIENT_LIST: a mailing list, behind the people of Cc
 * @GCV_RECIPIENT_EVERYTHING: a mailing list for the whole tree, behind all others
 */
enum gcv_recipient {
	GCV_RECIPIENT_TO,
	GCV_RECIPIENT_CC,
	GCV_RECIPIENT_LIST,
	GCV_RECIPIENT_EVERYTHING,
};

/** GCV_RECIPIENT_NR - number of these */
#define GCV_RECIPIENT_NR 4

/**
 * struct gcv_recipients - who gets a mail; a zeroed one is empty
 * @list: the addresses, by enum gcv_recipient, in the order in which they came
 * @nr: how many of each
 * @cap: allocated
 *
 * Nobody is in it twice, by the address or by the name (letters compared without case). Who is
 * there already and comes again for an earlier header moves there.
 */
struct gcv_recipients {
	struct gcv_address *list[GCV_RECIPIENT_NR];
	size_t nr[GCV_RECIPIENT_NR], cap[GCV_RECIPIENT_NR];
};

/**
 * gcv_recipients_add() - add an address
 * @people: the list
 * @where: where it stands
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
 * Maintainers go To; reviewers and lists go Cc, the lists of entries for the rest of the tree last.
 * Lists that take mail from subscribers only are left out, and so are the people of entries for the
 * rest of the tree, as get_maintainer.pl does.
 */
void gcv_recipients_add_matches(struct gcv_recipients *people,
				const struct gcv_maintainers_match *matches, size_t nr,
				struct gcv_arena *arena, size_t *ret_nr_damaged);

/**
 * gcv_recipients_header() - append the headers To and Cc
 * @people: the list
 * @out: the mail
 *
 * Where nobody stands in To, the first list goes there, or whoever is first.
 */
void gcv_recipients_header(const struct gcv_recipients *people, struct gcv_strbuf *out);

/**
 * gcv_recipients_release() - free the list
 * @people: the list; a zeroed one is allowed
 */
void gcv_recipients_release(struct gcv_recipients *people);

#endif
