// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/option.h"
#include "base/alloc.h"
#include "base/strbuf.h"
#include "cmd/command.h"
#include "cmd/terminal.h"
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct gcv_option gcv_global_options[] = {
	{ "tree", 'C', GCV_ARG_REQUIRED, "TREE",
	  "the kernel tree (default: found from here upwards)", GCV_COMPLETE_DIR, NULL, false },
	{ "db", 0, GCV_ARG_REQUIRED, "FILE", "database (default: .gupconv/index.db in the tree)",
	  GCV_COMPLETE_FILE, NULL, false },
	{ "quiet", 'q', GCV_ARG_NONE, NULL, "only errors on standard error, no progress line",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "verbose", 'v', GCV_ARG_NONE, NULL, "say more; twice: still more", GCV_COMPLETE_NONE,
	  NULL, true },
	{ "color", 0, GCV_ARG_REQUIRED, "WHEN", "colours: auto, always or never (default: auto)",
	  GCV_COMPLETE_WORDS, "auto always never", false },
	{ "help", 'h', GCV_ARG_NONE, NULL, "show this text", GCV_COMPLETE_NONE, NULL, false },
	{ "version", 'V', GCV_ARG_NONE, NULL, "show the version", GCV_COMPLETE_NONE, NULL, false },
	{ 0 },
};

/* getopt_long()'s view of the global table and of one command's, in that order. */
struct option_index {
	const struct gcv_option **options;
	struct option *longs;
	size_t nr, cap, long_cap;
	struct gcv_strbuf letters;
};

/* Values of long options: above every character and above getopt's own '?' and ':'. */
#define LONG_BASE 256

static void index_add(struct option_index *index, const struct gcv_option *option)
{
	struct option entry = {
		.name = option->name,
		.has_arg = option->has_arg == GCV_ARG_NONE	 ? no_argument
			   : option->has_arg == GCV_ARG_REQUIRED ? required_argument
								 : optional_argument,
		.val = LONG_BASE + (int)index->nr,
	};

	GCV_GROW(index->options, index->nr, index->cap);
	GCV_GROW(index->longs, index->nr, index->long_cap);
	index->options[index->nr] = option;
	index->longs[index->nr] = entry;
	index->nr++;
	if (!option->letter)
		return;
	gcv_strbuf_addch(&index->letters, option->letter);
	if (option->has_arg != GCV_ARG_NONE)
		gcv_strbuf_addstr(&index->letters,
				  option->has_arg == GCV_ARG_REQUIRED ? ":" : "::");
}

/* @prefix: "+" stops at the first operand, "" reorders; ":" keeps getopt silent. */
static void index_init(struct option_index *index, const char *prefix,
		       const struct gcv_option *options)
{
	const struct gcv_option *opt;

	memset(index, 0, sizeof(*index));
	gcv_strbuf_addstr(&index->letters, prefix);
	gcv_strbuf_addch(&index->letters, ':');
	for (opt = gcv_global_options; opt->name; opt++)
		index_add(index, opt);
	for (opt = options; opt && opt->name; opt++)
		index_add(index, opt);
	GCV_GROW(index->longs, index->nr, index->long_cap);
	index->longs[index->nr] = (struct option){ 0 };
}

static void index_release(struct option_index *index)
{
	free(index->options);
	free(index->longs);
	gcv_strbuf_release(&index->letters);
}

static const struct gcv_option *index_find(const struct option_index *index, int val)
{
	if (val >= LONG_BASE)
		return index->options[val - LONG_BASE];
	for (size_t i = 0; i < index->nr; i++)
		if (index->options[i]->letter == val)
			return index->options[i];
	return NULL;
}

static size_t count_abbreviated(const struct option_index *index, const char *word, size_t len)
{
	size_t nr = 0;

	for (size_t i = 0; i < index->nr; i++)
		nr += strncmp(index->options[i]->name, word, len) == 0;
	return nr;
}

/* getopt_long() said '?' or ':': find out why, so that each mistake has a message of its own. */
static int refuse(const struct gcv_cli *cli, const struct option_index *index, int got, char **argv)
{
	const struct gcv_option *option = optopt ? index_find(index, optopt) : NULL;
	const char *word = argv[optind - 1];

	if (option && got == ':' && optopt < LONG_BASE)
		return gcv_cli_usage_error(cli, "option -%c needs an argument: %s", option->letter,
					   option->arg);
	if (option && got == ':')
		return gcv_cli_usage_error(cli, "option --%s needs an argument: %s", option->name,
					   option->arg);
	if (option)
		return gcv_cli_usage_error(cli, "option --%s takes no argument", option->name);
	if (optopt)
		return gcv_cli_usage_error(cli, "unknown option -%c", optopt);
	word += strspn(word, "-");
	if (count_abbreviated(index, word, strcspn(word, "=")) > 1)
		return gcv_cli_usage_error(cli, "option --%.*s is ambiguous",
					   (int)strcspn(word, "="), word);
	return gcv_cli_usage_error(cli, "unknown option --%.*s", (int)strcspn(word, "="), word);
}

static int add_use(struct gcv_cli *cli, const struct gcv_option *option, const char *value)
{
	if (value && option->complete == GCV_COMPLETE_WORDS &&
	    !gcv_words_have(option->words, value))
		return gcv_cli_usage_error(cli, "--%s does not know '%s'; it takes one of: %s",
					   option->name, value, option->words);
	if (value && !*value && option->has_arg == GCV_ARG_REQUIRED)
		return gcv_cli_usage_error(cli, "the argument of --%s is empty", option->name);
	GCV_GROW(cli->uses, cli->use_nr, cli->use_cap);
	cli->uses[cli->use_nr++] = (struct gcv_option_use){ option, value };
	return GCV_EXIT_DONE;
}

static void add_operand(struct gcv_cli *cli, const char *word)
{
	GCV_GROW(cli->operands, cli->operand_nr, cli->operand_cap);
	cli->operands[cli->operand_nr++] = word;
}

/* Parse from optind on; leaves optind at the first operand. */
static int parse_options(struct gcv_cli *cli, const char *prefix, const struct gcv_option *options,
			 int argc, char **argv)
{
	const struct gcv_option *option;
	struct option_index index;
	int status = GCV_EXIT_DONE;
	int got;

	index_init(&index, prefix, options);
	while (status == GCV_EXIT_DONE) {
		got = getopt_long(argc, argv, index.letters.buf, index.longs, NULL);
		if (got == -1)
			break;
		/* '?' and ':' are the letters of no option. */
		option = index_find(&index, got);
		status = option ? add_use(cli, option, optarg) : refuse(cli, &index, got, argv);
	}
	index_release(&index);
	return status;
}

/* "gupconv scan --help" and "gupconv --version" are other words for help and version. */
static void apply_help(struct gcv_cli *cli)
{
	if (gcv_cli_given(cli, "help")) {
		cli->operand_nr = 0;
		if (cli->command)
			add_operand(cli, cli->command->name);
		cli->command = gcv_command_find("help");
	} else if (gcv_cli_given(cli, "version")) {
		cli->operand_nr = 0;
		cli->command = gcv_command_find("version");
	}
}

static void apply_globals(struct gcv_cli *cli)
{
	const char *color = gcv_cli_value(cli, "color");

	cli->quiet = gcv_cli_given(cli, "quiet");
	for (size_t i = 0; i < cli->use_nr; i++)
		cli->verbose += strcmp(cli->uses[i].option->name, "verbose") == 0;
	cli->color_out = gcv_terminal_wants_color(color, STDOUT_FILENO);
	cli->color_err = gcv_terminal_wants_color(color, STDERR_FILENO);
}

static int check_operands(const struct gcv_cli *cli)
{
	const struct gcv_command *command = cli->command;
	size_t max = (size_t)command->operand_max;

	if (command->operand_max >= 0 && cli->operand_nr > max)
		return gcv_cli_usage_error(cli, "unexpected argument '%s'", cli->operands[max]);
	for (size_t i = 0; i < cli->operand_nr; i++)
		if (command->operand_complete == GCV_COMPLETE_WORDS &&
		    !gcv_words_have(command->operand_words, cli->operands[i]))
			return gcv_cli_usage_error(cli, "'%s' is not one of: %s", cli->operands[i],
						   command->operand_words);
	return GCV_EXIT_DONE;
}

int gcv_cli_parse(struct gcv_cli *cli, int argc, char **argv)
{
	int status;

	optind = 0; /* glibc: start afresh, also in a test that parses twice */
	status = parse_options(cli, "+", NULL, argc, argv);
	if (status != GCV_EXIT_DONE)
		return status;
	if (optind < argc) {
		cli->command = gcv_command_find(argv[optind]);
		if (!cli->command)
			return gcv_cli_usage_error(cli, "unknown command '%s'", argv[optind]);
		argc -= optind;
		argv += optind;
		optind = 0;
		status = parse_options(cli, "", cli->command->options, argc, argv);
		if (status != GCV_EXIT_DONE)
			return status;
		for (int i = optind; i < argc; i++)
			add_operand(cli, argv[i]);
	}
	apply_help(cli);
	if (!cli->command)
		return gcv_cli_usage_error(cli, "no command given");
	apply_globals(cli);
	return check_operands(cli);
}

void gcv_cli_release(struct gcv_cli *cli)
{
	free(cli->uses);
	free(cli->operands);
	memset(cli, 0, sizeof(*cli));
}

bool gcv_cli_given(const struct gcv_cli *cli, const char *name)
{
	for (size_t i = 0; i < cli->use_nr; i++)
		if (strcmp(cli->uses[i].option->name, name) == 0)
			return true;
	return false;
}

const char *gcv_cli_value(const struct gcv_cli *cli, const char *name)
{
	for (size_t i = cli->use_nr; i > 0; i--)
		if (strcmp(cli->uses[i - 1].option->name, name) == 0)
			return cli->uses[i - 1].value;
	return NULL;
}

const char *gcv_cli_next_value(const struct gcv_cli *cli, const char *name, size_t *pos)
{
	while (*pos < cli->use_nr) {
		const struct gcv_option_use *use = &cli->uses[(*pos)++];

		if (use->value && strcmp(use->option->name, name) == 0)
			return use->value;
	}
	return NULL;
}

int gcv_cli_number(const struct gcv_cli *cli, const char *name, long min, long max, long *ret_value)
{
	const char *text = gcv_cli_value(cli, name);
	char *end;
	long value;

	if (!text)
		return GCV_EXIT_DONE;
	errno = 0;
	value = strtol(text, &end, 10);
	if (end == text || *end || errno == ERANGE || value < min || value > max)
		return gcv_cli_usage_error(cli, "--%s takes a number from %ld to %ld, not '%s'",
					   name, min, max, text);
	*ret_value = value;
	return GCV_EXIT_DONE;
}

const struct gcv_option *gcv_option_find(const struct gcv_option *options, const char *name)
{
	for (; options && options->name; options++)
		if (strcmp(options->name, name) == 0)
			return options;
	return NULL;
}

bool gcv_words_have(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *w = words; w && *w; w += strcspn(w, " "), w += *w == ' ')
		if (len && strcspn(w, " ") == len && memcmp(w, word, len) == 0)
			return true;
	return false;
}
