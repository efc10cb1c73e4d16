-- Why a queued message waits for a decision, as the rule's word, what was counted and what the rule allows, since when, and when
-- the owner of the mailbox said that it is theirs. hold has the same as a sentence.
ALTER TABLE queue_messages ADD COLUMN hold_code TEXT;
ALTER TABLE queue_messages ADD COLUMN hold_value BIGINT;
ALTER TABLE queue_messages ADD COLUMN hold_limit BIGINT;
ALTER TABLE queue_messages ADD COLUMN held_at BIGINT;
ALTER TABLE queue_messages ADD COLUMN confirmed_at BIGINT;
UPDATE queue_messages SET held_at = created_at, hold_value = 0, hold_limit = 0,
    hold_code = CASE WHEN hold LIKE 'wave:%' THEN 'wave' ELSE 'campaign' END WHERE hold IS NOT NULL;
CREATE INDEX queue_messages_held ON queue_messages (held_at);

-- What was decided on held messages and on the trust of customers, by whom and why, both from fixed lists of words. mailbox_id and
-- queue_id are nothing where it is about the customer as a whole, staff_id where no member of staff decided.
CREATE TABLE guard_decisions (
    id BYTEA NOT NULL PRIMARY KEY,
    customer_id BYTEA NOT NULL,
    mailbox_id BYTEA,
    queue_id BYTEA,
    act TEXT NOT NULL,
    why TEXT NOT NULL,
    code TEXT,
    recipients BIGINT NOT NULL,
    staff_id BYTEA,
    at BIGINT NOT NULL
);
CREATE INDEX guard_decisions_customer ON guard_decisions (customer_id, at);
CREATE INDEX guard_decisions_mailbox ON guard_decisions (mailbox_id, at);
CREATE INDEX guard_decisions_age ON guard_decisions (at);

-- Mailboxes whose campaigns go out until a day, by a decision of staff: the reason is one of the words of decisions.
CREATE TABLE guard_exceptions (
    mailbox_id BYTEA NOT NULL PRIMARY KEY,
    customer_id BYTEA NOT NULL,
    why TEXT NOT NULL,
    staff_id BYTEA,
    at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX guard_exceptions_customer ON guard_exceptions (customer_id);
CREATE INDEX guard_exceptions_age ON guard_exceptions (ends_at);
