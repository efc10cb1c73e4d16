-- A coupon takes off either a percentage (in hundredths) or an amount in a currency.
CREATE TABLE coupons (
    id BYTEA NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    percent BIGINT,
    amount_minor BIGINT,
    currency TEXT,
    periods BIGINT,
    from_on TEXT NOT NULL,
    until_on TEXT,
    most_uses BIGINT,
    uses BIGINT NOT NULL,
    plans TEXT,
    made_by BYTEA NOT NULL,
    withdrawn_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX coupons_code ON coupons (code);

-- A customer uses a coupon once.
CREATE TABLE coupon_uses (
    coupon_id BYTEA NOT NULL,
    customer_id BYTEA NOT NULL,
    order_id BYTEA NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (coupon_id, customer_id)
);
CREATE INDEX coupon_uses_order ON coupon_uses (order_id);

ALTER TABLE carts ADD COLUMN coupon_code TEXT;
ALTER TABLE orders ADD COLUMN coupon_id BYTEA;
ALTER TABLE subscriptions ADD COLUMN coupon_id BYTEA;

-- As what a customer qualifies for less, or for no tax. evidence: sealed billing_address, what was looked at.
CREATE TABLE qualifications (
    id BYTEA NOT NULL PRIMARY KEY,
    customer_id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    evidence BYTEA NOT NULL,
    approved_by BYTEA NOT NULL,
    approved_at BIGINT NOT NULL,
    revoked_by BYTEA,
    revoked_at BIGINT
);
CREATE INDEX qualifications_customer ON qualifications (customer_id, approved_at);
