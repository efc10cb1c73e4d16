-- Destinations to which nothing is sent until somebody of staff lifts it, those of the past too.
CREATE TABLE guard_destination_stops (
    domain TEXT NOT NULL,
    number BIGINT NOT NULL,
    why TEXT NOT NULL,
    staff_id BYTEA,
    at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by BYTEA,
    PRIMARY KEY (domain, number)
);
CREATE INDEX guard_destination_stops_age ON guard_destination_stops (at);

-- How often a destination refused a customer's mail for a policy of its own since a time, and until when it is left alone. level: how
-- often it was, one pause after the other.
CREATE TABLE guard_pauses (
    customer_id BYTEA NOT NULL,
    domain TEXT NOT NULL,
    refusals BIGINT NOT NULL,
    since BIGINT NOT NULL,
    level BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (customer_id, domain)
);
CREATE INDEX guard_pauses_until ON guard_pauses (until);
CREATE INDEX guard_pauses_age ON guard_pauses (since);
