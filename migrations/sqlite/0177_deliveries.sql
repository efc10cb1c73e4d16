-- How deliveries ended, by destination and by the address from which they went, and never by sender: no row says who wrote to whom. An hour
-- a row; slot spreads what is counted at once over several, and -1 is a whole day, in which destinations of few are one, without a name.
-- delivered, deferred, dead, spam, policy, failed: recipients (of deferred: tries). within_…: how long the delivered ones took.
CREATE TABLE delivery_destinations (
    begins_at BIGINT NOT NULL,
    destination TEXT NOT NULL,
    egress TEXT NOT NULL,
    slot BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    deferred BIGINT NOT NULL,
    dead BIGINT NOT NULL,
    spam BIGINT NOT NULL,
    policy BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    within_10s BIGINT NOT NULL,
    within_1m BIGINT NOT NULL,
    within_10m BIGINT NOT NULL,
    within_1h BIGINT NOT NULL,
    within_6h BIGINT NOT NULL,
    later BIGINT NOT NULL,
    PRIMARY KEY (begins_at, destination, egress, slot)
) WITHOUT ROWID;

-- The same by the sender's domain, and never by destination. domain_id is zero for what the house itself sends.
CREATE TABLE delivery_senders (
    domain_id BLOB NOT NULL,
    begins_at BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    deferred BIGINT NOT NULL,
    dead BIGINT NOT NULL,
    spam BIGINT NOT NULL,
    policy BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    PRIMARY KEY (domain_id, begins_at, slot)
) WITHOUT ROWID;
CREATE INDEX delivery_senders_time ON delivery_senders (begins_at);

-- What DNS block lists said of our addresses when they were last asked. listed since: since when the answer is the same.
CREATE TABLE block_list_answers (
    list TEXT NOT NULL,
    address TEXT NOT NULL,
    listed BIGINT NOT NULL,
    answer TEXT NOT NULL,
    since BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    failed_at BIGINT,
    PRIMARY KEY (list, address)
) WITHOUT ROWID;
