-- The words of many messages in one sealed piece (docs/decisions/0017-search-packs.md). A pack goes with the first of its
-- messages that is gone for good.
CREATE TABLE search_packs (
    mailbox_id BLOB NOT NULL,
    id BLOB NOT NULL,
    messages BIGINT NOT NULL,
    words BLOB NOT NULL,
    places BLOB NOT NULL,
    PRIMARY KEY (mailbox_id, id)
);
CREATE TABLE search_packed (
    mailbox_id BLOB NOT NULL,
    body_id BLOB NOT NULL,
    pack_id BLOB NOT NULL,
    PRIMARY KEY (mailbox_id, body_id)
) WITHOUT ROWID;
CREATE INDEX search_packed_pack ON search_packed (mailbox_id, pack_id);
