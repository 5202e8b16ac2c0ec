// SPDX-License-Identifier: GPL-2.0-only
#include "report/page.h"

#include "report/json_stream.h"

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
 * @page: what is known
 */
struct step_writer {
	struct gcv_json_stream s;
	const struct gcv_page *page;
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
static void add_text_or_same(cJSON *list, const char *text, const char *before)
{
	if (before && strcmp(text, before) == 0)
		cJSON_AddItemToArray(list, cJSON_CreateNumber(0));
	else
		cJSON_AddItemToArray(list, gcv_json_text(text));
}

/* [kind, text, file, line, function, index of the parent or -1] */
static cJSON *step_json(const struct gcv_result_step *step, const struct gcv_result_step *before)
{
	cJSON *list = cJSON_CreateArray();

	cJSON_AddItemToArray(list, gcv_json_text(step->kind));
	cJSON_AddItemToArray(list, gcv_json_text(step->text));
	add_text_or_same(list, step->file, before ? before->file : NULL);
	cJSON_AddItemToArray(list, cJSON_CreateNumber(step->line));
	add_text_or_same(list, step->function, before ? before->function : NULL);
	cJSON_AddItemToArray(
		list, cJSON_CreateNumber(step->parent == GCV_NONE ? -1 : (double)step->parent));
	return list;
}

/* [id, [step…]] */
static enum gcv_status put_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct step_writer *w = data;
	const struct gcv_page *page = w->page;
	struct gcv_result_step *steps;
	struct gcv_arena arena = { 0 };
	uint32_t nr = 0, i;
	enum gcv_status st;
	cJSON *json, *list;

	if (site->homonym || !site->result)
		return GCV_OK;
	st = page->steps(page->source->ctx, page->report->snapshot.label, page->report->conversion,
			 site->result->site, &arena, &steps, &nr, err);
	if (st == GCV_OK && nr) {
		json = cJSON_CreateArray();
		cJSON_AddItemToArray(json, gcv_json_text(site->id));
		list = cJSON_CreateArray();
		for (i = 0; i < nr; i++)
			cJSON_AddItemToArray(list, step_json(&steps[i], i ? &steps[i - 1] : NULL));
		cJSON_AddItemToArray(json, list);
		gcv_json_put(&w->s, NULL, json);
	}
	gcv_arena_release(&arena);
	return st;
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
	struct step_writer w = { .s = { .out = out, .is_script = true }, .page = page };
	enum gcv_status st = GCV_OK;

	gcv_json_open(&w.s, NULL, '[');
	if (page->report->conversion)
		st = page->source->sites(page->source->ctx, page->report->snapshot.label,
					 &page->report->filter, put_site, &w, err);
	gcv_json_close(&w.s);
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
