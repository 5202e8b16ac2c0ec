-- SPDX-License-Identifier: GPL-2.0-only
-- Facts of translation units, and the snapshots that are built from them. Every column is described
-- in gupconv-db(5).
--
-- Columns that refer to name, config, file_version and body, and those from units to definitions and
-- records, are not declared as foreign keys: deleting a row there would make SQLite search every
-- table that may refer to it. The garbage collection of the store deletes only what nothing refers
-- to.

CREATE TABLE name (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL UNIQUE
);

CREATE TABLE file_version (
	id INTEGER PRIMARY KEY,
	path TEXT NOT NULL,
	hash BLOB NOT NULL,
	UNIQUE (path, hash)
);

CREATE TABLE config (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL UNIQUE
);

CREATE TABLE unit (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	main INTEGER NOT NULL,
	config INTEGER NOT NULL,
	env BLOB NOT NULL,
	inputs BLOB NOT NULL,
	pch INTEGER REFERENCES unit (id),
	status TEXT NOT NULL,
	cause TEXT NOT NULL,
	nr_errors INTEGER NOT NULL,
	nr_errors_main INTEGER NOT NULL,
	cpu_us INTEGER NOT NULL,
	max_rss_kib INTEGER NOT NULL,
	tool TEXT NOT NULL,
	facts_version INTEGER NOT NULL,
	UNIQUE (main, kind, config, env, inputs)
);
CREATE INDEX unit_pch ON unit (pch) WHERE pch IS NOT NULL;

CREATE TABLE unit_file (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	file INTEGER NOT NULL,
	PRIMARY KEY (unit, file)
) WITHOUT ROWID;

CREATE TABLE unit_seen (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	file INTEGER NOT NULL,
	offset INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	PRIMARY KEY (unit, file, offset, kind)
) WITHOUT ROWID;

CREATE TABLE unit_skip (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	file INTEGER NOT NULL,
	begin_offset INTEGER NOT NULL,
	end_offset INTEGER NOT NULL,
	PRIMARY KEY (unit, file, begin_offset, end_offset)
) WITHOUT ROWID;

CREATE TABLE unit_error (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	file INTEGER,
	line INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (unit, nr)
) WITHOUT ROWID;

CREATE TABLE decl (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	name INTEGER,
	file INTEGER NOT NULL,
	line INTEGER NOT NULL,
	type INTEGER,
	result INTEGER,
	is_macro INTEGER NOT NULL,
	is_enum INTEGER NOT NULL,
	value INTEGER NOT NULL,
	PRIMARY KEY (unit, nr)
) WITHOUT ROWID;

CREATE TABLE decl_param (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	decl INTEGER NOT NULL,
	nr INTEGER NOT NULL,
	name INTEGER,
	type INTEGER,
	PRIMARY KEY (unit, decl, nr)
) WITHOUT ROWID;

CREATE TABLE body (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL,
	data BLOB NOT NULL
);
CREATE UNIQUE INDEX body_hash ON body (hash);

CREATE TABLE definition (
	id INTEGER PRIMARY KEY,
	file INTEGER NOT NULL,
	content BLOB NOT NULL,
	kind INTEGER NOT NULL,
	name INTEGER,
	begin_offset INTEGER NOT NULL,
	end_offset INTEGER NOT NULL,
	body_offset INTEGER NOT NULL,
	line INTEGER NOT NULL,
	end_line INTEGER NOT NULL,
	linkage INTEGER NOT NULL,
	from_macro INTEGER NOT NULL,
	has_error INTEGER NOT NULL,
	type INTEGER,
	attributes INTEGER,
	body INTEGER NOT NULL,
	UNIQUE (file, content)
);
CREATE INDEX definition_name ON definition (name);

CREATE TABLE unit_definition (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	definition INTEGER NOT NULL,
	PRIMARY KEY (unit, definition)
) WITHOUT ROWID;

CREATE TABLE call (
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	callee INTEGER,
	is_direct INTEGER NOT NULL,
	begin_offset INTEGER NOT NULL,
	end_offset INTEGER NOT NULL,
	name_offset INTEGER NOT NULL,
	line INTEGER NOT NULL,
	column INTEGER NOT NULL,
	nr_args INTEGER NOT NULL,
	macro INTEGER,
	macro_file INTEGER,
	macro_line INTEGER,
	macro_offset INTEGER,
	PRIMARY KEY (definition, nr)
) WITHOUT ROWID;

CREATE TABLE api_call (
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	decl_file INTEGER,
	decl_type INTEGER,
	decl_linkage INTEGER NOT NULL,
	PRIMARY KEY (definition, nr)
) WITHOUT ROWID;

CREATE TABLE call_arg (
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	call INTEGER NOT NULL,
	nr INTEGER NOT NULL,
	text TEXT NOT NULL,
	type INTEGER,
	begin_offset INTEGER NOT NULL,
	end_offset INTEGER NOT NULL,
	PRIMARY KEY (definition, call, nr)
) WITHOUT ROWID;

CREATE TABLE member (
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	field INTEGER NOT NULL,
	access INTEGER NOT NULL,
	PRIMARY KEY (definition, field)
) WITHOUT ROWID;

CREATE TABLE address (
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	function INTEGER NOT NULL,
	field INTEGER,
	offset INTEGER NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (definition, nr)
) WITHOUT ROWID;

-- Which definitions mention a name. An index on each of the columns would be spread over so many
-- pages that storing a unit costs five times as much; this is filled in order, when a snapshot is
-- stored, from the definitions above the mark.
CREATE TABLE mention (
	name INTEGER NOT NULL,
	definition INTEGER NOT NULL,
	PRIMARY KEY (name, definition)
) WITHOUT ROWID;

CREATE TABLE mention_mark (
	definition INTEGER NOT NULL
);
INSERT INTO mention_mark VALUES (0);

CREATE TABLE record (
	id INTEGER PRIMARY KEY,
	file INTEGER NOT NULL,
	content BLOB NOT NULL,
	name INTEGER,
	offset INTEGER NOT NULL,
	line INTEGER NOT NULL,
	UNIQUE (file, content)
);
CREATE INDEX record_name ON record (name);

CREATE TABLE field (
	record INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	name INTEGER,
	type INTEGER,
	canonical INTEGER,
	PRIMARY KEY (record, nr)
) WITHOUT ROWID;

CREATE TABLE unit_record (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	record INTEGER NOT NULL,
	PRIMARY KEY (unit, record)
) WITHOUT ROWID;

CREATE TABLE snapshot (
	id INTEGER PRIMARY KEY,
	label TEXT NOT NULL UNIQUE,
	kernel TEXT NOT NULL,
	revision TEXT NOT NULL,
	tool TEXT NOT NULL,
	summary TEXT NOT NULL,
	complete INTEGER NOT NULL
);

CREATE TABLE snapshot_unit (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	unit INTEGER NOT NULL REFERENCES unit (id),
	PRIMARY KEY (snapshot, unit)
) WITHOUT ROWID;
CREATE INDEX snapshot_unit_unit ON snapshot_unit (unit);

CREATE TABLE snapshot_api (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	family TEXT NOT NULL,
	state TEXT NOT NULL,
	prototype TEXT NOT NULL,
	file TEXT NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (snapshot, name)
) WITHOUT ROWID;

CREATE TABLE occurrence (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	file INTEGER NOT NULL,
	offset INTEGER NOT NULL,
	line INTEGER NOT NULL,
	column INTEGER NOT NULL,
	api INTEGER NOT NULL,
	class TEXT NOT NULL,
	detail TEXT,
	condition TEXT,
	PRIMARY KEY (snapshot, nr)
) WITHOUT ROWID;

CREATE TABLE site (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	id TEXT NOT NULL,
	role TEXT NOT NULL,
	file INTEGER NOT NULL,
	offset INTEGER NOT NULL,
	line INTEGER NOT NULL,
	column INTEGER NOT NULL,
	function INTEGER,
	api INTEGER NOT NULL,
	flags TEXT,
	ordinal INTEGER NOT NULL,
	macro INTEGER,
	macro_file INTEGER,
	macro_line INTEGER,
	homonym INTEGER NOT NULL,
	PRIMARY KEY (snapshot, nr)
) WITHOUT ROWID;
CREATE INDEX site_id ON site (id);

CREATE TABLE site_config (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	config INTEGER NOT NULL,
	PRIMARY KEY (snapshot, site, config)
) WITHOUT ROWID;

CREATE TABLE site_call (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	call INTEGER NOT NULL,
	PRIMARY KEY (snapshot, site, definition, call)
) WITHOUT ROWID;
CREATE INDEX site_call_definition ON site_call (definition);

-- The headers that the tree had when it was last scanned as a whole: one that is new may be found
-- where another one was, or none.
CREATE TABLE tree_header (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	paths BLOB NOT NULL
);
