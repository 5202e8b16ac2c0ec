// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/check_text.h"

#include "cmd/terminal.h"
#include "report/site.h"

#include <string.h>

static void put_place(const struct gcv_cli *cli, const char *file, uint32_t line, uint32_t column)
{
	fputs(gcv_terminal_color(cli->color_out, GCV_COLOR_PATH), stdout);
	gcv_terminal_put(stdout, file);
	if (line)
		printf(":%u", line);
	if (line && column)
		printf(":%u", column);
	fputs(gcv_terminal_color(cli->color_out, GCV_COLOR_RESET), stdout);
	fputs(": ", stdout);
}

static void put_word(const struct gcv_cli *cli, enum gcv_color color, const char *word)
{
	fputs(gcv_terminal_color(cli->color_out, color), stdout);
	fputs(word, stdout);
	fputs(gcv_terminal_color(cli->color_out, GCV_COLOR_RESET), stdout);
	fputs(": ", stdout);
}

static void put_finding(const struct gcv_cli *cli, const struct gcv_result_fault *fault)
{
	uint32_t i;

	put_place(cli, fault->file, fault->line, fault->column);
	put_word(cli, GCV_COLOR_WARNING, "warning");
	gcv_terminal_put(stdout, fault->text);
	if (strcmp(fault->confidence, gcv_confidence_name(GCV_CONFIDENCE_HIGH)) != 0) {
		fputs(" (", stdout);
		gcv_terminal_put(stdout, fault->confidence);
		fputs(" confidence)", stdout);
	}
	fputs(" [", stdout);
	fputs(gcv_terminal_color(cli->color_out, GCV_COLOR_NAME), stdout);
	fputs("gupconv-", stdout);
	gcv_terminal_put(stdout, fault->check);
	fputs(gcv_terminal_color(cli->color_out, GCV_COLOR_RESET), stdout);
	puts("]");
	for (i = 0; i < fault->nr_notes; i++) {
		const struct gcv_result_note *note = &fault->notes[i];

		put_place(cli, note->file, note->line, note->column);
		put_word(cli, GCV_COLOR_DIM, "note");
		gcv_terminal_put(stdout, note->text);
		putchar('\n');
	}
}

static void put_count(uint32_t nr, const char *what)
{
	if (nr)
		fprintf(stderr, ", %u %s", nr, what);
}

/* On stderr, as compilers do: what is read from a pipe is the findings alone. */
static void put_sum(const struct gcv_findings *findings, uint32_t nr_untouched)
{
	uint32_t nr = gcv_findings_count(findings, GCV_FAULT_STANDS);

	fprintf(stderr, "%u finding%s", nr, nr == 1 ? "" : "s");
	put_count(gcv_findings_count(findings, GCV_FAULT_SILENCED), "silenced in the code");
	put_count(gcv_findings_count(findings, GCV_FAULT_KNOWN), "known before");
	put_count(gcv_findings_count(findings, GCV_FAULT_UNSURE), "less sure");
	put_count(nr_untouched, "sites not touched");
	putc('\n', stderr);
}

/* A line a file, with the lines of the sites. @return how many sites */
static uint32_t put_untouched(const struct gcv_cli *cli, const struct gcv_audit *audit)
{
	const char *file = "";
	uint32_t i, nr = 0;

	for (i = 0; i < audit->nr_sites; i++) {
		const struct gcv_audit_site *site = &audit->sites[i];

		if (!gcv_audit_is_untouched(audit, site))
			continue;
		if (strcmp(file, site->file) != 0) {
			if (nr)
				putchar('\n');
			put_place(cli, site->file, 0, 0);
			put_word(cli, GCV_COLOR_DIM, "note");
			fputs("the series does not touch what stands in line", stdout);
			file = site->file;
		} else {
			putchar(',');
		}
		printf(" %u", site->line);
		nr++;
	}
	if (nr)
		putchar('\n');
	return nr;
}

void gcv_check_text_print(const struct gcv_cli *cli, const struct gcv_findings *findings,
			  const struct gcv_audit *audit)
{
	uint32_t nr_untouched, i;

	for (i = 0; i < findings->nr; i++)
		if (findings->list[i].state == GCV_FAULT_STANDS)
			put_finding(cli, &findings->list[i].fault);
	nr_untouched = audit ? put_untouched(cli, audit) : 0;
	fflush(stdout);
	if (!cli->quiet)
		put_sum(findings, nr_untouched);
}

void gcv_check_text_comments(const struct gcv_cli *cli, const struct gcv_findings *findings,
			     const struct gcv_findings_filter *filter)
{
	const struct gcv_site_filter paths = { .paths = filter->paths,
					       .nr_paths = filter->nr_paths };
	enum gcv_check_id check;
	uint32_t i;

	for (i = 0; i < findings->nr_ignores; i++) {
		const struct gcv_told_ignore *at = &findings->ignores[i];
		const struct gcv_result_ignore *ignore = &at->ignore;
		const struct gcv_site site = { .file = ignore->file };

		if (!gcv_site_is_wanted(&site, &paths))
			continue;
		if (!gcv_check_find(ignore->check, &check))
			gcv_cli_warn(cli, "%s:%u: there is no check '%s' to ignore", ignore->file,
				     ignore->line, ignore->check);
		else if (!*ignore->reason)
			gcv_cli_warn(cli, "%s:%u: silences nothing without a reason", ignore->file,
				     ignore->line);
		else if (!at->is_used)
			gcv_cli_note(cli, 1, "%s:%u: silences nothing: there is no %s",
				     ignore->file, ignore->line, ignore->check);
	}
}
