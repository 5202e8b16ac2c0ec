// SPDX-License-Identifier: GPL-2.0-only
#include "edit/call_text.h"

#include "edit/source.h"

#include <string.h>

void gcv_call_text_columns(struct gcv_strbuf *out, unsigned int columns)
{
	unsigned int i;

	for (i = 0; i < columns / GCV_SOURCE_TAB; i++)
		gcv_strbuf_addch(out, '\t');
	for (i = 0; i < columns % GCV_SOURCE_TAB; i++)
		gcv_strbuf_addch(out, ' ');
}

/* Where an operator of a condition ends that stands in no parentheses, or NULL. */
static const char *end_of_operator(const char *text, const char *op)
{
	size_t len = strlen(op);
	int depth = 0;

	for (; *text; text++) {
		depth += (*text == '(' || *text == '[') - (*text == ')' || *text == ']');
		if (*text == '"' || *text == '\'')
			return NULL;
		if (depth == 0 && strncmp(text, op, len) == 0)
			return text + len;
	}
	return NULL;
}

/* The operator behind which an argument that is a condition is broken. */
static const char *breaking_operator(const char *text)
{
	return end_of_operator(text, "||") ? "||" : "&&";
}

/* Columns of the longest part of an argument that cannot be broken. */
static unsigned int width_of_parts(const char *text)
{
	const char *op = breaking_operator(text), *end;
	unsigned int widest = 0;

	for (;;) {
		unsigned int width;

		end = end_of_operator(text, op);
		width = gcv_source_width(text, end ? (size_t)(end - text) : strlen(text), 0);
		widest = width > widest ? width : widest;
		if (!end)
			return widest;
		text = end + strspn(end, " ");
	}
}

/* Behind an argument stands a comma, behind the last one a parenthesis and what follows. */
static unsigned int tail_of(const struct gcv_call_text *call, uint32_t arg)
{
	if (arg + 1 < call->nr_args)
		return 1;
	return 1 + (call->tail ? call->tail : 1);
}

/* Below the first argument, or where a later one would be too long there, further to the left. */
static unsigned int choose_column(const struct gcv_call_text *call, unsigned int column,
				  unsigned int first)
{
	unsigned int widest = 0;
	uint32_t i;

	for (i = 1; i < call->nr_args; i++) {
		unsigned int width = width_of_parts(call->args[i]) + tail_of(call, i);

		widest = width > widest ? width : widest;
	}
	while (first > column + GCV_SOURCE_TAB && first + widest > GCV_SOURCE_COLUMNS)
		first = (first - 1) / GCV_SOURCE_TAB * GCV_SOURCE_TAB;
	return first;
}

/* An argument that is too long for a line is broken behind the operators of a condition. */
static unsigned int add_arg(struct gcv_strbuf *out, const char *text, unsigned int first,
			    unsigned int at, unsigned int tail)
{
	const char *op = breaking_operator(text), *end;

	while (at + gcv_source_width(text, strlen(text), 0) + tail > GCV_SOURCE_COLUMNS &&
	       (end = end_of_operator(text, op))) {
		gcv_strbuf_add(out, text, (size_t)(end - text));
		gcv_strbuf_addch(out, '\n');
		gcv_call_text_columns(out, first);
		at = first;
		text = end + strspn(end, " ");
	}
	gcv_strbuf_addstr(out, text);
	return at + gcv_source_width(text, strlen(text), 0);
}

void gcv_call_text_write(const struct gcv_call_text *call, unsigned int column,
			 struct gcv_strbuf *out)
{
	unsigned int first = column + (unsigned int)strlen(call->name) + 1, at = first;
	unsigned int further = choose_column(call, column, first);
	uint32_t i;

	gcv_strbuf_addf(out, "%s(", call->name);
	for (i = 0; i < call->nr_args; i++) {
		unsigned int tail = tail_of(call, i);
		unsigned int width = gcv_source_width(call->args[i], strlen(call->args[i]), 0);

		if (i > 0 && at + 1 + width + tail > GCV_SOURCE_COLUMNS) {
			gcv_strbuf_addch(out, '\n');
			gcv_call_text_columns(out, further);
			at = further;
		} else if (i > 0) {
			gcv_strbuf_addch(out, ' ');
			at++;
		}
		at = add_arg(out, call->args[i], further, at, tail);
		if (i + 1 < call->nr_args) {
			gcv_strbuf_addch(out, ',');
			at++;
		}
	}
	gcv_strbuf_addch(out, ')');
}
