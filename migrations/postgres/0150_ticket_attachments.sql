-- Files in tickets. entry_id: the entry that they came with; number: their place there. name, content: sealed ticket, of the ticket's owner. media_type: what the
-- bytes say. One of these says where the content rests: content (small ones), blob_key, or letter_id with section, the number of the
-- part in a letter that is kept as it came. refused: 1 for what would run at a click; it is not offered by itself.
CREATE TABLE ticket_attachments (
    id BYTEA NOT NULL PRIMARY KEY,
    ticket_id BYTEA NOT NULL,
    entry_id BYTEA NOT NULL,
    number BIGINT NOT NULL,
    letter_id BYTEA,
    section TEXT,
    name BYTEA NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    content BYTEA,
    blob_key TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_attachments_ticket ON ticket_attachments (ticket_id, at);
-- Blobs that no row names any more are swept.
CREATE FUNCTION take_attachments_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM ticket_attachments WHERE ticket_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER ticket_attachments_gone AFTER DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION take_attachments_away();
