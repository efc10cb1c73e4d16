-- People without an account who wrote to us, each a subject of their own. email: nothing for a letter that names no sender.
CREATE TABLE ticket_writers (
    id BYTEA NOT NULL PRIMARY KEY,
    email BYTEA,
    email_lookup BYTEA,
    wrote_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ticket_writers_email_lookup ON ticket_writers (email_lookup);

-- Letters as they came, raw, sealed ticket of the ticket's owner. fingerprint: a keyed hash, by which a copy is known. sender, message:
-- keyed hashes of the address in From and of the Message-ID. proof: proven, unknown, failed. because: by which way it was found,
-- or why it began a ticket. sign: what shows that a machine wrote it. related: a ticket that it claimed to belong to.
-- answered: 1 when the desk said by itself that it came.
CREATE TABLE ticket_letters (
    id BYTEA NOT NULL PRIMARY KEY,
    ticket_id BYTEA NOT NULL,
    entry_id BYTEA NOT NULL,
    fingerprint BYTEA NOT NULL UNIQUE,
    sender BYTEA,
    message BYTEA,
    message_id BYTEA,
    raw BYTEA NOT NULL,
    size BIGINT NOT NULL,
    proof TEXT NOT NULL,
    because TEXT NOT NULL,
    sign TEXT,
    related BYTEA,
    answered BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_letters_ticket ON ticket_letters (ticket_id);
CREATE INDEX ticket_letters_sender ON ticket_letters (sender, at);
CREATE INDEX ticket_letters_message ON ticket_letters (message);
CREATE FUNCTION take_letters_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM ticket_letters WHERE ticket_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER ticket_letters_gone AFTER DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION take_letters_away();
