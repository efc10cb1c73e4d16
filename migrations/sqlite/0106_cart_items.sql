-- What is sold once, by the piece or by the hour, in a cart.
CREATE TABLE cart_items (
    cart_id BLOB NOT NULL,
    item_key TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (cart_id, item_key)
);

-- What is ordered besides a subscription that runs; the id is that of the act, so that it is ordered once.
CREATE TABLE extras (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL,
    subscription_id BLOB NOT NULL,
    invoice_id BLOB NOT NULL,
    ordered_at BIGINT NOT NULL
);
CREATE INDEX extras_customer ON extras (customer_id, ordered_at);

-- What a coupon takes off in each currency, as JSON; that of coupons from before stands in amount_minor and currency.
ALTER TABLE coupons ADD COLUMN amounts TEXT;
