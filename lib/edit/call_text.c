// SPDX-License-Identifier: GPL-2.0-only
#include "edit/call_text.h"

#include "edit/source.h"

#include <string.h>

static void add_columns(struct gcv_strbuf *out, unsigned int columns)
{
	unsigned int i;

	for (i = 0; i < columns / GCV_SOURCE_TAB; i++)
		gcv_strbuf_addch(out, '\t');
	for (i = 0; i < columns % GCV_SOURCE_TAB; i++)
		gcv_strbuf_addch(out, ' ');
}

/* Below the first argument, or where a later one would be too long there, further to the left. */
static unsigned int choose_column(const struct gcv_call_text *call, unsigned int column,
				  unsigned int first)
{
	unsigned int widest = 0;
	uint32_t i;

	for (i = 1; i < call->nr_args; i++) {
		unsigned int width = gcv_source_width(call->args[i], strlen(call->args[i]), 0) +
				     (i + 1 < call->nr_args ? 1 : 2);

		widest = width > widest ? width : widest;
	}
	while (first > column + GCV_SOURCE_TAB && first + widest > GCV_SOURCE_COLUMNS)
		first = (first - 1) / GCV_SOURCE_TAB * GCV_SOURCE_TAB;
	return first;
}

void gcv_call_text_write(const struct gcv_call_text *call, unsigned int column,
			 struct gcv_strbuf *out)
{
	unsigned int first = column + (unsigned int)strlen(call->name) + 1, at = first;
	unsigned int further = choose_column(call, column, first);
	uint32_t i;

	gcv_strbuf_addf(out, "%s(", call->name);
	for (i = 0; i < call->nr_args; i++) {
		/* Behind an argument stands a comma, behind the last one a parenthesis and a
		 * semicolon. */
		unsigned int tail = i + 1 < call->nr_args ? 1 : 2;
		unsigned int width = gcv_source_width(call->args[i], strlen(call->args[i]), 0);

		if (i > 0 && at + 1 + width + tail > GCV_SOURCE_COLUMNS) {
			gcv_strbuf_addch(out, '\n');
			add_columns(out, further);
			at = further;
		} else if (i > 0) {
			gcv_strbuf_addch(out, ' ');
			at++;
		}
		gcv_strbuf_addstr(out, call->args[i]);
		at += width;
		if (i + 1 < call->nr_args) {
			gcv_strbuf_addch(out, ',');
			at++;
		}
	}
	gcv_strbuf_addch(out, ')');
}
