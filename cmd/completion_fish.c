// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/completion.h"

/* fish knows \' and \\ inside single quotes, and no other escape. */
static void put_text(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('\'', out);
}

/* @command: NULL for options that every command takes. */
static void put_option(FILE *out, const char *command, const struct gcv_option *opt)
{
	fputs("complete -c gupconv", out);
	if (command)
		fprintf(out, " -n '__gupconv_is %s'", command);
	if (opt->letter)
		fprintf(out, " -s %c", opt->letter);
	fprintf(out, " -l %s", opt->name);
	if (opt->has_arg == GCV_ARG_REQUIRED)
		fputs(" -r", out);
	if (opt->complete == GCV_COMPLETE_FILE)
		fputs(" -F", out);
	else if (opt->has_arg != GCV_ARG_NONE)
		fputs(" -f", out);
	if (opt->complete == GCV_COMPLETE_DIR)
		fputs(" -a '(__fish_complete_directories)'", out);
	else if (opt->complete == GCV_COMPLETE_WORDS)
		fprintf(out, " -a '%s'", opt->words);
	fputs(" -d ", out);
	put_text(out, opt->help);
	fputc('\n', out);
}

static void put_command_names(FILE *out, const char *condition)
{
	for (const struct gcv_command *c = gcv_commands; c->name; c++) {
		if (c->hidden)
			continue;
		fprintf(out, "complete -c gupconv -n '%s' -a %s -d ", condition, c->name);
		put_text(out, c->summary);
		fputc('\n', out);
	}
}

void gcv_completion_fish(FILE *out)
{
	const struct gcv_option *opt;
	const struct gcv_command *c;

	fputs("# fish completion for gupconv, made by 'gupconv completion fish'\n"
	      "function __gupconv_command\n"
	      "    set -l skip 0\n"
	      "    for word in (commandline -opc)[2..]\n"
	      "        if test $skip = 1\n"
	      "            set skip 0\n"
	      "            continue\n"
	      "        end\n"
	      "        switch $word\n"
	      "            case ",
	      out);
	gcv_completion_put_global_args(out, " ");
	fputs("\n"
	      "                set skip 1\n"
	      "            case '-*'\n"
	      "            case '*'\n"
	      "                echo $word\n"
	      "                return 0\n"
	      "        end\n"
	      "    end\n"
	      "    return 1\n"
	      "end\n"
	      "\n"
	      "function __gupconv_is\n"
	      "    set -l found (__gupconv_command)\n"
	      "    and test \"$found\" = \"$argv[1]\"\n"
	      "end\n"
	      "\n"
	      "complete -c gupconv -f\n",
	      out);
	put_command_names(out, "not __gupconv_command");
	for (opt = gcv_global_options; opt->name; opt++)
		put_option(out, NULL, opt);
	for (c = gcv_commands; c->name; c++) {
		if (c->hidden)
			continue;
		for (opt = c->options; opt && opt->name; opt++)
			put_option(out, c->name, opt);
		if (c->operand_complete == GCV_COMPLETE_FILE)
			fprintf(out, "complete -c gupconv -n '__gupconv_is %s' -F\n", c->name);
		else if (c->operand_complete == GCV_COMPLETE_COMMAND)
			put_command_names(out, "__gupconv_is help");
	}
}
