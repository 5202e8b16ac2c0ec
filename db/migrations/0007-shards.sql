-- SPDX-License-Identifier: GPL-2.0-only
-- Parts of a scan that this database holds, until they are merged with the other parts. The split
-- stands for all that the parts must agree on: files, API names, options, number of parts.

CREATE TABLE shard (
	split BLOB NOT NULL,
	number INTEGER NOT NULL,
	total INTEGER NOT NULL,
	kernel TEXT NOT NULL,
	PRIMARY KEY (split, number)
) WITHOUT ROWID;
