// SPDX-License-Identifier: GPL-2.0-only
/* links: clang */
/*
 * What the extraction makes of small C files (tests/unit/extract/tree), which say in comments of
 * their own what is expected. A comment that begins with one of the words below stands on the line
 * it speaks of, or on a line of its own above it:
 *
 *	call NAME(TEXT, TEXT)	a call of an API name with the texts of its arguments
 *	call NAME/N		any other call, with N arguments
 *		… by MACRO line N	made by a macro's body in that line
 *		… in NAME		in the definition of that name
 *	seen NAME KIND		an occurrence of an API name
 *	address NAME [FIELD]	a function that is named without being called
 *	tree EXPRESSION		a statement or variable, see render()
 *	member FIELD ACCESS	in the line of the definition: it touches a field (r, w, &)
 *	def NAME TYPE		a definition
 *	error TEXT		an error that libclang reports
 *	record NAME: FIELDS	a struct or union
 *
 * Of calls, addresses, occurrences, errors and records there are no others than those expected.
 */
#include "parse/body.h"
#include "parse/clang/session.h"
#include "parse/facts.h"
#include "parse/protocol.h"

#include <ctype.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

struct parsed {
	struct gcv_arena arena;
	struct gcv_facts facts;
	struct gcv_strbuf reply;
	struct gcv_setup setup;
	const char *message;
};

static void send(struct gcv_session *session, struct gcv_strbuf *message, struct gcv_strbuf *reply)
{
	struct gcv_wire payload;
	size_t used;

	assert_int_equal(gcv_message_next(message->buf, message->len, &payload, &used), 1);
	assert_true(gcv_session_message(session, &payload, reply));
	gcv_strbuf_clear(message);
}

static void add_words(struct gcv_intern *set, const char *const *words)
{
	for (; *words; words++)
		gcv_intern_add(set, *words, strlen(*words));
}

static void fill_setup(struct gcv_setup *setup)
{
	static const char *const names[] = { "put_page", "get_user_pages_fast", "pin_user_page",
					     NULL };
	static const char *const candidates[] = { "template.h", "names.h", NULL };
	static char root[PATH_MAX];

	assert_non_null(realpath(GCV_TEST_DATA "/tree", root));
	setup->root = root;
	add_words(&setup->names, names);
	add_words(&setup->candidates, candidates);
}

/* Parse a file of the tree, or @text in its place. */
static void parse(struct parsed *p, const char *main_path, const char *text)
{
	static const char *args[] = { "-std=gnu11", "-DON_THE_COMMAND_LINE" };
	struct gcv_memory_file memory = { main_path, text, text ? strlen(text) : 0 };
	struct gcv_job_env env = { .args = args, .nr_args = NR(args) };
	struct gcv_job job = { .id = 5,
			       .main = main_path,
			       .pch = "",
			       .want_skips = true,
			       .files = &memory,
			       .nr_files = text ? 1 : 0 };
	struct gcv_session *session = gcv_session_new();
	struct gcv_strbuf message = { 0 };
	struct gcv_result result;
	struct gcv_wire payload;
	struct gcv_err err;
	size_t used;

	fill_setup(&p->setup);
	gcv_message_setup(&message, &p->setup);
	send(session, &message, &p->reply);
	gcv_message_env(&message, &env);
	send(session, &message, &p->reply);
	gcv_message_job(&message, &job);
	send(session, &message, &p->reply);
	assert_int_equal(gcv_message_next(p->reply.buf, p->reply.len, &payload, &used), 1);
	assert_int_equal(*payload.pos++, GCV_MESSAGE_RESULT);
	assert_true(gcv_result_decode(&payload, &p->arena, &result));
	assert_int_equal(result.id, 5);
	assert_false(result.failed);
	if (gcv_facts_decode(result.facts, result.facts_len, &p->arena, &p->facts, &err) != GCV_OK)
		fail_msg("%s", err.text);
	gcv_strbuf_release(&message);
	gcv_session_free(session);
}

static void release(struct parsed *p)
{
	gcv_setup_release(&p->setup);
	gcv_strbuf_release(&p->reply);
	gcv_arena_release(&p->arena);
}

/* A line of text about a line of a file. */
struct said {
	uint32_t file, line;
	const char *text;
	bool is_met;
};

struct saying {
	struct parsed *p;
	struct said *said;
	uint32_t nr, cap;
};

static void say(struct saying *s, uint32_t file, uint32_t line, struct gcv_strbuf *text)
{
	GCV_GROW(s->said, s->nr, s->cap);
	s->said[s->nr++] =
		(struct said){ file, line, gcv_arena_strdup(&s->p->arena, text->buf), false };
	gcv_strbuf_clear(text);
}

/* Text of a file of the tree; NULL for a virtual one. */
static const char *read_file(struct parsed *p, uint32_t file)
{
	char *path = gcv_arena_printf(&p->arena, "%s/%s", p->setup.root, p->facts.files[file].path);
	FILE *f = fopen(path, "r");
	char *text = gcv_arena_alloc(&p->arena, 65536);

	assert_non_null(f);
	assert_true(fread(text, 1, 65535, f) < 65535);
	fclose(f);
	return text;
}

static uint32_t line_at(const char *text, uint32_t offset)
{
	uint32_t line = 1, i;

	for (i = 0; i < offset; i++)
		line += text[i] == '\n';
	return line;
}

static const char *const ops[GCV_OPS] = {
	"?op", "=",  "*",  "/",	 "%",  "+",   "-",   "<<",
	">>",  "&",  "^",  "|",	 "&&", "||",  "<",   ">",
	"<=",  ">=", "==", "!=", ",",  "x++", "x--", "++x",
	"--x", "&x", "*x", "+x", "-x", "~x",  "!x",  "__extension__",
};

static const char *const kinds[GCV_NODE_KINDS] = {
	"-",	    "unknown", "{}",	 "decl",    "var",  "if",      "switch", "case",
	"default",  "while",   "do",	 "for",	    "goto", "goto*",   "label",	 "break",
	"continue", "return",  ";",	 "asm",	    "ref",  "member",  "call",	 "index",
	"unary",    "binary",  "assign", "?:",	    "int",  "string",  "float",	 "cast",
	"sizeof",   "init",    "set",	 "literal", "({})", "&&label",
};

/*
 * A node as (KIND CHILD…): names, numbers and strings stand for themselves, operators for their
 * nodes, "-" for an empty slot, FIELD->(…) and FIELD.(…) for members.
 */
static void render(const struct gcv_body *body, uint32_t at, struct gcv_strbuf *out)
{
	const struct gcv_node *node = &body->nodes[at];
	const char *name = node->symbol == GCV_NONE ? NULL : body->symbols[node->symbol].name;
	uint32_t i;

	if (node->kind == GCV_NODE_REF || node->kind == GCV_NODE_INT ||
	    node->kind == GCV_NODE_STRING) {
		if (node->kind == GCV_NODE_INT)
			gcv_strbuf_addf(out, "%lld", (long long)node->value);
		else
			gcv_strbuf_addstr(out, name ? name : node->text);
		return;
	}
	if (!node->nr_children && !name) {
		gcv_strbuf_addstr(out, kinds[node->kind]);
		return;
	}
	gcv_strbuf_addch(out, '(');
	if (node->kind == GCV_NODE_UNARY || node->kind == GCV_NODE_BINARY ||
	    node->kind == GCV_NODE_ASSIGN)
		gcv_strbuf_addstr(out, ops[node->op]);
	else if (node->kind == GCV_NODE_MEMBER)
		gcv_strbuf_addstr(out, node->flags & GCV_NODE_ARROW ? "->" : ".");
	else
		gcv_strbuf_addstr(out, kinds[node->kind]);
	if (node->kind == GCV_NODE_ASSIGN && node->op != GCV_OP_ASSIGN)
		gcv_strbuf_addch(out, '=');
	if (name)
		gcv_strbuf_addf(out, " %s", name);
	if (node->kind == GCV_NODE_CAST || node->kind == GCV_NODE_COMPOUND_LITERAL)
		gcv_strbuf_addf(out, " '%s'", node->text);
	if (node->kind == GCV_NODE_SIZEOF)
		gcv_strbuf_addf(out, " %lld", (long long)node->value);
	for (i = 0; i < node->nr_children; i++) {
		gcv_strbuf_addch(out, ' ');
		render(body, node->children[i], out);
	}
	gcv_strbuf_addch(out, ')');
}

/* Each node is said in the line where it begins; that is more than anybody expects. */
static void say_body(struct saying *s, const struct gcv_fact_def *def, const char *text)
{
	struct gcv_strbuf line = { 0 };
	struct gcv_body body;
	struct gcv_err err;
	uint32_t i;

	if (gcv_body_decode(def->body, def->body_len, &s->p->arena, &body, &err) != GCV_OK)
		fail_msg("%s: %s", def->name, err.text);
	for (i = 0; i < body.nr_nodes; i++) {
		if (body.nodes[i].flags & GCV_NODE_ELSEWHERE)
			continue;
		gcv_strbuf_addstr(&line, "tree ");
		render(&body, i, &line);
		say(s, def->file, line_at(text, def->begin + body.nodes[i].begin), &line);
	}
	gcv_strbuf_release(&line);
}

static void say_defs(struct saying *s)
{
	struct gcv_strbuf line = { 0 };
	uint32_t i;

	for (i = 0; i < s->p->facts.nr_defs; i++) {
		const struct gcv_fact_def *def = &s->p->facts.defs[i];

		gcv_strbuf_addf(&line, "def %s %s%s%s%s%s", def->name, def->type,
				*def->attributes ? " " : "", def->attributes,
				def->from_macro ? " from-macro" : "",
				def->has_error ? " has-error" : "");
		if (def->linkage != GCV_LINKAGE_EXTERNAL)
			gcv_strbuf_addf(&line, " linkage %d", def->linkage);
		say(s, def->file, def->line, &line);
		say_body(s, def, read_file(s->p, def->file));
	}
	gcv_strbuf_release(&line);
}

static void say_calls(struct saying *s)
{
	struct gcv_strbuf line = { 0 };
	uint32_t i, k;

	for (i = 0; i < s->p->facts.nr_calls; i++) {
		const struct gcv_fact_call *call = &s->p->facts.calls[i];
		const struct gcv_fact_def *def = &s->p->facts.defs[call->def];

		gcv_strbuf_addf(&line, "call %s", *call->callee ? call->callee : "?");
		if (!call->is_api)
			gcv_strbuf_addf(&line, "/%u", call->nr_args);
		for (k = 0; call->is_api && k < call->nr_args; k++)
			gcv_strbuf_addf(&line, "%s%s", k ? ", " : "(", call->args[k].text);
		if (call->is_api)
			gcv_strbuf_addstr(&line, call->nr_args ? ")" : "()");
		if (*call->macro)
			gcv_strbuf_addf(&line, " by %s line %u", call->macro, call->macro_line);
		gcv_strbuf_addf(&line, " in %s", def->name);
		say(s, def->file, call->line, &line);
	}
	gcv_strbuf_release(&line);
}

static void say_seen(struct saying *s)
{
	static const char *const words[] = { "call",	"declaration", "definition",
					     "address", "macro",       "other" };
	struct gcv_strbuf line = { 0 };
	uint32_t i;

	for (i = 0; i < s->p->facts.nr_seen; i++) {
		const struct gcv_fact_seen *seen = &s->p->facts.seen[i];
		const char *text = read_file(s->p, seen->file) + seen->offset;
		int len = 0;

		while (isalnum((unsigned char)text[len]) || text[len] == '_')
			len++;
		gcv_strbuf_addf(&line, "seen %.*s %s", len, text, words[seen->kind]);
		say(s, seen->file, line_at(text - seen->offset, seen->offset), &line);
	}
	gcv_strbuf_release(&line);
}

static void say_rest(struct saying *s)
{
	const struct gcv_facts *facts = &s->p->facts;
	struct gcv_strbuf line = { 0 };
	uint32_t i, k;

	for (i = 0; i < facts->nr_addresses; i++) {
		const struct gcv_fact_address *a = &facts->addresses[i];

		gcv_strbuf_addf(&line, "address %s%s%s", a->function, *a->field ? " " : "",
				a->field);
		say(s, facts->defs[a->def].file, a->line, &line);
	}
	for (i = 0; i < facts->nr_members; i++) {
		const struct gcv_fact_member *m = &facts->members[i];

		gcv_strbuf_addf(&line, "member %s %s%s%s", m->field,
				m->access & GCV_ACCESS_READ ? "r" : "",
				m->access & GCV_ACCESS_WRITE ? "w" : "",
				m->access & GCV_ACCESS_ADDRESS ? "&" : "");
		say(s, facts->defs[m->def].file, facts->defs[m->def].line, &line);
	}
	for (i = 0; i < facts->nr_errors; i++) {
		gcv_strbuf_addf(&line, "error %s", facts->errors[i].text);
		say(s, facts->errors[i].file, facts->errors[i].line, &line);
	}
	for (i = 0; i < facts->nr_records; i++) {
		const struct gcv_fact_record *r = &facts->records[i];

		gcv_strbuf_addf(&line, "record %s:", r->name);
		for (k = 0; k < r->nr_fields; k++)
			gcv_strbuf_addf(&line, " %s", r->fields[k].name);
		say(s, r->file, r->line, &line);
	}
	gcv_strbuf_release(&line);
}

static bool starts_with_word(const char *text)
{
	static const char *const words[] = { "call ", "seen ",	"address ", "tree ",
					     "def ",  "error ", "record ",  "member " };
	size_t i;

	for (i = 0; i < NR(words); i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/* Is there nothing but comments on the line that @at is in? */
static bool is_comment_line(const char *text, const char *at)
{
	while (at > text && at[-1] != '\n')
		at--;
	for (at += strspn(at, "\t "); strncmp(at, "/*", 2) == 0; at += strspn(at, "\t ")) {
		at = strstr(at, "*/");
		assert_non_null(at);
		at += 2;
	}
	return *at == '\n';
}

static const char *unfold(struct gcv_arena *arena, const char *text, size_t len)
{
	char *copy = gcv_arena_strndup(arena, text, len), *from = copy, *to = copy;

	for (; *from; from++)
		if (*from != '\n')
			*to++ = *from;
		else
			from += strspn(from + 1, "\t *"), *to++ = ' ';
	*to = '\0';
	while (to > copy && to[-1] == ' ')
		*--to = '\0';
	return copy;
}

/* Meet the expectation in what was said; " in NAME" may be left out. */
static bool meet(struct saying *s, uint32_t file, uint32_t line, const char *want)
{
	bool met = false;
	uint32_t i;

	for (i = 0; i < s->nr; i++) {
		struct said *said = &s->said[i];
		const char *in = strstr(said->text, " in ");
		size_t len = strlen(want);

		if (said->file != file || said->line != line ||
		    strncmp(said->text, want, len) != 0 ||
		    (said->text[len] &&
		     !(in == said->text + len && strncmp(want, "call ", 5) == 0)))
			continue;
		said->is_met = true;
		met = true;
	}
	return met;
}

static void list_line(const struct saying *s, uint32_t file, uint32_t line)
{
	uint32_t i;

	for (i = 0; i < s->nr; i++)
		if (s->said[i].file == file && s->said[i].line == line)
			print_error("\tthere is: %s\n", s->said[i].text);
}

static uint32_t check_file(struct saying *s, uint32_t file, uint32_t *ret_nr_expected)
{
	const char *path = s->p->facts.files[file].path, *text = read_file(s->p, file), *at, *end;
	uint32_t nr_bad = 0;

	for (at = text; (at = strstr(at, "/* ")); at = end) {
		const char *want;
		uint32_t line;

		end = strstr(at, " */");
		assert_non_null(end);
		if (!starts_with_word(at + 3))
			continue;
		want = unfold(&s->p->arena, at + 3, (size_t)(end - at - 3));
		/* Comments of their own lines speak of the next line that is none. */
		for (line = line_at(text, (uint32_t)(end - text)); is_comment_line(text, end);
		     line++)
			end = strchr(end, '\n') + 1;
		if (end < at + 3)
			end = at + 3;
		(*ret_nr_expected)++;
		if (!meet(s, file, line, want)) {
			print_error("%s:%u: not there: %s\n", path, line, want);
			list_line(s, file, line);
			nr_bad++;
		}
		end = strstr(at, " */");
	}
	return nr_bad;
}

/* Everything but nodes and definitions must have been expected. */
static uint32_t check_unexpected(const struct saying *s)
{
	uint32_t nr_bad = 0, i;

	for (i = 0; i < s->nr; i++) {
		const struct said *said = &s->said[i];

		if (said->is_met || strncmp(said->text, "tree ", 5) == 0 ||
		    strncmp(said->text, "def ", 4) == 0 || strncmp(said->text, "member ", 7) == 0)
			continue;
		print_error("%s:%u: not expected: %s\n", s->p->facts.files[said->file].path,
			    said->line, said->text);
		nr_bad++;
	}
	return nr_bad;
}

static void check(const char *main_path)
{
	struct parsed p = { 0 };
	struct saying s = { .p = &p };
	uint32_t nr_bad = 0, nr_expected = 0, i;

	parse(&p, main_path, NULL);
	say_defs(&s);
	say_calls(&s);
	say_seen(&s);
	say_rest(&s);
	for (i = 0; i < p.facts.nr_files; i++)
		nr_bad += check_file(&s, i, &nr_expected);
	nr_bad += check_unexpected(&s);
	free(s.said);
	release(&p);
	assert_true(nr_expected > 3);
	assert_int_equal(nr_bad, 0);
}

static void test_statements(void **state)
{
	(void)state;
	check("statements.c");
}

static void test_expressions(void **state)
{
	(void)state;
	check("expressions.c");
}

static void test_calls(void **state)
{
	(void)state;
	check("calls.c");
}

static void test_tables(void **state)
{
	(void)state;
	check("tables.c");
}

static void test_names(void **state)
{
	(void)state;
	check("names.c");
}

static void test_templates(void **state)
{
	(void)state;
	check("templates.c");
}

static void test_errors(void **state)
{
	(void)state;
	check("errors.c");
}

/* The matcher itself: an expectation that is not met, and a call that nobody expects. */
static void test_matcher(void **state)
{
	struct parsed p = { 0 };
	struct saying s = { .p = &p };
	struct gcv_strbuf line = { 0 };

	(void)state;
	gcv_strbuf_addstr(&line, "call f(x) in g");
	say(&s, 0, 3, &line);
	assert_false(meet(&s, 0, 3, "call f"));
	assert_false(meet(&s, 0, 3, "call f(x) in h"));
	assert_false(meet(&s, 0, 4, "call f(x)"));
	assert_false(meet(&s, 1, 3, "call f(x)"));
	assert_false(s.said[0].is_met);
	assert_true(meet(&s, 0, 3, "call f(x)"));
	assert_true(meet(&s, 0, 3, "call f(x) in g"));
	gcv_strbuf_release(&line);
	free(s.said);
	release(&p);
}

#define FUNCTION                                                          \
	"int moved(struct page *p, int n)\n{\n\tint i;\n\n\tfor (i = 0; " \
	"i < n; i++)\n\t\tput_page(p);\n\treturn get_user_pages_fast(n, 1, 0, &p);\n}\n"
#define DECLARATIONS                                                                             \
	"struct page;\nvoid put_page(struct page *page);"                                        \
	"\nint get_user_pages_fast(unsigned long start, int n, unsigned int flags, struct page " \
	"**p);\n"

/* A function that only moved, below others and into another file, has the same bytes. */
static void test_moved(void **state)
{
	struct parsed here = { 0 }, there = { 0 }, changed = { 0 };
	const struct gcv_fact_def *a, *b, *c;

	(void)state;
	parse(&here, "moved.c", DECLARATIONS FUNCTION);
	parse(&there, "sub/elsewhere.c",
	      DECLARATIONS "\n\nint other(void)\n{\n\treturn 1;\n}\n\n/* */ " FUNCTION);
	parse(&changed, "moved.c",
	      DECLARATIONS
	      "int moved(struct page *p, int n)\n{\n\tint i;\n\n\tfor (i = 0; i <= n; i++)\n"
	      "\t\tput_page(p);\n\treturn get_user_pages_fast(n, 1, 0, &p);\n}\n");
	assert_int_equal(here.facts.nr_defs, 1);
	assert_int_equal(there.facts.nr_defs, 2);
	a = &here.facts.defs[0];
	b = &there.facts.defs[1];
	c = &changed.facts.defs[0];
	assert_int_equal(b->line, a->line + 7);
	assert_int_equal(a->end - a->begin, b->end - b->begin);
	assert_int_equal(a->body_len, b->body_len);
	assert_memory_equal(a->body, b->body, a->body_len);
	assert_true(a->body_len != c->body_len || memcmp(a->body, c->body, a->body_len) != 0);
	release(&here);
	release(&there);
	release(&changed);
}

static const struct gcv_fact_file *find_file(const struct gcv_facts *facts, const char *path)
{
	uint32_t i;

	for (i = 0; i < facts->nr_files; i++)
		if (strcmp(facts->files[i].path, path) == 0)
			return &facts->files[i];
	return NULL;
}

/* Paths are those of the tree, however they are written; what lies outside is only named. */
static void test_files(void **state)
{
	static const uint8_t no_hash[16];
	struct parsed p = { 0 };
	uint32_t i;

	(void)state;
	parse(&p, "sub/paths.c", NULL);
	assert_true(p.facts.files[0].is_main);
	assert_string_equal(p.facts.files[0].path, "sub/paths.c");
	assert_int_equal(p.facts.nr_files, 3);
	assert_non_null(find_file(&p.facts, "names.h"));
	assert_non_null(find_file(&p.facts, "sub/near.h"));
	for (i = 0; i < p.facts.nr_files; i++)
		assert_memory_not_equal(p.facts.files[i].hash, no_hash, sizeof(no_hash));
	assert_int_equal(p.facts.nr_outside, 1);
	assert_non_null(strstr(p.facts.outside[0], "outside.h"));
	for (i = 0; i < p.facts.nr_defs; i++)
		assert_string_not_equal(p.facts.defs[i].name, "outside_function");
	assert_true(p.facts.nr_errors > 0);
	for (i = 0; i < p.facts.nr_errors; i++) {
		assert_null(strstr(p.facts.errors[i].text, "secret"));
		assert_null(strstr(p.facts.errors[i].text, p.setup.root));
	}
	release(&p);
}

static void check_hash(const struct parsed *p, const char *path, const char *text)
{
	const struct gcv_fact_file *file = find_file(&p->facts, path);
	struct gcv_hash hash = gcv_hash_bytes(text, strlen(text));

	assert_non_null(file);
	assert_memory_equal(file->hash, hash.b, sizeof(hash.b));
}

static const struct gcv_fact_def *find_def(const struct gcv_facts *facts, const char *name)
{
	uint32_t i;

	for (i = 0; i < facts->nr_defs; i++)
		if (strcmp(facts->defs[i].name, name) == 0)
			return &facts->defs[i];
	return NULL;
}

#define EDITED_HEADER                                                                     \
	"#ifndef NAMES_H\n#define NAMES_H\nstruct page;\nvoid put_page(struct page *);\n" \
	"static inline void edited(struct page *p)\n{\n\tput_page(p);\n}\n#endif\n"

/* Main file and header in another form than on the disk; hashes and texts are those of that form.
 */
static void test_overlay(void **state)
{
	static const char main_text[] = "#include \"../sub/../names.h\"\n"
					"void user(struct page *p)\n{\n\tput_page(p + 1);\n}\n";
	struct parsed p = { 0 }, forced = { 0 };
	const struct gcv_fact_def *def;

	(void)state;
	assert_int_equal(gcv_overlay_add(&p.setup.overlay, "names.h", EDITED_HEADER,
					 strlen(EDITED_HEADER), NULL),
			 GCV_OK);
	assert_int_equal(gcv_overlay_add(&p.setup.overlay, "sub/paths.c", main_text,
					 strlen(main_text), NULL),
			 GCV_OK);
	parse(&p, "sub/paths.c", NULL);
	assert_int_equal(p.facts.nr_errors_all, 1); /* struct page has no size here */
	assert_int_equal(p.facts.nr_files, 2);
	check_hash(&p, "names.h", EDITED_HEADER);
	check_hash(&p, "sub/paths.c", main_text);
	assert_non_null(find_def(&p.facts, "edited"));
	def = find_def(&p.facts, "user");
	assert_int_equal(def->line, 2);
	assert_int_equal(p.facts.nr_calls, 2);
	release(&p);

	/* What is forced for one job comes before that. */
	assert_int_equal(gcv_overlay_add(&forced.setup.overlay, "sub/paths.c", main_text,
					 strlen(main_text), NULL),
			 GCV_OK);
	parse(&forced, "sub/paths.c", "int only;\n");
	assert_int_equal(forced.facts.nr_files, 1);
	assert_null(find_def(&forced.facts, "user"));
	release(&forced);
}

static void run(struct gcv_session *session, const struct gcv_job *job, struct parsed *p)
{
	struct gcv_strbuf message = { 0 };
	struct gcv_result result;
	struct gcv_wire payload;
	struct gcv_err err;
	size_t used;

	gcv_strbuf_clear(&p->reply);
	gcv_message_job(&message, job);
	send(session, &message, &p->reply);
	assert_int_equal(gcv_message_next(p->reply.buf, p->reply.len, &payload, &used), 1);
	assert_int_equal(*payload.pos++, GCV_MESSAGE_RESULT);
	assert_true(gcv_result_decode(&payload, &p->arena, &result));
	assert_string_equal(result.message, "");
	assert_int_equal(gcv_facts_decode(result.facts, result.facts_len, &p->arena, &p->facts,
					  &err),
			 GCV_OK);
	gcv_strbuf_release(&message);
}

/* A header in memory goes into a precompiled header, and is known there under its own hash. */
static void test_overlay_pch(void **state)
{
	static const char pch_text[] = "#include \"names.h\"\n";
	struct gcv_memory_file memory = { "/gupconv-virtual/all.h", pch_text, strlen(pch_text) };
	struct gcv_session *session = gcv_session_new();
	struct parsed p = { 0 };
	const char *args[] = { "-std=gnu11", "-iquote", NULL };
	struct gcv_job_env env = { .args = args, .nr_args = NR(args) };
	char pch[] = "/tmp/gupconv-extract-XXXXXX";
	struct gcv_job make = { .kind = GCV_JOB_PCH,
				.main = memory.path,
				.pch = pch,
				.files = &memory,
				.nr_files = 1 };
	struct gcv_job use = { .main = "sub/paths.c", .pch = pch };
	static const char main_text[] = "#include \"../names.h\"\n"
					"void user(struct page *p)\n{\n\tedited(p);\n}\n";
	struct gcv_strbuf message = { 0 };
	int fd = mkstemp(pch);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	fill_setup(&p.setup);
	args[2] = p.setup.root;
	assert_int_equal(gcv_overlay_add(&p.setup.overlay, "names.h", EDITED_HEADER,
					 strlen(EDITED_HEADER), NULL),
			 GCV_OK);
	assert_int_equal(gcv_overlay_add(&p.setup.overlay, "sub/paths.c", main_text,
					 strlen(main_text), NULL),
			 GCV_OK);
	gcv_message_setup(&message, &p.setup);
	send(session, &message, &p.reply);
	gcv_message_env(&message, &env);
	send(session, &message, &p.reply);
	run(session, &make, &p);
	check_hash(&p, "names.h", EDITED_HEADER);
	run(session, &use, &p);
	assert_int_equal(p.facts.nr_errors_all, 0);
	check_hash(&p, "sub/paths.c", main_text);
	assert_int_equal(p.facts.nr_defs, 1);
	gcv_strbuf_release(&message);
	gcv_session_free(session);
	unlink(pch);
	release(&p);
}

/* What the preprocessor leaves out is told with its range, directive included. */
static void test_skips(void **state)
{
	static const char text[] = "int a;\n#if 0\nint b;\n#endif\n#ifdef ON_THE_COMMAND_LINE\n"
				   "int c;\n#else\nint d;\n#endif\n";
	struct parsed p = { 0 };
	const struct gcv_fact_skip *skips;

	(void)state;
	parse(&p, "skips.c", text);
	skips = p.facts.skips;
	assert_int_equal(p.facts.nr_skips, 2);
	assert_true(skips[0].begin <= (uint32_t)(strstr(text, "int b") - text));
	assert_true(skips[0].end > (uint32_t)(strstr(text, "int b") - text));
	assert_true(skips[0].end <= (uint32_t)(strstr(text, "int c") - text));
	assert_true(skips[1].begin > (uint32_t)(strstr(text, "int c") - text));
	assert_true(skips[1].end > (uint32_t)(strstr(text, "int d") - text));
	release(&p);
}

/* Nesting without end is cut off, not followed until the stack is used up. */
static void test_deep(void **state)
{
	struct gcv_strbuf text = { 0 };
	struct parsed p = { 0 };
	int i;

	(void)state;
	gcv_strbuf_addstr(&text, "int deep(int x)\n{\n\treturn x");
	for (i = 0; i < 3000; i++)
		gcv_strbuf_addstr(&text, " + x");
	gcv_strbuf_addstr(&text, ";\n}\n");
	parse(&p, "deep.c", text.buf);
	assert_int_equal(p.facts.nr_defs, 1);
	gcv_strbuf_release(&text);
	release(&p);
}

/* Messages out of order or of no sense are refused; the program ends the worker then. */
static void test_order(void **state)
{
	struct gcv_session *session = gcv_session_new();
	struct gcv_setup setup = { .root = "/" };
	struct gcv_strbuf message = { 0 }, reply = { 0 };
	struct gcv_job job = { .main = "a.c", .pch = "" };
	struct gcv_job_env env = { .id = 1u << 30 };
	char unknown[] = "\x77";
	struct gcv_wire payload = { .pos = unknown, .end = unknown + 1 };
	size_t used;

	(void)state;
	assert_false(gcv_session_message(session, &payload, &reply));
	gcv_message_job(&message, &job);
	assert_int_equal(gcv_message_next(message.buf, message.len, &payload, &used), 1);
	assert_false(gcv_session_message(session, &payload, &reply));
	gcv_strbuf_clear(&message);
	gcv_message_env(&message, &env);
	assert_int_equal(gcv_message_next(message.buf, message.len, &payload, &used), 1);
	assert_false(gcv_session_message(session, &payload, &reply));
	gcv_strbuf_clear(&message);
	gcv_message_setup(&message, &setup);
	send(session, &message, &reply);
	gcv_message_job(&message, &job);
	assert_int_equal(gcv_message_next(message.buf, message.len, &payload, &used), 1);
	assert_false(gcv_session_message(session, &payload, &reply));
	assert_int_equal(reply.len, 0);
	gcv_strbuf_release(&message);
	gcv_strbuf_release(&reply);
	gcv_session_free(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matcher),	    cmocka_unit_test(test_statements),
		cmocka_unit_test(test_expressions), cmocka_unit_test(test_calls),
		cmocka_unit_test(test_tables),	    cmocka_unit_test(test_names),
		cmocka_unit_test(test_templates),   cmocka_unit_test(test_errors),
		cmocka_unit_test(test_moved),	    cmocka_unit_test(test_files),
		cmocka_unit_test(test_skips),	    cmocka_unit_test(test_deep),
		cmocka_unit_test(test_overlay),	    cmocka_unit_test(test_overlay_pch),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
