// SPDX-License-Identifier: GPL-2.0-only
#include "tree/maintainers.h"

#include "tree/glob.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

/* Trees have some 30,000 lines, of which a hundred are N:. */
#define LINES_MAX   400000
#define REGEXES_MAX 4000
/* Steps and memory for one regular expression on one path. */
#define MATCH_STEPS_MAX	     20000
#define MATCH_HEAP_MAX_KBYTE 256

struct parser {
	struct gcv_maintainers *m;
	struct gcv_maintainers_field *fields; /* of all entries; they take their parts in the end */
	size_t nr_fields, cap_fields, cap_entries;
	size_t *first; /* of each entry, in fields */
	size_t cap_first;
	size_t nr_regexes;
	const char *title;
	unsigned int title_line, line;
	bool in_entry;
};

static void count_damage(struct parser *p)
{
	if (!p->m->nr_damaged++)
		p->m->damaged_line = p->line;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* The bytes from @at to @end without blanks around them, NULL where they are too many. */
static const char *trimmed(struct parser *p, const char *at, const char *end)
{
	while (at < end && is_blank(*at))
		at++;
	while (end > at && is_blank(end[-1]))
		end--;
	if (end - at > GCV_MAINTAINERS_VALUE_MAX)
		return NULL;
	return gcv_arena_strndup(&p->m->arena, at, (size_t)(end - at));
}

static enum gcv_upkeep upkeep_of(const char *value)
{
	static const struct {
		const char *word;
		enum gcv_upkeep upkeep;
	} words[] = {
		{ "obsolete", GCV_UPKEEP_OBSOLETE }, { "orphan", GCV_UPKEEP_ORPHAN },
		{ "odd", GCV_UPKEEP_ODD_FIXES },     { "maintain", GCV_UPKEEP_MAINTAINED },
		{ "support", GCV_UPKEEP_SUPPORTED },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasestr(value, words[i].word))
			return words[i].upkeep;
	return GCV_UPKEEP_UNKNOWN;
}

/* As perl's m/…/x does: blanks and comments in the expression do not count. */
static void *compile(struct parser *p, const char *value)
{
	PCRE2_SIZE offset;
	int code;

	if (p->nr_regexes >= REGEXES_MAX)
		return NULL;
	p->nr_regexes++;
	return pcre2_compile((PCRE2_SPTR)value, PCRE2_ZERO_TERMINATED,
			     PCRE2_EXTENDED | PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF, &code,
			     &offset, NULL);
}

static void start_entry(struct parser *p)
{
	struct gcv_maintainers_entry entry = { .title = p->title ? p->title : "",
					       .line = p->title_line };

	GCV_GROW(p->m->entries, p->m->nr, p->cap_entries);
	GCV_GROW(p->first, p->m->nr, p->cap_first);
	p->first[p->m->nr] = p->nr_fields;
	p->m->entries[p->m->nr++] = entry;
	p->in_entry = true;
}

static void add_field(struct parser *p, char letter, const char *value)
{
	struct gcv_maintainers_field field = { .letter = letter, .line = p->line, .value = value };
	struct gcv_maintainers_entry *entry;

	if (letter == 'N') {
		field.regex = compile(p, value);
		if (!field.regex) {
			count_damage(p);
			return;
		}
	}
	entry = &p->m->entries[p->m->nr - 1];
	if (letter == 'S' && entry->upkeep == GCV_UPKEEP_UNKNOWN)
		entry->upkeep = upkeep_of(value);
	GCV_GROW(p->fields, p->nr_fields, p->cap_fields);
	p->fields[p->nr_fields++] = field;
}

/* A letter and a colon in front make a field; other lines that say something are titles. */
static void take_line(struct parser *p, const char *at, const char *end)
{
	bool is_field = end - at >= 2 && at[0] >= 'A' && at[0] <= 'Z' && at[1] == ':';
	const char *value;

	if (p->line > LINES_MAX || memchr(at, 0, (size_t)(end - at))) {
		count_damage(p);
		return;
	}
	value = trimmed(p, is_field ? at + 2 : at, end);
	if (!value) {
		count_damage(p);
		return;
	}
	if (is_field) {
		if (!p->in_entry)
			start_entry(p);
		if (*value)
			add_field(p, *at, value);
	} else if (*value && *value != '#') {
		p->title = value;
		p->title_line = p->line;
		p->in_entry = false;
	}
}

static void share_fields(struct parser *p)
{
	struct gcv_maintainers *m = p->m;
	size_t i, bytes = p->nr_fields * sizeof(*p->fields);
	struct gcv_maintainers_field *fields = gcv_arena_alloc(&m->arena, bytes);

	if (bytes)
		memcpy(fields, p->fields, bytes);
	/* Without entries there is none. */
	for (i = 0; p->first && i < m->nr; i++) {
		size_t end = i + 1 < m->nr ? p->first[i + 1] : p->nr_fields;

		m->entries[i].fields = fields + p->first[i];
		m->entries[i].nr_fields = end - p->first[i];
	}
	free(p->fields);
	free(p->first);
}

void gcv_maintainers_parse(const char *text, size_t len_bytes, struct gcv_maintainers **ret)
{
	struct gcv_maintainers *m = gcv_zalloc(1, sizeof(*m));
	struct parser p = { .m = m };
	const char *at = text, *end = text + len_bytes;

	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));

		p.line++;
		take_line(&p, at, newline ? newline : end);
		at = newline ? newline + 1 : end;
	}
	share_fields(&p);
	*ret = m;
}

enum gcv_status gcv_maintainers_load(const struct gcv_tree *tree, struct gcv_maintainers **ret,
				     struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	enum gcv_status status = gcv_tree_read(tree, "MAINTAINERS", &text, err);

	if (status == GCV_OK)
		gcv_maintainers_parse(text.buf ? text.buf : "", text.len, ret);
	return status;
}

void gcv_maintainers_free(struct gcv_maintainers *m)
{
	size_t i, k;

	if (!m)
		return;
	for (i = 0; i < m->nr; i++)
		for (k = 0; k < m->entries[i].nr_fields; k++)
			pcre2_code_free(m->entries[i].fields[k].regex);
	free(m->entries);
	gcv_arena_release(&m->arena);
	free(m);
}

/* What the regular expressions of one question share. */
struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
};

static bool matcher_init(struct matcher *matcher)
{
	*matcher = (struct matcher){ pcre2_match_data_create(1, NULL),
				     pcre2_match_context_create(NULL) };
	if (!matcher->data || !matcher->context)
		return false;
	pcre2_set_match_limit(matcher->context, MATCH_STEPS_MAX);
	pcre2_set_depth_limit(matcher->context, MATCH_STEPS_MAX);
	pcre2_set_heap_limit(matcher->context, MATCH_HEAP_MAX_KBYTE);
	return true;
}

static void matcher_release(struct matcher *matcher)
{
	pcre2_match_data_free(matcher->data);
	pcre2_match_context_free(matcher->context);
}

static bool is_excluded(const struct gcv_maintainers_entry *entry, const char *path)
{
	size_t i;

	for (i = 0; i < entry->nr_fields; i++)
		if (entry->fields[i].letter == 'X' && gcv_glob_match(entry->fields[i].value, path))
			return true;
	return false;
}

static bool is_better(int depth, const char *pattern, const struct gcv_maintainers_match *than)
{
	if (!than->pattern || depth != than->depth)
		return !than->pattern || depth > than->depth;
	return strlen(pattern) > strlen(than->pattern);
}

static bool match_entry(const struct gcv_maintainers_entry *entry, const char *path,
			const struct matcher *matcher, struct gcv_maintainers_match *ret)
{
	struct gcv_maintainers_match best = { .entry = entry };
	size_t i;

	for (i = 0; i < entry->nr_fields; i++) {
		const struct gcv_maintainers_field *field = &entry->fields[i];
		int depth = 0;

		if (field->letter == 'F' && gcv_glob_match(field->value, path))
			depth = gcv_glob_depth(field->value);
		else if (field->letter != 'N' ||
			 pcre2_match(field->regex, (PCRE2_SPTR)path, strlen(path), 0, 0,
				     matcher->data, matcher->context) < 0)
			continue;
		if (is_better(depth, field->value, &best)) {
			best.depth = depth;
			best.pattern = field->value;
		}
	}
	if (!best.pattern || is_excluded(entry, path))
		return false;
	*ret = best;
	return true;
}

static int compare_matches(const void *a, const void *b)
{
	const struct gcv_maintainers_match *x = a, *y = b;

	if (is_better(x->depth, x->pattern, y))
		return -1;
	if (is_better(y->depth, y->pattern, x))
		return 1;
	return x->entry < y->entry ? -1 : 1;
}

void gcv_maintainers_find(const struct gcv_maintainers *m, const char *path,
			  struct gcv_arena *arena, struct gcv_maintainers_match **ret,
			  size_t *ret_nr)
{
	struct gcv_maintainers_match *found = NULL, match;
	size_t i, nr = 0, cap = 0;
	struct matcher matcher;

	if (matcher_init(&matcher))
		for (i = 0; i < m->nr; i++)
			if (match_entry(&m->entries[i], path, &matcher, &match)) {
				GCV_GROW(found, nr, cap);
				found[nr++] = match;
			}
	matcher_release(&matcher);
	*ret = gcv_arena_alloc(arena, nr * sizeof(**ret));
	*ret_nr = nr;
	if (!nr)
		return;
	qsort(found, nr, sizeof(*found), compare_matches);
	memcpy(*ret, found, nr * sizeof(*found));
	free(found);
}

const struct gcv_maintainers_entry *gcv_maintainers_subsystem(const struct gcv_maintainers *m,
							      const char *path)
{
	struct gcv_arena arena = { 0 };
	struct gcv_maintainers_match *matches;
	const struct gcv_maintainers_entry *entry = NULL;
	size_t nr;

	gcv_maintainers_find(m, path, &arena, &matches, &nr);
	if (nr && matches[0].depth >= 0)
		entry = matches[0].entry;
	gcv_arena_release(&arena);
	return entry;
}
