// SPDX-License-Identifier: GPL-2.0-only
#include "edit/message.h"

#include "edit/signature.h"

#include <stdlib.h>
#include <string.h>

/** NO_BREAK - a space in a text at which no line ends */
#define NO_BREAK "\1"

/* scripts/checkpatch.pl knows a commit by its number and the beginning of its title. */
#define STORY                                                                   \
	"commit" NO_BREAK "fc1d8e7cca2d" NO_BREAK "(\"mm:" NO_BREAK "introduce" \
	" put_user_page*(), placeholder versions\")"

void gcv_message_add(struct gcv_message *message, const struct gcv_message_site *site)
{
	GCV_GROW(message->sites, message->nr_sites, message->cap_sites);
	message->sites[message->nr_sites++] = *site;
}

void gcv_message_release(struct gcv_message *message)
{
	free(message->sites);
	message->sites = NULL;
	message->nr_sites = message->cap_sites = 0;
}

static bool converts_acquires(const struct gcv_message *m)
{
	size_t i;

	for (i = 0; i < m->conversion->nr_pairs; i++)
		if (m->conversion->pairs[i].shape == GCV_API_PAIR_ACQUIRE)
			return true;
	return false;
}

static const char *word_of(const struct gcv_message_site *site, bool want_function)
{
	return want_function ? site->function : site->from;
}

static bool is_repeated(const struct gcv_message *m, uint32_t at, bool is_acquire, bool is_function)
{
	uint32_t i;

	for (i = 0; i < at; i++)
		if (m->sites[i].is_acquire == is_acquire &&
		    strcmp(word_of(&m->sites[i], is_function),
			   word_of(&m->sites[at], is_function)) == 0)
			return true;
	return false;
}

/** MAX_NAMES - functions that a sentence names before it becomes a list */
#define MAX_NAMES 6

/* "a(), b() and c()"; above MAX_NAMES "a(), b() and 7 others". @return how many there are */
static uint32_t name_all(const struct gcv_message *m, bool is_acquire, bool is_function,
			 struct gcv_strbuf *out)
{
	uint32_t i, nr = 0, done = 0, shown;

	for (i = 0; i < m->nr_sites; i++)
		nr += m->sites[i].is_acquire == is_acquire &&
		      !is_repeated(m, i, is_acquire, is_function);
	shown = nr > MAX_NAMES ? MAX_NAMES - 1 : nr;
	for (i = 0; i < m->nr_sites && done < shown; i++) {
		if (m->sites[i].is_acquire != is_acquire ||
		    is_repeated(m, i, is_acquire, is_function))
			continue;
		if (done)
			gcv_strbuf_addstr(out, done + 1 == nr ? " and " : ", ");
		gcv_strbuf_addf(out, "%s()", word_of(&m->sites[i], is_function));
		done++;
	}
	if (shown < nr)
		gcv_strbuf_addf(out, " and %u others", nr - shown);
	return nr;
}

/* The family that a conversion leads to: what the names of its replacements begin with. */
static const char *family(const struct gcv_message *m, bool is_acquire)
{
	const struct gcv_api_conversion *c = m->conversion;
	size_t i;

	for (i = 0; i < c->nr_pairs; i++)
		if ((c->pairs[i].shape == GCV_API_PAIR_ACQUIRE) == is_acquire &&
		    (is_acquire || c->pairs[i].shape == GCV_API_PAIR_SINGLE))
			return c->pairs[i].to;
	return "";
}

/* The function that gets a parameter is the one that is called. */
static const struct gcv_api_pair *signature_pair(const struct gcv_message *m)
{
	uint32_t i;

	for (i = 0; i < m->nr_sites; i++) {
		const struct gcv_api_pair *pair =
			gcv_signature_pair(m->conversion, m->sites[i].from);

		if (pair)
			return pair;
	}
	return gcv_signature_pair(m->conversion, NULL);
}

static void say_parameter(const struct gcv_message *m, const struct gcv_api_pair *pair,
			  struct gcv_strbuf *out)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_arena arena = { 0 };

	gcv_strbuf_addf(&text,
			"Callers choose between %s() and %s(). Give the former an argument %s, so"
			" that one call will do: where it is false, it does what the latter does."
			" This concerns ",
			pair->to, pair->from[1], gcv_signature_parameter(pair, &arena));
	name_all(m, false, true, &text);
	gcv_strbuf_addstr(&text, ". No functional change is intended.");
	gcv_message_wrap(text.buf, out);
	gcv_arena_release(&arena);
}

void gcv_message_title(const struct gcv_message *m, struct gcv_strbuf *out)
{
	const struct gcv_api_pair *pair = signature_pair(m);
	bool has_acquires = converts_acquires(m);
	uint32_t i, nr = 0;
	const char *from = NULL;
	struct gcv_arena arena = { 0 };

	if (pair) {
		gcv_strbuf_addf(out, "add %s argument to %s()",
				gcv_signature_parameter(pair, &arena), pair->to);
		gcv_arena_release(&arena);
		return;
	}
	for (i = 0; i < m->nr_sites; i++) {
		if (m->sites[i].is_acquire != has_acquires ||
		    is_repeated(m, i, has_acquires, false))
			continue;
		from = m->sites[i].from;
		nr++;
	}
	gcv_strbuf_addstr(out, "convert ");
	if (nr == 1)
		gcv_strbuf_addf(out, "%s()", from);
	else
		gcv_strbuf_addstr(out, has_acquires ? "get_user_pages*()" : "put_page()");
	gcv_strbuf_addf(out, " to %s*()", family(m, has_acquires));
}

static void add_word(const char *word, size_t len, struct gcv_strbuf *out)
{
	size_t i;

	for (i = 0; i < len; i++)
		gcv_strbuf_addch(out, word[i] == NO_BREAK[0] ? ' ' : word[i]);
}

void gcv_message_wrap(const char *text, struct gcv_strbuf *out)
{
	size_t column = 0;

	if (out->len)
		gcv_strbuf_addstr(out, "\n\n");
	while (*text) {
		size_t len = strcspn(text, " ");

		if (column && column + 1 + len > GCV_MESSAGE_COLUMNS) {
			gcv_strbuf_addch(out, '\n');
			column = 0;
		} else if (column) {
			gcv_strbuf_addch(out, ' ');
			column++;
		}
		add_word(text, len, out);
		column += len;
		text += len;
		text += strspn(text, " ");
	}
}

static void say_releases(const struct gcv_message *m, struct gcv_strbuf *out)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	GCV_STRBUF_AUTO struct gcv_strbuf takers = { 0 };

	name_all(m, true, true, &takers);
	gcv_strbuf_addstr(&text, "References to pages of user memory");
	/* Another patch may hold the acquire; this one then names none. */
	if (takers.len) {
		gcv_strbuf_addf(&text, " that %s took by ", takers.buf);
		name_all(m, true, false, &text);
	}
	gcv_strbuf_addstr(&text, " are given back by ");
	name_all(m, false, false, &text);
	gcv_strbuf_addstr(&text, " in ");
	name_all(m, false, true, &text);
	gcv_strbuf_addf(&text,
			". Give them back by %s*(), so that the kernel can tell them from other"
			" references: see " STORY ".",
			family(m, false));
	gcv_message_wrap(text.buf, out);
}

static const char *case_text(unsigned int case_nr)
{
	switch (case_nr) {
	case 1:
		return "a device reads or writes their data (case 1, direct I/O";
	case 2:
		return "a device reads or writes their data (case 2, RDMA and the like";
	case 5:
		return "the kernel writes to their data (case 5";
	default:
		return NULL;
	}
}

static void say_pins(const struct gcv_message *m, struct gcv_strbuf *out)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	const char *why = NULL;
	uint32_t i;

	for (i = 0; i < m->nr_sites && !why; i++)
		if (m->sites[i].is_acquire)
			why = case_text(m->sites[i].case_nr);
	gcv_strbuf_addstr(&text, "Pages of user memory that are taken by ");
	name_all(m, true, false, &text);
	gcv_strbuf_addstr(&text, " in ");
	name_all(m, true, true, &text);
	if (why)
		gcv_strbuf_addf(&text,
				" have to be pinned, since %s of"
				" Documentation/core-api/pin_user_pages.rst)",
				why);
	else
		gcv_strbuf_addstr(&text, " have to be pinned:"
					 " see Documentation/core-api/pin_user_pages.rst");
	gcv_strbuf_addf(&text, ". Take them by %s*(), and give them back by %s*() in ",
			family(m, true), family(m, false));
	name_all(m, false, true, &text);
	gcv_strbuf_addstr(&text, ". The story is told in " STORY ".");
	gcv_message_wrap(text.buf, out);
}

static void say_longterm(const struct gcv_message *m, struct gcv_strbuf *out)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_message due = { .conversion = m->conversion };
	uint32_t i;

	for (i = 0; i < m->nr_sites; i++)
		if (m->sites[i].is_acquire && m->sites[i].is_longterm)
			gcv_message_add(&due, &m->sites[i]);
	if (due.nr_sites) {
		gcv_strbuf_addstr(&text, "What is pinned in ");
		name_all(&due, true, true, &text);
		gcv_strbuf_addstr(&text, m->has_longterm
						 ? " can stay for as long as user space"
						   " likes, so FOLL_LONGTERM is set."
						 : " can stay for as long as user space"
						   " likes: FOLL_LONGTERM may be due, which is left"
						   " to another patch.");
		gcv_message_wrap(text.buf, out);
	}
	gcv_message_release(&due);
}

void gcv_message_body(const struct gcv_message *m, struct gcv_strbuf *out)
{
	const struct gcv_api_pair *pair = signature_pair(m);

	if (pair) {
		say_parameter(m, pair, out);
		return;
	}
	if (converts_acquires(m))
		say_pins(m, out);
	else
		say_releases(m, out);
	if (m->nr_folded == 1)
		gcv_message_wrap("A loop, or dirtying and release, becomes one call.", out);
	else if (m->nr_folded)
		gcv_message_wrap("Where a loop does nothing else, one call takes its place.", out);
	if (converts_acquires(m))
		say_longterm(m, out);
}
