// SPDX-License-Identifier: GPL-2.0-only
#include "base/alloc.h"
#include "base/intern.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/terminal.h"
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
 * @filter: role and paths
 * @names: the names to be shown
 * @all_names: all are
 * @json: the document
 * @as_json: print it
 * @width: columns for the place, on a terminal; 0 in a pipe
 */
struct list {
	const struct gcv_cli *cli;
	struct gcv_db *db;
	const char *label;
	struct gcv_site_filter filter;
	struct gcv_intern names;
	bool all_names;
	struct gcv_json_stream json;
	bool as_json;
	int width;
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

static void put_site(const struct list *l, const struct gcv_site *site)
{
	put_place(l, site->file, site->line, 0);
	if (!l->filter.role) {
		gcv_terminal_put(stdout, site->role);
		fputs(": ", stdout);
	}
	gcv_terminal_put(stdout, *site->function ? site->function : "-");
	fputs(": ", stdout);
	put_name(l, site->api);
	putchar('(');
	put_on_one_line(site->flags);
	putchar(')');
	put_configs(l, site);
	put_macro(site);
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

static void widen(struct list *l, int width)
{
	if (width > l->width && width <= WIDEST_PLACE)
		l->width = width;
}

static enum gcv_status measure_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct list *l = data;

	(void)err;
	if (site_is_shown(l, site))
		widen(l, place_width(site->file, site->line, 0));
	return GCV_OK;
}

static enum gcv_status measure_occurrence(void *data, const struct gcv_occurrence_row *row,
					  struct gcv_err *err)
{
	struct list *l = data;

	(void)err;
	if (occurrence_is_shown(l, row))
		widen(l, place_width(row->file, row->line, row->column));
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
	if (st == GCV_OK && !l->as_json && isatty(STDOUT_FILENO))
		st = read_rows(l, measure_site, measure_occurrence, err);
	if (st != GCV_OK)
		goto out;
	if (l->as_json)
		gcv_list_json_begin(&l->json, &snapshot, GCV_VERSION,
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

int gcv_cmd_list(struct gcv_cli *cli)
{
	struct list list = {
		.cli = cli,
		.filter.role = gcv_cli_value(cli, "role"),
		.json.out = stdout,
		.as_json = gcv_cli_given(cli, "json"),
	};
	struct gcv_arena arena = { 0 };
	struct gcv_err err;
	int status = fold_paths(&list, &arena);

	if (status == GCV_EXIT_DONE &&
	    (gcv_database_open_read(cli, &list.db, &err) != GCV_OK || print(&list, &err) != GCV_OK))
		status = gcv_cli_fail(cli, &err);
	gcv_db_close(list.db);
	gcv_intern_release(&list.names);
	gcv_arena_release(&arena);
	return status;
}
