// SPDX-License-Identifier: GPL-2.0-only
#include "flow/program_links.h"

#include "flow/program_index.h"
#include "parse/wire.h"

#include <string.h>

/**
 * struct links - state: answers are those of a file or a function for names that are there
 * @index: of the program
 * @out: gets the bytes
 * @user: index of the function at hand
 * @file: number of its file
 */
struct links {
	struct gcv_program_index *index;
	struct gcv_strbuf *out;
	uint32_t user, file;
};

static void put_targets(struct links *l, struct gcv_program_targets targets)
{
	uint32_t i;

	gcv_wire_put_uint(l->out, targets.nr);
	for (i = 0; i < targets.nr; i++)
		gcv_wire_put_uint(l->out, targets.functions[i]);
}

static void put_name_of_file(struct links *l, uint32_t file, uint32_t name)
{
	if (gcv_program_list_of(&l->index->local, name).nr)
		put_targets(l, gcv_program_seen_by_file(l->index, file, name));
}

/* What a name may mean in a function or variable, and in its file. */
static void put_name(struct links *l, uint32_t user, uint32_t file, const char *text, size_t len)
{
	uint32_t name = gcv_intern_find(&l->index->names, text, len);

	if (name == GCV_INTERN_NONE)
		return;
	if (gcv_program_list_of(&l->index->local, name).nr)
		put_targets(l, gcv_program_seen_by_function(l->index, user, name, true));
	put_targets(l, gcv_program_seen_by_function(l->index, user, name, false));
	put_name_of_file(l, file, name);
}

static uint32_t file_of(const struct links *l, uint32_t function)
{
	const char *file = l->index->facts->functions[function].file;

	return gcv_intern_find(&l->index->files, file, strlen(file));
}

static void put_named(void *ctx, const char *name, size_t len)
{
	struct links *l = ctx;

	put_name(l, l->user, l->file, name, len);
}

/* "request_irq(1)" speaks of the function that gets an argument, too. */
static void put_address(struct links *l, const struct gcv_program_address *address)
{
	uint32_t file = file_of(l, address->in), name;
	const char *open = strchr(address->field, '(');

	put_name(l, address->in, file, address->function, strlen(address->function));
	if (!open)
		return;
	name = gcv_intern_find(&l->index->names, address->field, (size_t)(open - address->field));
	if (name != GCV_INTERN_NONE)
		put_name_of_file(l, file, name);
}

enum gcv_status gcv_program_links(struct gcv_program *program, struct gcv_strbuf *out,
				  struct gcv_err *err)
{
	struct gcv_program_facts *facts = &program->facts;
	struct links l = { .index = program->by_name, .out = out };
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < facts->nr_functions && st == GCV_OK; i++) {
		if (facts->functions[i].kind != GCV_DEF_FUNCTION)
			continue;
		l.user = i;
		l.file = file_of(&l, i);
		st = gcv_program_names(program, &facts->functions[i], put_named, &l, err);
	}
	for (i = 0; i < facts->nr_addresses; i++)
		put_address(&l, &facts->addresses[i]);
	return st;
}
