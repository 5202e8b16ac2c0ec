// SPDX-License-Identifier: GPL-2.0-only
#include "base/alloc.h"
#include "base/intern.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/site_options.h"
#include "cmd/terminal.h"
#include "db/results.h"
#include "db/store.h"
#include "report/list_json.h"
#include "tree/beneath.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Code in headers is seen in every configuration: these many are shown without -v. */
#define SHOWN_CONFIGS 4
/* Columns that a place may take before what follows is no longer aligned. */
#define WIDEST_PLACE 44

/**
 * struct list - a list while it is printed
 * @cli: the command line
 * @db: the database
 * @label: the snapshot
 * @filter: role, paths and what results are wanted
 * @conversion: what the results are for; "" where there are none
 * @names: the names to be shown
 * @all_names: all are
 * @json: the document
 * @as_json: print it
 * @width: columns for the place, on a terminal; 0 in a pipe
 * @result_width: the same for verdict and pattern
 */
struct list {
	const struct gcv_cli *cli;
	struct gcv_db *db;
	const char *label;
	struct gcv_site_filter filter;
	struct gcv_strbuf conversion;
	struct gcv_intern names;
	bool all_names;
	struct gcv_json_stream json;
	bool as_json;
	int width, result_width;
};

static void color(const struct list *l, enum gcv_color which)
{
	fputs(gcv_terminal_color(l->cli->color_out, which), stdout);
}

/* What is spelled over several lines is shown on one. */
static void put_on_one_line(const char *text)
{
	GCV_STRBUF_AUTO struct gcv_strbuf line = { 0 };

	for (; *text; text++) {
		if (!isspace((unsigned char)*text))
			gcv_strbuf_addch(&line, *text);
		else if (line.len && line.buf[line.len - 1] != ' ')
			gcv_strbuf_addch(&line, ' ');
	}
	if (line.len)
		gcv_terminal_put(stdout, line.buf);
}

static int place_width(const char *file, uint32_t line, uint32_t column)
{
	char numbers[32];

	if (column)
		snprintf(numbers, sizeof(numbers), ":%u:%u:", line, column);
	else
		snprintf(numbers, sizeof(numbers), ":%u:", line);
	return (int)(strnlen(file, PATH_MAX) + strlen(numbers));
}

/* FILE:LINE: or FILE:LINE:COLUMN:, and what fills the column on a terminal. */
static void put_place(const struct list *l, const char *file, uint32_t line, uint32_t column)
{
	int width = place_width(file, line, column);

	color(l, GCV_COLOR_PATH);
	gcv_terminal_put(stdout, file);
	printf(":%u", line);
	if (column)
		printf(":%u", column);
	color(l, GCV_COLOR_RESET);
	printf(":%*s", width < l->width ? l->width - width + 1 : 1, "");
}

static void put_name(const struct list *l, const char *name)
{
	color(l, GCV_COLOR_NAME);
	gcv_terminal_put(stdout, name);
	color(l, GCV_COLOR_RESET);
}

static void put_configs(const struct list *l, const struct gcv_site *site)
{
	uint32_t i, nr = site->nr_configs;

	/* "and 1 more" would take the room of the one. */
	if (!l->cli->verbose && nr > SHOWN_CONFIGS + 1)
		nr = SHOWN_CONFIGS;
	color(l, GCV_COLOR_DIM);
	fputs(" [", stdout);
	for (i = 0; i < nr; i++) {
		fputs(i ? "; " : "", stdout);
		gcv_terminal_put(stdout, site->configs[i]);
	}
	if (nr < site->nr_configs)
		printf("; and %u more", site->nr_configs - nr);
	putchar(']');
	color(l, GCV_COLOR_RESET);
}

static void put_macro(const struct gcv_site *site)
{
	if (!*site->macro)
		return;
	fputs(" via ", stdout);
	gcv_terminal_put(stdout, site->macro);
	if (!*site->macro_file)
		return;
	fputs(" (", stdout);
	gcv_terminal_put(stdout, site->macro_file);
	printf(":%u)", site->macro_line);
}

/* "refused loop", "keep", or "-" where nothing was found out. */
static void add_result(struct gcv_strbuf *text, const struct gcv_result *result)
{
	bool has_pattern = result && *result->pattern && strcmp(result->pattern, "none") != 0;

	gcv_strbuf_addstr(text, result && *result->verdict ? result->verdict : "-");
	if (has_pattern)
		gcv_strbuf_addf(text, " %s", result->pattern);
}

static void put_result(const struct list *l, const struct gcv_site *site)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	int width;

	if (!l->conversion.len)
		return;
	add_result(&text, site->result);
	width = (int)text.len;
	gcv_terminal_put(stdout, text.buf);
	printf(":%*s", width < l->result_width ? l->result_width - width + 1 : 1, "");
}

static void put_reasons(const struct gcv_site *site)
{
	uint32_t i;

	for (i = 0; site->result && i < site->result->nr_reasons; i++) {
		fputs(i ? ", " : " because ", stdout);
		gcv_terminal_put(stdout, site->result->reasons[i].code);
	}
}

static void put_site(const struct list *l, const struct gcv_site *site)
{
	put_place(l, site->file, site->line, 0);
	if (!l->filter.role) {
		gcv_terminal_put(stdout, site->role);
		fputs(": ", stdout);
	}
	put_result(l, site);
	gcv_terminal_put(stdout, *site->function ? site->function : "-");
	fputs(": ", stdout);
	put_name(l, site->api);
	putchar('(');
	put_on_one_line(site->flags);
	putchar(')');
	put_configs(l, site);
	put_macro(site);
	put_reasons(site);
	puts(site->homonym ? " (namesake)" : "");
}

static bool has_name(const struct list *l, const char *name)
{
	return l->all_names || gcv_intern_find(&l->names, name, strlen(name)) != GCV_INTERN_NONE;
}

/* A namesake is no site; it is shown to those who ask for more. */
static bool site_is_shown(const struct list *l, const struct gcv_site *site)
{
	return has_name(l, site->api) && (!site->homonym || l->cli->verbose);
}

static enum gcv_status show_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct list *l = data;

	(void)err;
	if (!site_is_shown(l, site))
		return GCV_OK;
	if (l->as_json)
		gcv_list_json_site(&l->json, site);
	else
		put_site(l, site);
	return GCV_OK;
}

static bool occurrence_is_shown(const struct list *l, const struct gcv_occurrence_row *row)
{
	struct gcv_site_filter filter = { .paths = l->filter.paths,
					  .nr_paths = l->filter.nr_paths };
	struct gcv_site site = { .file = row->file };

	return has_name(l, row->api) && gcv_site_is_wanted(&site, &filter);
}

static enum gcv_status show_occurrence(void *data, const struct gcv_occurrence_row *row,
				       struct gcv_err *err)
{
	struct list *l = data;

	(void)err;
	if (!occurrence_is_shown(l, row))
		return GCV_OK;
	if (l->as_json) {
		gcv_list_json_occurrence(&l->json, row);
		return GCV_OK;
	}
	put_place(l, row->file, row->line, row->column);
	put_name(l, row->api);
	fputs(": ", stdout);
	gcv_terminal_put(stdout, row->class_name);
	color(l, GCV_COLOR_DIM);
	if (*row->detail) {
		fputs(": ", stdout);
		put_on_one_line(row->detail);
	}
	if (*row->condition) {
		fputs(": ", stdout);
		put_on_one_line(row->condition);
	}
	color(l, GCV_COLOR_RESET);
	putchar('\n');
	return GCV_OK;
}

static void widen(int *width, int wanted)
{
	if (wanted > *width && wanted <= WIDEST_PLACE)
		*width = wanted;
}

static enum gcv_status measure_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct list *l = data;

	(void)err;
	if (!site_is_shown(l, site))
		return GCV_OK;
	widen(&l->width, place_width(site->file, site->line, 0));
	add_result(&text, site->result);
	widen(&l->result_width, (int)text.len);
	return GCV_OK;
}

static enum gcv_status measure_occurrence(void *data, const struct gcv_occurrence_row *row,
					  struct gcv_err *err)
{
	struct list *l = data;

	(void)err;
	if (occurrence_is_shown(l, row))
		widen(&l->width, place_width(row->file, row->line, row->column));
	return GCV_OK;
}

/* Read what was asked for, with @site or @occurrence for each row. */
static enum gcv_status read_rows(struct list *l, gcv_site_fn *site, gcv_occurrence_fn *occurrence,
				 struct gcv_err *err)
{
	if (gcv_cli_given(l->cli, "ledger"))
		return gcv_db_occurrences(l->db, l->label, gcv_cli_value(l->cli, "ledger"),
					  occurrence, l, err);
	return gcv_db_sites(l->db, l->label, &l->filter, site, l, err);
}

/** struct known - names that the snapshot knows: all, and those of the role that was asked for */
struct known {
	struct list *list;
	struct gcv_intern all, of_role;
};

static enum gcv_status take_api(void *data, const struct gcv_snapshot_api *api, struct gcv_err *err)
{
	struct known *known = data;
	const char *role = known->list->filter.role;

	(void)err;
	gcv_intern_add(&known->all, api->name, strlen(api->name));
	if (!role || strcmp(api->role, role) == 0)
		gcv_intern_add(&known->of_role, api->name, strlen(api->name));
	return GCV_OK;
}

/* The names to be shown: those of --name, of the role of --role. */
static enum gcv_status choose_names(struct list *l, struct gcv_err *err)
{
	struct known known = { .list = l };
	enum gcv_status st = gcv_db_apis(l->db, l->label, take_api, &known, err);
	const char *name;
	size_t pos = 0;
	uint32_t i;

	while (st == GCV_OK && (name = gcv_cli_next_value(l->cli, "name", &pos))) {
		if (gcv_intern_find(&known.of_role, name, strlen(name)) != GCV_INTERN_NONE)
			gcv_intern_add(&l->names, name, strlen(name));
		else if (gcv_intern_find(&known.all, name, strlen(name)) == GCV_INTERN_NONE)
			gcv_cli_warn(l->cli, "'%s' is not among the API names", name);
	}
	for (i = 0; st == GCV_OK && !gcv_cli_given(l->cli, "name") && i < known.of_role.nr; i++) {
		name = gcv_intern_str(&known.of_role, i);
		gcv_intern_add(&l->names, name, strlen(name));
	}
	l->all_names = !l->filter.role && !gcv_cli_given(l->cli, "name");
	gcv_intern_release(&known.all);
	gcv_intern_release(&known.of_role);
	return st;
}

static enum gcv_status take_conversion(void *data, const char *conversion, struct gcv_err *err)
{
	struct list *l = data;
	const char *wanted = l->filter.conversion;

	(void)err;
	if (!l->conversion.len && (!wanted || strcmp(wanted, conversion) == 0))
		gcv_strbuf_addstr(&l->conversion, conversion);
	return GCV_OK;
}

/* What the results are for. To ask for results where there are none is a mistake. */
static enum gcv_status choose_conversion(struct list *l, struct gcv_err *err)
{
	bool is_asked = l->filter.pattern || l->filter.verdict || l->filter.reason;
	enum gcv_status st = gcv_db_conversions(l->db, l->label, take_conversion, l, err);

	if (st != GCV_OK || l->conversion.len)
		return st;
	if (l->filter.conversion)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND,
				   "the last scan has no results for the conversion '%s'",
				   l->filter.conversion);
	if (is_asked)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "the last scan has no results");
	return GCV_OK;
}

static enum gcv_status print(struct list *l, struct gcv_err *err)
{
	struct gcv_arena arena = { 0 };
	struct gcv_snapshot_row snapshot;
	enum gcv_status st = gcv_db_snapshot(l->db, NULL, &arena, &snapshot, err);

	if (st == GCV_ERR_NOT_FOUND)
		st = gcv_err_set(err, st, "the database is empty: run 'gupconv scan' first");
	if (st != GCV_OK)
		goto out;
	l->label = snapshot.label;
	st = choose_names(l, err);
	if (st == GCV_OK)
		st = choose_conversion(l, err);
	if (st == GCV_OK && !l->as_json && isatty(STDOUT_FILENO))
		st = read_rows(l, measure_site, measure_occurrence, err);
	if (st != GCV_OK)
		goto out;
	if (l->as_json)
		gcv_list_json_begin(&l->json, &snapshot, l->conversion.buf, GCV_VERSION,
				    gcv_cli_given(l->cli, "ledger") ? "occurrences" : "sites");
	st = read_rows(l, show_site, show_occurrence, err);
	/* Lost output is told when standard output is closed. */
	if (st == GCV_OK && l->as_json && gcv_list_json_end(&l->json, err) != GCV_OK &&
	    !ferror(stdout))
		st = GCV_ERR_IO;
out:
	gcv_arena_release(&arena);
	return st;
}

/* Paths in the form in which the database has them. */
static int fold_paths(struct list *l, struct gcv_arena *arena)
{
	const struct gcv_cli *cli = l->cli;
	const char **paths = gcv_arena_alloc(arena, sizeof(*paths) * cli->operand_nr);
	char path[PATH_MAX];
	size_t i;

	for (i = 0; i < cli->operand_nr; i++) {
		if (!gcv_beneath_fold(cli->operands[i], path))
			return gcv_cli_usage_error(cli, "'%s' is no path below the tree",
						   cli->operands[i]);
		paths[i] = strcmp(path, ".") == 0 ? "" : gcv_arena_strdup(arena, path);
	}
	l->filter.paths = paths;
	l->filter.nr_paths = (uint32_t)cli->operand_nr;
	return GCV_EXIT_DONE;
}

/* The ledger is of text, which has no results. */
static int check_options(const struct gcv_cli *cli)
{
	static const char *const options[] = { "conversion", "pattern",	   "verdict", "reason",
					       "subsystem",  "maintainer", "status" };
	size_t i;

	for (i = 0; gcv_cli_given(cli, "ledger") && i < sizeof(options) / sizeof(options[0]); i++)
		if (gcv_cli_given(cli, options[i]))
			return gcv_cli_usage_error(cli, "--%s does not go with --ledger",
						   options[i]);
	return GCV_EXIT_DONE;
}

int gcv_cmd_list(struct gcv_cli *cli)
{
	struct list list = {
		.cli = cli,
		.filter = gcv_site_options_filter(cli),
		.json.out = stdout,
		.as_json = gcv_cli_given(cli, "json"),
	};
	struct gcv_arena arena = { 0 };
	struct gcv_err err;
	int status = check_options(cli);

	list.filter.role = gcv_cli_value(cli, "role");
	if (status == GCV_EXIT_DONE)
		status = fold_paths(&list, &arena);
	if (status == GCV_EXIT_DONE &&
	    (gcv_database_open_read(cli, &list.db, &err) != GCV_OK || print(&list, &err) != GCV_OK))
		status = gcv_cli_fail(cli, &err);
	gcv_db_close(list.db);
	gcv_intern_release(&list.names);
	gcv_strbuf_release(&list.conversion);
	gcv_arena_release(&arena);
	return status;
}
