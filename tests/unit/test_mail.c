// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include "edit/diffstat.h"
#include "edit/identity.h"
#include "edit/mail.h"
#include "edit/mailmap.h"
#include "edit/recipients.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static struct gcv_arena arena;

static void expect_header(const char *text, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	gcv_mail_header(&out, "Subject", text);
	assert_string_equal(out.buf, expected);
}

static void headers(void **state)
{
	(void)state;
	expect_header("[PATCH] mm: x", "Subject: [PATCH] mm: x\n");
	expect_header("", "Subject: \n");
	expect_header("[PATCH v2 01/34] drivers/media/pci/ivtv: convert put_page() to "
		      "put_user_page*() in all",
		      "Subject: [PATCH v2 01/34] drivers/media/pci/ivtv: convert put_page() to "
		      "put_user_page*() in all\n");
	expect_header("[PATCH] m\xc3\xa4n: x", "Subject: [PATCH] =?UTF-8?q?m=C3=A4n:=20x?=\n");
	/* bytes that are no UTF-8 are ISO 8859-1; what looks encoded must be */
	expect_header("m\xe4n", "Subject: =?UTF-8?q?m=C3=A4n?=\n");
	expect_header("a =?b", "Subject: a =?UTF-8?q?=3D=3Fb?=\n");
	/* no header can be smuggled in */
	expect_header("a\r\nBcc: x@y", "Subject: a  Bcc: x@y\n");
	/* a character is not divided, a word has at most 75 columns */
	expect_header(
		"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4",
		"Subject: "
		"=?UTF-8?q?=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4?=\n");
	expect_header(
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \xc3\xa4",
		"Subject: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa =?UTF-8?q?=C3=A4?=\n");
}

static void expect_address(const char *text, const char *name, const char *email)
{
	struct gcv_address address;
	struct gcv_err err = { 0 };

	if (gcv_address_parse(text, &arena, &address, &err) != GCV_OK)
		fail_msg("%s", err.text);
	assert_string_equal(address.name, name);
	assert_string_equal(address.email, email);
}

static void refuse_address(const char *text, const char *why)
{
	struct gcv_address address = { "kept", "kept" };
	struct gcv_err err = { 0 };

	assert_int_equal(gcv_address_parse(text, &arena, &address, &err), GCV_ERR_FORMAT);
	assert_string_equal(address.name, "kept");
	if (!strstr(err.text, why) || strpbrk(err.text, "\n\r"))
		fail_msg("'%s' for '%s'", err.text, text);
}

static void addresses(void **state)
{
	(void)state;
	expect_address("Ada Foo <ada@foo.org>", "Ada Foo", "ada@foo.org");
	expect_address("  ada@foo.org  ", "", "ada@foo.org");
	expect_address("<ada@foo.org>", "", "ada@foo.org");
	expect_address("list@foo.org (moderated for non-subscribers)", "", "list@foo.org");
	expect_address("Ada <a@b.org> (comment)", "Ada", "a@b.org");
	expect_address("\"A. \\\"B\\\" Foo, <x>\" <a@b.org>", "A. \"B\" Foo, <x>", "a@b.org");
	expect_address("J\xc3\xb6rg <j@x.org>", "J\xc3\xb6rg", "j@x.org");
	expect_address("J\xf6rg <j@x.org>", "J\xc3\xb6rg", "j@x.org");
	expect_address("A\r\n\tB\x7f  C <o'x+y=z@b.org>", "A B C", "o'x+y=z@b.org");
	refuse_address("", "no @");
	refuse_address("Ada Foo", "no @");
	refuse_address("Ada <ada>", "no @");
	refuse_address("Ada <ada@foo.org", "no >");
	refuse_address("\"Ada <ada@foo.org>", "quote");
	refuse_address("@foo.org", "nothing stands");
	refuse_address("ada@", "nothing stands");
	refuse_address("a@b.org, c@d.org", "character");
	refuse_address("a@b@c.org", "character");
	refuse_address("A <a@b.org>, C <c@d.org>", "behind it");
	refuse_address("a@b.org c@d.org", "behind it");
	refuse_address("A <a@b.org\r\nBcc: c@d.org>", "character");
	refuse_address("A <a b@b.org>", "character");
	refuse_address("A <\xc3\xa4@b.org>", "not ASCII");
	refuse_address("https://x.org/list", "no @");
}

static void address_headers(void **state)
{
	const struct gcv_address list[] = {
		{ "Ada Foo", "ada@foo.org" },
		{ "", "list@foo.org" },
		{ "David S. \"D\" \\ Miller", "d@foo.org" },
		{ "J\xc3\xb6rg R.", "j@foo.org" },
		{ "A name of many words that goes on and on until the line has no room",
		  "somebody@foo.org" },
	};
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	(void)state;
	gcv_mail_addresses(&out, "To", list, 0);
	assert_int_equal(out.len, 0);
	gcv_mail_addresses(&out, "Cc", list, 5);
	assert_string_equal(
		out.buf, "Cc: Ada Foo <ada@foo.org>,\n"
			 "    list@foo.org,\n"
			 "    \"David S. \\\"D\\\" \\\\ Miller\" <d@foo.org>,\n"
			 "    =?UTF-8?q?J=C3=B6rg=20R=2E?= <j@foo.org>,\n"
			 "    A name of many words that goes on and on until the line has no room\n"
			 " <somebody@foo.org>\n");
	/* a sender is not folded */
	gcv_strbuf_clear(&out);
	gcv_mail_addresses(&out, "From", list + 4, 1);
	assert_string_equal(out.buf, "From: A name of many words that goes on and on until the "
				     "line has no room <somebody@foo.org>\n");
}

static void dates(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	(void)state;
	gcv_mail_date(&out, 1565000000, -7 * 60);
	gcv_mail_date(&out, 1565000000, 5 * 60 + 30);
	assert_string_equal(out.buf, "Date: Mon, 5 Aug 2019 03:13:20 -0700\n"
				     "Date: Mon, 5 Aug 2019 15:43:20 +0530\n");
}

static void expect_body(const char *body, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	gcv_mail_body(&out, body, strlen(body));
	assert_string_equal(out.buf, expected);
}

#define MIME(encoding)                              \
	"MIME-Version: 1.0\n"                       \
	"Content-Type: text/plain; charset=UTF-8\n" \
	"Content-Transfer-Encoding: " encoding "\n\n"

static void bodies(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf lines = { 0 }, out = { 0 };
	size_t i;

	(void)state;
	expect_body("", "\n");
	expect_body("a = b\n", "\na = b\n");
	expect_body("\xc3\xa4\n", MIME("8bit") "\xc3\xa4\n");
	expect_body("a = b\r\n-- \n\t\n", MIME("quoted-printable") "a =3D b=0D\n--=20\n=09\n");
	expect_body("\xff", MIME("quoted-printable") "=FF");
	expect_body("x\nFrom here\n", MIME("quoted-printable") "x\n=46rom here\n");
	for (i = 0; i < 999; i++)
		gcv_strbuf_addch(&lines, 'x');
	gcv_mail_body(&out, lines.buf, lines.len);
	assert_non_null(strstr(out.buf, "quoted-printable"));
	for (i = 0; i < out.len; i += strcspn(out.buf + i, "\n") + 1)
		assert_true(strcspn(out.buf + i, "\n") <= 76);
}

static void who_gets_a_mail(void **state)
{
	static const char text[] = "A\nM:\tAda <ada@x.org>\nM:\tNobody\nR:\tBob <bob@x.org>\n"
				   "L:\ta@lists.org\nL:\tclosed@lists.org (subscribers-only)\n"
				   "L:\thalf@lists.org (moderated for non-subscribers)\n"
				   "F:\tmm/\n"
				   "B\nR:\tADA@x.org\nM:\tBob <bob@other.org>\nL:\tA@lists.org\n"
				   "F:\tmm/g*\n"
				   "C\nL:\tc@lists.org\nS:\tOrphan\nF:\tfs/\n"
				   "REST\nM:\tTop <top@x.org>\nL:\tall@x.org\nF:\t*\nF:\t*/\n";
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_recipients people = { 0 };
	struct gcv_maintainers_match *matches;
	struct gcv_maintainers *m;
	size_t nr, nr_damaged = 0;

	(void)state;
	gcv_maintainers_parse(text, strlen(text), &m);
	gcv_maintainers_find(m, "mm/gup.c", &arena, &matches, &nr);
	gcv_recipients_add_matches(&people, matches, nr, &arena, &nr_damaged);
	gcv_recipients_header(&people, &out);
	assert_string_equal(out.buf, "To: Bob <bob@other.org>,\n"
				     "    Ada <ada@x.org>\n"
				     "Cc: A@lists.org,\n"
				     "    half@lists.org,\n"
				     "    all@x.org\n");
	assert_int_equal(nr_damaged, 1);
	/* another file: the list for everything stays the last */
	gcv_maintainers_find(m, "fs/x.c", &arena, &matches, &nr);
	gcv_recipients_add_matches(&people, matches, nr, &arena, &nr_damaged);
	gcv_strbuf_clear(&out);
	gcv_recipients_header(&people, &out);
	assert_string_equal(out.buf, "To: Bob <bob@other.org>,\n"
				     "    Ada <ada@x.org>\n"
				     "Cc: A@lists.org,\n"
				     "    half@lists.org,\n"
				     "    c@lists.org,\n"
				     "    all@x.org\n");
	gcv_recipients_release(&people);
	/* an orphan: its list */
	gcv_recipients_add_matches(&people, matches, nr, &arena, NULL);
	gcv_strbuf_clear(&out);
	gcv_recipients_header(&people, &out);
	assert_string_equal(out.buf, "To: c@lists.org\nCc: all@x.org\n");
	gcv_recipients_release(&people);
	/* nobody but the list for everything */
	gcv_maintainers_find(m, "lib/x.c", &arena, &matches, &nr);
	gcv_recipients_add_matches(&people, matches, nr, &arena, NULL);
	gcv_strbuf_clear(&out);
	gcv_recipients_header(&people, &out);
	assert_string_equal(out.buf, "To: all@x.org\n");
	gcv_recipients_release(&people);
	gcv_maintainers_free(m);
}

static void in_tree(char ret[256], const char *root, const char *rel, const char *text)
{
	FILE *file;

	snprintf(ret, 256, "%s/%s", root, rel);
	file = fopen(ret, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void expect_mapped(const struct gcv_tree *tree, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_recipients people = { 0 };
	struct gcv_mailmap *map;
	struct gcv_err err;

	assert_int_equal(gcv_mailmap_load(tree, &map, &err), GCV_OK);
	assert_int_equal(gcv_recipients_add(&people, GCV_RECIPIENT_CC, "Ada <ada@old.org>", &arena,
					    &err),
			 GCV_OK);
	assert_int_equal(gcv_recipients_add(&people, GCV_RECIPIENT_TO, "A. Foo <ada@new.org>",
					    &arena, &err),
			 GCV_OK);
	assert_int_equal(gcv_recipients_add(&people, GCV_RECIPIENT_CC, "Bob <bob@x.org>", &arena,
					    &err),
			 GCV_OK);
	gcv_mailmap_apply(map, &people, &arena);
	gcv_recipients_header(&people, &out);
	assert_string_equal(out.buf, expected);
	gcv_recipients_release(&people);
	gcv_mailmap_free(map);
}

static void who_has_moved(void **state)
{
	char root[] = "/tmp/gupconv-mailmap-XXXXXX", path[256];
	struct gcv_tree tree = { 0 };

	(void)state;
	assert_non_null(mkdtemp(root));
	tree.root = root;
	tree.fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(tree.fd >= 0);
	expect_mapped(&tree, "To: \"A. Foo\" <ada@new.org>\nCc: Ada <ada@old.org>,\n"
			     "    Bob <bob@x.org>\n");
	in_tree(path, root, ".mailmap",
		"# who\nAda Foo <ada@new.org> <ada@old.org>\n<<<\nBo\xf6 <bo b> <bob@x.org>\n");
	expect_mapped(&tree, "To: \"A. Foo\" <ada@new.org>\nCc: Bob <bob@x.org>\n");
	unlink(path);
	rmdir(root);
	close(tree.fd);
}

/* What git writes for the same changes. */
static void the_diffstat(void **state)
{
	const struct gcv_diffstat_file files[] = {
		{ "drivers/net/ethernet/a/very/long/path/that/does/not/fit/at/all/really.c", 3, 1 },
		{ "mm/gup.c", 100, 200 },
		{ "mm/x\"\t\xc3\xa4.c", 0, 1 },
	};
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	(void)state;
	gcv_diffstat(files, 1, &out);
	assert_string_equal(
		out.buf, " .../a/very/long/path/that/does/not/fit/at/all/really.c        | 4 +++-\n"
			 " 1 file changed, 3 insertions(+), 1 deletion(-)\n");
	gcv_strbuf_clear(&out);
	gcv_diffstat(files, 3, &out);
	assert_string_equal(
		out.buf, " .../path/that/does/not/fit/at/all/really.c    |   4 +-\n"
			 " mm/gup.c                                      | 300 ++++++------------\n"
			 " \"mm/x\\\"\\t\\303\\244.c\"                          |   1 -\n"
			 " 3 files changed, 103 insertions(+), 202 deletions(-)\n");
}

static void expect_identity(const char *date, const char *epoch, int64_t when_s, int offset_min)
{
	struct gcv_identity me;
	struct gcv_err err = { 0 };

	setenv("GIT_AUTHOR_DATE", date, 1);
	setenv("SOURCE_DATE_EPOCH", epoch, 1);
	if (gcv_identity_get(NULL, &arena, &me, &err) != GCV_OK)
		fail_msg("%s", err.text);
	assert_string_equal(me.address.name, "J\xc3\xb6rg X");
	assert_string_equal(me.address.email, "j@x.org");
	assert_int_equal(me.when_s, when_s);
	assert_int_equal(me.offset_min, offset_min);
}

static void refuse_identity(const char *variable, const char *value, enum gcv_status status,
			    const char *why)
{
	struct gcv_identity me;
	struct gcv_err err = { 0 };

	setenv(variable, value, 1);
	assert_int_equal(gcv_identity_get(NULL, &arena, &me, &err), status);
	assert_non_null(strstr(err.text, why));
	unsetenv(variable);
}

static void who_sends(void **state)
{
	struct gcv_identity me;
	struct gcv_err err;

	(void)state;
	setenv("GIT_AUTHOR_NAME", "J\xf6rg\nX", 1);
	setenv("GIT_AUTHOR_EMAIL", "j@x.org", 1);
	expect_identity("1565000000 -0700", "", 1565000000, -420);
	expect_identity("@1565000000", "7", 1565000000, 0);
	expect_identity("2019-08-05T10:13:20+0530", "", 1565000000 - 5 * 3600 - 1800, 330);
	expect_identity("2019-08-05 10:13:20Z", "", 1565000000, 0);
	expect_identity("", "1565000000", 1565000000, 0);
	refuse_identity("GIT_AUTHOR_DATE", "yesterday", GCV_ERR_FORMAT, "GIT_AUTHOR_DATE");
	refuse_identity("GIT_AUTHOR_DATE", "1 +9999", GCV_ERR_FORMAT, "GIT_AUTHOR_DATE");
	refuse_identity("GIT_AUTHOR_DATE", "99999999999999999999", GCV_ERR_FORMAT, "no date");
	refuse_identity("SOURCE_DATE_EPOCH", "1x", GCV_ERR_FORMAT, "SOURCE_DATE_EPOCH");
	refuse_identity("GIT_AUTHOR_EMAIL", "j x", GCV_ERR_FORMAT, "no mail address");
	unsetenv("GIT_AUTHOR_NAME");
	/* nothing in the environment: git's configuration, of which there is none here */
	setenv("HOME", "/nonexistent", 1);
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	if (gcv_identity_get(NULL, &arena, &me, &err) != GCV_OK)
		assert_non_null(strstr(err.text, "user."));
}

static int tear_down(void **state)
{
	(void)state;
	gcv_arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers),	   cmocka_unit_test(addresses),
		cmocka_unit_test(address_headers), cmocka_unit_test(dates),
		cmocka_unit_test(bodies),	   cmocka_unit_test(who_gets_a_mail),
		cmocka_unit_test(who_has_moved),   cmocka_unit_test(the_diffstat),
		cmocka_unit_test(who_sends),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
