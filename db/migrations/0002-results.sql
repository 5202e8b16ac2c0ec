-- SPDX-License-Identifier: GPL-2.0-only
-- Results of the analysis. Databases of some builds have the tables although they are of the first
-- version.

-- What the analysis found out about the sites of a snapshot, once for each conversion. The key
-- stands for all that the results depend on: a snapshot that takes the place of another one keeps
-- the results whose key is the same.
CREATE TABLE IF NOT EXISTS result_set (
	id INTEGER PRIMARY KEY,
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	conversion TEXT NOT NULL,
	key BLOB,
	UNIQUE (snapshot, conversion)
);

CREATE TABLE IF NOT EXISTS result (
	result_set INTEGER NOT NULL REFERENCES result_set (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	pattern TEXT,
	verdict TEXT,
	provenance TEXT,
	dirty TEXT,
	pin_case INTEGER,
	longterm INTEGER,
	PRIMARY KEY (result_set, site)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS result_reason (
	result_set INTEGER NOT NULL REFERENCES result_set (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	nr INTEGER NOT NULL,
	code TEXT NOT NULL,
	text TEXT NOT NULL,
	file TEXT,
	line INTEGER NOT NULL,
	PRIMARY KEY (result_set, site, nr)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS result_partner (
	result_set INTEGER NOT NULL REFERENCES result_set (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	partner INTEGER NOT NULL,
	PRIMARY KEY (result_set, site, partner)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS result_step (
	result_set INTEGER NOT NULL REFERENCES result_set (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	nr INTEGER NOT NULL,
	parent INTEGER,
	kind TEXT NOT NULL,
	text TEXT NOT NULL,
	file TEXT,
	line INTEGER NOT NULL,
	function TEXT,
	PRIMARY KEY (result_set, site, nr)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS result_file (
	result_set INTEGER NOT NULL REFERENCES result_set (id) ON DELETE CASCADE,
	path TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (result_set, path)
) WITHOUT ROWID;
