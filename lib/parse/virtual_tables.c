// SPDX-License-Identifier: GPL-2.0-only
/* Headers that a script makes from a table below arch/X/tools. */
#include "parse/virtual_make.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 8

/* Split a line at blanks, in place; a line that is empty or a comment has no words. */
static size_t split_words(char *line, char *words[WORDS_MAX])
{
	char *save = NULL, *word;
	size_t nr = 0;

	for (word = strtok_r(line, " \t", &save); word && nr < WORDS_MAX;
	     word = strtok_r(NULL, " \t", &save)) {
		if (*word == '#')
			break;
		words[nr++] = word;
	}
	return nr;
}

static bool is_identifier(const char *word)
{
	size_t i;

	for (i = 0; word[i]; i++)
		if (!isalnum((unsigned char)word[i]) && word[i] != '_')
			return false;
	return i > 0;
}

struct table {
	struct gcv_strbuf text;
	unsigned int nr;
};

static void cpucap_line(void *ctx, char *line)
{
	struct table *t = ctx;
	char *words[WORDS_MAX];

	if (split_words(line, words) == 1 && is_identifier(words[0]))
		gcv_strbuf_addf(&t->text, "#define ARM64_%s %u\n", words[0], t->nr++);
}

/* "#define HWCAP2_SVE2 (1 << 1)" makes "#define KERNEL_HWCAP_SVE2 __khwcap2_feature(SVE2)". */
static void hwcap_line(void *ctx, char *line)
{
	struct gcv_strbuf *text = ctx;
	size_t digits, len;
	char *p = line;

	if (strncmp(p, "#define HWCAP", 13) != 0)
		return;
	p += 13;
	digits = strspn(p, "0123456789");
	if (p[digits] != '_')
		return;
	len = strcspn(p + digits + 1, " \t");
	gcv_strbuf_addf(text, "#define KERNEL_HWCAP_%.*s __khwcap%.*s_feature(%.*s)\n", (int)len,
			p + digits + 1, (int)digits, p, (int)len, p + digits + 1);
}

/* Source: arch/arm64/tools/gen-kernel-hwcaps.sh, since 7.0. */
static void add_hwcaps(struct gcv_virtual *v)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	if (gcv_virtual_read(v, "arch/arm64/include/uapi/asm/hwcap.h", hwcap_line, &text))
		gcv_virtual_add(v, "gen/asm/kernel-hwcap.h", text.buf, text.len);
}

/* Source: arch/arm64/tools/gen-cpucaps.awk; the header was called cpucaps.h before 6.7. */
static void add_cpucaps(struct gcv_virtual *v)
{
	struct table t = { 0 };

	if (gcv_virtual_read(v, "arch/arm64/tools/cpucaps", cpucap_line, &t)) {
		gcv_strbuf_addf(&t.text, "#define ARM64_NCAPS %u\n", t.nr);
		if (!gcv_tree_exists(v->tree, "arch/arm64/include/asm/cpucaps.h"))
			gcv_virtual_add(v, "gen/asm/cpucaps.h", t.text.buf, t.text.len);
		gcv_virtual_add(v, "gen/asm/cpucap-defs.h", t.text.buf, t.text.len);
	}
	gcv_strbuf_release(&t.text);
}

struct sysreg {
	struct gcv_strbuf text;
	char reg[128], field[128];
	bool has_res0, has_res1, has_unkn, has_fields;
	struct gcv_strbuf res0, res1, unkn;
};

static bool parse_bits(const char *word, unsigned int *ret_msb, unsigned int *ret_lsb)
{
	int used = 0;

	if (sscanf(word, "%2u:%2u%n", ret_msb, ret_lsb, &used) == 2 && !word[used])
		return *ret_msb < 64 && *ret_lsb <= *ret_msb;
	if (sscanf(word, "%2u%n", ret_msb, &used) == 1 && !word[used]) {
		*ret_lsb = *ret_msb;
		return *ret_msb < 64;
	}
	return false;
}

static void begin_register(struct sysreg *s, char **words, size_t nr)
{
	const char *r = words[1];

	snprintf(s->reg, sizeof(s->reg), "%s", r);
	gcv_strbuf_clear(&s->res0);
	gcv_strbuf_clear(&s->res1);
	gcv_strbuf_clear(&s->unkn);
	s->has_fields = true;
	if (nr < 7)
		return;
	gcv_strbuf_addf(
		&s->text,
		"#define REG_%s S%s_%s_C%s_C%s_%s\n#define SYS_%s sys_reg(%s, %s, %s, %s, %s)\n"
		"#define SYS_%s_Op0 %s\n#define SYS_%s_Op1 %s\n#define SYS_%s_CRn %s\n"
		"#define SYS_%s_CRm %s\n#define SYS_%s_Op2 %s\n",
		r, words[2], words[3], words[4], words[5], words[6], r, words[2], words[3],
		words[4], words[5], words[6], r, words[2], r, words[3], r, words[4], r, words[5], r,
		words[6]);
}

static void end_register(struct sysreg *s)
{
	if (s->has_fields)
		gcv_strbuf_addf(&s->text,
				"#define %s_RES0 (UL(0)%s)\n#define %s_RES1 (UL(0)%s)\n"
				"#define %s_UNKN (UL(0)%s)\n",
				s->reg, s->res0.len ? s->res0.buf : "", s->reg,
				s->res1.len ? s->res1.buf : "", s->reg,
				s->unkn.len ? s->unkn.buf : "");
	s->reg[0] = '\0';
}

static void add_field(struct sysreg *s, const char *bits, const char *name, const char *sign)
{
	unsigned int msb, lsb;

	if (!parse_bits(bits, &msb, &lsb))
		return;
	snprintf(s->field, sizeof(s->field), "%s", name);
	gcv_strbuf_addf(&s->text,
			"#define %s_%s GENMASK(%u, %u)\n#define %s_%s_MASK GENMASK(%u, %u)\n"
			"#define %s_%s_SHIFT %u\n#define %s_%s_WIDTH %u\n",
			s->reg, name, msb, lsb, s->reg, name, msb, lsb, s->reg, name, lsb, s->reg,
			name, msb - lsb + 1);
	if (sign)
		gcv_strbuf_addf(&s->text, "#define %s_%s_SIGNED %s\n", s->reg, name, sign);
}

static void add_bits(struct gcv_strbuf *to, const char *bits)
{
	unsigned int msb, lsb;

	if (parse_bits(bits, &msb, &lsb))
		gcv_strbuf_addf(to, " | GENMASK_ULL(%u, %u)", msb, lsb);
}

/* Source: arch/arm64/tools/gen-sysreg.awk. */
static void sysreg_line(void *ctx, char *line)
{
	struct sysreg *s = ctx;
	char *w[WORDS_MAX];
	size_t nr = split_words(line, w);

	if (!nr)
		return;
	if (nr >= 2 && (strcmp(w[0], "Sysreg") == 0 || strcmp(w[0], "SysregFields") == 0))
		begin_register(s, w, nr);
	else if (strcmp(w[0], "EndSysreg") == 0 || strcmp(w[0], "EndSysregFields") == 0)
		end_register(s);
	else if (!s->reg[0] || nr < 2)
		return;
	else if (strcmp(w[0], "Fields") == 0 || strcmp(w[0], "Mapping") == 0)
		s->has_fields = false;
	else if (strcmp(w[0], "Res0") == 0)
		add_bits(&s->res0, w[1]);
	else if (strcmp(w[0], "Res1") == 0)
		add_bits(&s->res1, w[1]);
	else if (strcmp(w[0], "Unkn") == 0)
		add_bits(&s->unkn, w[1]);
	else if (strncmp(w[0], "0b", 2) == 0)
		gcv_strbuf_addf(&s->text, "#define %s_%s_%s UL(%s)\n", s->reg, s->field, w[1],
				w[0]);
	else if (nr < 3)
		return;
	else if (strcmp(w[0], "Field") == 0 || strcmp(w[0], "Enum") == 0)
		add_field(s, w[1], w[2], NULL);
	else if (strcmp(w[0], "SignedEnum") == 0)
		add_field(s, w[1], w[2], "true");
	else if (strcmp(w[0], "UnsignedEnum") == 0)
		add_field(s, w[1], w[2], "false");
}

static void add_sysregs(struct gcv_virtual *v)
{
	struct sysreg s = { 0 };

	if (gcv_virtual_read(v, "arch/arm64/tools/sysreg", sysreg_line, &s))
		gcv_virtual_add(v, "gen/asm/sysreg-defs.h", s.text.buf, s.text.len);
	gcv_strbuf_release(&s.text);
	gcv_strbuf_release(&s.res0);
	gcv_strbuf_release(&s.res1);
	gcv_strbuf_release(&s.unkn);
}

static void arm_machine_line(void *ctx, char *line)
{
	struct table *t = ctx;
	char *w[WORDS_MAX];
	size_t nr = split_words(line, w);

	if (nr < 3 || !is_identifier(w[0]) || !is_identifier(w[2]))
		return;
	if (nr == 4 && is_identifier(w[3]))
		gcv_strbuf_addf(&t->text,
				"#define MACH_TYPE_%s %s\n#define machine_is_%s() "
				"(machine_arch_type == MACH_TYPE_%s)\n",
				w[2], w[3], w[0], w[2]);
	else
		gcv_strbuf_addf(&t->text, "#define machine_is_%s() (0)\n", w[0]);
}

static void sh_machine_line(void *ctx, char *line)
{
	struct table *t = ctx;
	char *w[WORDS_MAX], *p;

	if (split_words(line, w) != 2 || !is_identifier(w[0]) || !is_identifier(w[1]))
		return;
	gcv_strbuf_addf(&t->text,
			"#ifdef CONFIG_%s\n#define MACH_%s 1\n#else\n#define MACH_%s 0\n#endif\n",
			w[1], w[0], w[0]);
	gcv_strbuf_addstr(&t->text, "#define mach_is_");
	for (p = w[0]; *p; p++)
		gcv_strbuf_addch(&t->text, (char)tolower((unsigned char)*p));
	gcv_strbuf_addf(&t->text, "() (MACH_%s)\n", w[0]);
}

/* Source: arch/arm/tools/gen-mach-types, arch/sh/tools/gen-mach-types. */
static void add_machines(struct gcv_virtual *v)
{
	struct table t = { 0 };

	if (strcmp(v->arch->name, "arm") == 0) {
		gcv_strbuf_addstr(&t.text, "#ifndef __ASSEMBLY__\nextern unsigned int "
					   "__machine_arch_type;\n#endif\n"
					   "#define machine_arch_type __machine_arch_type\n");
		if (gcv_virtual_read(v, "arch/arm/tools/mach-types", arm_machine_line, &t)) {
			gcv_virtual_add(v, "gen/asm/mach-types.h", t.text.buf, t.text.len);
			gcv_virtual_add(v, "gen/generated/mach-types.h", t.text.buf, t.text.len);
		}
	} else if (gcv_virtual_read(v, "arch/sh/tools/mach-types", sh_machine_line, &t)) {
		gcv_virtual_add(v, "gen/generated/machtypes.h", t.text.buf, t.text.len);
	}
	gcv_strbuf_release(&t.text);
}

/* ".name = "FACILITIES_ALS"": a list of words of a bit map. */
static void facility_line(void *ctx, char *line)
{
	struct table *t = ctx;
	char *name = strstr(line, ".name"), *end;

	name = name ? strchr(name, '"') : NULL;
	end = name ? strchr(name + 1, '"') : NULL;
	if (!end)
		return;
	*end = '\0';
	if (is_identifier(name + 1))
		gcv_strbuf_addf(&t->text, "#define %s 0UL\n", name + 1);
}

/* Source: arch/s390/tools/gen_facilities.c; which bits are set does not matter to a parser. */
static void add_facilities(struct gcv_virtual *v)
{
	struct table t = { 0 };

	if (gcv_virtual_read(v, "arch/s390/tools/gen_facilities.c", facility_line, &t)) {
		gcv_virtual_add(v, "gen/asm/facility-defs.h", t.text.buf, t.text.len);
		gcv_virtual_add(v, "gen/generated/facilities.h", t.text.buf, t.text.len);
	}
	gcv_strbuf_release(&t.text);
}

void gcv_virtual_add_tables(struct gcv_virtual *v)
{
	if (strcmp(v->arch->name, "arm64") == 0) {
		add_cpucaps(v);
		add_hwcaps(v);
		add_sysregs(v);
	} else if (strcmp(v->arch->name, "arm") == 0 || strcmp(v->arch->name, "sh") == 0) {
		add_machines(v);
	} else if (strcmp(v->arch->name, "s390") == 0) {
		add_facilities(v);
	}
}
