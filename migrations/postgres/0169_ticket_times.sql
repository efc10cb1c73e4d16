-- Time that staff spent on tickets, and never changed: what was wrong has an entry with as many minutes below zero against it. note: sealed ticket, of the
-- ticket's owner.
CREATE TABLE ticket_times (
    id BYTEA NOT NULL PRIMARY KEY,
    ticket_id BYTEA NOT NULL,
    staff_id BYTEA NOT NULL,
    minutes BIGINT NOT NULL,
    against BYTEA,
    note BYTEA,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_times_ticket ON ticket_times (ticket_id, at);
CREATE INDEX ticket_times_at ON ticket_times (at, ticket_id);
CREATE TRIGGER ticket_times_immutable BEFORE UPDATE ON ticket_times FOR EACH ROW EXECUTE FUNCTION refuse_changed_ticket();
CREATE FUNCTION take_times_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM ticket_times WHERE ticket_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER ticket_times_gone AFTER DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION take_times_away();
