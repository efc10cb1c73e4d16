-- Steps against who sends what nobody wants, those of the past too, numbered for each customer. about: mailbox_id, domain, or neither for all
-- of the customer. rung: hold, throttle, lock, suspend or terminate; why and ended_why: words of fixed lists. staff_id is nothing where the
-- guard decided. A termination is nothing more than a wish until another member of staff confirmed it. until is the end of time where only
-- a person ends it.
CREATE TABLE guard_steps (
    customer_id BLOB NOT NULL,
    number BIGINT NOT NULL,
    rung TEXT NOT NULL,
    mailbox_id BLOB,
    domain TEXT,
    why TEXT NOT NULL,
    staff_id BLOB,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    confirmed_by BLOB,
    confirmed_at BIGINT,
    ended_at BIGINT,
    ended_by BLOB,
    ended_why TEXT,
    told_at BIGINT,
    end_told_at BIGINT,
    PRIMARY KEY (customer_id, number)
) WITHOUT ROWID;
CREATE INDEX guard_steps_open ON guard_steps (customer_id, until) WHERE ended_at IS NULL;
CREATE INDEX guard_steps_until ON guard_steps (until) WHERE ended_at IS NULL;
CREATE INDEX guard_steps_told ON guard_steps (at) WHERE told_at IS NULL;
CREATE INDEX guard_steps_end_told ON guard_steps (ended_at) WHERE end_told_at IS NULL;
CREATE INDEX guard_steps_age ON guard_steps (ended_at);
