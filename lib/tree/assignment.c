// SPDX-License-Identifier: GPL-2.0-only
#include "tree/assignment.h"

#include <inttypes.h>
#include <string.h>

static bool is_config(const char *name)
{
	return !strncmp(name, "CONFIG_", 7);
}

bool gcv_is_module_of(const char *symbol, const char *module)
{
	size_t len = strlen(symbol);

	return is_config(symbol) && !strncmp(symbol, module, len) &&
	       !strcmp(module + len, "_MODULE");
}

struct gcv_value gcv_assigned_lookup(void *assigned, const char *name)
{
	const struct gcv_assigned *o = assigned;
	uint32_t i;

	for (i = 0; i < o->assignment->nr; i++)
		if (!strcmp(o->assignment->settings[i].name, name))
			return o->assignment->settings[i].value;
	if (o->base)
		return o->base->lookup(o->base->ctx, name);
	return (struct gcv_value){ .state = GCV_VALUE_UNKNOWN };
}

/* "CONFIG_X=m" says that CONFIG_X is undefined, "CONFIG_X=y" that CONFIG_X_MODULE is. */
static bool is_implied(const struct gcv_assignment *assignment, const struct gcv_setting *setting)
{
	uint32_t i;

	if (setting->value.state != GCV_VALUE_UNDEFINED)
		return false;
	for (i = 0; i < assignment->nr; i++) {
		const struct gcv_setting *other = &assignment->settings[i];

		if (gcv_is_module_of(other->name, setting->name))
			return true;
		if (gcv_is_module_of(setting->name, other->name) &&
		    other->value.state != GCV_VALUE_UNDEFINED)
			return true;
	}
	return false;
}

static void add_setting(const struct gcv_setting *setting, struct gcv_strbuf *ret)
{
	bool config = is_config(setting->name), one = setting->value.number == 1;
	size_t len = strlen(setting->name);

	switch (setting->value.state) {
	case GCV_VALUE_UNKNOWN:
		gcv_strbuf_addf(ret, "%s=?", setting->name);
		return;
	case GCV_VALUE_UNDEFINED:
		gcv_strbuf_addf(ret, "%s=%s", setting->name, config ? "n" : "undefined");
		return;
	case GCV_VALUE_TEXT:
		gcv_strbuf_addf(ret, "%s=defined", setting->name);
		return;
	case GCV_VALUE_NUMBER:
		break;
	}
	if (config && one && len > 14 && !strcmp(setting->name + len - 7, "_MODULE"))
		gcv_strbuf_addf(ret, "%.*s=m", (int)len - 7, setting->name);
	else if (config && one)
		gcv_strbuf_addf(ret, "%s=y", setting->name);
	else
		gcv_strbuf_addf(ret, "%s=%" PRId64, setting->name, setting->value.number);
}

void gcv_assignment_text(const struct gcv_assignment *assignment, struct gcv_strbuf *ret)
{
	bool first = true;
	uint32_t i;

	for (i = 0; i < assignment->nr; i++) {
		if (is_implied(assignment, &assignment->settings[i]))
			continue;
		if (!first)
			gcv_strbuf_addch(ret, ' ');
		first = false;
		add_setting(&assignment->settings[i], ret);
	}
}
