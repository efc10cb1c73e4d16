-- What mailboxes have besides: chosen in a cart, ordered with a line of an order; keys with a space between them.
ALTER TABLE cart_lines ADD COLUMN add_ons TEXT NOT NULL DEFAULT '';
ALTER TABLE order_lines ADD COLUMN add_ons TEXT NOT NULL DEFAULT '';

-- What a subscription has besides, from when, and until when once it is to go. told: the mail side knows of its end.
CREATE TABLE subscription_add_ons (
    id BLOB NOT NULL PRIMARY KEY,
    subscription_id BLOB NOT NULL,
    add_on_key TEXT NOT NULL,
    since_on TEXT NOT NULL,
    until_on TEXT,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    invoice_id BLOB,
    removed_by TEXT,
    removed_at BIGINT,
    told BIGINT NOT NULL
);
CREATE UNIQUE INDEX subscription_add_ons_held ON subscription_add_ons (subscription_id, add_on_key) WHERE until_on IS NULL;
CREATE INDEX subscription_add_ons_subscription ON subscription_add_ons (subscription_id);
CREATE INDEX subscription_add_ons_ending ON subscription_add_ons (told, until_on);
