// SPDX-License-Identifier: GPL-2.0-only
#include "parse/relpath.h"

#include <string.h>

/* Append one component of @len bytes to the path of *@used bytes in @out. */
static bool add_component(char *out, size_t *used, const char *component, size_t len)
{
	if (!len || (len == 1 && component[0] == '.'))
		return true;
	if (len == 2 && component[0] == '.' && component[1] == '.') {
		if (!*used)
			return false;
		out[*used] = '\0';
		gcv_relpath_folder(out);
		*used = strlen(out);
		return true;
	}
	if (*used + len + 2 > GCV_RELPATH_MAX)
		return false;
	if (*used)
		out[(*used)++] = '/';
	memcpy(out + *used, component, len);
	*used += len;
	return true;
}

static bool add_path(char *out, size_t *used, const char *path)
{
	size_t len;

	for (;;) {
		len = strcspn(path, "/");
		if (!add_component(out, used, path, len))
			return false;
		if (!path[len])
			return true;
		path += len + 1;
	}
}

bool gcv_relpath_fold(const char *base, const char *path, char ret[GCV_RELPATH_MAX])
{
	char out[GCV_RELPATH_MAX];
	size_t used = 0;

	if (path[0] == '/')
		return false;
	if (!add_path(out, &used, base) || !add_path(out, &used, path))
		return false;
	memcpy(ret, out, used);
	ret[used] = '\0';
	return true;
}

bool gcv_relpath_folder(char *path)
{
	char *slash = strrchr(path, '/');

	if (!path[0])
		return false;
	if (slash)
		*slash = '\0';
	else
		path[0] = '\0';
	return true;
}
