-- What staff ask. mode: named or anonymous. questions: as JSON. state: draft, open, closed; opens_at and closes_at bound when an
-- open one is answered. announcement_id: the announcement by which it is sent. invited: how many got a link; answered: how many
-- answers went into the counts.
CREATE TABLE surveys (
    id BLOB NOT NULL PRIMARY KEY,
    mode TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    introduction TEXT NOT NULL,
    questions TEXT NOT NULL,
    state TEXT NOT NULL,
    opens_at BIGINT,
    closes_at BIGINT,
    closed_at BIGINT,
    announcement_id BLOB,
    written_by BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    invited BIGINT NOT NULL,
    answered BIGINT NOT NULL
);
CREATE UNIQUE INDEX surveys_announcement ON surveys (announcement_id);
CREATE INDEX surveys_created ON surveys (created_at);

-- One row for each link. state: open, fresh (used, the answer waits for others), spent. person_id: whose it is, of a survey with
-- names only; an anonymous one says of a link that it was used and nothing else. The rows lie in the order of their hashes.
CREATE TABLE survey_invitations (
    token_hash BLOB NOT NULL PRIMARY KEY,
    survey_id BLOB NOT NULL,
    person_id BLOB,
    state TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX survey_invitations_survey ON survey_invitations (survey_id, state);
CREATE INDEX survey_invitations_person ON survey_invitations (person_id);

-- Anonymous answers that wait until there are five of them. id is random, and the rows lie in its order: none says who, by which link,
-- when, or before or after which other.
CREATE TABLE survey_sheets (
    id BLOB NOT NULL PRIMARY KEY,
    survey_id BLOB NOT NULL,
    sheet TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX survey_sheets_survey ON survey_sheets (survey_id);

-- How often a question was answered with a value; -1: how many answered it at all.
CREATE TABLE survey_counts (
    survey_id BLOB NOT NULL,
    question BIGINT NOT NULL,
    value BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (survey_id, question, value)
) WITHOUT ROWID;

-- Anonymous texts, each apart from the other answers of whoever wrote it. id is random.
CREATE TABLE survey_texts (
    id BLOB NOT NULL PRIMARY KEY,
    survey_id BLOB NOT NULL,
    question BIGINT NOT NULL,
    text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX survey_texts_question ON survey_texts (survey_id, question, id);

-- Answers with names, sealed under the person's key.
CREATE TABLE survey_answers (
    id BLOB NOT NULL PRIMARY KEY,
    survey_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    answers BLOB NOT NULL,
    answered_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX survey_answers_survey ON survey_answers (survey_id, person_id);
CREATE INDEX survey_answers_person ON survey_answers (person_id);
CREATE INDEX survey_answers_answered ON survey_answers (answered_at);
