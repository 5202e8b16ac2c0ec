// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"
#include "cmd/explain_text.h"
#include "cmd/place.h"
#include "cmd/terminal.h"
#include "db/results.h"
#include "db/store.h"
#include "report/explain_json.h"
#include "tree/beneath.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/** ID_DIGITS - length of the id of a site */
#define ID_DIGITS 16

/**
 * struct explain_command - the command at work
 * @cli: the command line
 * @db: the database
 * @tree: the tree
 * @has_tree: it could be opened: source lines can be shown
 * @api: the API table
 * @lines: source lines
 * @path: the file that was asked for
 * @query: what was asked for
 */
struct explain_command {
	const struct gcv_cli *cli;
	struct gcv_db *db;
	struct gcv_tree tree;
	bool has_tree;
	struct gcv_api api;
	struct gcv_lines lines;
	char path[PATH_MAX];
	struct gcv_explain_query query;
};

static enum gcv_status sites(void *ctx, const char *label, const struct gcv_site_filter *filter,
			     gcv_site_fn *fn, void *data, struct gcv_err *err)
{
	return gcv_db_sites(ctx, label, filter, fn, data, err);
}

static enum gcv_status apis(void *ctx, const char *label, gcv_api_fn *fn, void *data,
			    struct gcv_err *err)
{
	return gcv_db_apis(ctx, label, fn, data, err);
}

static enum gcv_status steps(void *ctx, const char *label, const char *conversion, uint32_t site,
			     struct gcv_arena *arena, struct gcv_result_step **ret_steps,
			     uint32_t *ret_nr, struct gcv_err *err)
{
	return gcv_db_result_steps(ctx, label, conversion, site, arena, ret_steps, ret_nr, err);
}

static enum gcv_status file_hash(void *ctx, const char *label, const char *path,
				 uint8_t ret_hash[16], bool *ret_found, struct gcv_err *err)
{
	return gcv_db_file_hash(ctx, label, path, ret_hash, ret_found, err);
}

static bool is_id(const char *text)
{
	return strlen(text) == ID_DIGITS && strspn(text, "0123456789abcdef") == ID_DIGITS;
}

/* FILE:LINE, also with what list and compilers print behind it: FILE:LINE:COLUMN: */
static int parse_place(struct explain_command *c, const char *text)
{
	const char *at = strchr(text, ':');
	char *end = NULL;
	unsigned long line = 0;
	char *file;
	bool is_good;

	while (at && !end) {
		line = strtoul(at + 1, &end, 10);
		if (at[1] < '0' || at[1] > '9' || (*end && *end != ':')) {
			end = NULL;
			at = strchr(at + 1, ':');
		}
	}
	if (!at || !line || line > UINT32_MAX)
		return gcv_cli_usage_error(c->cli, "'%s' is neither FILE:LINE nor the id of a site",
					   text);
	file = strndup(text, (size_t)(at - text));
	is_good = file && gcv_beneath_fold(file, c->path);
	free(file);
	if (!is_good)
		return gcv_cli_usage_error(c->cli, "'%s' is no path below the tree", text);
	c->query.file = c->path;
	c->query.line = (uint32_t)line;
	return GCV_EXIT_DONE;
}

static int parse(struct explain_command *c)
{
	if (c->cli->operand_nr != 1)
		return gcv_cli_usage_error(c->cli, "FILE:LINE is missing");
	if (!is_id(c->cli->operands[0]))
		return parse_place(c, c->cli->operands[0]);
	c->query.id = c->cli->operands[0];
	return GCV_EXIT_DONE;
}

/* Without a tree everything but the source lines can be told. */
static enum gcv_status open_all(struct explain_command *c, struct gcv_err *err)
{
	enum gcv_status st = gcv_database_open_read(c->cli, &c->db, err);

	if (st == GCV_OK)
		st = gcv_api_load(&c->api, err);
	if (st != GCV_OK)
		return st;
	st = gcv_open_tree(c->cli, &c->tree, err);
	c->has_tree = st == GCV_OK;
	if (c->has_tree)
		gcv_lines_init(&c->lines, &c->tree);
	if (gcv_cli_given(c->cli, "tree"))
		return st;
	if (!c->has_tree)
		gcv_cli_warn(c->cli,
			     "no source lines: there is no kernel tree here (-C names one)");
	return GCV_OK;
}

static void tell_nearest(const struct explain_command *c, const struct gcv_explain *explain,
			 struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	uint32_t i;

	if (c->query.id) {
		gcv_err_set(err, GCV_ERR_NOT_FOUND, "the last scan has no site %s", c->query.id);
		return;
	}
	gcv_strbuf_addf(&text, "%s:%u is no acquire or release", c->query.file, c->query.line);
	if (!explain->nr_nearest)
		gcv_strbuf_addstr(&text, ", nor is there one in the file");
	for (i = 0; i < explain->nr_nearest; i++)
		gcv_strbuf_addf(&text, "%s line %u, %s()",
				!i ? (explain->nr_nearest == 1 ? "; the nearest is"
							       : "; the nearest are")
				   : ";",
				explain->nearest[i]->line, explain->nearest[i]->api);
	gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s", text.buf);
}

static enum gcv_status show(struct explain_command *c, const struct gcv_snapshot_row *snapshot,
			    struct gcv_err *err)
{
	const struct gcv_report_source rows = { .ctx = c->db, .sites = sites, .apis = apis };
	const struct gcv_explain_source source = { .rows = &rows,
						   .steps = steps,
						   .file_hash = file_hash,
						   .lines = c->has_tree ? &c->lines : NULL,
						   .api = &c->api };
	struct gcv_explain explain;
	enum gcv_status st;

	st = gcv_explain_collect(&source, &c->query, &explain, err);
	if (st != GCV_OK)
		return st;
	if (!explain.nr_asked) {
		tell_nearest(c, &explain, err);
		st = GCV_ERR_NOT_FOUND;
	} else if (!gcv_cli_given(c->cli, "json")) {
		gcv_explain_print(c->cli, &explain);
	} else if (gcv_explain_json(&explain, snapshot, GCV_VERSION, stdout, err) != GCV_OK &&
		   !ferror(stdout)) {
		st = GCV_ERR_IO;
	}
	gcv_explain_release(&explain);
	return st;
}

/** struct wanted - is there a conversion? */
struct wanted {
	const char *name;
	bool is_there;
};

static enum gcv_status look_for(void *data, const char *conversion, struct gcv_err *err)
{
	struct wanted *wanted = data;

	(void)err;
	wanted->is_there |= strcmp(wanted->name, conversion) == 0;
	return GCV_OK;
}

static enum gcv_status run(struct explain_command *c, struct gcv_err *err)
{
	struct wanted wanted = { .name = c->query.conversion };
	struct gcv_snapshot_row snapshot;
	struct gcv_arena arena = { 0 };
	enum gcv_status st = gcv_db_snapshot(c->db, NULL, &arena, &snapshot, err);

	if (st == GCV_ERR_NOT_FOUND)
		st = gcv_err_set(err, st, "the database is empty: run 'gupconv scan' first");
	c->query.label = st == GCV_OK ? snapshot.label : NULL;
	if (st == GCV_OK && wanted.name)
		st = gcv_db_conversions(c->db, c->query.label, look_for, &wanted, err);
	if (st == GCV_OK && wanted.name && !wanted.is_there)
		st = gcv_err_set(err, GCV_ERR_NOT_FOUND,
				 "the last scan has no results for the conversion '%s'",
				 wanted.name);
	if (st == GCV_OK)
		st = show(c, &snapshot, err);
	gcv_arena_release(&arena);
	return st;
}

int gcv_cmd_explain(struct gcv_cli *cli)
{
	struct explain_command c = { .cli = cli,
				     .query.conversion = gcv_cli_value(cli, "conversion") };
	struct gcv_err err;
	int status = parse(&c);

	if (status != GCV_EXIT_DONE)
		return status;
	if (open_all(&c, &err) != GCV_OK || run(&c, &err) != GCV_OK)
		status = gcv_cli_fail(cli, &err);
	if (c.has_tree) {
		gcv_lines_release(&c.lines);
		gcv_tree_release(&c.tree);
	}
	gcv_api_release(&c.api);
	gcv_db_close(c.db);
	return status;
}
