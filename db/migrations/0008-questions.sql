-- SPDX-License-Identifier: GPL-2.0-only
-- Answers of the analysis that another scan may use again: they depend on nothing but what their key
-- stands for.

CREATE TABLE question (
	nr INTEGER PRIMARY KEY,
	key BLOB NOT NULL UNIQUE
);

-- Names that the flow asks for, in the order in which they came up.
CREATE TABLE question_name (
	question INTEGER NOT NULL REFERENCES question (nr) ON DELETE CASCADE,
	nr INTEGER NOT NULL,
	name TEXT NOT NULL,
	reason TEXT NOT NULL,
	is_definition INTEGER NOT NULL,
	folders TEXT,
	beside TEXT,
	PRIMARY KEY (question, nr)
) WITHOUT ROWID;

-- By the facts that results were made from, the key that they are stored with.
CREATE TABLE result_facts (
	facts BLOB PRIMARY KEY,
	key BLOB NOT NULL
) WITHOUT ROWID;
