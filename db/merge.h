/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Databases that were made on different machines become one.
 *
 *	gcv_db_shards(part, &arena, &shards, &nr, err);		is it a part of a scan?
 *	for (each part)
 *		st = gcv_db_merge(db, part, err);
 *	st = gcv_db_merge_finish(db, err);
 */
#ifndef GCV_DB_MERGE_H
#define GCV_DB_MERGE_H

#include "db/store.h"

/**
 * struct gcv_db_shard - a part of a scan that a database holds
 * @split: what all parts of the same scan agree on (struct gcv_scan)
 * @number: which part, from 1
 * @total: of how many
 * @kernel: release of the tree
 */
struct gcv_db_shard {
	uint8_t split[16];
	uint32_t number, total;
	const char *kernel;
};

/**
 * gcv_db_shard_put() - note that all units of a part are stored
 * @db: the handle, open for writing
 * @shard: the part
 * @err: sentence on failure
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_shard_put(struct gcv_db *db, const struct gcv_db_shard *shard,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_shards() - the parts of scans that a database holds
 * @db: the handle
 * @arena: owns the result
 * @ret_shards: the parts, by split and number
 * @ret_nr: how many; 0 for a database that is no part of anything
 * @err: sentence on failure
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_shards(struct gcv_db *db, struct gcv_arena *arena,
			      struct gcv_db_shard **ret_shards, uint32_t *ret_nr,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_merge() - take over all that another database holds
 * @db: the handle, open for writing
 * @part: another database
 * @err: sentence on failure; names a label or a series that both have
 *
 * Units, mails and what they are made of are taken over where they are not there yet. Snapshots
 * come behind those that are there. All of it is taken over or nothing. The time is linear in the
 * size of @part.
 *
 * Return: GCV_OK, GCV_ERR_USAGE where both have a snapshot of the same name or the same version of
 * a series, GCV_ERR_FORMAT where @part is damaged.
 */
enum gcv_status gcv_db_merge(struct gcv_db *db, struct gcv_db *part,
			     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_merge_facts() - take over the units that another database holds, and nothing else
 * @db: the handle, open for writing
 * @part: another database
 * @err: sentence on failure
 *
 * The next scan uses those that are still right, and drops the others.
 *
 * Return: as gcv_db_merge().
 */
enum gcv_status gcv_db_merge_facts(struct gcv_db *db, struct gcv_db *part,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_merge_finish() - after the last gcv_db_merge() of databases with snapshots
 * @db: the handle
 * @err: sentence on failure
 *
 * Drops what no snapshot has, and makes the index of names. Parts of a scan have no snapshot yet:
 * there the scan that follows does it.
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_merge_finish(struct gcv_db *db, struct gcv_err *err) GCV_MUST_CHECK;

#endif
