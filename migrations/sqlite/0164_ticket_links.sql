-- Tickets that have to do with each other. kind: related (the smaller identifier stands first), part_of (ticket_id is part of other_id).
CREATE TABLE ticket_links (
    ticket_id BLOB NOT NULL,
    other_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    staff_id BLOB NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, other_id, kind)
);
CREATE INDEX ticket_links_other ON ticket_links (other_id);
CREATE TRIGGER ticket_links_gone AFTER DELETE ON tickets BEGIN DELETE FROM ticket_links WHERE ticket_id = OLD.id OR other_id = OLD.id; END;
