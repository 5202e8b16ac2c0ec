// SPDX-License-Identifier: GPL-2.0-only
#include "parse/era_facts.h"
#include "parse/scan_state.h"

#include <string.h>

/*
 * The virtual file that includes the headers, and gives each FOLL_ flag, which may be a macro, to
 * an enum constant whose value libclang tells.
 */
static const char *era_text(struct gcv_scan_state *s)
{
	const struct gcv_api *api = s->options->api;
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	size_t i;

	for (i = 0; i < api->nr_headers; i++)
		if (gcv_tree_exists(s->options->tree, api->headers[i]))
			gcv_strbuf_addf(&text, "#include \"%s\"\n", api->headers[i]);
	for (i = 0; i < api->nr_flags; i++)
		gcv_strbuf_addf(&text,
				"#ifdef %s\nenum { " GCV_ERA_VALUE_PREFIX "%s = %s };\n#endif\n",
				api->flags[i].name, api->flags[i].name, api->flags[i].name);
	return gcv_arena_strndup(&s->scan->arena, text.buf ? text.buf : "", text.len);
}

enum gcv_status gcv_scan_era(struct gcv_scan_state *s, struct gcv_err *err)
{
	const char *text = era_text(s);
	struct gcv_hash hash = gcv_hash_bytes(text, strlen(text));
	struct gcv_attempt *attempt;
	struct gcv_scan_env *env;
	enum gcv_status st;
	uint32_t nr = 0;

	st = gcv_scan_env_for(s, gcv_arch_pick(s->options->tree, "include/linux/mm.h", "", 0), &env,
			      err);
	if (st == GCV_OK)
		st = gcv_scan_stored_use(s, NULL, GCV_UNIT_ERA, GCV_VIRTUAL "era.c", hash.b, &nr,
					 err);
	if (st != GCV_OK || nr)
		return st;
	attempt = gcv_scan_attempt_new(s, NULL, env, GCV_UNIT_ERA, GCV_VIRTUAL "era.c", text,
				       env->name);
	attempt->job.kind = GCV_JOB_ERA;
	gcv_scan_attempt_args(s, attempt);
	s->submitted++;
	gcv_scan_submit(s, attempt);
	return GCV_OK;
}

void gcv_scan_era_take(struct gcv_scan_state *s, const struct gcv_facts *facts)
{
	gcv_era_release(&s->scan->era);
	gcv_era_of_facts(s->options->api, facts, &s->scan->arena, &s->scan->era);
}
