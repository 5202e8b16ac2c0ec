// SPDX-License-Identifier: GPL-2.0-only
/* The macro language of Kconfig: Documentation/kbuild/kconfig-macro-language.rst. */
#include "parse/kconfig_model.h"

#include <string.h>

/*
 * Functions that run the compiler, the assembler or a script in a real build
 * (scripts/Kconfig.include). An option or instruction that some Kconfig file asks for is taken as
 * there, a script as failed.
 */
static const struct {
	const char *name, *answer;
} answers[] = {
	{ "cc-option", "y" },	 { "cc-option-bit", "" }, { "cc-version", "0" },
	{ "as-option", "y" },	 { "as-instr", "y" },	  { "as-instr32", "n" },
	{ "as-instr64", "y" },	 { "ld-option", "y" },	  { "success", "n" },
	{ "failure", "n" },	 { "if-success", "" },	  { "shell", "" },
	{ "rustc-option", "n" }, { "error-if", "" },	  { "warning-if", "" },
	{ "info", "" },
};

/*
 * Options that came after libclang 19 (release notes of clang). What Kconfig derives from them
 * leads to builtins and extensions that it does not know.
 */
static const char *const newer_options[] = {
	"-falloc-token",	  /* 22 */
	"-fms-anonymous-structs", /* 22; kernels that want it take -fms-extensions instead */
	"-fdefer-ts",		  /* 22 */
	"-fsanitize=alloc-token", /* 22 */
};

static bool is_too_new(const char *args)
{
	size_t i;

	for (i = 0; i < sizeof(newer_options) / sizeof(*newer_options); i++)
		if (strstr(args, newer_options[i]))
			return true;
	return false;
}

static void answer_call(void *ctx, const char *name, size_t name_len, const char *args,
			struct gcv_strbuf *ret)
{
	size_t i;

	(void)ctx;
	if (strncmp(name, "cc-option", 9) == 0 && is_too_new(args)) {
		gcv_strbuf_addstr(ret, "n");
		return;
	}
	for (i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		if (strlen(answers[i].name) == name_len &&
		    memcmp(answers[i].name, name, name_len) == 0) {
			gcv_strbuf_addstr(ret, answers[i].answer);
			return;
		}
	}
	/* Variants such as cc-option-yn and cc-option-align. */
	gcv_strbuf_addstr(ret, strncmp(name, "cc-option", 9) == 0 ? "y" : "n");
}

void gcv_kc_macros_init(struct gcv_kc_model *model)
{
	/* arch/um/Makefile takes headers and Kconfig files from the host's architecture. */
	const char *host = strcmp(model->arch, "um") == 0 ? "x86" : model->arch;
	const struct {
		const char *name, *value;
	} vars[] = {
		{ "SRCARCH", model->arch },
		{ "ARCH", model->arch },
		{ "UTS_MACHINE", model->arch },
		{ "HEADER_ARCH", host },
		{ "SUBARCH", host },
		{ "srctree", "." },
		{ "objtree", "." },
		{ "KERNELVERSION", "0" },
		{ "CC", "clang" },
		{ "LD", "ld.lld" },
		{ "CC_VERSION_TEXT", "clang" },
	};
	size_t i;

	model->macros.call = answer_call;
	for (i = 0; i < sizeof(vars) / sizeof(*vars); i++)
		gcv_macros_set(&model->macros, vars[i].name, strlen(vars[i].name), vars[i].value,
			       false);
}
