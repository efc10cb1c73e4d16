-- By which words a ticket is found: keyed hashes, of which nobody reads a word. They go some days after the ticket is closed.
CREATE TABLE ticket_words (
    mark BYTEA NOT NULL,
    ticket_id BYTEA NOT NULL,
    PRIMARY KEY (mark, ticket_id)
);
CREATE INDEX ticket_words_ticket ON ticket_words (ticket_id);
CREATE FUNCTION take_words_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM ticket_words WHERE ticket_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER ticket_words_gone AFTER DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION take_words_away();
