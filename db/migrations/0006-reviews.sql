-- SPDX-License-Identifier: GPL-2.0-only
-- What was said of series that were posted: what is kept of mails. How they hang together is found out
-- when a report is made, since further mails and scans change it.

CREATE TABLE mail (
	id INTEGER PRIMARY KEY,
	message_id TEXT NOT NULL UNIQUE,
	subject TEXT NOT NULL,
	name TEXT,
	address TEXT,
	date INTEGER,
	has_text INTEGER NOT NULL,
	is_nak INTEGER NOT NULL,
	is_taken INTEGER NOT NULL,
	hash BLOB
);

CREATE TABLE mail_reference (
	mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	message_id TEXT NOT NULL,
	PRIMARY KEY (mail, nr)
) WITHOUT ROWID;

CREATE TABLE mail_file (
	mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	path TEXT NOT NULL,
	PRIMARY KEY (mail, nr)
) WITHOUT ROWID;

CREATE TABLE mail_change (
	mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	file TEXT NOT NULL,
	function TEXT,
	api TEXT NOT NULL,
	removed INTEGER NOT NULL,
	added INTEGER NOT NULL,
	PRIMARY KEY (mail, nr)
) WITHOUT ROWID;

CREATE TABLE mail_tag (
	mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	key TEXT NOT NULL,
	name TEXT,
	address TEXT NOT NULL,
	PRIMARY KEY (mail, nr)
) WITHOUT ROWID;

CREATE TABLE mail_taken (
	mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (mail, nr)
) WITHOUT ROWID;
