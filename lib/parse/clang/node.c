// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statements and expressions. Each cursor becomes one node, but for parentheses and implicit
 * conversions, which hand their range to what they wrap.
 */
#include "parse/clang/extract_state.h"
#include "parse/clang/for_slots.h"

#include <stdlib.h>
#include <string.h>

/* Deeper nesting than this is cut off with an UNKNOWN node; kernel code stays below 200. */
#define MAX_DEPTH 1000

struct emission {
	struct gcv_extract *x;
	CXCursor cursor;
	enum gcv_role role;
	struct gcv_place place;
	uint32_t first, nr; /* children, on the stack x->kids */
	bool in_init_list;
};

static enum CXChildVisitResult push_kid(CXCursor kid, CXCursor parent, CXClientData data)
{
	struct gcv_extract *x = data;
	enum CXCursorKind kind = clang_getCursorKind(kid);

	(void)parent;
	if (clang_isAttribute(kind) || kind == CXCursor_TypeRef)
		return CXChildVisit_Continue;
	/* A designator for a member of a nameless member: the step into it is not written. */
	if (kind == CXCursor_MemberRef &&
	    clang_equalLocations(clang_getCursorLocation(kid), clang_getNullLocation()))
		return CXChildVisit_Continue;
	GCV_GROW(x->kids, x->nr_kids, x->cap_kids);
	x->kids[x->nr_kids++] = kid;
	return CXChildVisit_Continue;
}

static CXCursor kid(const struct emission *e, uint32_t i)
{
	return e->x->kids[e->first + i];
}

static void add_node(struct emission *e, struct gcv_node node)
{
	struct gcv_extract *x = e->x;

	if (e->place.macro)
		node.flags |= GCV_NODE_MACRO;
	if (e->place.file != x->def_file || e->place.begin < x->def_begin) {
		node.flags |= GCV_NODE_ELSEWHERE;
	} else {
		node.begin = e->place.begin - x->def_begin;
		node.end = e->place.end - x->def_begin;
	}
	gcv_body_add_node(&x->writer, &node);
}

static void add_kind(struct emission *e, enum gcv_node_kind kind, uint32_t nr_children)
{
	add_node(e, (struct gcv_node){ .kind = kind, .nr_children = nr_children });
}

void gcv_emit_none(struct gcv_extract *x)
{
	struct gcv_node node = { .kind = GCV_NODE_NONE,
				 .begin = x->writer.last_begin,
				 .end = x->writer.last_end };

	gcv_body_add_node(&x->writer, &node);
}

static void emit_at(struct gcv_extract *x, CXCursor cursor, enum gcv_role role,
		    const struct gcv_place *outer, bool in_init_list);

static void emit_kid(struct emission *e, uint32_t i, enum gcv_role role)
{
	if (i < e->nr)
		emit_at(e->x, kid(e, i), role, NULL, false);
	else
		gcv_emit_none(e->x);
}

static void emit_kids(struct emission *e, uint32_t from)
{
	uint32_t i;

	for (i = from; i < e->nr; i++)
		emit_kid(e, i, GCV_ROLE_VALUE);
}

static void emit_unknown(struct emission *e)
{
	add_kind(e, GCV_NODE_UNKNOWN, e->nr);
	emit_kids(e, 0);
}

/* A statement kind whose children are all there but perhaps the last ones. */
static void emit_fixed(struct emission *e, enum gcv_node_kind kind, uint32_t nr)
{
	uint32_t i;

	add_kind(e, kind, nr);
	for (i = 0; i < nr; i++)
		emit_kid(e, i, GCV_ROLE_VALUE);
}

/* The member access, array index or conversion that takes a designated initialiser apart. */
static bool is_designated(const struct emission *e)
{
	return e->in_init_list && e->nr >= 2 && clang_getCursorType(e->cursor).kind == CXType_Void;
}

static void emit_field_ref(struct emission *e, CXCursor ref, const char **ret_field)
{
	struct gcv_unit_symbol *symbol = gcv_symbol_of(e->x, clang_getCursorReferenced(ref));
	struct emission part = { .x = e->x, .cursor = ref, .place = gcv_place_of(e->x, ref) };

	if (!part.place.file)
		part.place = e->place;
	*ret_field = symbol->field;
	if (symbol->is_namesake)
		gcv_note_seen(e->x, ref, GCV_SEEN_OTHER);
	add_node(&part, (struct gcv_node){ .kind = GCV_NODE_REF,
					   .symbol = gcv_symbol_index(e->x, symbol) });
}

static void note_member(struct gcv_extract *x, struct gcv_unit_symbol *symbol, unsigned int access)
{
	struct gcv_fact_member *member;

	if (!symbol->field)
		return;
	if (symbol->member == GCV_NONE) {
		symbol->member = x->facts->nr_members;
		member = GCV_PUSH(x, members);
		member->def = x->def;
		member->field = symbol->field;
	}
	x->facts->members[symbol->member].access |= access;
}

static void emit_designated(struct emission *e)
{
	const char *outer_sink = e->x->sink, *field = NULL;
	uint32_t i;

	add_kind(e, GCV_NODE_DESIGNATED, e->nr);
	for (i = 0; i + 1 < e->nr; i++) {
		CXCursor ref = kid(e, i);

		if (clang_getCursorKind(ref) != CXCursor_MemberRef) {
			emit_kid(e, i, GCV_ROLE_VALUE);
			continue;
		}
		emit_field_ref(e, ref, &field);
		note_member(e->x, gcv_symbol_of(e->x, clang_getCursorReferenced(ref)),
			    GCV_ACCESS_WRITE);
	}
	if (field)
		e->x->sink = field;
	emit_at(e->x, kid(e, e->nr - 1), GCV_ROLE_VALUE, NULL, false);
	e->x->sink = outer_sink;
}

struct field_list {
	struct gcv_extract *x;
	uint32_t wanted, at;
	const char *field;
};

static enum CXVisitorResult count_field(CXCursor field, CXClientData data)
{
	struct field_list *list = data;

	if (list->at++ != list->wanted)
		return CXVisit_Continue;
	list->field = gcv_symbol_of(list->x, field)->field;
	return CXVisit_Break;
}

/* Name of the member that the i-th initialiser of a list without designators sets. */
static const char *positional_field(struct emission *e, uint32_t i)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(e->cursor));
	struct field_list list = { .x = e->x, .wanted = i };

	if (type.kind != CXType_Record)
		return NULL;
	clang_Type_visitFields(type, count_field, &list);
	return list.field;
}

static void emit_init_list(struct emission *e)
{
	const char *outer_sink = e->x->sink;
	bool positional = true;
	uint32_t i;

	add_kind(e, GCV_NODE_INIT_LIST, e->nr);
	for (i = 0; i < e->nr; i++) {
		CXCursor init = kid(e, i);
		const char *field = NULL;

		if (clang_getCursorType(init).kind == CXType_Void)
			positional = false;
		else if (positional && i < 64)
			field = positional_field(e, i);
		if (field)
			e->x->sink = field;
		emit_at(e->x, init, GCV_ROLE_VALUE, NULL, true);
		e->x->sink = outer_sink;
	}
}

/* a ?: b comes as an unexposed expression whose first three children are the same operand. */
static bool is_gnu_conditional(const struct emission *e)
{
	CXSourceRange first;

	if (e->nr != 4)
		return false;
	first = clang_getCursorExtent(kid(e, 0));
	return clang_equalRanges(first, clang_getCursorExtent(kid(e, 1))) &&
	       clang_equalRanges(first, clang_getCursorExtent(kid(e, 2)));
}

static void emit_unexposed(struct emission *e)
{
	if (is_designated(e)) {
		emit_designated(e);
	} else if (is_gnu_conditional(e)) {
		add_kind(e, GCV_NODE_COND, 3);
		emit_kid(e, 0, GCV_ROLE_VALUE);
		gcv_emit_none(e->x);
		emit_kid(e, 3, GCV_ROLE_VALUE);
	} else {
		emit_unknown(e);
	}
}

static void emit_ref(struct emission *e)
{
	CXCursor decl = clang_getCursorReferenced(e->cursor);
	struct gcv_unit_symbol *symbol;
	struct gcv_fact_address *address;

	if (clang_Cursor_isNull(decl)) {
		add_kind(e, GCV_NODE_UNKNOWN, 0);
		return;
	}
	symbol = gcv_symbol_of(e->x, decl);
	add_node(e, (struct gcv_node){ .kind = GCV_NODE_REF,
				       .symbol = gcv_symbol_index(e->x, symbol) });
	if (symbol->is_namesake)
		gcv_note_seen(e->x, e->cursor, GCV_SEEN_OTHER);
	if (symbol->symbol.kind != GCV_SYMBOL_FUNCTION)
		return;
	if (symbol->is_api)
		gcv_note_seen(e->x, e->cursor,
			      e->role == GCV_ROLE_CALLEE ? GCV_SEEN_CALL : GCV_SEEN_ADDRESS);
	if (e->role == GCV_ROLE_CALLEE)
		return;
	address = GCV_PUSH(e->x, addresses);
	address->def = e->x->def;
	address->function = symbol->symbol.name;
	address->field = e->x->sink;
	address->offset = e->place.begin;
	if (e->place.file)
		address->line = gcv_line_of(e->x, e->place.file, e->place.begin, NULL);
}

static unsigned int access_of(enum gcv_role role)
{
	switch (role) {
	case GCV_ROLE_TARGET:
		return GCV_ACCESS_WRITE;
	case GCV_ROLE_UPDATE:
		return GCV_ACCESS_READ | GCV_ACCESS_WRITE;
	case GCV_ROLE_ADDRESS:
		return GCV_ACCESS_ADDRESS;
	default:
		return GCV_ACCESS_READ;
	}
}

static void emit_member(struct emission *e, const struct gcv_place *outer)
{
	CXCursor decl = clang_getCursorReferenced(e->cursor);
	struct gcv_unit_symbol *symbol;
	bool arrow = false;

	if (clang_Cursor_isNull(decl) || !e->nr) {
		emit_unknown(e);
		return;
	}
	/* The step into a nameless member is not written in the source, and not kept. */
	if (clang_getCursorKind(decl) == CXCursor_FieldDecl &&
	    clang_Cursor_isAnonymousRecordDecl(
		    clang_getTypeDeclaration(clang_getCursorType(decl)))) {
		emit_at(e->x, kid(e, 0), GCV_ROLE_VALUE, outer, false);
		return;
	}
	symbol = gcv_symbol_of(e->x, decl);
	arrow = clang_getCanonicalType(clang_getCursorType(kid(e, 0))).kind == CXType_Pointer;
	add_node(e, (struct gcv_node){ .kind = GCV_NODE_MEMBER,
				       .flags = arrow ? GCV_NODE_ARROW : 0,
				       .symbol = gcv_symbol_index(e->x, symbol) });
	note_member(e->x, symbol, access_of(e->role));
	if (symbol->is_namesake)
		gcv_note_seen(e->x, e->cursor, GCV_SEEN_OTHER);
	emit_kid(e, 0, arrow ? GCV_ROLE_VALUE : e->role);
}

static CXCursor strip(CXCursor cursor);

static enum CXChildVisitResult only_kid(CXCursor kid_cursor, CXCursor parent, CXClientData data)
{
	CXCursor *kids = data;

	(void)parent;
	if (!clang_Cursor_isNull(kids[0])) {
		kids[1] = kid_cursor;
		return CXChildVisit_Break;
	}
	kids[0] = kid_cursor;
	return CXChildVisit_Continue;
}

/* Neither the * of (*fn)(…) nor the & of &fn makes another function. */
static bool is_reference(CXCursor cursor)
{
	enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);

	return op == CXUnaryOperator_Deref || op == CXUnaryOperator_AddrOf;
}

/* Take parentheses, conversions and references off a callee or a function that is handed over. */
static CXCursor strip(CXCursor cursor)
{
	unsigned int i;

	for (i = 0; i < 16; i++) {
		CXCursor kids[2] = { clang_getNullCursor(), clang_getNullCursor() };
		enum CXCursorKind kind = clang_getCursorKind(cursor);

		if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr &&
		    !(kind == CXCursor_UnaryOperator && is_reference(cursor)))
			break;
		clang_visitChildren(cursor, only_kid, kids);
		if (clang_Cursor_isNull(kids[0]) || !clang_Cursor_isNull(kids[1]))
			break;
		cursor = kids[0];
	}
	return cursor;
}

static void emit_call(struct emission *e)
{
	const char *outer_sink = e->x->sink;
	CXCursor callee;
	uint32_t i;

	if (!e->nr) {
		emit_unknown(e);
		return;
	}
	callee = strip(kid(e, 0));
	gcv_note_call(e->x, e->cursor, callee, e->place, e->x->kids + e->first + 1, e->nr - 1);
	add_kind(e, GCV_NODE_CALL, e->nr);
	emit_kid(e, 0, GCV_ROLE_CALLEE);
	for (i = 1; i < e->nr; i++) {
		CXCursor arg = strip(kid(e, i));
		CXCursor decl = clang_getCursorReferenced(arg);

		/* A function handed over as an argument: a callback that is registered. */
		if (clang_getCursorKind(decl) == CXCursor_FunctionDecl &&
		    clang_getCursorKind(callee) == CXCursor_DeclRefExpr)
			e->x->sink = gcv_arena_printf(
				e->x->arena, "%s(%u)",
				gcv_symbol_of(e->x, clang_getCursorReferenced(callee))->symbol.name,
				i - 1);
		emit_kid(e, i, GCV_ROLE_VALUE);
		e->x->sink = outer_sink;
	}
}

static const enum gcv_op binary_ops[] = {
	[CXBinaryOperator_Mul] = GCV_OP_MUL,	   [CXBinaryOperator_Div] = GCV_OP_DIV,
	[CXBinaryOperator_Rem] = GCV_OP_REM,	   [CXBinaryOperator_Add] = GCV_OP_ADD,
	[CXBinaryOperator_Sub] = GCV_OP_SUB,	   [CXBinaryOperator_Shl] = GCV_OP_SHL,
	[CXBinaryOperator_Shr] = GCV_OP_SHR,	   [CXBinaryOperator_LT] = GCV_OP_LT,
	[CXBinaryOperator_GT] = GCV_OP_GT,	   [CXBinaryOperator_LE] = GCV_OP_LE,
	[CXBinaryOperator_GE] = GCV_OP_GE,	   [CXBinaryOperator_EQ] = GCV_OP_EQ,
	[CXBinaryOperator_NE] = GCV_OP_NE,	   [CXBinaryOperator_And] = GCV_OP_AND,
	[CXBinaryOperator_Xor] = GCV_OP_XOR,	   [CXBinaryOperator_Or] = GCV_OP_OR,
	[CXBinaryOperator_LAnd] = GCV_OP_LAND,	   [CXBinaryOperator_LOr] = GCV_OP_LOR,
	[CXBinaryOperator_Assign] = GCV_OP_ASSIGN, [CXBinaryOperator_MulAssign] = GCV_OP_MUL,
	[CXBinaryOperator_DivAssign] = GCV_OP_DIV, [CXBinaryOperator_RemAssign] = GCV_OP_REM,
	[CXBinaryOperator_AddAssign] = GCV_OP_ADD, [CXBinaryOperator_SubAssign] = GCV_OP_SUB,
	[CXBinaryOperator_ShlAssign] = GCV_OP_SHL, [CXBinaryOperator_ShrAssign] = GCV_OP_SHR,
	[CXBinaryOperator_AndAssign] = GCV_OP_AND, [CXBinaryOperator_XorAssign] = GCV_OP_XOR,
	[CXBinaryOperator_OrAssign] = GCV_OP_OR,   [CXBinaryOperator_Comma] = GCV_OP_COMMA,
};

static const enum gcv_op unary_ops[] = {
	[CXUnaryOperator_PostInc] = GCV_OP_POST_INC,
	[CXUnaryOperator_PostDec] = GCV_OP_POST_DEC,
	[CXUnaryOperator_PreInc] = GCV_OP_PRE_INC,
	[CXUnaryOperator_PreDec] = GCV_OP_PRE_DEC,
	[CXUnaryOperator_AddrOf] = GCV_OP_ADDR,
	[CXUnaryOperator_Deref] = GCV_OP_DEREF,
	[CXUnaryOperator_Plus] = GCV_OP_PLUS,
	[CXUnaryOperator_Minus] = GCV_OP_MINUS,
	[CXUnaryOperator_Not] = GCV_OP_NOT,
	[CXUnaryOperator_LNot] = GCV_OP_LNOT,
	[CXUnaryOperator_Extension] = GCV_OP_EXTENSION,
};

static void emit_binary(struct emission *e)
{
	enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(e->cursor);
	const char *outer_sink = e->x->sink;
	bool assign = kind >= CXBinaryOperator_Assign && kind <= CXBinaryOperator_OrAssign;
	enum gcv_op op = GCV_OP_NONE;

	if ((size_t)kind < sizeof(binary_ops) / sizeof(*binary_ops))
		op = binary_ops[kind];
	add_node(e,
		 (struct gcv_node){ .kind = assign ? GCV_NODE_ASSIGN : GCV_NODE_BINARY, .op = op });
	if (!assign) {
		emit_kid(e, 0, GCV_ROLE_VALUE);
		emit_kid(e, 1, GCV_ROLE_VALUE);
		return;
	}
	emit_kid(e, 0, op == GCV_OP_ASSIGN ? GCV_ROLE_TARGET : GCV_ROLE_UPDATE);
	if (e->nr == 2) {
		CXCursor target = strip(kid(e, 0));

		if (clang_getCursorKind(target) == CXCursor_MemberRefExpr) {
			CXCursor field = clang_getCursorReferenced(target);

			if (clang_getCursorKind(field) == CXCursor_FieldDecl)
				e->x->sink = gcv_symbol_of(e->x, field)->field;
		}
	}
	emit_kid(e, 1, GCV_ROLE_VALUE);
	e->x->sink = outer_sink;
}

static void emit_unary(struct emission *e)
{
	enum CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(e->cursor);
	enum gcv_role role = GCV_ROLE_VALUE;
	enum gcv_op op = GCV_OP_NONE;

	if ((size_t)kind < sizeof(unary_ops) / sizeof(*unary_ops))
		op = unary_ops[kind];
	if ((op == GCV_OP_DEREF || op == GCV_OP_ADDR) && e->role == GCV_ROLE_CALLEE)
		role = GCV_ROLE_CALLEE;
	else if (op == GCV_OP_ADDR)
		role = GCV_ROLE_ADDRESS;
	else if (op >= GCV_OP_POST_INC && op <= GCV_OP_PRE_DEC)
		role = GCV_ROLE_UPDATE;
	add_node(e, (struct gcv_node){ .kind = GCV_NODE_UNARY, .op = op });
	emit_kid(e, 0, role);
}

static int64_t constant_of(CXCursor cursor)
{
	CXEvalResult result = clang_Cursor_Evaluate(cursor);
	int64_t value = 0;

	if (result && clang_EvalResult_getKind(result) == CXEval_Int)
		value = clang_EvalResult_getAsLongLong(result);
	if (result)
		clang_EvalResult_dispose(result);
	return value;
}

/* The value of a literal: from the source where it is written out, which is cheap. */
static int64_t literal_value(struct emission *e)
{
	char digits[32], *end;
	const char *text;
	uint64_t value;
	size_t len, n;

	if (!e->place.macro && e->place.file && e->place.end > e->place.begin) {
		text = gcv_file_text(e->x, e->place.file, &len);
		n = e->place.end - e->place.begin;
		if (text && e->place.end <= len && n < sizeof(digits)) {
			memcpy(digits, text + e->place.begin, n);
			digits[n] = '\0';
			value = strtoull(digits, &end, 0);
			if (end != digits && !strcspn(end, "uUlL"))
				return (int64_t)value;
		}
	}
	return constant_of(e->cursor);
}

/* Is a number __LINE__, in a macro: an int that is spelled nowhere, and the line of its use? */
static bool is_line(const struct emission *e, int64_t value)
{
	CXFile file;

	if (!e->place.macro || !e->place.file || value <= 0 ||
	    clang_getCursorType(e->cursor).kind != CXType_Int ||
	    (value != gcv_line_of(e->x, e->place.file, e->place.begin, NULL) &&
	     value != gcv_line_of(e->x, e->place.file, e->place.end, NULL)))
		return false;
	clang_getSpellingLocation(clang_getCursorLocation(e->cursor), &file, NULL, NULL, NULL);
	return !file;
}

/*
 * Macros name labels in assembler by numbers that are new each time, and tell functions of the
 * kernel in which line they are called: a function that only moved is the same.
 */
static void emit_int(struct emission *e)
{
	bool is_label = e->x->in_asm && e->place.macro;
	int64_t value = is_label ? 0 : literal_value(e);

	add_node(e,
		 (struct gcv_node){ .kind = GCV_NODE_INT, .value = is_line(e, value) ? 0 : value });
}

static void emit_text(struct emission *e, enum gcv_node_kind kind, CXString text)
{
	const char *copy = gcv_take_string(e->x, text);

	if (strlen(copy) > 256)
		copy = gcv_arena_strndup(e->x->arena, copy, 256);
	add_node(e, (struct gcv_node){ .kind = kind, .text = copy });
}

/*
 * What a macro puts together may begin with what another macro of the moment is (pr_fmt): it would
 * depend on the headers that were read before, and nobody asks for it.
 */
static void emit_string(struct emission *e)
{
	if (e->place.macro)
		add_node(e, (struct gcv_node){ .kind = GCV_NODE_STRING, .text = "" });
	else
		emit_text(e, GCV_NODE_STRING, clang_getCursorSpelling(e->cursor));
}

/* A cast or compound literal: the operand is the last child. */
static void emit_typed(struct emission *e, enum gcv_node_kind kind)
{
	emit_text(e, kind, clang_getTypeSpelling(clang_getCursorType(e->cursor)));
	if (e->nr)
		emit_at(e->x, kid(e, e->nr - 1), GCV_ROLE_VALUE, NULL, false);
	else
		gcv_emit_none(e->x);
}

/* @name is the cursor whose location is the name's. */
static void emit_named(struct emission *e, enum gcv_node_kind kind, CXCursor decl, CXCursor name)
{
	struct gcv_unit_symbol *symbol = gcv_symbol_of(e->x, decl);

	if (symbol->is_namesake)
		gcv_note_seen(e->x, name, GCV_SEEN_OTHER);
	add_node(e, (struct gcv_node){ .kind = kind, .symbol = gcv_symbol_index(e->x, symbol) });
}

static void emit_jump(struct emission *e, enum gcv_node_kind kind)
{
	CXCursor label = e->nr ? clang_getCursorReferenced(kid(e, 0)) : clang_getNullCursor();

	if (clang_Cursor_isNull(label))
		add_kind(e, GCV_NODE_UNKNOWN, 0);
	else
		emit_named(e, kind, label, kid(e, 0));
}

void gcv_emit_variable(struct gcv_extract *x, CXCursor var)
{
	struct emission e = { .x = x, .cursor = var, .place = gcv_place_of(x, var) };
	CXCursor init = clang_Cursor_getVarDeclInitializer(var);

	emit_named(&e, GCV_NODE_VAR, var, var);
	if (clang_Cursor_isNull(init))
		gcv_emit_none(x);
	else
		emit_at(x, init, GCV_ROLE_VALUE, NULL, false);
}

static void emit_decl_stmt(struct emission *e)
{
	uint32_t i, nr = 0;

	for (i = 0; i < e->nr; i++)
		nr += clang_getCursorKind(kid(e, i)) == CXCursor_VarDecl;
	add_kind(e, GCV_NODE_DECL, nr);
	for (i = 0; i < e->nr; i++)
		if (clang_getCursorKind(kid(e, i)) == CXCursor_VarDecl)
			gcv_emit_variable(e->x, kid(e, i));
}

static void emit_case(struct emission *e)
{
	add_kind(e, GCV_NODE_CASE, 3);
	emit_kid(e, 0, GCV_ROLE_VALUE);
	if (e->nr > 2)
		emit_kid(e, 1, GCV_ROLE_VALUE);
	else
		gcv_emit_none(e->x);
	emit_kid(e, e->nr > 2 ? 2 : 1, GCV_ROLE_VALUE);
}

static void emit_for(struct emission *e)
{
	uint32_t slots[4], i;

	gcv_for_slots(e->x, e->place, e->x->kids + e->first, e->nr, slots);
	add_kind(e, GCV_NODE_FOR, 4);
	for (i = 0; i < 4; i++)
		emit_kid(e, slots[i], GCV_ROLE_VALUE);
}

static void emit_sizeof(struct emission *e)
{
	bool has_operand = e->nr && clang_isExpression(clang_getCursorKind(kid(e, 0)));

	add_node(e, (struct gcv_node){ .kind = GCV_NODE_SIZEOF, .value = constant_of(e->cursor) });
	if (has_operand)
		emit_kid(e, 0, GCV_ROLE_VALUE);
	else
		gcv_emit_none(e->x);
}

static void emit_index(struct emission *e)
{
	add_kind(e, GCV_NODE_INDEX, 2);
	emit_kid(e, 0, e->role == GCV_ROLE_CALLEE ? GCV_ROLE_VALUE : e->role);
	emit_kid(e, 1, GCV_ROLE_VALUE);
}

static void emit_asm(struct emission *e)
{
	bool is_inside = e->x->in_asm;

	e->x->in_asm = true;
	add_kind(e, GCV_NODE_ASM, e->nr);
	emit_kids(e, 0);
	e->x->in_asm = is_inside;
}

static void emit_statement(struct emission *e)
{
	switch (clang_getCursorKind(e->cursor)) {
	case CXCursor_CompoundStmt:
		add_kind(e, GCV_NODE_COMPOUND, e->nr);
		emit_kids(e, 0);
		break;
	case CXCursor_DeclStmt:
		emit_decl_stmt(e);
		break;
	case CXCursor_IfStmt:
		emit_fixed(e, GCV_NODE_IF, 3);
		break;
	case CXCursor_SwitchStmt:
		emit_fixed(e, GCV_NODE_SWITCH, 2);
		break;
	case CXCursor_CaseStmt:
		emit_case(e);
		break;
	case CXCursor_DefaultStmt:
		emit_fixed(e, GCV_NODE_DEFAULT, 1);
		break;
	case CXCursor_WhileStmt:
		emit_fixed(e, GCV_NODE_WHILE, 2);
		break;
	case CXCursor_DoStmt:
		emit_fixed(e, GCV_NODE_DO, 2);
		break;
	case CXCursor_ForStmt:
		emit_for(e);
		break;
	case CXCursor_GotoStmt:
		emit_jump(e, GCV_NODE_GOTO);
		break;
	case CXCursor_IndirectGotoStmt:
		emit_fixed(e, GCV_NODE_INDIRECT_GOTO, 1);
		break;
	case CXCursor_LabelStmt:
		emit_named(e, GCV_NODE_LABEL, e->cursor, e->cursor);
		emit_kid(e, 0, GCV_ROLE_VALUE);
		break;
	case CXCursor_BreakStmt:
		add_kind(e, GCV_NODE_BREAK, 0);
		break;
	case CXCursor_ContinueStmt:
		add_kind(e, GCV_NODE_CONTINUE, 0);
		break;
	case CXCursor_ReturnStmt:
		emit_fixed(e, GCV_NODE_RETURN, 1);
		break;
	case CXCursor_NullStmt:
		add_kind(e, GCV_NODE_EMPTY, 0);
		break;
	case CXCursor_GCCAsmStmt:
	case CXCursor_MSAsmStmt:
		emit_asm(e);
		break;
	default:
		emit_unknown(e);
	}
}

static void emit_expression(struct emission *e, const struct gcv_place *outer)
{
	switch (clang_getCursorKind(e->cursor)) {
	case CXCursor_UnexposedExpr:
		emit_unexposed(e);
		break;
	case CXCursor_ParenExpr:
		/* Parentheses that a macro puts around its argument are not part of it. */
		emit_at(e->x, kid(e, 0), e->role, e->place.macro ? NULL : &e->place, false);
		break;
	case CXCursor_DeclRefExpr:
		emit_ref(e);
		break;
	case CXCursor_MemberRefExpr:
		emit_member(e, outer);
		break;
	case CXCursor_CallExpr:
		emit_call(e);
		break;
	case CXCursor_ArraySubscriptExpr:
		emit_index(e);
		break;
	case CXCursor_UnaryOperator:
		emit_unary(e);
		break;
	case CXCursor_BinaryOperator:
	case CXCursor_CompoundAssignOperator:
		emit_binary(e);
		break;
	case CXCursor_ConditionalOperator:
		emit_fixed(e, GCV_NODE_COND, 3);
		break;
	case CXCursor_IntegerLiteral:
		emit_int(e);
		break;
	case CXCursor_CharacterLiteral:
		add_node(e, (struct gcv_node){ .kind = GCV_NODE_INT,
					       .value = constant_of(e->cursor) });
		break;
	case CXCursor_FloatingLiteral:
	case CXCursor_ImaginaryLiteral:
		add_kind(e, GCV_NODE_FLOAT, 0);
		break;
	case CXCursor_StringLiteral:
		emit_string(e);
		break;
	case CXCursor_CStyleCastExpr:
		emit_typed(e, GCV_NODE_CAST);
		break;
	case CXCursor_CompoundLiteralExpr:
		emit_typed(e, GCV_NODE_COMPOUND_LITERAL);
		break;
	case CXCursor_UnaryExpr:
		emit_sizeof(e);
		break;
	case CXCursor_InitListExpr:
		emit_init_list(e);
		break;
	case CXCursor_StmtExpr:
		emit_fixed(e, GCV_NODE_STMT_EXPR, 1);
		break;
	case CXCursor_AddrLabelExpr:
		emit_jump(e, GCV_NODE_ADDR_LABEL);
		break;
	default:
		emit_unknown(e);
	}
}

static void emit_at(struct gcv_extract *x, CXCursor cursor, enum gcv_role role,
		    const struct gcv_place *outer, bool in_init_list)
{
	struct emission e = { .x = x,
			      .cursor = cursor,
			      .role = role,
			      .first = x->nr_kids,
			      .in_init_list = in_init_list };

	if (++x->depth > MAX_DEPTH) {
		e.place = outer ? *outer : gcv_place_of(x, cursor);
		add_kind(&e, GCV_NODE_UNKNOWN, 0);
		x->depth--;
		return;
	}
	clang_visitChildren(cursor, push_kid, x);
	e.nr = x->nr_kids - e.first;
	/* A conversion hands over to its operand: every third node, and its place is not asked for.
	 */
	if (e.nr == 1 && clang_getCursorKind(cursor) == CXCursor_UnexposedExpr) {
		emit_at(x, kid(&e, 0), role, outer, in_init_list);
	} else {
		e.place = outer ? *outer : gcv_place_of(x, cursor);
		if (clang_isExpression(clang_getCursorKind(cursor)))
			emit_expression(&e, outer);
		else
			emit_statement(&e);
	}
	x->nr_kids = e.first;
	x->depth--;
}

void gcv_emit(struct gcv_extract *x, CXCursor cursor, enum gcv_role role)
{
	emit_at(x, cursor, role, NULL, false);
}
