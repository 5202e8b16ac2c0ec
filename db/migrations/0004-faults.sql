-- SPDX-License-Identifier: GPL-2.0-only
-- What the checks found in a snapshot. It does not depend on a conversion; the key is that of
-- result_set.

CREATE TABLE fault_set (
	id INTEGER PRIMARY KEY,
	snapshot INTEGER NOT NULL UNIQUE REFERENCES snapshot (id) ON DELETE CASCADE,
	key BLOB
);

CREATE TABLE fault (
	fault_set INTEGER NOT NULL REFERENCES fault_set (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	id TEXT NOT NULL,
	check_name TEXT NOT NULL,
	severity TEXT NOT NULL,
	confidence TEXT NOT NULL,
	site INTEGER,
	api TEXT,
	file TEXT NOT NULL,
	line INTEGER NOT NULL,
	column INTEGER NOT NULL,
	function TEXT,
	text TEXT NOT NULL,
	PRIMARY KEY (fault_set, nr)
) WITHOUT ROWID;

CREATE TABLE fault_note (
	fault_set INTEGER NOT NULL REFERENCES fault_set (id) ON DELETE CASCADE,
	fault INTEGER NOT NULL,
	nr INTEGER NOT NULL,
	file TEXT NOT NULL,
	line INTEGER NOT NULL,
	column INTEGER NOT NULL,
	function TEXT,
	text TEXT NOT NULL,
	PRIMARY KEY (fault_set, fault, nr)
) WITHOUT ROWID;

-- Comments in the code that silence a fault.
CREATE TABLE fault_ignore (
	fault_set INTEGER NOT NULL REFERENCES fault_set (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	file TEXT NOT NULL,
	line INTEGER NOT NULL,
	target INTEGER NOT NULL,
	check_name TEXT NOT NULL,
	reason TEXT,
	PRIMARY KEY (fault_set, nr)
) WITHOUT ROWID;
