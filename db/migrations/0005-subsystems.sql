-- SPDX-License-Identifier: GPL-2.0-only
-- Whose code the sites of a snapshot stand in, as MAINTAINERS said when it was scanned. The tree may
-- be gone or changed when a report is made.

CREATE TABLE subsystem (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	title TEXT NOT NULL,
	status TEXT,
	PRIMARY KEY (snapshot, nr)
) WITHOUT ROWID;

CREATE TABLE subsystem_person (
	snapshot INTEGER NOT NULL,
	subsystem INTEGER NOT NULL,
	nr INTEGER NOT NULL,
	role TEXT NOT NULL,
	address TEXT NOT NULL,
	PRIMARY KEY (snapshot, subsystem, nr),
	FOREIGN KEY (snapshot, subsystem) REFERENCES subsystem (snapshot, nr) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE subsystem_file (
	snapshot INTEGER NOT NULL,
	path TEXT NOT NULL,
	subsystem INTEGER NOT NULL,
	PRIMARY KEY (snapshot, path),
	FOREIGN KEY (snapshot, subsystem) REFERENCES subsystem (snapshot, nr) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX subsystem_file_subsystem ON subsystem_file (snapshot, subsystem);
