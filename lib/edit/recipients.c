// SPDX-License-Identifier: GPL-2.0-only
#include "edit/recipients.h"

#include "edit/mail.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_same_person(const struct gcv_address *a, const struct gcv_address *b)
{
	return strcasecmp(a->email, b->email) == 0 ||
	       (*a->name && strcasecmp(a->name, b->name) == 0);
}

/* The place of somebody in the list, or false. */
static bool find(const struct gcv_recipients *people, const struct gcv_address *who,
		 size_t *ret_where, size_t *ret_i)
{
	size_t where, i;

	for (where = 0; where < GCV_RECIPIENT_NR; where++)
		for (i = 0; i < people->nr[where]; i++)
			if (is_same_person(&people->list[where][i], who)) {
				*ret_where = where;
				*ret_i = i;
				return true;
			}
	return false;
}

static void add(struct gcv_recipients *people, size_t where, struct gcv_address who)
{
	size_t there, i;

	if (find(people, &who, &there, &i)) {
		if (there <= where)
			return;
		people->nr[there]--;
		memmove(people->list[there] + i, people->list[there] + i + 1,
			(people->nr[there] - i) * sizeof(who));
	}
	GCV_GROW(people->list[where], people->nr[where], people->cap[where]);
	people->list[where][people->nr[where]++] = who;
}

enum gcv_status gcv_recipients_add(struct gcv_recipients *people, enum gcv_recipient where,
				   const char *text, struct gcv_arena *arena, struct gcv_err *err)
{
	struct gcv_address who;
	enum gcv_status status = gcv_address_parse(text, arena, &who, err);

	if (status == GCV_OK)
		add(people, where, who);
	return status;
}

void gcv_recipients_merge(struct gcv_recipients *people, const struct gcv_recipients *other)
{
	size_t where, i;

	for (where = 0; where < GCV_RECIPIENT_NR; where++)
		for (i = 0; i < other->nr[where]; i++)
			add(people, where, other->list[where][i]);
}

/* Where the line of an entry that a file matches @depth deep goes, or false: nowhere. */
static bool where_of(const struct gcv_maintainers_field *field, int depth,
		     enum gcv_recipient *ret_where)
{
	bool is_rest = depth < 0;

	switch (field->letter) {
	case 'M':
		*ret_where = GCV_RECIPIENT_TO;
		return !is_rest;
	case 'R':
		*ret_where = GCV_RECIPIENT_CC;
		return !is_rest;
	case 'L':
		*ret_where = is_rest ? GCV_RECIPIENT_EVERYTHING : GCV_RECIPIENT_LIST;
		return !strstr(field->value, "subscribers-only");
	default:
		return false;
	}
}

static void add_entry(struct gcv_recipients *people, const struct gcv_maintainers_match *match,
		      struct gcv_arena *arena, size_t *nr_damaged)
{
	const struct gcv_maintainers_entry *entry = match->entry;
	enum gcv_recipient where;
	size_t i;

	for (i = 0; i < entry->nr_fields; i++)
		if (where_of(&entry->fields[i], match->depth, &where) &&
		    gcv_recipients_add(people, where, entry->fields[i].value, arena, NULL) !=
			    GCV_OK)
			(*nr_damaged)++;
}

void gcv_recipients_add_matches(struct gcv_recipients *people,
				const struct gcv_maintainers_match *matches, size_t nr,
				struct gcv_arena *arena, size_t *ret_nr_damaged)
{
	struct gcv_recipients found = { 0 };
	size_t i, nr_damaged = 0;

	for (i = 0; i < nr; i++)
		add_entry(&found, &matches[i], arena, &nr_damaged);
	gcv_recipients_merge(people, &found);
	gcv_recipients_release(&found);
	if (ret_nr_damaged)
		*ret_nr_damaged += nr_damaged;
}

/* All addresses of some places, for the caller to free(). */
static struct gcv_address *concatenate(const struct gcv_recipients *people, size_t first,
				       size_t *ret_nr)
{
	struct gcv_address *all;
	size_t nr = 0, where, i;

	for (where = first; where < GCV_RECIPIENT_NR; where++)
		nr += people->nr[where];
	all = gcv_zalloc(nr, sizeof(*all));
	for (nr = 0, where = first; where < GCV_RECIPIENT_NR; where++)
		for (i = 0; i < people->nr[where]; i++)
			all[nr++] = people->list[where][i];
	*ret_nr = nr;
	return all;
}

void gcv_recipients_header(const struct gcv_recipients *people, struct gcv_strbuf *out)
{
	size_t first = people->nr[GCV_RECIPIENT_LIST] ? GCV_RECIPIENT_LIST : GCV_RECIPIENT_CC;
	struct gcv_recipients with_to = { 0 };
	struct gcv_address *cc;
	size_t nr;

	gcv_recipients_merge(&with_to, people);
	/* A mail needs a To: the first list where there is no maintainer, else whoever is first. */
	cc = concatenate(people, first, &nr);
	if (!people->nr[GCV_RECIPIENT_TO] && nr)
		add(&with_to, GCV_RECIPIENT_TO, cc[0]);
	free(cc);
	gcv_mail_addresses(out, "To", with_to.list[GCV_RECIPIENT_TO], with_to.nr[GCV_RECIPIENT_TO]);
	cc = concatenate(&with_to, GCV_RECIPIENT_CC, &nr);
	gcv_mail_addresses(out, "Cc", cc, nr);
	free(cc);
	gcv_recipients_release(&with_to);
}

void gcv_recipients_release(struct gcv_recipients *people)
{
	size_t where;

	for (where = 0; where < GCV_RECIPIENT_NR; where++)
		free(people->list[where]);
	*people = (struct gcv_recipients){ 0 };
}
