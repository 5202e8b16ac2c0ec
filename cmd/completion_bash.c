// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/completion.h"

/*
 * readline breaks --db=FILE into three words at the "=" of COMP_WORDBREAKS. "equals" remembers that
 * one was there: the argument of an option like --ledger[=CLASS] is only offered behind it.
 */
static const char head[] =
	"# bash completion for gupconv, made by 'gupconv completion bash'\n"
	"_gupconv_reply()\n"
	"{\n"
	"\tcase $1 in\n"
	"\tfile) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$2\") ;;\n"
	"\tdir) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$2\") ;;\n"
	"\twords) mapfile -t COMPREPLY < <(compgen -W \"$3\" -- \"$2\") ;;\n"
	"\tesac\n"
	"}\n"
	"\n"
	"_gupconv()\n"
	"{\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	"\tlocal command='' equals='' operands='' options='' i\n"
	"\n"
	"\tCOMPREPLY=()\n"
	"\tif [[ $cur == = ]]; then\n"
	"\t\tcur='' equals=1\n"
	"\telif [[ $prev == = ]]; then\n"
	"\t\tprev=${COMP_WORDS[COMP_CWORD-2]} equals=1\n"
	"\tfi\n"
	"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	"\t\tcase ${COMP_WORDS[i]} in\n"
	"\t\t--) operands=1 ;;\n"
	"\t\t";
static const char command_found[] = ")\n"
				    "\t\t\t[[ $command ]] && continue\n"
				    "\t\t\t((i++))\n"
				    "\t\t\t[[ ${COMP_WORDS[i]} == = ]] && ((i++))\n"
				    "\t\t\t;;\n"
				    "\t\t-* | =) ;;\n"
				    "\t\t*) [[ $command ]] || command=${COMP_WORDS[i]} ;;\n"
				    "\t\tesac\n"
				    "\tdone\n"
				    "\n"
				    "\t[[ $operands ]] && prev=\n"
				    "\tcase $command:$prev:$equals in\n";

static void put_reply(FILE *out, enum gcv_complete complete, const char *words)
{
	const char *before = "";

	switch (complete) {
	case GCV_COMPLETE_NONE:
		fputs("return", out);
		break;
	case GCV_COMPLETE_FILE:
		fputs("_gupconv_reply file \"$cur\"; return", out);
		break;
	case GCV_COMPLETE_DIR:
		fputs("_gupconv_reply dir \"$cur\"; return", out);
		break;
	case GCV_COMPLETE_WORDS:
		fprintf(out, "_gupconv_reply words \"$cur\" '%s'; return", words);
		break;
	case GCV_COMPLETE_COMMAND:
		fputs("_gupconv_reply words \"$cur\" '", out);
		for (const struct gcv_command *c = gcv_commands; c->name; c++) {
			if (c->hidden)
				continue;
			fprintf(out, "%s%s", before, c->name);
			before = " ";
		}
		fputs("'; return", out);
		break;
	}
}

/* @command: the pattern of the command that has the options. */
static void put_arguments(FILE *out, const char *command, const struct gcv_option *opt)
{
	for (; opt && opt->name; opt++) {
		if (opt->has_arg == GCV_ARG_NONE)
			continue;
		fprintf(out, "\t%s:--%s:%s", command, opt->name,
			opt->has_arg == GCV_ARG_OPTIONAL ? "1" : "*");
		if (opt->letter)
			fprintf(out, " | %s:-%c:", command, opt->letter);
		fputs(") ", out);
		put_reply(out, opt->complete, opt->words);
		fputs(" ;;\n", out);
	}
}

static void put_names(FILE *out, const struct gcv_option *opt, const char *before)
{
	for (; opt && opt->name; opt++) {
		fprintf(out, "%s--%s", before, opt->name);
		before = " ";
		if (opt->letter)
			fprintf(out, " -%c", opt->letter);
	}
}

void gcv_completion_bash(FILE *out)
{
	const struct gcv_command *c;

	fputs(head, out);
	gcv_completion_put_global_args(out, " | ");
	fputs(command_found, out);
	put_arguments(out, "*", gcv_global_options);
	for (c = gcv_commands; c->name; c++)
		put_arguments(out, c->name, c->hidden ? NULL : c->options);
	fputs("\tesac\n\n\tif [[ $cur == -* && ! $operands ]]; then\n\t\toptions='", out);
	put_names(out, gcv_global_options, "");
	fputs("'\n\t\tcase $command in\n", out);
	for (c = gcv_commands; c->name; c++) {
		if (c->hidden || !c->options)
			continue;
		fprintf(out, "\t\t%s) options+='", c->name);
		put_names(out, c->options, " ");
		fputs("' ;;\n", out);
	}
	fputs("\t\tesac\n\t\t_gupconv_reply words \"$cur\" \"$options\"\n\t\treturn\n\tfi\n"
	      "\tcase $command in\n\t'') ",
	      out);
	put_reply(out, GCV_COMPLETE_COMMAND, NULL);
	fputs(" ;;\n", out);
	for (c = gcv_commands; c->name; c++) {
		if (c->hidden || c->operand_complete == GCV_COMPLETE_NONE)
			continue;
		fprintf(out, "\t%s) ", c->name);
		put_reply(out, c->operand_complete, c->operand_words);
		fputs(" ;;\n", out);
	}
	fputs("\tesac\n}\n\ncomplete -F _gupconv gupconv\n", out);
}
