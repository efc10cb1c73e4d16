-- Which node holds a lease: when it starts anew, it takes its own recipients back without waiting for the lease to end.
ALTER TABLE queue_recipients ADD COLUMN lease_by BYTEA;

-- Where a queued message has been put already, a mailbox or list of ours: written in the transaction that puts it there, so
-- that a try that is repeated after a crash does not put it there twice. The rows go with the message.
CREATE TABLE queue_stored (
    queue_id BYTEA NOT NULL,
    target_id BYTEA NOT NULL,
    PRIMARY KEY (queue_id, target_id)
);

-- Since when a mailbox refuses mail because it is full; nothing when it has room.
ALTER TABLE mailbox_counters ADD COLUMN full_since BIGINT;
