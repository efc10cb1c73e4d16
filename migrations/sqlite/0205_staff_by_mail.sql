-- Where a member of staff is told of tickets by mail and answers them from; nothing goes there before it is proven. The domain is shown to
-- them, so that they know which it is.
CREATE TABLE staff_addresses (
    staff_id BLOB NOT NULL PRIMARY KEY,
    email BLOB NOT NULL,
    email_lookup BLOB NOT NULL,
    domain TEXT NOT NULL,
    proven_at BIGINT,
    set_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX staff_addresses_lookup ON staff_addresses (email_lookup);

-- Letters by which staff acted, so that a copy acts no second time. The letter itself is not kept: what it said stands in the ticket.
CREATE TABLE staff_letters (
    fingerprint BLOB NOT NULL PRIMARY KEY,
    ticket_id BLOB NOT NULL,
    staff_id BLOB NOT NULL,
    at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX staff_letters_ticket ON staff_letters (ticket_id);
CREATE TRIGGER staff_letters_gone AFTER DELETE ON tickets BEGIN DELETE FROM staff_letters WHERE ticket_id = OLD.id; END;
