// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

extern const char gcv_migration_0001_facts_and_snapshots[];
extern const char gcv_migration_0002_results[];
extern const char gcv_migration_0003_series[];
extern const char gcv_migration_0004_faults[];
extern const char gcv_migration_0005_subsystems[];
extern const char gcv_migration_0006_reviews[];
extern const char gcv_migration_0007_shards[];
extern const char gcv_migration_0008_questions[];

static const char *const migrations[] = {
	gcv_migration_0001_facts_and_snapshots,
	gcv_migration_0002_results,
	gcv_migration_0003_series,
	gcv_migration_0004_faults,
	gcv_migration_0005_subsystems,
	gcv_migration_0006_reviews,
	gcv_migration_0007_shards,
	gcv_migration_0008_questions,
};

int64_t gcv_db_version(void)
{
	return sizeof(migrations) / sizeof(migrations[0]);
}

enum gcv_status gcv_db_migrate(struct gcv_db *db, int64_t version, struct gcv_err *err)
{
	for (; version < gcv_db_version(); version++) {
		GCV_STRBUF_AUTO struct gcv_strbuf set = { 0 };
		enum gcv_status st;

		gcv_strbuf_addf(&set, "PRAGMA application_id = %d; PRAGMA user_version = %d",
				GCV_DB_APPLICATION_ID, (int)version + 1);
		st = gcv_db_exec(db, "BEGIN IMMEDIATE", err);
		if (st != GCV_OK)
			return st;
		st = gcv_db_exec(db, migrations[version], err);
		if (st == GCV_OK)
			st = gcv_db_exec(db, set.buf, err);
		st = gcv_db_end(db, st, err);
		if (st != GCV_OK)
			return st;
	}
	return GCV_OK;
}
