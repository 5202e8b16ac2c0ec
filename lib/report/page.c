// SPDX-License-Identifier: GPL-2.0-only
#include "report/page.h"

#include "report/json_row.h"

#include <stdlib.h>
#include <string.h>

/* Made by scripts/page.cmake; marks in it stand for what is known only now. */
extern const char gcv_page_html[];

/* What stands in the template for the documents. */
static const char options_mark[] = "{{options}}";
static const char document_mark[] = "{{document}}";
static const char steps_mark[] = "{{steps}}";

/**
 * struct step_writer - the steps of all sites on their way
 * @s: where to
 * @wanted: a bit for each number of a site that the filter lets pass; NULL: all
 * @nr_bits: how many bits there are
 */
struct step_writer {
	struct gcv_json_stream s;
	uint8_t *wanted;
	uint32_t nr_bits;
};

enum gcv_status gcv_page_check_link(const char *link_template, struct gcv_err *err)
{
	const char *at;
	bool has_file = false;

	if (strncmp(link_template, "https://", 8) != 0 && strncmp(link_template, "http://", 7) != 0)
		return gcv_err_set(err, GCV_ERR_FORMAT, "'%s' is no URL of http or https",
				   link_template);
	for (at = strchr(link_template, '%'); at; at = strchr(at + 2, '%')) {
		if (!at[1] || !strchr("FLVR%", at[1]))
			return gcv_err_set(err, GCV_ERR_FORMAT,
					   "'%.2s' in '%s' is none of %%F, %%L, %%V, %%R and %%%%",
					   at, link_template);
		has_file |= at[1] == 'F';
	}
	if (!has_file)
		return gcv_err_set(err, GCV_ERR_FORMAT, "there is no %%F in '%s'", link_template);
	return GCV_OK;
}

/* A text that is the same as in the step before is written as 0: most steps stay in a function. */
static void put_text_or_same(struct gcv_json_stream *s, const char *text, const char *before)
{
	if (before && strcmp(text, before) == 0)
		gcv_json_row_number(s, NULL, 0);
	else
		gcv_json_row_text(s, NULL, text);
}

/* [kind, text, file, line, function, index of the parent or -1] */
static void put_step(struct gcv_json_stream *s, const struct gcv_result_step *step,
		     const struct gcv_result_step *before)
{
	gcv_json_row_open(s, NULL, '[');
	gcv_json_row_text(s, NULL, step->kind);
	gcv_json_row_text(s, NULL, step->text);
	put_text_or_same(s, step->file, before ? before->file : NULL);
	gcv_json_row_number(s, NULL, step->line);
	put_text_or_same(s, step->function, before ? before->function : NULL);
	gcv_json_row_number(s, NULL, step->parent == GCV_NONE ? -1 : (int64_t)step->parent);
	gcv_json_row_close(s);
}

static bool is_wanted(const struct step_writer *w, uint32_t site)
{
	if (!w->wanted)
		return true;
	return site < w->nr_bits && w->wanted[site / 8] & 1u << site % 8;
}

/* [id, [step…]] */
static enum gcv_status put_steps(void *data, uint32_t site, const char *id,
				 const struct gcv_result_step *steps, uint32_t nr,
				 struct gcv_err *err)
{
	struct step_writer *w = data;
	uint32_t i;

	(void)err;
	if (!is_wanted(w, site))
		return GCV_OK;
	gcv_json_row_open(&w->s, NULL, '[');
	gcv_json_row_text(&w->s, NULL, id);
	gcv_json_row_open(&w->s, NULL, '[');
	for (i = 0; i < nr; i++)
		put_step(&w->s, &steps[i], i ? &steps[i - 1] : NULL);
	gcv_json_row_close(&w->s);
	gcv_json_row_close(&w->s);
	return GCV_OK;
}

static bool has_filter(const struct gcv_site_filter *f)
{
	return f->pattern || f->verdict || f->reason || f->subsystem || f->maintainer || f->status;
}

static enum gcv_status count_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct step_writer *w = data;

	(void)err;
	if (site->result && site->result->site >= w->nr_bits)
		w->nr_bits = site->result->site + 1;
	return GCV_OK;
}

static enum gcv_status mark_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct step_writer *w = data;
	uint32_t number = site->result ? site->result->site : w->nr_bits;

	(void)err;
	if (number < w->nr_bits)
		w->wanted[number / 8] |= (uint8_t)(1u << number % 8);
	return GCV_OK;
}

static enum gcv_status mark_wanted(struct step_writer *w, const struct gcv_page *page,
				   struct gcv_err *err)
{
	const struct gcv_report *report = page->report;
	enum gcv_status st;

	if (!has_filter(&report->filter))
		return GCV_OK;
	st = page->source->sites(page->source->ctx, report->snapshot.label, &report->filter,
				 count_site, w, err);
	w->wanted = gcv_zalloc(w->nr_bits / 8 + 1, 1);
	if (st != GCV_OK)
		return st;
	return page->source->sites(page->source->ctx, report->snapshot.label, &report->filter,
				   mark_site, w, err);
}

/* What the page is told beside the document: where lines are, and what the codes of reasons mean.
 */
static enum gcv_status write_options(const struct gcv_page *page, FILE *out, struct gcv_err *err)
{
	struct gcv_json_stream s = { .out = out, .is_script = true };
	int i;

	gcv_json_open(&s, NULL, '{');
	gcv_json_put(&s, "link",
		     gcv_json_text_or_null(page->link_template ? page->link_template : ""));
	gcv_json_open(&s, "reasons", '{');
	for (i = 0; i < GCV_REASONS; i++)
		gcv_json_put(&s, gcv_reason_name(i), gcv_json_text(gcv_reason_text(i)));
	gcv_json_close(&s);
	gcv_json_close(&s);
	return gcv_json_end(&s, err);
}

static enum gcv_status write_steps(const struct gcv_page *page, FILE *out, struct gcv_err *err)
{
	struct step_writer w = { .s = { .out = out, .is_script = true } };
	enum gcv_status st = GCV_OK;

	gcv_json_open(&w.s, NULL, '[');
	if (page->report->conversion) {
		st = mark_wanted(&w, page, err);
		if (st == GCV_OK)
			st = page->steps(page->source->ctx, page->report->snapshot.label,
					 page->report->conversion, put_steps, &w, err);
	}
	gcv_json_close(&w.s);
	free(w.wanted);
	return st == GCV_OK ? gcv_json_end(&w.s, err) : st;
}

/* Write the template up to a mark. Return: what stands behind the mark. */
static const char *write_until(const char *text, const char *mark, FILE *out)
{
	const char *at = strstr(text, mark);

	fwrite(text, 1, (size_t)(at - text), out);
	return at + strlen(mark);
}

enum gcv_status gcv_page_write(const struct gcv_page *page, FILE *out, struct gcv_err *err)
{
	const char *rest = write_until(gcv_page_html, options_mark, out);
	enum gcv_status st = write_options(page, out, err);

	if (st != GCV_OK)
		return st;
	rest = write_until(rest, document_mark, out);
	st = gcv_report_write_script(page->report, page->source, page->version, out, err);
	if (st != GCV_OK)
		return st;
	rest = write_until(rest, steps_mark, out);
	st = write_steps(page, out, err);
	if (st != GCV_OK)
		return st;
	fputs(rest, out);
	if (fflush(out) != 0 || ferror(out))
		return gcv_err_sys(err, "cannot write the page");
	return GCV_OK;
}
