// SPDX-License-Identifier: GPL-2.0-only
#include "tree/lex.h"
#include "tree/lexer.h"

#include <stdlib.h>
#include <string.h>

#define NOTHING UINT32_MAX

/* What a byte can begin. */
enum byte_kind { PUNCTUATION, BLANK, NEWLINE, WORD, DIGIT, QUOTE, SLASH, BACKSLASH, HASH, BRACKET };

static const unsigned char kind_of[256] = {
	['\t'] = BLANK,	      ['\v'] = BLANK,	     ['\f'] = BLANK,  ['\r'] = BLANK,
	[' '] = BLANK,	      ['\n'] = NEWLINE,	     ['_'] = WORD,    ['a' ... 'z'] = WORD,
	['A' ... 'Z'] = WORD, ['0' ... '9'] = DIGIT, ['"'] = QUOTE,   ['\''] = QUOTE,
	['/'] = SLASH,	      ['\\'] = BACKSLASH,    ['#'] = HASH,    ['('] = BRACKET,
	[')'] = BRACKET,      ['{'] = BRACKET,	     ['}'] = BRACKET, [';'] = BRACKET,
	['='] = BRACKET,
};

bool gcv_lexer_is_word(char c)
{
	unsigned char kind = kind_of[(unsigned char)c];

	return kind == WORD || kind == DIGIT;
}

static void find_hit(struct gcv_lexer *lx)
{
	if (!lx->names ||
	    !gcv_names_next(lx->names, lx->buf, lx->len, &lx->hit_pos, &lx->hit_name, &lx->hit))
		lx->hit = lx->len;
}

static void count_lines(struct gcv_lexer *lx, size_t to)
{
	const char *newline;

	while (lx->mark < to) {
		newline = memchr(lx->buf + lx->mark, '\n', to - lx->mark);
		if (!newline)
			break;
		lx->line++;
		lx->mark = (size_t)(newline - lx->buf) + 1;
		lx->line_start = lx->mark;
	}
	lx->mark = to;
}

static const char *function_name(struct gcv_lexer *lx)
{
	const struct gcv_lexer_place *at = &lx->at;

	if (!at->in_function || at->function == at->function_end)
		return NULL;
	if (!lx->function_text || lx->function_at != at->function) {
		lx->function_text = gcv_arena_strndup(lx->arena, lx->buf + at->function,
						      at->function_end - at->function);
		lx->function_at = at->function;
	}
	return lx->function_text;
}

static const char *macro_name(struct gcv_lexer *lx)
{
	if (lx->macro_end && !lx->macro_text)
		lx->macro_text = gcv_arena_strndup(lx->arena, lx->buf + lx->macro,
						   lx->macro_end - lx->macro);
	return lx->macro_text;
}

static void report(struct gcv_lexer *lx, enum gcv_lex_class class)
{
	struct gcv_lex_occurrence *occurrence;

	count_lines(lx, lx->hit);
	if (lx->in_directive && class == GCV_LEX_CODE)
		class = GCV_LEX_DIRECTIVE;
	GCV_GROW(lx->occurrences, lx->nr, lx->cap);
	occurrence = &lx->occurrences[lx->nr++];
	*occurrence = (struct gcv_lex_occurrence){
		.name = lx->hit_name,
		.offset = (uint32_t)lx->hit,
		.line = lx->line,
		.column = (uint32_t)(lx->hit - lx->line_start) + 1,
		.branch = lx->depth ? lx->stack[lx->depth - 1].branch : -1,
		.brace_depth = lx->at.brace,
		.paren_depth = lx->at.paren,
		.class = class,
		.function = function_name(lx),
	};
	if (lx->in_directive && class != GCV_LEX_COMMENT) {
		occurrence->directive = lx->directive;
		occurrence->macro = macro_name(lx);
	}
	if (class == GCV_LEX_CODE ||
	    (class == GCV_LEX_DIRECTIVE && lx->directive == GCV_LEX_DEFINE_BODY))
		lx->pending = lx->nr - 1;
	/* The new branch of a condition begins behind its line. */
	if (lx->in_directive && lx->current >= 0)
		occurrence->branch = lx->branches[lx->current].parent;
}

void gcv_lexer_take(struct gcv_lexer *lx, size_t to, enum gcv_lex_class class)
{
	while (lx->hit < to) {
		report(lx, class);
		find_hit(lx);
	}
	count_lines(lx, to);
}

size_t gcv_lexer_splice(const struct gcv_lexer *lx, size_t pos)
{
	/* Like gcc and clang, allow blanks between the backslash and the newline. */
	for (pos++; pos < lx->len && kind_of[(unsigned char)lx->buf[pos]] == BLANK; pos++)
		;
	return pos < lx->len && lx->buf[pos] == '\n' ? pos + 1 : 0;
}

/* The newline that ends the line, where a backslash does not continue it. */
static size_t logical_line_end(const struct gcv_lexer *lx, size_t pos)
{
	for (;;) {
		const char *newline = memchr(lx->buf + pos, '\n', lx->len - pos);
		size_t at, end;

		if (!newline)
			return lx->len;
		at = end = (size_t)(newline - lx->buf);
		while (at > pos && kind_of[(unsigned char)lx->buf[at - 1]] == BLANK)
			at--;
		if (at == pos || lx->buf[at - 1] != '\\')
			return end;
		pos = end + 1;
	}
}

size_t gcv_lexer_comment_end(const struct gcv_lexer *lx, size_t pos)
{
	const char *end, *from = lx->buf + pos + 2, *stop = lx->buf + lx->len;

	if (lx->len - pos < 2)
		return 0;
	if (lx->buf[pos + 1] == '/')
		return logical_line_end(lx, pos + 2);
	if (lx->buf[pos + 1] != '*')
		return 0;
	for (; (end = memchr(from, '*', (size_t)(stop - from))); from = end + 1)
		if (end + 1 < stop && end[1] == '/')
			return (size_t)(end - lx->buf) + 2;
	return lx->len;
}

/* In assembler a quote may stand for the one character behind it: 'a and '\n. */
static size_t assembler_character_end(const struct gcv_lexer *lx, size_t pos)
{
	pos++;
	if (pos < lx->len && lx->buf[pos] == '\\')
		pos++;
	if (pos < lx->len && lx->buf[pos] != '\n')
		pos++;
	if (pos < lx->len && lx->buf[pos] == '\'')
		pos++;
	return pos;
}

/* A string that is not closed ends with its line. */
static size_t string_end(const struct gcv_lexer *lx, size_t pos)
{
	char quote = lx->buf[pos++];

	while (pos < lx->len && lx->buf[pos] != '\n') {
		size_t spliced = lx->buf[pos] == '\\' ? gcv_lexer_splice(lx, pos) : 0;

		if (spliced)
			pos = spliced;
		else if (lx->buf[pos] == '\\' && pos + 1 < lx->len && lx->buf[pos + 1] != '\n')
			pos += 2;
		else if (lx->buf[pos++] == quote)
			return pos;
	}
	return pos;
}

static void read_string(struct gcv_lexer *lx)
{
	enum gcv_lex_class class = GCV_LEX_STRING;

	gcv_lexer_take(lx, lx->pos, GCV_LEX_CODE);
	if (lx->buf[lx->pos] == '\'' && lx->language == GCV_LEX_ASM)
		lx->pos = assembler_character_end(lx, lx->pos);
	else
		lx->pos = string_end(lx, lx->pos);
	/* The file name of an #include is no string. */
	if (lx->in_directive && lx->directive == GCV_LEX_INCLUDE)
		class = GCV_LEX_CODE;
	gcv_lexer_take(lx, lx->pos, class);
	lx->pending = NOTHING;
	lx->bol = false;
}

/* Return: was there a comment? */
static bool read_comment(struct gcv_lexer *lx)
{
	size_t end = gcv_lexer_comment_end(lx, lx->pos);

	if (!end)
		return false;
	gcv_lexer_take(lx, lx->pos, GCV_LEX_CODE);
	gcv_lexer_take(lx, end, GCV_LEX_COMMENT);
	lx->pos = end;
	return true;
}

static void read_line_comment(struct gcv_lexer *lx)
{
	const char *newline = memchr(lx->buf + lx->pos, '\n', lx->len - lx->pos);

	gcv_lexer_take(lx, lx->pos, GCV_LEX_CODE);
	lx->pos = newline ? (size_t)(newline - lx->buf) : lx->len;
	gcv_lexer_take(lx, lx->pos, GCV_LEX_COMMENT);
}

/* "1'000" is one number (C23); a quote behind anything else is not. */
static void read_number(struct gcv_lexer *lx)
{
	const char *buf = lx->buf;
	size_t pos = lx->pos + 1;

	for (; pos < lx->len; pos++) {
		char c = buf[pos];

		if (gcv_lexer_is_word(c) || c == '.')
			continue;
		if (c == '\'' && lx->language == GCV_LEX_C && gcv_lexer_is_word(buf[pos - 1]) &&
		    pos + 1 < lx->len && gcv_lexer_is_word(buf[pos + 1]))
			continue;
		break;
	}
	lx->pos = pos;
	lx->pending = NOTHING;
	lx->bol = false;
}

static void read_word(struct gcv_lexer *lx)
{
	size_t start = lx->pos, end = start + 1;

	while (end < lx->len && gcv_lexer_is_word(lx->buf[end]))
		end++;
	lx->pending = NOTHING;
	lx->bol = false;
	if (lx->in_directive)
		gcv_lexer_directive_word(lx, start, end);
	if (lx->hit < end)
		gcv_lexer_take(lx, end, GCV_LEX_CODE);
	if (!lx->in_directive && !lx->at.brace && !lx->at.paren) {
		lx->word = (uint32_t)start;
		lx->word_end = (uint32_t)end;
	}
	lx->pos = end;
}

/* At file level the first "word (" may name a function; attributes begin with two underscores. */
static void guess_function(struct gcv_lexer *lx)
{
	struct gcv_lexer_place *at = &lx->at;
	const char *word = lx->buf + lx->word;

	if (lx->word == lx->word_end)
		return;
	if (at->function != at->function_end &&
	    (lx->word_end - lx->word > 2 && word[0] == '_' && word[1] == '_'))
		return;
	at->function = lx->word;
	at->function_end = lx->word_end;
}

static void forget_function(struct gcv_lexer *lx)
{
	lx->at.function = lx->at.function_end = 0;
	lx->at.in_function = false;
	lx->word = lx->word_end = 0;
}

static void read_bracket(struct gcv_lexer *lx)
{
	struct gcv_lexer_place *at = &lx->at;
	char c = lx->buf[lx->pos++];

	if (c == '(' && lx->pending != NOTHING)
		lx->occurrences[lx->pending].followed_by_paren = true;
	lx->pending = NOTHING;
	lx->bol = false;
	if (lx->in_directive)
		return;
	if (c == '(') {
		if (!at->brace && !at->paren)
			guess_function(lx);
		at->paren++;
	} else if (c == ')') {
		at->paren -= at->paren > 0;
	} else if (c == '{') {
		at->in_function |= !at->brace && at->function != at->function_end;
		at->brace++;
	} else if (c == '}') {
		at->brace -= at->brace > 0;
		if (!at->brace) {
			at->paren = 0;
			forget_function(lx);
		}
	} else if (!at->brace && !at->paren) {
		/* ";" or "=" at file level: what came before is no function that has a body. */
		forget_function(lx);
	}
}

/* In assembler, "#" alone with blanks around it begins a comment (x86); ARM's "#1" does not. */
static bool is_assembler_comment(const struct gcv_lexer *lx)
{
	size_t next = lx->pos + 1;

	return lx->language == GCV_LEX_ASM && !lx->in_directive && !lx->bol && lx->pos &&
	       kind_of[(unsigned char)lx->buf[lx->pos - 1]] == BLANK &&
	       (next == lx->len || kind_of[(unsigned char)lx->buf[next]] == BLANK ||
		lx->buf[next] == '\n');
}

static void read_hash(struct gcv_lexer *lx)
{
	bool bol = lx->bol && !lx->in_directive;

	if (bol && gcv_lexer_directive(lx))
		return;
	if (bol || is_assembler_comment(lx)) {
		read_line_comment(lx);
		return;
	}
	lx->pending = NOTHING;
	lx->bol = false;
	lx->pos++;
}

static void read_newline(struct gcv_lexer *lx)
{
	if (lx->in_directive)
		gcv_lexer_directive_end(lx);
	lx->bol = true;
	lx->pos++;
}

static void read_punctuation(struct gcv_lexer *lx)
{
	lx->pending = NOTHING;
	lx->bol = false;
	lx->pos++;
}

static void read_text(struct gcv_lexer *lx)
{
	size_t spliced;

	while (lx->pos < lx->len) {
		switch (kind_of[(unsigned char)lx->buf[lx->pos]]) {
		case BLANK:
			lx->pos++;
			break;
		case NEWLINE:
			read_newline(lx);
			break;
		case WORD:
			read_word(lx);
			break;
		case DIGIT:
			read_number(lx);
			break;
		case QUOTE:
			read_string(lx);
			break;
		case SLASH:
			if (!read_comment(lx))
				read_punctuation(lx);
			break;
		case BACKSLASH:
			spliced = gcv_lexer_splice(lx, lx->pos);
			if (spliced)
				lx->pos = spliced;
			else
				read_punctuation(lx);
			break;
		case HASH:
			read_hash(lx);
			break;
		case BRACKET:
			read_bracket(lx);
			break;
		default:
			read_punctuation(lx);
		}
	}
	gcv_lexer_take(lx, lx->len, GCV_LEX_CODE);
	if (lx->in_directive)
		gcv_lexer_directive_end(lx);
	gcv_lexer_close_groups(lx);
}

static void *keep(struct gcv_arena *arena, const void *data, size_t nr, size_t size)
{
	void *copy = gcv_arena_alloc(arena, nr * size);

	return nr ? memcpy(copy, data, nr * size) : copy;
}

void gcv_lex(const struct gcv_names *names, enum gcv_lex_language language, const char *buf,
	     size_t len, struct gcv_arena *arena, struct gcv_lexed *ret)
{
	struct gcv_lexer lx = {
		.names = names,
		.language = language,
		.arena = arena,
		.buf = buf,
		.len = len < GCV_LEX_BYTES_MAX ? len : GCV_LEX_BYTES_MAX,
		.line = 1,
		.bol = true,
		.pending = NOTHING,
		.current = -1,
	};

	find_hit(&lx);
	if (language == GCV_LEX_BUILD)
		gcv_lexer_build(&lx);
	else
		read_text(&lx);
	*ret = (struct gcv_lexed){
		.occurrences = keep(arena, lx.occurrences, lx.nr, sizeof(*lx.occurrences)),
		.nr_occurrences = lx.nr,
		.branches = keep(arena, lx.branches, lx.nr_branches, sizeof(*lx.branches)),
		.nr_branches = lx.nr_branches,
		.nr_lines = lx.line - 1,
	};
	free(lx.occurrences);
	free(lx.branches);
	free(lx.stack);
}
