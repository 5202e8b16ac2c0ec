/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The body of a function (or the initialiser of a variable) as a tree of statements and expressions
 * with byte ranges: enough for a control-flow graph, for following places and for rewriting.
 *
 *	struct gcv_body body;
 *
 *	if (gcv_body_decode(def->body, def->body_len, &arena, &body, &err) == GCV_OK)
 *		walk(&body, body.root);
 *
 * Implicit conversions and parentheses are not kept (a parenthesised node's range takes in its
 * parentheses). Offsets in a body count from the first byte of the definition, so that a function
 * that only moved has the same bytes and is stored once.
 */
#ifndef GCV_PARSE_BODY_H
#define GCV_PARSE_BODY_H

#include "base/alloc.h"
#include "base/err.h"
#include "base/strbuf.h"
#include <stdbool.h>

/**
 * enum gcv_node_kind - kinds of node and their children
 * @GCV_NODE_NONE: an empty slot (of a for, of a missing initialiser)
 * @GCV_NODE_UNKNOWN: something libclang does not expose; children as they come
 * @GCV_NODE_COMPOUND: { … }; statements
 * @GCV_NODE_DECL: declaration statement; VAR nodes
 * @GCV_NODE_VAR: a declared variable (symbol); initialiser or NONE
 * @GCV_NODE_IF: condition, then, else or NONE
 * @GCV_NODE_SWITCH: value, body
 * @GCV_NODE_CASE: value, last value of a range or NONE, statement
 * @GCV_NODE_DEFAULT: statement
 * @GCV_NODE_WHILE: condition, body
 * @GCV_NODE_DO: body, condition
 * @GCV_NODE_FOR: start, condition, step (each may be NONE), body
 * @GCV_NODE_GOTO: symbol is the label
 * @GCV_NODE_INDIRECT_GOTO: computed target
 * @GCV_NODE_LABEL: symbol is the label; statement
 * @GCV_NODE_BREAK: no children
 * @GCV_NODE_CONTINUE: no children
 * @GCV_NODE_RETURN: value or NONE
 * @GCV_NODE_EMPTY: lone semicolon
 * @GCV_NODE_ASM: operands
 * @GCV_NODE_REF: symbol is a variable, parameter, function or enum constant
 * @GCV_NODE_MEMBER: symbol is the field, flag ARROW; base
 * @GCV_NODE_CALL: callee, arguments
 * @GCV_NODE_INDEX: array, index
 * @GCV_NODE_UNARY: operator in @op; operand
 * @GCV_NODE_BINARY: operator in @op; left, right
 * @GCV_NODE_ASSIGN: operator in @op ('=' or "+="…); target, value
 * @GCV_NODE_COND: condition, value if true (NONE for a ?: b), value if false
 * @GCV_NODE_INT: value in @value; 0 for __LINE__ in a macro, and for an operand of an asm that a
 * macro makes
 * @GCV_NODE_STRING: text in @text, at most 256 bytes of it; "" where a macro makes it
 * @GCV_NODE_FLOAT: floating-point or imaginary constant
 * @GCV_NODE_CAST: type in @text; operand
 * @GCV_NODE_SIZEOF: sizeof, alignof: value in @value where constant; operand or NONE (for a type)
 * @GCV_NODE_INIT_LIST: initialisers
 * @GCV_NODE_DESIGNATED: field designators as REF of fields or INDEX with NONE, last the value
 * @GCV_NODE_COMPOUND_LITERAL: type in @text; initialiser list
 * @GCV_NODE_STMT_EXPR: ({ … }); compound
 * @GCV_NODE_ADDR_LABEL: &&label, symbol is the label
 * @GCV_NODE_KINDS: number of kinds
 */
enum gcv_node_kind {
	GCV_NODE_NONE,
	GCV_NODE_UNKNOWN,
	GCV_NODE_COMPOUND,
	GCV_NODE_DECL,
	GCV_NODE_VAR,
	GCV_NODE_IF,
	GCV_NODE_SWITCH,
	GCV_NODE_CASE,
	GCV_NODE_DEFAULT,
	GCV_NODE_WHILE,
	GCV_NODE_DO,
	GCV_NODE_FOR,
	GCV_NODE_GOTO,
	GCV_NODE_INDIRECT_GOTO,
	GCV_NODE_LABEL,
	GCV_NODE_BREAK,
	GCV_NODE_CONTINUE,
	GCV_NODE_RETURN,
	GCV_NODE_EMPTY,
	GCV_NODE_ASM,
	GCV_NODE_REF,
	GCV_NODE_MEMBER,
	GCV_NODE_CALL,
	GCV_NODE_INDEX,
	GCV_NODE_UNARY,
	GCV_NODE_BINARY,
	GCV_NODE_ASSIGN,
	GCV_NODE_COND,
	GCV_NODE_INT,
	GCV_NODE_STRING,
	GCV_NODE_FLOAT,
	GCV_NODE_CAST,
	GCV_NODE_SIZEOF,
	GCV_NODE_INIT_LIST,
	GCV_NODE_DESIGNATED,
	GCV_NODE_COMPOUND_LITERAL,
	GCV_NODE_STMT_EXPR,
	GCV_NODE_ADDR_LABEL,
	GCV_NODE_KINDS,
};

/**
 * enum gcv_op - operators of UNARY, BINARY and ASSIGN; the order is part of the stored form
 * @GCV_OP_NONE: libclang did not tell
 *
 * The others are named after the C operator. Binary ones double as the operator of a compound
 * assignment; GCV_OP_ASSIGN is the plain one.
 */
enum gcv_op {
	GCV_OP_NONE,
	GCV_OP_ASSIGN,
	GCV_OP_MUL,
	GCV_OP_DIV,
	GCV_OP_REM,
	GCV_OP_ADD,
	GCV_OP_SUB,
	GCV_OP_SHL,
	GCV_OP_SHR,
	GCV_OP_AND,
	GCV_OP_XOR,
	GCV_OP_OR,
	GCV_OP_LAND,
	GCV_OP_LOR,
	GCV_OP_LT,
	GCV_OP_GT,
	GCV_OP_LE,
	GCV_OP_GE,
	GCV_OP_EQ,
	GCV_OP_NE,
	GCV_OP_COMMA,
	GCV_OP_POST_INC,
	GCV_OP_POST_DEC,
	GCV_OP_PRE_INC,
	GCV_OP_PRE_DEC,
	GCV_OP_ADDR,
	GCV_OP_DEREF,
	GCV_OP_PLUS,
	GCV_OP_MINUS,
	GCV_OP_NOT,
	GCV_OP_LNOT,
	GCV_OP_EXTENSION,
	GCV_OPS,
};

/**
 * enum gcv_symbol_kind - what a name stands for
 * @GCV_SYMBOL_LOCAL: variable of the function
 * @GCV_SYMBOL_STATIC_LOCAL: static variable of the function
 * @GCV_SYMBOL_PARAM: parameter
 * @GCV_SYMBOL_GLOBAL: variable at file scope
 * @GCV_SYMBOL_FUNCTION: function
 * @GCV_SYMBOL_FIELD: field of a struct or union
 * @GCV_SYMBOL_ENUM: enum constant
 * @GCV_SYMBOL_LABEL: label
 * @GCV_SYMBOL_OTHER: anything else
 * @GCV_SYMBOL_KINDS: number of kinds
 */
enum gcv_symbol_kind {
	GCV_SYMBOL_LOCAL,
	GCV_SYMBOL_STATIC_LOCAL,
	GCV_SYMBOL_PARAM,
	GCV_SYMBOL_GLOBAL,
	GCV_SYMBOL_FUNCTION,
	GCV_SYMBOL_FIELD,
	GCV_SYMBOL_ENUM,
	GCV_SYMBOL_LABEL,
	GCV_SYMBOL_OTHER,
	GCV_SYMBOL_KINDS,
};

/**
 * struct gcv_symbol - a name that the body uses
 * @kind: what it stands for
 * @name: the name
 * @type: type as declared ("" for labels)
 * @canonical: type with typedefs resolved
 * @owner: for a field its record ("struct rds_mr"); for a static function or variable "static"
 * @value: for an enum constant its value; for a parameter its position from 0
 */
struct gcv_symbol {
	enum gcv_symbol_kind kind;
	const char *name;
	const char *type;
	const char *canonical;
	const char *owner;
	int64_t value;
};

/**
 * enum gcv_node_flag - marks on a node
 * @GCV_NODE_MACRO: spelled in the body of a macro; the range is that of the use
 * @GCV_NODE_ARROW: MEMBER by -> (else by .)
 * @GCV_NODE_ELSEWHERE: stands in another file than the definition; no range
 */
enum gcv_node_flag { GCV_NODE_MACRO = 1, GCV_NODE_ARROW = 2, GCV_NODE_ELSEWHERE = 4 };

/**
 * struct gcv_node - a statement or an expression
 * @kind: what it is
 * @op: operator, for UNARY, BINARY and ASSIGN
 * @flags: or-ed enum gcv_node_flag
 * @symbol: index into the symbols or GCV_NONE
 * @begin: first byte, from the start of the definition
 * @end: behind the last byte
 * @value: for INT, SIZEOF
 * @text: for CAST, STRING, COMPOUND_LITERAL
 * @children: indices of nodes; see the kind for their order
 * @nr_children: how many
 * @parent: index of the parent or GCV_NONE
 *
 * A tree has millions of them in memory, so it is kept small: look at the kind before @value and
 * @text.
 */
struct gcv_node {
	enum gcv_node_kind kind : 8;
	enum gcv_op op : 8;
	unsigned int flags : 16;
	uint32_t symbol;
	uint32_t begin, end;
	union {
		int64_t value;
		const char *text;
	};
	uint32_t *children;
	uint32_t nr_children;
	uint32_t parent;
};

/**
 * struct gcv_body - a decoded body
 * @symbols: names it uses, parameters first and in order
 * @nodes: nodes in source order, the root first
 * @nr_symbols: how many
 * @nr_nodes: how many
 */
struct gcv_body {
	struct gcv_symbol *symbols;
	struct gcv_node *nodes;
	uint32_t nr_symbols, nr_nodes;
};

/**
 * struct gcv_body_writer - puts a body into bytes, node by node in source order
 * @nodes: bytes of the nodes so far
 * @symbols: bytes of the symbols so far
 * @nr_nodes: how many nodes were begun
 * @nr_symbols: how many symbols were added
 * @last_begin: begin of the node before
 * @last_end: end of the node before
 *
 * A zeroed one is ready for use.
 */
struct gcv_body_writer {
	struct gcv_strbuf nodes, symbols;
	uint32_t nr_nodes, nr_symbols;
	uint32_t last_begin, last_end;
};

/**
 * gcv_body_add_symbol() - add a symbol
 * @writer: the writer
 * @symbol: copied
 *
 * Return: its index.
 */
uint32_t gcv_body_add_symbol(struct gcv_body_writer *writer, const struct gcv_symbol *symbol);

/**
 * gcv_body_add_node() - add a node; its children must follow at once, in order
 * @writer: the writer
 * @node: @children and @parent are not looked at, @nr_children must be right
 */
void gcv_body_add_node(struct gcv_body_writer *writer, const struct gcv_node *node);

/**
 * gcv_body_finish() - append the finished body and make the writer empty
 * @writer: the writer
 * @out: where the bytes go
 */
void gcv_body_finish(struct gcv_body_writer *writer, struct gcv_strbuf *out);

/**
 * gcv_body_writer_release() - free the writer's memory
 * @writer: the writer
 */
void gcv_body_writer_release(struct gcv_body_writer *writer);

/**
 * gcv_body_each_function() - the functions that a body names, without decoding it
 * @data: bytes
 * @len_bytes: how many
 * @fn: called with the name of each, which is not terminated
 * @ctx: first argument of @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_FORMAT.
 */
enum gcv_status gcv_body_each_function(const char *data, size_t len_bytes,
				       void (*fn)(void *ctx, const char *name, size_t len),
				       void *ctx, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_body_decode() - read a body from bytes that are not trusted
 * @data: bytes
 * @len_bytes: how many
 * @arena: owns everything in the result
 * @ret_body: the body; every index in it is in range
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_FORMAT.
 */
enum gcv_status gcv_body_decode(const char *data, size_t len_bytes, struct gcv_arena *arena,
				struct gcv_body *ret_body, struct gcv_err *err) GCV_MUST_CHECK;

#endif
