-- Keyed hashes by which orders that have something in common are counted: kind of device, card, name, mail address, mail
-- domain. cleared_by: who took the order back in after an appeal. forgotten_at: when a refused order lost who placed it.
ALTER TABLE orders ADD COLUMN device_hash BLOB;
ALTER TABLE orders ADD COLUMN card_hash BLOB;
ALTER TABLE orders ADD COLUMN name_hash BLOB;
ALTER TABLE orders ADD COLUMN mail_hash BLOB;
ALTER TABLE orders ADD COLUMN mail_domain_hash BLOB;
ALTER TABLE orders ADD COLUMN cleared_by BLOB;
ALTER TABLE orders ADD COLUMN forgotten_at BIGINT;
CREATE INDEX orders_device ON orders (device_hash, placed_at);
CREATE INDEX orders_card ON orders (card_hash, placed_at);
CREATE INDEX orders_name ON orders (name_hash, placed_at);
CREATE INDEX orders_mail_domain ON orders (mail_domain_hash, placed_at);

-- What is not served again. value_hash: keyed hash. domain: where one was entered by hand.
CREATE TABLE screening_blocks (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    value_hash BLOB NOT NULL,
    domain TEXT,
    reason TEXT NOT NULL,
    order_id BLOB,
    blocked_by BLOB NOT NULL,
    blocked_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    lifted_at BIGINT
);
CREATE INDEX screening_blocks_value ON screening_blocks (value_hash, kind);
