-- Members elsewhere of distribution lists say themselves that they want it. state: asked, joined, left, unreachable, removed.
-- The address rests sealed under the customer's key; hash finds it again within the list.
CREATE TABLE list_guests (
    id BLOB NOT NULL PRIMARY KEY,
    alias_id BLOB NOT NULL,
    customer_id BLOB NOT NULL,
    hash BLOB NOT NULL,
    address BLOB NOT NULL,
    state TEXT NOT NULL,
    asks BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT
);
CREATE UNIQUE INDEX list_guests_of_list ON list_guests (alias_id, hash);
CREATE INDEX list_guests_by_state ON list_guests (alias_id, state, id);
CREATE INDEX list_guests_customer ON list_guests (customer_id, hash);
CREATE INDEX list_guests_unanswered ON list_guests (asked_at) WHERE answered_at IS NULL;

-- Who left a list or does not want to be asked: lists of the same customer do not ask again. hash is of customer and address.
CREATE TABLE list_refusals (
    customer_id BLOB NOT NULL,
    hash BLOB NOT NULL,
    guest_id BLOB NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, hash, guest_id)
);
CREATE INDEX list_refusals_guest ON list_refusals (guest_id);

-- No page ever wrote an address here: what there could be was never asked.
DELETE FROM list_members WHERE mailbox_id IS NULL;
ALTER TABLE list_members DROP COLUMN address;
