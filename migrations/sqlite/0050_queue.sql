-- The outgoing queue. Addresses, answers of other servers and the message rest sealed.
CREATE TABLE queue_messages (
    id BLOB NOT NULL PRIMARY KEY,
    mailbox_id BLOB,
    unique_key TEXT,
    envelope BLOB NOT NULL,
    content BLOB,
    blob_key TEXT,
    size BIGINT NOT NULL,
    hold TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX queue_messages_unique ON queue_messages (unique_key);
CREATE INDEX queue_messages_mailbox ON queue_messages (mailbox_id, created_at);

CREATE TABLE queue_recipients (
    queue_id BLOB NOT NULL,
    position BIGINT NOT NULL,
    address BLOB NOT NULL,
    domain TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    last_code BIGINT,
    last_answer BLOB,
    last_at BIGINT,
    delay_reported BIGINT NOT NULL,
    PRIMARY KEY (queue_id, position)
) WITHOUT ROWID;
CREATE INDEX queue_recipients_due ON queue_recipients (state, next_at);
CREATE INDEX queue_recipients_domain ON queue_recipients (domain, state);

-- Recipients per mailbox and day, for the limits of its class of service.
CREATE TABLE sending_counts (
    mailbox_id BLOB NOT NULL,
    day BIGINT NOT NULL,
    recipients BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, day)
) WITHOUT ROWID;
