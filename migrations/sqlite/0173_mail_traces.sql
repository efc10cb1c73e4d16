-- What became of messages, one row for each recipient. other is the other side's address and message the Message-ID,
-- both as hashes under a secret. first is what happened when the row was written, and word the rule or folder of it.
CREATE TABLE mail_traces (
    id BLOB NOT NULL,
    position BIGINT NOT NULL,
    mailbox_id BLOB NOT NULL,
    way TEXT NOT NULL,
    other BLOB,
    message BLOB,
    domain TEXT NOT NULL,
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    first TEXT NOT NULL,
    word TEXT,
    PRIMARY KEY (id, position)
) WITHOUT ROWID;
CREATE INDEX mail_traces_mailbox ON mail_traces (mailbox_id, at);
CREATE INDEX mail_traces_message ON mail_traces (message);
CREATE INDEX mail_traces_age ON mail_traces (at);

-- What happened later: codes of the other servers' answers, never their text.
CREATE TABLE mail_trace_steps (
    trace_id BLOB NOT NULL,
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    step TEXT NOT NULL,
    code BIGINT,
    status TEXT,
    PRIMARY KEY (trace_id, position, at, step)
) WITHOUT ROWID;
CREATE INDEX mail_trace_steps_age ON mail_trace_steps (at);
