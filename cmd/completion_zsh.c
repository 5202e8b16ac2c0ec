// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/completion.h"

/* The part of an option specification behind the description: ":FILE:_files". */
static void put_argument(FILE *out, const struct gcv_option *opt)
{
	if (opt->has_arg == GCV_ARG_NONE)
		return;
	fprintf(out, "%s:%s:", opt->has_arg == GCV_ARG_OPTIONAL ? ":" : "", opt->arg);
	switch (opt->complete) {
	case GCV_COMPLETE_FILE:
		fputs("_files", out);
		break;
	case GCV_COMPLETE_DIR:
		fputs("_files -/", out);
		break;
	case GCV_COMPLETE_WORDS:
		fprintf(out, "(%s)", opt->words);
		break;
	default:
		/* A blank is zsh's word for: an argument about which nothing is known. */
		fputc(' ', out);
		break;
	}
}

/* One spelling: '(-C --tree)--tree=[help]:TREE:_files -/'. */
static void put_spelling(FILE *out, const char *indent, const struct gcv_option *opt,
			 bool is_letter)
{
	fprintf(out, "%s'", indent);
	if (opt->repeats)
		fputc('*', out);
	else if (opt->letter)
		fprintf(out, "(-%c --%s)", opt->letter, opt->name);
	if (is_letter)
		fprintf(out, "-%c%s", opt->letter, opt->has_arg == GCV_ARG_REQUIRED ? "+" : "");
	else
		fprintf(out, "--%s%s", opt->name,
			opt->has_arg == GCV_ARG_REQUIRED   ? "="
			: opt->has_arg == GCV_ARG_OPTIONAL ? "=-"
							   : "");
	fputc('[', out);
	gcv_completion_put_quoted(out, opt->help, "[]:");
	fputc(']', out);
	put_argument(out, opt);
	fputs("'\n", out);
}

static void put_options(FILE *out, const char *indent, const struct gcv_option *opt)
{
	for (; opt && opt->name; opt++) {
		if (opt->letter)
			put_spelling(out, indent, opt, true);
		put_spelling(out, indent, opt, false);
	}
}

static void put_command(FILE *out, const struct gcv_command *command)
{
	fprintf(out, "\t\t%s)\n\t\t\targuments=(\n", command->name);
	put_options(out, "\t\t\t\t", command->options);
	if (command->operand_complete == GCV_COMPLETE_COMMAND)
		fputs("\t\t\t\t'1:command:->command'\n", out);
	else if (command->operand_complete != GCV_COMPLETE_NONE)
		fputs("\t\t\t\t'*:path:_files'\n", out);
	fputs("\t\t\t)\n\t\t\t;;\n", out);
}

void gcv_completion_zsh(FILE *out)
{
	const struct gcv_command *c;

	fputs("#compdef gupconv\n"
	      "# zsh completion for gupconv, made by 'gupconv completion zsh'\n"
	      "_gupconv() {\n"
	      "\tlocal curcontext=\"$curcontext\" state state_descr line ret=1\n"
	      "\tlocal -a globals commands arguments\n"
	      "\ttypeset -A opt_args\n"
	      "\n"
	      "\tglobals=(\n",
	      out);
	put_options(out, "\t\t", gcv_global_options);
	fputs("\t)\n\tcommands=(\n", out);
	for (c = gcv_commands; c->name; c++) {
		if (c->hidden)
			continue;
		fprintf(out, "\t\t'%s:", c->name);
		gcv_completion_put_quoted(out, c->summary, "");
		fputs("'\n", out);
	}
	fputs("\t)\n"
	      "\t_arguments -C -s -S $globals '1:command:->command' '*::argument:->argument' && "
	      "ret=0\n"
	      "\tif [[ $state == argument ]]; then\n"
	      "\t\tcase $words[1] in\n",
	      out);
	for (c = gcv_commands; c->name; c++)
		if (!c->hidden)
			put_command(out, c);
	fputs("\t\tesac\n"
	      "\t\tstate=\n"
	      "\t\t_arguments -C -s -S $globals $arguments && ret=0\n"
	      "\tfi\n"
	      "\t[[ $state == command ]] && _describe command commands && ret=0\n"
	      "\treturn ret\n"
	      "}\n"
	      "\n"
	      "if [[ $funcstack[1] == _gupconv ]]; then\n"
	      "\t_gupconv \"$@\"\n"
	      "else\n"
	      "\tcompdef _gupconv gupconv\n"
	      "fi\n",
	      out);
}
