-- By which words a ticket is found: keyed hashes, of which nobody reads a word. They go some days after the ticket is closed.
CREATE TABLE ticket_words (
    mark BLOB NOT NULL,
    ticket_id BLOB NOT NULL,
    PRIMARY KEY (mark, ticket_id)
) WITHOUT ROWID;
CREATE INDEX ticket_words_ticket ON ticket_words (ticket_id);
CREATE TRIGGER ticket_words_gone AFTER DELETE ON tickets BEGIN DELETE FROM ticket_words WHERE ticket_id = OLD.id; END;
