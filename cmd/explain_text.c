// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/explain_text.h"

#include "base/strbuf.h"
#include "cmd/terminal.h"

#include <string.h>
#include <unistd.h>

/** PIPE_COLUMNS - columns of a sentence where there is no terminal */
#define PIPE_COLUMNS 100
/** MOST_STEPS - steps of a way that are shown without -v */
#define MOST_STEPS 60
/** MOST_USES - uses that are shown without -v */
#define MOST_USES 12
/** MOST_OTHERS - releases of an acquire, or acquires of a release, that are shown without -v */
#define MOST_OTHERS 20
/** MOST_WAYS - ways that are shown without -v */
#define MOST_WAYS 6
/** DEEPEST - branches in each other that are still indented */
#define DEEPEST 8

/**
 * struct printer - an explanation on its way out
 * @cli: the command line
 * @explain: the explanation
 * @columns: width of sentences
 * @cut: width of source lines, 0 for any
 * @last: the place that was printed last
 */
struct printer {
	const struct gcv_cli *cli;
	const struct gcv_explain *explain;
	int columns, cut;
	struct gcv_explain_place last;
};

static void color(const struct printer *p, enum gcv_color which)
{
	fputs(gcv_terminal_color(p->cli->color_out, which), stdout);
}

/* Words from @column on, broken before @p->columns and continued at @indent. */
static void put_words(const struct printer *p, const char *text, int column, int indent)
{
	bool is_first = true;

	while (*text) {
		GCV_STRBUF_AUTO struct gcv_strbuf word = { 0 };
		size_t len = strcspn(text, " ");

		gcv_strbuf_add(&word, text, len);
		if (len && !is_first && column + 1 + (int)len > p->columns) {
			printf("\n%*s", indent, "");
			column = indent;
		} else if (len && !is_first) {
			putchar(' ');
			column++;
		}
		if (len)
			gcv_terminal_put(stdout, word.buf);
		column += (int)len;
		is_first &= !len;
		text += len + (text[len] == ' ');
	}
	putchar('\n');
}

static void put_source(const struct printer *p, const struct gcv_explain_place *place, int indent)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	int room = p->cut - indent - 2;

	if (!place->text)
		return;
	gcv_strbuf_addstr(&text, place->text);
	printf("%*s", indent, "");
	color(p, GCV_COLOR_DIM);
	fputs("| ", stdout);
	if (p->cut && room > 3 && (int)text.len > room) {
		text.len = (size_t)room - 3;
		text.buf[text.len] = '\0';
		gcv_terminal_put(stdout, text.buf);
		fputs("...", stdout);
	} else if (text.len) {
		gcv_terminal_put(stdout, text.buf);
	}
	color(p, GCV_COLOR_RESET);
	putchar('\n');
}

/* "mm/gup.c:7 in f()"; what is as in the place before is left out. Return: its width. */
static int put_place(struct printer *p, const struct gcv_explain_place *place)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	bool is_there = p->last.file && strcmp(p->last.file, place->file) == 0;
	bool is_inside = is_there && strcmp(p->last.function, place->function) == 0;

	if (is_there)
		gcv_strbuf_addf(&text, "line %u", place->line);
	else
		gcv_strbuf_addf(&text, "%s:%u", place->file, place->line);
	color(p, GCV_COLOR_PATH);
	gcv_terminal_put(stdout, text.buf);
	color(p, GCV_COLOR_RESET);
	if (*place->function && !is_inside) {
		size_t before = text.len;

		gcv_strbuf_addf(&text, " in %s()", place->function);
		gcv_terminal_put(stdout, text.buf + before);
	}
	p->last = *place;
	return (int)text.len;
}

static bool is_last(const struct printer *p, const struct gcv_explain_place *place)
{
	return p->last.file && p->last.line == place->line &&
	       strcmp(p->last.file, place->file) == 0 &&
	       strcmp(p->last.function, place->function) == 0;
}

static void put_title(struct printer *p, const char *title)
{
	putchar('\n');
	color(p, GCV_COLOR_NAME);
	fputs(title, stdout);
	color(p, GCV_COLOR_RESET);
	putchar('\n');
	p->last = (struct gcv_explain_place){ 0 };
}

static void put_step(struct printer *p, const struct gcv_explain_step *step, int base)
{
	int depth = step->depth < DEEPEST ? (int)step->depth : DEEPEST;
	int indent = base + 2 * depth, column = indent;

	printf("%*s", indent - (step->is_branch ? 2 : 0), "");
	if (step->is_branch)
		fputs("- ", stdout);
	if (!is_last(p, &step->place)) {
		column += put_place(p, &step->place) + 2;
		fputs(": ", stdout);
		put_words(p, step->text, column, indent + 4);
		put_source(p, &step->place, indent + 4);
	} else {
		put_words(p, step->text, column, indent + 4);
	}
	if (step->site < p->explain->nr_sites) {
		printf("%*s= ", indent + 4, "");
		put_words(p, p->explain->sites[step->site].summary, indent + 6, indent + 6);
	}
}

static void put_rest(const struct printer *p, uint32_t nr, const char *what, int indent)
{
	if (!nr)
		return;
	color(p, GCV_COLOR_DIM);
	printf("%*s... and %u more %s (-v shows all)", indent, "", nr, what);
	color(p, GCV_COLOR_RESET);
	putchar('\n');
}

static uint32_t shown(const struct printer *p, uint32_t nr, uint32_t most)
{
	return p->cli->verbose || nr <= most + 1 ? nr : most;
}

static void put_way(struct printer *p, const struct gcv_explain_way *way, uint32_t most,
		    const char *what)
{
	uint32_t i, nr = shown(p, way->nr_steps, most);

	for (i = 0; i < nr; i++)
		put_step(p, &way->steps[i], 2);
	put_rest(p, way->nr_steps - nr, what, 2);
}

static bool is_same(const struct gcv_explain_reason *a, const struct gcv_explain_reason *b)
{
	return strcmp(a->code, b->code) == 0 && strcmp(a->text, b->text) == 0;
}

/* Where nothing stands against a conversion, reasons are what it has to mind. */
static const char *reasons_title(const struct gcv_result *result)
{
	if (strncmp(result->verdict, "convert", 7) == 0)
		return "Remarks";
	return "Reasons";
}

static void put_reasons(struct printer *p, const struct gcv_explain_site *site)
{
	uint32_t i;

	if (!site->nr_reasons)
		return;
	put_title(p, reasons_title(site->site->result));
	for (i = 0; i < site->nr_reasons; i++) {
		const struct gcv_explain_reason *reason = &site->reasons[i];

		if (!i || !is_same(reason, reason - 1)) {
			fputs("  ", stdout);
			color(p, GCV_COLOR_NAME);
			gcv_terminal_put(stdout, reason->code);
			color(p, GCV_COLOR_RESET);
			fputs(": ", stdout);
			put_words(p, reason->text, 4 + (int)strlen(reason->code), 4);
			p->last = (struct gcv_explain_place){ 0 };
		}
		if (!*reason->place.file)
			continue;
		fputs("      ", stdout);
		put_place(p, &reason->place);
		putchar('\n');
		put_source(p, &reason->place, 6);
		if (reason->note) {
			fputs("      there: ", stdout);
			put_words(p, reason->note, 13, 8);
		}
	}
}

/* The other end of a way: "mm/gup.c:7 in f(): put_page(): a loop over an array; …" */
static void put_other(struct printer *p, const struct gcv_explain_site *other)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	gcv_strbuf_addf(&text, "%s(): %s", other->site->api, other->summary);
	fputs("  ", stdout);
	p->last = (struct gcv_explain_place){ 0 };
	put_words(p, text.buf, put_place(p, &other->place) + 2 + printf(": "), 6);
	put_source(p, &other->place, 6);
}

static const struct gcv_explain_site *find_site(const struct printer *p, const char *id)
{
	uint32_t i;

	for (i = 0; i < p->explain->nr_sites; i++)
		if (strcmp(p->explain->sites[i].site->id, id) == 0)
			return &p->explain->sites[i];
	return NULL;
}

static void put_others(struct printer *p, const struct gcv_explain_site *site)
{
	const struct gcv_result *result = site->site->result;
	bool is_acquire = strcmp(site->site->role, "acquire") == 0;
	uint32_t i, nr;

	if (!result || !result->nr_partners)
		return;
	put_title(p, is_acquire ? "Its releases" : "The acquires whose pages it gives back");
	nr = shown(p, result->nr_partners, MOST_OTHERS);
	for (i = 0; i < nr; i++) {
		const struct gcv_explain_site *other = find_site(p, result->partner_ids[i]);

		if (other)
			put_other(p, other);
	}
	put_rest(p, result->nr_partners - nr, is_acquire ? "releases" : "acquires", 2);
}

static void put_acquire(struct printer *p, const struct gcv_explain_site *site)
{
	put_others(p, site);
	if (site->nr_ways) {
		put_title(p, "Where the pages go");
		put_way(p, &site->ways[0], MOST_STEPS, "steps");
	}
	if (site->uses.nr_steps) {
		put_title(p, "What is done to them");
		put_way(p, &site->uses, MOST_USES, "places");
	}
}

static void put_release(struct printer *p, const struct gcv_explain_site *site)
{
	uint32_t i, nr = shown(p, site->nr_ways, MOST_WAYS);
	bool is_told = false;

	put_others(p, site);
	for (i = 0; i < nr; i++) {
		const struct gcv_explain_way *way = &site->ways[i];

		if (!way->nr_steps)
			continue;
		if (way->site < p->explain->nr_sites) {
			GCV_STRBUF_AUTO struct gcv_strbuf title = { 0 };

			gcv_strbuf_addf(&title, "How pages of %s() come here",
					p->explain->sites[way->site].site->api);
			put_title(p, title.buf);
		} else if (!is_told) {
			put_title(p, i ? "What else comes here" : "What comes here");
			is_told = true;
		} else {
			putchar('\n');
			p->last = (struct gcv_explain_place){ 0 };
		}
		put_way(p, way, MOST_STEPS, "steps");
	}
	if (nr < site->nr_ways) {
		putchar('\n');
		put_rest(p, site->nr_ways - nr, "ways", 2);
	}
}

static void put_site(struct printer *p, const struct gcv_explain_site *site)
{
	const struct gcv_site *s = site->site;
	bool is_acquire = strcmp(s->role, "acquire") == 0;

	p->last = (struct gcv_explain_place){ 0 };
	put_place(p, &site->place);
	printf(": %s, site %s\n", is_acquire ? "an acquire" : "a release", s->id);
	put_source(p, &site->place, 2);
	if (*s->macro) {
		fputs("  via the macro ", stdout);
		gcv_terminal_put(stdout, s->macro);
		if (*s->macro_file) {
			fputs(" (", stdout);
			gcv_terminal_put(stdout, s->macro_file);
			printf(":%u)", s->macro_line);
		}
		putchar('\n');
	}
	putchar('\n');
	put_words(p, site->sentence, 0, 0);
	if (*site->use)
		put_words(p, site->use, 0, 0);
	if (s->result && s->result->longterm == GCV_LONGTERM_DUE)
		put_words(p,
			  "Neither the system call that acquires them nor the end of a transfer "
			  "gives "
			  "them back, but another call does: FOLL_LONGTERM is due.",
			  0, 0);
	if (!is_acquire && *site->summary) {
		GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

		gcv_strbuf_addf(&text, "In short: %s.", site->summary);
		put_words(p, text.buf, 0, 0);
	}
	put_reasons(p, site);
	if (is_acquire)
		put_acquire(p, site);
	else
		put_release(p, site);
}

void gcv_explain_print(const struct gcv_cli *cli, const struct gcv_explain *explain)
{
	struct printer p = { .cli = cli, .explain = explain, .columns = PIPE_COLUMNS };
	uint32_t i;

	if (isatty(STDOUT_FILENO)) {
		p.cut = (int)gcv_terminal_width(STDOUT_FILENO);
		p.columns = p.cut < PIPE_COLUMNS ? p.cut : PIPE_COLUMNS;
	}
	for (i = 0; i < explain->nr_changed; i++)
		gcv_cli_warn(cli, "%s is no longer as it was scanned: lines may be others now",
			     explain->changed[i]);
	for (i = 0; i < explain->nr_asked; i++) {
		if (i)
			fputs("\n\n", stdout);
		put_site(&p, &explain->sites[i]);
	}
}
