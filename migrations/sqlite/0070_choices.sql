-- A receipt also says what was shown, in which language, and from which network (sealed; it goes by the days of its category).
ALTER TABLE consents ADD COLUMN wording TEXT;
ALTER TABLE consents ADD COLUMN language TEXT;
ALTER TABLE consents ADD COLUMN network BLOB;

-- Who must not be written to, by keyed hashes: of a subject, an e-mail address, a telephone number or a postal address. topic:
-- one topic, a message class, or * for everything. at: of the newest refusal. copied_at: when it also stood outside this
-- database, in the key database and the file suppressions.list. Rows stay when a person is erased.
CREATE TABLE suppressions (
    holder BLOB NOT NULL,
    channel TEXT NOT NULL,
    topic TEXT NOT NULL,
    at BIGINT NOT NULL,
    copied_at BIGINT,
    PRIMARY KEY (holder, channel, topic)
);
CREATE INDEX suppressions_copied ON suppressions (copied_at);

-- By these a person's telephone number and postal address are found on that list.
ALTER TABLE persons ADD COLUMN phone_lookup BLOB;
ALTER TABLE persons ADD COLUMN postal_lookup BLOB;
