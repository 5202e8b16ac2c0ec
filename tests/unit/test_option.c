// SPDX-License-Identifier: GPL-2.0-only
/* sources: cmd/option.c cmd/terminal.c */
#include "cmd/command.h"
#include "cmd/terminal.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static const struct gcv_option dig_options[] = {
	{ "depth", 'd', GCV_ARG_REQUIRED, "N", "how deep", GCV_COMPLETE_NONE, NULL, false },
	{ "tool", 0, GCV_ARG_REQUIRED, "FILE", "a tool", GCV_COMPLETE_FILE, NULL, true },
	{ "shape", 0, GCV_ARG_OPTIONAL, "WORD", "a shape", GCV_COMPLETE_WORDS, "round square",
	  false },
	{ "force", 'f', GCV_ARG_NONE, NULL, "force it", GCV_COMPLETE_NONE, NULL, false },
	{ 0 },
};

static int run_nothing(struct gcv_cli *cli)
{
	(void)cli;
	return GCV_EXIT_DONE;
}

const struct gcv_command gcv_commands[] = {
	{ .name = "dig",
	  .usage = "",
	  .options = dig_options,
	  .operand_max = -1,
	  .run = run_nothing },
	{ .name = "fill",
	  .usage = "",
	  .operand_complete = GCV_COMPLETE_WORDS,
	  .operand_words = "sand gravel",
	  .operand_max = 1,
	  .run = run_nothing },
	{ .name = "version", .usage = "", .run = run_nothing },
	{ .name = "help", .usage = "", .operand_max = 1, .run = run_nothing },
	{ 0 },
};

const struct gcv_command *gcv_command_find(const char *name)
{
	for (const struct gcv_command *command = gcv_commands; command->name; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

/* Split @line at blanks and parse it; what went to stderr comes back in @ret_said. */
static int parse(struct gcv_cli *cli, const char *line, char ret_said[static 512])
{
	static char words[256]; /* operands point into it */
	char *argv[32];
	int argc = 0, status, kept = dup(STDERR_FILENO);
	FILE *said = tmpfile();
	size_t len;

	snprintf(words, sizeof(words), "gupconv %s", line);
	for (char *w = strtok(words, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	argv[argc] = NULL;
	dup2(fileno(said), STDERR_FILENO);
	*cli = (struct gcv_cli){ 0 };
	status = gcv_cli_parse(cli, argc, argv);
	dup2(kept, STDERR_FILENO);
	close(kept);
	rewind(said);
	len = fread(ret_said, 1, 511, said);
	ret_said[len] = '\0';
	fclose(said);
	return status;
}

static void options_and_operands(void **state)
{
	struct gcv_cli cli;
	char said[512];
	size_t pos = 0;
	long depth = 1;

	(void)state;
	assert_int_equal(parse(&cli, "-q dig a -fd7 --tool x b --tool=y -vv -- --c", said), 0);
	assert_string_equal(said, "");
	assert_string_equal(cli.command->name, "dig");
	assert_true(cli.quiet);
	assert_int_equal(cli.verbose, 2);
	assert_true(gcv_cli_given(&cli, "force"));
	assert_false(gcv_cli_given(&cli, "shape"));
	assert_int_equal(gcv_cli_number(&cli, "depth", 1, 9, &depth), 0);
	assert_int_equal(depth, 7);
	assert_string_equal(gcv_cli_value(&cli, "tool"), "y");
	assert_string_equal(gcv_cli_next_value(&cli, "tool", &pos), "x");
	assert_string_equal(gcv_cli_next_value(&cli, "tool", &pos), "y");
	assert_null(gcv_cli_next_value(&cli, "tool", &pos));
	assert_int_equal(cli.operand_nr, 3);
	assert_string_equal(cli.operands[0], "a");
	assert_string_equal(cli.operands[1], "b");
	assert_string_equal(cli.operands[2], "--c");
	gcv_cli_release(&cli);
}

static void optional_argument_needs_equals(void **state)
{
	struct gcv_cli cli;
	char said[512];

	(void)state;
	assert_int_equal(parse(&cli, "dig --shape square", said), 0);
	assert_true(gcv_cli_given(&cli, "shape"));
	assert_null(gcv_cli_value(&cli, "shape"));
	assert_int_equal(cli.operand_nr, 1);
	gcv_cli_release(&cli);
	assert_int_equal(parse(&cli, "dig --shape=square", said), 0);
	assert_string_equal(gcv_cli_value(&cli, "shape"), "square");
	gcv_cli_release(&cli);
}

static void help_and_version(void **state)
{
	struct gcv_cli cli;
	char said[512];

	(void)state;
	assert_int_equal(parse(&cli, "dig a b --help", said), 0);
	assert_string_equal(cli.command->name, "help");
	assert_int_equal(cli.operand_nr, 1);
	assert_string_equal(cli.operands[0], "dig");
	gcv_cli_release(&cli);
	assert_int_equal(parse(&cli, "--version", said), 0);
	assert_string_equal(cli.command->name, "version");
	gcv_cli_release(&cli);
}

/* Each mistake has a message of its own. */
static void mistakes(void **state)
{
	static const struct {
		const char *line, *said;
	} cases[] = {
		{ "", "gupconv: no command given\ntry 'gupconv help'\n" },
		{ "dug", "gupconv: unknown command 'dug'\ntry 'gupconv help'\n" },
		{ "--foo dig", "gupconv: unknown option --foo\ntry 'gupconv help'\n" },
		{ "dig --foo", "gupconv dig: unknown option --foo\ntry 'gupconv help dig'\n" },
		{ "dig --foo=1", "gupconv dig: unknown option --foo\ntry 'gupconv help dig'\n" },
		{ "dig -fz", "gupconv dig: unknown option -z\ntry 'gupconv help dig'\n" },
		{ "-d 1 dig", "gupconv: unknown option -d\ntry 'gupconv help'\n" },
		{ "dig --t x", "gupconv dig: option --t is ambiguous\ntry 'gupconv help dig'\n" },
		{ "dig -d",
		  "gupconv dig: option -d needs an argument: N\ntry 'gupconv help dig'\n" },
		{ "dig --tool",
		  "gupconv dig: option --tool needs an argument: FILE\ntry 'gupconv help dig'\n" },
		{ "dig --tool=",
		  "gupconv dig: the argument of --tool is empty\ntry 'gupconv help dig'\n" },
		{ "dig --force=1",
		  "gupconv dig: option --force takes no argument\ntry 'gupconv help dig'\n" },
		{ "dig --shape=squar",
		  "gupconv dig: --shape does not know 'squar'; it takes one of: "
		  "round square\ntry 'gupconv help dig'\n" },
		{ "fill water",
		  "gupconv fill: 'water' is not one of: sand gravel\ntry 'gupconv help fill'\n" },
		{ "fill sand sand",
		  "gupconv fill: unexpected argument 'sand'\ntry 'gupconv help fill'\n" },
	};
	struct gcv_cli cli;
	char said[512];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(parse(&cli, cases[i].line, said), GCV_EXIT_USAGE);
		assert_string_equal(said, cases[i].said);
		gcv_cli_release(&cli);
	}
}

static void numbers(void **state)
{
	static const char *const bad[] = { "dig -d0",  "dig -d10", "dig -d-1",
					   "dig -d1x", "dig -dx",  "dig -d99999999999999999999" };
	struct gcv_cli cli;
	char said[512];
	long depth = 5;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(parse(&cli, bad[i], said), 0);
		assert_int_equal(gcv_cli_number(&cli, "depth", 1, 9, &depth), GCV_EXIT_USAGE);
		assert_int_equal(depth, 5);
		gcv_cli_release(&cli);
	}
	assert_int_equal(parse(&cli, "dig", said), 0);
	assert_int_equal(gcv_cli_number(&cli, "depth", 1, 9, &depth), 0);
	assert_int_equal(depth, 5);
	gcv_cli_release(&cli);
}

static void words(void **state)
{
	(void)state;
	assert_true(gcv_words_have("a bc d", "a"));
	assert_true(gcv_words_have("a bc d", "bc"));
	assert_true(gcv_words_have("a bc d", "d"));
	assert_false(gcv_words_have("a bc d", "b"));
	assert_false(gcv_words_have("a bc d", "bcd"));
	assert_false(gcv_words_have("a bc d", ""));
	assert_false(gcv_words_have("a bc d", "a bc"));
	assert_false(gcv_words_have(NULL, "a"));
}

/* A file name of a scanned tree cannot send escape sequences or forge a line. */
static void hostile_text(void **state)
{
	char buf[128];
	FILE *out = fmemopen(buf, sizeof(buf), "w");

	(void)state;
	gcv_terminal_put(out, "a\033[1m\n\x7f\xc2\x9b\xc3\xa4.c");
	fclose(out);
	assert_string_equal(buf, "a\\x1b[1m\\x0a\\x7f\\xc2\\x9b\xc3\xa4.c");
}

static void colors(void **state)
{
	(void)state;
	setenv("TERM", "xterm", 1);
	assert_true(gcv_terminal_wants_color("always", -1));
	assert_false(gcv_terminal_wants_color("never", -1));
	assert_false(gcv_terminal_wants_color("auto", -1));
	assert_false(gcv_terminal_wants_color(NULL, -1));
	assert_string_equal(gcv_terminal_color(false, GCV_COLOR_ERROR), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_and_operands),
		cmocka_unit_test(optional_argument_needs_equals),
		cmocka_unit_test(help_and_version),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(numbers),
		cmocka_unit_test(words),
		cmocka_unit_test(hostile_text),
		cmocka_unit_test(colors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
