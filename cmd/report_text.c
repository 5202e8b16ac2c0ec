// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/report_text.h"

#include "base/alloc.h"
#include "cmd/review_text.h"
#include "cmd/terminal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Lines of "not analysed" that the text shows; the document and list --ledger have all. */
#define SHOWN_UNSEEN 20
/* Subsystems and changes that are shown without -v. */
#define SHOWN 15
/* Columns for the name of an API function, and for a word such as a reason's. */
#define NAME_COLUMNS 32
#define WORD_COLUMNS 30
/* Columns before a title in the table of subsystems. */
#define TABLE_COLUMNS 50
#define BAR_COLUMNS   40
#define LEAST_TITLE   20

/* Columns where nobody looks: in a file or a pipe nothing is cut off. */
#define PIPE_COLUMNS 4000

/**
 * struct text - a report while it is printed
 * @cli: verbosity and colours
 * @report: the report
 * @columns: width of the terminal
 */
struct text {
	const struct gcv_cli *cli;
	const struct gcv_report *report;
	unsigned int columns;
};

static void heading(const struct text *t, const char *words)
{
	putchar('\n');
	fputs(gcv_terminal_color(t->cli->color_out, GCV_COLOR_NAME), stdout);
	fputs(words, stdout);
	fputs(gcv_terminal_color(t->cli->color_out, GCV_COLOR_RESET), stdout);
}

/* At most so many columns of a text; what is cut off is told by dots. Bytes of a character are not
 * parted. */
static void put_cut(const char *text, size_t columns)
{
	GCV_STRBUF_AUTO struct gcv_strbuf cut = { 0 };
	size_t len = strlen(text);

	if (len > columns && columns > 3) {
		len = columns - 3;
		while (len && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
		gcv_strbuf_add(&cut, text, len);
		gcv_strbuf_addstr(&cut, "...");
	} else {
		gcv_strbuf_addstr(&cut, text);
	}
	if (cut.len)
		gcv_terminal_put(stdout, cut.buf);
}

static void put_padded(const char *text, int columns)
{
	int width = (int)strnlen(text, (size_t)columns);

	gcv_terminal_put(stdout, text);
	printf("%*s", columns - width, "");
}

static void print_number(const char *what, int64_t number)
{
	if (number >= 0)
		printf("  %-22s %" PRId64 "\n", what, number);
}

/* True where the report is restricted to some sites. */
static bool print_filter(const struct text *t)
{
	const struct gcv_site_filter *f = &t->report->filter;
	const struct {
		const char *what, *value;
	} parts[] = { { "pattern", f->pattern },       { "verdict", f->verdict },
		      { "reason", f->reason },	       { "subsystem", f->subsystem },
		      { "maintainer", f->maintainer }, { "status", f->status } };
	bool is_restricted = false;
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!parts[i].value)
			continue;
		printf("only %s ", parts[i].what);
		gcv_terminal_put(stdout, parts[i].value);
		putchar('\n');
		is_restricted = true;
	}
	return is_restricted;
}

static void print_head(const struct text *t)
{
	const struct gcv_snapshot_row *snapshot = &t->report->snapshot;

	fputs("kernel ", stdout);
	gcv_terminal_put(stdout, snapshot->kernel);
	if (*snapshot->revision) {
		fputs(", revision ", stdout);
		gcv_terminal_put(stdout, snapshot->revision);
	}
	if (strcmp(snapshot->label, snapshot->kernel) != 0) {
		fputs(", snapshot ", stdout);
		gcv_terminal_put(stdout, snapshot->label);
	}
	puts(snapshot->complete ? "" : " (only a part of the tree)");
}

static void put_bar(uint32_t part, uint32_t whole)
{
	uint32_t filled = whole ? (part * BAR_COLUMNS + whole / 2) / whole : 0, i;

	for (i = 0; i < BAR_COLUMNS; i++)
		putchar(i < filled ? '#' : '.');
}

static void print_verdicts(const struct text *t)
{
	const struct gcv_report *r = t->report;
	bool has_bar = t->columns >= 40 + BAR_COLUMNS;
	int i;

	heading(t, "acquires");
	printf(" %u", r->acquires);
	if (r->conversion) {
		fputs(", for ", stdout);
		gcv_terminal_put(stdout, r->conversion);
	}
	putchar('\n');
	for (i = 0; i < GCV_VERDICTS && r->conversion; i++) {
		if (!r->verdicts[i])
			continue;
		printf("  %-18s %6u %5.1f %%", gcv_verdict_name(i), r->verdicts[i],
		       100.0 * r->verdicts[i] / r->acquires);
		if (has_bar) {
			fputs("  ", stdout);
			put_bar(r->verdicts[i], r->acquires);
		}
		putchar('\n');
	}
}

/* The sentence that goes with the code of a reason, or "". */
static const char *sentence_of(const char *code)
{
	int i;

	for (i = 0; i < GCV_REASONS; i++)
		if (strcmp(gcv_reason_name(i), code) == 0)
			return gcv_reason_text(i);
	return "";
}

static void print_counts(const struct text *t, const char *words,
			 const struct gcv_report_count *counts, uint32_t nr, bool has_text)
{
	uint32_t i;

	if (!nr)
		return;
	heading(t, words);
	putchar('\n');
	for (i = 0; i < nr; i++) {
		fputs("  ", stdout);
		put_padded(counts[i].word, WORD_COLUMNS);
		printf(" %5u", counts[i].count);
		if (has_text && t->columns > WORD_COLUMNS + 10 + LEAST_TITLE) {
			fputs("  ", stdout);
			put_cut(sentence_of(counts[i].word), t->columns - WORD_COLUMNS - 10);
		}
		putchar('\n');
	}
}

static void print_subsystem(const struct text *t, const struct gcv_report_subsystem *s)
{
	size_t room = t->columns > TABLE_COLUMNS + LEAST_TITLE ? t->columns - TABLE_COLUMNS
							       : LEAST_TITLE;

	printf("%10u%10u%12u%8u%6u    ", s->acquires, s->verdicts[GCV_VERDICT_CONVERTED],
	       s->verdicts[GCV_VERDICT_CONVERTIBLE], s->verdicts[GCV_VERDICT_REFUSED],
	       s->verdicts[GCV_VERDICT_KEEP]);
	put_cut(s->subsystem.title ? s->subsystem.title : "(no entry of MAINTAINERS)", room);
	putchar('\n');
}

static void print_subsystems(const struct text *t)
{
	const struct gcv_report *r = t->report;
	uint32_t i, nr = 0, left = 0;

	if (!r->nr_subsystems || !r->acquires)
		return;
	heading(t, "by subsystem");
	putchar('\n');
	printf("%10s%10s%12s%8s%6s\n", "acquires", "converted", "convertible", "refused", "keep");
	for (i = 0; i < r->nr_subsystems; i++) {
		if (!r->subsystems[i].acquires)
			continue;
		if (t->cli->verbose || nr++ < SHOWN)
			print_subsystem(t, &r->subsystems[i]);
		else
			left++;
	}
	if (left)
		printf("  and %u more: gupconv report -v\n", left);
}

static void count_findings(const struct gcv_findings *findings, struct gcv_report_count *counts,
			   uint32_t *ret_sum)
{
	enum gcv_check_id check;
	uint32_t i;

	*ret_sum = 0;
	for (i = 0; i < findings->nr; i++) {
		if (findings->list[i].state != GCV_FAULT_STANDS)
			continue;
		for (check = 0; check < GCV_CHECKS; check++)
			if (strcmp(gcv_check_name(check), findings->list[i].fault.check) == 0)
				counts[check].count++;
		++*ret_sum;
	}
}

/* Those that gupconv check tells without being asked for more. */
static enum gcv_status print_findings(const struct text *t, const struct gcv_report_source *source,
				      struct gcv_err *err)
{
	const struct gcv_findings_filter filter = { .confidence = GCV_CONFIDENCE_MEDIUM,
						    .severity = GCV_SEVERITY_NOTE };
	struct gcv_report_count counts[GCV_CHECKS] = { 0 };
	struct gcv_findings findings = { 0 };
	bool is_checked = false;
	enum gcv_check_id check;
	enum gcv_status st;
	uint32_t sum;

	if (!source->findings)
		return GCV_OK;
	st = source->findings(source->ctx, t->report->snapshot.label, &findings, &is_checked, err);
	gcv_findings_silence(&findings);
	gcv_findings_filter(&findings, &filter);
	count_findings(&findings, counts, &sum);
	if (st == GCV_OK && sum) {
		heading(t, "findings");
		printf(" %u: gupconv check\n", sum);
	}
	for (check = 0; st == GCV_OK && check < GCV_CHECKS; check++)
		if (counts[check].count)
			printf("  %-*s %5u\n", WORD_COLUMNS, gcv_check_name(check),
			       counts[check].count);
	gcv_findings_release(&findings);
	return st;
}

static void print_change(const struct gcv_report_change *change)
{
	printf("  %-10s ", gcv_change_name(change->kind));
	gcv_terminal_put(stdout, change->file);
	printf(":%u: ", change->line);
	gcv_terminal_put(stdout, *change->function ? change->function : "-");
	fputs(": ", stdout);
	gcv_terminal_put(stdout, change->api);
	if (*change->before && *change->after && strcmp(change->before, change->after) != 0)
		printf(": %s, now %s", change->before, change->after);
	else if (*change->before || *change->after)
		printf(": %s", *change->after ? change->after : change->before);
	if (*change->old_file) {
		fputs(", was in ", stdout);
		gcv_terminal_put(stdout, change->old_file);
	}
	putchar('\n');
}

static void print_changes(const struct text *t)
{
	const struct gcv_report_changes *c = &t->report->changes;
	uint32_t i;

	if (!t->report->has_changes)
		return;
	heading(t, "since ");
	gcv_terminal_put(stdout, c->before);
	if (!c->is_same_conversion)
		fputs(" (verdicts are for another conversion and not compared)", stdout);
	putchar('\n');
	if (!c->nr)
		puts("  nothing changed");
	for (i = 0; i < c->nr && (t->cli->verbose || i < SHOWN); i++)
		print_change(&c->changes[i]);
	if (i < c->nr)
		printf("  and %u more: gupconv report -v\n", c->nr - i);
}

static void print_history(const struct text *t)
{
	const struct gcv_report *report = t->report;
	uint32_t i;

	if (report->nr_history < 2)
		return;
	heading(t, "history");
	putchar('\n');
	for (i = 0; i < report->nr_history; i++) {
		const struct gcv_report_history *row = &report->history[i];

		fputs("  ", stdout);
		gcv_terminal_put(stdout, row->row.label);
		printf(": %u acquires, %u releases", row->acquires, row->releases);
		if (row->conversion)
			printf("; %s: %u converted, %u convertible, %u refused, %u keep",
			       row->conversion, row->verdicts[GCV_VERDICT_CONVERTED],
			       row->verdicts[GCV_VERDICT_CONVERTIBLE],
			       row->verdicts[GCV_VERDICT_REFUSED], row->verdicts[GCV_VERDICT_KEEP]);
		puts(row->row.complete ? "" : " (only a part of the tree)");
	}
}

static int by_sites(const void *a, const void *b)
{
	const struct gcv_report_name *const *x = a, *const *y = b;

	if ((*x)->sites != (*y)->sites)
		return (*x)->sites < (*y)->sites ? 1 : -1;
	return strcmp((*x)->name, (*y)->name);
}

static void print_sites(const struct text *t, const char *words, const char *role, uint32_t sum)
{
	const struct gcv_report *report = t->report;
	GCV_AUTOFREE const struct gcv_report_name **names =
		gcv_zalloc(report->nr_names + 1, sizeof(*names));
	uint32_t nr = 0, i;

	for (i = 0; i < report->nr_names; i++)
		if (report->names[i].sites && strcmp(report->names[i].role, role) == 0)
			names[nr++] = &report->names[i];
	qsort(names, nr, sizeof(*names), by_sites);
	heading(t, words);
	printf(" %u\n", sum);
	for (i = 0; i < nr; i++) {
		fputs("  ", stdout);
		put_padded(names[i]->name, NAME_COLUMNS);
		printf(" %6u\n", names[i]->sites);
	}
}

static void print_ledger(const struct text *t)
{
	const struct gcv_report_numbers *numbers = &t->report->numbers;
	int class;

	heading(t, "ledger");
	printf(" %u\n", t->report->occurrences);
	for (class = 0; class < GCV_LEDGER_CLASSES; class ++)
		print_number(gcv_ledger_class_name(class), t->report->classes[class]);
	print_number("tools, Documentation", numbers->occurrences_apart);
	if (numbers->code > 0 && numbers->code_seen >= 0)
		printf("  %-22s %" PRId64 " of %" PRId64 " (%.2f %%)\n", "code seen",
		       numbers->code_seen, numbers->code,
		       100.0 * (double)numbers->code_seen / (double)numbers->code);
}

static void print_scan(const struct text *t)
{
	const struct gcv_report *report = t->report;
	const struct gcv_report_numbers *numbers = &report->numbers;

	heading(t, "scan");
	putchar('\n');
	print_number("files read", numbers->files_read);
	print_number("candidates", numbers->candidates);
	print_number("translation units", numbers->units);
	print_number("  with errors", report->units_with_errors);
	print_number("  failed", report->nr_failures);
	print_number("configurations", numbers->configurations);
}

static enum gcv_status print_unseen(void *data, const struct gcv_occurrence_row *row,
				    struct gcv_err *err)
{
	uint32_t *nr = data;

	(void)err;
	if ((*nr)++ >= SHOWN_UNSEEN)
		return GCV_OK;
	fputs("  ", stdout);
	gcv_terminal_put(stdout, row->file);
	printf(":%u: ", row->line);
	gcv_terminal_put(stdout, row->api);
	fputs(": ", stdout);
	gcv_terminal_put(stdout, row->detail);
	putchar('\n');
	return GCV_OK;
}

static enum gcv_status print_not_analysed(const struct text *t,
					  const struct gcv_report_source *source,
					  struct gcv_err *err)
{
	const char *class = gcv_ledger_class_name(GCV_LEDGER_NOT_ANALYSED);
	const struct gcv_report *report = t->report;
	uint32_t nr = 0, i;
	enum gcv_status st;

	if (!report->nr_failures && !report->classes[GCV_LEDGER_NOT_ANALYSED])
		return GCV_OK;
	heading(t, "not analysed");
	putchar('\n');
	for (i = 0; i < report->nr_failures; i++) {
		const struct gcv_report_failure *failure = &report->failures[i];

		fputs("  ", stdout);
		gcv_terminal_put(stdout, failure->main);
		fputs(" [", stdout);
		gcv_terminal_put(stdout, failure->config);
		fputs("]: ", stdout);
		gcv_terminal_put(stdout, failure->cause);
		putchar('\n');
	}
	st = source->occurrences(source->ctx, report->snapshot.label, class, print_unseen, &nr,
				 err);
	if (nr > SHOWN_UNSEEN)
		printf("  and %u more: gupconv list --ledger=%s\n", nr - SHOWN_UNSEEN, class);
	return st;
}

enum gcv_status gcv_report_text_print(const struct gcv_cli *cli, const struct gcv_report *report,
				      const struct gcv_report_source *source, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	const struct text t = { cli, report,
				isatty(STDOUT_FILENO) ? gcv_terminal_width(STDOUT_FILENO)
						      : PIPE_COLUMNS };

	bool is_restricted;

	print_head(&t);
	is_restricted = print_filter(&t);
	print_verdicts(&t);
	print_counts(&t, "refused, by the reason that decides", report->reasons, report->nr_reasons,
		     true);
	print_counts(&t, "by pattern of the releases", report->patterns, report->nr_patterns,
		     false);
	print_subsystems(&t);
	if (!is_restricted)
		st = print_findings(&t, source, err);
	print_changes(&t);
	print_history(&t);
	if (report->reviews.nr) {
		heading(&t, "review");
		putchar('\n');
		gcv_review_text_print(cli, &report->reviews);
	}
	if (cli->verbose) {
		print_sites(&t, "acquires by name", "acquire", report->acquires);
		print_sites(&t, "releases by name", "release", report->releases);
		if (report->homonyms)
			print_number("namesakes", report->homonyms);
		print_scan(&t);
		print_ledger(&t);
	}
	return st == GCV_OK ? print_not_analysed(&t, source, err) : st;
}
