// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/analyse.h"
#include "cmd/check_diff.h"
#include "cmd/check_series.h"
#include "cmd/check_series_scan.h"
#include "cmd/check_text.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/terminal.h"
#include "report/baseline.h"
#include "report/check_json.h"
#include "report/sarif.h"
#include "tree/beneath.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/**
 * struct check - the command at work
 * @cli: the command line
 * @arena: owns paths and the snapshot
 * @db: the database
 * @snapshot: what is checked
 * @filter: what is asked for
 * @findings: what was found
 * @known: ids of an earlier document
 * @changed: lines that differ from a revision
 * @series: the audit of a posted series, or NULL
 */
struct check {
	const struct gcv_cli *cli;
	struct gcv_arena arena;
	struct gcv_db *db;
	struct gcv_snapshot_row snapshot;
	struct gcv_findings_filter filter;
	struct gcv_findings findings;
	struct gcv_intern known;
	struct gcv_diff_lines changed;
	struct gcv_check_series *series;
};

/* What an older version scanned has no faults yet: they are made from the stored facts. */
static enum gcv_status complete(struct check *c, struct gcv_err *err)
{
	struct gcv_tree tree = { .fd = -1 };
	struct gcv_api api = { 0 };
	GCV_AUTOFREE char *path = NULL;
	enum gcv_status st = gcv_open_tree(c->cli, &tree, err);

	if (st != GCV_OK)
		return st;
	gcv_db_close(c->db);
	c->db = NULL;
	st = gcv_database_path(c->cli, &tree, false, &path, err);
	if (st == GCV_OK)
		st = gcv_db_open(path, GCV_DB_WRITE, &c->db, err);
	if (st == GCV_OK)
		st = gcv_api_load(&api, err);
	if (st == GCV_OK)
		st = gcv_analyse_stored_faults(c->db, NULL, &tree, &api, err);
	gcv_api_release(&api);
	gcv_tree_release(&tree);
	return st;
}

static enum gcv_status load(struct check *c, struct gcv_err *err)
{
	bool is_checked = false;
	enum gcv_status st = gcv_database_open_read(c->cli, &c->db, err);

	if (st != GCV_OK)
		return st;
	st = gcv_db_has_faults(c->db, NULL, &is_checked, err);
	if (st == GCV_ERR_NOT_FOUND)
		return gcv_err_set(err, st, "the database is empty: run 'gupconv scan' first");
	if (st == GCV_OK && !is_checked)
		st = complete(c, err);
	if (st == GCV_OK)
		st = gcv_db_snapshot(c->db, NULL, &c->arena, &c->snapshot, err);
	if (st == GCV_OK)
		st = gcv_db_findings(c->db, NULL, &c->findings, &is_checked, err);
	return st;
}

static int read_paths(struct check *c)
{
	const struct gcv_cli *cli = c->cli;
	const char **paths = gcv_arena_alloc(&c->arena, sizeof(*paths) * (cli->operand_nr + 1));
	char path[PATH_MAX];
	size_t i;

	for (i = 0; i < cli->operand_nr; i++) {
		if (!gcv_beneath_fold(cli->operands[i], path))
			return gcv_cli_usage_error(cli, "'%s' is no path below the tree",
						   cli->operands[i]);
		paths[i] = strcmp(path, ".") == 0 ? "" : gcv_arena_strdup(&c->arena, path);
	}
	c->filter.paths = paths;
	c->filter.nr_paths = (uint32_t)cli->operand_nr;
	return GCV_EXIT_DONE;
}

/* The parser has seen that the words are among those of the table. */
static void read_levels(struct check *c)
{
	const char *confidence = gcv_cli_value(c->cli, "confidence");
	const char *severity = gcv_cli_value(c->cli, "severity");
	unsigned int i;

	c->filter.confidence = GCV_CONFIDENCE_MEDIUM;
	c->filter.severity = GCV_SEVERITY_NOTE;
	for (i = 0; confidence && i < GCV_CONFIDENCES; i++)
		if (strcmp(confidence, gcv_confidence_name(i)) == 0)
			c->filter.confidence = i;
	for (i = 0; severity && i < GCV_SEVERITIES; i++)
		if (strcmp(severity, gcv_severity_name(i)) == 0)
			c->filter.severity = i;
}

static void read_checks(struct check *c)
{
	const char **checks = gcv_arena_alloc(&c->arena, sizeof(*checks) * (c->cli->use_nr + 1)),
		   *check;
	uint32_t nr = 0;
	size_t pos = 0;

	while ((check = gcv_cli_next_value(c->cli, "check", &pos)))
		checks[nr++] = check;
	c->filter.checks = checks;
	c->filter.nr_checks = nr;
}

static enum gcv_status print(struct check *c, struct gcv_err *err)
{
	const struct gcv_audit *audit = c->series ? &c->series->audit : NULL;
	enum gcv_status st;

	if (gcv_cli_given(c->cli, "json")) {
		st = gcv_check_json_write(&c->findings, &c->snapshot, GCV_VERSION, audit, stdout,
					  err);
	} else if (gcv_cli_given(c->cli, "sarif")) {
		st = gcv_sarif_write(&c->findings, &c->snapshot, GCV_VERSION, audit, stdout, err);
	} else {
		gcv_check_text_print(c->cli, &c->findings, audit);
		return GCV_OK;
	}
	/* Lost output is told when standard output is closed. */
	return ferror(stdout) ? GCV_OK : st;
}

static bool is_changed(void *ctx, const char *file, uint32_t line)
{
	return gcv_diff_lines_have(ctx, file, line);
}

static enum gcv_status read_baseline(struct check *c, struct gcv_err *err)
{
	const char *path = gcv_cli_value(c->cli, "baseline");

	if (!path)
		return GCV_OK;
	c->filter.known = &c->known;
	return gcv_baseline_read(path, &c->known, err);
}

static enum gcv_status read_diff(struct check *c, struct gcv_err *err)
{
	const char *revision = gcv_cli_value(c->cli, "diff");

	if (!revision)
		return GCV_OK;
	c->filter.is_changed = is_changed;
	c->filter.ctx = &c->changed;
	return gcv_check_diff_read(c->cli, c->db, revision, &c->changed, err);
}

/* Faults of the tree as it is are not those of the series. */
static enum gcv_status load_series(struct check *c, struct gcv_err *err)
{
	enum gcv_status st = gcv_database_open_read(c->cli, &c->db, err);

	if (st == GCV_OK)
		st = gcv_db_snapshot(c->db, NULL, &c->arena, &c->snapshot, err);
	if (st == GCV_OK)
		st = gcv_check_series_run(c->cli, &c->db, &c->findings, &c->series, err);
	/* A series that has nothing to do with any conversion is not audited. */
	if (st == GCV_OK && c->series->audit.conversion)
		st = gcv_check_series_scan(c->cli, c->db, c->series, &c->findings, err);
	gcv_audit_sort(&c->findings);
	return st;
}

static enum gcv_status run(struct check *c, struct gcv_err *err)
{
	enum gcv_status st = read_baseline(c, err);

	if (st == GCV_OK)
		st = gcv_cli_given(c->cli, "series") ? load_series(c, err) : load(c, err);
	if (st == GCV_OK)
		st = read_diff(c, err);
	if (st != GCV_OK)
		return st;
	gcv_findings_silence(&c->findings);
	gcv_findings_filter(&c->findings, &c->filter);
	gcv_check_text_comments(c->cli, &c->findings, &c->filter);
	return print(c, err);
}

int gcv_cmd_check(struct gcv_cli *cli)
{
	struct check check = { .cli = cli };
	struct gcv_err err;
	int status;

	if (gcv_cli_given(cli, "json") && gcv_cli_given(cli, "sarif"))
		return gcv_cli_usage_error(cli, "--json does not go with --sarif");
	if (gcv_cli_given(cli, "series") &&
	    (gcv_cli_given(cli, "diff") || gcv_cli_given(cli, "check")))
		return gcv_cli_usage_error(cli, "--series does not go with --diff or --check");
	status = read_paths(&check);
	if (status == GCV_EXIT_DONE) {
		read_levels(&check);
		read_checks(&check);
		if (run(&check, &err) != GCV_OK)
			status = gcv_cli_fail(cli, &err);
		else if (gcv_findings_count(&check.findings, GCV_FAULT_STANDS))
			status = GCV_EXIT_FINDINGS;
	}
	gcv_findings_release(&check.findings);
	gcv_check_series_free(check.series);
	gcv_intern_release(&check.known);
	gcv_diff_lines_release(&check.changed);
	gcv_db_close(check.db);
	gcv_arena_release(&check.arena);
	return status;
}
