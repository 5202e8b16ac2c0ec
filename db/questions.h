/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Answers of the analysis that another scan may use again, in the store.
 *
 *	st = gcv_db_question(db, &key, &arena, &question, &is_found, err);
 *	st = gcv_db_questions_put(db, questions, nr, err);
 *	st = gcv_db_result_facts(db, &facts, &key, &is_found, err);
 *
 * Whoever asks makes the key of all that the answer depends on.
 */
#ifndef GCV_DB_QUESTIONS_H
#define GCV_DB_QUESTIONS_H

#include "db/store.h"
#include "flow/demand.h"
#include "tree/hash.h"

/** GCV_DB_QUESTIONS - so many questions are kept: those of several branches and releases */
#define GCV_DB_QUESTIONS 32

/**
 * struct gcv_db_question - what a program asks for, see gcv_flow_demand()
 * @key: of the program
 * @demands: the names
 * @nr: how many
 */
struct gcv_db_question {
	struct gcv_hash key;
	const struct gcv_flow_demand *demands;
	uint32_t nr;
};

/**
 * gcv_db_question() - find the answer to a question
 * @db: the handle
 * @key: of the question
 * @arena: owns the answer
 * @ret: the answer, where there is one
 * @ret_found: there is one
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_db_question(struct gcv_db *db, const struct gcv_hash *key,
				struct gcv_arena *arena, struct gcv_db_question *ret,
				bool *ret_found, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_questions_put() - store answers
 * @db: the handle
 * @questions: questions with their answers; those that are there become the newest
 * @nr: how many
 * @err: sentence on failure
 *
 * One transaction. The oldest ones go where there are more than GCV_DB_QUESTIONS.
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_db_questions_put(struct gcv_db *db, const struct gcv_db_question *questions,
				     uint32_t nr, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_result_facts() - find results by the facts that they were made from
 * @db: the handle
 * @facts: stands for the facts
 * @ret_key: the key of the results, where there are some; see struct gcv_result_set
 * @ret_found: there are some
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_db_result_facts(struct gcv_db *db, const struct gcv_hash *facts,
				    struct gcv_hash *ret_key, bool *ret_found,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_result_facts_put() - note which facts results were made from
 * @db: the handle
 * @facts: stands for the facts
 * @key: the key of the results, which are stored
 * @err: sentence on failure
 *
 * One transaction. What is noted of results that are gone goes, too.
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_db_result_facts_put(struct gcv_db *db, const struct gcv_hash *facts,
					const struct gcv_hash *key,
					struct gcv_err *err) GCV_MUST_CHECK;

#endif
