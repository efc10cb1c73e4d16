-- What is asked of support, by a customer or by a writer who is none (subject_kind, subject_id). person_id: the contact who opened it.
-- staff_id: the member of staff who did, and then it justifies no look at anything. department: as the configuration names it.
-- state: new, open, waiting_on_customer, waiting_on_us, solved, closed. title: sealed ticket, of its owner.
-- about_kind: domain, mailbox, subscription, invoice. version counts what happened, so that a page knows when it is old.
-- first_due, solution_due: until when the service level gives us; the latter stands empty while the customer is to answer.
CREATE TABLE tickets (
    id BLOB NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    subject_kind BIGINT NOT NULL,
    subject_id BLOB NOT NULL,
    department TEXT NOT NULL,
    person_id BLOB,
    staff_id BLOB,
    state TEXT NOT NULL,
    priority TEXT NOT NULL,
    title BLOB NOT NULL,
    about_kind TEXT,
    about_id BLOB,
    assignee BLOB,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    first_due BIGINT,
    first_answered_at BIGINT,
    solution_due BIGINT,
    solved_at BIGINT,
    closed_at BIGINT,
    rating BIGINT
);
CREATE INDEX tickets_owner ON tickets (subject_id, changed_at);
CREATE INDEX tickets_state ON tickets (state, changed_at);
CREATE INDEX tickets_assignee ON tickets (assignee, changed_at);

-- What was written, and never changed. kind: customer, agent, note. words: sealed ticket, of the owner.
CREATE TABLE ticket_entries (
    id BLOB NOT NULL PRIMARY KEY,
    ticket_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    person_id BLOB,
    staff_id BLOB,
    words BLOB NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_entries_ticket ON ticket_entries (ticket_id, at);

-- What happened, by number, and never changed. what: a move, assign or priority; value: the state, priority or assignee after it.
CREATE TABLE ticket_events (
    ticket_id BLOB NOT NULL,
    number BIGINT NOT NULL,
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    person_id BLOB,
    staff_id BLOB,
    at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, number)
);
CREATE TRIGGER ticket_entries_immutable BEFORE UPDATE ON ticket_entries BEGIN SELECT RAISE(ABORT, 'what was written in a ticket is not changed'); END;
CREATE TRIGGER ticket_events_immutable BEFORE UPDATE ON ticket_events BEGIN SELECT RAISE(ABORT, 'what happened to a ticket is not changed'); END;
-- A ticket goes with all that is in it when its term ends.
CREATE TRIGGER tickets_gone AFTER DELETE ON tickets BEGIN DELETE FROM ticket_entries WHERE ticket_id = OLD.id; DELETE FROM ticket_events WHERE ticket_id = OLD.id; END;
