-- What came back of messages that can be declined, once for each message and kind. what: hard, full, blocked, spam,
-- authentication, transient, unknown, complaint.
CREATE TABLE mail_returns (
    outbound_id BLOB NOT NULL,
    what TEXT NOT NULL,
    subject_kind BIGINT NOT NULL,
    subject_id BLOB NOT NULL,
    announcement_id BLOB,
    at BIGINT NOT NULL,
    PRIMARY KEY (outbound_id, what)
);
CREATE INDEX mail_returns_announcement ON mail_returns (announcement_id, what);
CREATE INDEX mail_returns_subject ON mail_returns (subject_kind, subject_id);
