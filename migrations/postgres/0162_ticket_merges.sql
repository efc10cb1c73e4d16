-- Which ticket was merged into which other of the same owner. What was written in it is shown there; nothing of it is rewritten, so that a
-- merge is undone by taking its row away. state: where the ticket stood before, and stands again then.
CREATE TABLE ticket_merges (
    ticket_id BYTEA NOT NULL PRIMARY KEY,
    into_id BYTEA NOT NULL,
    state TEXT NOT NULL,
    staff_id BYTEA NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_merges_into ON ticket_merges (into_id, at);
CREATE FUNCTION take_merges_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM ticket_merges WHERE ticket_id = OLD.id OR into_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER ticket_merges_gone AFTER DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION take_merges_away();
