// SPDX-License-Identifier: GPL-2.0-only
#include "tree/condition.h"

#include <stdio.h>
#include <string.h>

/* Levels of parentheses and unary operators; each costs a few frames of the C stack. */
#define NESTING_MAX 200

struct parser {
	const char *pos;
	struct gcv_arena *arena;
	unsigned int nesting;
	enum gcv_status status;
	struct gcv_err *err;
};

static const struct infix {
	const char *text;
	unsigned int precedence;
	enum gcv_condition_op op;
} infixes[] = {
	/* Longer ones first. */
	{ "||", 1, GCV_COND_OR },     { "&&", 2, GCV_COND_AND },   { "==", 6, GCV_COND_EQ },
	{ "!=", 6, GCV_COND_NE },     { "<<", 8, GCV_COND_SHL },   { ">>", 8, GCV_COND_SHR },
	{ "<=", 7, GCV_COND_LE },     { ">=", 7, GCV_COND_GE },	   { "<", 7, GCV_COND_LT },
	{ ">", 7, GCV_COND_GT },      { "|", 3, GCV_COND_BIT_OR }, { "^", 4, GCV_COND_BIT_XOR },
	{ "&", 5, GCV_COND_BIT_AND }, { "+", 9, GCV_COND_ADD },	   { "-", 9, GCV_COND_SUB },
	{ "*", 10, GCV_COND_MUL },    { "/", 10, GCV_COND_DIV },   { "%", 10, GCV_COND_MOD },
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c);
}

static void skip_blanks(struct parser *p)
{
	while (*p->pos == ' ' || (*p->pos >= '\t' && *p->pos <= '\r'))
		p->pos++;
}

/* Return: NULL, for use in a return statement. */
static const struct gcv_condition *fail(struct parser *p, enum gcv_status status, const char *what)
{
	if (p->status == GCV_OK)
		p->status = gcv_err_set(p->err, status, "%s at '%.60s'", what, p->pos);
	return NULL;
}

static uint32_t depth_of(const struct gcv_condition *node)
{
	return node ? node->depth : 0;
}

static uint32_t size_of(const struct gcv_condition *node)
{
	return node ? node->size : 0;
}

static const struct gcv_condition *new_node(struct parser *p, enum gcv_condition_op op,
					    const struct gcv_condition *a,
					    const struct gcv_condition *b,
					    const struct gcv_condition *c)
{
	struct gcv_condition *node = gcv_arena_alloc(p->arena, sizeof(*node));
	uint32_t depth = depth_of(a);

	depth = depth_of(b) > depth ? depth_of(b) : depth;
	depth = depth_of(c) > depth ? depth_of(c) : depth;
	*node = (struct gcv_condition){
		.op = op,
		.depth = depth + 1,
		.size = 1 + size_of(a) + size_of(b) + size_of(c),
		.a = a,
		.b = b,
		.c = c,
	};
	if (node->depth > GCV_CONDITION_DEPTH_MAX)
		return fail(p, GCV_ERR_LIMIT, "expression has too many parts");
	return node;
}

static const struct gcv_condition *new_atom(struct parser *p, enum gcv_condition_op op,
					    const char *name, int64_t number)
{
	struct gcv_condition *node = gcv_arena_alloc(p->arena, sizeof(*node));

	*node = (struct gcv_condition){
		.op = op,
		.depth = 1,
		.size = 1,
		.name = name,
		.number = number,
	};
	return node;
}

static const struct gcv_condition *parse_binary(struct parser *p, unsigned int precedence);

static const struct gcv_condition *parse_choice(struct parser *p)
{
	const struct gcv_condition *a = parse_binary(p, 1), *b, *c;

	skip_blanks(p);
	if (!a || *p->pos != '?')
		return a;
	if (++p->nesting > NESTING_MAX)
		return fail(p, GCV_ERR_LIMIT, "expression is nested too deep");
	p->pos++;
	b = parse_choice(p);
	skip_blanks(p);
	if (!b)
		return NULL;
	if (*p->pos != ':')
		return fail(p, GCV_ERR_FORMAT, "':' expected");
	p->pos++;
	c = parse_choice(p);
	p->nesting--;
	return c ? new_node(p, GCV_COND_CHOOSE, a, b, c) : NULL;
}

static unsigned int digit_value(char c)
{
	if (is_digit(c))
		return (unsigned int)(c - '0');
	if ((c | 32) >= 'a' && (c | 32) <= 'f')
		return (unsigned int)((c | 32) - 'a') + 10;
	return 99;
}

static const struct gcv_condition *parse_number(struct parser *p)
{
	unsigned int base = 10;
	uint64_t value = 0;
	const char *c = p->pos;

	if (*c == '0') {
		base = 8;
		if ((c[1] | 32) == 'x' || (c[1] | 32) == 'b') {
			base = (c[1] | 32) == 'x' ? 16 : 2;
			c += 2;
		}
	}
	for (; digit_value(*c) < base || (*c == '\'' && digit_value(c[1]) < base); c++)
		if (*c != '\'')
			value = value * base + digit_value(*c);
	c += strspn(c, "uUlL");
	if (is_word(*c) || *c == '.')
		return fail(p, GCV_ERR_FORMAT, "not a whole number");
	p->pos = c;
	return new_atom(p, GCV_COND_NUMBER, NULL, (int64_t)value);
}

/* Only simple ones: the preprocessor sees them nearly never. */
static const struct gcv_condition *parse_character(struct parser *p)
{
	unsigned char value = (unsigned char)p->pos[1];

	if (!value || value == '\\' || value == '\'' || p->pos[2] != '\'')
		return fail(p, GCV_ERR_FORMAT, "character constant is not understood");
	p->pos += 3;
	return new_atom(p, GCV_COND_NUMBER, NULL, value);
}

static char *take_word(struct parser *p)
{
	const char *start = p->pos;

	while (is_word(*p->pos))
		p->pos++;
	return gcv_arena_strndup(p->arena, start, (size_t)(p->pos - start));
}

static const struct gcv_condition *parse_defined(struct parser *p)
{
	const char *name;
	bool paren;

	skip_blanks(p);
	paren = *p->pos == '(';
	if (paren) {
		p->pos++;
		skip_blanks(p);
	}
	if (!is_word(*p->pos) || is_digit(*p->pos))
		return fail(p, GCV_ERR_FORMAT, "name of a macro expected");
	name = take_word(p);
	skip_blanks(p);
	if (paren && *p->pos++ != ')')
		return p->pos--, fail(p, GCV_ERR_FORMAT, "')' expected");
	return new_atom(p, GCV_COND_DEFINED, name, 0);
}

/* The closing parenthesis that belongs to the opening one at @open; NULL if there is none. */
static const char *matching(const char *open)
{
	const char *c = open;
	size_t depth = 0;

	for (; *c; c++) {
		depth += *c == '(';
		if (*c == ')' && !--depth)
			return c;
	}
	return NULL;
}

/* The only argument of a call if it is a plain name, else NULL. */
static char *plain_argument(struct parser *p, const char *open, const char *close)
{
	const char *start = open + 1, *end = close, *c;

	while (start < end && *start == ' ')
		start++;
	while (end > start && end[-1] == ' ')
		end--;
	for (c = start; c < end; c++)
		if (!is_word(*c))
			return NULL;
	if (start == end || is_digit(*start))
		return NULL;
	return gcv_arena_strndup(p->arena, start, (size_t)(end - start));
}

/* The macros of include/linux/kconfig.h; NULL for any other. */
static const struct gcv_condition *kconfig_call(struct parser *p, const char *macro,
						const char *symbol)
{
	const struct gcv_condition *yes = new_atom(p, GCV_COND_IS_ONE, symbol, 0), *mod;

	if (!strcmp(macro, "IS_BUILTIN") || !strcmp(macro, "__is_defined"))
		return yes;
	mod = new_atom(p, GCV_COND_IS_ONE, gcv_arena_printf(p->arena, "%s_MODULE", symbol), 0);
	if (!strcmp(macro, "IS_MODULE"))
		return mod;
	if (!strcmp(macro, "IS_ENABLED"))
		return new_node(p, GCV_COND_OR, yes, mod, NULL);
	if (strcmp(macro, "IS_REACHABLE"))
		return NULL;
	mod = new_node(p, GCV_COND_AND, mod, new_atom(p, GCV_COND_IS_ONE, "MODULE", 0), NULL);
	return mod ? new_node(p, GCV_COND_OR, yes, mod, NULL) : NULL;
}

static char *without_blanks(struct parser *p, const char *start, const char *end)
{
	char *text = gcv_arena_alloc(p->arena, (size_t)(end - start) + 1);
	size_t used = 0;

	for (; start < end; start++)
		if (*start != ' ')
			text[used++] = *start;
	return text;
}

/* KERNEL_VERSION() of generated linux/version.h, as the top Makefile writes it. */
static bool kernel_version(const char *text, int64_t *ret)
{
	unsigned int a, b, c;
	int used = 0;

	if (sscanf(text, "KERNEL_VERSION(%3u,%3u,%3u)%n", &a, &b, &c, &used) != 3 || !used ||
	    text[used])
		return false;
	*ret = ((int64_t)a << 16) + ((int64_t)b << 8) + (c > 255 ? 255 : c);
	return true;
}

static const struct gcv_condition *parse_call(struct parser *p, const char *start,
					      const char *macro)
{
	const struct gcv_condition *known = NULL;
	const char *open = p->pos, *close = matching(open);
	const char *symbol, *text;
	int64_t number;

	if (!close)
		return fail(p, GCV_ERR_FORMAT, "')' is missing");
	symbol = plain_argument(p, open, close);
	if (symbol)
		known = kconfig_call(p, macro, symbol);
	p->pos = close + 1;
	if (known)
		return known;
	text = without_blanks(p, start, p->pos);
	if (kernel_version(text, &number))
		return new_atom(p, GCV_COND_NUMBER, NULL, number);
	return new_atom(p, GCV_COND_CALL, text, 0);
}

static const struct gcv_condition *parse_word(struct parser *p)
{
	const char *start = p->pos, *behind;
	char *word = take_word(p);

	if (!strcmp(word, "defined"))
		return parse_defined(p);
	behind = p->pos;
	skip_blanks(p);
	if (*p->pos == '(')
		return parse_call(p, start, word);
	p->pos = behind;
	return new_atom(p, GCV_COND_VALUE, word, 0);
}

static const struct gcv_condition *parse_unary(struct parser *p);

static const struct gcv_condition *parse_prefix(struct parser *p)
{
	const struct gcv_condition *operand;
	char c = *p->pos++;

	operand = parse_unary(p);
	if (!operand || c == '+')
		return operand;
	return new_node(p,
			c == '!'   ? GCV_COND_NOT
			: c == '~' ? GCV_COND_INVERT
				   : GCV_COND_NEGATE,
			operand, NULL, NULL);
}

static const struct gcv_condition *parse_group(struct parser *p)
{
	const struct gcv_condition *inner;

	p->pos++;
	inner = parse_choice(p);
	skip_blanks(p);
	if (!inner)
		return NULL;
	if (*p->pos != ')')
		return fail(p, GCV_ERR_FORMAT, "')' expected");
	p->pos++;
	return inner;
}

static const struct gcv_condition *parse_unary(struct parser *p)
{
	const struct gcv_condition *node;

	skip_blanks(p);
	if (++p->nesting > NESTING_MAX)
		return fail(p, GCV_ERR_LIMIT, "expression is nested too deep");
	if (*p->pos == '(')
		node = parse_group(p);
	else if (*p->pos && strchr("!~-+", *p->pos))
		node = parse_prefix(p);
	else if (is_digit(*p->pos))
		node = parse_number(p);
	else if (is_word(*p->pos))
		node = parse_word(p);
	else if (*p->pos == '\'')
		node = parse_character(p);
	else
		node = fail(p, GCV_ERR_FORMAT, "operand expected");
	p->nesting--;
	return node;
}

static const struct infix *peek_infix(struct parser *p)
{
	size_t i;

	skip_blanks(p);
	for (i = 0; i < sizeof(infixes) / sizeof(infixes[0]); i++)
		if (!strncmp(p->pos, infixes[i].text, strlen(infixes[i].text)))
			return &infixes[i];
	return NULL;
}

static const struct gcv_condition *parse_binary(struct parser *p, unsigned int precedence)
{
	const struct gcv_condition *left = parse_unary(p), *right;
	const struct infix *op;

	while (left && (op = peek_infix(p)) && op->precedence >= precedence) {
		p->pos += strlen(op->text);
		right = parse_binary(p, op->precedence + 1);
		left = right ? new_node(p, op->op, left, right, NULL) : NULL;
	}
	return left;
}

enum gcv_status gcv_condition_parse(const char *text, struct gcv_arena *arena,
				    const struct gcv_condition **ret, struct gcv_err *err)
{
	struct parser p = { .pos = text, .arena = arena, .err = err };
	const struct gcv_condition *condition = parse_choice(&p);

	skip_blanks(&p);
	if (condition && *p.pos)
		fail(&p, GCV_ERR_FORMAT, "operator expected");
	if (p.status == GCV_OK)
		*ret = condition;
	return p.status;
}

/* #ifdef and its kin look at the first word only. */
static const struct gcv_condition *defined_branch(struct parser *p, bool negated)
{
	const struct gcv_condition *node;

	if (!is_word(*p->pos) || is_digit(*p->pos))
		return fail(p, GCV_ERR_FORMAT, "name of a macro expected");
	node = new_atom(p, GCV_COND_DEFINED, take_word(p), 0);
	return negated ? new_node(p, GCV_COND_NOT, node, NULL, NULL) : node;
}

enum gcv_status gcv_condition_of_branch(const struct gcv_lex_branch *branch,
					struct gcv_arena *arena, const struct gcv_condition **ret,
					struct gcv_err *err)
{
	struct parser p = { .pos = branch->text, .arena = arena };
	const struct gcv_condition *node = NULL;
	enum gcv_status status = GCV_OK;
	struct gcv_err why;

	switch (branch->kind) {
	case GCV_LEX_IF:
	case GCV_LEX_ELIF:
		status = gcv_condition_parse(branch->text, arena, &node, &why);
		break;
	case GCV_LEX_ELSE:
		node = new_atom(&p, GCV_COND_NUMBER, NULL, 1);
		break;
	default:
		node = defined_branch(&p, branch->kind == GCV_LEX_IFNDEF ||
						  branch->kind == GCV_LEX_ELIFNDEF);
	}
	if (status == GCV_ERR_LIMIT)
		return gcv_err_set(err, status, "line %u: %s", branch->line, why.text);
	*ret = node ? node : new_atom(&p, GCV_COND_CALL, branch->text, 0);
	return GCV_OK;
}
