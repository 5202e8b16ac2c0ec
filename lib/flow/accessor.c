// SPDX-License-Identifier: GPL-2.0-only
#include "flow/accessor.h"
#include "flow/accessor_read.h"

#include <stdlib.h>
#include <string.h>

/* data/accessors.json, put into the library at build time */
extern const char gcv_accessors_json[];

static int compare_locks(const void *a, const void *b)
{
	const struct gcv_accessor_lock *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c ? c : (int)x->context - (int)y->context;
}

static int compare_callbacks(const void *a, const void *b)
{
	const struct gcv_accessor_callback *x = a, *y = b;

	return strcmp(x->where, y->where);
}

static int compare_strings(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* One function may open two contexts (spin_lock_irqsave), but each of them once. */
static enum gcv_status check_twice(const struct gcv_accessors *table, const char *file,
				   struct gcv_err *err)
{
	for (uint32_t i = 1; i < table->nr_locks; i++)
		if (compare_locks(&table->locks[i - 1], &table->locks[i]) == 0)
			return gcv_err_set(err, GCV_ERR_FORMAT, "%s: locks: name given twice: %s",
					   file, table->locks[i].name);
	for (uint32_t i = 1; i < table->nr_callbacks; i++)
		if (compare_callbacks(&table->callbacks[i - 1], &table->callbacks[i]) == 0)
			return gcv_err_set(err, GCV_ERR_FORMAT,
					   "%s: callbacks: place given twice: %s", file,
					   table->callbacks[i].where);
	return GCV_OK;
}

static enum gcv_status read_table(const char *file, const char *text, size_t len_bytes,
				  struct gcv_accessors *ret, struct gcv_err *err)
{
	struct gcv_accessors table = { 0 };
	enum gcv_status status = gcv_accessors_fill(&table, file, text, len_bytes, err);

	if (status == GCV_OK) {
		if (table.nr_locks)
			qsort(table.locks, table.nr_locks, sizeof(*table.locks), compare_locks);
		if (table.nr_callbacks)
			qsort(table.callbacks, table.nr_callbacks, sizeof(*table.callbacks),
			      compare_callbacks);
		if (table.nr_containers)
			qsort(table.containers, table.nr_containers, sizeof(*table.containers),
			      compare_strings);
		status = check_twice(&table, file, err);
	}
	if (status != GCV_OK) {
		gcv_accessors_release(&table);
		return status;
	}
	*ret = table;
	return GCV_OK;
}

enum gcv_status gcv_accessors_load(struct gcv_accessors *ret, struct gcv_err *err)
{
	return read_table("built-in table of accessors", gcv_accessors_json,
			  strlen(gcv_accessors_json), ret, err);
}

enum gcv_status gcv_accessors_read(const char *text, size_t len_bytes, struct gcv_accessors *ret,
				   struct gcv_err *err)
{
	return read_table("table of accessors", text, len_bytes, ret, err);
}

const struct gcv_accessor *gcv_accessor_find(const struct gcv_accessors *accessors,
					     const char *name)
{
	uint32_t id = gcv_intern_find(&accessors->index, name, strlen(name));

	return id == GCV_INTERN_NONE ? NULL : &accessors->functions[id];
}

const struct gcv_accessor_lock *gcv_accessor_lock_find(const struct gcv_accessors *accessors,
						       const char *name)
{
	uint32_t low = 0, high = accessors->nr_locks;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (strcmp(accessors->locks[mid].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == accessors->nr_locks || strcmp(accessors->locks[low].name, name) != 0)
		return NULL;
	return &accessors->locks[low];
}

const struct gcv_accessor_lock *gcv_accessor_lock_next(const struct gcv_accessors *accessors,
						       const struct gcv_accessor_lock *lock)
{
	const struct gcv_accessor_lock *next = lock + 1;

	if (next == accessors->locks + accessors->nr_locks || strcmp(next->name, lock->name) != 0)
		return NULL;
	return next;
}

const struct gcv_accessor_callback *
gcv_accessor_callback_find(const struct gcv_accessors *accessors, const char *where)
{
	struct gcv_accessor_callback key = { .where = where };

	if (!accessors->nr_callbacks)
		return NULL;
	return bsearch(&key, accessors->callbacks, accessors->nr_callbacks, sizeof(key),
		       compare_callbacks);
}

bool gcv_accessor_is_common(const struct gcv_accessors *accessors, const char *field)
{
	uint32_t i, k;

	for (i = 0; i < accessors->nr_numbers; i++)
		for (k = 0; k < accessors->numbers[i].nr_fields; k++)
			if (strcmp(accessors->numbers[i].fields[k], field) == 0)
				return true;
	return false;
}

bool gcv_accessor_is_container(const struct gcv_accessors *accessors, const char *record)
{
	if (!accessors->nr_containers)
		return false;
	return bsearch(&record, accessors->containers, accessors->nr_containers, sizeof(record),
		       compare_strings) != NULL;
}

void gcv_accessors_release(struct gcv_accessors *accessors)
{
	gcv_intern_release(&accessors->index);
	gcv_arena_release(&accessors->arena);
	memset(accessors, 0, sizeof(*accessors));
}
