// SPDX-License-Identifier: GPL-2.0-only
#include "report/explain.h"

#include "report/explain_state.h"
#include "tree/hash.h"

#include <stdlib.h>
#include <string.h>

/** LONGEST - bytes of a source line that are kept */
#define LONGEST 400

/** MOST_STEPS - steps of a site that are looked at */
#define MOST_STEPS 5000

/** MOST_LINES - lines of a call that are shown */
#define MOST_LINES 6

static enum gcv_status compare(struct gcv_explain_state *s, const char *file, struct gcv_err *err)
{
	const struct gcv_explain_source *source = s->source;
	uint32_t nr = s->files.nr;
	struct gcv_hash now, then;
	bool found = false;
	enum gcv_status st;

	if (gcv_intern_add(&s->files, file, strlen(file)) < nr)
		return GCV_OK;
	st = source->file_hash(source->rows->ctx, s->query->label, file, then.b, &found, err);
	if (st != GCV_OK || !found ||
	    (gcv_lines_hash(source->lines, file, &now) && gcv_hash_equal(&now, &then)))
		return st;
	GCV_GROW(s->explain->changed, s->explain->nr_changed, s->explain->cap_changed);
	s->explain->changed[s->explain->nr_changed++] = gcv_arena_strdup(&s->explain->arena, file);
	return GCV_OK;
}

static bool is_blank(char ch)
{
	return ch == ' ' || (ch >= '\t' && ch <= '\r');
}

/* Append a line with single blanks. Return: how many brackets are open behind it. */
static int add_line(struct gcv_strbuf *text, const char *line, size_t len, int open)
{
	size_t i;

	for (i = 0; i < len && line[i] && text->len < LONGEST; i++) {
		open += line[i] == '(';
		open -= line[i] == ')';
		if (!is_blank(line[i]))
			gcv_strbuf_addch(text, line[i]);
		else if (text->len && text->buf[text->len - 1] != ' ' &&
			 text->buf[text->len - 1] != '(')
			gcv_strbuf_addch(text, ' ');
	}
	return open;
}

static const char *text_at(struct gcv_explain_state *s, const char *file, uint32_t line)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	unsigned int i;
	int open = 0;

	for (i = 0; i < MOST_LINES && (!i || open > 0) && text.len < LONGEST; i++) {
		size_t len;
		const char *at = gcv_lines_text(s->source->lines, file, line + i, &len);

		if (!at)
			break;
		if (text.len && text.buf[text.len - 1] != ' ' && text.buf[text.len - 1] != '(')
			gcv_strbuf_addch(&text, ' ');
		open = add_line(&text, at, len, open);
	}
	while (text.len && text.buf[text.len - 1] == ' ')
		text.len--;
	return text.len ? gcv_arena_strndup(&s->explain->arena, text.buf, text.len) : NULL;
}

enum gcv_status gcv_explain_place(struct gcv_explain_state *s, const char *file, uint32_t line,
				  const char *function, struct gcv_explain_place *ret,
				  struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;

	*ret = (struct gcv_explain_place){ .file = file, .line = line, .function = function };
	if (!s->source->lines || !*file || !line)
		return GCV_OK;
	st = compare(s, file, err);
	if (st == GCV_OK)
		ret->text = text_at(s, file, line);
	return st;
}

static const char *copy(struct gcv_arena *arena, const char *text)
{
	return gcv_arena_strdup(arena, text);
}

static const struct gcv_result *copy_result(struct gcv_arena *arena, const struct gcv_result *from)
{
	struct gcv_result *result = gcv_arena_alloc(arena, sizeof(*result));
	struct gcv_result_reason *reasons =
		gcv_arena_alloc(arena, sizeof(*reasons) * (from->nr_reasons + 1));
	uint32_t *partners = gcv_arena_alloc(arena, sizeof(*partners) * (from->nr_partners + 1));
	const char **ids = gcv_arena_alloc(arena, sizeof(*ids) * (from->nr_partners + 1));
	uint32_t i;

	*result = *from;
	result->conversion = copy(arena, from->conversion);
	result->pattern = copy(arena, from->pattern);
	result->verdict = copy(arena, from->verdict);
	result->provenance = copy(arena, from->provenance);
	result->dirty = copy(arena, from->dirty);
	for (i = 0; i < from->nr_reasons; i++)
		reasons[i] = (struct gcv_result_reason){ .code = copy(arena, from->reasons[i].code),
							 .text = copy(arena, from->reasons[i].text),
							 .file = copy(arena, from->reasons[i].file),
							 .line = from->reasons[i].line };
	for (i = 0; i < from->nr_partners; i++) {
		partners[i] = from->partners[i];
		ids[i] = copy(arena, from->partner_ids[i]);
	}
	result->reasons = reasons;
	result->partners = partners;
	result->partner_ids = ids;
	return result;
}

/* Without the persons, whom nobody asks for here. */
static const struct gcv_subsystem *copy_subsystem(struct gcv_arena *arena,
						  const struct gcv_subsystem *from)
{
	struct gcv_subsystem *subsystem = gcv_arena_alloc(arena, sizeof(*subsystem));

	subsystem->title = copy(arena, from->title);
	subsystem->status = copy(arena, from->status);
	return subsystem;
}

static const struct gcv_site *copy_site(struct gcv_arena *arena, const struct gcv_site *from)
{
	struct gcv_site *site = gcv_arena_alloc(arena, sizeof(*site));
	uint32_t i;

	*site = *from;
	site->id = copy(arena, from->id);
	site->role = copy(arena, from->role);
	site->file = copy(arena, from->file);
	site->function = copy(arena, from->function);
	site->api = copy(arena, from->api);
	site->flags = copy(arena, from->flags);
	site->macro = copy(arena, from->macro);
	site->macro_file = copy(arena, from->macro_file);
	site->configs = gcv_arena_alloc(arena, sizeof(*site->configs) * (from->nr_configs + 1));
	for (i = 0; i < from->nr_configs; i++)
		site->configs[i] = copy(arena, from->configs[i]);
	if (from->subsystem)
		site->subsystem = copy_subsystem(arena, from->subsystem);
	if (from->result)
		site->result = copy_result(arena, from->result);
	return site;
}

static enum gcv_status take_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct gcv_explain_state *s = data;

	(void)err;
	GCV_GROW(s->all, s->nr_all, s->cap_all);
	s->all[s->nr_all++] = copy_site(&s->explain->arena, site);
	if (site->result && !*s->explain->conversion)
		s->explain->conversion = s->all[s->nr_all - 1]->result->conversion;
	return GCV_OK;
}

static enum gcv_status take_api(void *data, const struct gcv_snapshot_api *api, struct gcv_err *err)
{
	struct gcv_explain_state *s = data;

	(void)err;
	if (strcmp(api->state, "absent") != 0)
		gcv_intern_add(&s->declared, api->name, strlen(api->name));
	return GCV_OK;
}

/* The numbers of sites come from the database: none is larger than there are sites. */
static void number_sites(struct gcv_explain_state *s)
{
	uint32_t i;

	s->nr_numbers = s->nr_all;
	s->numbers = gcv_zalloc(s->nr_all + 1, sizeof(*s->numbers));
	for (i = 0; i < s->nr_all; i++)
		if (s->all[i]->result && s->all[i]->result->site < s->nr_all)
			s->numbers[s->all[i]->result->site] = i + 1;
}

static bool is_asked(const struct gcv_explain_query *query, const struct gcv_site *site)
{
	if (query->id)
		return strcmp(query->id, site->id) == 0;
	return (site->line == query->line && strcmp(site->file, query->file) == 0) ||
	       (*site->macro_file && site->macro_line == query->line &&
		strcmp(site->macro_file, query->file) == 0);
}

static enum gcv_status add_site(struct gcv_explain_state *s, const struct gcv_site *site,
				bool asked, struct gcv_err *err)
{
	struct gcv_explain_site *made;

	GCV_GROW(s->explain->sites, s->explain->nr_sites, s->explain->cap_sites);
	made = &s->explain->sites[s->explain->nr_sites++];
	*made = (struct gcv_explain_site){ .site = site,
					   .is_asked = asked,
					   .sentence = gcv_explain_sentence(s, site),
					   .use = gcv_explain_use(site),
					   .summary = gcv_explain_summary(s, site),
					   .uses.site = GCV_NONE };
	return gcv_explain_place(s, site->file, site->line, site->function, &made->place, err);
}

/* Index of a site in the explanation, or GCV_NONE. */
static uint32_t index_of(const struct gcv_explain_state *s, const struct gcv_site *site)
{
	uint32_t i;

	for (i = 0; i < s->explain->nr_sites; i++)
		if (s->explain->sites[i].site == site)
			return i;
	return GCV_NONE;
}

static const struct gcv_site *partner(const struct gcv_explain_state *s,
				      const struct gcv_result *result, uint32_t i)
{
	uint32_t number = result->partners[i];

	if (number >= s->nr_numbers || !s->numbers[number])
		return NULL;
	return s->all[s->numbers[number] - 1];
}

static enum gcv_status choose_sites(struct gcv_explain_state *s, struct gcv_err *err)
{
	struct gcv_explain *e = s->explain;
	enum gcv_status st = GCV_OK;
	uint32_t i, k;

	for (i = 0; i < s->nr_all && st == GCV_OK; i++)
		if (is_asked(s->query, s->all[i]))
			st = add_site(s, s->all[i], true, err);
	e->nr_asked = e->nr_sites;
	for (i = 0; i < e->nr_asked && st == GCV_OK; i++) {
		const struct gcv_result *result = e->sites[i].site->result;

		for (k = 0; result && k < result->nr_partners && st == GCV_OK; k++) {
			const struct gcv_site *other = partner(s, result, k);

			if (other && index_of(s, other) == GCV_NONE)
				st = add_site(s, other, false, err);
		}
	}
	return st;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
	return a < b ? b - a : a - b;
}

static void find_nearest(struct gcv_explain_state *s)
{
	struct gcv_explain *e = s->explain;
	uint32_t i, k;

	for (i = 0; !s->query->id && i < s->nr_all; i++) {
		const struct gcv_site *site = s->all[i];

		if (site->homonym || strcmp(site->file, s->query->file) != 0)
			continue;
		for (k = e->nr_nearest;
		     k && distance(site->line, s->query->line) <
				  distance(e->nearest[k - 1]->line, s->query->line);
		     k--)
			if (k < GCV_EXPLAIN_NEAREST)
				e->nearest[k] = e->nearest[k - 1];
		if (k < GCV_EXPLAIN_NEAREST) {
			e->nearest[k] = site;
			if (e->nr_nearest < GCV_EXPLAIN_NEAREST)
				e->nr_nearest++;
		}
	}
}

/* Why is the other end as it is that a reason points to? */
static const char *note_on(const struct gcv_explain_state *s, const struct gcv_result *result,
			   const struct gcv_result_reason *reason)
{
	const struct gcv_result_reason *theirs;
	uint32_t i;

	if (strcmp(reason->code, "release-refused") != 0)
		return NULL;
	for (i = 0; i < result->nr_partners; i++) {
		const struct gcv_site *other = partner(s, result, i);

		if (!other || !other->result || other->line != reason->line ||
		    strcmp(other->file, reason->file) != 0)
			continue;
		theirs = gcv_explain_main_reason(other->result);
		return theirs ? theirs->text : NULL;
	}
	return NULL;
}

static enum gcv_status read_reasons(struct gcv_explain_state *s, struct gcv_explain_site *site,
				    struct gcv_err *err)
{
	const struct gcv_result *result = site->site->result;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	site->reasons = gcv_arena_alloc(&s->explain->arena,
					sizeof(*site->reasons) * (result->nr_reasons + 1));
	for (i = 0; i < result->nr_reasons && st == GCV_OK; i++) {
		const struct gcv_result_reason *reason = &result->reasons[i];

		site->reasons[i].code = reason->code;
		site->reasons[i].text = reason->text;
		site->reasons[i].note = note_on(s, result, reason);
		st = gcv_explain_place(s, reason->file, reason->line, "", &site->reasons[i].place,
				       err);
	}
	site->nr_reasons = i;
	return st;
}

/* The steps of a site; of a database that is made to hurt no more than can be put in order. */
static enum gcv_status read_steps(struct gcv_explain_state *s, const struct gcv_site *site,
				  struct gcv_result_step **ret_steps, uint32_t *ret_nr,
				  struct gcv_err *err)
{
	enum gcv_status st;

	*ret_nr = 0;
	st = s->source->steps(s->source->rows->ctx, s->query->label, s->query->conversion,
			      site->result->site, &s->explain->arena, ret_steps, ret_nr, err);
	if (st == GCV_OK && *ret_nr > MOST_STEPS)
		*ret_nr = MOST_STEPS;
	return st;
}

/* Is a function named in a text, with its brackets? */
static bool is_named(const char *text, const char *function)
{
	size_t len = strlen(function);
	const char *at;

	for (at = strstr(text, function); at; at = strstr(at + 1, function))
		if (at[len] == '(' && (at == text || at[-1] == ' '))
			return true;
	return false;
}

/* How well does a step stand for a release site? The smaller the better, GCV_NONE is not at all. */
static uint32_t mismatch(const char *file, const char *function, uint32_t line, const char *text,
			 const struct gcv_site *release)
{
	if (strcmp(file, release->file) != 0 || strcmp(function, release->function) != 0 ||
	    !is_named(text, release->api))
		return GCV_NONE;
	return distance(line, release->line);
}

/* Which of the releases of the acquire ends a way? */
static uint32_t site_of_step(const struct gcv_explain_state *s, const struct gcv_result *result,
			     const struct gcv_explain_step *step)
{
	uint32_t i, best = GCV_NONE, found = GCV_NONE;

	for (i = 0; i < result->nr_partners; i++) {
		const struct gcv_site *other = partner(s, result, i);
		uint32_t now = other ? mismatch(step->place.file, step->place.function,
						step->place.line, step->text, other)
				     : GCV_NONE;

		if (now < best) {
			best = now;
			found = index_of(s, other);
		}
	}
	return found;
}

static void add_way(struct gcv_explain_site *site, const struct gcv_explain_way *way)
{
	GCV_GROW(site->ways, site->nr_ways, site->cap_ways);
	site->ways[site->nr_ways++] = *way;
}

static enum gcv_status fill_acquire(struct gcv_explain_state *s, struct gcv_explain_site *site,
				    struct gcv_err *err)
{
	const struct gcv_result *result = site->site->result;
	struct gcv_result_step *steps;
	struct gcv_explain_way way;
	enum gcv_status st;
	uint32_t nr, i;

	st = read_steps(s, site->site, &steps, &nr, err);
	if (st == GCV_OK)
		st = gcv_explain_tree(s, steps, nr, &way, err);
	if (st == GCV_OK)
		st = gcv_explain_uses(s, steps, nr, &site->uses, err);
	if (st != GCV_OK)
		return st;
	for (i = 0; i < way.nr_steps; i++)
		if (strcmp(way.steps[i].kind, "release") == 0)
			way.steps[i].site = site_of_step(s, result, &way.steps[i]);
	if (way.nr_steps)
		add_way(site, &way);
	return GCV_OK;
}

/* The way from an acquire to a release, the one that ends nearest to it. */
static enum gcv_status add_from(struct gcv_explain_state *s, struct gcv_explain_site *site,
				const struct gcv_site *acquire, struct gcv_err *err)
{
	struct gcv_explain_way way = { .site = GCV_NONE };
	struct gcv_result_step *steps;
	uint32_t nr, i, best = GCV_NONE, leaf = GCV_NONE;
	enum gcv_status st = read_steps(s, acquire, &steps, &nr, err);

	for (i = 0; st == GCV_OK && i < nr; i++) {
		uint32_t now = GCV_NONE;

		if (strcmp(steps[i].kind, "release") == 0)
			now = mismatch(steps[i].file, steps[i].function, steps[i].line,
				       steps[i].text, site->site);
		if (now < best) {
			best = now;
			leaf = i;
		}
	}
	if (st == GCV_OK && leaf != GCV_NONE)
		st = gcv_explain_path(s, steps, leaf, &way, err);
	way.site = index_of(s, acquire);
	if (st == GCV_OK)
		add_way(site, &way);
	return st;
}

static enum gcv_status fill_release(struct gcv_explain_state *s, struct gcv_explain_site *site,
				    struct gcv_err *err)
{
	const struct gcv_result *result = site->site->result;
	struct gcv_result_step *steps;
	enum gcv_status st = GCV_OK;
	uint32_t i, nr;

	for (i = 0; i < result->nr_partners && st == GCV_OK; i++) {
		const struct gcv_site *acquire = partner(s, result, i);

		if (acquire && acquire->result)
			st = add_from(s, site, acquire, err);
	}
	if (st == GCV_OK)
		st = read_steps(s, site->site, &steps, &nr, err);
	for (i = 0; st == GCV_OK && i < nr; i++) {
		struct gcv_explain_way way;

		if (strcmp(steps[i].kind, "release") != 0)
			continue;
		st = gcv_explain_path(s, steps, i, &way, err);
		if (st == GCV_OK)
			add_way(site, &way);
	}
	return st;
}

static enum gcv_status fill(struct gcv_explain_state *s, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < s->explain->nr_asked && st == GCV_OK; i++) {
		struct gcv_explain_site *site = &s->explain->sites[i];

		if (!site->site->result)
			continue;
		st = read_reasons(s, site, err);
		if (st == GCV_OK)
			st = strcmp(site->site->role, "acquire") == 0 ? fill_acquire(s, site, err)
								      : fill_release(s, site, err);
	}
	return st;
}

enum gcv_status gcv_explain_collect(const struct gcv_explain_source *source,
				    const struct gcv_explain_query *query, struct gcv_explain *ret,
				    struct gcv_err *err)
{
	const struct gcv_report_source *rows = source->rows;
	const struct gcv_site_filter filter = { .conversion = query->conversion };
	struct gcv_explain explain = { .conversion = "" };
	struct gcv_explain_state s = { .source = source, .query = query, .explain = &explain };
	enum gcv_status st;

	st = rows->sites(rows->ctx, query->label, &filter, take_site, &s, err);
	if (st == GCV_OK)
		st = rows->apis(rows->ctx, query->label, take_api, &s, err);
	if (st == GCV_OK) {
		number_sites(&s);
		st = choose_sites(&s, err);
	}
	if (st == GCV_OK && !explain.nr_asked)
		find_nearest(&s);
	if (st == GCV_OK)
		st = fill(&s, err);
	free(s.all);
	free(s.numbers);
	gcv_intern_release(&s.declared);
	gcv_intern_release(&s.files);
	if (st == GCV_OK)
		*ret = explain;
	else
		gcv_explain_release(&explain);
	return st;
}

void gcv_explain_release(struct gcv_explain *explain)
{
	uint32_t i;

	for (i = 0; i < explain->nr_sites; i++)
		free(explain->sites[i].ways);
	free(explain->sites);
	free(explain->changed);
	gcv_arena_release(&explain->arena);
}
