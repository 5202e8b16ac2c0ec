// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/rewrite.h"
#include "cmd/command.h"
#include "cmd/terminal.h"
#include "edit/diff.h"

#include <stdio.h>

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

	for (i = 0; st == GCV_OK && i < r->plan.nr_files; i++)
		st = print_diff(&r->plan.files[i], err);
	return st;
}

static void tell_refusals(const struct gcv_rewrite *r)
{
	uint32_t i;

	for (i = 0; i < r->plan.nr_refusals; i++) {
		const struct gcv_plan_refusal *refusal = &r->plan.refusals[i];
		const struct gcv_program_site *site = &r->program->facts.sites[refusal->site];

		gcv_cli_note(r->cli, 0, "%s:%u: %s: %s", site->file, site->line, refusal->code,
			     refusal->text);
	}
}

int gcv_cmd_rewrite(struct gcv_cli *cli)
{
	struct gcv_rewrite rewrite = { .cli = cli };
	int status = GCV_EXIT_DONE;
	struct gcv_err err;
	enum gcv_status st = gcv_rewrite_load(&rewrite, &err);

	if (st == GCV_OK)
		st = gcv_plan_make(&rewrite.plan, &err);
	if (st == GCV_OK) {
		tell_refusals(&rewrite);
		st = print_diffs(&rewrite, &err);
	}
	if (st == GCV_ERR_USAGE)
		status = gcv_cli_usage_error(cli, "%s", err.text);
	else if (st != GCV_OK)
		status = gcv_cli_fail(cli, &err);
	gcv_rewrite_release(&rewrite);
	return status;
}
