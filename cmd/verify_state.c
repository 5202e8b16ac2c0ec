// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/verify_state.h"

#include "check/words.h"
#include "db/faults.h"
#include "db/results.h"

#include <stdlib.h>
#include <string.h>

/** struct reading - a state in the making; its lists move into the arena in the end */
struct reading {
	struct gcv_arena *arena;
	const char *conversion;
	bool has_results;
	struct gcv_edit_site *sites;
	struct gcv_edit_unit *units;
	struct gcv_edit_error *errors;
	struct gcv_edit_fault *faults;
	uint32_t *indices;
	uint32_t nr_sites, cap_sites, nr_units, cap_units, nr_errors, cap_errors;
	uint32_t nr_faults, cap_faults;
	uint32_t nr_indices, cap_indices;
};

static enum gcv_verdict find_verdict(const char *name)
{
	enum gcv_verdict verdict = 0;

	while (verdict < GCV_VERDICTS && strcmp(gcv_verdict_name(verdict), name) != 0)
		verdict++;
	return verdict;
}

/* Partners keep the numbers of the snapshot until all sites are there. */
static void take_result(struct reading *r, const struct gcv_result *result,
			struct gcv_edit_site *site)
{
	uint32_t *partners =
		gcv_arena_alloc(r->arena, sizeof(*partners) * (result->nr_partners + 1));

	if (result->nr_partners)
		memcpy(partners, result->partners, sizeof(*partners) * result->nr_partners);
	site->verdict = find_verdict(result->verdict);
	if (result->nr_reasons)
		site->reason = gcv_arena_strdup(r->arena, result->reasons[0].code);
	site->partners = partners;
	site->nr_partners = result->nr_partners;
}

static enum gcv_status take_site(void *data, const struct gcv_site *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_edit_site *site;

	(void)err;
	GCV_GROW(r->indices, r->nr_indices, r->cap_indices);
	r->indices[r->nr_indices++] = row->homonym ? GCV_NONE : r->nr_sites;
	if (row->homonym)
		return GCV_OK;
	GCV_GROW(r->sites, r->nr_sites, r->cap_sites);
	site = &r->sites[r->nr_sites++];
	*site = (struct gcv_edit_site){
		.file = gcv_arena_strdup(r->arena, row->file),
		.function = gcv_arena_strdup(r->arena, row->function),
		.api = gcv_arena_strdup(r->arena, row->api),
		.offset = row->offset,
		.line = row->line,
		.is_acquire = strcmp(row->role, "acquire") == 0,
		.verdict = GCV_VERDICTS,
		.reason = "",
		.group = GCV_NONE,
	};
	site->name = *row->macro ? gcv_arena_strdup(r->arena, row->macro) : site->api;
	if (row->result)
		take_result(r, row->result, site);
	return GCV_OK;
}

/* From numbers of the snapshot to indices. */
static void settle_partners(struct reading *r)
{
	uint32_t i, k, nr;

	for (i = 0; i < r->nr_sites; i++) {
		struct gcv_edit_site *site = &r->sites[i];
		uint32_t *partners = (uint32_t *)site->partners;

		for (k = 0, nr = 0; k < site->nr_partners; k++)
			if (partners[k] < r->nr_indices && r->indices[partners[k]] != GCV_NONE)
				partners[nr++] = r->indices[partners[k]];
		site->nr_partners = nr;
	}
}

static enum gcv_status take_unit(void *data, const struct gcv_unit_row *row, struct gcv_err *err)
{
	struct reading *r = data;

	(void)err;
	GCV_GROW(r->units, r->nr_units, r->cap_units);
	r->units[r->nr_units++] = (struct gcv_edit_unit){
		.main = gcv_arena_strdup(r->arena, row->main),
		.config = gcv_arena_strdup(r->arena, row->config),
		.nr_errors = row->status == GCV_UNIT_FAILED ? GCV_NONE : row->nr_errors_main,
		.nr_all = row->nr_errors,
		.cause = gcv_arena_strdup(r->arena, row->cause),
	};
	return GCV_OK;
}

static enum gcv_status take_error(void *data, const struct gcv_error_row *row, struct gcv_err *err)
{
	struct reading *r = data;

	(void)err;
	GCV_GROW(r->errors, r->nr_errors, r->cap_errors);
	r->errors[r->nr_errors++] = (struct gcv_edit_error){
		.main = gcv_arena_strdup(r->arena, row->main),
		.config = gcv_arena_strdup(r->arena, row->config),
		.file = gcv_arena_strdup(r->arena, row->file),
		.line = row->line,
		.text = gcv_arena_strdup(r->arena, row->text),
	};
	return GCV_OK;
}

/* Sure enough, and not of what no edit touches. */
static bool is_told(const struct gcv_result_fault *fault)
{
	enum gcv_check_id check;

	return strcmp(fault->confidence, gcv_confidence_name(GCV_CONFIDENCE_LOW)) != 0 &&
	       !(gcv_check_find(fault->check, &check) && gcv_check_is_of_result(check));
}

static enum gcv_status take_fault(void *data, const struct gcv_result_fault *fault,
				  struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_edit_place *places =
		gcv_arena_alloc(r->arena, sizeof(*places) * (fault->nr_notes + 1));
	uint32_t i;

	(void)err;
	places[0] = (struct gcv_edit_place){ gcv_arena_strdup(r->arena, fault->file),
					     gcv_arena_strdup(r->arena, fault->function),
					     fault->line };
	for (i = 0; i < fault->nr_notes; i++)
		places[i + 1] = (struct gcv_edit_place){
			gcv_arena_strdup(r->arena, fault->notes[i].file),
			gcv_arena_strdup(r->arena, fault->notes[i].function), fault->notes[i].line
		};
	GCV_GROW(r->faults, r->nr_faults, r->cap_faults);
	r->faults[r->nr_faults++] = (struct gcv_edit_fault){
		.check = gcv_arena_strdup(r->arena, fault->check),
		.text = gcv_arena_strdup(r->arena, fault->text),
		.is_told = is_told(fault),
		.places = places,
		.nr_places = fault->nr_notes + 1,
	};
	return GCV_OK;
}

static enum gcv_status take_conversion(void *data, const char *conversion, struct gcv_err *err)
{
	struct reading *r = data;

	(void)err;
	r->has_results |= strcmp(conversion, r->conversion) == 0;
	return GCV_OK;
}

static enum gcv_status read_all(struct gcv_db *db, const char *label, struct reading *r,
				struct gcv_err *err)
{
	const struct gcv_site_filter filter = { .conversion = r->conversion };
	enum gcv_status st = gcv_db_conversions(db, label, take_conversion, r, err);

	if (st == GCV_OK && !r->has_results)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND,
				   "snapshot %s has no results for the conversion %s", label,
				   r->conversion);
	if (st == GCV_OK)
		st = gcv_db_sites(db, label, &filter, take_site, r, err);
	if (st == GCV_OK)
		st = gcv_db_units_of_snapshot(db, label, take_unit, r, err);
	if (st == GCV_OK)
		st = gcv_db_errors_of_snapshot(db, label, take_error, r, err);
	if (st == GCV_OK)
		st = gcv_db_faults(db, label, take_fault, r, err);
	return st;
}

static void *keep(struct gcv_arena *arena, const void *list, size_t nr, size_t size_bytes)
{
	void *copy = gcv_arena_alloc(arena, (nr + 1) * size_bytes);

	if (nr)
		memcpy(copy, list, nr * size_bytes);
	return copy;
}

enum gcv_status gcv_verify_state(struct gcv_db *db, const char *label, const char *conversion,
				 struct gcv_arena *arena, struct gcv_edit_state *ret_state,
				 struct gcv_verify_numbers *ret_numbers, struct gcv_err *err)
{
	struct reading r = { .arena = arena, .conversion = conversion };
	enum gcv_status st = read_all(db, label, &r, err);

	if (st == GCV_OK) {
		settle_partners(&r);
		*ret_state = (struct gcv_edit_state){
			.sites = keep(arena, r.sites, r.nr_sites, sizeof(*r.sites)),
			.units = keep(arena, r.units, r.nr_units, sizeof(*r.units)),
			.errors = keep(arena, r.errors, r.nr_errors, sizeof(*r.errors)),
			.faults = keep(arena, r.faults, r.nr_faults, sizeof(*r.faults)),
			.nr_sites = r.nr_sites,
			.nr_units = r.nr_units,
			.nr_errors = r.nr_errors,
			.nr_faults = r.nr_faults,
		};
		*ret_numbers = (struct gcv_verify_numbers){
			keep(arena, r.indices, r.nr_indices, sizeof(*r.indices)), r.nr_indices
		};
	}
	free(r.sites);
	free(r.units);
	free(r.errors);
	free(r.faults);
	free(r.indices);
	return st;
}
