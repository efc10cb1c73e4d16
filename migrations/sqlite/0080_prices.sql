-- What a plan version asks for what, as one text: price lists in every currency with steps, space and add-ons. A version
-- from before has none and asks for mailboxes alone.
ALTER TABLE plan_versions ADD COLUMN sheet TEXT;

-- What is sold once, by the piece or by the hour. Never edited, like the versions of plans.
CREATE TABLE item_versions (
    id BLOB NOT NULL PRIMARY KEY,
    item_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    measure TEXT NOT NULL,
    tax_class TEXT NOT NULL,
    prices TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX item_versions_key ON item_versions (item_key, version);

CREATE TABLE items (
    item_key TEXT NOT NULL PRIMARY KEY,
    item_version_id BLOB NOT NULL,
    position BIGINT NOT NULL,
    offered BIGINT NOT NULL
);

-- What was confirmed, line by line with its tax: it is what is billed.
ALTER TABLE orders ADD COLUMN priced TEXT;

-- A line is for mailboxes, space, an add-on, an item; its quantity is quantity / quantity_divisor, exactly.
ALTER TABLE invoice_lines ADD COLUMN kind TEXT NOT NULL DEFAULT 'mailboxes';
ALTER TABLE invoice_lines ADD COLUMN item_key TEXT;
ALTER TABLE invoice_lines ADD COLUMN quantity_divisor BIGINT NOT NULL DEFAULT 1;
ALTER TABLE invoice_lines ADD COLUMN measure TEXT NOT NULL DEFAULT 'mailbox';
