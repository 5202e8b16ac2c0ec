// SPDX-License-Identifier: GPL-2.0-only
#include "tree/lexer.h"

#include <string.h>

/* What a directive's keyword means; a conditional one has its kind in @condition. */
static const struct keyword {
	const char *text;
	enum {
		DEFINE,
		UNDEF,
		INCLUDE,
		CONDITION,
		ENDIF,
		OTHER,
	} meaning;
	enum gcv_lex_condition condition;
} keywords[] = {
	{ "define", DEFINE, 0 },
	{ "undef", UNDEF, 0 },
	{ "include", INCLUDE, 0 },
	{ "include_next", INCLUDE, 0 },
	{ "import", INCLUDE, 0 },
	{ "if", CONDITION, GCV_LEX_IF },
	{ "ifdef", CONDITION, GCV_LEX_IFDEF },
	{ "ifndef", CONDITION, GCV_LEX_IFNDEF },
	{ "elif", CONDITION, GCV_LEX_ELIF },
	{ "elifdef", CONDITION, GCV_LEX_ELIFDEF },
	{ "elifndef", CONDITION, GCV_LEX_ELIFNDEF },
	{ "else", CONDITION, GCV_LEX_ELSE },
	{ "endif", ENDIF, 0 },
	{ "error", OTHER, 0 },
	{ "warning", OTHER, 0 },
	{ "pragma", OTHER, 0 },
	{ "line", OTHER, 0 },
	{ "ident", OTHER, 0 },
	{ "sccs", OTHER, 0 },
	{ "assert", OTHER, 0 },
	{ "unassert", OTHER, 0 },
	{ "embed", OTHER, 0 },
};

static const struct keyword *find_keyword(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (strlen(keywords[i].text) == len && !memcmp(keywords[i].text, text, len))
			return &keywords[i];
	return NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\n');
}

/* Behind blanks, comments and continued lines. */
static size_t skip_blanks(const struct gcv_lexer *lx, size_t pos)
{
	while (pos < lx->len) {
		size_t next = 0;

		if (is_blank(lx->buf[pos]))
			next = pos + 1;
		else if (lx->buf[pos] == '\\')
			next = gcv_lexer_splice(lx, pos);
		else if (lx->buf[pos] == '/' && pos + 1 < lx->len && lx->buf[pos + 1] == '*')
			next = gcv_lexer_comment_end(lx, pos);
		if (!next)
			break;
		pos = next;
	}
	return pos;
}

static struct gcv_lexer_group *open_group(struct gcv_lexer *lx)
{
	struct gcv_lexer_group *group;

	GCV_GROW(lx->stack, lx->depth, lx->cap_stack);
	group = &lx->stack[lx->depth++];
	*group = (struct gcv_lexer_group){
		.first = lx->at,
		.branch = -1,
		.group = lx->nr_groups++,
	};
	return group;
}

/* Begin a branch at the directive at @start; an #else without #if is passed over. */
static void open_branch(struct gcv_lexer *lx, size_t start, size_t keyword,
			enum gcv_lex_condition kind)
{
	bool first = kind <= GCV_LEX_IFNDEF;
	struct gcv_lexer_group *group;
	struct gcv_lex_branch *branch;

	if (first) {
		group = open_group(lx);
	} else {
		if (!lx->depth)
			return;
		group = &lx->stack[lx->depth - 1];
		lx->branches[group->branch].body_end = (uint32_t)start;
		lx->at = group->first;
		group->never = false;
	}
	GCV_GROW(lx->branches, lx->nr_branches, lx->cap_branches);
	branch = &lx->branches[lx->nr_branches];
	*branch = (struct gcv_lex_branch){
		.kind = kind,
		.line = lx->line,
		.text = "",
		.start = (uint32_t)start,
		.keyword = (uint32_t)keyword,
		.parent = lx->depth > 1 ? lx->stack[lx->depth - 2].branch : -1,
		.previous = group->branch,
		.group = group->group,
		.index = first ? 0 : lx->branches[group->branch].index + 1,
	};
	lx->current = (int32_t)lx->nr_branches;
	group->branch = lx->current;
	lx->nr_branches++;
}

static void close_group(struct gcv_lexer *lx, size_t start)
{
	struct gcv_lexer_group *group;

	if (!lx->depth)
		return;
	group = &lx->stack[--lx->depth];
	lx->branches[group->branch].body_end = (uint32_t)start;
	/* What "#if 0" hides may be anything, so that its braces do not count. */
	if (group->never)
		lx->at = group->first;
}

static void begin(struct gcv_lexer *lx, const struct keyword *keyword, size_t hash, size_t word)
{
	lx->directive = GCV_LEX_OTHER_DIRECTIVE;
	if (!keyword)
		return;
	switch (keyword->meaning) {
	case DEFINE:
	case UNDEF:
		lx->directive = GCV_LEX_DEFINE_NAME;
		lx->defining = true;
		lx->undefining = keyword->meaning == UNDEF;
		break;
	case INCLUDE:
		lx->directive = GCV_LEX_INCLUDE;
		break;
	case CONDITION:
		if (keyword->condition != GCV_LEX_ELSE)
			lx->directive = GCV_LEX_CONDITION;
		open_branch(lx, hash, word, keyword->condition);
		break;
	case ENDIF:
		close_group(lx, hash);
		break;
	case OTHER:
		break;
	}
}

bool gcv_lexer_directive(struct gcv_lexer *lx)
{
	size_t hash = lx->pos, word = hash + 1, end;
	const struct keyword *keyword;

	/* In assembler this may be a comment: look no further than its line, or time is quadratic.
	 */
	if (lx->language != GCV_LEX_ASM)
		word = skip_blanks(lx, word);
	while (word < lx->len && is_blank(lx->buf[word]))
		word++;
	end = word;
	while (end < lx->len && gcv_lexer_is_word(lx->buf[end]))
		end++;
	keyword = find_keyword(lx->buf + word, end - word);
	if (!keyword && lx->language == GCV_LEX_ASM)
		return false;
	gcv_lexer_take(lx, hash, GCV_LEX_CODE);
	lx->pending = UINT32_MAX;
	lx->bol = false;
	begin(lx, keyword, hash, word);
	lx->in_directive = true;
	gcv_lexer_take(lx, word, GCV_LEX_COMMENT);
	/* A word that is no keyword is still to be reported. */
	if (keyword)
		gcv_lexer_take(lx, end, GCV_LEX_CODE);
	lx->pos = end;
	if (lx->current >= 0)
		lx->branches[lx->current].expression = (uint32_t)skip_blanks(lx, end);
	return true;
}

void gcv_lexer_directive_word(struct gcv_lexer *lx, size_t start, size_t end)
{
	if (lx->defining) {
		lx->macro = (uint32_t)start;
		lx->macro_end = (uint32_t)end;
		/* The name itself is reported as such, what follows is the body. */
		gcv_lexer_take(lx, end, GCV_LEX_CODE);
		lx->defining = false;
		lx->directive = lx->undefining ? GCV_LEX_OTHER_DIRECTIVE : GCV_LEX_DEFINE_BODY;
	}
}

/* The expression between two offsets with one blank for each run of blanks and comments. */
static const char *expression_text(struct gcv_lexer *lx, size_t pos, size_t end)
{
	char *text = gcv_arena_alloc(lx->arena, end - pos + 1);
	size_t used = 0;

	while (pos < end) {
		size_t next = skip_blanks(lx, pos);

		if (lx->buf[pos] == '/' && pos + 1 < end && lx->buf[pos + 1] == '/')
			break;
		if (next == pos) {
			text[used++] = lx->buf[pos++] ? lx->buf[pos - 1] : '?';
			continue;
		}
		if (used && next < end)
			text[used++] = ' ';
		pos = next;
	}
	if (used && text[used - 1] == ' ')
		used--;
	text[used] = '\0';
	return text;
}

void gcv_lexer_directive_end(struct gcv_lexer *lx)
{
	struct gcv_lex_branch *branch;

	gcv_lexer_take(lx, lx->pos, GCV_LEX_CODE);
	if (lx->current >= 0) {
		branch = &lx->branches[lx->current];
		branch->end = (uint32_t)lx->pos;
		if (branch->expression > branch->end)
			branch->expression = branch->end;
		if (branch->kind != GCV_LEX_ELSE)
			branch->text = expression_text(lx, branch->expression, branch->end);
		if (!branch->index)
			lx->stack[lx->depth - 1].never = !strcmp(branch->text, "0");
		lx->current = -1;
	}
	lx->in_directive = lx->defining = lx->undefining = false;
	lx->directive = GCV_LEX_NO_DIRECTIVE;
	lx->macro = lx->macro_end = 0;
	lx->macro_text = NULL;
	lx->pending = UINT32_MAX;
}

void gcv_lexer_close_groups(struct gcv_lexer *lx)
{
	while (lx->depth)
		close_group(lx, lx->len);
}
