-- Tags: words of the desk on tickets; nothing personal. changed_at: that of the ticket, so that the tickets of a tag are read in their
-- order from where a page begins, however many there are.
CREATE TABLE ticket_tags (
    ticket_id BYTEA NOT NULL,
    tag TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, tag)
);
CREATE INDEX ticket_tags_tag ON ticket_tags (tag, changed_at, ticket_id);
-- The tags that the desk has; one that no ticket has any more goes when there is need of the room.
CREATE TABLE desk_tags (
    tag TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE FUNCTION take_tags_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM ticket_tags WHERE ticket_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER ticket_tags_gone AFTER DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION take_tags_away();
