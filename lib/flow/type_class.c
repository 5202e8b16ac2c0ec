// SPDX-License-Identifier: GPL-2.0-only
#include "flow/builder.h"

#include <string.h>

/* Records that are pages; in some trees also descriptors that overlay struct page. */
static const char *const pages[] = { "struct page", "struct folio", "struct ptdesc" };

/* Numbers that can hold a frame number, an address of a page, or a pointer. */
static const char *const numbers[] = { "unsigned long", "unsigned long long", "long", "long long",
				       "__int128" };

static const char *const bytes[] = { "void", "char", "unsigned char", "signed char" };

static bool is_one_of(const char *const *words, size_t nr, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0)
			return true;
	return false;
}

#define IS_ONE_OF(words, text, len) \
	is_one_of((words), sizeof(words) / sizeof((words)[0]), (text), (len))

static const char *skip_qualifiers(const char *type)
{
	for (;;) {
		if (strncmp(type, "const ", 6) == 0)
			type += 6;
		else if (strncmp(type, "volatile ", 9) == 0)
			type += 9;
		else
			return type;
	}
}

/* What a base type is: 'p'age, 'n'umber, 'b'ytes, 'c'ontainer, or 0. */
static char kind_of_base(const struct gcv_accessors *accessors, const char *base, size_t len)
{
	char name[80];

	while (len && base[len - 1] == ' ')
		len--;
	if (IS_ONE_OF(pages, base, len))
		return 'p';
	if (IS_ONE_OF(numbers, base, len))
		return 'n';
	if (IS_ONE_OF(bytes, base, len))
		return 'b';
	if (len >= sizeof(name) || (base[0] != 's' && base[0] != 'u'))
		return 0;
	memcpy(name, base, len);
	name[len] = '\0';
	return gcv_accessor_is_container(accessors, name) ? 'c' : 0;
}

const char *gcv_type_told(const struct gcv_symbol *symbol)
{
	static const char *const positions[] = { "loff_t", "sector_t" };
	const char *base = skip_qualifiers(symbol->type);
	size_t len = strcspn(base, " *[");

	return IS_ONE_OF(positions, base, len) ? symbol->type : symbol->canonical;
}

enum gcv_type_class gcv_type_class(const struct gcv_accessors *accessors, const char *type,
				   bool *ret_is_page)
{
	const char *base = skip_qualifiers(type), *at;
	unsigned int stars = 0;
	bool is_array;
	char kind;

	if (ret_is_page)
		*ret_is_page = false;
	if (strchr(base, '('))
		return GCV_TYPE_OTHER;
	kind = kind_of_base(accessors, base, strcspn(base, "*["));
	if (!kind)
		return GCV_TYPE_OTHER;
	for (at = base; *at; at++)
		stars += *at == '*';
	is_array = strchr(base, '[');
	if (ret_is_page)
		*ret_is_page = kind == 'p' && stars;
	if (kind == 'c')
		return stars && !is_array ? GCV_TYPE_POINTER : GCV_TYPE_MEMORY;
	if (kind == 'n') {
		if (is_array)
			return GCV_TYPE_MEMORY;
		return stars ? GCV_TYPE_POINTER : GCV_TYPE_PAGE;
	}
	if (!stars)
		return GCV_TYPE_OTHER;
	if (is_array)
		return GCV_TYPE_MEMORY;
	return stars == 1 ? GCV_TYPE_PAGE : GCV_TYPE_POINTER;
}
