-- face: sealed payment_token, what the owner of a card knows it by (network, last four digits, month). expires_on: the last day on
-- which it can be charged, plain so that those that end soon are found without opening any.
ALTER TABLE payment_methods ADD COLUMN face BLOB;
ALTER TABLE payment_methods ADD COLUMN expires_on TEXT;
ALTER TABLE payment_methods ADD COLUMN expiry_told_at BIGINT;

-- For which subscriptions a card is wanted that is being given on the processor's page.
CREATE TABLE card_wishes (
    payment_attempt_id BLOB NOT NULL,
    subscription_id BLOB NOT NULL,
    PRIMARY KEY (payment_attempt_id, subscription_id)
);
