-- Tickets that have to do with each other. kind: related (the smaller identifier stands first), part_of (ticket_id is part of other_id).
CREATE TABLE ticket_links (
    ticket_id BYTEA NOT NULL,
    other_id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    staff_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, other_id, kind)
);
CREATE INDEX ticket_links_other ON ticket_links (other_id);
CREATE FUNCTION take_links_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM ticket_links WHERE ticket_id = OLD.id OR other_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER ticket_links_gone AFTER DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION take_links_away();
