// SPDX-License-Identifier: GPL-2.0-only
#include "tree/force.h"
#include "base/intern.h"

#include <string.h>

struct force {
	const char *buf;
	size_t len;
	const struct gcv_lexed *lexed;
	struct gcv_assigned assigned;
	/* Macros that the text defines or undefines itself. */
	struct gcv_intern own;
	struct gcv_arena arena;
	/* By branch: what the target needs; GCV_UNKNOWN where it needs nothing. */
	enum gcv_truth *needed;
	char *copy;
};

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static struct gcv_value lookup(void *ctx, const char *name)
{
	struct force *f = ctx;

	if (gcv_intern_find(&f->own, name, strlen(name)) != GCV_INTERN_NONE)
		return (struct gcv_value){ .state = GCV_VALUE_UNKNOWN };
	return gcv_assigned_lookup(&f->assigned, name);
}

static size_t skip_blanks(const struct force *f, size_t pos)
{
	while (pos < f->len && (f->buf[pos] == ' ' || f->buf[pos] == '\t'))
		pos++;
	return pos;
}

/* The macro that a line defines or undefines goes into own. Comments are not looked for: too much.
 */
static void note_own(struct force *f, size_t line)
{
	size_t pos = skip_blanks(f, line), end;

	if (pos == f->len || f->buf[pos] != '#')
		return;
	pos = skip_blanks(f, pos + 1);
	if (f->len - pos > 7 && !memcmp(f->buf + pos, "define", 6))
		pos += 6;
	else if (f->len - pos > 6 && !memcmp(f->buf + pos, "undef", 5))
		pos += 5;
	else
		return;
	if (is_word(f->buf[pos]))
		return;
	pos = skip_blanks(f, pos);
	for (end = pos; end < f->len && is_word(f->buf[end]); end++)
		;
	gcv_intern_add(&f->own, f->buf + pos, end - pos);
}

static void collect_own(struct force *f)
{
	size_t line = 0;

	while (line < f->len) {
		const char *newline = memchr(f->buf + line, '\n', f->len - line);

		note_own(f, line);
		line = newline ? (size_t)(newline - f->buf) + 1 : f->len;
	}
}

static void need_chain(struct force *f, int32_t branch)
{
	const struct gcv_lex_branch *branches = f->lexed->branches;
	int32_t i;

	for (; branch >= 0; branch = branches[branch].parent) {
		f->needed[branch] = GCV_TRUE;
		for (i = branches[branch].previous; i >= 0; i = branches[i].previous)
			f->needed[i] = GCV_FALSE;
	}
}

static void blank(struct force *f, size_t from, size_t to)
{
	for (; from < to; from++)
		if (f->copy[from] != '\n' && f->copy[from] != '\r')
			f->copy[from] = ' ';
}

/* "ifdef X" becomes "if 1  ", in the place of the keyword. */
static bool rewrite_ifdef(struct force *f, const struct gcv_lex_branch *branch, char digit)
{
	bool elif = branch->kind == GCV_LEX_ELIFDEF || branch->kind == GCV_LEX_ELIFNDEF;
	const char *word = elif ? "elif " : "if ";
	size_t len = strlen(word), i;

	for (i = 0; i <= len; i++)
		if (branch->keyword + i >= branch->end || !is_word(f->buf[branch->keyword + i]))
			return false;
	blank(f, branch->keyword, branch->end);
	memcpy(f->copy + branch->keyword, word, len);
	f->copy[branch->keyword + len] = digit;
	return true;
}

/* The first byte of the expression becomes the digit, unless it touches the keyword as in "#if(".
 */
static bool rewrite_if(struct force *f, const struct gcv_lex_branch *branch, char digit)
{
	size_t at = branch->expression, behind = branch->keyword;

	/* A line that is continued within or right behind the keyword: leave it alone. */
	while (behind < branch->end && is_word(f->buf[behind]))
		behind++;
	if (behind < branch->end && f->buf[behind] == '\\')
		return false;
	if (at && is_word(f->buf[at - 1]))
		at++;
	if (at >= branch->end || strchr("\\\r\n", f->buf[at]))
		return false;
	blank(f, branch->expression, branch->end);
	f->copy[at] = digit;
	return true;
}

static bool rewrite(struct force *f, const struct gcv_lex_branch *branch, enum gcv_truth truth)
{
	char digit = truth == GCV_TRUE ? '1' : '0';

	switch (branch->kind) {
	case GCV_LEX_IF:
	case GCV_LEX_ELIF:
		return rewrite_if(f, branch, digit);
	case GCV_LEX_ELSE:
		/* Taken because the others of its group are not; nothing turns it off. */
		return truth == GCV_TRUE;
	default:
		return rewrite_ifdef(f, branch, digit);
	}
}

static enum gcv_status force_branch(struct force *f, uint32_t index, struct gcv_err *err)
{
	const struct gcv_lex_branch *branch = &f->lexed->branches[index];
	struct gcv_valuation valuation = { lookup, f };
	enum gcv_truth truth = f->needed[index];
	const struct gcv_condition *condition;
	enum gcv_status status;

	if (branch->end > f->len || branch->keyword > branch->end ||
	    branch->expression > branch->end)
		return gcv_err_set(err, GCV_ERR_USAGE, "branches of another text");
	if (truth == GCV_UNKNOWN) {
		/* Too deep to be understood is no reason to force it. */
		status = gcv_condition_of_branch(branch, &f->arena, &condition, NULL);
		if (status != GCV_OK)
			return GCV_OK;
		truth = gcv_condition_eval(condition, &valuation);
	}
	if (truth == GCV_UNKNOWN || rewrite(f, branch, truth) || f->needed[index] == GCV_UNKNOWN)
		return GCV_OK;
	return gcv_err_set(err, GCV_ERR_LIMIT, "line %u: no room to force the condition",
			   branch->line);
}

enum gcv_status gcv_force_conditions(const char *buf, size_t len, const struct gcv_lexed *lexed,
				     const struct gcv_assignment *assignment, int32_t target,
				     const struct gcv_valuation *base, struct gcv_strbuf *ret,
				     struct gcv_err *err)
{
	static const struct gcv_assignment nothing;
	GCV_AUTOFREE enum gcv_truth *needed = gcv_zalloc(lexed->nr_branches, sizeof(*needed));
	GCV_AUTOFREE char *copy = gcv_malloc(len);
	struct force f = {
		.buf = buf,
		.len = len,
		.lexed = lexed,
		.assigned = { assignment ? assignment : &nothing, base },
		.needed = needed,
		.copy = copy,
	};
	enum gcv_status status = GCV_OK;
	uint32_t i;

	if (target >= (int32_t)lexed->nr_branches)
		return gcv_err_set(err, GCV_ERR_USAGE, "there is no branch %d", target);
	if (len)
		memcpy(copy, buf, len);
	collect_own(&f);
	need_chain(&f, target);
	for (i = 0; i < lexed->nr_branches && status == GCV_OK; i++)
		status = force_branch(&f, i, err);
	if (status == GCV_OK)
		gcv_strbuf_add(ret, copy, len);
	gcv_intern_release(&f.own);
	gcv_arena_release(&f.arena);
	return status;
}
