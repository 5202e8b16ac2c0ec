// SPDX-License-Identifier: GPL-2.0-only
#include "edit/identity.h"

#include <ctype.h>
#include <errno.h>
#include <git2.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The year 9999: what a Date header can say with four digits. */
#define WHEN_MAX_S 253402300799

/* The value of a key in git's configuration, NULL where it has none. */
static const char *configured(git_config *config, const char *key, struct gcv_arena *arena)
{
	git_config *snapshot = NULL;
	const char *found = NULL, *value;

	if (config && git_config_snapshot(&snapshot, config) == 0 &&
	    git_config_get_string(&value, snapshot, key) == 0 && *value)
		found = gcv_arena_strdup(arena, value);
	git_config_free(snapshot);
	return found;
}

/* The configuration of the tree's repository, else the user's and the system's alone. */
static git_config *open_config(const char *tree_root)
{
	git_repository *repository = NULL;
	git_config *config = NULL;

	if (tree_root && git_repository_open_ext(&repository, tree_root,
						 GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) == 0)
		git_repository_config(&config, repository);
	git_repository_free(repository);
	if (!config && git_config_open_default(&config) != 0)
		config = NULL;
	return config;
}

static const char *from_environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static enum gcv_status get_address(const char *tree_root, struct gcv_arena *arena,
				   struct gcv_address *ret, struct gcv_err *err)
{
	const char *name = from_environment("GIT_AUTHOR_NAME"),
		   *email = from_environment("GIT_AUTHOR_EMAIL");
	struct gcv_address address;
	enum gcv_status status;
	git_config *config;

	if (!name || !email) {
		if (git_libgit2_init() < 0)
			return gcv_err_set(err, GCV_ERR_IO, "libgit2 does not start");
		config = open_config(tree_root);
		name = name ? name : configured(config, "user.name", arena);
		email = email ? email : configured(config, "user.email", arena);
		git_config_free(config);
		git_libgit2_shutdown();
	}
	if (!name || !email)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND,
				   "git's configuration does not say who you are: set user.%s",
				   name ? "email" : "name");
	status = gcv_address_parse(email, arena, &address, err);
	if (status == GCV_OK) {
		address.name = gcv_address_clean_name(name, strlen(name), arena);
		*ret = address;
	}
	return status;
}

/* "+0530", "-0800", "Z" or nothing: minutes. */
static bool parse_zone(const char *text, int *ret_min)
{
	int hours, minutes;
	size_t i;

	while (*text == ' ')
		text++;
	if (!*text || strcmp(text, "Z") == 0) {
		*ret_min = 0;
		return true;
	}
	if ((*text != '+' && *text != '-') || strlen(text) != 5)
		return false;
	for (i = 1; i < 5; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	hours = (text[1] - '0') * 10 + text[2] - '0';
	minutes = (text[3] - '0') * 10 + text[4] - '0';
	if (hours > 14 || minutes > 59)
		return false;
	*ret_min = (*text == '-' ? -1 : 1) * (hours * 60 + minutes);
	return true;
}

static bool parse_seconds(const char *text, int64_t *ret, char **ret_end)
{
	long long value;

	if (!isdigit((unsigned char)*text))
		return false;
	errno = 0;
	value = strtoll(text, ret_end, 10);
	if (errno || value > WHEN_MAX_S)
		return false;
	*ret = value;
	return true;
}

static bool parse_date(const char *text, struct gcv_identity *ret)
{
	struct tm tm = { 0 };
	char *end;

	if (strlen(text) > 4 && text[4] == '-') {
		end = strptime(text, "%Y-%m-%d", &tm);
		if (end && (*end == 'T' || *end == ' '))
			end = strptime(end + 1, "%H:%M:%S", &tm);
		if (!end || !parse_zone(end, &ret->offset_min))
			return false;
		ret->when_s = timegm(&tm) - (int64_t)ret->offset_min * 60;
		return ret->when_s >= 0 && ret->when_s <= WHEN_MAX_S;
	}
	return parse_seconds(text + (*text == '@'), &ret->when_s, &end) &&
	       parse_zone(end, &ret->offset_min);
}

static enum gcv_status get_time(struct gcv_identity *ret, struct gcv_err *err)
{
	const char *date = from_environment("GIT_AUTHOR_DATE"),
		   *epoch = from_environment("SOURCE_DATE_EPOCH");
	time_t now;
	struct tm tm;
	char *end;

	if (date) {
		if (parse_date(date, ret))
			return GCV_OK;
		return gcv_err_set(err, GCV_ERR_FORMAT, "GIT_AUTHOR_DATE is no date: '%.60s'",
				   date);
	}
	ret->offset_min = 0;
	if (epoch) {
		if (parse_seconds(epoch, &ret->when_s, &end) && !*end)
			return GCV_OK;
		return gcv_err_set(err, GCV_ERR_FORMAT,
				   "SOURCE_DATE_EPOCH is no number of seconds: '%.60s'", epoch);
	}
	now = time(NULL);
	ret->when_s = now;
	if (localtime_r(&now, &tm))
		ret->offset_min = (int)(tm.tm_gmtoff / 60);
	return GCV_OK;
}

enum gcv_status gcv_identity_get(const char *tree_root, struct gcv_arena *arena,
				 struct gcv_identity *ret, struct gcv_err *err)
{
	struct gcv_identity me = { 0 };
	enum gcv_status status = get_address(tree_root, arena, &me.address, err);

	if (status == GCV_OK)
		status = get_time(&me, err);
	if (status == GCV_OK)
		*ret = me;
	return status;
}
