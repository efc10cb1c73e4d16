-- Which ticket was merged into which other of the same owner. What was written in it is shown there; nothing of it is rewritten, so that a
-- merge is undone by taking its row away. state: where the ticket stood before, and stands again then.
CREATE TABLE ticket_merges (
    ticket_id BLOB NOT NULL PRIMARY KEY,
    into_id BLOB NOT NULL,
    state TEXT NOT NULL,
    staff_id BLOB NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_merges_into ON ticket_merges (into_id, at);
CREATE TRIGGER ticket_merges_gone AFTER DELETE ON tickets BEGIN DELETE FROM ticket_merges WHERE ticket_id = OLD.id OR into_id = OLD.id; END;
