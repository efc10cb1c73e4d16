-- Folder names, keywords and everything that comes out of a mail rest sealed under the key of the mailbox.
CREATE TABLE folders (
    id BLOB NOT NULL PRIMARY KEY,
    mailbox_id BLOB NOT NULL,
    name_hash BLOB NOT NULL,
    name BLOB NOT NULL,
    role TEXT,
    subscribed BIGINT NOT NULL,
    uidvalidity BIGINT NOT NULL,
    uidnext BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    recent_from BIGINT NOT NULL,
    total BIGINT NOT NULL,
    unseen BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX folders_name ON folders (mailbox_id, name_hash);
CREATE UNIQUE INDEX folders_role ON folders (mailbox_id, role);

-- A keyword of a mailbox is a bit in the flags of its messages.
CREATE TABLE keywords (
    mailbox_id BLOB NOT NULL,
    bit BIGINT NOT NULL,
    name BLOB NOT NULL,
    PRIMARY KEY (mailbox_id, bit)
) WITHOUT ROWID;

-- A message in a folder: narrow, since a whole folder of them is read at once.
CREATE TABLE messages (
    folder_id BLOB NOT NULL,
    uid BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    flags BIGINT NOT NULL,
    internal_at BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    thread BIGINT NOT NULL,
    body_id BLOB NOT NULL,
    PRIMARY KEY (folder_id, uid)
) WITHOUT ROWID;
CREATE INDEX messages_changed ON messages (folder_id, modseq);
CREATE INDEX messages_body ON messages (body_id);

-- Messages that went: for clients that synchronise, and with body_id for bringing them back until purge_at.
CREATE TABLE expunged (
    folder_id BLOB NOT NULL,
    uid BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    mailbox_id BLOB NOT NULL,
    flags BIGINT NOT NULL,
    internal_at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    thread BIGINT NOT NULL,
    body_id BLOB,
    expunged_at BIGINT NOT NULL,
    purge_at BIGINT NOT NULL,
    PRIMARY KEY (folder_id, uid)
) WITHOUT ROWID;
CREATE INDEX expunged_changed ON expunged (folder_id, modseq);
CREATE INDEX expunged_body ON expunged (body_id);
CREATE INDEX expunged_purge ON expunged (purge_at);
CREATE INDEX expunged_mailbox ON expunged (mailbox_id, expunged_at);

-- What listing and searching need of a message, shared by its copies within the mailbox: meta is sealed, filter is the
-- keyed signature of its text (docs/decisions/0003-search-without-plaintext.md).
CREATE TABLE message_index (
    mailbox_id BLOB NOT NULL,
    body_id BLOB NOT NULL,
    size BIGINT NOT NULL,
    meta BLOB NOT NULL,
    filter BLOB NOT NULL,
    PRIMARY KEY (mailbox_id, body_id)
) WITHOUT ROWID;

-- The message itself, compressed and sealed: in the row, or when large in the blob store with its sealed text here.
CREATE TABLE message_bodies (
    body_id BLOB NOT NULL PRIMARY KEY,
    mailbox_id BLOB NOT NULL,
    content BLOB,
    blob_key TEXT,
    search_text BLOB
);
