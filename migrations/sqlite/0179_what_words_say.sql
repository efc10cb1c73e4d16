-- What messages to strangers are told by, as numbers under a secret, until it is known whether they were wanted: for a day after they went
-- out, or until somebody decides on what is held. unwanted is nothing until then, 0 or 1 until it was learnt from, and -1 for the rest of the
-- day, with nothing left that it is told by. number is that of guard_messages.
CREATE TABLE guard_texts (
    number BIGINT NOT NULL PRIMARY KEY,
    mailbox_id BLOB NOT NULL,
    customer_id BLOB NOT NULL,
    at BIGINT NOT NULL,
    held BIGINT NOT NULL,
    unwanted BIGINT,
    features BLOB NOT NULL
);
CREATE INDEX guard_texts_age ON guard_texts (at);
CREATE INDEX guard_texts_customer ON guard_texts (customer_id, at);
CREATE INDEX guard_texts_mailbox ON guard_texts (mailbox_id);
CREATE INDEX guard_texts_known ON guard_texts (unwanted, number);

-- What was learnt from all of them together: weights of numbers, in which no message can be found again.
CREATE TABLE guard_model (
    name TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    learnt BLOB NOT NULL
);

-- Under which number the guard knows a held message, and how likely its words say that it is unwanted, in thousandths.
ALTER TABLE queue_messages ADD COLUMN hold_number BIGINT;
ALTER TABLE queue_messages ADD COLUMN hold_score BIGINT;
