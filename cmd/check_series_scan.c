// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/check_series_scan.h"

#include "cmd/progress.h"
#include "cmd/verify.h"

#include <stdlib.h>
#include <string.h>

static void show_phase(void *ctx, const char *what, uint64_t total)
{
	gcv_progress_phase(ctx, what, total);
}

static void show_update(void *ctx, uint64_t done)
{
	gcv_progress_update(ctx, done);
}

/* The same fault, foretold by the results before: then that was right. */
static bool confirms(const struct gcv_finding *finding, struct gcv_findings *findings)
{
	bool is_known = false;
	uint32_t i;

	for (i = 0; i < findings->nr; i++) {
		struct gcv_told_fault *told = &findings->list[i];

		if (told->patch != finding->group + 1 ||
		    strcmp(told->fault.file, finding->file) != 0 ||
		    strcmp(told->fault.function, finding->function) != 0 ||
		    (strcmp(told->fault.check, gcv_audit_name(GCV_AUDIT_ERROR_PATH)) != 0 &&
		     strcmp(told->fault.check, gcv_audit_name(GCV_AUDIT_MAY_SLEEP)) != 0))
			continue;
		told->fault.confidence = gcv_confidence_name(GCV_CONFIDENCE_HIGH);
		is_known = true;
	}
	return is_known;
}

static void take(const struct gcv_check_series *s, const struct gcv_finding *finding,
		 struct gcv_findings *findings)
{
	bool is_error = finding->kind == GCV_FINDING_ERROR;
	const struct gcv_result_fault fault = {
		.confidence =
			gcv_confidence_name(is_error ? GCV_CONFIDENCE_HIGH : GCV_CONFIDENCE_MEDIUM),
		.site = GCV_NONE,
		.site_id = "",
		.api = "",
		.file = finding->file,
		.line = finding->line,
		.function = finding->function,
		.text = finding->text,
	};

	if (is_error || (finding->kind == GCV_FINDING_FAULT && !confirms(finding, findings)))
		gcv_audit_add(&s->audit, findings,
			      is_error ? GCV_AUDIT_NEW_ERROR : GCV_AUDIT_NEW_FAULT, finding->group,
			      &fault);
}

static enum gcv_status make_edits(const struct gcv_check_series *s, struct gcv_file_edit *edits,
				  struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < s->audit.nr_files && st == GCV_OK; i++)
		st = gcv_patched_edit(&s->files[i], &edits[i], err);
	return st;
}

static enum gcv_status scan(const struct gcv_cli *cli, struct gcv_db *db,
			    const struct gcv_check_series *s, const struct gcv_file_edit *edits,
			    struct gcv_findings *findings, struct gcv_err *err)
{
	GCV_AUTOFREE uint32_t *groups = gcv_zalloc(s->audit.nr_sites + 1, sizeof(*groups));
	struct gcv_progress progress;
	const struct gcv_verify_options options = {
		.db = db,
		.conversion = s->audit.conversion->name,
		.tree = &s->tree,
		.api = &s->api,
		.edits = edits,
		.nr_edits = s->audit.nr_files,
		.groups = groups,
		.nr_groups = s->audit.nr_sites,
		.progress = { show_phase, show_update, &progress },
	};
	struct gcv_verify *verify = NULL;
	enum gcv_status st;
	uint32_t i;

	for (i = 0; i < s->audit.nr_sites; i++)
		groups[i] = s->sites[i].patch < s->patches.nr ? s->sites[i].patch : GCV_NONE;
	gcv_progress_init(&progress, stderr, cli->quiet);
	st = gcv_verify(&options, &verify, err);
	gcv_progress_end(&progress);
	for (i = 0; st == GCV_OK && i < verify->nr_findings; i++)
		take(s, &verify->findings[i], findings);
	gcv_verify_free(verify);
	return st;
}

enum gcv_status gcv_check_series_scan(const struct gcv_cli *cli, struct gcv_db *db,
				      struct gcv_check_series *s, struct gcv_findings *findings,
				      struct gcv_err *err)
{
	struct gcv_file_edit *edits = gcv_zalloc(s->audit.nr_files + 1, sizeof(*edits));
	enum gcv_status st = make_edits(s, edits, err);
	uint32_t i;

	if (st == GCV_OK)
		st = scan(cli, db, s, edits, findings, err);
	for (i = 0; i < s->audit.nr_files; i++)
		gcv_file_edit_release(&edits[i]);
	free(edits);
	return st;
}
