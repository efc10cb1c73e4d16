-- Reports of other providers about domains here, each once: id is a hash of the reporter, the kind (dmarc, tls), their own number of the report
-- and the domain.
CREATE TABLE domain_reports (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    domain_id BLOB NOT NULL,
    reporter TEXT NOT NULL,
    begins_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX domain_reports_domain ON domain_reports (domain_id, reporter, received_at);
CREATE INDEX domain_reports_age ON domain_reports (received_at);

-- What they say of mail with a domain in From, by day (since 1970) and by the server that sent it; the many with little are together, without
-- an address. disposition: none, quarantine, reject. dkim, spf: aligned.
CREATE TABLE dmarc_counts (
    domain_id BLOB NOT NULL,
    day BIGINT NOT NULL,
    source TEXT NOT NULL,
    disposition TEXT NOT NULL,
    dkim BIGINT NOT NULL,
    spf BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    PRIMARY KEY (domain_id, day, source, disposition, dkim, spf)
) WITHOUT ROWID;
CREATE INDEX dmarc_counts_day ON dmarc_counts (day);

-- What they say of TLS on the way to a domain here. policy: sts, tlsa, none; result: success, or how it failed.
CREATE TABLE tls_counts (
    domain_id BLOB NOT NULL,
    day BIGINT NOT NULL,
    policy TEXT NOT NULL,
    result TEXT NOT NULL,
    sessions BIGINT NOT NULL,
    PRIMARY KEY (domain_id, day, policy, result)
) WITHOUT ROWID;
CREATE INDEX tls_counts_day ON tls_counts (day);
