-- SPDX-License-Identifier: GPL-2.0-only
-- Series that rewrite made, so that the next version can say what changed.

CREATE TABLE series (
	id INTEGER PRIMARY KEY,
	conversion TEXT NOT NULL,
	scope TEXT NOT NULL,
	version INTEGER NOT NULL,
	kernel TEXT NOT NULL,
	UNIQUE (conversion, scope, version)
);

CREATE TABLE series_patch (
	series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
	number INTEGER NOT NULL,
	name TEXT NOT NULL,
	subject TEXT NOT NULL,
	hash BLOB NOT NULL,
	PRIMARY KEY (series, number)
) WITHOUT ROWID;

CREATE TABLE series_file (
	series INTEGER NOT NULL,
	number INTEGER NOT NULL,
	path TEXT NOT NULL,
	PRIMARY KEY (series, number, path),
	FOREIGN KEY (series, number) REFERENCES series_patch (series, number) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE series_site (
	series INTEGER NOT NULL,
	number INTEGER NOT NULL,
	site TEXT NOT NULL,
	PRIMARY KEY (series, number, site),
	FOREIGN KEY (series, number) REFERENCES series_patch (series, number) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE series_tag (
	series INTEGER NOT NULL,
	number INTEGER NOT NULL,
	tag TEXT NOT NULL,
	PRIMARY KEY (series, number, tag),
	FOREIGN KEY (series, number) REFERENCES series_patch (series, number) ON DELETE CASCADE
) WITHOUT ROWID;
