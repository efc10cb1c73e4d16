-- Double entry. subject is the invoice, payment attempt or credit note that an entry books; each is booked once.
CREATE TABLE journal_entries (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    booked_on TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX journal_entries_subject ON journal_entries (kind, subject_id);

CREATE TABLE journal_lines (
    entry_id BLOB NOT NULL,
    position BIGINT NOT NULL,
    account TEXT NOT NULL,
    customer_id BLOB NOT NULL,
    currency TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (entry_id, position)
);
CREATE INDEX journal_lines_account ON journal_lines (account, customer_id);
