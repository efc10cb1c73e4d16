-- Where a member of staff is told of tickets by mail and answers them from; nothing goes there before it is proven. The domain is shown to
-- them, so that they know which it is.
CREATE TABLE staff_addresses (
    staff_id BYTEA NOT NULL PRIMARY KEY,
    email BYTEA NOT NULL,
    email_lookup BYTEA NOT NULL,
    domain TEXT NOT NULL,
    proven_at BIGINT,
    set_at BIGINT NOT NULL
);
CREATE INDEX staff_addresses_lookup ON staff_addresses (email_lookup);

-- Letters by which staff acted, so that a copy acts no second time. The letter itself is not kept: what it said stands in the ticket.
CREATE TABLE staff_letters (
    fingerprint BYTEA NOT NULL PRIMARY KEY,
    ticket_id BYTEA NOT NULL,
    staff_id BYTEA NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX staff_letters_ticket ON staff_letters (ticket_id);
CREATE FUNCTION take_staff_letters_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM staff_letters WHERE ticket_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER staff_letters_gone AFTER DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION take_staff_letters_away();
