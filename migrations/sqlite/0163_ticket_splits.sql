-- Which ticket was split from which other of the same owner, by whom and when. Undoing takes the row away.
CREATE TABLE ticket_splits (
    ticket_id BLOB NOT NULL PRIMARY KEY,
    from_id BLOB NOT NULL,
    staff_id BLOB NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_splits_from ON ticket_splits (from_id, at);
-- What was written in one ticket (from_id) and is shown in another, which was split from it. Nothing of it is rewritten.
CREATE TABLE ticket_moved_entries (
    entry_id BLOB NOT NULL PRIMARY KEY,
    from_id BLOB NOT NULL,
    ticket_id BLOB NOT NULL
);
CREATE INDEX ticket_moved_entries_from ON ticket_moved_entries (from_id);
CREATE INDEX ticket_moved_entries_ticket ON ticket_moved_entries (ticket_id);
-- Which answer went out in which letter of ours, by the identifier in the signed Message-ID: what is answered leads to where it is shown.
CREATE TABLE ticket_answers (
    letter_id BLOB NOT NULL PRIMARY KEY,
    ticket_id BLOB NOT NULL,
    entry_id BLOB NOT NULL
);
CREATE INDEX ticket_answers_ticket ON ticket_answers (ticket_id);
CREATE TRIGGER ticket_splits_gone AFTER DELETE ON tickets BEGIN
    DELETE FROM ticket_splits WHERE ticket_id = OLD.id OR from_id = OLD.id;
    DELETE FROM ticket_moved_entries WHERE ticket_id = OLD.id OR from_id = OLD.id;
    DELETE FROM ticket_answers WHERE ticket_id = OLD.id;
END;
