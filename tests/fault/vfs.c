// SPDX-License-Identifier: GPL-2.0-only
#include "tests/fault/vfs.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a disk writes as a whole. */
#define SECTOR_BYTES 512

/**
 * struct change - a write or truncation that was not synced yet
 * @next: the one before
 * @path: the file
 * @offset: where; of a truncation the new size
 * @len_bytes: how much was written; 0 for a truncation
 * @old_size: of the file
 * @old: what the file had from @offset on
 * @old_bytes: how much that was
 * @new: what was written
 */
struct change {
	struct change *next;
	char *path;
	int64_t offset, len_bytes, old_size;
	char *old;
	int64_t old_bytes;
	char *new;
};

struct fault_file {
	sqlite3_file base;
	const char *path; /* owned by SQLite as long as the file is open; NULL: without a name */
	sqlite3_file *real;
};

static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	sqlite3_mem_methods memory;
	struct fault fault;
	uint64_t nr_changes, nr_reads, nr_system_reads, nr_allocations;
	bool fired, gone, full;
	struct change *changes; /* the newest first */
} disk;

static bool is_power(enum fault_kind kind)
{
	return kind == FAULT_POWER || kind == FAULT_POWER_SOME;
}

static bool kills(enum fault_kind kind)
{
	return kind == FAULT_KILL || kind == FAULT_TORN || is_power(kind);
}

static bool is_of_memory(enum fault_kind kind)
{
	return kind == FAULT_MEMORY || kind == FAULT_NO_MEMORY;
}

static bool is_of_changes(enum fault_kind kind)
{
	return kind != FAULT_NONE && kind != FAULT_READ && kind != FAULT_SHORT_READ &&
	       !is_of_memory(kind);
}

/* Count a change: does this one go wrong? */
static bool change_fails(void)
{
	disk.nr_changes++;
	if (disk.gone)
		return true;
	if (!is_of_changes(disk.fault.kind) || disk.nr_changes != disk.fault.at)
		return false;
	disk.fired = true;
	if (kills(disk.fault.kind))
		disk.gone = true;
	else if (disk.fault.kind != FAULT_EIO)
		disk.full = true;
	return true;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct fault_file *)file)->real;
}

static int64_t size_of(sqlite3_file *real)
{
	sqlite3_int64 size = 0;

	real->pMethods->xFileSize(real, &size);
	return size;
}

static void *copy_of(const void *data, size_t len)
{
	void *copy = malloc(len ? len : 1);

	if (!copy)
		abort();
	if (len)
		memcpy(copy, data, len);
	return copy;
}

/* Note what is needed to take a change back. */
static void remember(struct fault_file *f, const void *data, int64_t offset, int64_t len)
{
	struct change *change;
	int64_t size, left;

	if (!is_power(disk.fault.kind) || !f->path)
		return;
	change = calloc(1, sizeof(*change));
	if (!change)
		abort();
	size = size_of(f->real);
	left = offset < size ? size - offset : 0;
	change->path = strdup(f->path);
	change->offset = offset;
	change->len_bytes = len;
	change->old_size = size;
	change->old_bytes = len && len < left ? len : left;
	change->old = malloc((size_t)change->old_bytes + 1);
	if (!change->path || !change->old)
		abort();
	if (change->old_bytes)
		f->real->pMethods->xRead(f->real, change->old, (int)change->old_bytes, offset);
	change->new = copy_of(data, (size_t)len);
	change->next = disk.changes;
	disk.changes = change;
}

static void forget(struct change *change)
{
	free(change->path);
	free(change->old);
	free(change->new);
	free(change);
}

/* What was synced stays. */
static void settle(const char *path)
{
	struct change **at = &disk.changes;

	while (path && *at) {
		struct change *change = *at;

		if (strcmp(change->path, path) != 0) {
			at = &change->next;
			continue;
		}
		*at = change->next;
		forget(change);
	}
}

static int fault_close(sqlite3_file *file)
{
	struct fault_file *f = (struct fault_file *)file;
	int rc = f->real->pMethods->xClose(f->real);

	sqlite3_free(f->real);
	f->real = NULL;
	return rc;
}

static int fault_read(sqlite3_file *file, void *data, int len, sqlite3_int64 offset)
{
	disk.nr_reads++;
	if (disk.gone)
		return SQLITE_IOERR_READ;
	if (disk.fault.kind == FAULT_READ && disk.nr_reads == disk.fault.at) {
		disk.fired = true;
		return SQLITE_IOERR_READ;
	}
	return real_of(file)->pMethods->xRead(real_of(file), data, len, offset);
}

/* How much the system gives of @len. */
static size_t system_share(size_t len)
{
	disk.nr_system_reads++;
	if (disk.fault.kind != FAULT_SHORT_READ || disk.nr_system_reads != disk.fault.at)
		return len;
	disk.fired = true;
	return len > 1 ? len / 2 : len;
}

/* Below SQLite's own file system, for a short read is its business. */
static ssize_t fault_system_read(int fd, void *data, size_t len)
{
	return read(fd, data, system_share(len));
}

static ssize_t fault_system_pread(int fd, void *data, size_t len, off_t offset)
{
	return pread(fd, data, system_share(len), offset);
}

static int write_real(struct fault_file *f, const void *data, int len, sqlite3_int64 offset)
{
	remember(f, data, offset, len);
	return f->real->pMethods->xWrite(f->real, data, len, offset);
}

static int fault_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
	struct fault_file *f = (struct fault_file *)file;
	bool was_gone = disk.gone;

	if (change_fails()) {
		bool tears = disk.fault.kind == FAULT_TORN || disk.fault.kind == FAULT_SHORT_WRITE;

		if (!was_gone && tears && write_real(f, data, len / 2, offset) != SQLITE_OK)
			return SQLITE_IOERR_WRITE;
		return disk.full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	}
	if (disk.full && offset + len > size_of(f->real))
		return SQLITE_FULL;
	return write_real(f, data, len, offset);
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct fault_file *f = (struct fault_file *)file;

	if (change_fails())
		return SQLITE_IOERR_TRUNCATE;
	remember(f, "", size, 0);
	return f->real->pMethods->xTruncate(f->real, size);
}

/* Nothing goes to the real disk: that would only take time. */
static int fault_sync(sqlite3_file *file, int flags)
{
	(void)flags;
	if (change_fails())
		return SQLITE_IOERR_FSYNC;
	settle(((struct fault_file *)file)->path);
	return SQLITE_OK;
}

static int fault_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int fault_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int fault_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int fault_check_lock(sqlite3_file *file, int *ret)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), ret);
}

/* The system's own hints of growth would go past us. */
static int fault_control(sqlite3_file *file, int op, void *arg)
{
	if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE)
		return SQLITE_NOTFOUND;
	return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static int fault_sector_size(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int fault_characteristics(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int fault_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret)
{
	if (extend && change_fails())
		return disk.full ? SQLITE_FULL : SQLITE_IOERR_SHMSIZE;
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, ret);
}

static int fault_shm_lock(sqlite3_file *file, int offset, int nr, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, nr, flags);
}

static void fault_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int fault_shm_unmap(sqlite3_file *file, int deletes)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), deletes && !disk.gone);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = fault_close,
	.xRead = fault_read,
	.xWrite = fault_write,
	.xTruncate = fault_truncate,
	.xSync = fault_sync,
	.xFileSize = fault_file_size,
	.xLock = fault_lock,
	.xUnlock = fault_unlock,
	.xCheckReservedLock = fault_check_lock,
	.xFileControl = fault_control,
	.xSectorSize = fault_sector_size,
	.xDeviceCharacteristics = fault_characteristics,
	.xShmMap = fault_shm_map,
	.xShmLock = fault_shm_lock,
	.xShmBarrier = fault_shm_barrier,
	.xShmUnmap = fault_shm_unmap,
};

static int fault_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
		      int *ret_flags)
{
	struct fault_file *f = (struct fault_file *)file;
	int rc;

	(void)vfs;
	f->base.pMethods = NULL;
	if (flags & SQLITE_OPEN_CREATE && path && access(path, F_OK) != 0 && change_fails())
		return SQLITE_CANTOPEN;
	f->path = path;
	f->real = sqlite3_malloc(disk.real->szOsFile);
	if (!f->real)
		return SQLITE_NOMEM;
	rc = disk.real->xOpen(disk.real, path, f->real, flags, ret_flags);
	if (rc != SQLITE_OK) {
		sqlite3_free(f->real);
		return rc;
	}
	f->base.pMethods = &methods;
	return SQLITE_OK;
}

static int fault_delete(sqlite3_vfs *vfs, const char *path, int syncs)
{
	(void)vfs;
	(void)syncs;
	if (change_fails())
		return SQLITE_IOERR_DELETE;
	settle(path);
	return disk.real->xDelete(disk.real, path, 0);
}

static bool allocation_fails(void)
{
	disk.nr_allocations++;
	if (!is_of_memory(disk.fault.kind) || disk.nr_allocations < disk.fault.at)
		return false;
	if (disk.fault.kind == FAULT_MEMORY && disk.nr_allocations > disk.fault.at)
		return false;
	disk.fired = true;
	return true;
}

static void *fault_malloc(int len)
{
	return allocation_fails() ? NULL : disk.memory.xMalloc(len);
}

static void *fault_realloc(void *data, int len)
{
	return allocation_fails() ? NULL : disk.memory.xRealloc(data, len);
}

void fault_vfs_install(void)
{
	sqlite3_mem_methods memory;

	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &disk.memory);
	memory = disk.memory;
	memory.xMalloc = fault_malloc;
	memory.xRealloc = fault_realloc;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &memory);
	/* Each page that is kept is an allocation of its own, which can fail. */
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
	disk.real = sqlite3_vfs_find(NULL);
	disk.real->xSetSystemCall(disk.real, "read", (sqlite3_syscall_ptr)fault_system_read);
	disk.real->xSetSystemCall(disk.real, "pread", (sqlite3_syscall_ptr)fault_system_pread);
	disk.real->xSetSystemCall(disk.real, "pread64", (sqlite3_syscall_ptr)fault_system_pread);
	disk.vfs = *disk.real;
	disk.vfs.zName = "fault";
	disk.vfs.szOsFile = sizeof(struct fault_file);
	disk.vfs.xOpen = fault_open;
	disk.vfs.xDelete = fault_delete;
	sqlite3_vfs_register(&disk.vfs, 1);
}

void fault_plan(const struct fault *fault)
{
	disk.fault = *fault;
	disk.nr_changes = disk.nr_reads = disk.nr_system_reads = disk.nr_allocations = 0;
	disk.fired = disk.gone = disk.full = false;
}

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005U + 1442695040888963407U;
	return *state >> 33;
}

static void put_bytes(int fd, const char *data, int64_t len, int64_t offset)
{
	if (len && pwrite(fd, data, (size_t)len, offset) != len)
		abort();
}

static int reopen(const struct change *change)
{
	int fd = open(change->path, O_RDWR | O_CLOEXEC);

	return fd;
}

/* Make the file what it was before. */
static void take_back(const struct change *change)
{
	int fd = reopen(change);

	if (fd < 0)
		return;
	if (ftruncate(fd, change->old_size) != 0)
		abort();
	put_bytes(fd, change->old, change->old_bytes, change->offset);
	close(fd);
}

/* Some sectors of a write have reached the disk all the same. */
static void do_again(const struct change *change, uint64_t *random)
{
	int fd = reopen(change);
	int64_t at;

	if (fd < 0)
		return;
	if (!change->len_bytes && next_random(random) % 2 && ftruncate(fd, change->offset) != 0)
		abort();
	for (at = 0; at < change->len_bytes; at += SECTOR_BYTES) {
		int64_t len = change->len_bytes - at;

		if (next_random(random) % 2)
			put_bytes(fd, change->new + at, len < SECTOR_BYTES ? len : SECTOR_BYTES,
				  change->offset + at);
	}
	close(fd);
}

static struct change *turned_round(struct change *list)
{
	struct change *ret = NULL;

	while (list) {
		struct change *next = list->next;

		list->next = ret;
		ret = list;
		list = next;
	}
	return ret;
}

static void lose_power(void)
{
	uint64_t random = disk.fault.seed;
	struct change *change;

	for (change = disk.changes; change; change = change->next)
		take_back(change);
	disk.changes = turned_round(disk.changes);
	for (change = disk.changes; change; change = change->next)
		if (disk.fault.kind == FAULT_POWER_SOME)
			do_again(change, &random);
}

bool fault_end(void)
{
	if (is_power(disk.fault.kind) && (disk.gone || !disk.fault.at))
		lose_power();
	while (disk.changes) {
		struct change *next = disk.changes->next;

		forget(disk.changes);
		disk.changes = next;
	}
	disk.fault.kind = FAULT_NONE;
	disk.gone = disk.full = false;
	return disk.fired;
}

uint64_t fault_calls(enum fault_kind kind)
{
	if (kind == FAULT_READ)
		return disk.nr_reads;
	if (kind == FAULT_SHORT_READ)
		return disk.nr_system_reads;
	return is_of_memory(kind) ? disk.nr_allocations : disk.nr_changes;
}

const char *fault_name(enum fault_kind kind)
{
	static const char *const names[FAULT_KINDS] = {
		[FAULT_NONE] = "no fault",
		[FAULT_EIO] = "EIO",
		[FAULT_FULL] = "a full disk",
		[FAULT_SHORT_WRITE] = "a short write",
		[FAULT_KILL] = "a kill",
		[FAULT_TORN] = "a kill within a write",
		[FAULT_POWER] = "a power cut",
		[FAULT_POWER_SOME] = "a power cut that leaves some sectors",
		[FAULT_READ] = "EIO of a read",
		[FAULT_SHORT_READ] = "a short read",
		[FAULT_MEMORY] = "a failed allocation",
		[FAULT_NO_MEMORY] = "no memory",
	};

	return names[kind];
}
