// SPDX-License-Identifier: GPL-2.0-only
#include "report/faults.h"

#include "base/strbuf.h"
#include "report/ignores.h"
#include "report/node_place.h"
#include "tree/hash.h"

#include <stdlib.h>
#include <string.h>

/** ID_DIGITS - hexadecimal digits of the id of a fault */
#define ID_DIGITS 16

/**
 * struct maker - state
 * @facts: the program
 * @lines: for line numbers
 * @arena: owns the results
 */
struct maker {
	const struct gcv_program_facts *facts;
	struct gcv_lines *lines;
	struct gcv_arena *arena;
};

static bool is_same_note(const struct gcv_result_note *a, const struct gcv_result_note *b)
{
	return a->line == b->line && a->column == b->column && strcmp(a->file, b->file) == 0 &&
	       strcmp(a->text, b->text) == 0;
}

/* Several conditions of one macro stand at one place: what is said twice running is said once. */
static const struct gcv_result_note *make_notes(struct maker *m, const struct gcv_fault *fault,
						uint32_t *ret_nr)
{
	struct gcv_result_note *notes =
		gcv_arena_alloc(m->arena, sizeof(*notes) * (fault->nr_notes + 1));
	uint32_t i, nr = 0;

	for (i = 0; i < fault->nr_notes; i++) {
		const struct gcv_fault_note *note = &fault->notes[i];
		const struct gcv_function *fn = &m->facts->functions[note->function];
		struct gcv_place_in_file at = gcv_node_place(m->lines, fn, note->node);

		notes[nr] = (struct gcv_result_note){
			.file = fn->file,
			.line = at.line,
			.column = at.column,
			.function = fn->name,
			.text = gcv_arena_strdup(m->arena, note->text),
		};
		if (!nr || !is_same_note(&notes[nr - 1], &notes[nr]))
			nr++;
	}
	*ret_nr = nr;
	return notes;
}

static struct gcv_result_fault make_fault(struct maker *m, const struct gcv_fault *fault)
{
	const struct gcv_function *fn = &m->facts->functions[fault->function];
	struct gcv_place_in_file at = gcv_node_place(m->lines, fn, fault->node);

	uint32_t nr_notes;
	const struct gcv_result_note *notes = make_notes(m, fault, &nr_notes);

	return (struct gcv_result_fault){
		.check = gcv_check_name(fault->check),
		.severity = gcv_severity_name(gcv_check_severity(fault->check)),
		.confidence = gcv_confidence_name(fault->confidence),
		.site = fault->site,
		.site_id = "",
		.api = fault->site == GCV_NONE ? "" : m->facts->sites[fault->site].api,
		.file = fn->file,
		.line = at.line,
		.column = at.column,
		.function = fn->name,
		.text = gcv_arena_strdup(m->arena, fault->text),
		.notes = notes,
		.nr_notes = nr_notes,
	};
}

static int by_number(uint32_t x, uint32_t y)
{
	return x == y ? 0 : x < y ? -1 : 1;
}

static int by_place(const struct gcv_result_fault *x, const struct gcv_result_fault *y)
{
	int order = strcmp(x->file, y->file);

	if (!order)
		order = by_number(x->line, y->line);
	if (!order)
		order = by_number(x->column, y->column);
	if (!order)
		order = strcmp(x->check, y->check);
	return order ? order : strcmp(x->api, y->api);
}

/* The best first. */
static int rank(const struct gcv_result_fault *fault)
{
	int i;

	for (i = 0; i < GCV_CONFIDENCES; i++)
		if (strcmp(fault->confidence, gcv_confidence_name(i)) == 0)
			break;
	return i;
}

static int in_order(const void *a, const void *b)
{
	const struct gcv_result_fault *x = a, *y = b;
	int order = by_place(x, y);

	if (!order)
		order = rank(x) - rank(y);
	if (!order)
		order = by_number(x->site, y->site);
	return order ? order : strcmp(x->text, y->text);
}

static uint32_t keep_once(struct gcv_result_fault *faults, uint32_t nr)
{
	uint32_t i, kept = 0;

	if (nr)
		qsort(faults, nr, sizeof(*faults), in_order);
	for (i = 0; i < nr; i++)
		if (!kept || by_place(&faults[kept - 1], &faults[i]) != 0)
			faults[kept++] = faults[i];
	return kept;
}

/** struct ordinals - how many faults of the same beginning of an id there were */
struct ordinals {
	struct gcv_intern keys;
	uint32_t *next;
	uint32_t cap;
};

static const char *make_id(struct maker *m, struct ordinals *ordinals,
			   const struct gcv_result_fault *fault)
{
	const char *const parts[] = { fault->check, fault->file, fault->function, fault->api };
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	char hex[GCV_HASH_HEX_BYTES];
	struct gcv_hash hash;
	uint32_t known = ordinals->keys.nr, nr;
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		gcv_strbuf_add(&key, parts[i], strlen(parts[i]) + 1);
	nr = gcv_intern_add(&ordinals->keys, key.buf, key.len);
	GCV_GROW(ordinals->next, nr, ordinals->cap);
	if (nr == known)
		ordinals->next[nr] = 0;
	gcv_strbuf_addf(&key, "%u", ordinals->next[nr]++);
	hash = gcv_hash_bytes(key.buf, key.len);
	return gcv_arena_printf(m->arena, "%.*s", ID_DIGITS, gcv_hash_hex(&hash, hex));
}

static void give_ids(struct maker *m, struct gcv_result_fault *faults, uint32_t nr)
{
	struct ordinals ordinals = { 0 };
	uint32_t i;

	for (i = 0; i < nr; i++)
		faults[i].id = make_id(m, &ordinals, &faults[i]);
	gcv_intern_release(&ordinals.keys);
	free(ordinals.next);
}

/* Files in which a comment could silence something. */
static void read_ignores(struct maker *m, const struct gcv_result_fault *faults, uint32_t nr,
			 struct gcv_result_fault_set *ret_set)
{
	struct gcv_intern files = { 0 };
	uint32_t i;

	for (i = 0; i < m->facts->nr_sites; i++)
		gcv_intern_add(&files, m->facts->sites[i].file, strlen(m->facts->sites[i].file));
	for (i = 0; i < nr; i++)
		gcv_intern_add(&files, faults[i].file, strlen(faults[i].file));
	gcv_ignores_read(m->lines, &files, m->arena, &ret_set->ignores, &ret_set->nr_ignores);
	gcv_intern_release(&files);
}

void gcv_analysis_faults(const struct gcv_classification *classification,
			 const struct gcv_faults *faults, struct gcv_lines *lines,
			 struct gcv_arena *arena, struct gcv_result_fault_set *ret_set)
{
	struct maker m = { .facts = &classification->flow->input.program->facts,
			   .lines = lines,
			   .arena = arena };
	struct gcv_result_fault *list = gcv_arena_alloc(arena, sizeof(*list) * (faults->nr + 1));
	uint32_t i, nr;

	for (i = 0; i < faults->nr; i++)
		list[i] = make_fault(&m, &faults->faults[i]);
	nr = keep_once(list, faults->nr);
	give_ids(&m, list, nr);
	*ret_set = (struct gcv_result_fault_set){ .faults = list, .nr_faults = nr };
	read_ignores(&m, list, nr, ret_set);
}
