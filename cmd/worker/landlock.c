// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/worker/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Accesses to files: 13 in version 1, then one each in versions 2 (refer), 3 (truncate), 5 (ioctl).
 */
#define FS_VERSION_1 ((UINT64_C(1) << 13) - 1)
#define FS_REFER     (UINT64_C(1) << 13)
#define FS_TRUNCATE  (UINT64_C(1) << 14)
#define FS_IOCTL_DEV (UINT64_C(1) << 15)

/* Version 4: bind and connect. Version 6: abstract sockets and signals. */
#define NET_ALL	  UINT64_C(3)
#define SCOPE_ALL UINT64_C(3)

#define READ_FILE_ACCESS  (LANDLOCK_ACCESS_FS_READ_FILE)
#define READ_ACCESS	  (READ_FILE_ACCESS | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE_FILE_ACCESS (LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE)
#define WRITE_ACCESS \
	(WRITE_FILE_ACCESS | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE)

/* struct landlock_ruleset_attr as version 6 has it; older kernels take the front of it. */
struct ruleset {
	uint64_t fs, net, scope;
};

static struct ruleset rules_of_version(long version)
{
	struct ruleset rules = { .fs = FS_VERSION_1 };

	if (version >= 2)
		rules.fs |= FS_REFER;
	if (version >= 3)
		rules.fs |= FS_TRUNCATE;
	if (version >= 4)
		rules.net = NET_ALL;
	if (version >= 5)
		rules.fs |= FS_IOCTL_DEV;
	if (version >= 6)
		rules.scope = SCOPE_ALL;
	return rules;
}

static size_t size_of_version(long version)
{
	if (version >= 6)
		return sizeof(struct ruleset);
	return version >= 4 ? offsetof(struct ruleset, scope) : offsetof(struct ruleset, net);
}

bool gcv_landlock_begin(struct gcv_landlock *ret_lock)
{
	long version =
		syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset rules;

	if (version < 1)
		return false;
	rules = rules_of_version(version);
	ret_lock->handled = rules.fs;
	ret_lock->fd =
		(int)syscall(SYS_landlock_create_ruleset, &rules, size_of_version(version), 0);
	return ret_lock->fd >= 0;
}

void gcv_landlock_allow(const struct gcv_landlock *lock, const char *path, bool write)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = write ? READ_ACCESS | WRITE_ACCESS : READ_ACCESS,
		.parent_fd = open(path, O_PATH | O_CLOEXEC),
	};
	struct stat st;

	if (rule.parent_fd < 0)
		return;
	if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= READ_FILE_ACCESS | WRITE_FILE_ACCESS;
	rule.allowed_access &= lock->handled;
	(void)syscall(SYS_landlock_add_rule, lock->fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
}

bool gcv_landlock_enter(struct gcv_landlock *lock)
{
	bool holds = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		     syscall(SYS_landlock_restrict_self, lock->fd, 0) == 0;

	close(lock->fd);
	lock->fd = -1;
	return holds;
}
