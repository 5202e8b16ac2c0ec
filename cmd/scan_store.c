// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/scan_store.h"
#include "cmd/scan_summary.h"
#include "parse/callee.h"
#include "tree/api_words.h"

#include <string.h>

/* Facts that another program or another libclang made are made again. */
#define TOOL "gupconv " GCV_VERSION " with libclang " GCV_CLANG_VERSION

const char *gcv_scan_store_tool(void)
{
	return TOOL;
}

static enum gcv_status store_put(void *ctx, const struct gcv_unit_info *info,
				 const struct gcv_facts *facts, int64_t *ret_unit,
				 struct gcv_err *err)
{
	return gcv_db_unit_put(ctx, info, facts, ret_unit, err);
}

static enum gcv_status store_seen(void *ctx, int64_t unit, struct gcv_arena *arena,
				  struct gcv_stored_seen *ret_seen, struct gcv_err *err)
{
	return gcv_db_unit_seen(ctx, unit, arena, ret_seen, err);
}

static enum gcv_status store_decls(void *ctx, int64_t unit, struct gcv_arena *arena,
				   struct gcv_facts *ret_facts, struct gcv_err *err)
{
	return gcv_db_unit_decls(ctx, unit, arena, ret_facts, err);
}

enum gcv_status gcv_scan_store_run(const struct gcv_scan_store *s, struct gcv_scan **ret_scan,
				   struct gcv_err *err)
{
	struct gcv_unit_store store = { s->db, store_put, store_seen, store_decls };
	struct gcv_scan_options options = {
		.tree = s->tree,
		.api = s->api,
		.tool = TOOL,
		.worker = s->worker,
		.clang_include = GCV_CLANG_RESOURCE_INCLUDE,
		.scratch = s->scratch,
		.nr_workers = s->nr_workers,
		.limits = s->limits,
		.paths = s->paths,
		.nr_paths = s->nr_paths,
		.archs = s->archs,
		.compile_commands = s->compile_commands,
		.force = s->force,
		.store = &store,
		.stored = s->stored,
		.base = s->base,
		.demand = s->demand,
		.shard = s->shard,
		.progress = s->progress,
	};

	return gcv_scan_run(&options, ret_scan, err);
}

static bool is_homonym(void *data, const char *api, const char *decl_file, const char *decl_type,
		       enum gcv_linkage decl_linkage)
{
	return gcv_callee_is_homonym(data, api, decl_file, decl_type, decl_linkage);
}

static int flags_arg(void *data, const char *api, uint32_t nr_args, const char *decl_type)
{
	int at = gcv_callee_flags_arg(data, api, decl_type);

	return at >= 0 && (uint32_t)at < nr_args ? at : -1;
}

static const char *role_word(enum gcv_api_role role)
{
	return role == GCV_API_ACQUIRE ? "acquire" : role == GCV_API_RELEASE ? "release" : "other";
}

static void fill_apis(const struct gcv_scan *scan, struct gcv_arena *arena,
		      struct gcv_snapshot *snapshot)
{
	static const char *const states[] = {
		[GCV_ERA_ABSENT] = "absent",
		[GCV_ERA_KNOWN] = "known",
		[GCV_ERA_CHANGED] = "changed",
		[GCV_ERA_MACRO] = "macro",
	};
	const struct gcv_era *era = &scan->era;
	struct gcv_snapshot_api *apis = gcv_arena_alloc(arena, sizeof(*apis) * era->nr_entries);
	size_t i;

	for (i = 0; i < era->nr_entries; i++) {
		const struct gcv_era_entry *entry = &era->entries[i];

		apis[i] = (struct gcv_snapshot_api){
			.name = entry->function->name,
			.role = role_word(entry->function->role),
			.family = gcv_api_word(GCV_API_WORD_FAMILY, entry->function->family),
			.state = states[entry->state],
			.prototype = entry->decl ? gcv_era_prototype(arena, entry->decl) : "",
			.file = entry->decl ? entry->decl->file : "",
			.line = entry->decl ? entry->decl->line : 0,
		};
	}
	snapshot->apis = apis;
	snapshot->nr_apis = (uint32_t)era->nr_entries;
}

static void fill_occurrences(const struct gcv_scan *scan, const struct gcv_api *api,
			     struct gcv_arena *arena, struct gcv_snapshot *snapshot)
{
	struct gcv_occurrence_row *rows = gcv_arena_alloc(arena, sizeof(*rows) * scan->nr_rows);
	uint32_t i;

	for (i = 0; i < scan->nr_rows; i++) {
		const struct gcv_ledger_row *row = &scan->rows[i];

		rows[i] = (struct gcv_occurrence_row){
			.file = row->file->path,
			.offset = row->occurrence->offset,
			.line = row->occurrence->line,
			.column = row->occurrence->column,
			.api = api->names[row->occurrence->name],
			.class_name = gcv_ledger_class_name(row->class),
			.detail = row->detail,
			.condition = row->condition,
		};
		memcpy(rows[i].hash, row->file->hash.b, sizeof(rows[i].hash));
	}
	snapshot->occurrences = rows;
	snapshot->nr_occurrences = scan->nr_rows;
}

enum gcv_status gcv_scan_store_snapshot(const struct gcv_scan_store *store,
					const struct gcv_scan *scan,
					const struct gcv_hash *results_key,
					const struct gcv_hash *made_with, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf summary = { 0 };
	struct gcv_snapshot snapshot = {
		.label = store->label,
		.kernel = store->tree->release,
		.revision = store->revision ? store->revision : "",
		.tool = TOOL,
		.complete = !store->is_partial,
		.units = scan->units,
		.nr_units = scan->nr_units,
		.headers = scan->headers,
		.nr_headers = scan->nr_headers,
		.results_key = results_key ? results_key->b : NULL,
		.results_made_with = made_with ? made_with->b : NULL,
		.is_homonym = is_homonym,
		.flags_arg = flags_arg,
		.data = (void *)&scan->era,
	};
	struct gcv_arena arena = { 0 };
	enum gcv_status st;

	gcv_scan_summary_json(&scan->sums, &summary);
	snapshot.summary = summary.buf;
	fill_apis(scan, &arena, &snapshot);
	fill_occurrences(scan, store->api, &arena, &snapshot);
	st = gcv_db_snapshot_put(store->db, &snapshot, err);
	gcv_arena_release(&arena);
	return st;
}
