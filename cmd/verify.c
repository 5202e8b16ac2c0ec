// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/verify.h"
#include "cmd/analyse.h"
#include "cmd/scan_store.h"
#include "cmd/scratch.h"
#include "cmd/verify_state.h"
#include "cmd/worker_path.h"
#include "db/results.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/** struct check - a check at work */
struct check {
	const struct gcv_verify_options *options;
	struct gcv_verify *verify;
	struct gcv_arena arena;
	const char *label;
	char *worker;
	struct gcv_scratch scratch;
	struct gcv_stored_units stored;
	struct gcv_scan_base base;
	int64_t *units;
	const char **files, **last;
	uint32_t cap_units, cap_files, nr_last, cap_last;
	struct gcv_scan *scan;
};

static uint64_t cpu_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static enum gcv_status make_tree(struct check *c, struct gcv_err *err)
{
	struct gcv_verify *v = c->verify;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	v->tree = *c->options->tree;
	v->tree.overlay = &v->overlay;
	for (i = 0; i < c->options->nr_edits && st == GCV_OK; i++) {
		const struct gcv_file_edit *edit = &c->options->edits[i];
		GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

		if (!edit->nr_changes)
			continue;
		gcv_file_edit_apply(edit, &text);
		st = gcv_overlay_add(&v->overlay, edit->path,
				     gcv_arena_strndup(&v->arena, text.buf ? text.buf : "",
						       text.len),
				     text.len, err);
	}
	return st;
}

static enum gcv_status find_label(struct check *c, struct gcv_err *err)
{
	struct gcv_snapshot_row snapshot;
	enum gcv_status st =
		gcv_db_snapshot(c->options->db, c->options->label, &c->arena, &snapshot, err);

	if (st != GCV_OK)
		return st;
	c->label = snapshot.label;
	c->verify->label = gcv_arena_printf(&c->verify->arena, "%s with edits", c->label);
	return GCV_OK;
}

static enum gcv_status take_unit(void *data, const struct gcv_unit_row *row, struct gcv_err *err)
{
	struct check *c = data;

	(void)err;
	GCV_GROW(c->units, c->base.nr_units, c->cap_units);
	c->units[c->base.nr_units++] = row->id;
	return GCV_OK;
}

/* They come sorted by path. */
static enum gcv_status take_occurrence(void *data, const struct gcv_occurrence_row *row,
				       struct gcv_err *err)
{
	struct check *c = data;
	uint32_t nr = c->base.nr_files;

	(void)err;
	if (nr && strcmp(c->files[nr - 1], row->file) == 0)
		return GCV_OK;
	GCV_GROW(c->files, nr, c->cap_files);
	c->files[c->base.nr_files++] = gcv_arena_strdup(&c->arena, row->file);
	return GCV_OK;
}

static enum gcv_status take_last(void *data, const struct gcv_result_file *file,
				 struct gcv_err *err)
{
	struct check *c = data;

	(void)err;
	GCV_GROW(c->last, c->nr_last, c->cap_last);
	c->last[c->nr_last++] = gcv_arena_strdup(&c->arena, file->path);
	return GCV_OK;
}

static int by_value(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* What the scan of the edited tree starts from. */
static enum gcv_status load_base(struct check *c, struct gcv_err *err)
{
	struct gcv_db *db = c->verify->db;
	enum gcv_status st = gcv_db_load_units(db, &c->arena, &c->stored, err);

	if (st == GCV_OK)
		st = gcv_db_units_of_snapshot(db, c->label, take_unit, c, err);
	if (st == GCV_OK)
		st = gcv_db_occurrences(db, c->label, NULL, take_occurrence, c, err);
	if (st == GCV_OK)
		st = gcv_db_result_files(db, c->label, c->options->conversion, take_last, c, err);
	if (st != GCV_OK)
		return st;
	if (c->base.nr_units)
		qsort(c->units, c->base.nr_units, sizeof(*c->units), by_value);
	c->base.units = c->units;
	c->base.files = c->files;
	return GCV_OK;
}

static enum gcv_status make_scratch(struct check *c, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 };

	gcv_strbuf_addf(&path, "%s.check", gcv_db_path(c->options->db));
	return gcv_scratch_make_own(&c->scratch, path.buf, err);
}

static enum gcv_status scan(struct check *c, struct gcv_err *err)
{
	const struct gcv_verify_options *o = c->options;
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	struct gcv_scan_store store = {
		.db = c->verify->db,
		.tree = &c->verify->tree,
		.api = o->api,
		.stored = &c->stored,
		.base = &c->base,
		.label = c->verify->label,
		.worker = c->worker,
		.scratch = c->scratch.path,
		.nr_workers = o->nr_workers ? o->nr_workers
			      : online > 0  ? (unsigned int)online
					    : 1,
		.archs = o->archs,
		.compile_commands = o->compile_commands,
		.is_partial = true,
		.demand = { .last = c->last, .nr_last = c->nr_last },
		.progress = o->progress,
	};
	enum gcv_status st = gcv_scan_store_run(&store, &c->scan, err);

	if (st != GCV_OK)
		return st;
	c->verify->nr_parsed = c->scan->sums.units_parsed;
	return gcv_scan_store_snapshot(&store, c->scan, NULL, NULL, err);
}

static enum gcv_status analyse(struct check *c, struct gcv_err *err)
{
	const struct gcv_scan_progress *progress = &c->options->progress;
	struct gcv_analyse_demand demand = { 0 };
	const struct gcv_analyse_input input = {
		.db = c->verify->db,
		.label = c->verify->label,
		.conversion = c->options->conversion,
		.tree = &c->verify->tree,
		.scan = c->scan,
		.demand = &demand,
	};
	struct gcv_analyse_sums sums;
	enum gcv_status st;

	if (progress->phase)
		progress->phase(progress->ctx, "follow", 0);
	st = gcv_analyse(&input, &sums, err);
	gcv_analyse_demand_release(&demand);
	return st;
}

static void set_groups(const struct gcv_verify_options *o, const struct gcv_verify_numbers *numbers,
		       struct gcv_edit_state *before)
{
	uint32_t i;

	for (i = 0; o->groups && i < o->nr_groups && i < numbers->nr; i++)
		if (numbers->indices[i] != GCV_NONE)
			before->sites[numbers->indices[i]].group = o->groups[i];
}

/* Findings name files of the states. */
static enum gcv_status compare(struct check *c, struct gcv_err *err)
{
	const struct gcv_verify_options *o = c->options;
	struct gcv_verify *v = c->verify;
	struct gcv_verify_numbers numbers;
	struct gcv_edit_state before, after;
	const struct gcv_edit_input input = { &before, &after, o->edits, o->nr_edits };
	enum gcv_status st = gcv_analyse_stored_faults(v->db, c->label, o->tree, o->api, err);

	if (st == GCV_OK)
		st = gcv_verify_state(v->db, c->label, o->conversion, &v->arena, &before, &numbers,
				      err);
	if (st != GCV_OK)
		return st;
	set_groups(o, &numbers, &before);
	st = gcv_verify_state(v->db, v->label, o->conversion, &v->arena, &after, &numbers, err);
	if (st == GCV_OK)
		gcv_edit_compare(&input, &v->arena, &v->findings, &v->nr_findings);
	return st;
}

static enum gcv_status check(struct check *c, struct gcv_err *err)
{
	enum gcv_status st = make_tree(c, err);

	if (st == GCV_OK)
		st = find_label(c, err);
	if (st == GCV_OK)
		st = gcv_worker_path(&c->worker, err);
	if (st == GCV_OK)
		st = gcv_db_copy(c->options->db, &c->verify->db, err);
	if (st == GCV_OK)
		st = load_base(c, err);
	if (st == GCV_OK)
		st = make_scratch(c, err);
	if (st == GCV_OK)
		st = scan(c, err);
	if (st == GCV_OK)
		st = analyse(c, err);
	if (st == GCV_OK)
		st = compare(c, err);
	return st;
}

enum gcv_status gcv_verify(const struct gcv_verify_options *options, struct gcv_verify **ret,
			   struct gcv_err *err)
{
	struct check c = { .options = options, .verify = gcv_zalloc(1, sizeof(*c.verify)) };
	uint64_t start = cpu_ms();
	enum gcv_status st = check(&c, err);

	c.verify->cpu_ms = cpu_ms() - start;
	if (c.scan)
		c.verify->cpu_ms += c.scan->sums.worker_cpu_us / 1000;
	gcv_scratch_release(&c.scratch);
	gcv_scan_free(c.scan);
	gcv_arena_release(&c.arena);
	free(c.worker);
	free(c.units);
	free(c.files);
	free(c.last);
	if (st == GCV_OK)
		*ret = c.verify;
	else
		gcv_verify_free(c.verify);
	return st;
}

void gcv_verify_free(struct gcv_verify *verify)
{
	if (!verify)
		return;
	gcv_db_close(verify->db);
	gcv_overlay_release(&verify->overlay);
	gcv_arena_release(&verify->arena);
	free(verify);
}
