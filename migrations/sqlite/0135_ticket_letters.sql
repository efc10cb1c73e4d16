-- People without an account who wrote to us, each a subject of their own. email: nothing for a letter that names no sender.
CREATE TABLE ticket_writers (
    id BLOB NOT NULL PRIMARY KEY,
    email BLOB,
    email_lookup BLOB,
    wrote_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ticket_writers_email_lookup ON ticket_writers (email_lookup);

-- Letters as they came, raw, sealed ticket of the ticket's owner. fingerprint: a keyed hash, by which a copy is known. sender, message:
-- keyed hashes of the address in From and of the Message-ID. proof: proven, unknown, failed. because: by which way it was found,
-- or why it began a ticket. sign: what shows that a machine wrote it. related: a ticket that it claimed to belong to.
-- answered: 1 when the desk said by itself that it came.
CREATE TABLE ticket_letters (
    id BLOB NOT NULL PRIMARY KEY,
    ticket_id BLOB NOT NULL,
    entry_id BLOB NOT NULL,
    fingerprint BLOB NOT NULL UNIQUE,
    sender BLOB,
    message BLOB,
    message_id BLOB,
    raw BLOB NOT NULL,
    size BIGINT NOT NULL,
    proof TEXT NOT NULL,
    because TEXT NOT NULL,
    sign TEXT,
    related BLOB,
    answered BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_letters_ticket ON ticket_letters (ticket_id);
CREATE INDEX ticket_letters_sender ON ticket_letters (sender, at);
CREATE INDEX ticket_letters_message ON ticket_letters (message);
CREATE TRIGGER ticket_letters_gone AFTER DELETE ON tickets BEGIN DELETE FROM ticket_letters WHERE ticket_id = OLD.id; END;
