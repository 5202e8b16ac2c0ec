// SPDX-License-Identifier: GPL-2.0-only
#include "parse/era_type.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* What a type boils down to: at most this many bytes count. */
#define NORMAL_MAX 256

struct normal {
	char text[NORMAL_MAX];
	size_t len;
	bool overflow;
};

/* The words of an integer type, in whatever order they came. */
struct integer {
	unsigned int is_long;
	bool any, is_unsigned, is_short, is_char, is_signed;
};

static void put(struct normal *n, const char *word, size_t len)
{
	if (n->len + len + 2 > NORMAL_MAX) {
		n->overflow = true;
		return;
	}
	memcpy(n->text + n->len, word, len);
	n->len += len;
	n->text[n->len] = '\0';
}

static bool is_word(const char *word, size_t len, const char *what)
{
	return strlen(what) == len && memcmp(word, what, len) == 0;
}

static bool integer_word(struct integer *i, const char *word, size_t len)
{
	if (is_word(word, len, "unsigned"))
		i->is_unsigned = true;
	else if (is_word(word, len, "signed"))
		i->is_signed = true;
	else if (is_word(word, len, "long"))
		i->is_long++;
	else if (is_word(word, len, "short"))
		i->is_short = true;
	else if (is_word(word, len, "char"))
		i->is_char = true;
	else if (!is_word(word, len, "int"))
		return false;
	i->any = true;
	return true;
}

static void put_integer(struct normal *n, const struct integer *i)
{
	static const char *const sizes[] = { "int ", "long ", "llong " };

	if (!i->any)
		return;
	if (i->is_unsigned)
		put(n, "u", 1);
	if (i->is_char && i->is_signed)
		put(n, "s", 1);
	if (i->is_char)
		put(n, "char ", 5);
	else if (i->is_short)
		put(n, "short ", 6);
	else
		put(n, sizes[i->is_long > 2 ? 2 : i->is_long],
		    strlen(sizes[i->is_long > 2 ? 2 : i->is_long]));
}

static bool ignored(const char *word, size_t len)
{
	static const char *const qualifiers[] = {
		"const",   "volatile",	 "restrict", "extern", "register", "__restrict",
		"__user",  "__iomem",	 "__force",  "__rcu",  "__percpu", "__must_check",
		"__const", "__volatile", "inline",   "static",
	};

	for (size_t i = 0; i < sizeof(qualifiers) / sizeof(qualifiers[0]); i++)
		if (is_word(word, len, qualifiers[i]))
			return true;
	return false;
}

static void normalise(const char *type, struct normal *n)
{
	struct integer integer = { 0 };
	struct normal rest = { 0 };

	while (*type) {
		size_t len = 0;

		while (isalnum((unsigned char)type[len]) || type[len] == '_')
			len++;
		if (len) {
			if (is_word(type, len, "_Bool"))
				put(&rest, "bool ", 5);
			else if (!ignored(type, len) && !integer_word(&integer, type, len)) {
				put(&rest, type, len);
				put(&rest, " ", 1);
			}
			type += len;
		} else if (*type == '[') {
			/* the first dimension of a parameter decays */
			put(&rest, "*", 1);
			type += strcspn(type, "]");
			type += *type == ']';
		} else {
			if (!isspace((unsigned char)*type))
				put(&rest, type, 1);
			type++;
		}
	}
	put_integer(n, &integer);
	put(n, rest.text, rest.len);
	n->overflow |= rest.overflow;
}

bool gcv_era_type_equal(const char *a, const char *b)
{
	struct normal na = { 0 }, nb = { 0 };

	normalise(a, &na);
	normalise(b, &nb);
	return !na.overflow && !nb.overflow && strcmp(na.text, nb.text) == 0;
}
