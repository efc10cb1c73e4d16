-- Letters that were sent from the webmail, by the key of their form: so that one is not sent twice.
CREATE TABLE webmail_letters (
    mailbox_id BLOB NOT NULL,
    letter_key TEXT NOT NULL,
    done BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, letter_key)
) WITHOUT ROWID;
