// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/worker_path.h"
#include "base/alloc.h"
#include "base/strbuf.h"
#include <limits.h>
#include <string.h>
#include <unistd.h>

enum gcv_status gcv_worker_path(char **ret_path, struct gcv_err *err)
{
	static const char *const folders[] = { "", GCV_LIBEXEC_FROM_BIN "/" };
	struct gcv_strbuf path GCV_STRBUF_AUTO = { 0 };
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (len < 0)
		return gcv_err_sys(err, "cannot read /proc/self/exe");
	self[len] = '\0';
	strrchr(self, '/')[1] = '\0';
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		gcv_strbuf_clear(&path);
		gcv_strbuf_addf(&path, "%s%sgupconv-parse", self, folders[i]);
		if (access(path.buf, X_OK) == 0) {
			*ret_path = gcv_strbuf_detach(&path);
			return GCV_OK;
		}
	}
	if (access(GCV_LIBEXECDIR "/gupconv-parse", X_OK) == 0) {
		*ret_path = gcv_strdup(GCV_LIBEXECDIR "/gupconv-parse");
		return GCV_OK;
	}
	return gcv_err_set(err, GCV_ERR_NOT_FOUND, "gupconv-parse is neither in %s nor in %s", self,
			   GCV_LIBEXECDIR);
}
