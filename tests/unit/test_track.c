// SPDX-License-Identifier: GPL-2.0-only
/* links: track */
/* Mails that lie, are damaged or are many: what is sound of them counts. */
#include "base/strbuf.h"
#include "track/mail_read.h"
#include "track/mbox.h"
#include "track/review.h"
#include "track/subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#define FROM "From mboxrd@z Thu Jan  1 00:00:00 1970\n"
#define DIFF                                                        \
	"---\n--- a/m.c\n+++ b/m.c\n@@ -1,2 +1,2 @@ int f(int a)\n" \
	" \tg();\n-\tput_page(p);\n+\tunpin_user_page(p);\n-- \n2.20\n\n"

/** struct fixture - mails and what came of them */
struct fixture {
	struct gcv_api api;
	struct gcv_mails mails;
	struct gcv_reviews reviews;
	uint32_t nr;
};

static struct fixture read_mails(const char *text, size_t len)
{
	struct fixture f = { 0 };

	assert_int_equal(gcv_api_load(&f.api, NULL), GCV_OK);
	assert_int_equal(gcv_mail_read_text(text, len, "test", &f.api, &f.mails, &f.nr, NULL),
			 GCV_OK);
	gcv_reviews_build(&f.mails, NULL, 0, &f.reviews);
	gcv_reviews_finish(&f.reviews);
	return f;
}

static void release(struct fixture *f)
{
	gcv_reviews_release(&f->reviews);
	gcv_mails_release(&f->mails);
	gcv_api_release(&f->api);
}

static void test_subjects(void **state)
{
	static const struct {
		const char *subject;
		bool is_reply, is_patch;
		uint32_t version, number, total;
		const char *title;
	} cases[] = {
		{ "[PATCH v2 03/34] mm: a", false, true, 2, 3, 34, "mm: a" },
		{ "Re: [RFC PATCHv3 0/2] b", true, true, 3, 0, 2, "b" },
		{ "[PATCH net-next,v4,1/1] [X] c", false, true, 4, 1, 1, "c" },
		{ "[PATCH 40/34] lie", false, true, 1, 0, 0, "lie" },
		{ "[PATCH 1/99999999999999999999] lie", false, true, 1, 0, 0, "lie" },
		{ "[PATCH v0 0/0] none", false, true, 1, 0, 0, "none" },
		{ "AW: Re: [patch] d", true, true, 1, 0, 0, "d" },
		{ "[PATCH e", false, false, 1, 0, 0, "[PATCH e" },
		{ "lunch", false, false, 1, 0, 0, "lunch" },
		{ "", false, false, 1, 0, 0, "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct gcv_subject s;

		gcv_subject_parse(cases[i].subject, &s);
		assert_int_equal(s.is_reply, cases[i].is_reply);
		assert_int_equal(s.is_patch, cases[i].is_patch);
		assert_int_equal(s.version, cases[i].version);
		assert_int_equal(s.number, cases[i].number);
		assert_int_equal(s.total, cases[i].total);
		assert_string_equal(s.title, cases[i].title);
	}
}

static void test_patch(void **state)
{
	static const char text[] = "Message-ID: <1@x>\nFrom: A <a@x>\nSubject: [PATCH] t\n\n" DIFF;
	struct fixture f = read_mails(text, strlen(text));
	const struct gcv_mail *mail = f.mails.list;

	(void)state;
	assert_int_equal(f.mails.nr, 1);
	assert_int_equal(mail->nr_files, 1);
	assert_string_equal(mail->files[0], "m.c");
	assert_int_equal(mail->nr_changes, 2);
	assert_string_equal(mail->changes[0].api, "put_page");
	assert_string_equal(mail->changes[0].function, "f");
	assert_int_equal(mail->changes[0].removed, 1);
	assert_int_equal(mail->changes[1].added, 1);
	/* The signature below is no line that is taken out. */
	assert_memory_equal(mail->hash.b,
			    gcv_hash_bytes("-\tput_page(p);\n+\tunpin_user_page(p);\n", 37).b, 16);
	release(&f);
}

/* The numbers of a hunk stand on its line: what lines behind it begin with is none of its business.
 */
static void test_hunk_without_number(void **state)
{
	static const char text[] = "Message-ID: <1@x>\nFrom: A <a@x>\nSubject: [PATCH] t\n\n"
				   "---\n--- a/m.c\n+++ b/m.c\n@@ -\n\n1 +\n\n2 @@ f\n"
				   "-\tput_page\n-- \n2.20\n\n";
	struct fixture f = read_mails(text, strlen(text));

	(void)state;
	assert_int_equal(f.mails.nr, 1);
	assert_int_equal(f.mails.list->nr_changes, 0);
	release(&f);
}

/* A chain of mails as long as this is followed without recursion, and each tag counted once. */
static void test_long_thread(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct fixture f;
	unsigned int i;

	(void)state;
	gcv_strbuf_addstr(&text,
			  FROM "Message-ID: <0@x>\nFrom: A <a@x>\nSubject: [PATCH] t\n\n" DIFF);
	for (i = 1; i < 20000; i++)
		gcv_strbuf_addf(&text,
				FROM "Message-ID: <%u@x>\nFrom: R <r%u@x>\nSubject: Re: t\n"
				     "In-Reply-To: <%u@x>\n\nReviewed-by: R <r%u@x>\n\n",
				i, i % 500, i - 1, i % 500);
	f = read_mails(text.buf, text.len);
	assert_int_equal(f.nr, 20000);
	assert_int_equal(f.reviews.nr, 1);
	assert_int_equal(f.reviews.patches[0].replies, 19999);
	assert_int_equal(f.reviews.patches[0].nr_tags, 500);
	release(&f);
}

static void test_circle(void **state)
{
	static const char text[] = FROM
		"Message-ID: <1@x>\nFrom: A <a@x>\nSubject: a\nIn-Reply-To: <2@x>\n\nNAK\n" FROM
		"Message-ID: <2@x>\nFrom: A <a@x>\nSubject: b\nIn-Reply-To: <1@x>\n\nNAK\n" FROM
		"Message-ID: <3@x>\nFrom: A <a@x>\nSubject: [PATCH 1/2] c\n"
		"In-Reply-To: <4@x>\n\n" DIFF FROM
		"Message-ID: <4@x>\nFrom: A <a@x>\nSubject: [PATCH 2/2] d\n"
		"In-Reply-To: <3@x>\n\n" DIFF;
	struct fixture f = read_mails(text, strlen(text));

	(void)state;
	assert_int_equal(f.mails.nr, 4);
	assert_int_equal(f.reviews.nr, 1);
	assert_int_equal(f.reviews.list[0].nr, 2);
	release(&f);
}

/* Mails of a kind that would use up memory or the stack are cut. */
static void test_bounds(void **state)
{
	static const char head[] = "Message-ID: <1@x>\nFrom: A <a@x>\nSubject: [PATCH] t\n";
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct fixture f;
	unsigned int i;

	(void)state;
	gcv_strbuf_addstr(&text, head);
	for (i = 0; i < 30000; i++)
		gcv_strbuf_addf(&text, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i,
				i);
	f = read_mails(text.buf, text.len);
	assert_int_equal(f.mails.nr, 1);
	release(&f);

	gcv_strbuf_clear(&text);
	gcv_strbuf_addstr(&text, "Subject: [PATCH] ");
	for (i = 0; i < 300000; i++)
		gcv_strbuf_addstr(&text, "long ");
	gcv_strbuf_addf(&text, "\nMessage-ID: <1@x>\nFrom: A <a@x>\n\n%s", DIFF);
	f = read_mails(text.buf, text.len);
	assert_int_equal(f.mails.nr, 1);
	assert_true(strlen(f.mails.list[0].subject) <= 500);
	assert_string_equal(f.mails.list[0].message_id, "1@x");
	assert_true(f.mails.list[0].has_diff);
	release(&f);
}

static void test_control_characters(void **state)
{
	static const char text[] = "Message-ID: <1@x>\nFrom: =?UTF-8?Q?E=1B[31mvil=0A?= <a@x>\n"
				   "Subject: [PATCH] a\0b\a\n\nAcked-by: \033[1mZ <z@x>\n" DIFF;
	struct fixture f = read_mails(text, sizeof(text) - 1);
	const char *at;

	(void)state;
	assert_int_equal(f.reviews.nr, 1);
	for (at = f.reviews.list[0].name; *at; at++)
		assert_true((unsigned char)*at >= ' ');
	for (at = f.reviews.list[0].title; *at; at++)
		assert_true((unsigned char)*at >= ' ');
	assert_int_equal(f.reviews.patches[0].nr_tags, 1);
	assert_null(strchr(f.reviews.patches[0].tags[0].tag.name, '\033'));
	release(&f);
}

static enum gcv_status count_mail(void *data, const char *mail, size_t len, struct gcv_err *err)
{
	(void)mail;
	(void)len;
	(void)err;
	++*(uint32_t *)data;
	return GCV_OK;
}

/* A folder that cannot be read is not one without mails. */
static void test_unreadable_folder(void **state)
{
	char folder[] = "/tmp/gupconv-track-XXXXXX", path[64];
	uint32_t nr_called = 0, nr = 0;
	struct rlimit before, few;
	struct gcv_err err = { "" };
	FILE *mail;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.eml", folder);
	mail = fopen(path, "w");
	assert_non_null(mail);
	fputs("From: A <a@x>\nMessage-ID: <1@x>\n\ntext\n", mail);
	/* Room for the folder itself, and for nothing more. */
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = before;
	few.rlim_cur = (rlim_t)fileno(mail) + 1;
	fclose(mail);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	assert_int_equal(gcv_mbox_each(folder, count_mail, &nr_called, &nr, &err), GCV_ERR_IO);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_non_null(strstr(err.text, folder));
	assert_int_equal(nr_called, 0);
	assert_int_equal(gcv_mbox_each(folder, count_mail, &nr_called, &nr, &err), GCV_OK);
	assert_int_equal(nr_called, 1);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_patch),
		cmocka_unit_test(test_hunk_without_number),
		cmocka_unit_test(test_long_thread),
		cmocka_unit_test(test_circle),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_control_characters),
		cmocka_unit_test(test_unreadable_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
