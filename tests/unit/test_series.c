// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include "edit/series.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

/* Files before and after, with what a mail's way tends to damage. */
static const struct {
	const char *path, *before, *after;
} files[] = {
	{ "net/rds/rdma.c", "int f(void)\n{\n\tput_page(a);\n}\n",
	  "int f(void)\n{\n\tput_user_page(a);\n}\n" },
	{ "drivers/media/x.c", "int g(void)\r\n{\r\n\tput_page(a); \r\n\r\n}",
	  "int g(void)\r\n{\r\n\tput_user_page(a); \r\n\r\n}" },
	{ "fs/b.c", "/* J\xf6rg = J\xc3\xb6rg */\nFrom here\n\tput_page(a);\n",
	  "/* J\xf6rg = J\xc3\xb6rg */\nFrom here\n\tput_user_page(a);\n" },
	{ "fs/a.c", "/* \xc3\xa4 */\n\tput_page(a);\n", "/* \xc3\xa4 */\n\tput_user_page(a);\n" },
};

static char scratch[] = "/tmp/gupconv-series-XXXXXX";

static char *in_scratch(const char *rel)
{
	static char path[8][2048];
	static unsigned int turn;
	char *ret = path[turn++ % 8];

	snprintf(ret, sizeof(path[0]), "%s/%s", scratch, rel);
	return ret;
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static char *get(const char *path)
{
	struct gcv_strbuf text = { 0 };
	struct gcv_err err;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(gcv_strbuf_read_fd(&text, fd, 1 << 20, path, &err), GCV_OK);
	close(fd);
	return gcv_strbuf_detach(&text);
}

static void run(const char *command)
{
	if (system(command) != 0)
		fail_msg("%s", command);
}

static void add_file(struct gcv_series *series, struct gcv_series_patch *patch, size_t i)
{
	struct gcv_diff diff;
	struct gcv_err err;

	assert_int_equal(gcv_diff_make(files[i].path, files[i].before, strlen(files[i].before),
				       files[i].after, strlen(files[i].after), &diff, &err),
			 GCV_OK);
	gcv_series_add_diff(series, patch, files[i].path, &diff);
	gcv_diff_release(&diff);
}

static void fill(struct gcv_series *series)
{
	struct gcv_series_patch *patch;

	*series = (struct gcv_series){
		.title = "convert put_page() to put_user_page*()",
		.cover = "Hi,\n\nThis converts call sites.",
		.refusals = "Not converted: 2 calls in mm/, since their pages come from elsewhere.",
		.version = 1,
		.base_commit = "0123456789abcdef0123456789abcdef01234567",
		.signature = "gupconv 1.0",
		.from = { { "M\xc3\xbcller, J\xc3\xb6rg X", "j@x.org" }, 1565000000, -420 },
	};
	patch = gcv_series_add(series, "net/rds", "convert put_page() to put_user_page*()");
	patch->body = "For pages from get_user_pages*(), release by put_user_page().\n";
	add_file(series, patch, 0);
	assert_int_equal(gcv_recipients_add(&patch->people, GCV_RECIPIENT_TO, "Ada <ada@x.org>",
					    &series->arena, NULL),
			 GCV_OK);
	patch = gcv_series_add(series, "media: x", "convert put_page()");
	patch->body = "A body.";
	add_file(series, patch, 1);
	patch = gcv_series_add(
		series, "fs",
		"convert put_page() to put_user_page*() in the long name of a m\xc3\xa4n indeed");
	patch->body = "From J\xc3\xb6rg.\n\nTwo files.";
	add_file(series, patch, 2);
	add_file(series, patch, 3);
	assert_int_equal(gcv_recipients_add(&patch->people, GCV_RECIPIENT_LIST, "fs@lists.org",
					    &series->arena, NULL),
			 GCV_OK);
}

static void expect_mail(const struct gcv_series *series, size_t index, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf mail = { 0 };
	struct gcv_err err = { 0 };

	if (gcv_series_mail(series, index, &mail, &err) != GCV_OK)
		fail_msg("%s", err.text);
	assert_string_equal(mail.buf, expected);
}

static void the_cover_letter(void **state)
{
	struct gcv_series series;

	(void)state;
	fill(&series);
	expect_mail(
		&series, 0,
		"From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n"
		"Message-Id: <cover.900217f5c83e2d4c.1565000000.gupconv.j@x.org>\n"
		"From: =?UTF-8?q?M=C3=BCller=2C=20J=C3=B6rg=20X?= <j@x.org>\n"
		"Date: Mon, 5 Aug 2019 03:13:20 -0700\n"
		"Subject: [PATCH 0/3] convert put_page() to put_user_page*()\n"
		"To: Ada <ada@x.org>\n"
		"Cc: fs@lists.org\n"
		"MIME-Version: 1.0\n"
		"Content-Type: text/plain; charset=UTF-8\n"
		"Content-Transfer-Encoding: 8bit\n"
		"\n"
		"Hi,\n"
		"\n"
		"This converts call sites.\n"
		"\n"
		"Not converted: 2 calls in mm/, since their pages come from elsewhere.\n"
		"\n"
		"M\xc3\xbcller, J\xc3\xb6rg X (3):\n"
		"  net/rds: convert put_page() to put_user_page*()\n"
		"  media: x: convert put_page()\n"
		"  fs: convert put_page() to put_user_page*() in the long name of a m\xc3\xa4n\n"
		"    indeed\n"
		"\n"
		" drivers/media/x.c | 2 +-\n"
		" fs/a.c            | 2 +-\n"
		" fs/b.c            | 2 +-\n"
		" net/rds/rdma.c    | 2 +-\n"
		" 4 files changed, 4 insertions(+), 4 deletions(-)\n"
		"\n"
		"base-commit: 0123456789abcdef0123456789abcdef01234567\n"
		"-- \n"
		"gupconv 1.0\n"
		"\n");
	gcv_series_release(&series);
}

static void a_patch(void **state)
{
	struct gcv_series series;
	struct gcv_err err;

	(void)state;
	fill(&series);
	series.version = 2;
	series.in_reply_to = "v1.cover@x.org";
	series.sign_off = true;
	series.patches[0]->changes = "Changes since v1:\n- none";
	assert_int_equal(gcv_series_add_tag(&series, series.patches[0], "Acked-by: Ada <ada@x.org>",
					    &err),
			 GCV_OK);
	assert_int_equal(gcv_series_add_tag(&series, series.patches[0], "Acked-by: Ada <ada@x.org>",
					    &err),
			 GCV_OK);
	expect_mail(&series, 1,
		    "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n"
		    "Message-Id: <7d0f3cab23b4f2b5.1565000000.gupconv.j@x.org>\n"
		    "In-Reply-To: <cover.16b45caffa0f53a8.1565000000.gupconv.j@x.org>\n"
		    "References: <v1.cover@x.org>\n"
		    " <cover.16b45caffa0f53a8.1565000000.gupconv.j@x.org>\n"
		    "From: =?UTF-8?q?M=C3=BCller=2C=20J=C3=B6rg=20X?= <j@x.org>\n"
		    "Date: Mon, 5 Aug 2019 03:13:20 -0700\n"
		    "Subject: [PATCH v2 1/3] net/rds: convert put_page() to put_user_page*()\n"
		    "To: Ada <ada@x.org>\n"
		    "MIME-Version: 1.0\n"
		    "Content-Type: text/plain; charset=UTF-8\n"
		    "Content-Transfer-Encoding: 8bit\n"
		    "\n"
		    "For pages from get_user_pages*(), release by put_user_page().\n"
		    "\n"
		    "Acked-by: Ada <ada@x.org>\n"
		    "Signed-off-by: M\xc3\xbcller, J\xc3\xb6rg X <j@x.org>\n"
		    "---\n"
		    "\n"
		    "Changes since v1:\n"
		    "- none\n"
		    "\n"
		    " net/rds/rdma.c | 2 +-\n"
		    " 1 file changed, 1 insertion(+), 1 deletion(-)\n"
		    "\n"
		    "diff --git a/net/rds/rdma.c b/net/rds/rdma.c\n"
		    "index a4de86db4fb4..ce294d47f702 100644\n"
		    "--- a/net/rds/rdma.c\n"
		    "+++ b/net/rds/rdma.c\n"
		    "@@ -1,4 +1,4 @@\n"
		    " int f(void)\n"
		    " {\n"
		    "-\tput_page(a);\n"
		    "+\tput_user_page(a);\n"
		    " }\n"
		    "-- \n"
		    "gupconv 1.0\n"
		    "\n");
	gcv_series_release(&series);
}

static void expect_name(struct gcv_series *series, size_t index, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };

	gcv_series_file_name(series, index, &name);
	assert_string_equal(name.buf, expected);
}

static void names_of_files(void **state)
{
	struct gcv_series series;

	(void)state;
	fill(&series);
	expect_name(&series, 0, "0000-cover-letter.patch");
	expect_name(&series, 1, "0001-net-rds-convert-put_page-to-put_user_page.patch");
	expect_name(&series, 2, "0002-media-x-convert-put_page.patch");
	expect_name(&series, 3, "0003-fs-convert-put_page-to-put_user_page-in-the-long-nam.patch");
	series.version = 3;
	expect_name(&series, 0, "v3-0000-cover-letter.patch");
	series.patches[0]->area = "";
	series.patches[0]->title = "../../etc..passwd/";
	expect_name(&series, 1, "v3-0001-.-etc.passwd.patch");
	gcv_series_release(&series);
}

/* A repository with the files as they were before. */
static void make_repository(void)
{
	char text[1024];
	size_t i;

	snprintf(text, sizeof(text),
		 "cd %s && git init -q repo && cd repo && mkdir -p net/rds drivers/media fs && "
		 "git config user.name C && git config user.email c@x.org && "
		 "git config core.autocrlf false",
		 scratch);
	run(text);
	for (i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(text, sizeof(text), "repo/%s", files[i].path);
		put(in_scratch(text), files[i].before);
	}
	snprintf(text, sizeof(text), "cd %s/repo && git add -A && git commit -qm base", scratch);
	run(text);
}

static void expect_file(const char *rel, const char *expected)
{
	GCV_AUTOFREE char *text = get(in_scratch(rel));

	assert_string_equal(text, expected);
}

/* After "git am" the bytes must be those that were meant, in messages and files. */
static void git_am_takes_it(void **state)
{
	GCV_AUTOFREE char *info = NULL;
	struct gcv_series series;
	char text[1024];
	struct gcv_err err = { 0 };
	size_t i;

	(void)state;
	make_repository();
	fill(&series);
	series.sign_off = true;
	if (gcv_series_write(&series, 1, in_scratch("out"), &err) != GCV_OK)
		fail_msg("%s", err.text);
	snprintf(text, sizeof(text),
		 "cd %s/repo && git am -q ../out/000[1-9]*.patch 2>../am.log && "
		 "git status --porcelain >../status && "
		 "git log --reverse --format='%%an|%%ae|%%ad|%%s|%%b' -3 >../log && "
		 "git mailinfo ../message ../patch <../out/0000-cover-letter.patch >../info",
		 scratch);
	run(text);
	for (i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(text, sizeof(text), "repo/%s", files[i].path);
		expect_file(text, files[i].after);
	}
	expect_file("status", "");
	expect_file("log", "M\xc3\xbcller, J\xc3\xb6rg X|j@x.org|Mon Aug 5 03:13:20 2019 -0700|"
			   "net/rds: convert put_page() to put_user_page*()|"
			   "For pages from get_user_pages*(), release by put_user_page().\n\n"
			   "Signed-off-by: M\xc3\xbcller, J\xc3\xb6rg X <j@x.org>\n\n"
			   "M\xc3\xbcller, J\xc3\xb6rg X|j@x.org|Mon Aug 5 03:13:20 2019 -0700|"
			   "media: x: convert put_page()|"
			   "A body.\n\nSigned-off-by: M\xc3\xbcller, J\xc3\xb6rg X <j@x.org>\n\n"
			   "M\xc3\xbcller, J\xc3\xb6rg X|j@x.org|Mon Aug 5 03:13:20 2019 -0700|"
			   "fs: convert put_page() to put_user_page*() in the long name of a "
			   "m\xc3\xa4n indeed|"
			   "From J\xc3\xb6rg.\n\nTwo files.\n\n"
			   "Signed-off-by: M\xc3\xbcller, J\xc3\xb6rg X <j@x.org>\n\n");
	info = get(in_scratch("info"));
	assert_non_null(strstr(info, "Subject: convert put_page() to put_user_page*()\n"));
	assert_non_null(strstr(info, "Author: M\xc3\xbcller, J\xc3\xb6rg X\n"));
	gcv_series_release(&series);
}

/* Names in the scratch folder that begin with @prefix. */
static size_t count_names(const char *prefix)
{
	DIR *dir = opendir(scratch);
	struct dirent *entry;
	size_t nr = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		nr += strncmp(entry->d_name, prefix, strlen(prefix)) == 0;
	closedir(dir);
	return nr;
}

static void refuse_write(const struct gcv_series *series, size_t nr, const char *dir,
			 enum gcv_status status, const char *why)
{
	struct gcv_err err = { 0 };

	assert_int_equal(gcv_series_write(series, nr, dir, &err), status);
	if (!strstr(err.text, why))
		fail_msg("%s", err.text);
}

static void all_or_nothing(void **state)
{
	struct rlimit old, small = { 4096, RLIM_INFINITY };
	GCV_STRBUF_AUTO struct gcv_strbuf long_body = { 0 };
	struct gcv_series series[2];
	struct gcv_err err = { 0 };
	size_t i;

	(void)state;
	fill(&series[0]);
	fill(&series[1]);
	/* a folder that holds something stays */
	assert_int_equal(mkdir(in_scratch("full"), 0777), 0);
	put(in_scratch("full/kept"), "x");
	refuse_write(series, 1, in_scratch("full"), GCV_ERR_USAGE, "is no empty folder");
	put(in_scratch("full-file"), "x");
	refuse_write(series, 1, in_scratch("full-file"), GCV_ERR_USAGE, "is no empty folder");
	assert_int_equal(access(in_scratch("full/kept"), F_OK), 0);
	refuse_write(series, 1, in_scratch("no/such"), GCV_ERR_IO, "cannot make a folder beside");
	/* the second mail of the second series does not fit */
	for (i = 0; i < 6000; i++)
		gcv_strbuf_addstr(&long_body, i % 60 ? "x" : "\n");
	series[1].patches[0]->body = long_body.buf;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(gcv_series_write(series, 2, in_scratch("full-disk"), &err), GCV_ERR_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_non_null(strstr(err.text, "cannot write"));
	/* one mail that cannot be is enough */
	series[1].patches[1]->title = "two\nlines";
	refuse_write(series, 2, in_scratch("full-bad"), GCV_ERR_FORMAT, "one line");
	assert_int_equal(count_names("full"), 2);
	/* several series, into a folder that is empty */
	series[1].patches[1]->title = "one line";
	assert_int_equal(mkdir(in_scratch("two"), 0777), 0);
	if (gcv_series_write(series, 2, in_scratch("two/"), &err) != GCV_OK)
		fail_msg("%s", err.text);
	assert_int_equal(access(in_scratch("two/1/0000-cover-letter.patch"), F_OK), 0);
	assert_int_equal(access(in_scratch("two/2/0002-media-x-one-line.patch"), F_OK), 0);
	assert_int_equal(count_names("two"), 1);
	gcv_series_release(&series[0]);
	gcv_series_release(&series[1]);
}

static void refuse_mail(const struct gcv_series *series, size_t index, const char *why)
{
	GCV_STRBUF_AUTO struct gcv_strbuf mail = { 0 };
	struct gcv_err err = { 0 };

	assert_int_equal(gcv_series_mail(series, index, &mail, &err), GCV_ERR_FORMAT);
	assert_int_equal(mail.len, 0);
	if (!strstr(err.text, why))
		fail_msg("%s", err.text);
}

static void what_git_am_would_damage(void **state)
{
	struct gcv_series_patch *patch;
	struct gcv_series series;
	struct gcv_err err;

	(void)state;
	fill(&series);
	patch = series.patches[0];
	patch->body = "a\n---\nb";
	refuse_mail(&series, 1, "would end the message at the line '---'");
	patch->body = "a\ndiff -u x";
	refuse_mail(&series, 1, "would end the message");
	patch->body = "Subject: x";
	refuse_mail(&series, 1, "for a header");
	patch->body = "a\n----- x\nFrom: y";
	patch->changes = "a\n--- a/x\n";
	refuse_mail(&series, 1, "for a diff");
	patch->changes = NULL;
	series.in_reply_to = "a> b";
	refuse_mail(&series, 1, "no id of a mail");
	series.in_reply_to = NULL;
	series.base_commit = "HEAD";
	refuse_mail(&series, 0, "no id of a commit");
	assert_int_equal(gcv_series_add_tag(&series, patch, "Acked-by: x\nBcc: y", &err),
			 GCV_ERR_FORMAT);
	assert_int_equal(gcv_series_add_tag(&series, patch, "Acked by x", &err), GCV_ERR_FORMAT);
	assert_int_equal(patch->nr_tags, 0);
	gcv_series_release(&series);
}

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(scratch))
		return -1;
	setenv("HOME", scratch, 1);
	setenv("XDG_CONFIG_HOME", scratch, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	return 0;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", scratch);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cover_letter), cmocka_unit_test(a_patch),
		cmocka_unit_test(names_of_files),   cmocka_unit_test(git_am_takes_it),
		cmocka_unit_test(all_or_nothing),   cmocka_unit_test(what_git_am_would_damage),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
