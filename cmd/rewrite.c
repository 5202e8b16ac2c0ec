// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/rewrite.h"
#include "base/heap.h"
#include "cmd/command.h"
#include "cmd/progress.h"
#include "cmd/terminal.h"
#include "cmd/verify.h"
#include "classify/classify.h"
#include "edit/diff.h"
#include "edit/in_place.h"
#include "edit/signature.h"

#include <stdio.h>
#include <stdlib.h>

/** MAX_CHECKS - how often what is left is checked again after groups were given up */
#define MAX_CHECKS 8

static enum gcv_status print_diff(const struct gcv_plan_file *file, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_diff diff;
	enum gcv_status st;

	gcv_file_edit_apply(&file->edit, &text);
	st = gcv_diff_make(file->source.path, file->source.text, file->source.len, text.buf,
			   text.len, &diff, err);
	if (st != GCV_OK)
		return st;
	fwrite(diff.text, 1, diff.len_bytes, stdout);
	gcv_diff_release(&diff);
	return GCV_OK;
}

static enum gcv_status print_diffs(const struct gcv_rewrite *r, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	gcv_diff_begin();
	for (i = 0; st == GCV_OK && i < r->plan.nr_files; i++)
		st = print_diff(&r->plan.files[i], err);
	gcv_diff_end();
	return st;
}

static enum gcv_status replace_files(const struct gcv_rewrite *r, struct gcv_err *err)
{
	uint32_t nr = r->plan.nr_files, i;
	struct gcv_replaced_file *files = gcv_zalloc(nr + 1, sizeof(*files));
	struct gcv_strbuf *texts = gcv_zalloc(nr + 1, sizeof(*texts));
	enum gcv_status st;

	for (i = 0; i < nr; i++) {
		const struct gcv_plan_file *file = &r->plan.files[i];

		gcv_file_edit_apply(&file->edit, &texts[i]);
		files[i] = (struct gcv_replaced_file){
			.path = file->source.path,
			.old_text = file->source.text,
			.old_len = file->source.len,
			.new_text = texts[i].buf,
			.new_len = texts[i].len,
		};
	}
	st = gcv_in_place_replace(&r->tree, files, nr, err);
	for (i = 0; i < nr; i++)
		gcv_strbuf_release(&texts[i]);
	free(texts);
	free(files);
	return st;
}

static void tell_refusals(const struct gcv_rewrite *r)
{
	uint32_t i;

	if (r->plan.note)
		gcv_cli_note(r->cli, 0, "nothing to do: %s", r->plan.note);
	for (i = 0; i < r->plan.nr_refusals; i++) {
		const struct gcv_plan_refusal *refusal = &r->plan.refusals[i];

		if (refusal->line)
			gcv_cli_note(r->cli, 0, "%s:%u: not converted: %s: %s", refusal->file,
				     refusal->line, refusal->code, refusal->text);
		else
			gcv_cli_note(r->cli, 0, "not converted: %s: %s", refusal->code,
				     refusal->text);
	}
}

static void show_phase(void *ctx, const char *name, uint64_t total)
{
	gcv_progress_phase(ctx, name, total);
}

static void show_update(void *ctx, uint64_t done)
{
	gcv_progress_update(ctx, done);
}

/* Groups of which something was found are given up. @return how many, or a failure in @st */
static uint32_t give_up(struct gcv_rewrite *r, const struct gcv_verify *verify, enum gcv_status *st,
			struct gcv_err *err)
{
	uint32_t i, nr = 0;

	for (i = 0; i < verify->nr_findings; i++) {
		const struct gcv_finding *finding = &verify->findings[i];
		GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

		/* A change of a signature goes by no verdict. */
		if (gcv_signature_is_goal(r->conversion) && finding->kind != GCV_FINDING_ERROR)
			continue;
		if (finding->group == GCV_NONE) {
			*st = gcv_err_set(err, GCV_ERR_FORMAT, "the edits do not hold: %s:%u: %s",
					  finding->file, finding->line, finding->text);
			return nr;
		}
		if (gcv_plan_is_dropped(&r->plan, finding->group))
			continue;
		gcv_strbuf_addf(&text, "%s:%u: %s", finding->file, finding->line, finding->text);
		gcv_plan_drop(&r->plan, finding->group, "check-failed", text.buf);
		nr++;
	}
	return nr;
}

static enum gcv_status check_once(struct gcv_rewrite *r, struct gcv_progress *progress,
				  uint32_t *ret_nr_given_up, struct gcv_err *err)
{
	uint32_t nr = r->plan.nr_files, i;
	struct gcv_file_edit *edits = gcv_zalloc(nr + 1, sizeof(*edits));
	struct gcv_verify_options options = {
		.db = r->db,
		.conversion = r->conversion->name,
		.tree = &r->tree,
		.api = &r->api,
		.edits = edits,
		.nr_edits = nr,
		.groups = r->plan.groups,
		.nr_groups = r->nr_sites,
		.compile_commands = gcv_cli_value(r->cli, "compile-commands"),
		.progress = { show_phase, show_update, progress },
	};
	struct gcv_verify *verify = NULL;
	long nr_workers = 0;
	enum gcv_status st;

	if (gcv_cli_number(r->cli, "jobs", 1, 1024, &nr_workers) != GCV_EXIT_DONE)
		nr_workers = 0;
	options.nr_workers = (unsigned int)nr_workers;
	if (gcv_signature_is_goal(r->conversion)) {
		options.conversion = gcv_classify_default(&r->era);
		options.groups = NULL;
		options.nr_groups = 0;
	}
	/* Only read: the changes stay the plan's. */
	for (i = 0; i < nr; i++)
		edits[i] = r->plan.files[i].edit;
	st = gcv_verify(&options, &verify, err);
	if (st == GCV_OK)
		*ret_nr_given_up = give_up(r, verify, &st, err);
	gcv_verify_free(verify);
	free(edits);
	return st;
}

/* What does not stand the check is given up, and the rest is checked again. */
static enum gcv_status check(struct gcv_rewrite *r, struct gcv_err *err)
{
	struct gcv_progress progress;
	enum gcv_status st = GCV_OK;
	uint32_t nr_given_up = 1;
	unsigned int i;

	gcv_progress_init(&progress, stderr, r->cli->quiet);
	for (i = 0; st == GCV_OK && nr_given_up && r->plan.nr_files && i < MAX_CHECKS; i++) {
		nr_given_up = 0;
		st = check_once(r, &progress, &nr_given_up, err);
		if (st == GCV_OK && nr_given_up)
			st = gcv_plan_make(&r->plan, err);
	}
	gcv_progress_end(&progress);
	if (st == GCV_OK && nr_given_up && r->plan.nr_files)
		return gcv_err_set(err, GCV_ERR_LIMIT,
				   "after %d checks there are still edits that do not hold",
				   MAX_CHECKS);
	return st;
}

static enum gcv_status deliver(struct gcv_rewrite *r, struct gcv_err *err)
{
	const char *dir = gcv_cli_value(r->cli, "series");

	if (dir)
		return gcv_rewrite_series(r, dir, err);
	if (gcv_cli_given(r->cli, "in-place"))
		return replace_files(r, err);
	return print_diffs(r, err);
}

static int check_options(const struct gcv_cli *cli)
{
	static const char *const of_series[] = { "reroll", "max-patches", "signoff" };
	size_t i;

	if (gcv_cli_given(cli, "in-place") && gcv_cli_given(cli, "series"))
		return gcv_cli_usage_error(cli, "--in-place does not go with --series");
	for (i = 0; i < sizeof(of_series) / sizeof(of_series[0]); i++)
		if (gcv_cli_given(cli, of_series[i]) && !gcv_cli_given(cli, "series"))
			return gcv_cli_usage_error(cli, "--%s needs --series", of_series[i]);
	return GCV_EXIT_DONE;
}

int gcv_cmd_rewrite(struct gcv_cli *cli)
{
	struct gcv_rewrite rewrite = { .cli = cli };
	int status = check_options(cli);
	struct gcv_err err;
	enum gcv_status st;

	if (status != GCV_EXIT_DONE)
		return status;
	gcv_heap_keep((size_t)384 << 20, (size_t)1 << 20);
	st = gcv_rewrite_load(&rewrite, &err);
	if (st == GCV_OK)
		st = gcv_plan_make(&rewrite.plan, &err);
	if (st == GCV_OK)
		st = check(&rewrite, &err);
	if (st == GCV_OK) {
		tell_refusals(&rewrite);
		st = deliver(&rewrite, &err);
	}
	if (st == GCV_ERR_USAGE)
		status = gcv_cli_usage_error(cli, "%s", err.text);
	else if (st != GCV_OK)
		status = gcv_cli_fail(cli, &err);
	gcv_rewrite_release(&rewrite);
	return status;
}
