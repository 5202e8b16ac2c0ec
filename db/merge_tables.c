// SPDX-License-Identifier: GPL-2.0-only
#include "db/merge_tables.h"

#include <stddef.h>

#define ENTITY(table, set, columns, key)       \
	{                                      \
		table, set, columns, key, "id" \
	}
#define PART(table, set, columns)               \
	{                                       \
		table, set, columns, NULL, NULL \
	}
#define LEFT_OUT(table)                                  \
	{                                                \
		table, GCV_MERGE_NEVER, NULL, NULL, NULL \
	}

const struct gcv_merge_table gcv_merge_tables[] = {
	ENTITY("name", GCV_MERGE_FACTS, "text", "text"),
	ENTITY("file_version", GCV_MERGE_FACTS, "path hash", "path hash"),
	ENTITY("config", GCV_MERGE_FACTS, "text", "text"),
	/* Precompiled headers come before what starts from them. */
	{ "unit", GCV_MERGE_FACTS,
	  "kind main>file_version config>config env inputs pch>unit status cause nr_errors"
	  " nr_errors_main cpu_us max_rss_kib tool facts_version",
	  "main kind config env inputs", "pch NOTNULL, id" },
	PART("unit_file", GCV_MERGE_FACTS, "unit>unit file>file_version"),
	PART("unit_seen", GCV_MERGE_FACTS, "unit>unit file>file_version offset kind"),
	PART("unit_skip", GCV_MERGE_FACTS, "unit>unit file>file_version begin_offset end_offset"),
	PART("unit_error", GCV_MERGE_FACTS, "unit>unit nr file>file_version line text"),
	PART("decl", GCV_MERGE_FACTS,
	     "unit>unit nr name>name file>file_version line type>name result>name is_macro is_enum"
	     " value"),
	PART("decl_param", GCV_MERGE_FACTS, "unit>unit decl nr name>name type>name"),
	ENTITY("body", GCV_MERGE_FACTS, "hash data", "hash"),
	ENTITY("definition", GCV_MERGE_FACTS,
	       "file>file_version content kind name>name begin_offset end_offset body_offset line"
	       " end_line linkage from_macro has_error type>name attributes>name body>body",
	       "file content"),
	PART("unit_definition", GCV_MERGE_FACTS, "unit>unit definition>definition"),
	PART("call", GCV_MERGE_FACTS,
	     "definition>definition nr callee>name is_direct begin_offset end_offset name_offset"
	     " line column nr_args macro>name macro_file>file_version macro_line macro_offset"),
	PART("api_call", GCV_MERGE_FACTS,
	     "definition>definition nr decl_file>name decl_type>name decl_linkage"),
	PART("call_arg", GCV_MERGE_FACTS,
	     "definition>definition call nr text type>name begin_offset end_offset"),
	PART("member", GCV_MERGE_FACTS, "definition>definition field>name access"),
	PART("address", GCV_MERGE_FACTS,
	     "definition>definition nr function>name field>name offset line"),
	ENTITY("record", GCV_MERGE_FACTS, "file>file_version content name>name offset line",
	       "file content"),
	PART("field", GCV_MERGE_FACTS, "record>record nr name>name type>name canonical>name"),
	PART("unit_record", GCV_MERGE_FACTS, "unit>unit record>record"),

	ENTITY("snapshot", GCV_MERGE_HISTORY, "label kernel revision tool summary complete",
	       "label"),
	PART("snapshot_unit", GCV_MERGE_HISTORY, "snapshot>snapshot unit>unit"),
	PART("snapshot_api", GCV_MERGE_HISTORY,
	     "snapshot>snapshot name role family state prototype file line"),
	PART("occurrence", GCV_MERGE_HISTORY,
	     "snapshot>snapshot nr file>file_version offset line column api>name class detail"
	     " condition"),
	PART("site", GCV_MERGE_HISTORY,
	     "snapshot>snapshot nr id role file>file_version offset line column function>name"
	     " api>name flags ordinal macro>name macro_file>file_version macro_line homonym"),
	PART("site_config", GCV_MERGE_HISTORY, "snapshot>snapshot site config>config"),
	PART("site_call", GCV_MERGE_HISTORY, "snapshot>snapshot site definition>definition call"),
	ENTITY("result_set", GCV_MERGE_HISTORY, "snapshot>snapshot conversion key",
	       "snapshot conversion"),
	PART("result", GCV_MERGE_HISTORY,
	     "result_set>result_set site pattern verdict provenance dirty pin_case longterm"),
	PART("result_reason", GCV_MERGE_HISTORY,
	     "result_set>result_set site nr code text file line"),
	PART("result_partner", GCV_MERGE_HISTORY, "result_set>result_set site partner"),
	PART("result_step", GCV_MERGE_HISTORY,
	     "result_set>result_set site nr parent kind text file line function"),
	PART("result_file", GCV_MERGE_HISTORY, "result_set>result_set path reason"),
	ENTITY("fault_set", GCV_MERGE_HISTORY, "snapshot>snapshot key", "snapshot"),
	PART("fault", GCV_MERGE_HISTORY,
	     "fault_set>fault_set nr id check_name severity confidence site api file line column"
	     " function text"),
	PART("fault_note", GCV_MERGE_HISTORY,
	     "fault_set>fault_set fault nr file line column function text"),
	PART("fault_ignore", GCV_MERGE_HISTORY,
	     "fault_set>fault_set nr file line target check_name reason"),
	PART("subsystem", GCV_MERGE_HISTORY, "snapshot>snapshot nr title status"),
	PART("subsystem_person", GCV_MERGE_HISTORY, "snapshot>snapshot subsystem nr role address"),
	PART("subsystem_file", GCV_MERGE_HISTORY, "snapshot>snapshot path subsystem"),
	ENTITY("series", GCV_MERGE_HISTORY, "conversion scope version kernel",
	       "conversion scope version"),
	PART("series_patch", GCV_MERGE_HISTORY, "series>series number name subject hash"),
	PART("series_file", GCV_MERGE_HISTORY, "series>series number path"),
	PART("series_site", GCV_MERGE_HISTORY, "series>series number site"),
	PART("series_tag", GCV_MERGE_HISTORY, "series>series number tag"),
	ENTITY("mail", GCV_MERGE_HISTORY,
	       "message_id subject name address date has_text is_nak is_taken hash", "message_id"),
	PART("mail_reference", GCV_MERGE_HISTORY, "mail>mail nr message_id"),
	PART("mail_file", GCV_MERGE_HISTORY, "mail>mail nr path"),
	PART("mail_change", GCV_MERGE_HISTORY, "mail>mail nr file function api removed added"),
	PART("mail_tag", GCV_MERGE_HISTORY, "mail>mail nr key name address"),
	PART("mail_taken", GCV_MERGE_HISTORY, "mail>mail nr number"),

	LEFT_OUT("mention"),
	LEFT_OUT("mention_mark"),
	LEFT_OUT("tree_header"),
	LEFT_OUT("shard"),
	LEFT_OUT("question"),
	LEFT_OUT("question_name"),
	LEFT_OUT("result_facts"),
	{ 0 },
};
