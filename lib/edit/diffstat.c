// SPDX-License-Identifier: GPL-2.0-only
#include "edit/diffstat.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a line in a mail; what stands between name, number and bar. */
#define COLUMNS	      72
#define BETWEEN	      6
#define BAR_MIN	      6
#define NAME_MIN      10
#define SHORTENED     "..."
#define SHORTENED_LEN 3

/* Widths of the parts of a line. */
struct widths {
	size_t name, number, bar, change_max;
};

/* A path as git quotes it where it has odd bytes: in C's manner. */
static char *shown_path(const char *path)
{
	struct gcv_strbuf out = { 0 };
	const unsigned char *at;

	for (at = (const unsigned char *)path; *at; at++)
		if (*at < ' ' || *at >= 0x7f || *at == '"' || *at == '\\')
			break;
	if (!*at)
		return gcv_strdup(path);
	gcv_strbuf_addch(&out, '"');
	for (at = (const unsigned char *)path; *at; at++) {
		static const char letters[] = "abtnvfr";

		if (*at == '"' || *at == '\\')
			gcv_strbuf_addf(&out, "\\%c", *at);
		else if (*at >= '\a' && *at <= '\r')
			gcv_strbuf_addf(&out, "\\%c", letters[*at - '\a']);
		else if (*at < ' ' || *at >= 0x7f)
			gcv_strbuf_addf(&out, "\\%03o", *at);
		else
			gcv_strbuf_addch(&out, (char)*at);
	}
	gcv_strbuf_addch(&out, '"');
	return gcv_strbuf_detach(&out);
}

static struct widths choose_widths(char *const *names, const struct gcv_diffstat_file *files,
				   size_t nr)
{
	struct widths w = { 0 };
	size_t i, columns = COLUMNS, rest;
	char digits[32];

	for (i = 0; i < nr; i++) {
		size_t change = files[i].nr_insertions + files[i].nr_deletions;

		if (strlen(names[i]) > w.name)
			w.name = strlen(names[i]);
		if (change > w.change_max)
			w.change_max = change;
	}
	w.number = (size_t)snprintf(digits, sizeof(digits), "%zu", w.change_max);
	if (columns < NAME_MIN + BETWEEN + BAR_MIN + w.number)
		columns = NAME_MIN + BETWEEN + BAR_MIN + w.number;
	w.bar = w.change_max;
	rest = columns - w.number - BETWEEN;
	if (w.name + w.bar > rest) {
		size_t share = columns * 3 / 8 - w.number - BETWEEN;

		if (w.bar > share)
			w.bar = share < BAR_MIN ? BAR_MIN : share;
		if (w.name > rest - w.bar)
			w.name = rest - w.bar;
		else
			w.bar = rest - w.name;
	}
	return w;
}

/* The end of a path, from a slash on where there is one. */
static const char *shorten(const char *name, size_t width)
{
	const char *end = name + strlen(name) - (width - SHORTENED_LEN), *slash = strchr(end, '/');

	return slash ? slash : end;
}

static size_t scale(size_t nr, const struct widths *w)
{
	return nr && w->change_max ? 1 + nr * (w->bar - 1) / w->change_max : 0;
}

static void add_bar(struct gcv_strbuf *out, const struct gcv_diffstat_file *file,
		    const struct widths *w)
{
	size_t plus = file->nr_insertions, minus = file->nr_deletions, total = plus + minus;

	if (w->bar <= w->change_max) {
		total = scale(total, w);
		if (total < 2 && plus && minus)
			total = 2;
		if (plus < minus) {
			plus = scale(plus, w);
			minus = total - plus;
		} else {
			minus = scale(minus, w);
			plus = total - minus;
		}
	}
	while (plus--)
		gcv_strbuf_addch(out, '+');
	while (minus--)
		gcv_strbuf_addch(out, '-');
}

static void add_file(struct gcv_strbuf *out, const char *name, const struct gcv_diffstat_file *file,
		     const struct widths *w)
{
	size_t change = file->nr_insertions + file->nr_deletions;
	const char *mark = "";
	size_t width = w->name;

	if (strlen(name) > width) {
		name = shorten(name, width);
		mark = SHORTENED;
		width -= SHORTENED_LEN;
	}
	gcv_strbuf_addf(out, " %s%-*s | %*zu%s", mark, (int)width, name, (int)w->number, change,
			change ? " " : "");
	add_bar(out, file, w);
	gcv_strbuf_addch(out, '\n');
}

static void add_sum(struct gcv_strbuf *out, const struct gcv_diffstat_file *files, size_t nr)
{
	size_t i, plus = 0, minus = 0;

	for (i = 0; i < nr; i++) {
		plus += files[i].nr_insertions;
		minus += files[i].nr_deletions;
	}
	gcv_strbuf_addf(out, " %zu file%s changed", nr, nr == 1 ? "" : "s");
	if (plus || !minus)
		gcv_strbuf_addf(out, ", %zu insertion%s(+)", plus, plus == 1 ? "" : "s");
	if (minus || !plus)
		gcv_strbuf_addf(out, ", %zu deletion%s(-)", minus, minus == 1 ? "" : "s");
	gcv_strbuf_addch(out, '\n');
}

void gcv_diffstat(const struct gcv_diffstat_file *files, size_t nr, struct gcv_strbuf *out)
{
	char **names = gcv_zalloc(nr, sizeof(*names));
	struct widths w;
	size_t i;

	for (i = 0; i < nr; i++)
		names[i] = shown_path(files[i].path);
	w = choose_widths(names, files, nr);
	for (i = 0; i < nr; i++)
		add_file(out, names[i], &files[i], &w);
	add_sum(out, files, nr);
	for (i = 0; i < nr; i++)
		free(names[i]);
	free(names);
}
