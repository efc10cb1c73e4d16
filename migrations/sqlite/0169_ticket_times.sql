-- Time that staff spent on tickets, and never changed: what was wrong has an entry with as many minutes below zero against it. note: sealed ticket, of the
-- ticket's owner.
CREATE TABLE ticket_times (
    id BLOB NOT NULL PRIMARY KEY,
    ticket_id BLOB NOT NULL,
    staff_id BLOB NOT NULL,
    minutes BIGINT NOT NULL,
    against BLOB,
    note BLOB,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_times_ticket ON ticket_times (ticket_id, at);
CREATE INDEX ticket_times_at ON ticket_times (at, ticket_id);
CREATE TRIGGER ticket_times_immutable BEFORE UPDATE ON ticket_times BEGIN SELECT RAISE(ABORT, 'what was written in a ticket is not changed'); END;
CREATE TRIGGER ticket_times_gone AFTER DELETE ON tickets BEGIN DELETE FROM ticket_times WHERE ticket_id = OLD.id; END;
