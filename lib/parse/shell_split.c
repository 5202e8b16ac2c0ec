// SPDX-License-Identifier: GPL-2.0-only
#include "parse/shell_split.h"
#include "base/strbuf.h"

#include <string.h>

/* @text stands behind an opening double quote. Return: behind the closing one, or NULL. */
static const char *double_quoted(const char *text, struct gcv_strbuf *word)
{
	for (; *text && *text != '"'; text++) {
		if (*text == '\\' && text[1] == '\n') {
			text++;
			continue;
		}
		/* in double quotes a backslash only quotes these */
		if (*text == '\\' && text[1] && strchr("$`\"\\", text[1]))
			text++;
		gcv_strbuf_addch(word, *text);
	}
	return *text ? text + 1 : NULL;
}

static const char *single_quoted(const char *text, struct gcv_strbuf *word)
{
	const char *end = strchr(text, '\'');

	if (!end)
		return NULL;
	gcv_strbuf_add(word, text, (size_t)(end - text));
	return end + 1;
}

static const char *backslash(const char *text, struct gcv_strbuf *word)
{
	if (!*text)
		return NULL;
	if (*text != '\n')
		gcv_strbuf_addch(word, *text);
	return text + 1;
}

/* One word. Return: behind it, or NULL where it does not end. */
static const char *take_word(const char *text, struct gcv_strbuf *word)
{
	while (text && *text && !strchr(" \t\r\n;&|", *text)) {
		if (*text == '"')
			text = double_quoted(text + 1, word);
		else if (*text == '\'')
			text = single_quoted(text + 1, word);
		else if (*text == '\\')
			text = backslash(text + 1, word);
		else
			gcv_strbuf_addch(word, *text++);
	}
	return text;
}

bool gcv_shell_split(const char *command, struct gcv_args *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf word = { 0 };

	for (;;) {
		command += strspn(command, " \t\r\n");
		if (!*command || strchr(";&|", *command))
			return true;
		gcv_strbuf_clear(&word);
		command = take_word(command, &word);
		if (!command)
			return false;
		gcv_args_add(ret, word.buf ? word.buf : "");
	}
}
