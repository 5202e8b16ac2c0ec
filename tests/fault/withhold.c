// SPDX-License-Identifier: GPL-2.0-only
/*
 * Run a program on a kernel that has less to guard it with than this one. For tests.
 *
 *	gupconv-withhold WHAT PROGRAM ARGUMENT…
 *
 * WHAT is "landlock" (the kernel has none), "landlock-off" (it was booted without), "landlock-1"
 *(it has the first version), "seccomp" (it takes no filter), "both" or "nothing". The exit status
 *is the program's, 77 where this kernel lacks what that takes.
 */
#include <errno.h>
#include <poll.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of landlock_create_ruleset(): a size of 8 bytes is all that version 1 knows. */
#define ASKS_FOR_VERSION  1
#define SIZE_OF_VERSION_1 8

static int withhold_landlock(scmp_filter_ctx filter, int error)
{
	int rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(error), SCMP_SYS(landlock_create_ruleset),
				  0);

	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(error), SCMP_SYS(landlock_add_rule),
				      0);
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(error),
				      SCMP_SYS(landlock_restrict_self), 0);
	return rc;
}

/* Only the number of the version cannot be given by a filter: this process gives it. */
static int withhold_versions(scmp_filter_ctx filter)
{
	int rc = seccomp_rule_add(filter, SCMP_ACT_NOTIFY, SCMP_SYS(landlock_create_ruleset), 1,
				  SCMP_A2(SCMP_CMP_EQ, ASKS_FOR_VERSION));

	return rc ? rc
		  : seccomp_rule_add(filter, SCMP_ACT_ERRNO(E2BIG),
				     SCMP_SYS(landlock_create_ruleset), 2,
				     SCMP_A1(SCMP_CMP_GT, SIZE_OF_VERSION_1),
				     SCMP_A2(SCMP_CMP_EQ, 0));
}

static int withhold_seccomp(scmp_filter_ctx filter)
{
	int rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(seccomp), 0);

	return rc ? rc
		  : seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
				     SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
}

static int fill(scmp_filter_ctx filter, const char *what)
{
	if (strcmp(what, "nothing") == 0)
		return 0;
	if (strcmp(what, "landlock") == 0)
		return withhold_landlock(filter, ENOSYS);
	if (strcmp(what, "landlock-off") == 0)
		return withhold_landlock(filter, EOPNOTSUPP);
	if (strcmp(what, "landlock-1") == 0)
		return withhold_versions(filter);
	if (strcmp(what, "seccomp") == 0)
		return withhold_seccomp(filter);
	if (strcmp(what, "both") == 0)
		return withhold_landlock(filter, ENOSYS) || withhold_seccomp(filter);
	return -EINVAL;
}

static void send_fd(int to, int fd)
{
	char control[CMSG_SPACE(sizeof(int))] = { 0 }, byte = 0;
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data,
				  .msg_iovlen = 1,
				  .msg_control = control,
				  .msg_controllen = sizeof(control) };
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &fd, sizeof(fd));
	if (sendmsg(to, &message, 0) != 1)
		_exit(77);
}

/* Return: -1 where the other end went without one. */
static int receive_fd(int from)
{
	char control[CMSG_SPACE(sizeof(int))] = { 0 }, byte;
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data,
				  .msg_iovlen = 1,
				  .msg_control = control,
				  .msg_controllen = sizeof(control) };
	int fd = -1;

	if (recvmsg(from, &message, MSG_CMSG_CLOEXEC) == 1 && CMSG_FIRSTHDR(&message))
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return fd;
}

static _Noreturn void run(int up, char **argv)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int fd;

	if (!filter || fill(filter, argv[1]) != 0) {
		fprintf(stderr, "%s: cannot make the filter\n", argv[1]);
		_exit(2);
	}
	if (seccomp_load(filter) != 0)
		_exit(77);
	fd = strcmp(argv[1], "landlock-1") == 0 ? seccomp_notify_fd(filter) : -1;
	if (fd >= 0) {
		send_fd(up, fd);
		close(fd);
	}
	close(up);
	execvp(argv[2], argv + 2);
	_exit(127);
}

/* Say "1" to all who ask for the version, until nobody is left that could. */
static void answer(int fd)
{
	struct pollfd waiting = { .fd = fd, .events = POLLIN };
	struct seccomp_notif *request;
	struct seccomp_notif_resp *reply;

	if (seccomp_notify_alloc(&request, &reply) != 0)
		exit(77);
	while (poll(&waiting, 1, -1) == 1 && waiting.revents & POLLIN) {
		if (seccomp_notify_receive(fd, request) != 0)
			continue;
		*reply = (struct seccomp_notif_resp){ .id = request->id, .val = 1 };
		seccomp_notify_respond(fd, reply);
	}
	seccomp_notify_free(request, reply);
}

int main(int argc, char **argv)
{
	int ends[2], fd, status;
	pid_t pid;

	if (argc < 3 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return 2;
	pid = fork();
	if (pid < 0)
		return 2;
	if (pid == 0) {
		close(ends[0]);
		run(ends[1], argv);
	}
	close(ends[1]);
	fd = receive_fd(ends[0]);
	if (fd >= 0)
		answer(fd);
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return 2;
	return WEXITSTATUS(status);
}
