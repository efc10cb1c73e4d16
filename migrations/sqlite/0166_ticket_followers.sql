-- Who of staff follows a ticket. seen: the number of the event up to which they looked; what others wrote after it is new to them.
CREATE TABLE ticket_followers (
    ticket_id BLOB NOT NULL,
    staff_id BLOB NOT NULL,
    seen BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, staff_id)
);
CREATE INDEX ticket_followers_staff ON ticket_followers (staff_id);
CREATE TRIGGER ticket_followers_gone AFTER DELETE ON tickets BEGIN DELETE FROM ticket_followers WHERE ticket_id = OLD.id; END;
