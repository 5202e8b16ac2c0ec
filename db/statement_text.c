// SPDX-License-Identifier: GPL-2.0-only
#include "db/statement.h"

/*
 * CROSS JOIN keeps SQLite from changing the order of the tables: each query starts where few rows
 * are.
 */
/* Rows of the sets of snapshot ?1 that have the key ?3, for the sets of snapshot ?2. (?4 is for the
 * sets.) */
#define COPY_RESULTS(table, columns)                                                           \
	"INSERT INTO " table " (result_set, " columns ") SELECT becomes, " columns             \
	" FROM (SELECT m.id AS was, n.id AS becomes FROM result_set m CROSS JOIN result_set n" \
	" ON n.snapshot = ?2 AND n.conversion = m.conversion"                                  \
	" WHERE m.snapshot = ?1 AND m.key = ?3) CROSS JOIN " table " ON result_set = was"
#define COPY_FAULTS(table, columns)                                                          \
	"INSERT INTO " table " (fault_set, " columns ") SELECT becomes, " columns            \
	" FROM (SELECT m.id AS was, n.id AS becomes FROM fault_set m CROSS JOIN fault_set n" \
	" ON n.snapshot = ?2 WHERE m.snapshot = ?1 AND m.key = ?3) CROSS JOIN " table        \
	" ON fault_set = was"

static const char *const texts[GCV_STMT_COUNT] = {
	[GCV_STMT_NAME_FIND] = "SELECT id FROM name WHERE text = ?",
	[GCV_STMT_NAME_ADD] = "INSERT INTO name (text) VALUES (?)",
	[GCV_STMT_NAME_TEXT] = "SELECT text FROM name WHERE id = ?",
	[GCV_STMT_NAME_DELETE] = "DELETE FROM name WHERE id = ?",
	[GCV_STMT_FILE_FIND] = "SELECT id FROM file_version WHERE path = ? AND hash = ?",
	[GCV_STMT_FILE_ADD] = "INSERT INTO file_version (path, hash) VALUES (?, ?)",
	[GCV_STMT_CONFIG_FIND] = "SELECT id FROM config WHERE text = ?",
	[GCV_STMT_CONFIG_ADD] = "INSERT INTO config (text) VALUES (?)",

	[GCV_STMT_UNIT_FIND] = "SELECT id FROM unit WHERE main = ? AND kind = ? AND config = ?"
			       " AND env = ? AND inputs = ?",
	[GCV_STMT_UNIT_ADD] = "INSERT INTO unit (main, kind, config, env, inputs, pch, status,"
			      " cause, nr_errors, nr_errors_main, cpu_us, max_rss_kib, tool,"
			      " facts_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_UNIT_UPDATE] = "UPDATE unit SET pch = ?, status = ?, cause = ?, nr_errors = ?,"
				 " nr_errors_main = ?, cpu_us = ?, max_rss_kib = ?, tool = ?,"
				 " facts_version = ? WHERE id = ?",
	[GCV_STMT_UNIT_IDENTITY] = "SELECT env, inputs FROM unit WHERE id = ?",
	[GCV_STMT_UNIT_EXISTS] = "SELECT id FROM unit WHERE id = ?",
	[GCV_STMT_UNIT_FILES_CLEAR] = "DELETE FROM unit_file WHERE unit = ?",
	[GCV_STMT_UNIT_SEEN_CLEAR] = "DELETE FROM unit_seen WHERE unit = ?",
	[GCV_STMT_UNIT_SKIPS_CLEAR] = "DELETE FROM unit_skip WHERE unit = ?",
	[GCV_STMT_UNIT_ERRORS_CLEAR] = "DELETE FROM unit_error WHERE unit = ?",
	[GCV_STMT_UNIT_DECLS_CLEAR] = "DELETE FROM decl WHERE unit = ?",
	[GCV_STMT_UNIT_PARAMS_CLEAR] = "DELETE FROM decl_param WHERE unit = ?",
	[GCV_STMT_UNIT_DEFINITIONS_CLEAR] = "DELETE FROM unit_definition WHERE unit = ?",
	[GCV_STMT_UNIT_RECORDS_CLEAR] = "DELETE FROM unit_record WHERE unit = ?",
	[GCV_STMT_UNIT_FILE_ADD] = "INSERT OR IGNORE INTO unit_file (unit, file) VALUES (?, ?)",
	[GCV_STMT_UNIT_SEEN_ADD] = "INSERT OR IGNORE INTO unit_seen (unit, file, offset, kind)"
				   " VALUES (?, ?, ?, ?)",
	[GCV_STMT_UNIT_SKIP_ADD] = "INSERT OR IGNORE INTO unit_skip (unit, file, begin_offset,"
				   " end_offset) VALUES (?, ?, ?, ?)",
	[GCV_STMT_UNIT_ERROR_ADD] = "INSERT INTO unit_error (unit, nr, file, line, text)"
				    " VALUES (?, ?, ?, ?, ?)",
	[GCV_STMT_DECL_ADD] = "INSERT INTO decl (unit, nr, name, file, line, type, result,"
			      " is_macro, is_enum, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_DECL_PARAM_ADD] = "INSERT INTO decl_param (unit, decl, nr, name, type)"
				    " VALUES (?, ?, ?, ?, ?)",

	[GCV_STMT_BODY_FIND] = "SELECT id FROM body WHERE hash = ?",
	[GCV_STMT_BODY_ADD] = "INSERT INTO body (hash, data) VALUES (?, ?)",
	[GCV_STMT_BODY_OF] = "SELECT data FROM definition d JOIN body b ON b.id = d.body"
			     " WHERE d.id = ?",
	[GCV_STMT_BODIES] = "SELECT data FROM body",
	[GCV_STMT_DEFINITION_FIND] = "SELECT id FROM definition WHERE file = ? AND content = ?",
	[GCV_STMT_DEFINITION_ADD] = "INSERT INTO definition (file, content, kind, name,"
				    " begin_offset, end_offset, body_offset, line, end_line,"
				    " linkage, from_macro, has_error, type, attributes, body)"
				    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_UNIT_DEFINITION_ADD] = "INSERT OR IGNORE INTO unit_definition (unit, definition)"
					 " VALUES (?, ?)",
	[GCV_STMT_CALL_ADD] = "INSERT INTO call (definition, nr, callee, is_direct, begin_offset,"
			      " end_offset, name_offset, line, column, nr_args, macro, macro_file,"
			      " macro_line, macro_offset)"
			      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_API_CALL_ADD] = "INSERT INTO api_call (definition, nr, decl_file, decl_type,"
				  " decl_linkage) VALUES (?, ?, ?, ?, ?)",
	[GCV_STMT_CALL_ARG_ADD] = "INSERT INTO call_arg (definition, call, nr, text, type,"
				  " begin_offset, end_offset) VALUES (?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_MEMBER_ADD] = "INSERT INTO member (definition, field, access) VALUES (?, ?, ?)"
				" ON CONFLICT DO UPDATE SET access = access | excluded.access",
	[GCV_STMT_ADDRESS_ADD] = "INSERT INTO address (definition, nr, function, field, offset,"
				 " line) VALUES (?, ?, ?, ?, ?, ?)",
	[GCV_STMT_RECORD_FIND] = "SELECT id FROM record WHERE file = ? AND content = ?",
	[GCV_STMT_RECORD_ADD] = "INSERT INTO record (file, content, name, offset, line)"
				" VALUES (?, ?, ?, ?, ?)",
	[GCV_STMT_FIELD_ADD] = "INSERT INTO field (record, nr, name, type, canonical)"
			       " VALUES (?, ?, ?, ?, ?)",
	[GCV_STMT_UNIT_RECORD_ADD] = "INSERT OR IGNORE INTO unit_record (unit, record)"
				     " VALUES (?, ?)",

	[GCV_STMT_LOAD_FILES] = "SELECT id, path, hash FROM file_version ORDER BY path, id",
	[GCV_STMT_LOAD_UNITS] = "SELECT u.id, u.kind, u.main, c.text, u.env, u.pch, u.status,"
				" u.cause, u.nr_errors_main, u.tool, u.facts_version,"
				" (SELECT group_concat(e.text, char(10)) FROM unit_error e"
				"  WHERE e.unit = u.id AND e.text LIKE '%file not found')"
				" FROM unit u LEFT JOIN config c ON c.id = u.config ORDER BY u.id",
	[GCV_STMT_LOAD_UNIT_FILES] = "SELECT unit, file FROM unit_file ORDER BY unit, file",
	[GCV_STMT_LOAD_SEEN] = "SELECT s.file, f.path, f.hash, s.offset, s.kind FROM unit_seen s"
			       " CROSS JOIN file_version f ON f.id = s.file WHERE s.unit = ?",
	[GCV_STMT_LOAD_SKIPS] = "SELECT s.file, f.path, f.hash, s.begin_offset, s.end_offset"
				" FROM unit_skip s CROSS JOIN file_version f ON f.id = s.file"
				" WHERE s.unit = ?",
	[GCV_STMT_LOAD_CALLS] =
		"SELECT f.id, f.path, f.hash, c.name_offset, n.text, m.id, m.path, m.hash,"
		" c.macro_offset FROM unit_definition u"
		" CROSS JOIN api_call a ON a.definition = u.definition"
		" CROSS JOIN call c ON c.definition = a.definition AND c.nr = a.nr"
		" CROSS JOIN definition d ON d.id = u.definition"
		" CROSS JOIN file_version f ON f.id = d.file"
		" CROSS JOIN name n ON n.id = c.callee"
		" LEFT JOIN file_version m ON m.id = c.macro_file WHERE u.unit = ?",
	[GCV_STMT_LOAD_DECLS] =
		"SELECT f.id, f.path, f.hash, n.text, d.line, t.text, r.text, d.is_macro,"
		" d.is_enum, d.value FROM decl d CROSS JOIN file_version f ON f.id = d.file"
		" LEFT JOIN name n ON n.id = d.name LEFT JOIN name t ON t.id = d.type"
		" LEFT JOIN name r ON r.id = d.result WHERE d.unit = ? ORDER BY d.nr",
	[GCV_STMT_LOAD_PARAMS] = "SELECT p.decl, n.text, t.text FROM decl_param p"
				 " LEFT JOIN name n ON n.id = p.name LEFT JOIN name t"
				 " ON t.id = p.type WHERE p.unit = ? ORDER BY p.decl, p.nr",

	/* Bodies refer to names as well, which SQL cannot see. */
	[GCV_STMT_UNUSED_NAMES] =
		"SELECT id FROM name WHERE id NOT IN (SELECT DISTINCT name FROM mention"
		" UNION SELECT macro FROM call WHERE macro NOTNULL"
		" UNION SELECT decl_file FROM api_call WHERE decl_file NOTNULL"
		" UNION SELECT decl_type FROM api_call WHERE decl_type NOTNULL"
		" UNION SELECT type FROM call_arg WHERE type NOTNULL"
		" UNION SELECT name FROM definition WHERE name NOTNULL"
		" UNION SELECT type FROM definition WHERE type NOTNULL"
		" UNION SELECT attributes FROM definition WHERE attributes NOTNULL"
		" UNION SELECT name FROM record WHERE name NOTNULL"
		" UNION SELECT name FROM field WHERE name NOTNULL"
		" UNION SELECT type FROM field WHERE type NOTNULL"
		" UNION SELECT canonical FROM field WHERE canonical NOTNULL"
		" UNION SELECT name FROM decl WHERE name NOTNULL"
		" UNION SELECT type FROM decl WHERE type NOTNULL"
		" UNION SELECT result FROM decl WHERE result NOTNULL"
		" UNION SELECT name FROM decl_param WHERE name NOTNULL"
		" UNION SELECT type FROM decl_param WHERE type NOTNULL"
		" UNION SELECT api FROM occurrence"
		" UNION SELECT function FROM site WHERE function NOTNULL"
		" UNION SELECT api FROM site"
		" UNION SELECT macro FROM site WHERE macro NOTNULL) ORDER BY id",
	[GCV_STMT_SNAPSHOT_ID] = "SELECT id FROM snapshot WHERE label = ?",
	[GCV_STMT_SNAPSHOT_RENAME] = "UPDATE snapshot SET label = hex(randomblob(16)) WHERE id = ?",
	[GCV_STMT_SNAPSHOT_DELETE] = "DELETE FROM snapshot WHERE id = ?",
	[GCV_STMT_HEADERS_SET] = "INSERT OR REPLACE INTO tree_header (id, paths) VALUES (1, ?)",
	[GCV_STMT_LOAD_HEADERS] = "SELECT paths FROM tree_header",
	[GCV_STMT_SNAPSHOT_ADD] = "INSERT INTO snapshot (label, kernel, revision, tool, summary,"
				  " complete) VALUES (?, ?, ?, ?, ?, ?)",
	[GCV_STMT_SNAPSHOT_UNIT_ADD] = "INSERT OR IGNORE INTO snapshot_unit (snapshot, unit)"
				       " SELECT ?1, id FROM unit WHERE id = ?2",
	[GCV_STMT_SNAPSHOT_ERA] = "SELECT u.id FROM snapshot_unit s JOIN unit u ON u.id = s.unit"
				  " WHERE s.snapshot = ?1 AND u.kind = 'era'",
	[GCV_STMT_SNAPSHOT_FILE] =
		"SELECT f.hash FROM file_version f WHERE f.path = ?2 AND (EXISTS"
		" (SELECT 1 FROM snapshot_unit s CROSS JOIN unit_file u ON u.unit = s.unit"
		"  AND u.file = f.id WHERE s.snapshot = ?1) OR EXISTS"
		" (SELECT 1 FROM snapshot_unit s CROSS JOIN unit u ON u.id = s.unit"
		"  WHERE s.snapshot = ?1 AND u.main = f.id))",
	[GCV_STMT_SNAPSHOT_PCH_ADD] = "INSERT OR IGNORE INTO snapshot_unit (snapshot, unit)"
				      " SELECT DISTINCT ?1, pch FROM unit WHERE pch IS NOT NULL AND"
				      " id IN (SELECT unit FROM snapshot_unit WHERE snapshot = ?1)",
	[GCV_STMT_SNAPSHOT_API_ADD] = "INSERT INTO snapshot_api (snapshot, name, role, family,"
				      " state, prototype, file, line)"
				      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_OCCURRENCE_ADD] = "INSERT INTO occurrence (snapshot, nr, file, offset, line,"
				    " column, api, class, detail, condition)"
				    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_SITE_CALLS] =
		"SELECT d.file, f.path, c.name_offset, c.line, c.column, d.name, fn.text,"
		" c.callee, cn.text, s.role, c.macro, c.macro_file, c.macro_line, c.macro_offset,"
		" df.text, dt.text, a.decl_linkage, c.nr_args, c.definition, c.nr, u.config"
		" FROM snapshot_unit su CROSS JOIN unit u ON u.id = su.unit"
		" CROSS JOIN unit_definition ud ON ud.unit = su.unit"
		" CROSS JOIN api_call a ON a.definition = ud.definition"
		" CROSS JOIN call c ON c.definition = a.definition AND c.nr = a.nr"
		" CROSS JOIN name cn ON cn.id = c.callee"
		" CROSS JOIN snapshot_api s ON s.snapshot = ?1 AND s.name = cn.text"
		" CROSS JOIN definition d ON d.id = a.definition"
		" CROSS JOIN file_version f ON f.id = d.file"
		" LEFT JOIN name fn ON fn.id = d.name"
		" LEFT JOIN file_version mf ON mf.id = c.macro_file"
		" LEFT JOIN name df ON df.id = a.decl_file"
		" LEFT JOIN name dt ON dt.id = a.decl_type"
		" WHERE su.snapshot = ?1 AND s.role IN ('acquire', 'release')"
		" ORDER BY f.path, d.file, c.name_offset, fn.text, cn.text, mf.path,"
		" c.macro_file, c.macro_offset, c.definition, c.nr",
	[GCV_STMT_SITE_ARG] =
		"SELECT text FROM call_arg WHERE definition = ? AND call = ? AND nr = ?",
	[GCV_STMT_SITE_ADD] = "INSERT INTO site (snapshot, nr, id, role, file, offset, line,"
			      " column, function, api, flags, ordinal, macro, macro_file,"
			      " macro_line, homonym)"
			      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_SITE_CONFIG_ADD] = "INSERT OR IGNORE INTO site_config (snapshot, site, config)"
				     " VALUES (?, ?, ?)",
	[GCV_STMT_SITE_CALL_ADD] = "INSERT OR IGNORE INTO site_call (snapshot, site, definition,"
				   " call) VALUES (?, ?, ?, ?)",

	[GCV_STMT_SNAPSHOTS] = "SELECT id, label, kernel, revision, tool, summary, complete"
			       " FROM snapshot ORDER BY id",
	[GCV_STMT_SNAPSHOT_BY_LABEL] = "SELECT id, label, kernel, revision, tool, summary,"
				       " complete FROM snapshot WHERE label = ?",
	[GCV_STMT_SNAPSHOT_NEWEST] = "SELECT id, label, kernel, revision, tool, summary, complete"
				     " FROM snapshot ORDER BY id DESC LIMIT 1",
	[GCV_STMT_SITES] =
		"SELECT s.nr, s.id, s.role, f.path, s.offset, s.line, s.column, fn.text, an.text,"
		" s.flags, s.ordinal, m.text, mf.path, s.macro_line, s.homonym FROM site s"
		" CROSS JOIN file_version f ON f.id = s.file"
		" CROSS JOIN name an ON an.id = s.api"
		" LEFT JOIN name fn ON fn.id = s.function LEFT JOIN name m ON m.id = s.macro"
		" LEFT JOIN file_version mf ON mf.id = s.macro_file"
		" WHERE s.snapshot = ?1 AND (?2 IS NULL OR s.role = ?2) AND s.homonym >= ?3"
		" ORDER BY s.nr",
	[GCV_STMT_SITE_CONFIGS] = "SELECT c.text FROM site_config s CROSS JOIN config c"
				  " ON c.id = s.config WHERE s.snapshot = ? AND s.site = ?"
				  " ORDER BY c.text",
	[GCV_STMT_OCCURRENCES] =
		"SELECT f.path, f.hash, o.offset, o.line, o.column, n.text, o.class, o.detail,"
		" o.condition FROM occurrence o CROSS JOIN file_version f ON f.id = o.file"
		" CROSS JOIN name n ON n.id = o.api"
		" WHERE o.snapshot = ?1 AND (?2 IS NULL OR o.class = ?2)"
		" ORDER BY f.path, o.offset, o.nr",
	[GCV_STMT_APIS] = "SELECT name, role, family, state, prototype, file, line"
			  " FROM snapshot_api WHERE snapshot = ? ORDER BY name",
	[GCV_STMT_SNAPSHOT_UNITS] =
		"SELECT u.kind, f.path, c.text, u.status, u.cause, u.nr_errors, u.nr_errors_main,"
		" e.text, ef.path, e.line, u.cpu_us, u.max_rss_kib, u.id FROM snapshot_unit s"
		" CROSS JOIN unit u ON u.id = s.unit CROSS JOIN file_version f ON f.id = u.main"
		" CROSS JOIN config c ON c.id = u.config"
		" LEFT JOIN unit_error e ON e.unit = u.id AND e.nr = 0"
		" LEFT JOIN file_version ef ON ef.id = e.file WHERE s.snapshot = ?"
		" ORDER BY f.path, u.kind, c.text, u.id",
	[GCV_STMT_SNAPSHOT_ERRORS] =
		"SELECT u.kind, f.path, c.text, ef.path, e.line, e.text FROM snapshot_unit s"
		" CROSS JOIN unit u ON u.id = s.unit CROSS JOIN unit_error e ON e.unit = u.id"
		" CROSS JOIN file_version f ON f.id = u.main"
		" CROSS JOIN config c ON c.id = u.config"
		" LEFT JOIN file_version ef ON ef.id = e.file WHERE s.snapshot = ?"
		" ORDER BY f.path, u.kind, c.text, u.id, e.nr",

	[GCV_STMT_PROGRAM_FUNCTIONS] =
		"SELECT d.id, d.kind, n.text, f.path, t.text, d.begin_offset, d.end_offset, d.line,"
		" d.end_line, d.linkage, d.from_macro, d.has_error, d.content, b.hash"
		" FROM (SELECT DISTINCT ud.definition AS id FROM snapshot_unit su"
		"  CROSS JOIN unit_definition ud ON ud.unit = su.unit WHERE su.snapshot = ?) s"
		" CROSS JOIN definition d ON d.id = s.id CROSS JOIN file_version f ON f.id = d.file"
		" CROSS JOIN body b ON b.id = d.body"
		" LEFT JOIN name n ON n.id = d.name LEFT JOIN name t ON t.id = d.type"
		" ORDER BY f.path, d.begin_offset, d.id",
	[GCV_STMT_PROGRAM_UNITS] =
		"SELECT u.id, u.kind, u.config, p.config FROM snapshot_unit s"
		" CROSS JOIN unit u ON u.id = s.unit LEFT JOIN unit p ON p.id = u.pch"
		" WHERE s.snapshot = ? ORDER BY s.unit",
	[GCV_STMT_PROGRAM_SEEN] =
		"SELECT s.unit, d.definition FROM snapshot_unit s"
		" CROSS JOIN unit_definition d ON d.unit = s.unit WHERE s.snapshot = ?"
		" ORDER BY s.unit, d.definition",
	[GCV_STMT_PROGRAM_ADDRESSES] =
		"SELECT a.definition, n.text, m.text, a.line"
		" FROM (SELECT DISTINCT ud.definition AS id FROM snapshot_unit su"
		"  CROSS JOIN unit_definition ud ON ud.unit = su.unit WHERE su.snapshot = ?) s"
		" CROSS JOIN address a ON a.definition = s.id"
		" CROSS JOIN definition d ON d.id = s.id CROSS JOIN file_version f ON f.id = d.file"
		" CROSS JOIN name n ON n.id = a.function LEFT JOIN name m ON m.id = a.field"
		" ORDER BY f.path, d.begin_offset, d.id, a.offset, a.nr",
	[GCV_STMT_PROGRAM_CALLS] =
		"SELECT s.site, s.definition, c.begin_offset FROM site_call s"
		" CROSS JOIN call c ON c.definition = s.definition AND c.nr = s.call"
		" WHERE s.snapshot = ? ORDER BY s.site, s.definition, s.call",
	[GCV_STMT_NAMES] = "SELECT id, text FROM name ORDER BY id",

	[GCV_STMT_RESULT_SET_FIND] = "SELECT id FROM result_set WHERE snapshot = ?1"
				     " AND (?2 IS NULL OR conversion = ?2) ORDER BY id LIMIT 1",
	[GCV_STMT_RESULT_SET_DELETE] =
		"DELETE FROM result_set WHERE snapshot = ? AND conversion = ?",
	[GCV_STMT_RESULT_SET_ADD] = "INSERT INTO result_set (snapshot, conversion, key)"
				    " VALUES (?, ?, ?)",
	[GCV_STMT_RESULT_SET_KEY] = "SELECT r.key FROM snapshot s CROSS JOIN result_set r"
				    " ON r.snapshot = s.id WHERE s.label = ? AND r.key NOTNULL"
				    " ORDER BY r.id LIMIT 1",
	[GCV_STMT_RESULT_SET_KEEP] =
		"UPDATE result_set SET snapshot = ?2 WHERE snapshot = ?1 AND key = ?3",
	[GCV_STMT_RESULT_SET_SAME] = "SELECT r.snapshot FROM result_set r JOIN fault_set f"
				     " ON f.snapshot = r.snapshot AND f.key = r.key"
				     " WHERE r.key = ?1 ORDER BY r.id DESC LIMIT 1",
	[GCV_STMT_RESULT_SET_COPY] = "INSERT INTO result_set (snapshot, conversion, key)"
				     " SELECT ?2, conversion, ?4 FROM result_set"
				     " WHERE snapshot = ?1 AND key = ?3 ORDER BY id",
	[GCV_STMT_RESULT_COPY] = COPY_RESULTS(
		"result", "site, pattern, verdict, provenance, dirty, pin_case, longterm"),
	[GCV_STMT_RESULT_REASON_COPY] =
		COPY_RESULTS("result_reason", "site, nr, code, text, file, line"),
	[GCV_STMT_RESULT_PARTNER_COPY] = COPY_RESULTS("result_partner", "site, partner"),
	[GCV_STMT_RESULT_STEP_COPY] =
		COPY_RESULTS("result_step", "site, nr, parent, kind, text, file, line, function"),
	[GCV_STMT_RESULT_FILE_COPY] = COPY_RESULTS("result_file", "path, reason"),
	[GCV_STMT_RESULT_ADD] = "INSERT INTO result (result_set, site, pattern, verdict,"
				" provenance, dirty, pin_case, longterm)"
				" VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_RESULT_REASON_ADD] = "INSERT INTO result_reason (result_set, site, nr, code,"
				       " text, file, line) VALUES (?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_RESULT_PARTNER_ADD] = "INSERT OR IGNORE INTO result_partner (result_set, site,"
					" partner) VALUES (?, ?, ?)",
	[GCV_STMT_RESULT_STEP_ADD] = "INSERT INTO result_step (result_set, site, nr, parent, kind,"
				     " text, file, line, function)"
				     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_RESULT_FILE_ADD] = "INSERT OR IGNORE INTO result_file (result_set, path, reason)"
				     " VALUES (?, ?, ?)",
	[GCV_STMT_SITE_COUNT] = "SELECT count(*) FROM site WHERE snapshot = ?",
	[GCV_STMT_RESULTS] = "SELECT site FROM result WHERE result_set = ? ORDER BY site",
	[GCV_STMT_RESULT] = "SELECT r.pattern, r.verdict, r.provenance, r.dirty, r.pin_case,"
			    " r.longterm, s.conversion FROM result_set s"
			    " CROSS JOIN result r ON r.result_set = s.id"
			    " WHERE s.id = ? AND r.site = ?",
	[GCV_STMT_RESULT_REASONS] = "SELECT code, text, file, line FROM result_reason"
				    " WHERE result_set = ? AND site = ? ORDER BY nr",
	[GCV_STMT_RESULT_PARTNERS] =
		"SELECT p.partner, s.id FROM result_partner p"
		" CROSS JOIN result_set r ON r.id = p.result_set"
		" CROSS JOIN site s ON s.snapshot = r.snapshot AND s.nr = p.partner"
		" WHERE p.result_set = ? AND p.site = ? ORDER BY p.partner",
	[GCV_STMT_RESULT_STEPS] = "SELECT parent, kind, text, file, line, function FROM result_step"
				  " WHERE result_set = ? AND site = ? ORDER BY nr",
	[GCV_STMT_RESULT_ALL_STEPS] =
		"SELECT t.parent, t.kind, t.text, t.file, t.line, t.function, t.site, s.id"
		" FROM result_step t CROSS JOIN site s ON s.snapshot = ? AND s.nr = t.site"
		" WHERE t.result_set = ? ORDER BY t.site, t.nr",
	[GCV_STMT_RESULT_FILES] =
		"SELECT path, reason FROM result_file WHERE result_set = ? ORDER BY path",
	[GCV_STMT_CONVERSIONS] = "SELECT conversion FROM result_set WHERE snapshot = ? ORDER BY id",
	[GCV_STMT_FAULT_SET_FIND] = "SELECT id FROM fault_set WHERE snapshot = ?",
	[GCV_STMT_FAULT_SET_DELETE] = "DELETE FROM fault_set WHERE snapshot = ?",
	[GCV_STMT_FAULT_SET_ADD] = "INSERT INTO fault_set (snapshot, key) VALUES (?, ?)",
	[GCV_STMT_FAULT_SET_KEEP] =
		"UPDATE fault_set SET snapshot = ?2 WHERE snapshot = ?1 AND key = ?3",
	[GCV_STMT_FAULT_SET_COPY] = "INSERT INTO fault_set (snapshot, key) SELECT ?2, ?4"
				    " FROM fault_set WHERE snapshot = ?1 AND key = ?3",
	[GCV_STMT_FAULT_COPY] =
		COPY_FAULTS("fault", "nr, id, check_name, severity, confidence, site, api, file,"
				     " line, column, function, text"),
	[GCV_STMT_FAULT_NOTE_COPY] =
		COPY_FAULTS("fault_note", "fault, nr, file, line, column, function, text"),
	[GCV_STMT_FAULT_IGNORE_COPY] =
		COPY_FAULTS("fault_ignore", "nr, file, line, target, check_name, reason"),
	[GCV_STMT_FAULT_ADD] = "INSERT INTO fault (fault_set, nr, id, check_name, severity,"
			       " confidence, site, api, file, line, column, function, text)"
			       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_FAULT_NOTE_ADD] = "INSERT INTO fault_note (fault_set, fault, nr, file, line,"
				    " column, function, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_FAULT_IGNORE_ADD] = "INSERT INTO fault_ignore (fault_set, nr, file, line, target,"
				      " check_name, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_FAULTS] =
		"SELECT f.nr, f.id, f.check_name, f.severity, f.confidence, f.site, s.id, f.api,"
		" f.file, f.line, f.column, f.function, f.text FROM fault f"
		" CROSS JOIN fault_set t ON t.id = f.fault_set"
		" LEFT JOIN site s ON s.snapshot = t.snapshot AND s.nr = f.site"
		" WHERE f.fault_set = ? ORDER BY f.nr",
	[GCV_STMT_FAULT_NOTES] = "SELECT file, line, column, function, text FROM fault_note"
				 " WHERE fault_set = ? AND fault = ? ORDER BY nr",
	[GCV_STMT_FAULT_IGNORES] = "SELECT file, line, target, check_name, reason FROM fault_ignore"
				   " WHERE fault_set = ? ORDER BY nr",
	[GCV_STMT_SERIES_BY_VERSION] =
		"SELECT id FROM series WHERE conversion = ? AND scope = ? AND version = ?",
	[GCV_STMT_SERIES_DELETE] =
		"DELETE FROM series WHERE conversion = ? AND scope = ? AND version = ?",
	[GCV_STMT_SERIES_ADD] =
		"INSERT INTO series (conversion, scope, version, kernel) VALUES (?, ?, ?, ?)",
	[GCV_STMT_SERIES_PATCH_ADD] =
		"INSERT INTO series_patch (series, number, name, subject, hash)"
		" VALUES (?, ?, ?, ?, ?)",
	[GCV_STMT_SERIES_FILE_ADD] =
		"INSERT INTO series_file (series, number, path) VALUES (?, ?, ?)",
	[GCV_STMT_SERIES_SITE_ADD] =
		"INSERT INTO series_site (series, number, site) VALUES (?, ?, ?)",
	[GCV_STMT_SERIES_TAG_ADD] = "INSERT INTO series_tag (series, number, tag) VALUES (?, ?, ?)",
	[GCV_STMT_SERIES_PATCHES] =
		"SELECT name, subject, hash FROM series_patch WHERE series = ? ORDER BY number",
	[GCV_STMT_SERIES_FILES] =
		"SELECT path FROM series_file WHERE series = ? AND number = ? ORDER BY path",
	[GCV_STMT_SERIES_SITES] =
		"SELECT site FROM series_site WHERE series = ? AND number = ? ORDER BY site",
	[GCV_STMT_SERIES_TAGS] =
		"SELECT tag FROM series_tag WHERE series = ? AND number = ? ORDER BY tag",

	[GCV_STMT_SUBSYSTEM_CLEAR] = "DELETE FROM subsystem WHERE snapshot = ?",
	[GCV_STMT_SUBSYSTEM_ADD] = "INSERT INTO subsystem (snapshot, nr, title, status)"
				   " VALUES (?, ?, ?, ?)",
	[GCV_STMT_SUBSYSTEM_PERSON_ADD] =
		"INSERT INTO subsystem_person (snapshot, subsystem, nr, role, address)"
		" VALUES (?, ?, ?, ?, ?)",
	[GCV_STMT_SUBSYSTEM_FILE_ADD] =
		"INSERT INTO subsystem_file (snapshot, path, subsystem) VALUES (?, ?, ?)",
	[GCV_STMT_SUBSYSTEMS] = "SELECT nr, title, status FROM subsystem WHERE snapshot = ?"
				" ORDER BY nr",
	[GCV_STMT_SUBSYSTEM_PERSONS] = "SELECT subsystem, role, address FROM subsystem_person"
				       " WHERE snapshot = ? ORDER BY subsystem, nr",
	[GCV_STMT_SUBSYSTEM_FILES] = "SELECT path, subsystem FROM subsystem_file"
				     " WHERE snapshot = ? ORDER BY path",

	[GCV_STMT_SNAPSHOT_UNITS_CLEAR] = "DELETE FROM snapshot_unit WHERE snapshot = ?",
	/* The newest one keeps its units. */
	[GCV_STMT_SNAPSHOT_OLDEST_UNITS] =
		"SELECT min(snapshot) FROM snapshot_unit WHERE snapshot < (SELECT max(id) FROM"
		" snapshot)",
	[GCV_STMT_QUESTION] = "SELECT nr FROM question WHERE key = ?",
	[GCV_STMT_QUESTION_NAMES] = "SELECT name, reason, is_definition, folders, beside"
				    " FROM question_name WHERE question = ? ORDER BY nr",
	[GCV_STMT_QUESTION_DELETE] = "DELETE FROM question WHERE key = ?",
	[GCV_STMT_QUESTION_ADD] = "INSERT INTO question (key) VALUES (?)",
	[GCV_STMT_QUESTION_NAME_ADD] =
		"INSERT INTO question_name (question, nr, name, reason, is_definition, folders,"
		" beside) VALUES (?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_QUESTIONS_TRIM] = "DELETE FROM question WHERE nr NOT IN"
				    " (SELECT nr FROM question ORDER BY nr DESC LIMIT ?)",
	[GCV_STMT_RESULT_FACTS] = "SELECT key FROM result_facts WHERE facts = ?",
	[GCV_STMT_RESULT_FACTS_PUT] =
		"INSERT OR REPLACE INTO result_facts (facts, key) VALUES (?, ?)",
	[GCV_STMT_RESULT_FACTS_TRIM] = "DELETE FROM result_facts WHERE key NOT IN"
				       " (SELECT key FROM result_set WHERE key NOTNULL)",

	[GCV_STMT_SHARD_PUT] =
		"INSERT OR REPLACE INTO shard (split, number, total, kernel) VALUES (?, ?, ?, ?)",
	[GCV_STMT_SHARDS_CLEAR] = "DELETE FROM shard",
	[GCV_STMT_SHARDS] = "SELECT split, number, total, kernel FROM shard ORDER BY split, number",

	[GCV_STMT_SERIES_ALL] = "SELECT conversion, scope, version, kernel FROM series"
				" ORDER BY conversion, scope, version",
	[GCV_STMT_SERIES_TAG_KEEP] =
		"INSERT OR IGNORE INTO series_tag (series, number, tag) VALUES (?, ?, ?)",
	[GCV_STMT_MAIL_FIND] = "SELECT id FROM mail WHERE message_id = ?",
	[GCV_STMT_MAIL_ADD] =
		"INSERT INTO mail (message_id, subject, name, address, date, has_text,"
		" is_nak, is_taken, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_MAIL_REFERENCE_ADD] =
		"INSERT INTO mail_reference (mail, nr, message_id) VALUES (?, ?, ?)",
	[GCV_STMT_MAIL_FILE_ADD] = "INSERT INTO mail_file (mail, nr, path) VALUES (?, ?, ?)",
	[GCV_STMT_MAIL_CHANGE_ADD] = "INSERT INTO mail_change (mail, nr, file, function, api,"
				     " removed, added) VALUES (?, ?, ?, ?, ?, ?, ?)",
	[GCV_STMT_MAIL_TAG_ADD] =
		"INSERT INTO mail_tag (mail, nr, key, name, address) VALUES (?, ?, ?, ?, ?)",
	[GCV_STMT_MAIL_TAKEN_ADD] = "INSERT INTO mail_taken (mail, nr, number) VALUES (?, ?, ?)",
	[GCV_STMT_MAILS] = "SELECT id, message_id, subject, name, address, date, has_text, is_nak,"
			   " is_taken, hash FROM mail ORDER BY id",
	[GCV_STMT_MAIL_REFERENCES] =
		"SELECT mail, message_id FROM mail_reference ORDER BY mail, nr",
	[GCV_STMT_MAIL_FILES] = "SELECT mail, path FROM mail_file ORDER BY mail, nr",
	[GCV_STMT_MAIL_CHANGES] =
		"SELECT mail, file, function, api, removed, added FROM mail_change"
		" ORDER BY mail, nr",
	[GCV_STMT_MAIL_TAGS] = "SELECT mail, key, name, address FROM mail_tag ORDER BY mail, nr",
	[GCV_STMT_MAIL_TAKENS] = "SELECT mail, number FROM mail_taken ORDER BY mail, nr",
};

const char *gcv_stmt_text(enum gcv_stmt stmt)
{
	return texts[stmt];
}
