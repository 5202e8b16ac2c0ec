/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to db/merge.c and its test: what the tables of a database hold, for one that is joined
 * to another, where the same rows have other ids.
 *
 *	for (table = gcv_merge_tables; table->name; table++)
 *		…copy the rows of table->name, column by column…
 */
#ifndef GCV_DB_MERGE_TABLES_H
#define GCV_DB_MERGE_TABLES_H

#include <stdbool.h>

/** enum gcv_merge_set - which databases have something to join in a table */
enum gcv_merge_set {
	GCV_MERGE_FACTS,
	GCV_MERGE_HISTORY,
	GCV_MERGE_NEVER,
};

/**
 * struct gcv_merge_table - a table
 * @name: its name; NULL ends the list
 * @set: facts of units, which all databases have; what belongs to snapshots, series and mails; or
 * nothing to join, because it is made from the other tables or stands for the database itself
 * @columns: all columns but an "id", separated by blanks; "column>table" holds ids of @table, 0 or
 * NULL where there is none
 * @key: for a table with an id: columns that tell whether a row is there already
 * @order: ORDER BY of rows with ids
 *
 * Tables stand behind those that they name. A table without an id belongs to the row that its first
 * column names: its rows are joined with that row, and are there already where that row is.
 */
struct gcv_merge_table {
	const char *name;
	enum gcv_merge_set set;
	const char *columns;
	const char *key;
	const char *order;
};

/** gcv_merge_tables - all tables of the newest version */
extern const struct gcv_merge_table gcv_merge_tables[];

#endif
