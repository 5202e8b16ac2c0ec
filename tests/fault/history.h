/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What happens to a database in its life, step by step, for tests that disturb it.
 *
 *	work = history_find("scan again");
 *	history_prepare(work);			index.db is as it is before that work
 *	st = history_run(work, work->nr_steps, &err);
 *	history_picture(&text);			what can be read from index.db
 */
#ifndef GCV_TESTS_FAULT_HISTORY_H
#define GCV_TESTS_FAULT_HISTORY_H

#include "base/strbuf.h"
#include "db/store.h"

/** enum history_limits - how much a history has of anything */
enum history_limits { HISTORY_UNITS = 6, HISTORY_STEPS = 5, HISTORY_WORKS = 13 };

/** history_step - a call that changes the database as a whole or not at all */
typedef enum gcv_status history_step(struct gcv_db *db, struct gcv_err *err);

/**
 * struct history_work - something that a command does with a database
 * @name: what
 * @before: names of the work that was done before
 * @nr_before: how many
 * @dump: version of the dump that the database is made from, or 0
 * @steps: what is done
 * @nr_steps: how many
 */
struct history_work {
	const char *name;
	const char *before[4];
	unsigned int nr_before;
	int dump;
	history_step *steps[HISTORY_STEPS];
	unsigned int nr_steps;
};

/**
 * history_all() - everything that is done with databases
 * @ret_nr: how many
 *
 * Return: the work.
 */
const struct history_work *history_all(unsigned int *ret_nr);

/**
 * history_prepare() - make index.db as it is before a work; nothing else is there of it then
 * @work: the work
 */
void history_prepare(const struct history_work *work);

/**
 * history_run() - open index.db, do the work, close it
 * @work: the work
 * @nr_steps: so many steps of it
 * @err: sentence on failure
 *
 * Return: GCV_OK or the first failure.
 */
enum gcv_status history_run(const struct history_work *work, unsigned int nr_steps,
			    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * history_picture() - everything that readers get from index.db
 * @ret: where it goes as text; "nothing" where there is no database or an empty one,
 * "unfinished" where the next scan has to do something before it can be read
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of reading.
 */
enum gcv_status history_picture(struct gcv_strbuf *ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * history_is_sound() - does index.db pass SQLite's own checks?
 * @ret_why: where the first finding goes
 *
 * Return: it does, or there is none.
 */
bool history_is_sound(struct gcv_strbuf *ret_why);

/**
 * history_remove() - remove index.db and all that belongs to it
 */
void history_remove(void);

#endif
