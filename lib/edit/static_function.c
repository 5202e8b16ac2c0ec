// SPDX-License-Identifier: GPL-2.0-only
#include "edit/static_function.h"

#include <string.h>

bool gcv_static_function_is_candidate(const struct gcv_function *fn)
{
	size_t len = strlen(fn->file);

	return (fn->linkage == GCV_LINKAGE_STATIC || fn->linkage == GCV_LINKAGE_STATIC_INLINE) &&
	       !fn->has_error && !fn->from_macro && len > 2 &&
	       strcmp(fn->file + len - 2, ".c") == 0;
}

/* Does a line begin with one of the directives of a condition? */
static bool is_condition(const struct gcv_source *s, uint32_t at)
{
	static const char *const words[] = { "if", "ifdef", "ifndef", "elif", "else", "endif" };
	uint32_t end = gcv_source_line_end(s, at);
	struct gcv_token token = gcv_source_next(s, at, end);
	size_t i;

	if (token.kind != GCV_TOKEN_DIRECTIVE)
		return false;
	token = gcv_source_next(s, token.end, end);
	for (i = 0; token.kind == GCV_TOKEN_WORD && i < sizeof(words) / sizeof(words[0]); i++)
		if (gcv_source_is_at(s, token.begin, words[i]))
			return true;
	return false;
}

/* Is a text all that stands between two directives of a condition? */
static bool is_alone(const struct gcv_source *s, const struct gcv_text_range *range)
{
	uint32_t before = range->begin, behind = range->end;

	while (before) {
		before = gcv_source_line_begin(s, before - 1);
		if (!gcv_source_is_blank(s, before, gcv_source_line_end(s, before)))
			break;
	}
	while (behind < s->len && gcv_source_is_blank(s, behind, gcv_source_line_end(s, behind)))
		behind = gcv_source_next_line(s, behind);
	return before < range->begin && behind < s->len && is_condition(s, before) &&
	       is_condition(s, behind);
}

static bool is_blank_line(const struct gcv_source *s, uint32_t at)
{
	return at < s->len && gcv_source_is_blank(s, at, gcv_source_line_end(s, at));
}

/* The function with the comment on top of it and the empty line behind it. */
static bool find_definition(const struct gcv_source *s, const struct gcv_function *fn,
			    struct gcv_static_function *ret)
{
	uint32_t begin = fn->begin, end = fn->end, comment, behind;

	if (!gcv_source_starts_line(s, begin) || !gcv_source_ends_line(s, end))
		return false;
	begin = gcv_source_line_begin(s, begin);
	if (gcv_source_comment_above(s, begin, &comment, &behind) &&
	    gcv_source_starts_line(s, comment)) {
		ret->has_kernel_doc = behind - comment > 4 &&
				      memcmp(s->text + comment, "/**", 3) == 0;
		begin = gcv_source_line_begin(s, comment);
	}
	end = gcv_source_next_line(s, end);
	if (is_blank_line(s, end))
		end = gcv_source_next_line(s, end);
	ret->ranges[0] = (struct gcv_text_range){ begin, end };
	ret->nr_ranges = 1;
	return !is_alone(s, &ret->ranges[0]);
}

/* struct statement - what stands at file scope between two semicolons or braces */
struct statement {
	uint32_t begin;
	int depth; /* of braces */
	int parentheses;
	bool is_static; /* its first word */
	bool has_name;	/* the function's name stands outside of all parentheses */
	bool is_first;
};

static uint32_t skip_directive(const struct gcv_source *s, uint32_t at)
{
	uint32_t end;

	for (;;) {
		end = gcv_source_line_end(s, at);
		at = end < s->len ? end + 1 : end;
		if (end > 0 && s->text[end - 1] == '\r')
			end--;
		if (end == 0 || s->text[end - 1] != '\\' || at == s->len)
			return at;
	}
}

static void start(struct statement *st)
{
	st->is_first = true;
	st->is_static = st->has_name = false;
	st->parentheses = 0;
}

/* The lines of a prototype; one of two empty lines around it goes, too. */
static bool add_prototype(const struct gcv_source *s, uint32_t begin, uint32_t end,
			  struct gcv_static_function *ret)
{
	struct gcv_text_range *range = &ret->ranges[ret->nr_ranges];
	uint32_t comment, behind;

	if (ret->nr_ranges > GCV_STATIC_FUNCTION_PROTOTYPES || !gcv_source_starts_line(s, begin) ||
	    !gcv_source_ends_line(s, end))
		return false;
	begin = gcv_source_line_begin(s, begin);
	end = gcv_source_next_line(s, end);
	if (gcv_source_comment_above(s, begin, &comment, &behind))
		return false;
	if (begin && is_blank_line(s, end) && is_blank_line(s, gcv_source_line_begin(s, begin - 1)))
		end = gcv_source_next_line(s, end);
	*range = (struct gcv_text_range){ begin, end };
	ret->nr_ranges++;
	return !is_alone(s, range);
}

static void take_word(struct statement *st, const struct gcv_source *s, struct gcv_token token,
		      const char *name)
{
	if (st->depth)
		return;
	if (st->is_first) {
		st->begin = token.begin;
		st->is_static = gcv_source_is_at(s, token.begin, "static");
	}
	st->is_first = false;
	st->has_name |= !st->parentheses && gcv_source_is_at(s, token.begin, name);
}

/* Return: whether a statement at file scope ends here. */
static bool take_other(struct statement *st, char ch)
{
	st->depth += (ch == '{') - (ch == '}');
	if (st->depth)
		return false;
	st->parentheses += (ch == '(') - (ch == ')');
	return ch == ';' || ch == '}';
}

static bool find_prototypes(const struct gcv_source *s, const char *name,
			    struct gcv_static_function *ret)
{
	struct gcv_token token = { GCV_TOKEN_OTHER, 0, 0 };
	struct statement st = { .is_first = true };

	for (;;) {
		token = gcv_source_next(s, token.end, s->len);
		if (token.kind == GCV_TOKEN_END)
			return true;
		if (token.kind == GCV_TOKEN_DIRECTIVE)
			token.end = skip_directive(s, token.begin);
		else if (token.kind == GCV_TOKEN_WORD)
			take_word(&st, s, token, name);
		if (token.kind != GCV_TOKEN_OTHER || !take_other(&st, s->text[token.begin]))
			continue;
		if (s->text[token.begin] == ';' && st.is_static && st.has_name &&
		    !add_prototype(s, st.begin, token.end, ret))
			return false;
		start(&st);
	}
}

bool gcv_static_function_find(const struct gcv_source *source, const struct gcv_function *fn,
			      struct gcv_static_function *ret)
{
	*ret = (struct gcv_static_function){ 0 };
	return find_definition(source, fn, ret) && find_prototypes(source, fn->name, ret);
}

bool gcv_static_function_has(const struct gcv_static_function *text, uint32_t at)
{
	uint32_t i;

	for (i = 0; i < text->nr_ranges; i++)
		if (at >= text->ranges[i].begin && at < text->ranges[i].end)
			return true;
	return false;
}

static bool is_word_char(char ch)
{
	return ch == '_' || (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') ||
	       (ch >= 'A' && ch <= 'Z');
}

uint32_t gcv_static_function_count(const struct gcv_source *source,
				   const struct gcv_static_function *text, const char *name)
{
	size_t len = strlen(name);
	uint32_t nr = 0, at;

	for (at = 0; at + len <= source->len; at++)
		nr += memcmp(source->text + at, name, len) == 0 &&
		      (!at || !is_word_char(source->text[at - 1])) &&
		      (at + len == source->len || !is_word_char(source->text[at + len])) &&
		      !gcv_static_function_has(text, at);
	return nr;
}

enum gcv_status gcv_static_function_remove(const struct gcv_static_function *text,
					   struct gcv_file_edit *edit, uint32_t group,
					   struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < text->nr_ranges; i++) {
		gcv_file_edit_cut(edit, text->ranges[i].begin, text->ranges[i].end);
		st = gcv_file_edit_add(edit, text->ranges[i].begin, text->ranges[i].end, "", group,
				       err);
	}
	return st;
}
