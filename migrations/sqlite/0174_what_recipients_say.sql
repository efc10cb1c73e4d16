-- What came back from those whom a mailbox wrote to, for a week. kind: hard, spam, junk. who: the message and the recipient's place in
-- it, or the reader as a hash under a secret; day: once a day counts. weight: thousandths.
CREATE TABLE guard_voices (
    mailbox_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    who BLOB NOT NULL,
    day BIGINT NOT NULL,
    customer_id BLOB NOT NULL,
    weight BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, kind, who, day)
) WITHOUT ROWID;
CREATE INDEX guard_voices_customer ON guard_voices (customer_id, at);
CREATE INDEX guard_voices_who ON guard_voices (who, at);
CREATE INDEX guard_voices_age ON guard_voices (at);

-- What follows from it. code: returns, of one mailbox, or complaints, of all of a customer, where mailbox_id is zero. level: warn,
-- demote or hold; value and most: what was counted, and what the rule allows.
CREATE TABLE guard_stops (
    customer_id BLOB NOT NULL,
    code TEXT NOT NULL,
    mailbox_id BLOB NOT NULL,
    level TEXT NOT NULL,
    value BIGINT NOT NULL,
    most BIGINT NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (customer_id, code, mailbox_id)
) WITHOUT ROWID;
CREATE INDEX guard_stops_until ON guard_stops (until);
