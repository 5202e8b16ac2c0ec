/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The table of accessors from JSON:
 *
 *	{ "format": "gupconv-accessors", "version": 1,
 *	  "containers": ["struct scatterlist"],
 *	  "functions": [{ "names": ["sg_set_page"], "source": "include/linux/scatterlist.h",
 *	    "flows": [{ "to": "arg0.page_link", "from": "arg1" }],
 *	    "effects": [{ "effect": "transfer", "on": "arg1", "owner": "skb frag" }], "note": "…"
 *}], "locks": [{ "open": ["spin_lock"], "close": ["spin_unlock"], "context": "spinlock",
 *	    "lock_arg": 0, "result": "true", "scoped": true, "source": "…" }],
 *	  "callbacks": [{ "where": ["request_irq(1)"], "context": "hardirq", "source": "…" }],
 *	  "numbers": [{ "fields": ["struct vm_area_struct.vm_pgoff"], "source": "…" }] }
 *
 * "from" is a place or the word of an origin. Entries that share a meaning share an object. "note"
 * is for people. Only names, source, context and where are needed.
 *
 *	struct gcv_accessors table = { 0 };
 *
 *	status = gcv_accessors_fill(&table, "built-in table of accessors", text, len, &err);
 *
 * Everything is checked: unknown keys, keys twice, wrong types, unknown words, names twice.
 */
#ifndef GCV_FLOW_ACCESSOR_READ_H
#define GCV_FLOW_ACCESSOR_READ_H

#include "flow/accessor.h"

/**
 * gcv_accessors_fill() - read a table; locks, callbacks and containers stay in the order of the
 * text
 * @table: zeroed before; what a failed call leaves in it is to be released, too
 * @file: name for messages
 * @text: JSON
 * @len_bytes: its length
 * @err: names the file and the place in it, such as "functions[3].flows[0].to"
 *
 * Return: GCV_OK or GCV_ERR_FORMAT.
 */
enum gcv_status gcv_accessors_fill(struct gcv_accessors *table, const char *file, const char *text,
				   size_t len_bytes, struct gcv_err *err) GCV_MUST_CHECK;

#endif
