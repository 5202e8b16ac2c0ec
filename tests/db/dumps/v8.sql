-- SPDX-License-Identifier: GPL-2.0-only
-- A small database as the eighth form of the tables had it. Never change this file.
PRAGMA application_id = 1195595337;
PRAGMA user_version = 8;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE name (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL UNIQUE
);
INSERT INTO name VALUES(1,'drivers/a.c');
INSERT INTO name VALUES(2,'int');
INSERT INTO name VALUES(3,'f');
INSERT INTO name VALUES(4,'int (void)');
INSERT INTO name VALUES(5,'noinline');
INSERT INTO name VALUES(6,'get_user_pages');
INSERT INTO name VALUES(7,'include/linux/mm.h');
INSERT INTO name VALUES(8,'type');
INSERT INTO name VALUES(9,'unsigned long');
INSERT INTO name VALUES(10,'put_page');
INSERT INTO name VALUES(11,'struct page *');
INSERT INTO name VALUES(12,'DROP');
INSERT INTO name VALUES(13,'struct rds_mr.r_sg');
INSERT INTO name VALUES(14,'rds_mmap');
INSERT INTO name VALUES(15,'struct file_operations.mmap');
INSERT INTO name VALUES(16,'void (struct page *)');
INSERT INTO name VALUES(17,'folio_put');
INSERT INTO name VALUES(18,'struct rds_mr');
INSERT INTO name VALUES(19,'r_sg');
INSERT INTO name VALUES(20,'sg_t *');
INSERT INTO name VALUES(21,'struct scatterlist *');
CREATE TABLE file_version (
	id INTEGER PRIMARY KEY,
	path TEXT NOT NULL,
	hash BLOB NOT NULL,
	UNIQUE (path, hash)
);
INSERT INTO file_version VALUES(1,'drivers/a.c',X'01000000000000000000000000000000');
INSERT INTO file_version VALUES(2,'include/linux/mm.h',X'02000000000000000000000000000000');
INSERT INTO file_version VALUES(3,'net/b.c',X'05000000000000000000000000000000');
CREATE TABLE config (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL UNIQUE
);
INSERT INTO config VALUES(1,'x86');
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
INSERT INTO unit VALUES(1,'source',1,1,X'07000000000000000000000000000000',X'72b638bdb23c60fc5b8983cfeae8e300',NULL,'errors','',5,1,90000,100000,'gupconv 0.1.0',1);
CREATE TABLE unit_file (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	file INTEGER NOT NULL,
	PRIMARY KEY (unit, file)
) WITHOUT ROWID;
INSERT INTO unit_file VALUES(1,1);
INSERT INTO unit_file VALUES(1,2);
CREATE TABLE unit_seen (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	file INTEGER NOT NULL,
	offset INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	PRIMARY KEY (unit, file, offset, kind)
) WITHOUT ROWID;
INSERT INTO unit_seen VALUES(1,1,100,0);
INSERT INTO unit_seen VALUES(1,2,120,4);
INSERT INTO unit_seen VALUES(1,2,900,2);
CREATE TABLE unit_skip (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	file INTEGER NOT NULL,
	begin_offset INTEGER NOT NULL,
	end_offset INTEGER NOT NULL,
	PRIMARY KEY (unit, file, begin_offset, end_offset)
) WITHOUT ROWID;
INSERT INTO unit_skip VALUES(1,1,500,600);
CREATE TABLE unit_error (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	file INTEGER,
	line INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (unit, nr)
) WITHOUT ROWID;
INSERT INTO unit_error VALUES(1,0,1,3,'unknown type name ''foo''');
INSERT INTO unit_error VALUES(1,1,NULL,0,'too many errors');
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
INSERT INTO body VALUES(1,X'73da4d617984b63d8353a55bdb88e199',X'01010001020000000102000900');
INSERT INTO body VALUES(2,X'dba011e005d2ec769ec6bee51b9f5c88',X'010001020a0100');
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
INSERT INTO definition VALUES(1,1,X'4052d3ff4e0a98af867567b4bd42715c',0,3,50,400,60,5,40,1,0,0,4,5,1);
INSERT INTO definition VALUES(2,2,X'0f1e1db7a20e5ec19879c07940e92b77',0,10,900,990,940,90,95,2,0,0,16,NULL,2);
CREATE TABLE unit_definition (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	definition INTEGER NOT NULL,
	PRIMARY KEY (unit, definition)
) WITHOUT ROWID;
INSERT INTO unit_definition VALUES(1,1);
INSERT INTO unit_definition VALUES(1,2);
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
INSERT INTO call VALUES(1,0,6,1,100,120,100,10,1,2,NULL,NULL,NULL,NULL);
INSERT INTO call VALUES(1,1,10,1,200,220,200,20,1,1,NULL,NULL,NULL,NULL);
INSERT INTO call VALUES(1,2,10,1,300,320,300,30,1,1,12,2,12,120);
INSERT INTO call VALUES(2,0,17,1,950,970,950,95,1,1,NULL,NULL,NULL,NULL);
CREATE TABLE api_call (
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	decl_file INTEGER,
	decl_type INTEGER,
	decl_linkage INTEGER NOT NULL,
	PRIMARY KEY (definition, nr)
) WITHOUT ROWID;
INSERT INTO api_call VALUES(1,0,7,8,0);
INSERT INTO api_call VALUES(1,1,7,8,0);
INSERT INTO api_call VALUES(1,2,7,8,0);
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
INSERT INTO call_arg VALUES(1,0,0,'start',9,110,115);
INSERT INTO call_arg VALUES(1,0,1,'FOLL_WRITE | FOLL_FORCE',2,117,140);
INSERT INTO call_arg VALUES(1,1,0,'pages[i]',11,210,218);
INSERT INTO call_arg VALUES(1,2,0,'pages[i]',11,210,218);
CREATE TABLE member (
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	field INTEGER NOT NULL,
	access INTEGER NOT NULL,
	PRIMARY KEY (definition, field)
) WITHOUT ROWID;
INSERT INTO member VALUES(1,13,3);
CREATE TABLE address (
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	function INTEGER NOT NULL,
	field INTEGER,
	offset INTEGER NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (definition, nr)
) WITHOUT ROWID;
INSERT INTO address VALUES(1,0,14,15,70,7);
CREATE TABLE mention (
	name INTEGER NOT NULL,
	definition INTEGER NOT NULL,
	PRIMARY KEY (name, definition)
) WITHOUT ROWID;
INSERT INTO mention VALUES(6,1);
INSERT INTO mention VALUES(10,1);
INSERT INTO mention VALUES(13,1);
INSERT INTO mention VALUES(14,1);
INSERT INTO mention VALUES(15,1);
INSERT INTO mention VALUES(17,2);
CREATE TABLE mention_mark (
	definition INTEGER NOT NULL
);
INSERT INTO mention_mark VALUES(2);
CREATE TABLE record (
	id INTEGER PRIMARY KEY,
	file INTEGER NOT NULL,
	content BLOB NOT NULL,
	name INTEGER,
	offset INTEGER NOT NULL,
	line INTEGER NOT NULL,
	UNIQUE (file, content)
);
INSERT INTO record VALUES(1,2,X'78a9f521062b31cb7c0e7c688975a2b3',18,10,2);
CREATE TABLE field (
	record INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	name INTEGER,
	type INTEGER,
	canonical INTEGER,
	PRIMARY KEY (record, nr)
) WITHOUT ROWID;
INSERT INTO field VALUES(1,0,19,20,21);
INSERT INTO field VALUES(1,1,NULL,2,2);
CREATE TABLE unit_record (
	unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
	record INTEGER NOT NULL,
	PRIMARY KEY (unit, record)
) WITHOUT ROWID;
INSERT INTO unit_record VALUES(1,1);
CREATE TABLE snapshot (
	id INTEGER PRIMARY KEY,
	label TEXT NOT NULL UNIQUE,
	kernel TEXT NOT NULL,
	revision TEXT NOT NULL,
	tool TEXT NOT NULL,
	summary TEXT NOT NULL,
	complete INTEGER NOT NULL
);
INSERT INTO snapshot VALUES(1,'one','6.12.0','abc','gupconv 0.1.0','{"files":1}',1);
CREATE TABLE snapshot_unit (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	unit INTEGER NOT NULL REFERENCES unit (id),
	PRIMARY KEY (snapshot, unit)
) WITHOUT ROWID;
INSERT INTO snapshot_unit VALUES(1,1);
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
INSERT INTO snapshot_api VALUES(1,'follow_page','other','follow','absent','','',0);
INSERT INTO snapshot_api VALUES(1,'get_user_pages','acquire','gup','known','long (…)','include/linux/mm.h',11);
INSERT INTO snapshot_api VALUES(1,'put_page','release','put','known','void (struct page *)','include/linux/mm.h',90);
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
INSERT INTO occurrence VALUES(1,0,3,40,4,2,10,'comment',NULL,NULL);
INSERT INTO occurrence VALUES(1,1,1,100,10,1,6,'call',NULL,NULL);
INSERT INTO occurrence VALUES(1,2,3,9,1,2,10,'inactive',NULL,'CONFIG_MMU=n');
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
INSERT INTO site VALUES(1,0,'2df44a749b11854b','acquire',1,100,10,1,3,6,'FOLL_WRITE | FOLL_FORCE',0,NULL,NULL,0,0);
INSERT INTO site VALUES(1,1,'659172d804f18e2e','release',1,200,20,1,3,10,NULL,0,NULL,NULL,0,0);
INSERT INTO site VALUES(1,2,'c026c1e60a2175b4','release',1,300,30,1,3,10,NULL,1,12,2,12,0);
CREATE TABLE site_config (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	config INTEGER NOT NULL,
	PRIMARY KEY (snapshot, site, config)
) WITHOUT ROWID;
INSERT INTO site_config VALUES(1,0,1);
INSERT INTO site_config VALUES(1,1,1);
INSERT INTO site_config VALUES(1,2,1);
CREATE TABLE site_call (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	definition INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	call INTEGER NOT NULL,
	PRIMARY KEY (snapshot, site, definition, call)
) WITHOUT ROWID;
INSERT INTO site_call VALUES(1,0,1,0);
INSERT INTO site_call VALUES(1,1,1,1);
INSERT INTO site_call VALUES(1,2,1,2);
CREATE TABLE result_set (
	id INTEGER PRIMARY KEY,
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	conversion TEXT NOT NULL,
	key BLOB,
	UNIQUE (snapshot, conversion)
);
INSERT INTO result_set VALUES(1,1,'put-user-page',X'000102030405060708090a0b0c0d0e0f');
CREATE TABLE result (
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
INSERT INTO result VALUES(1,0,'loop-dirty','convertible',NULL,NULL,1,0);
INSERT INTO result VALUES(1,1,'loop-dirty','convert','gup','always',NULL,NULL);
CREATE TABLE result_reason (
	result_set INTEGER NOT NULL REFERENCES result_set (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	nr INTEGER NOT NULL,
	code TEXT NOT NULL,
	text TEXT NOT NULL,
	file TEXT,
	line INTEGER NOT NULL,
	PRIMARY KEY (result_set, site, nr)
) WITHOUT ROWID;
INSERT INTO result_reason VALUES(1,0,0,'guarded-release','a sentence','a.c',7);
CREATE TABLE result_partner (
	result_set INTEGER NOT NULL REFERENCES result_set (id) ON DELETE CASCADE,
	site INTEGER NOT NULL,
	partner INTEGER NOT NULL,
	PRIMARY KEY (result_set, site, partner)
) WITHOUT ROWID;
INSERT INTO result_partner VALUES(1,0,1);
INSERT INTO result_partner VALUES(1,1,0);
CREATE TABLE result_step (
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
INSERT INTO result_step VALUES(1,0,0,NULL,'acquire','a sentence','a.c',7,'f');
INSERT INTO result_step VALUES(1,0,1,0,'release','a sentence','a.c',9,NULL);
CREATE TABLE result_file (
	result_set INTEGER NOT NULL REFERENCES result_set (id) ON DELETE CASCADE,
	path TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (result_set, path)
) WITHOUT ROWID;
INSERT INTO result_file VALUES(1,'b.c','f() is defined there');
CREATE TABLE tree_header (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	paths BLOB NOT NULL
);
INSERT INTO tree_header VALUES(1,X'0102030405060708');
CREATE TABLE series (
	id INTEGER PRIMARY KEY,
	conversion TEXT NOT NULL,
	scope TEXT NOT NULL,
	version INTEGER NOT NULL,
	kernel TEXT NOT NULL,
	UNIQUE (conversion, scope, version)
);
INSERT INTO series VALUES(1,'put-user-page','',1,'5.3.0');
CREATE TABLE series_patch (
	series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
	number INTEGER NOT NULL,
	name TEXT NOT NULL,
	subject TEXT NOT NULL,
	hash BLOB NOT NULL,
	PRIMARY KEY (series, number)
) WITHOUT ROWID;
INSERT INTO series_patch VALUES(1,1,'net/rds','net/rds: convert put_page() to put_user_page*()',X'00112233445566778899aabbccddeeff');
CREATE TABLE series_file (
	series INTEGER NOT NULL,
	number INTEGER NOT NULL,
	path TEXT NOT NULL,
	PRIMARY KEY (series, number, path),
	FOREIGN KEY (series, number) REFERENCES series_patch (series, number) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO series_file VALUES(1,1,'net/rds/info.c');
CREATE TABLE series_site (
	series INTEGER NOT NULL,
	number INTEGER NOT NULL,
	site TEXT NOT NULL,
	PRIMARY KEY (series, number, site),
	FOREIGN KEY (series, number) REFERENCES series_patch (series, number) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO series_site VALUES(1,1,'0123456789abcdef');
CREATE TABLE series_tag (
	series INTEGER NOT NULL,
	number INTEGER NOT NULL,
	tag TEXT NOT NULL,
	PRIMARY KEY (series, number, tag),
	FOREIGN KEY (series, number) REFERENCES series_patch (series, number) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO series_tag VALUES(1,1,'Acked-by: A <a@b.c>');
CREATE TABLE fault_set (
	id INTEGER PRIMARY KEY,
	snapshot INTEGER NOT NULL UNIQUE REFERENCES snapshot (id) ON DELETE CASCADE,
	key BLOB
);
INSERT INTO fault_set VALUES(1,1,NULL);
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
INSERT INTO fault VALUES(1,0,'0123456789abcdef','double-release','error','high',0,'get_user_pages','drivers/a.c',12,3,'f','pages are given back twice');
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
INSERT INTO fault_note VALUES(1,0,0,'drivers/a.c',8,2,'f','given back here for the first time');
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
INSERT INTO fault_ignore VALUES(1,0,'drivers/a.c',11,12,'double-release','only with two references');
CREATE TABLE subsystem (
	snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	title TEXT NOT NULL,
	status TEXT,
	PRIMARY KEY (snapshot, nr)
) WITHOUT ROWID;
INSERT INTO subsystem VALUES(1,0,'DRIVERS OF A','Maintained');
CREATE TABLE subsystem_person (
	snapshot INTEGER NOT NULL,
	subsystem INTEGER NOT NULL,
	nr INTEGER NOT NULL,
	role TEXT NOT NULL,
	address TEXT NOT NULL,
	PRIMARY KEY (snapshot, subsystem, nr),
	FOREIGN KEY (snapshot, subsystem) REFERENCES subsystem (snapshot, nr) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO subsystem_person VALUES(1,0,0,'maintainer','Ada <ada@example.org>');
CREATE TABLE subsystem_file (
	snapshot INTEGER NOT NULL,
	path TEXT NOT NULL,
	subsystem INTEGER NOT NULL,
	PRIMARY KEY (snapshot, path),
	FOREIGN KEY (snapshot, subsystem) REFERENCES subsystem (snapshot, nr) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO subsystem_file VALUES(1,'drivers/a.c',0);
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
INSERT INTO mail VALUES(1,'1@example.org','[PATCH 1/1] a: convert','Ada','ada@example.org',1577836800,0,0,0,X'000102030405060708090a0b0c0d0e0f');
INSERT INTO mail VALUES(2,'2@example.org','Re: [PATCH 1/1] a: convert','Bob','bob@example.org',1577836900,0,0,0,NULL);
CREATE TABLE mail_reference (
	mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	message_id TEXT NOT NULL,
	PRIMARY KEY (mail, nr)
) WITHOUT ROWID;
INSERT INTO mail_reference VALUES(2,0,'1@example.org');
CREATE TABLE mail_file (
	mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	path TEXT NOT NULL,
	PRIMARY KEY (mail, nr)
) WITHOUT ROWID;
INSERT INTO mail_file VALUES(1,0,'drivers/a.c');
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
INSERT INTO mail_change VALUES(1,0,'drivers/a.c','f','put_page',1,0);
CREATE TABLE mail_tag (
	mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	key TEXT NOT NULL,
	name TEXT,
	address TEXT NOT NULL,
	PRIMARY KEY (mail, nr)
) WITHOUT ROWID;
INSERT INTO mail_tag VALUES(2,0,'Reviewed-by','Bob','bob@example.org');
CREATE TABLE mail_taken (
	mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (mail, nr)
) WITHOUT ROWID;
INSERT INTO mail_taken VALUES(2,0,1);
CREATE TABLE shard (
	split BLOB NOT NULL,
	number INTEGER NOT NULL,
	total INTEGER NOT NULL,
	kernel TEXT NOT NULL,
	PRIMARY KEY (split, number)
) WITHOUT ROWID;
INSERT INTO shard VALUES(X'000102030405060708090a0b0c0d0e0f',2,3,'6.99.7');
CREATE TABLE question (
	nr INTEGER PRIMARY KEY,
	key BLOB NOT NULL UNIQUE
);
CREATE TABLE question_name (
	question INTEGER NOT NULL REFERENCES question (nr) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	name TEXT NOT NULL,
	reason TEXT NOT NULL,
	is_definition INTEGER NOT NULL,
	folders TEXT,
	beside TEXT,
	PRIMARY KEY (question, nr)
) WITHOUT ROWID;
CREATE TABLE result_facts (
	facts BLOB PRIMARY KEY,
	key BLOB NOT NULL
) WITHOUT ROWID;
INSERT INTO question VALUES(1,X'000102030405060708090a0b0c0d0e0f');
INSERT INTO question_name VALUES(1,0,'put_pages','pages are released that callers pass to put_pages()',0,NULL,NULL);
INSERT INTO result_facts SELECT X'000102030405060708090a0b0c0d0e0f', key FROM result_set WHERE key NOTNULL;
CREATE INDEX unit_pch ON unit (pch) WHERE pch IS NOT NULL;
CREATE UNIQUE INDEX body_hash ON body (hash);
CREATE INDEX definition_name ON definition (name);
CREATE INDEX record_name ON record (name);
CREATE INDEX snapshot_unit_unit ON snapshot_unit (unit);
CREATE INDEX site_id ON site (id);
CREATE INDEX site_call_definition ON site_call (definition);
CREATE INDEX subsystem_file_subsystem ON subsystem_file (snapshot, subsystem);
COMMIT;
