// SPDX-License-Identifier: GPL-2.0-only
#include "report/site.h"

#include <string.h>

/* Is @path the file, or in the folder, @wanted? */
static bool is_below(const char *path, const char *wanted)
{
	size_t len = strlen(wanted);

	while (len && wanted[len - 1] == '/')
		len--;
	return !len || (strncmp(path, wanted, len) == 0 && (!path[len] || path[len] == '/'));
}

static bool has_reason(const struct gcv_result *result, const char *code)
{
	uint32_t i;

	for (i = 0; i < result->nr_reasons; i++)
		if (strcmp(result->reasons[i].code, code) == 0)
			return true;
	return false;
}

/* Without a result nothing passes that asks for one. */
static bool is_result_wanted(const struct gcv_result *result, const struct gcv_site_filter *filter)
{
	if (!filter->pattern && !filter->verdict && !filter->reason)
		return true;
	return result && (!filter->pattern || strcmp(filter->pattern, result->pattern) == 0) &&
	       (!filter->verdict || strcmp(filter->verdict, result->verdict) == 0) &&
	       (!filter->reason || has_reason(result, filter->reason));
}

/* Of whom nobody knows whose it is, nothing passes that asks for a person or a status. */
static bool is_owner_wanted(const struct gcv_subsystem *subsystem,
			    const struct gcv_site_filter *filter)
{
	if (filter->subsystem &&
	    strcasecmp(filter->subsystem, subsystem ? subsystem->title : "none"))
		return false;
	if (filter->maintainer && !gcv_subsystem_has_person(subsystem, filter->maintainer))
		return false;
	return !filter->status || (subsystem && strncasecmp(subsystem->status, filter->status,
							    strlen(filter->status)) == 0);
}

bool gcv_site_may_be_wanted(const struct gcv_site *site, const struct gcv_site_filter *filter)
{
	uint32_t i;

	if (!filter)
		return true;
	if (filter->role && strcmp(filter->role, site->role) != 0)
		return false;
	if (filter->api && strcmp(filter->api, site->api) != 0)
		return false;
	if ((filter->is_homonym && !site->homonym) || !is_owner_wanted(site->subsystem, filter))
		return false;
	for (i = 0; i < filter->nr_paths; i++)
		if (is_below(site->file, filter->paths[i]))
			return true;
	return !filter->nr_paths;
}

bool gcv_site_is_wanted(const struct gcv_site *site, const struct gcv_site_filter *filter)
{
	return !filter ||
	       (gcv_site_may_be_wanted(site, filter) && is_result_wanted(site->result, filter));
}
