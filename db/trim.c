// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <sqlite3.h>

static enum gcv_status used_bytes(struct gcv_db *db, uint64_t *ret, struct gcv_err *err)
{
	int64_t pages, unused, size;
	enum gcv_status st = gcv_db_ask_int(db, "PRAGMA page_count", &pages, err);

	if (st == GCV_OK)
		st = gcv_db_ask_int(db, "PRAGMA freelist_count", &unused, err);
	if (st == GCV_OK)
		st = gcv_db_ask_int(db, "PRAGMA page_size", &size, err);
	if (st == GCV_OK)
		*ret = (uint64_t)(pages - unused) * (uint64_t)size;
	return st;
}

static enum gcv_status forget_units(struct gcv_db *db, int64_t snapshot, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_begin_writing(db, err);

	if (st != GCV_OK)
		return st;
	st = GCV_RUN(db, GCV_STMT_SNAPSHOT_UNITS_CLEAR, err, GCV_INT(snapshot));
	if (st == GCV_OK)
		st = gcv_db_collect(db, err);
	return gcv_db_end(db, st, err);
}

enum gcv_status gcv_db_trim(struct gcv_db *db, uint64_t limit_bytes, uint32_t *ret_nr,
			    struct gcv_err *err)
{
	uint64_t used = 0;
	uint32_t nr = 0;
	int64_t oldest;
	enum gcv_status st;

	for (;;) {
		st = used_bytes(db, &used, err);
		if (st != GCV_OK || used <= limit_bytes)
			break;
		st = gcv_stmt_look_up(db, GCV_STMT_SNAPSHOT_OLDEST_UNITS, &oldest, err, NULL, 0);
		if (st != GCV_OK || !oldest)
			break;
		st = forget_units(db, oldest, err);
		if (st != GCV_OK)
			break;
		nr++;
	}
	/* The file gets smaller only as a whole. */
	if (st == GCV_OK && nr)
		st = gcv_db_exec(db, "VACUUM", err);
	if (st == GCV_OK)
		*ret_nr = nr;
	return st;
}
